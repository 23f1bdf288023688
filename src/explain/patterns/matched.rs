//! Responses that reach their client and fit none of its requests: it goes on as if nothing had come.

use super::found::Found;
use super::order::{Call, Hop, times};
use crate::explain::way;
use crate::explain::words::{quoted, text};

/// So often a request, or a final response, is sent on after its answer: fewer may have crossed it.
const AGAIN: usize = 2;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let groups = call.groups.iter();
    let groups = groups.filter(|group| !call.hops[group[0]].is("ACK"));
    groups
        .filter_map(|group| of_branch(call, group).or_else(|| of_sender(call, group)))
        .collect()
}

/// Returns that responses have another branch than the request that was sent from where they go.
fn of_branch(call: &Call<'_>, group: &[usize]) -> Option<Found> {
    let hops = || group.iter().map(|hop| &call.hops[*hop]);
    let mut strays = hops().filter(|hop| hop.requests.is_empty());
    strays.find_map(|stray| {
        let beside = hops().filter(|hop| hop.vias == stray.vias).count();
        let hop = hops().find(|hop| is_client(call, hop, stray, beside))?;
        let shown = |branch: &[u8]| quoted(&text(branch));
        let parts = ["branch".to_owned(), shown(stray.branch), shown(hop.branch)];
        said(call, hop, &stray.responses, parts)
    })
}

/// Returns whether responses came from where a request went, to where it was sent from, and it has none.
fn is_client(call: &Call<'_>, hop: &Hop<'_>, stray: &Hop<'_>, beside: usize) -> bool {
    let (Some(request), Some(response)) = (hop.requests.first(), stray.responses.first()) else {
        return false;
    };
    let (own, other) = (&call.recorded[*request], &call.recorded[*response]);
    // Without addresses a branch of a fork of which the request was not recorded looks the same.
    let is_there = match (own.from.zip(own.to), other.to.zip(other.from)) {
        (Some(own), Some(other)) => own == other,
        _ => beside == 2,
    };
    is_there && hop.last(call, 200).is_none() && hop.vias == stray.vias && request < response
}

/// Returns that responses have the branch of a request, and another host or port in its Via.
fn of_sender(call: &Call<'_>, group: &[usize]) -> Option<Found> {
    let sent_by = |at: usize| {
        let via = call.all[at].values("Via").next()?;
        let host = way::sent_by(via)?.to_ascii_lowercase();
        Some(host.strip_suffix(":5060").unwrap_or(&host).to_owned())
    };
    group.iter().map(|hop| &call.hops[*hop]).find_map(|hop| {
        let known = sent_by(*hop.requests.first()?)?;
        let own = sent_by(*hop.responses.first()?)?;
        let is_other = |at: &usize| sent_by(*at).is_some_and(|own| own != known);
        if !hop.responses.iter().all(is_other) {
            return None;
        }
        let parts = ["host and port".to_owned(), own, known];
        said(call, hop, &hop.responses, parts)
    })
}

fn said(
    call: &Call<'_>,
    hop: &Hop<'_>,
    responses: &[usize],
    [part, own, known]: [String; 3],
) -> Option<Found> {
    let first = *responses.first()?;
    let again = hop.requests.iter().filter(|at| **at > first).count();
    let finals = responses.iter().filter(|at| call.code(**at) >= 200).count();
    let is_acknowledged = call
        .hops
        .iter()
        .any(|other| other.is("ACK") && other.number == hop.number && other.from == hop.from);
    let is_open = hop.is("INVITE") && finals > AGAIN && !is_acknowledged;
    let became = match (again >= AGAIN, is_open) {
        (true, true) => format!(
            "sent it {} and acknowledged nothing",
            times(hop.requests.len())
        ),
        (true, false) => format!("sent it {}", times(hop.requests.len())),
        (false, true) => format!("acknowledged none of the {finals} final ones"),
        (false, false) => return None,
    };
    let (from, to) = call.between(*hop.requests.first()?);
    let values = [
        ("name", hop.name()),
        ("code", call.code(first).to_string()),
        ("part", part),
        ("own", own),
        ("known", known),
        ("became", became),
        ("from", from),
        ("to", to),
    ];
    let proof: Vec<usize> = hop.requests.iter().chain(responses).copied().collect();
    Found::new("answer-other-via", &values, &proof).map(Found::that_decides)
}
