//! Preconditions of a call (RFC 3312) that are to be confirmed, and are not: the phone does not ring, or rings all the same.

use super::found::{Found, values};
use super::media::session;
use super::order::{Call, Hop, SECOND, lasting};
use super::routes::said;

/// Resources take their time; nobody waits longer for them without a fault.
const LONG: u64 = 5 * SECOND;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let invites = call.requests(b"INVITE");
    invites.filter_map(|hop| of(call, hop)).collect()
}

fn of(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let request = *hop.requests.first()?;
    let (early, asks) = hop.responses.iter().find_map(|at| {
        let is_early = (101..200).contains(&call.code(*at));
        let asks = says(call, *at, |line| line.starts_with("a=conf:qos "));
        Some((*at, asks.filter(|_| is_early)?))
    })?;
    let is_mandatory = |at: usize| {
        let demands = |line: &str| line.starts_with("a=des:qos mandatory");
        says(call, at, demands).is_some()
    };
    let mut later = call.hops.iter().filter(|other| {
        let is_own = other.from == hop.from && other.first() > Some(early);
        is_own && matches!(other.method, b"UPDATE" | b"PRACK")
    });
    let is_ready = |at: usize| says(call, at, is_there).is_some();
    let is_met = is_ready(request) || later.any(|one| one.requests.iter().any(|at| is_ready(*at)));
    if is_met || !(is_mandatory(request) || is_mandatory(early)) {
        return None;
    }
    let mut values = values![("early", said(call, early)), ("asks", asks)];
    let rings = |at: &&usize| **at > early && matches!(call.code(**at), 180 | 200..300);
    if let Some(rang) = hop.responses.iter().find(rings) {
        values.push(("rang", call.code(*rang).to_string()));
        values.push(("gap", lasting(call.gap(early, *rang)?)));
        let proof = [request, early, *rang];
        let found = Found::told(call, "precondition-ignored", hop, *rang, &values, &proof);
        return found.map(Found::that_is_beside);
    }
    let cancel = call
        .hops
        .iter()
        .find(|one| one.is("CANCEL") && one.number == hop.number && !one.requests.is_empty());
    let end = cancel.and_then(Hop::first).or_else(|| hop.last(call, 300));
    let (gap, until) = match end {
        Some(end) => (call.gap(early, end)?, format!("until {}", said(call, end))),
        None => (call.rest(early)?, "that the trace goes on".to_owned()),
    };
    values.push(("gap", lasting(gap)));
    values.push(("until", until));
    let outcome = end.unwrap_or(early);
    let proof = [request, early, outcome];
    let id = "precondition-unconfirmed";
    (gap >= LONG).then(|| Found::told(call, id, hop, outcome, &values, &proof))?
}

/// Returns the first line of a session description that says something.
fn says(call: &Call<'_>, at: usize, is_it: fn(&str) -> bool) -> Option<String> {
    let text = session(call.message(at))?;
    let mut lines = text.lines().map(str::trim);
    lines.find(|line| is_it(line)).map(str::to_owned)
}

/// Returns whether a line says that the resources of its sender are there.
fn is_there(line: &str) -> bool {
    let state = line.strip_prefix("a=curr:qos ").unwrap_or_default();
    let is_own = state.starts_with("local ") || state.starts_with("e2e ");
    is_own && !state.ends_with(" none")
}
