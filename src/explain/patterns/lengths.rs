//! Calls that one side ends at the same age: a limit on their length. And requests for which a server does not say in time that it
//! has them.

use super::attempts::{Attempt, distinct};
use super::found::{Found, values};
use super::groups;
use super::order::{SECOND, T1, lasting, times};
use crate::explain::words::text;
use crate::message::{reasons, seconds};

/// Shorter calls are alike by chance, or by a script.
const LONG: u64 = 300 * SECOND;
/// Times of one timer differ by no more.
const SAME: u64 = SECOND;
const MINUTE: u64 = 60 * SECOND;
/// So long before the end of a session interval its timer ends a call, at most.
const BEFORE: u64 = 40 * SECOND;
/// A server that needs longer for its answer sends a 100 (RFC 3261 section 17.2.1).
const TRYING: u64 = T1 * 2 / 5;

pub(super) fn found(all: &[Attempt<'_>]) -> Vec<Found> {
    let own = || {
        all.iter()
            .filter(|one| one.own.is_some() && one.is_invite())
    };
    let limit = own().find_map(|one| limited(one, all));
    let trying = own().find_map(|one| untold(one, all));
    limit.into_iter().chain(trying).collect()
}

/// Returns for how long a call was up.
fn lasted(one: &Attempt<'_>) -> Option<u64> {
    let (_, answered) = one.answer.filter(|_| one.is_success() && one.is_invite())?;
    one.ends?.checked_sub(answered)
}

/// Returns the BYE of a call; none that was passed on from another leg.
fn end<'b, 'a>(one: &Attempt<'_>, all: &'b [Attempt<'a>]) -> Option<&'b Attempt<'a>> {
    let at = one.ends?;
    let mut soon = all.iter().filter(|other| {
        let is_soon = other.micros <= at && other.micros + SECOND > at;
        is_soon && other.request.method() == b"BYE"
    });
    let bye = soon
        .clone()
        .find(|bye| bye.micros == at && bye.call_id() == one.call_id())?;
    let is_passed =
        soon.any(|other| other.server == bye.client && other.call_id() != bye.call_id());
    (!is_passed).then_some(bye)
}

/// Returns that an element ends calls at one age, and none lasts longer there.
fn limited(one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let own = lasted(one).filter(|lasted| *lasted >= LONG)?;
    let (answer, _) = one.answer?;
    let interval = answer.value("Session-Expires").and_then(seconds);
    let interval = interval.map(|interval| u64::from(interval) * SECOND);
    if interval.is_some_and(|most| own <= most + SAME && own + BEFORE >= most) {
        return None;
    }
    let bye = end(one, all)?;
    let there = || {
        all.iter().filter(|other| {
            other.ends.is_some() && (other.client == bye.client || other.server == bye.client)
        })
    };
    let is_alike = |other: &&Attempt<'_>| {
        let is_same = lasted(other).is_some_and(|lasted| lasted.abs_diff(own) <= SAME);
        is_same && end(other, all).is_some_and(|end| end.client == bye.client)
    };
    let calls = distinct(&mut there().filter(is_alike).map(|other| text(other.call_id())));
    let is_longer = there().any(|other| lasted(other) > Some(own + 2 * SAME));
    let is_round = (own + SAME) % MINUTE <= 2 * SAME;
    if is_longer || calls.len() < 2 || calls.len() < 3 && !is_round {
        return None;
    }
    let mut said = bye
        .request
        .all("Reason")
        .flat_map(|field| reasons(field.value));
    let said = said.find_map(|reason| reason.text.map(text));
    let values = values![
        ("name", bye.name()),
        ("by", bye.by()),
        ("age", lasting(own)),
        ("count", calls.len().to_string()),
        (
            "reason",
            said.map_or_else(String::new, |said| format!("; its Reason says \"{said}\"")),
        ),
    ];
    let proof: Vec<usize> = one.proof().into_iter().chain(bye.own).collect();
    Found::new("call-limit", &values, &proof).map(Found::that_decides)
}

/// Returns that a server sent a request on and told its client nothing for so long that this sent it again.
fn untold(one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let heard = one
        .heard
        .filter(|heard| one.copies > 1 && *heard > one.last)?;
    let took = heard
        .checked_sub(one.micros)
        .filter(|took| *took > TRYING)?;
    let is_final = one.answer.is_some_and(|(_, at)| at == heard);
    if one.rang != Some(heard) && !is_final {
        return None;
    }
    // Who sends it on has it.
    let group = groups::down(one, all)?;
    let far = group.legs.iter().min_by_key(|leg| leg.micros)?;
    let gap = far.micros.checked_sub(one.micros)?;
    // Without a state each copy is sent on, and no 100 is due.
    if gap > TRYING || far.micros >= one.last || far.copies >= one.copies {
        return None;
    }
    let values = values![
        ("name", one.name()),
        ("from", one.by()),
        ("by", one.at()),
        ("far", far.at()),
        ("gap", lasting(gap)),
        ("took", lasting(took)),
        ("times", times(one.copies)),
    ];
    Found::new("trying-missing", &values, &one.proof())
}
