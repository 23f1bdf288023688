//! What ended an INVITE before its answer, as far as the messages of its call show it.

use super::call::{branch, is_request, is_same, number, tag};
use super::dialog;
use super::facts::Facts;
use crate::message::Message;

/// Whose the CANCEL before a 487 is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// The request is not in the trace.
    Unknown,
    /// No CANCEL for it is.
    Nobody,
    /// Of the client whose INVITE has no Via but its own.
    Caller,
    /// Of an element on the way: the INVITE of the client is there, and the CANCEL has another branch.
    Proxy,
    /// What came before the first hop of the trace is not known.
    Somebody,
}

pub(super) fn whose(facts: &Facts<'_>) -> Whose {
    let Some(request) = facts.request else {
        return Whose::Unknown;
    };
    let before = || facts.beside.before().iter();
    let vias = |one: &Message<'_>| one.values("Via").count();
    let is_own = |one: &&Message<'_>| {
        one.is_request() && is_same(one, request) && tag(one, "From") == tag(request, "From")
    };
    let nearest = before().filter(is_own).min_by_key(|one| vias(one));
    let nearest = nearest.unwrap_or(request);
    let cancels =
        || before().filter(|one| is_request(one, b"CANCEL") && number(one) == number(request));
    match cancels().find(|one| branch(one) == branch(nearest)) {
        None if cancels().next().is_none() => Whose::Nobody,
        _ if vias(nearest) > 1 => Whose::Somebody,
        Some(_) => Whose::Caller,
        None => Whose::Proxy,
    }
}

/// Returns whether another phone took the call, or a BYE ended its dialog.
pub(super) fn is_ended_otherwise(facts: &Facts<'_>) -> bool {
    let mut before = facts.beside.before().iter();
    dialog::is_answered_elsewhere(facts) || before.any(|one| is_request(one, b"BYE"))
}

/// Returns whether the time of an INVITE may have run out.
pub(super) fn may_be_expired(facts: &Facts<'_>) -> bool {
    let has_time = |request: &Message<'_>| request.has("Expires");
    facts.request.is_none_or(has_time) && !is_ended_otherwise(facts)
}
