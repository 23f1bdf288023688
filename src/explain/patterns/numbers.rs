//! Requests of a dialog whose number does not rise.

use super::found::{Found, values};
use super::order::{Call, Hop, times};

/// Returns that a request has no number that is higher than those before it, at one of its hops: an element on the way may
/// count for itself.
pub(super) fn of(call: &Call<'_>, group: &[usize]) -> Option<Found> {
    group.iter().find_map(|at| {
        let hop = call.hop(*at);
        lower(call, hop, *hop.requests.first()?, hop.last(call, 200))
    })
}

/// Returns that the number of a request is not higher than that of one before, for which a UAS refuses it with a 500; some
/// say 400, or nothing.
fn lower(call: &Call<'_>, hop: &Hop<'_>, request: usize, outcome: Option<usize>) -> Option<Found> {
    let to = hop.to.as_ref()?;
    let became = match outcome {
        Some(at) if matches!(call.code(at), 400 | 500) => format!("got {}", call.code(at)),
        None if call.is_unheard(hop) => {
            format!("was sent {} and got no answer", times(hop.requests.len()))
        }
        _ => return None,
    };
    let sender = |at: usize| call.record(at).from;
    let is_before = |other: &&Hop<'_>| {
        let is_own = other.from == hop.from && other.number >= hop.number;
        let is_counted = !matches!(other.method, b"ACK" | b"CANCEL");
        let is_of_dialog = other.to.as_ref().is_none_or(|own| own == to);
        let is_other =
            other.method != hop.method || other.number != hop.number || other.is_outside();
        let first = other.requests.first();
        // Where an element counts for itself, each side of it has its own numbers.
        let is_here = |at: usize| sender(at).is_none() || sender(at) == sender(request);
        let is_it = first.is_some_and(|at| *at < request && is_here(*at));
        is_own && is_counted && is_of_dialog && is_other && is_it
    };
    let before = call
        .hops
        .iter()
        .filter(is_before)
        .max_by_key(|other| other.number)?;
    let values = values![
        ("name", hop.name()),
        ("became", became),
        ("before", before.name()),
    ];
    let proof: Vec<usize> = [*before.requests.first()?, request]
        .into_iter()
        .chain(outcome)
        .collect();
    Found::new("number-lower", &values, &proof).map(Found::that_decides)
}
