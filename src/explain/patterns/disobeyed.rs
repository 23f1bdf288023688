//! CANCEL that ends nothing: refused though it fits, not answered, not obeyed, or not sent on.

use super::found::{Found, values};
use super::order::{Call, Hop, SECOND, TIMEOUT, lasting, times};
use super::passed::is_behind;
use crate::explain::sorted::sort_by_key;

/// What comes so soon after a CANCEL crossed it.
pub(super) const CROSSES: u64 = 4 * SECOND;

/// Returns that an INVITE went on after its CANCEL, on the hop farthest from the caller where that is seen.
pub(super) fn found(call: &Call<'_>, group: &[usize]) -> Option<Found> {
    let hops = group.iter().map(|hop| call.hop(*hop));
    let mut hops: Vec<&Hop<'_>> = hops.filter(|hop| !hop.requests.is_empty()).collect();
    sort_by_key(&mut hops, |hop| core::cmp::Reverse(hop.vias));
    // What the farthest CANCEL came to, those before it wait for.
    let cancelled = hops.iter().filter(|hop| cancel(call, hop).is_some());
    let most = cancelled.map(|hop| hop.vias).max()?;
    hops.iter().find_map(|hop| match cancel(call, hop) {
        Some(cancel) if hop.vias == most => disobeyed(call, hop, cancel),
        Some(_) => None,
        None => kept(call, &hops, hop),
    })
}

/// Returns the CANCEL of an INVITE on its own hop.
pub(super) fn cancel<'b, 'a>(call: &'b Call<'a>, invite: &Hop<'a>) -> Option<&'b Hop<'a>> {
    call.hops.iter().find(|hop| {
        let is_own = hop.branch == invite.branch && hop.number == invite.number;
        hop.is("CANCEL") && is_own && !hop.requests.is_empty()
    })
}

/// Returns the last response to an INVITE, if it came long after a CANCEL and is not what that asks for; and how long.
pub(super) fn went_on(call: &Call<'_>, invite: &Hop<'_>, cancel: usize) -> Option<(usize, u64)> {
    let last = invite
        .last(call, 200)
        .or(invite.responses.last().copied())?;
    let gap = call.gap(cancel, last).filter(|_| last > cancel)?;
    (call.code(last) != 487 && gap > CROSSES).then_some((last, gap))
}

fn disobeyed(call: &Call<'_>, invite: &Hop<'_>, cancel: &Hop<'_>) -> Option<Found> {
    let (first, at) = (*invite.requests.first()?, *cancel.requests.first()?);
    let went = went_on(call, invite, at);
    let to = call.between(at).1;
    let answer = cancel.last(call, 200);
    let is_open = invite
        .last(call, 200)
        .is_none_or(|last| call.code(last) != 487);
    let got = |answer: usize| format!("got {} from {to}", call.code(answer));
    let (how, rule) = match answer {
        Some(answer) if matches!(call.code(answer), 401 | 407) && is_open => (
            got(answer),
            "a server MUST NOT ask for credentials of a CANCEL, which cannot be sent again with another number",
        ),
        _ if went.is_none() => return None,
        Some(answer) if call.is_success(answer) => (
            got(answer),
            "whoever accepts a CANCEL SHOULD end its INVITE with a 487 at once",
        ),
        Some(answer) => (
            got(answer),
            "its branch, tags and Request-URI are those of the INVITE, whose transaction was not found all the same",
        ),
        None if cancel.requests.len() > 2 => (
            format!(
                "was sent {} and got no answer from {to}",
                times(cancel.requests.len())
            ),
            "it did not get there, or nothing came back",
        ),
        None => return None,
    };
    let until = went.map(|(last, gap)| {
        let code = call.code(last);
        format!(
            ", and the INVITE went on for {} until its {code}",
            lasting(gap)
        )
    });
    let values = values![
        ("how", how),
        ("went", until.unwrap_or_default()),
        ("rule", rule.to_owned()),
    ];
    let last = went.map_or(at, |(last, _)| last);
    let proof: Vec<usize> = [first, at, last].into_iter().chain(answer).collect();
    Found::told(call, "cancel-disobeyed", invite, last, &values, &proof)
}

/// Returns that an INVITE went on though its caller had given it up by a BYE on the early dialog.
pub(super) fn by_bye(call: &Call<'_>, invite: &Hop<'_>) -> Option<Found> {
    let first = *invite.requests.first()?;
    let is_early = |bye: &&Hop<'_>| {
        let at = bye.first().unwrap_or_default();
        let is_own = bye.from == invite.from && bye.to.is_some() && at > first;
        let mut before = invite.responses.iter().filter(|one| **one < at);
        let has_begun = before.any(|one| call.to(*one) == bye.to);
        is_own && has_begun && invite.last(call, 200).is_none_or(|last| last > at)
    };
    let bye = call.requests(b"BYE").find(is_early)?;
    let at = bye.first().filter(|_| invite.is_outside())?;
    let went = went_on(call, invite, at);
    let is_final = |last: usize| call.code(last) >= 200;
    let (until, gap, last) = match went.filter(|(last, _)| is_final(*last)) {
        Some((last, gap)) => (format!("until its {}", call.code(last)), gap, last),
        None if invite.last(call, 200).is_none() && call.goes_on(at, TIMEOUT) => {
            ("to the end of this trace".to_owned(), call.rest(at)?, at)
        }
        None => return None,
    };
    let answer = bye.last(call, 200);
    let (got, rule) = match answer {
        Some(answer) if call.is_success(answer) => (
            format!("got {}", call.code(answer)),
            "whoever accepts it MUST answer the INVITE as well, with a 487 as a rule; and it ends but one branch",
        ),
        Some(answer) => (
            format!("got {}", call.code(answer)),
            "such a BYE is allowed, and not every element knows an early dialog",
        ),
        None => (
            "got no answer".to_owned(),
            "such a BYE is allowed, and not every element knows an early dialog",
        ),
    };
    let values = values![
        ("bye", bye.name()),
        ("got", got),
        ("gap", lasting(gap)),
        ("until", until),
        ("rule", rule.to_owned()),
    ];
    let proof: Vec<usize> = [first, at, last].into_iter().chain(answer).collect();
    Found::told(call, "bye-early-kept", invite, last, &values, &proof)
}

/// Returns that a proxy accepted the CANCEL of its client and sent none on to where the INVITE goes on.
fn kept(call: &Call<'_>, hops: &[&Hop<'_>], far: &Hop<'_>) -> Option<Found> {
    let first = *far.requests.first()?;
    let (by, to) = call.between(first);
    let near = hops.iter().find(|near| is_behind(call, near, far))?;
    let cancel = cancel(call, near)?;
    let at = *cancel.requests.first()?;
    let answer = cancel.last(call, 200).filter(|at| call.is_success(*at))?;
    let (last, gap) = went_on(call, far, at)?;
    let values = values![
        ("by", by),
        ("far", to),
        ("gap", lasting(gap)),
        ("last", call.code(last).to_string()),
    ];
    Found::told(
        call,
        "cancel-kept",
        near,
        answer,
        &values,
        &[first, at, answer, last],
    )
}
