//! Calls that come back to an element which sent them on, each time as another call.

use super::attempts::{Attempt, distinct};
use super::found::{Found, values};
use super::legs::{SOON, is_number};
use super::order::{SECOND, lasting, times};
use crate::explain::call::named;
use crate::explain::words::{list, quoted, text};

/// Legs that belong together follow so soon on one another.
const ROUND: u64 = 5 * SECOND;
/// Fewer are a call to a number of the house by way of the trunk.
const ROUNDS: usize = 4;

pub(super) fn found(all: &[Attempt<'_>]) -> Vec<Found> {
    let mut own = all
        .iter()
        .filter(|one| one.own.is_some() && one.is_invite());
    own.find_map(|one| round(one, all)).into_iter().collect()
}

/// Returns the requests by which a call goes on from one element to the next, each sent before the one before is answered.
fn way<'b, 'a>(own: &Attempt<'_>, all: &'b [Attempt<'a>]) -> Option<Vec<&'b Attempt<'a>>> {
    let who = own.user("From");
    let is_of = |other: &&Attempt<'_>| {
        let is_near = other.micros.abs_diff(own.micros) <= 2 * ROUND;
        other.is_invite() && is_near && is_number(&other.user("From"), &who)
    };
    let of: Vec<&Attempt<'_>> = all.iter().filter(is_of).collect();
    let next = |one: &Attempt<'_>| -> Option<&Attempt<'_>> {
        let mut later = of.iter().copied().filter(|other| {
            let is_next = other.client == one.server && other.call_id() != one.call_id();
            let is_while = one.answer.is_none_or(|(_, at)| other.micros <= at);
            let is_then = other.micros > one.micros
                || other.micros == one.micros && other.server != one.server;
            is_next && is_while && is_then && other.micros - one.micros <= SOON
        });
        later.next()
    };
    of.iter().find_map(|first| {
        let mut way = vec![*first];
        while let Some(one) = way.last().and_then(|last| next(last)) {
            if way.len() > of.len() {
                break;
            }
            way.push(one);
        }
        let is_own = way.iter().any(|one| core::ptr::eq(*one, own));
        (is_own && way.len() >= ROUNDS).then_some(way)
    })
}

/// Returns that a call comes back to an element which sent it on, each time as another call.
fn round(own: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let who = own.user("From");
    let way = way(own, all)?;
    let again = |one: &Attempt<'_>| {
        let same = |other: &&&Attempt<'_>| {
            other.is_on_way(one)
                && other.callee() == one.callee()
                && other.call_id() != one.call_id()
        };
        way.iter().filter(same).count()
    };
    let back = way.iter().find(|one| again(one) > 0)?;
    let elements = distinct(&mut way.iter().map(|one| one.at()));
    let callees = distinct(&mut way.iter().map(|one| one.callee()));
    let forwards = way
        .iter()
        .filter_map(|one| one.request.value("Max-Forwards").map(text));
    let forwards = distinct(&mut forwards.into_iter());
    let forwards = match forwards.as_slice() {
        [] => String::new(),
        [one] => format!(", and Max-Forwards is {one} in each, so it never ends that"),
        all => format!(", and Max-Forwards is {}", list(all)),
    };
    let last = way.last()?;
    let got = own
        .code()
        .map(|code| format!(", until {} got {code}", named(own.request)));
    let values = values![
        ("callees", list(&callees)),
        ("caller", quoted(&who)),
        ("elements", list(&elements)),
        ("count", way.len().to_string()),
        ("span", lasting(last.micros - way[0].micros)),
        ("back", back.at()),
        ("callee", back.callee()),
        ("sender", back.by()),
        ("times", times(again(back) + 1)),
        ("forwards", forwards),
        ("got", got.unwrap_or_default()),
    ];
    Found::new("sent-round", &values, &own.proof()).map(Found::that_decides)
}
