//! Calls that come from a trunk for the account of the element that gets them, instead of the number that was called.

use super::attempts::{Attempt, ago, distinct};
use super::forms;
use super::found::values;
use super::legs;
use super::trunks::Told;
use crate::explain::call::named;
use crate::explain::words::list;

/// Returns that a call was refused which is for the account that the called side has registered, with the number in To only.
pub(super) fn called(
    one: &Attempt<'_>,
    invites: &[&Attempt<'_>],
    all: &[Attempt<'_>],
) -> Option<Told> {
    // What was looked for and is not there.
    let is_unknown = matches!(one.code(), Some(404 | 410 | 484 | 485 | 604));
    let (account, number) = (one.callee(), one.user("To"));
    let is_number = forms::digits(&number).is_some_and(|(digits, _)| digits.len() > 3);
    let is_forwarded = one.request.has("Diversion") || one.request.has("History-Info");
    let is_sent_on = legs::further(one, all).is_some();
    if !is_unknown || is_sent_on || !is_number || is_forwarded || legs::is_number(&account, &number)
    {
        return None;
    }
    let is_own = |other: &&Attempt<'_>| {
        let is_back = other.client == one.server && other.server == one.client;
        let users = [other.user("To"), other.user("Contact")];
        other.request.method() == b"REGISTER" && is_back && users.contains(&account)
    };
    let registered = all.iter().find(is_own);
    let alike = invites
        .iter()
        .filter(|other| other.is_on_way(one) && other.callee() == account);
    let numbers = distinct(&mut alike.map(|other| other.user("To")));
    let why = match registered {
        Some(other) => format!(
            "which {} has registered there ({}, {})",
            one.at(),
            named(other.request),
            ago(one.micros, other.micros)
        ),
        None if numbers.len() > 1 => format!(
            "as all calls of {} for different numbers have it ({})",
            one.by(),
            list(&numbers)
        ),
        None => return None,
    };
    let values = values![("account", account), ("number", number), ("why", why)];
    Some(("account-called", values))
}
