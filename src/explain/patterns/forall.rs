//! One device of several that ring for a call, and whose answer ended the others: a refusal for all places, one that an element
//! takes for that, and a mailbox that is faster than the phones.

use super::attempts::{Attempt, distinct, is_step};
use super::found::{Found, values};
use super::groups::{Group, led, proof};
use super::legs::{ON, is_number};
use super::order::{SECOND, lasting, times};
use crate::explain::call::named;
use crate::explain::words::{list, short, text};
use crate::message::{address, user};

/// What one answer ends ends so soon after it.
const AT_ONCE: u64 = SECOND / 2;
/// A phone that gives up by itself has rung for longer.
const RANG: u64 = 5 * SECOND;

pub(super) fn found(group: &Group<'_, '_>, all: &[Attempt<'_>]) -> Option<Found> {
    declined(group)
        .or_else(|| taken(group, all))
        .or_else(|| mailbox(group, all))
}

/// Returns the legs that rang and were cancelled after an answer of another one.
fn ended<'b, 'a>(
    group: &Group<'b, 'a>,
    one: &Attempt<'_>,
    at: u64,
    within: u64,
) -> Vec<&'b Attempt<'a>> {
    let is_ended = |leg: &&&Attempt<'_>| {
        let cancelled = leg.cancel.filter(|_| leg.rang.is_some());
        let is_soon = cancelled.is_some_and(|(_, then)| then >= at && then - at <= within);
        is_soon && leg.server != one.server
    };
    group.legs.iter().filter(is_ended).copied().collect()
}

fn told(
    id: &str,
    group: &Group<'_, '_>,
    one: &Attempt<'_>,
    ended: &[&Attempt<'_>],
    more: Vec<(&'static str, String)>,
) -> Option<Found> {
    let mut values = more;
    values.extend([
        ("from", one.at()),
        ("code", one.code()?.to_string()),
        ("leg", led(group, one)),
        ("by", one.by()),
        (
            "others",
            list(&distinct(&mut ended.iter().map(|leg| leg.at()))),
        ),
    ]);
    let near = group.near.unwrap_or(one);
    let proof = proof(&[near, one, *ended.first()?]);
    Found::new(id, &values, &proof).map(Found::that_decides)
}

/// Returns that one device of several declined for all, and so ended the others, which rang.
fn declined(group: &Group<'_, '_>) -> Option<Found> {
    let is_final = |one: &&&Attempt<'_>| one.code().is_some_and(|code| code >= 600);
    let one = group.legs.iter().find(is_final)?;
    let (_, at) = one.answer?;
    let given_up = group.near.and_then(|near| near.cancel);
    if given_up.is_some() || group.legs.iter().any(|leg| leg.is_success()) {
        return None;
    }
    let mut ended = ended(group, one, at, ON);
    // Of the branches of a fork the call itself tells that, where both sides of the proxy are seen.
    ended.retain(|leg| group.near.is_none() || leg.call_id() != one.call_id());
    told("group-declined", group, one, &ended, Vec::new())
}

/// Returns what came of a call whose other legs were ended.
fn became(next: Option<&Attempt<'_>>, near: Option<&Attempt<'_>>) -> String {
    match (next, near.and_then(Attempt::code)) {
        (Some(next), _) => format!(
            ", and only {} ({}) was asked after that",
            next.callee(),
            next.name()
        ),
        (None, Some(code)) => format!(", and the caller got {code}"),
        (None, None) => String::new(),
    }
}

/// Returns that an element took a refusal or a redirection of one device for all of them, and ended the others, which rang.
fn taken(group: &Group<'_, '_>, all: &[Attempt<'_>]) -> Option<Found> {
    let is_for_one = |one: &&&Attempt<'_>| {
        let is_out = one.took() > Some(RANG) && matches!(one.code(), Some(408 | 480));
        let code = one.code().unwrap_or_default();
        let is_refusal = (400..500).contains(&code) && !is_step(code) && code != 487;
        (is_refusal || (300..303).contains(&code)) && !is_out
    };
    let mut each = group.legs.iter().filter(is_for_one);
    each.find_map(|one| {
        let (answer, at) = one.answer?;
        let ended = ended(group, one, at, AT_ONCE);
        let (_, cancelled) = ended.first()?.cancel?;
        let contact = answer.values("Contact").next().filter(|_| one.is_step());
        let aim = contact.map(|contact| text(user(contact)));
        let is_next = |other: &&Attempt<'_>| {
            let is_then = other.micros >= at && other.micros - at <= ON;
            let is_there = aim
                .as_ref()
                .is_some_and(|aim| is_number(&other.callee(), aim));
            other.is_invite() && is_then && is_there && other.client == one.client
        };
        let next = all.iter().find(is_next);
        // Who gave up is seen only where the caller is.
        let near = group.near;
        let is_given_up = match near {
            Some(near) => near.cancel.is_some() || near.is_success() && next.is_none(),
            None => next.is_none(),
        };
        let is_over = |leg: &&Attempt<'_>| {
            let is_out = leg.answer.is_some_and(|(_, then)| then <= cancelled);
            is_out
                || leg
                    .cancel
                    .is_some_and(|(_, then)| then <= cancelled + AT_ONCE)
                || leg.micros > at
        };
        let is_answered = group
            .legs
            .iter()
            .any(|leg| leg.is_success() && leg.micros <= at);
        if is_given_up || is_answered || !group.legs.iter().all(is_over) {
            return None;
        }
        let did = match contact {
            Some(contact) => format!("redirected {{}} to {}", short(&text(address(contact)))),
            None => "refused {}".to_owned(),
        };
        let became = became(next, near);
        let more = values![
            ("did", did.replace("{}", &led(group, one))),
            ("gap", lasting(cancelled - at)),
            ("became", became),
        ];
        told("group-ended", group, one, &ended, more)
    })
}

/// Returns that one number of a group answers in always the same time and without ringing, before somebody picks up.
fn mailbox(group: &Group<'_, '_>, all: &[Attempt<'_>]) -> Option<Found> {
    let age = |one: &Attempt<'_>| {
        let is_silent = one.rang.is_none() || one.early == Some(183);
        one.took()
            .filter(|_| one.is_success() && is_silent && one.is_invite())
    };
    let mut each = group.legs.iter();
    each.find_map(|one| {
        let (own, (_, at)) = (age(one)?, one.answer?);
        let ended = ended(group, one, at, ON);
        let alike = all.iter().filter(|other| {
            let is_same = other.callee() == one.callee() && other.server == one.server;
            is_same && age(other).is_some_and(|age| age.abs_diff(own) <= AT_ONCE / 2)
        });
        let calls = distinct(&mut alike.map(|other| text(other.call_id()))).len();
        let more = values![
            ("callee", one.callee()),
            ("age", lasting(own)),
            ("times", times(calls)),
            ("name", named(group.near.unwrap_or(one).request)),
        ];
        told("mailbox-first", group, one, &ended, more).filter(|_| calls > 1)
    })
}
