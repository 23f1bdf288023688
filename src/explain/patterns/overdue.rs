//! Responses that come when their client has given up.

use super::found::{Found, values};
use super::order::{Call, Hop, SECOND, T1, TIMEOUT, is_udp, lasting, times};

/// So many copies without an answer are a silence.
const SENT: usize = 3;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let groups = call.groups.iter();
    let late = groups.filter_map(|group| {
        let mut hops = group.iter().map(|hop| call.hop(*hop));
        hops.find_map(|hop| late(call, hop))
    });
    late.take(1).collect()
}

/// Returns that the final response to a request came after Timer F, or the first one to an INVITE after Timer B.
fn late(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let request = *hop.requests.first()?;
    let first = *hop.responses.first()?;
    let mut finals = hop.responses.iter().filter(|at| call.code(**at) >= 200);
    let answer = *finals.find(|at| **at > request)?;
    let gap = call.gap(request, answer)?;
    // An INVITE that was heard of waits, and over a stream nothing tells whether it was.
    let is_udp = is_udp(call, request);
    let is_heard = hop.is("INVITE") && (!is_udp || call.gap(request, first)? <= TIMEOUT + T1);
    // Over UDP a client that hears nothing sends again; one that does so for longer sends another request.
    let sent = hop.requests.iter().filter(|at| **at < answer);
    let is_over = sent.clone().any(|at| call.is_later(request, *at, TIMEOUT));
    let is_again = !is_udp || sent.count() >= SENT;
    if gap < TIMEOUT + SECOND || is_heard || is_over || !is_again || hop.is("ACK") {
        return None;
    }
    let code = call.code(answer);
    let holds = match (code, hop.method) {
        (200..300, b"REGISTER") => " has the address registered",
        (200..300, b"SUBSCRIBE") => " has the subscription",
        (200..300, b"INVITE") => " has a call",
        (200..300, _) => " has done what was asked",
        (408, _) => " had waited as long for what is behind it",
        _ => " refused it for a cause that nobody reads any more",
    };
    let timer = if hop.is("INVITE") { "B" } else { "F" };
    let values = values![
        ("gap", lasting(gap)),
        ("holds", holds.to_owned()),
        ("timer", timer.to_owned()),
        ("times", times(hop.requests.len())),
    ];
    Found::told(call, "final-late", hop, answer, &values, &[request, answer])
}
