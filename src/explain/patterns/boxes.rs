//! Calls that an element forwards, as to a mailbox, and that do not say for whom they were, though others by the same way do.

use super::attempts::Attempt;
use super::found::{Found, values};
use super::legs::{ON, is_number};
use super::order::target;
use crate::explain::call::named;
use crate::explain::words::text;

/// What says for whom a call was: fields, and parameters of the Request-URI.
const MARKS: [&str; 4] = ["Diversion", "History-Info", ";target=", ";cause="];

fn mark(one: &Attempt<'_>) -> Option<&'static str> {
    let uri = text(target(one.request)).to_ascii_lowercase();
    MARKS
        .into_iter()
        .find(|mark| one.request.has(mark) || uri.contains(&mark.to_ascii_lowercase()))
}

/// Returns that a call was forwarded and accepted, and lacks what others to the same place have.
pub(super) fn found(all: &[Attempt<'_>]) -> Option<Found> {
    let mut own = all.iter().filter(|one| one.is_invite() && one.is_success());
    own.find_map(|one| {
        let like = |other: &&Attempt<'_>| {
            other.is_invite() && other.is_on_way(one) && other.callee() == one.callee()
        };
        let twin = all
            .iter()
            .filter(like)
            .find(|other| other.is_through() && mark(other).is_some())?;
        if mark(one).is_some() {
            return None;
        }
        let is_near = |near: &&Attempt<'_>| {
            let is_caller =
                near.call_id() == one.call_id() || near.user("From") == one.user("From");
            let is_there = near.server == one.client && near.is_invite() && one.is_while(near);
            let uri = text(target(one.request));
            is_there
                && is_caller
                && !is_number(&near.callee(), &one.callee())
                && !uri.contains(&near.callee())
        };
        let near = all.iter().rev().find(is_near)?;
        let leg = all.iter().find(|leg| {
            let ends = leg.cancel.or(leg.answer).map(|(_, at)| at);
            let gap = ends.and_then(|at| one.micros.checked_sub(at));
            let is_his = leg.client == one.client && is_number(&leg.callee(), &near.callee());
            is_his && !leg.is_success() && gap.is_some_and(|gap| gap <= ON) && leg.is_invite()
        })?;
        if [one, near, leg].iter().all(|of| of.own.is_none()) {
            return None;
        }
        let ended = match leg.cancel {
            Some(_) => "was not answered".to_owned(),
            None => format!("got {}", leg.code()?),
        };
        let values = values![
            ("name", one.name()),
            ("callee", one.callee()),
            ("user", near.callee()),
            ("leg", named(leg.request)),
            ("ended", ended),
            ("twin", twin.name()),
            ("mark", mark(twin)?.trim_matches([';', '=']).to_owned()),
            ("by", one.by()),
            ("to", one.at()),
        ];
        let proof: Vec<usize> = [one, near, leg].iter().flat_map(|of| of.proof()).collect();
        Found::new("forward-unnamed", &values, &proof)
    })
}
