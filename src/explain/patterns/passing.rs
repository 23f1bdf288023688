//! What a proxy does with copies: those of a 2xx it has to pass on each time, and those of a request not as new requests.

use super::found::{Found, values};
use super::order::{Call, Hop, PRINT, T1, target, times};
use super::others::{Other, bare_target, user};
use super::passed::is_behind;
use crate::explain::call::tag;
use crate::explain::words::{quoted, short, text};

/// So many copies of a 2xx without an ACK are no chance.
const COPIES: usize = 3;
/// So soon an element begins its own leg.
const SOON: u64 = 3 * PRINT;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let doubled = call
        .requests(b"INVITE")
        .find_map(|near| doubled(call, near));
    let groups = call.groups.iter().filter(|group| group.len() > 1);
    let passed = groups.filter_map(|group| {
        let mut hops: Vec<&Hop<'_>> = Vec::new();
        for hop in group {
            let hop = call.hop(*hop);
            if !hop.requests.is_empty() && !hop.is("ACK") {
                hops.push(hop);
            }
        }
        let mut pairs = hops.iter().flat_map(|near| {
            let far = hops.iter().filter(|far| is_behind(call, near, far));
            far.map(|far| (*near, *far))
        });
        let kept = pairs.find_map(|(near, far)| kept(call, near, far, &hops));
        kept.or_else(|| hops.iter().find_map(|near| split(call, near, &hops)))
    });
    passed.chain(doubled).collect()
}

/// Returns that an element between two legs made a call of its own of each copy of an INVITE.
fn doubled(call: &Call<'_>, near: &Hop<'_>) -> Option<Found> {
    let copies: Vec<usize> = near.requests.iter().take(2).copied().collect();
    let (first, again) = (*copies.first()?, *copies.get(1)?);
    let by = call.record(first).to?;
    let begins = call.micros(first)?.checked_add(SOON)?;
    if !near.is("INVITE") || !near.is_outside() || call.micros(again)? < begins {
        return None;
    }
    let made = |copy: usize| {
        let sent = call.micros(copy)?;
        call.others.iter().find(|other| {
            let message = &other.message;
            let is_invite = message.is_request() && message.method() == b"INVITE";
            let is_new = is_invite && tag(message, "To").is_none();
            let is_by_it = other.from.is_some_and(|from| from.ip() == by.ip());
            is_new && is_by_it && (sent..sent + SOON).contains(&other.micros)
        })
    };
    let (one, other) = (made(first)?, made(again)?);
    let call_id = |one: &Other<'_>| one.message.value("Call-ID").map(text).unwrap_or_default();
    let names = |one: &Other<'_>| {
        let uri = bare_target(&one.message);
        (uri, user(&one.message, "From"), one.to)
    };
    // What was refused before, the second one may be tried for.
    let is_over = call
        .answer_to(one)
        .is_some_and(|answer| answer.micros < other.micros);
    if is_over || names(one) != names(other) || call_id(one) == call_id(other) {
        return None;
    }
    let became = call
        .answer_to(other)
        .and_then(|answer| answer.message.code());
    let values = values![
        ("by", by.to_string()),
        ("times", times(near.requests.len())),
        ("far", one.to.map_or_else(String::new, |to| to.to_string())),
        ("one", short(&call_id(one))),
        ("other", short(&call_id(other))),
        (
            "became",
            became.map_or_else(String::new, |code| format!("; the second got {code}")),
        ),
    ];
    Found::told(call, "call-doubled", near, again, &values, &copies)
}

/// Returns that a proxy got a 2xx again and again and passed it on once, or not at all, so that nobody acknowledges it.
fn kept(call: &Call<'_>, near: &Hop<'_>, far: &Hop<'_>, hops: &[&Hop<'_>]) -> Option<Found> {
    let first = *far.responses.iter().find(|at| call.is_success(**at))?;
    let own = call.to(first);
    let got = far.responses.iter().copied();
    let got: Vec<usize> = got
        .filter(|at| call.is_success(*at) && call.to(*at) == own)
        .collect();
    // A tag that was changed on the way is another matter; that of another branch is not this answer.
    let is_of_other = |tag: &Option<String>| {
        let mut others = hops
            .iter()
            .filter(|other| other.vias == far.vias && other.branch != far.branch);
        others.any(|other| other.responses.iter().any(|at| call.to(*at) == *tag))
    };
    let is_it = |tag: &Option<String>| *tag == own || !is_of_other(tag);
    let sent = near.responses.iter().copied();
    let sent: Vec<usize> = sent
        .filter(|at| call.is_success(*at) && is_it(&call.to(*at)))
        .collect();
    let last = *got.last()?;
    let is_acknowledged = call.hops.iter().any(|ack| {
        let is_own = ack.is("ACK") && ack.number == near.number;
        is_own && is_it(&ack.to) && !ack.requests.is_empty()
    });
    let is_again = got.len() >= COPIES && call.gap(first, last).is_none_or(|gap| gap >= T1);
    if !near.is("INVITE") || !is_again || sent.len() > 1 || is_acknowledged {
        return None;
    }
    let earlier = near.last(call, 300).filter(|at| !call.is_success(*at));
    let before = earlier.map_or_else(String::new, |at| {
        format!(", as it had given {} back before", call.code(at))
    });
    let how = if sent.is_empty() {
        format!("not at all{before}")
    } else {
        "only once".to_owned()
    };
    let (caller, by) = call.between(*near.requests.first()?);
    let values = values![
        ("by", by),
        ("caller", caller),
        ("far", call.between(first).0),
        ("times", times(got.len())),
        ("how", how),
    ];
    let proof: Vec<usize> = got.iter().chain(&sent).copied().chain(earlier).collect();
    Found::told(call, "success-kept", near, first, &values, &proof)
}

/// Returns that a proxy made another request of each copy of a request.
fn split(call: &Call<'_>, near: &Hop<'_>, hops: &[&Hop<'_>]) -> Option<Found> {
    let one = near.requests.get(1)?;
    let is_of = |far: &&&Hop<'_>, copy: usize| {
        let at = far.requests.first().copied().unwrap_or_default();
        let is_soon = call.gap(copy, at).is_some_and(|gap| gap < PRINT);
        is_behind(call, near, far) && at > copy && is_soon
    };
    let first = hops.iter().find(|far| is_of(far, near.requests[0]))?;
    let begins = *first.requests.first()?;
    let aim = |at: usize| (target(call.message(at)), call.between(at).1);
    let other = hops.iter().find(|far| {
        let at = far.requests.first().copied().unwrap_or_default();
        is_of(far, *one) && far.branch != first.branch && aim(at) == aim(begins)
    })?;
    let at = *other.requests.first()?;
    let is_over = |last: usize| last < at && call.code(last) >= 300;
    if first.responses.iter().any(|last| is_over(*last)) {
        return None;
    }
    let (by, to) = call.between(begins);
    let outcome = other.last(call, 200);
    let shown = |hop: &Hop<'_>| quoted(&text(hop.branch));
    let became = outcome.map_or_else(String::new, |outcome| {
        format!(", and it answered the second with {}", call.code(outcome))
    });
    let values = values![
        ("by", by),
        ("far", to),
        ("one", shown(first)),
        ("other", shown(other)),
        ("became", became),
    ];
    let proof: Vec<usize> = [near.requests[0], *one, begins, at]
        .into_iter()
        .chain(outcome)
        .collect();
    Found::told(
        call,
        "branch-unstable",
        near,
        outcome.unwrap_or(at),
        &values,
        &proof,
    )
}
