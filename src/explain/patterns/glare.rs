//! Changes of a session that were refused with 491: which side tried again and when, and what became of the change.

use super::found::{Found, values};
use super::obeyed::Refusal;
use super::order::{Call, Hop, SECOND, lasting};

/// Clocks and recorders differ by so much.
const SLACK: u64 = SECOND / 10;
/// Who waits longer than that does not come any more: the longest wait is 4 s.
const LONG: u64 = 8 * SECOND;

pub(super) fn found(refusal: &Refusal<'_, '_>) -> Option<Found> {
    let (call, hop, outcome) = (refusal.call, refusal.hop, refusal.outcome);
    if hop.is_outside() {
        return None;
    }
    let Some(at) = refusal.again.as_ref().and_then(|again| again.at) else {
        return lost(call, hop, outcome);
    };
    let is_refused = refusal
        .again
        .as_ref()
        .is_some_and(|again| again.became == Some(491));
    if is_refused && open(call, hop, outcome).is_none() {
        return unseen(refusal, at);
    }
    let gap = call.gap(outcome, at)?;
    let owner = call.requests(b"INVITE").find(|hop| hop.is_outside())?;
    let owns = owner.from == hop.from;
    if !call.record(at).is_exact {
        return None;
    }
    let (window, from, to) = if owns {
        ("2.1 to 4 s", 21 * SECOND / 10, 4 * SECOND)
    } else {
        ("0 to 2 s", 0, 2 * SECOND)
    };
    let own = if owns { "owns" } else { "does not own" };
    let is_late = gap > to + SLACK;
    let values = values![
        ("gap", lasting(gap)),
        ("owns", own.to_owned()),
        ("window", window.to_owned()),
    ];
    if owns && gap + SLACK < from || is_late && is_refused {
        return refusal.found("glare-early", values);
    }
    (!is_late).then(|| refusal.found("glare", values))?
}

/// Returns the change of the other side that was open when a change was refused.
fn open(call: &Call<'_>, hop: &Hop<'_>, outcome: usize) -> Option<usize> {
    let request = *hop.requests.first()?;
    call.hops.iter().find_map(|other| {
        let at = *other.requests.first()?;
        let is_change = matches!(other.method, b"INVITE" | b"UPDATE" | b"PRACK");
        let is_open = other.last(call, 200).is_none_or(|last| last > request);
        let is_other = other.from == hop.to && at < outcome;
        (is_change && is_other && is_open).then_some(at)
    })
}

/// Returns that neither side came again, so that the change did not take place.
fn lost(call: &Call<'_>, hop: &Hop<'_>, outcome: usize) -> Option<Found> {
    let request = *hop.requests.first()?;
    let other = open(call, hop, outcome)?;
    let is_change = |one: &&Hop<'_>| {
        let is_of_call = one.from == hop.from || one.from == hop.to;
        is_of_call && matches!(one.method, b"INVITE" | b"UPDATE") && one.first() > Some(outcome)
    };
    let bye = call.requests(b"BYE").filter_map(Hop::first).min();
    let rest = match bye {
        Some(bye) => call.gap(outcome, bye)?,
        None => call.rest(outcome)?,
    };
    if rest < LONG || call.hops.iter().any(|one| is_change(&one)) {
        return None;
    }
    let crossed = call
        .hops
        .iter()
        .find(|one| one.requests.first() == Some(&other))?;
    // What the other side was granted took the place of it.
    let is_granted = crossed
        .last(call, 200)
        .is_some_and(|at| call.is_success(at));
    let became = if is_granted {
        "that of the other side was accepted, and this one did not come again"
    } else {
        "neither came again"
    };
    let values = values![
        ("other", crossed.name()),
        ("became", became.to_owned()),
        ("rest", lasting(rest)),
    ];
    let proof = [request, other, outcome];
    Found::told(call, "glare-lost", hop, outcome, &values, &proof)
}

/// Returns that a change is refused again and again though the other side has none open here.
fn unseen(refusal: &Refusal<'_, '_>, again: usize) -> Option<Found> {
    let (call, hop) = (refusal.call, refusal.hop);
    let request = *hop.requests.first()?;
    let is_seen = call.record(request).from.is_some();
    let next = call
        .hops
        .iter()
        .find(|one| one.requests.first() == Some(&again))?;
    let last = next.last(call, 300)?;
    if !is_seen || open(call, next, last).is_some() {
        return None;
    }
    let to = call.between(request).1;
    let gap = call.gap(refusal.outcome, last).map(lasting)?;
    refusal.found("pending-unseen", [("to", to), ("gap", gap)])
}
