//! A leg of a call that rings on though its caller has given up.

use super::attempts::Attempt;
use super::found::{Found, values};
use super::legs;
use super::order::{Call, SECOND, lasting};
use crate::explain::call::{named, number};
use crate::explain::words::{short, text};

/// What is passed on at all is passed on sooner.
const LEAST: u64 = 2 * SECOND;

/// Returns that an element ended the INVITE of a caller who gave up, and let the other leg ring on.
pub(super) fn found(call: &Call<'_>, all: &[Attempt<'_>]) -> Vec<Found> {
    all.iter()
        .find_map(|near| told(call, near, all))
        .into_iter()
        .collect()
}

fn told(call: &Call<'_>, near: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let (_, gave_up) = near.answer.filter(|_| near.code() == Some(487))?;
    let far = all
        .iter()
        .find(|other| other.is_invite() && other.rang.is_some() && legs::became(near, other))?;
    let is_own = near.is_invite() && (near.own.is_some() || far.own.is_some());
    let (last, until) = far.answer.filter(|_| is_own)?;
    let span = until.checked_sub(gave_up).filter(|span| *span >= LEAST)?;
    // A phone that was asked to stop and did not is another fault.
    let messages = call.all.iter();
    let mut messages = messages.chain(call.others.iter().map(|other| &other.message));
    let is_cancelled = messages.any(|message| {
        message.method() == b"CANCEL"
            && message.value("Call-ID") == Some(far.call_id())
            && number(message) == number(far.request)
    });
    if is_cancelled {
        return None;
    }
    let id = |one: &Attempt<'_>| short(&text(one.call_id()));
    let values = values![
        ("name", named(near.request)),
        ("id", id(near)),
        ("by", far.by()),
        ("leg", named(far.request)),
        ("peer", far.at()),
        ("other", id(far)),
        ("span", lasting(span)),
        ("until", last.code().unwrap_or_default().to_string()),
    ];
    let proof = [near.own, near.own_answer, far.own, far.own_answer];
    let proof: Vec<usize> = proof.into_iter().flatten().collect();
    Found::new("leg-rang-on", &values, &proof).map(Found::that_decides)
}
