//! Messages that were sent again and answered in the end.

use super::found::{Found, values};
use super::order::{Call, lasting, times};

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let worst = call.hops.iter().filter_map(|hop| {
        let answer = *hop.responses.first()?;
        let before = hop.requests.iter().copied().filter(|at| *at < answer);
        let before: Vec<usize> = before.collect();
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
