//! Requests that were sent once more after a final response and kept their number: to another server, which is right, or
//! with what was asked for, which needs a higher number.

use super::found::Found;
use super::order::{Call, Hop};

/// After these a request is made anew, as a transaction with a number of its own.
const ANEW: [u16; 9] = [401, 407, 413, 415, 416, 420, 421, 422, 423];

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let groups = call.groups.iter();
    groups.filter_map(|group| of(call, group)).collect()
}

fn of(call: &Call<'_>, group: &[usize]) -> Option<Found> {
    let hops = group.iter().map(|hop| &call.hops[*hop]);
    let sent = |hop: &&Hop<'_>| hop.vias == 1 && !hop.requests.is_empty();
    let hops: Vec<&Hop<'_>> = hops.filter(sent).collect();
    hops.windows(2)
        .find_map(|pair| of_pair(call, pair[0], pair[1]))
}

fn of_pair(call: &Call<'_>, one: &Hop<'_>, other: &Hop<'_>) -> Option<Found> {
    let (first, again) = (*one.requests.first()?, *other.requests.first()?);
    let outcome = one.last(call, 200).filter(|at| *at < again);
    let code = outcome.map_or(0, |at| call.code(at));
    let became = other.last(call, 200);
    let result = became.map_or(0, |at| call.code(at));
    let (from, to) = call.between(first);
    let (sender, next) = call.between(again);
    if from != sender || one.is("ACK") {
        return None;
    }
    let values = [
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
    if ANEW.contains(&code) && to == next && result >= 300 {
        return Found::new("number-kept", &values, &proof).map(Found::that_decides);
    }
    let is_failover = code == 503 && to != next && (200..300).contains(&result);
    is_failover.then(|| Found::new("failover", &values, &proof).map(Found::that_decides))?
}
