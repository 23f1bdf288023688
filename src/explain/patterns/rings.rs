//! Ringing that an element on the way ended by itself: its Timer C, or a time of its own for calls that nobody answers.

use super::attempts::distinct;
use super::found::{Found, values};
use super::order::{Call, Hop, SECOND, lasting};
use super::passed::is_behind;
use crate::explain::words::{list, time};
use crate::message::seconds;

/// Timer C is longer than this (RFC 3261 section 16.6).
const TIMER_C: u64 = 180 * SECOND;
/// What does not ring yet is not given up before that for good reasons; and so soon no timer does it.
pub(super) const LATE: u64 = 30 * SECOND;
pub(super) const LEAST: u64 = SECOND;
/// Where one leg alone is seen a CANCEL so soon after that may be of Timer C.
const SLACK: u64 = 20 * SECOND;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let groups = call.groups.iter();
    groups.filter_map(|group| of(call, group)).collect()
}

fn of(call: &Call<'_>, group: &[usize]) -> Option<Found> {
    let near = call.nearest(group).filter(|hop| hop.is("INVITE"))?;
    let has_bye = call.requests(b"BYE").next().is_some();
    let outcome = near.last(call, 200);
    if has_bye || outcome.is_some_and(|at| call.is_success(at)) {
        return None;
    }
    if let Some(cancel) = cancel(call, near) {
        return one_leg(call, near, cancel).filter(|_| near.vias > 1);
    }
    // With a 487 the CANCEL of the caller may be what is not here.
    let is_refusal = |code: u16| (400..600).contains(&code) && code != 487;
    let outcome = outcome.filter(|at| is_refusal(call.code(*at)))?;
    let by = call.between(outcome).0;
    let hops = group.iter().map(|hop| call.hop(*hop));
    let far: Vec<&Hop<'_>> = hops.filter(|hop| hop.vias > near.vias).collect();
    if far.is_empty() {
        return one_leg(call, near, outcome).filter(|_| call.code(outcome) == 408);
    }
    let ends = far.iter().map(|hop| {
        let request = *hop.requests.first()?;
        let is_own = call.between(request).0 == by || is_behind(call, near, hop);
        let cancel = cancel(call, hop).filter(|_| is_own)?;
        let is_ended = hop.last(call, 200).is_none_or(|at| call.code(at) == 487);
        is_ended.then_some((*hop, cancel))
    });
    // What was refused, or passed on by others, is another matter.
    let ends: Option<Vec<(&Hop<'_>, usize)>> = ends.collect();
    let ends = ends?;
    let (hop, cancel) = *ends.first()?;
    let others = ends[1..].iter().map(|(_, cancel)| call.between(*cancel).1);
    both_legs(call, near, hop, [cancel, outcome])
        .or_else(|| cut(call, near, hop, [cancel, outcome], &mut others.into_iter()))
}

/// Returns the CANCEL of an INVITE on its own hop.
fn cancel(call: &Call<'_>, invite: &Hop<'_>) -> Option<usize> {
    let mut all = call.hops.iter().filter(|hop| hop.is("CANCEL"));
    let own = all.find(|hop| hop.branch == invite.branch && hop.number == invite.number)?;
    own.requests.first().copied()
}

/// Returns the last response from 101 to 199 before a message, and how long that was before it.
fn rang(call: &Call<'_>, hop: &Hop<'_>, end: usize) -> Option<(usize, u64)> {
    let is_ringing = |at: &&usize| **at < end && (101..200).contains(&call.code(**at));
    let last = *hop.responses.iter().rev().find(is_ringing)?;
    Some((last, call.gap(last, end)?))
}

/// Returns how many responses from 101 to 199 came, the last of them long after the first, before a CANCEL that Timer C brings
/// where nothing starts it anew.
fn restarts(call: &Call<'_>, hop: &Hop<'_>, cancel: usize) -> Option<usize> {
    let is_ringing = |at: &usize| *at < cancel && (101..200).contains(&call.code(*at));
    let all: Vec<usize> = hop.responses.iter().copied().filter(is_ringing).collect();
    let (first, last) = (*all.first()?, *all.last()?);
    let lasted = call.gap(*hop.requests.first()?, cancel)?;
    let is_timer = lasted + SECOND >= TIMER_C && lasted <= TIMER_C + SLACK;
    (is_timer && call.is_later(first, last, SLACK)).then_some(all.len())
}

/// Returns that a proxy gave up by itself what did not ring yet, though the next element had it.
fn cut(
    call: &Call<'_>,
    near: &Hop<'_>,
    far: &Hop<'_>,
    [cancel, outcome]: [usize; 2],
    others: &mut dyn Iterator<Item = String>,
) -> Option<Found> {
    let (first, trying) = (*far.requests.first()?, *far.responses.first()?);
    let gap = call.gap(first, cancel)?;
    if trying > cancel.min(outcome)
        || rang(call, far, cancel).is_some()
        || !(LEAST..LATE).contains(&gap)
    {
        return None;
    }
    let (by, to) = call.between(cancel);
    let expires = call.message(first).value("Expires").and_then(seconds);
    let is_over = expires.is_some_and(|one| gap.abs_diff(u64::from(one) * SECOND) < 2 * SECOND);
    let others = distinct(others);
    let values = values![
        ("by", by),
        ("far", to),
        ("whose", String::new()),
        ("gap", lasting(gap)),
        ("too", too(&others)),
        ("timer", timer(is_over).to_owned()),
    ];
    let proof = [first, trying, cancel, outcome];
    Found::told(call, "branch-cut", near, outcome, &values, &proof).map(Found::that_decides)
}

/// Returns, as a part of a sentence, where else it was so.
pub(super) fn too(others: &[String]) -> String {
    match others {
        [] => String::new(),
        others => format!(" (and another to {})", list(others)),
    }
}

/// Returns what a time is for which an element waits for what does not ring.
pub(super) fn timer(is_expires: bool) -> &'static str {
    if is_expires {
        "that is the time that Expires of the INVITE gives it"
    } else {
        "that is a time of its own for what does not ring yet, far shorter than Timer C, which MUST be longer than 3 min"
    }
}

