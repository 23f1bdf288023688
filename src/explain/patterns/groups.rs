//! Phones that ring for one call: branches of a fork, or legs with Call-IDs of their own. What those are told that do not
//! get it, and one that rings on.

use super::attempts::{Attempt, distinct};
use super::chosen;
use super::forall;
use super::found::{Found, values};
use super::legs::{self, ON, SOON};
use super::order::{SECOND, TIMEOUT, lasting};
use super::passed::is_made_of;
use crate::explain::call::{branch, named, number, tag};
use crate::explain::words::{list, short, text};
use crate::message::{Message, reasons};

/// What is cancelled at all is cancelled sooner.
const LEFT: u64 = 4 * SECOND;
/// Callers that are not told apart by these names.
const NOBODY: [&str; 5] = ["", "anonymous", "unknown", "unavailable", "restricted"];

/// Branches or legs that one element sent, with the request that it got, if that is known.
pub(super) struct Group<'b, 'a> {
    pub(super) near: Option<&'b Attempt<'a>>,
    pub(super) legs: Vec<&'b Attempt<'a>>,
}

/// Returns what the phones of a group are told; `ends` is when the trace does.
pub(super) fn found(all: &[Attempt<'_>], ends: u64) -> Vec<Found> {
    let own = all
        .iter()
        .filter(|one| one.own.is_some() && one.is_invite());
    let mut each = own.filter_map(|one| {
        let groups = [down(one, all), up(one, all)];
        groups.into_iter().flatten().find_map(|group| {
            let legs = || group.legs.iter();
            let fault = legs().find_map(|leg| falsely(&group, leg));
            let fault = fault.or_else(|| uncancelled(&group, ends));
            let fault = fault.or_else(|| chosen::early(&group, ends));
            let fault = fault.or_else(|| chosen::unfit(&group));
            let told = forall::found(&group, all);
            let told = told.or_else(|| legs().find_map(|leg| untold(&group, leg)));
            let found: Vec<Found> = fault.into_iter().chain(told).collect();
            (!found.is_empty()).then_some(found)
        })
    });
    each.next().unwrap_or_default()
}

/// Returns what an element made of a request that it got: at once, or as soon as what it had tried was refused.
pub(super) fn down<'b, 'a>(near: &'b Attempt<'a>, all: &'b [Attempt<'a>]) -> Option<Group<'b, 'a>> {
    let mut legs: Vec<&Attempt<'_>> = Vec::new();
    for far in all.iter().filter(|far| is_pending(near, far)) {
        let is_first = || made(far, all).is_some_and(|one| core::ptr::eq(one, near));
        let is_next = || {
            let mut legs = legs.iter();
            legs.any(|leg| is_after(leg, far) || is_open_before(leg, far))
        };
        if is_sent_on(near, far) && is_first() || is_next() {
            legs.push(far);
        }
    }
    let near = Some(near);
    (!legs.is_empty()).then_some(Group { near, legs })
}

/// Returns whether a request was sent as soon as another one of the same call had come to nothing.
fn is_after(leg: &Attempt<'_>, far: &Attempt<'_>) -> bool {
    let ends = leg.cancel.or(leg.answer.filter(|_| !leg.is_success()));
    let gap = ends.and_then(|(_, at)| far.micros.checked_sub(at));
    let is_same = legs::is_number(&leg.callee(), &far.callee());
    gap.is_some_and(|gap| gap <= SOON) && is_same && is_of_one(leg, far)
}

/// Returns whether an element turned to another server while the first one, which had not let the phone ring, was not done
/// and not told to end.
fn is_open_before(leg: &Attempt<'_>, far: &Attempt<'_>) -> bool {
    let is_open = |at: Option<u64>| at.is_none_or(|at| at > far.micros);
    let maker = |one: &Attempt<'_>| one.request.value("User-Agent").map(text);
    leg.micros < far.micros
        && leg.cancel.is_none()
        && is_open(leg.rang)
        && is_open(leg.answer.map(|(_, at)| at))
        && leg.server != far.server
        && leg.call_id() != far.call_id()
        && leg.is_invite()
        && far.is_invite()
        && legs::is_number(&leg.callee(), &far.callee())
        && is_of_one(leg, far)
        && (leg.client == far.client || maker(leg).is_some() && maker(leg) == maker(far))
}

