//! Messages that were sent again and answered in the end.

use super::found::{Found, values};
use super::order::{Call, Hop, PRINT, lasting, times};
use super::passed::is_behind;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let worst = call.hops.iter().filter_map(|hop| {
        let answer = *hop.responses.first()?;
        let before = hop.requests.iter().copied().filter(|at| *at < answer);
        let before: Vec<usize> = before.collect();
        if !hop.is("INVITE") && is_held_up(call, hop, &before) {
            return None;
        }
        (before.len() > 1 && !hop.is("ACK")).then_some((hop, before, answer))
    });
    let Some((hop, before, answer)) = worst.max_by_key(|(_, before, _)| before.len()) else {
        return Vec::new();
    };
    let (from, to) = call.between(before[0]);
    let gap = call.gap(before[0], answer);
    let values = values![
        ("name", hop.name()),
        ("times", times(before.len())),
        (
            "gap",
            gap.map_or_else(String::new, |gap| format!(", {} after it", lasting(gap))),
        ),
        ("from", from),
        ("to", to),
    ];
    let proof: Vec<usize> = before.iter().chain([&answer]).copied().collect();
    Found::new("sent-again", &values, &proof)
        .into_iter()
        .collect()
}

/// Returns whether a request was passed on at once and nothing had come from behind when it was sent again: no 100 tells of that
/// where it is no INVITE.
fn is_held_up(call: &Call<'_>, hop: &Hop<'_>, before: &[usize]) -> bool {
    let ends = before.first().zip(before.last());
    let mut far = call.hops.iter().filter(|far| {
        let is_same = (far.method, far.number) == (hop.method, hop.number);
        is_same && is_behind(call, hop, far)
    });
    ends.is_some_and(|(first, last)| {
        far.any(|far| {
            let sent = far.requests.first().and_then(|at| call.gap(*first, *at));
            let is_open = far.responses.first().is_none_or(|at| at > last);
            is_open && sent.is_some_and(|gap| gap < PRINT)
        })
    })
}
