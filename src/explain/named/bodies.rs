//! Bodies, and what stands in them.

use super::super::found::{Terms, when};
use crate::catalog::Named;
use crate::explain::waiting;
use crate::message::{Message, Start};

pub(super) const TERMS: &Terms = &[
    (Named::Body, |message| when(has_body(message))),
    (Named::NoBody, |message| when(message.length() == Some(0))),
    (Named::NoStatusLine, |message| {
        let inner = Message::of(message.body.trim_ascii_start());
        let is_status = matches!(inner.start, Some(Start::Status { .. }));
        let is_fragment = is_of(message, "message/sipfrag");
        when(has_body(message) && is_fragment && !is_status)
    }),
    (Named::WaitingOtherwise, |message| {
        waiting::unlike(message).map(|one| one.says())
    }),
    (Named::NoSipfrag, |message| {
        let of_other = has_body(message) && message.has("Content-Type");
        // A fragment may be signed, or stand beside other parts.
        let is_one = is_of(message, "message/sip") || is_of(message, "multipart/");
        (of_other && !is_one).then(|| "of another type".to_owned())
    }),
];

fn is_of(message: &Message<'_>, kind: &str) -> bool {
    let value = message.value("Content-Type").unwrap_or_default();
    let packed: Vec<u8> = value
        .iter()
        .copied()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    packed.to_ascii_lowercase().starts_with(kind.as_bytes())
}

/// Returns whether there is a body, as far as Content-Length says so; what follows a message without it may be anything.
fn has_body(message: &Message<'_>) -> bool {
    let body = message.body.trim_ascii();
    match message.length() {
        Some(length) => length > 0 && !body.is_empty(),
        None => body.starts_with(b"v=0"),
    }
}
