//! What a proxy leaves out of a response that it passes on: the same response before it and behind it.

use super::found::Found;
use super::order::{Call, Hop};
use super::retry;
use crate::explain::words::{quoted, time};
use crate::message::{Message, parameter};

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let hops =
        |group: &[usize]| -> Vec<&Hop<'_>> { group.iter().map(|hop| call.hop(*hop)).collect() };
    let mut all = Vec::new();
    for group in &call.groups {
        let hops = hops(group);
        let of_near = |near: &&Hop<'_>| {
            let mut far = hops.iter().filter(|far| is_behind(call, near, far));
            far.find_map(|far| {
                without_tag(call, near, far).or_else(|| without_retry(call, near, far))
            })
        };
        all.extend(hops.iter().find_map(of_near));
    }
    all
}

/// Returns whether the server of one hop is the client of the other.
pub(super) fn is_behind(call: &Call<'_>, near: &Hop<'_>, far: &Hop<'_>) -> bool {
    let (Some(asked), Some(asks)) = (near.requests.first(), far.requests.first()) else {
        return false;
    };
    let is_there = call.between(*asked).1 == call.between(*asks).0;
    far.vias == near.vias + 1 && (is_there || is_made_of(call.message(*asks), Some(near.branch)))
}

/// Returns whether a request was sent on by the element that got the one with a branch, at whatever addresses: that stands
/// below its own.
pub(super) fn is_made_of(far: &Message<'_>, near: Option<&[u8]>) -> bool {
    let below = far.values("Via").nth(1);
    let below = below.and_then(|via| parameter(via, b';', "branch"));
    below.is_some_and(|branch| branch.starts_with(b"z9hG4bK") && Some(branch) == near)
}

fn values(call: &Call<'_>, near: &Hop<'_>, [got, sent]: [usize; 2]) -> Vec<(&'static str, String)> {
    vec![
        ("name", near.name()),
        ("by", call.between(sent).0),
        ("from", call.between(got).0),
        ("code", call.code(sent).to_string()),
        ("other", call.code(got).to_string()),
    ]
}

fn without_tag(call: &Call<'_>, near: &Hop<'_>, far: &Hop<'_>) -> Option<Found> {
    far.responses.iter().find_map(|got| {
        let tag = call
            .to(*got)
            .filter(|_| (101..300).contains(&call.code(*got)))?;
        let sent = *near.responses.iter().find(|at| {
            let is_same = call.code(**at) == call.code(*got) && *at > got;
            is_same && call.to(**at).is_none()
        })?;
        let mut values = values(call, near, [*got, sent]);
        values.push(("tag", quoted(&tag)));
        Found::new("tag-dropped", &values, &[*got, sent]).map(Found::that_decides)
    })
}

fn without_retry(call: &Call<'_>, near: &Hop<'_>, far: &Hop<'_>) -> Option<Found> {
    let (got, sent) = (far.last(call, 300)?, near.last(call, 300)?);
    let (code, other) = (call.code(sent), call.code(got));
    let is_passed_on = sent > got
        && (code == other && call.to(got) == call.to(sent) || (other, code) == (503, 500));
    let wait = retry::wait(call.message(got)).filter(|_| is_passed_on)?;
    if call.message(sent).has("Retry-After") {
        return None;
    }
    let mut values = values(call, near, [got, sent]);
    values.push(("wait", time(wait)));
    Found::new("retry-dropped", &values, &[got, sent])
}
