//! Connections on which nothing is answered any more, since a message on them does not end where its Content-Length says.

use core::net::SocketAddr;

use super::attempts::{Attempt, ago, distinct};
use super::found::{Found, values};
use super::order::{Call, T1};
use super::unreached::stream;
use crate::explain::call::named;
use crate::explain::words::{quoted, text};
use crate::message::Message;

/// What was sent so shortly before the end of a trace may be answered later.
const LATE: u64 = 8 * T1;

/// A message that takes what comes after it along, or leaves a part of itself to it.
struct Unframed {
    micros: u64,
    name: String,
    why: String,
}

/// Returns that a request of the call is not heard behind such a message on its connection.
pub(super) fn found(call: &Call<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let own = all.iter().filter(|one| one.own.is_some());
    let mut silent = own.filter(|one| one.heard.is_none() && stream(one.request).is_some());
    silent.find_map(|one| after(call, one, all))
}

fn after(call: &Call<'_>, one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let way = (one.from?, one.to?);
    let there = || {
        all.iter()
            .filter(|other| other.from.zip(other.to) == Some(way))
    };
    let broken = unframed(call, way, one.micros)?;
    let since: Vec<&Attempt<'_>> = there()
        .filter(|other| other.micros >= broken.micros)
        .collect();
    let before = there().filter(|other| other.micros < broken.micros);
    let heard = before.filter(|other| other.heard.is_some()).count();
    let is_late = call
        .last
        .is_some_and(|last| since.iter().all(|other| other.micros + LATE > last));
    let calls = distinct(&mut since.iter().map(|other| text(other.call_id())));
    let is_silent = since.iter().all(|other| other.heard.is_none());
    if !is_silent || is_late || calls.len() < 2 || heard == 0 {
        return None;
    }
    let values = values![
        ("name", one.name()),
        ("stream", stream(one.request)?),
        ("from", way.0.to_string()),
        ("to", way.1.to_string()),
        ("broken", named_with(&broken, one)),
        ("why", broken.why),
        ("count", since.len().to_string()),
        ("heard", heard.to_string()),
    ];
    Found::new("stream-unframed", &values, &one.proof()).map(Found::that_decides)
}

/// Returns the name of the message at fault, and when it was, where that is not the request itself.
fn named_with(broken: &Unframed, one: &Attempt<'_>) -> String {
    if broken.micros == one.micros {
        return broken.name.clone();
    }
    format!("{} ({})", broken.name, ago(one.micros, broken.micros))
}

/// Returns the last message on a connection, up to a time, that does not end where it says.
fn unframed(call: &Call<'_>, way: (SocketAddr, SocketAddr), until: u64) -> Option<Unframed> {
    let own = call.all.iter().zip(call.recorded);
    let own = own.filter_map(|(message, one)| Some((message, one.micros?, one.from.zip(one.to)?)));
    let others = call.others.iter();
    let others = others.filter_map(|one| Some((&one.message, one.micros, one.from.zip(one.to)?)));
    let on_way = own
        .chain(others)
        .filter(|(_, micros, ends)| *ends == way && *micros <= until);
    let all = on_way.filter_map(|(message, micros, _)| {
        let why = lack(message)?;
        let code = message.code();
        let code = code.map_or_else(String::new, |code| format!("the {code} to "));
        Some(Unframed {
            micros,
            name: code + &named(message),
            why,
        })
    });
    all.max_by_key(|one| one.micros)
}

/// Returns in what the end of a message over a stream is wrong.
fn lack(message: &Message<'_>) -> Option<String> {
    if !message.is_ended {
        return None;
    }
    let Some(says) = message.length() else {
        return Some("has no Content-Length, which MUST be there over a stream".to_owned());
    };
    message.session()?;
    let body = message.body;
    let lines = || body.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let is_start = |line: &&[u8]| line.ends_with(b" SIP/2.0") || line.starts_with(b"SIP/2.0 ");
    if let Some(next) = lines().find(is_start) {
        return Some(format!(
            "says Content-Length {says}, which reaches into the next message ({})",
            text(next)
        ));
    }
    let is_whole = body.ends_with(b"\n") || body.is_empty();
    (!is_whole && body.len() as u64 == says).then(|| {
        format!(
            "says Content-Length {says}, which ends in the middle of a line ({})",
            quoted(&text(lines().next_back().unwrap_or_default()))
        )
    })
}