/// Returns whether two requests are legs of one call, as far as those for the same number tell that came before them.
fn is_turned(one: &Attempt<'_>, other: &Attempt<'_>, all: &[Attempt<'_>]) -> bool {
    let (first, second) = if one.micros < other.micros {
        (one, other)
    } else {
        (other, one)
    };
    if !is_open_before(first, second) {
        return false;
    }
    let is_near = |near: &&Attempt<'_>| {
        let is_while = near.answer.is_none_or(|(_, at)| at >= second.micros);
        let clients = [&first.client, &second.client];
        near.is_invite()
            && is_while
            && near.micros <= second.micros
            && !clients.contains(&&near.client)
            && legs::is_number(&near.callee(), &first.callee())
    };
    let mut nears = all.iter().filter(is_near);
    match (nears.next(), nears.next()) {
        (None, _) => first.client == second.client,
        (Some(near), None) => {
            let after = first.micros.checked_sub(near.micros);
            let is_soon = after.is_some_and(|after| after <= SOON);
            first.client == second.client || is_soon && legs::passed_on(near, second).is_some()
        }
        // Of two callers each may have a leg.
        _ => false,
    }
}

/// Returns of what a request is a branch or a leg.
fn up<'b, 'a>(far: &'b Attempt<'a>, all: &'b [Attempt<'a>]) -> Option<Group<'b, 'a>> {
    if let Some(near) = near(far, all) {
        return down(near, all);
    }
    let is_beside = |other: &&Attempt<'_>| {
        // By one trunk go calls of which each is its own, with the number of the house in all of them.
        let is_one = far.call_id() == other.call_id() || far.server != other.server;
        let is_at_once = far.micros.abs_diff(other.micros) <= SOON
            && far.client == other.client
            && is_one
            && is_of_one(far, other);
        other.is_invite()
            && !core::ptr::eq(far, *other)
            && (is_at_once || is_turned(far, other, all))
    };
    let mut legs: Vec<&Attempt<'_>> = all.iter().filter(is_beside).collect();
    // Who is asked by several is at both ends of a call that goes through him.
    let is_asked = |one: &Attempt<'_>| one.server == far.client && one.is_invite();
    if all.iter().any(is_asked) {
        legs.retain(|leg| is_turned(leg, far, all));
    }
    if legs.is_empty() {
        return None;
    }
    legs.push(far);
    Some(Group { near: None, legs })
}

