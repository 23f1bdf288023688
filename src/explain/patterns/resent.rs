//! Requests that were sent once more after a final response and kept their number: to another server, which is right, or
//! with what was asked for, which needs a higher number.

use super::found::{Found, values};
use super::order::{Call, Hop, target};
use crate::explain::call::has_credentials;
use crate::explain::way;
use crate::message::parameter;

/// After these a request is made anew, as a transaction with a number of its own.
const ANEW: [u16; 9] = [401, 407, 413, 415, 416, 420, 421, 422, 423];

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let groups = call.groups.iter();
    groups.filter_map(|group| of(call, group)).collect()
}

fn of(call: &Call<'_>, group: &[usize]) -> Option<Found> {
    let hops = group.iter().map(|hop| call.hop(*hop));
    let hops: Vec<&Hop<'_>> = hops.filter(|hop| !hop.requests.is_empty()).collect();
    // An element on the way may send it anew as well as its client.
    hops.iter().enumerate().find_map(|(at, again)| {
        let mut before = hops[..at].iter().rev();
        before.find_map(|one| of_pair(call, one, again).filter(|_| one.vias == again.vias))
    })
}

/// Returns who sent a request anew: the last element on its way whose branch is another one.
fn sender(call: &Call<'_>, first: usize, again: usize) -> Option<String> {
    let vias = |at: usize| -> Vec<&[u8]> { call.message(at).values("Via").skip(1).collect() };
    let (own, known) = (vias(again), vias(first));
    let is_other =
        |at: &usize| parameter(own[*at], b';', "branch") != parameter(known[*at], b';', "branch");
    let last = (0..own.len().min(known.len())).rev().find(is_other)?;
    way::sent_by(own[last])
}

fn of_pair(call: &Call<'_>, one: &Hop<'_>, other: &Hop<'_>) -> Option<Found> {
    let (first, again) = (*one.requests.first()?, *other.requests.first()?);
    let outcome = one.last(call, 200).filter(|at| *at < again);
    let code = outcome.map_or(0, |at| call.code(at));
    let became = other.last(call, 200);
    let result = became.map_or(0, |at| call.code(at));
    let (from, to) = call.between(first);
    let (by, next) = call.between(again);
    if from != by || one.is("ACK") {
        return None;
    }
    let from = sender(call, first, again).unwrap_or(from);
    let values = values![
        ("name", one.name()),
        ("code", code.to_string()),
        ("result", result.to_string()),
        ("number", one.number.to_string()),
        ("from", from),
        ("to", to.clone()),
        ("next", next.clone()),
    ];
    let proof: Vec<usize> = [first, again]
        .into_iter()
        .chain(outcome)
        .chain(became)
        .collect();
    // A fork asks for another URI, and brings nothing that was asked for.
    let (before, anew) = (call.message(first), call.message(again));
    let is_same = target(before) == target(anew) || has_credentials(anew);
    if ANEW.contains(&code) && to == next && result >= 300 && is_same {
        return Found::new("number-kept", &values, &proof).map(Found::that_decides);
    }
    let is_failover = code == 503 && one.vias == 1 && to != next && (200..300).contains(&result);
    is_failover.then(|| Found::new("failover", &values, &proof).map(Found::that_decides))?
}
