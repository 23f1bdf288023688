//! Calls that nobody hung up: a request inside the dialog came to nothing, and so its sender ended it.

use super::found::{Found, values};
use super::order::{Call, Hop, SECOND, TIMEOUT, lasting, times};

/// So soon after it knows that the dialog is gone a client ends it.
pub(super) const SOON: u64 = 4 * SECOND;
/// Requests of the call itself; what a subscription has of the dialog ends alone (RFC 5057 section 5.1).
const OF_CALL: [&[u8]; 6] = [
    b"INVITE", b"UPDATE", b"INFO", b"OPTIONS", b"MESSAGE", b"PRACK",
];

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let groups = call.groups.iter();
    groups.filter_map(|group| of(call, group)).take(1).collect()
}

fn of(call: &Call<'_>, group: &[usize]) -> Option<Found> {
    let hop = call.nearest(group).filter(|hop| !hop.is_outside())?;
    let first = *hop.requests.first()?;
    // A refresh has its own sentence.
    if !OF_CALL.contains(&hop.method) || call.message(first).has("Session-Expires") {
        return None;
    }
    let outcome = call.outcome(group);
    let failed = failed(call, group, hop, outcome)?;
    let bye = call
        .requests(b"BYE")
        .filter(|bye| (&bye.from, &bye.to) == (&hop.from, &hop.to))
        .find(|bye| bye.first() > Some(outcome.unwrap_or(first)))?;
    let at = bye.first()?;
    // What is still sent in the dialog, or had ended it, tells that this did not.
    let is_between = |other: &Hop<'_>| {
        let begins = other.first().filter(|begins| *begins < at);
        let is_later = begins > Some(outcome.unwrap_or(first));
        let is_same = (other.method, other.number) == (hop.method, hop.number);
        begins.is_some() && (other.is("BYE") || is_later && !is_same && !other.is("ACK"))
    };
    if call.hops.iter().any(is_between) {
        return None;
    }
    let gap = match outcome {
        Some(outcome) => call.gap(outcome, at)?,
        None => call
            .gap(first, at)?
            .checked_sub(TIMEOUT - SECOND)?
            .saturating_sub(SECOND),
    };
    if gap > SOON {
        return None;
    }
    let values = values![
        ("failed", failed),
        ("gap", lasting(gap)),
        ("bye", bye.name()),
        ("look", look(call, outcome).to_owned()),
        (
            "by",
            outcome.map_or_else(|| call.between(first).1, |at| source(call, group, at)),
        ),
    ];
    let proof: Vec<usize> = [first, at].into_iter().chain(outcome).collect();
    Found::told(
        call,
        "call-dropped",
        hop,
        outcome.unwrap_or(first),
        &values,
        &proof,
    )
}

/// Returns what ends a dialog for the sender of a request in it: a 408, a 481, or no answer (RFC 3261 section 12.2.1.2).
pub(super) fn failed(
    call: &Call<'_>,
    group: &[usize],
    hop: &Hop<'_>,
    outcome: Option<usize>,
) -> Option<String> {
    let (first, last) = (*hop.requests.first()?, *hop.requests.last()?);
    match outcome {
        Some(at) if matches!(call.code(at), 408 | 481) => {
            let code = call.code(at);
            Some(format!("got {code} from {}", source(call, group, at)))
        }
        None if hop.responses.is_empty() && hop.requests.len() > 1 => Some(format!(
            "was sent {}{} and got no answer from {}",
            times(hop.requests.len()),
            call.gap(first, last)
                .map_or_else(String::new, |gap| format!(" in {}", lasting(gap))),
            call.between(first).1
        )),
        None => Some("got no final response".to_owned()),
        Some(_) => None,
    }
}

/// Returns what to look at.
pub(super) fn look(call: &Call<'_>, outcome: Option<usize>) -> &'static str {
    if outcome.is_some_and(|at| call.code(at) == 481) {
        "has ended or lost the dialog: a restart, a second node without it, a BYE of its own that did not arrive"
    } else {
        "does not answer inside the call: its Contact, the Route of the dialog, a NAT or a firewall that has forgotten it"
    }
}

/// Returns who sent a final response first: the element that is farthest from the client.
pub(super) fn source(call: &Call<'_>, group: &[usize], outcome: usize) -> String {
    let hops = group.iter().map(|hop| call.hop(*hop));
    let same = hops.filter_map(|hop| {
        let at = hop.last(call, 200)?;
        (call.code(at) == call.code(outcome)).then_some((hop.vias, at))
    });
    let far = same.max().map_or(outcome, |(_, at)| at);
    call.between(far).0
}
