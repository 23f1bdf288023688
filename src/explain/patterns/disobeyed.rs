//! CANCEL that ends nothing: refused though it fits, not answered, not obeyed, or not sent on.

use super::found::Found;
use super::order::{Call, Hop, SECOND, lasting, times};
use crate::explain::sorted::sort_by_key;

/// What comes so soon after a CANCEL crossed it.
pub(super) const CROSSES: u64 = 4 * SECOND;

/// Returns that an INVITE went on after its CANCEL, on the hop farthest from the caller where that is seen.
pub(super) fn found(call: &Call<'_>, group: &[usize]) -> Option<Found> {
    let hops = group.iter().map(|hop| &call.hops[*hop]);
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
    let (last, gap) = went_on(call, invite, at)?;
    let to = call.between(at).1;
    let answer = cancel.last(call, 200);
    let (how, rule) = match answer {
        Some(answer) if call.is_success(answer) => (
            format!("got {} from {to}", call.code(answer)),
            "whoever accepts a CANCEL SHOULD end its INVITE with a 487 at once",
        ),
        Some(answer) => (
            format!("got {} from {to}", call.code(answer)),
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
    let values = [
        ("how", how),
        ("gap", lasting(gap)),
        ("last", call.code(last).to_string()),
        ("rule", rule.to_owned()),
    ];
    let proof: Vec<usize> = [first, at, last].into_iter().chain(answer).collect();
    Found::told(call, "cancel-disobeyed", invite, last, &values, &proof)
}

/// Returns that a proxy accepted the CANCEL of its client and sent none on to where the INVITE goes on.
fn kept(call: &Call<'_>, hops: &[&Hop<'_>], far: &Hop<'_>) -> Option<Found> {
    let first = *far.requests.first()?;
    let (by, to) = call.between(first);
    let near = hops.iter().find(|near| {
        let asked = near.requests.first();
        near.vias + 1 == far.vias && asked.is_some_and(|at| call.between(*at).1 == by)
    })?;
    let cancel = cancel(call, near)?;
    let at = *cancel.requests.first()?;
    let answer = cancel.last(call, 200).filter(|at| call.is_success(*at))?;
    let (last, gap) = went_on(call, far, at)?;
    let values = [
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
