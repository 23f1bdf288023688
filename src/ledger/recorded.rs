//! Messages of a trace as they are told of a call: read again where somebody asks for them.

use std::io::{Read, Result};

use super::times::{stamp, time};
use crate::calls::Recorded;
use crate::trace::{self, Found, Label};

/// No call of good faith has more messages.
const MOST: usize = 5_000;

/// Returns a message with what is told of its way; `file` is where it stands.
pub fn recorded(found: &Found<'_>, file: &str) -> Recorded {
    let label = match found.origin.frame {
        Some(_) => Label::default(),
        None => Label::of(&found.before),
    };
    let time = time(&stamp(found));
    let micros = time.as_ref().and_then(|time| time.epoch);
    Recorded {
        bytes: found.bytes.to_vec(),
        time: time.map(|time| time.text),
        micros,
        is_exact: micros.is_some(),
        from: found.origin.from.or(label.from),
        to: found.origin.to.or(label.to),
        place: match (found.origin.frame, found.line) {
            (Some(frame), _) => format!("{file} frame {frame}"),
            (None, Some(line)) => format!("{file} line {line}"),
            (None, None) => file.to_owned(),
        },
    }
}

/// Returns the messages of a call that stand in an input.
pub fn of_call(input: impl Read + Send, file: &str, call_id: &str) -> Result<Vec<Recorded>> {
    let mut messages = Vec::new();
    let tell = |found: &Found<'_>| {
        let is_of = found.head().call_id == call_id.as_bytes();
        is_of.then(|| recorded(found, file))
    };
    trace::scan_lines(input, tell, |told: Option<Recorded>| {
        if messages.len() < MOST {
            messages.extend(told);
        }
    })?;
    Ok(messages)
}
