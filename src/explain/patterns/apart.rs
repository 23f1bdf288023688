//! Media that does not come: a private address that the other side cannot reach, and a caller that hears neither ringing nor
//! early media.

use super::found::{Found, values};
use super::media::{exchange, session, streams};
use super::order::{Call, Hop, SECOND, lasting};
use crate::explain::words::text;
use crate::message::Host;

/// Shorter is the time that a phone takes to ring.
const LONG: u64 = 4 * SECOND;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let mut all = call.requests(b"INVITE").filter(|hop| hop.is_outside());
    let private = all.find_map(|hop| private(call, hop));
    let mut all = call.requests(b"INVITE").filter(|hop| hop.is_outside());
    let silent = all.find_map(|hop| silent(call, hop));
    private.into_iter().chain(silent).collect()
}

/// Returns where the first stream of a message goes, and of what kind that address is.
fn place(call: &Call<'_>, at: usize) -> Option<(String, Host)> {
    let text = session(&call.all[at]).filter(|text| !text.contains("a=candidate"))?;
    let (of_all, streams) = streams(&text);
    let first = streams.iter().find(|stream| !stream.is_refused())?;
    let address = first.address(&of_all)?;
    Some((address.to_owned(), Host::of(address.as_bytes())))
}

/// Returns that a side that is reached at a public address wants its media at a private one.
fn private(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let (offer, answer) = exchange(call, hop)?;
    let success = hop.last(call, 200).filter(|at| call.is_success(*at))?;
    let (one, other) = (place(call, offer)?, place(call, answer)?);
    let (at, own) = match (one.1, other.1) {
        (Host::Private, Host::Public) => (offer, one.0),
        (Host::Public, Host::Private) => (answer, other.0),
        _ => return None,
    };
    let (from, to) = (call.recorded[at].from?, call.recorded[at].to?);
    let is_public = |ip: core::net::IpAddr| Host::of(ip.to_string().as_bytes()) == Host::Public;
    let end = call.requests(b"BYE").filter_map(Hop::first).min()?;
    let gap = call.gap(success, end).filter(|_| end > success)?;
    let reason = call.all[end].value("Reason").map(text)?;
    let lower = reason.to_ascii_lowercase();
    let is_of_media = lower.contains("rtp") || lower.contains("media");
    if !is_public(from.ip()) || !is_public(to.ip()) || !is_of_media {
        return None;
    }
    let by = call.between(end).0;
    let values = values![
        ("said", call.said(at)),
        ("own", own),
        ("source", from.ip().to_string()),
        ("sender", call.between(at).0),
        ("other", call.between(at).1),
        ("by", by),
        ("gap", lasting(gap)),
        ("reason", reason),
    ];
    Found::new("media-private", &values, &[offer, answer, end])
}

/// Returns that nothing tells the caller to make a ringing tone, and nothing brings it one.
fn silent(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let request = *hop.requests.first()?;
    let mut early = hop
        .responses
        .iter()
        .copied()
        .filter(|at| (101..200).contains(&call.code(*at)));
    let first = early.clone().find(|at| call.code(*at) == 183)?;
    let is_heard = early.any(|at| call.code(at) == 180 || session(&call.all[at]).is_some());
    let cancel = call.requests(b"CANCEL").filter_map(Hop::first).min();
    let outcome = hop.last(call, 200);
    let end = cancel.or(outcome.filter(|at| call.is_success(*at)))?;
    let gap = call
        .gap(first, end)
        .filter(|gap| *gap >= LONG && end > first)?;
    if is_heard || session(&call.all[request]).is_none() {
        return None;
    }
    let values = values![("gap", lasting(gap)), ("end", call.said(end))];
    let proof = [request, first, end];
    let found = Found::told(call, "progress-silent", hop, first, &values, &proof);
    found.map(Found::that_is_beside)
}