/// Returns the request of which another one was made, if there is but one.
pub(super) fn near<'b, 'a>(far: &Attempt<'a>, all: &'b [Attempt<'a>]) -> Option<&'b Attempt<'a>> {
    let later = || {
        all.iter().find(|near| {
            let is_his = is_pending(near, far) && is_of_one(near, far);
            let group = is_his.then(|| down(near, all)).flatten();
            group.is_some_and(|group| group.legs.iter().any(|leg| core::ptr::eq(*leg, far)))
        })
    };
    let first = || made(all.iter().find(|leg| is_open_before(leg, far))?, all);
    made(far, all).or_else(later).or_else(first)
}

/// Returns the request of which another one was made at once.
fn made<'b, 'a>(far: &Attempt<'a>, all: &'b [Attempt<'a>]) -> Option<&'b Attempt<'a>> {
    let nears: Vec<&Attempt<'_>> = all.iter().filter(|near| is_sent_on(near, far)).collect();
    // Of several calls of one caller it is of that which is for the same.
    let mut same = nears.iter().filter(|near| legs::became(near, far));
    match (nears.as_slice(), same.next(), same.next()) {
        ([near], ..) | (_, Some(near), None) => Some(near),
        _ => None,
    }
}

/// Returns whether an element sent a request while another one, which it had got, waited for its answer.
fn is_pending(near: &Attempt<'_>, far: &Attempt<'_>) -> bool {
    let is_while = near.answer.is_none_or(|(_, at)| far.micros <= at);
    let is_kind = near.is_invite() && far.is_invite();
    let is_then = near.micros <= far.micros && is_while;
    // An element has an address in each of its networks.
    let is_there = || {
        let is_one = near.server == far.client && near.client != far.server;
        is_one || is_made_of(far.request, branch(near.request))
    };
    is_then && !core::ptr::eq(near, far) && is_there() && is_kind
}

/// Returns whether a request may have been made of another one at once, or be a branch of it.
fn is_sent_on(near: &Attempt<'_>, far: &Attempt<'_>) -> bool {
    if !is_pending(near, far) {
        return false;
    }
    if near.call_id() == far.call_id() {
        let vias = |one: &Attempt<'_>| one.request.values("Via").count();
        return is_of_one(near, far) && vias(far) > vias(near);
    }
    let is_soon = far.micros - near.micros <= SOON;
    is_soon && is_of_one(near, far) || legs::became(near, far)
}

/// Returns whether two requests are of one call: by its names where they have one Call-ID, else by who calls.
fn is_of_one(one: &Attempt<'_>, other: &Attempt<'_>) -> bool {
    if one.call_id() == other.call_id() {
        let from = |one: &Attempt<'_>| tag(one.request, "From");
        return from(one) == from(other) && number(one.request) == number(other.request);
    }
    let caller = one.user("From");
    let is_told = !NOBODY.contains(&caller.to_ascii_lowercase().as_str());
    is_told && caller == other.user("From")
}

/// Returns whether a CANCEL says that the call was answered elsewhere.
fn is_elsewhere(cancel: &Message<'_>) -> bool {
    let fields = cancel.all("Reason");
    let mut each = fields.flat_map(|field| reasons(field.value));
    each.any(|reason| {
        reason.is_sip() && reason.cause == Some(200) || reason.is_q850() && reason.cause == Some(26)
    })
}

/// Returns the messages of some requests that are of the call.
pub(super) fn proof(each: &[&Attempt<'_>]) -> Vec<usize> {
    each.iter().flat_map(|one| one.proof()).collect()
}

/// Returns a request with its Call-ID where that is its own.
pub(super) fn led(group: &Group<'_, '_>, leg: &Attempt<'_>) -> String {
    let mut all = group.legs.iter().copied().chain(group.near);
    let is_one = all.all(|one| one.call_id() == leg.call_id());
    let id = if is_one {
        String::new()
    } else {
        format!(" (Call-ID {})", short(&text(leg.call_id())))
    };
    named(leg.request) + &id
}

/// Returns that a phone is told that the call was answered elsewhere, and it was not.
fn falsely(group: &Group<'_, '_>, leg: &Attempt<'_>) -> Option<Found> {
    let (cancel, at) = leg.cancel?;
    let near = group.near?;
    let (_, gave_up) = near.cancel.filter(|(_, gave_up)| *gave_up <= at)?;
    let is_answered = group.legs.iter().any(|one| one.is_success()) || near.is_success();
    let is_passed_on = near.cancel.is_some_and(|(cancel, _)| is_elsewhere(cancel));
    if !is_elsewhere(cancel) || is_answered || is_passed_on {
        return None;
    }
    let values = values![
        ("by", leg.by()),
        ("leg", led(group, leg)),
        ("to", leg.at()),
        ("name", named(near.request)),
        ("gap", lasting(at - gave_up)),
        ("from", near.by()),
    ];
    Found::new("elsewhere-false", &values, &proof(&[near, leg])).map(Found::that_decides)
}

/// Returns that a phone is not told that the call was answered elsewhere.
fn untold(group: &Group<'_, '_>, leg: &Attempt<'_>) -> Option<Found> {
    let (cancel, at) = leg
        .cancel
        .filter(|_| leg.rang.is_some() && !leg.is_success())?;
    if is_elsewhere(cancel) {
        return None;
    }
    let given_up = group.near.and_then(|near| near.cancel);
    if let Some((known, got)) = given_up {
        let is_dropped = is_elsewhere(known) && got <= at;
        let near = group.near.filter(|_| is_dropped)?;
        let values = values![
            ("by", leg.by()),
            ("from", near.by()),
            ("name", named(near.request)),
            ("leg", led(group, leg)),
            ("to", leg.at()),
        ];
        let proof = proof(&[near, leg]);
        return Found::new("elsewhere-dropped", &values, &proof).map(Found::that_decides);
    }
    let is_first = |one: &&&Attempt<'_>| {
        let answered = one.answer.filter(|_| one.is_success());
        answered.is_some_and(|(_, answered)| answered <= at && at - answered <= ON)
    };
    let first = group.legs.iter().find(is_first)?;
    let (answer, answered) = first.answer?;
    let lost = group.legs.iter().filter(|one| {
        let cancel = one.cancel.filter(|_| one.rang.is_some());
        cancel.is_some_and(|(cancel, _)| !is_elsewhere(cancel))
    });
    let told = distinct(&mut lost.map(|one| one.at()));
    let values = values![
        ("by", leg.by()),
        ("phones", list(&told)),
        ("leg", led(group, leg)),
        ("gap", lasting(at - answered)),
        ("first", first.at()),
        ("other", led(group, first)),
        ("code", answer.code()?.to_string()),
    ];
    let near = group.near.unwrap_or(leg);
    let found = Found::new("elsewhere-untold", &values, &proof(&[near, leg, first]))?;
    // What was given up is why a leg of its own ended; where the call went on it is beside the matter.
    let is_own = leg.own.is_some() && leg.call_id() != first.call_id();
    Some(if is_own { found.that_decides() } else { found })
}

/// Returns that a leg rings on though another one was answered; of the branches of a fork the call itself tells that.
fn uncancelled(group: &Group<'_, '_>, ends: u64) -> Option<Found> {
    let answered = group.legs.iter().filter(|one| one.is_success());
    let first = answered.min_by_key(|one| one.answer.map(|(_, at)| at))?;
    let (_, at) = first.answer?;
    let goes_on = |leg: &&&Attempt<'_>| {
        let until = leg.answer.map_or(ends, |(_, until)| until);
        let least = if leg.answer.is_some() { LEFT } else { TIMEOUT };
        let is_alike = (&leg.server, leg.callee()) == (&first.server, first.callee());
        let rang = leg.rang.is_some_and(|rang| rang < at);
        let is_left = leg.is_success() && is_open_before(leg, first);
        (rang || is_left)
            && leg.cancel.is_none()
            && leg.call_id() != first.call_id()
            && !is_alike
            && until.saturating_sub(at) >= least
    };
    let leg = group.legs.iter().find(goes_on)?;
    let until = match leg.answer {
        Some((answer, until)) => format!(
            "{}, until its {}",
            lasting(until - at),
            answer.code().unwrap_or_default()
        ),
        None => format!("{}, to the end of this trace", lasting(ends - at)),
    };
    let turned = is_open_before(leg, first).then(|| {
        let gap = lasting(first.micros - leg.micros);
        let had = if leg.heard.is_some_and(|at| at < first.micros) {
            "no more than a 100"
        } else {
            "nothing"
        };
        format!(
            "; {} had {had} from there when it turned to {} after {gap}",
            leg.by(),
            first.at()
        )
    });
    let values = values![
        ("by", leg.by()),
        ("first", first.at()),
        ("other", led(group, first)),
        ("leg", led(group, leg)),
        ("to", leg.at()),
        ("until", until),
        ("turned", turned.unwrap_or_default()),
    ];
    let near = group.near.unwrap_or(leg);
    Found::new("leg-uncancelled", &values, &proof(&[near, first, leg])).map(Found::that_decides)
}
