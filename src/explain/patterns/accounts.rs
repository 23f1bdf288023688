//! Calls that come from a trunk in a form by which the element that gets them does not know them: for its account instead
//! of the number that was called, or from an address that it does not take for that of its peer.

use super::attempts::{Attempt, ago, distinct};
use super::found::Found;
use super::groups;
use super::legs;
use super::order::SECOND;
use super::peers;
use super::trunks::{self, Told};
use crate::explain::call::{has_credentials, named};
use crate::explain::dialog::host;
use crate::explain::words::{list, text};
use crate::message::address;

/// A challenge is answered sooner.
const AGAIN: u64 = 5 * SECOND;

/// Returns that a call was refused which is for the account that the called side has registered, with the number in To only.
pub(super) fn called(
    one: &Attempt<'_>,
    invites: &[&Attempt<'_>],
    all: &[Attempt<'_>],
) -> Option<Told> {
    // What was looked for and is not there.
    let is_unknown = matches!(one.code(), Some(404 | 410 | 484 | 485 | 604));
    let (account, number) = (one.callee(), one.user("To"));
    let is_number = trunks::digits(&number).is_some_and(|(digits, _)| digits.len() > 3);
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
    let values = vec![("account", account), ("number", number), ("why", why)];
    Some(("account-called", values))
}

/// Returns what is found of calls from an address that is not known; `ends` is when the trace does.
pub(super) fn found(all: &[Attempt<'_>], ends: u64) -> Vec<Found> {
    let own = all
        .iter()
        .filter(|one| one.own.is_some() && one.is_invite());
    let mut each = own.filter_map(|one| unknown(one, all, ends).or_else(|| alike(one, all)));
    each.next().into_iter().collect()
}

/// Returns that a call is challenged or refused that comes from one address of a peer, and others of it pass from another.
fn unknown(one: &Attempt<'_>, all: &[Attempt<'_>], ends: u64) -> Option<Found> {
    let (_, at) = one.answer?;
    let code = one
        .code()
        .filter(|code| matches!(code, 401 | 403 | 404 | 407))?;
    let is_challenge = matches!(code, 401 | 407);
    let from_here = || all.iter().filter(|other| other.is_on_way(one));
    let is_known = from_here().any(|other| {
        let is_phone = other.request.method() == b"REGISTER";
        let is_let = other.is_invite() && other.is_through();
        is_phone || is_let || has_credentials(other.request)
    });
    if is_known || one.client.is_empty() || is_challenge && ends < at + AGAIN {
        return None;
    }
    let twin = twin(one, all, is_challenge)?;
    let became = if is_challenge {
        format!("{code}, and sends no credentials")
    } else {
        code.to_string()
    };
    let refusals = from_here().filter(|other| other.is_invite() && other.code() == Some(code));
    let refusals = match refusals.count() {
        0 | 1 => String::new(),
        all => format!("; so do all {all} calls from there"),
    };
    let values = [
        ("name", named(one.request)),
        ("from", one.by()),
        ("to", one.at()),
        ("callee", one.callee()),
        ("became", became),
        ("refusals", refusals),
        ("other", twin.by()),
        ("known", twin.callee()),
        ("ago", ago(one.micros, twin.micros)),
    ];
    Found::new("source-unknown", &values, &one.proof()).map(Found::that_decides)
}

/// Returns a call that passes at the same element from another address of the same peer.
fn twin<'b, 'a>(
    one: &Attempt<'_>,
    all: &'b [Attempt<'a>],
    is_challenge: bool,
) -> Option<&'b Attempt<'a>> {
    let domain = |other: &Attempt<'_>| {
        let from = other.request.value("From");
        from.map(|from| host(&text(address(from))))
    };
    let is_phone = |name: &str| {
        let mut registers = all.iter().filter(|other| other.client == name);
        registers.any(|other| other.request.method() == b"REGISTER" && other.server == one.server)
    };
    // A phone calls for one user, a trunk for many.
    let is_trunk = |name: &str| {
        let calls = all.iter().filter(|other| other.is_invite());
        let calls = calls.filter(|other| other.client == name && other.server == one.server);
        distinct(&mut calls.map(|other| other.user("From"))).len() > 1
    };
    let is_twin = |other: &&Attempt<'_>| {
        let is_same = legs::is_number(&other.callee(), &one.callee());
        let is_near = peers::is_near(&other.client, &one.client);
        let agent = other.request.value("User-Agent");
        let is_agent = agent.is_some() && agent == one.request.value("User-Agent");
        let is_domain = domain(other).is_some() && domain(other) == domain(one);
        let is_peer = is_near || is_agent || is_domain;
        let is_place = other.server == one.server && other.client != one.client;
        let is_let = other.is_invite() && other.is_through() && !has_credentials(other.request);
        let is_it = is_place && is_let && other.call_id() != one.call_id();
        is_it && is_peer && (is_same && is_challenge || is_trunk(&other.client))
    };
    let twin = all.iter().find(is_twin)?;
    (!is_phone(&twin.client)).then_some(twin)
}

/// Returns that calls for different numbers, which stand in To only, all ring the same phone.
fn alike(one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let number = |one: &Attempt<'_>| {
        let number = one.user("To");
        let is_number = trunks::digits(&number).is_some_and(|(digits, _)| digits.len() > 3);
        let is_forwarded = one.request.has("Diversion") || one.request.has("History-Info");
        let is_other = !legs::is_number(&one.callee(), &number);
        Some(number).filter(|_| is_number && is_other && !is_forwarded)
    };
    let rings = |one: &Attempt<'_>| {
        let leg = legs::further(one, all).or_else(|| groups::leg(one, all))?;
        Some(leg.callee())
    };
    let own = number(one)?;
    let phone = rings(one)?;
    let is_like = |other: &&Attempt<'_>| {
        other.is_invite() && other.is_on_way(one) && other.callee() == one.callee()
    };
    let like: Vec<&Attempt<'_>> = all.iter().filter(is_like).collect();
    let numbers = distinct(&mut like.iter().filter_map(|other| number(other)));
    let phones = distinct(&mut like.iter().filter_map(|other| rings(other)));
    if numbers.len() < 2 || phones.len() > 1 {
        return None;
    }
    let values = [
        ("name", named(one.request)),
        ("account", one.callee()),
        ("number", own),
        ("numbers", list(&numbers)),
        ("from", one.by()),
        ("to", one.at()),
        ("phone", phone),
    ];
    Found::new("account-alike", &values, &one.proof())
}