fn both_legs(
    call: &Call<'_>,
    near: &Hop<'_>,
    far: &Hop<'_>,
    [cancel, outcome]: [usize; 2],
) -> Option<Found> {
    // What rings when the caller was refused already has ended nothing.
    let (last, _) = rang(call, far, cancel.min(outcome))?;
    let gap = call.gap(last, cancel)?;
    let (by, to) = call.between(cancel);
    let first = *near.requests.first()?;
    let expires = call.message(first).value("Expires").and_then(seconds);
    let lasted = call.gap(first, cancel)?;
    let is_over = |expires: &u32| lasted.abs_diff(u64::from(*expires) * SECOND) < 2 * SECOND;
    let timer = if let Some(expires) = expires.filter(is_over) {
        format!(
            "that is the time that Expires of the INVITE gives it, {}",
            time(expires)
        )
    } else if let Some(count) = restarts(call, far, cancel).filter(|_| gap <= TIMER_C) {
        format!(
            "that is its Timer C by the time since the INVITE, {}, and each of the {count} responses from 101 to 199 MUST have started it anew",
            lasting(lasted)
        )
    } else if gap > TIMER_C {
        "that is its Timer C, which is longer than 3 min and begins anew with each response from 101 to 199".to_owned()
    } else {
        "that is a time of its own for calls that nobody answers, and shorter than Timer C"
            .to_owned()
    };
    let values = values![
        ("by", by),
        ("far", to),
        ("gap", lasting(gap)),
        ("last", call.code(last).to_string()),
        ("timer", timer),
    ];
    let proof = [last, cancel, outcome];
    Found::told(call, "rang-out", near, outcome, &values, &proof).map(Found::that_decides)
}

/// Returns that what ended the ringing may have been Timer C, where only one side of the proxy is seen.
fn one_leg(call: &Call<'_>, hop: &Hop<'_>, end: usize) -> Option<Found> {
    let (last, gap) = rang(call, hop, end)?;
    let is_cancel = call.message(end).is_request();
    if gap <= TIMER_C || is_cancel && gap > TIMER_C + SLACK {
        return None;
    }
    let by = call.between(end).0;
    let (what, rest) = if is_cancel {
        (
            format!("{by} cancelled {}", hop.name()),
            "whether the caller gave up, or what it was told,",
        )
    } else {
        (
            format!(
                "{} got {} from {by}, without a CANCEL,",
                hop.name(),
                call.code(end)
            ),
            "the CANCEL with which it then ends the ringing",
        )
    };
    let values = values![
        ("what", what),
        ("gap", lasting(gap)),
        ("last", call.code(last).to_string()),
        ("rest", rest.to_owned()),
        ("by", by),
    ];
    Found::new("rang-out-open", &values, &[last, end]).map(Found::that_decides)
}
