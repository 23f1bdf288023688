//! Messages seen at both sides of an element that changes their body and leaves Content-Length as it was.

use super::found::{Found, values};
use super::order::{Call, PRINT, is_udp};
use crate::explain::call::{branch, is_same};
use crate::explain::words::quoted;
use crate::message::Message;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let mut first = None;
    for at in 0..call.all.len() {
        let Some(before) = before(call, at) else {
            continue;
        };
        let refusal = refusal(call, at);
        if first.is_none() || refusal.is_some() {
            first = Some((before, at, refusal));
        }
        if refusal.is_some() {
            break;
        }
    }
    let found = first.and_then(|(before, at, refusal)| told(call, before, at, refusal));
    found.into_iter().collect()
}

fn told(call: &Call<'_>, before: usize, at: usize, refusal: Option<usize>) -> Option<Found> {
    let (own, message) = (call.message(before).body, call.message(at).body);
    let [old, new] = [own, message].map(|body| str::from_utf8(body).unwrap_or_default());
    let mut changed = ("", "");
    for (old, new) in old.lines().zip(new.lines()) {
        if old != new && (changed.0.is_empty() || old.starts_with("c=")) {
            changed = (old, new);
        }
    }
    let (from, inside) = call.between(before);
    let (outside, to) = call.between(at);
    // What comes from outside of a router was sent to its address there.
    let is_out = call.message(at).is_request();
    let follows = match message.len().checked_sub(own.len()) {
        Some(more) => format!("leaves out the last {more} octets of the body"),
        None => "takes the body for cut off".to_owned(),
    };
    let refused = refusal.map(|at| format!(", and refused it with {}", call.code(at)));
    let values = values![
        ("what", call.said(at)),
        ("from", from),
        ("to", to),
        ("own", own.len().to_string()),
        ("has", message.len().to_string()),
        ("router", if is_out { outside } else { inside }),
        ("old", quoted(changed.0)),
        ("new", quoted(changed.1)),
        ("follows", follows),
        ("refused", refused.unwrap_or_default()),
    ];
    let proof = [before, at, refusal.unwrap_or(at)];
    let mut found = Found::new("length-altered", &values, &proof)?;
    found.decides = refusal.is_some();
    Some(found)
}

fn fits(message: &Message<'_>) -> bool {
    message.length() == u64::try_from(message.body.len()).ok()
}

/// Returns the same message as it was at the other side of an element, with the body that its length says.
fn before(call: &Call<'_>, at: usize) -> Option<usize> {
    let message = call.message(at);
    if fits(message) || message.length().is_none() || !is_udp(call, at) {
        return None;
    }
    let lines = |one: &Message<'_>| one.body.split(|byte| *byte == b'\n').count();
    let is_before = |before: &usize| {
        let own = call.message(*before);
        let is_it = is_same(own, message)
            && own.code() == message.code()
            && branch(own) == branch(message)
            && own.method() == message.method();
        let (one, other) = (call.record(*before), call.record(at));
        let is_aside = (one.from, one.to) != (other.from, other.to);
        is_it
            && is_aside
            && fits(own)
            && own.length() == message.length()
            // What the trace has cut lacks its end.
            && lines(own) == lines(message)
            && call.gap(*before, at).is_some_and(|gap| gap < PRINT)
    };
    (0..at).rev().find(is_before)
}

/// Returns the refusal of a request that was read so.
fn refusal(call: &Call<'_>, at: usize) -> Option<usize> {
    let message = call.message(at);
    let is_it = |after: &usize| {
        let one = call.message(*after);
        let is_refusal = matches!(call.code(*after), 400 | 415 | 488 | 500 | 606);
        is_refusal && is_same(one, message) && branch(one) == branch(message)
    };
    let mut after = (at..call.all.len()).filter(|_| message.is_request());
    after.find(is_it)
}
