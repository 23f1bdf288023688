//! A CANCEL under another Call-ID than its INVITE: something on the way changed the one and not the other, so it ends nothing.

use super::attempts::{Attempt, Seen, seen};
use super::disobeyed::CROSSES;
use super::found::{Found, values};
use super::order::{Call, lasting};
use crate::explain::call::{branch, is_same, named, number};
use crate::explain::words::{short, text};
use crate::message::{Message, user};

pub(super) fn found(call: &Call<'_>, all: &[Attempt<'_>]) -> Vec<Found> {
    let is_cancel = |one: &Seen<'_, '_>| one.0.is_request() && one.0.method() == b"CANCEL";
    let mut cancels = seen(call).filter(is_cancel);
    let invites = all.iter().filter(|one| one.own.is_some());
    let invites: Vec<&Attempt<'_>> = invites.filter(|one| one.is_invite()).collect();
    let first = cancels.find_map(|cancel| told(call, cancel, &invites, all));
    first.into_iter().collect()
}

fn told(
    call: &Call<'_>,
    cancel: Seen<'_, '_>,
    invites: &[&Attempt<'_>],
    all: &[Attempt<'_>],
) -> Option<Found> {
    let (request, micros, from, to, own) = cancel;
    let id = request.value("Call-ID")?;
    let is_branch = |one: &Attempt<'_>| {
        let branch = branch(request);
        branch.is_some() && branch == self::branch(one.request)
    };
    // What has a branch of its own is known by who sent it, and whom it names.
    let is_like = |one: &Attempt<'_>| {
        let is_there = from.is_some() && (one.from, one.to) == (from, to);
        is_there && is_named(one.request, request)
    };
    let fits = |one: &&Attempt<'_>| {
        let is_open = one.micros <= micros && one.answer.is_none_or(|(_, at)| at > micros);
        let is_free = is_open && one.cancel.is_none() && one.is_invite();
        is_free && one.call_id() != id && (is_branch(one) || is_like(one))
    };
    // A CANCEL of another call is held against what is of this one only.
    let invite = match own {
        Some(_) => all.iter().rfind(fits),
        None => invites.iter().copied().rfind(fits),
    }?;
    if all.iter().any(|one| one.is_invite() && one.call_id() == id) {
        return None;
    }
    let answer = seen(call).find(|one| {
        let is_final = one.0.code() >= Some(200) && one.1 >= micros;
        is_final && is_same(one.0, request) && one.0.value("Call-ID") == Some(id)
    });
    let last = invite.answer.filter(|_| invite.code() != Some(487));
    let went_on = last.and_then(|(_, at)| at.checked_sub(micros));
    let became = match answer.as_ref().and_then(|one| one.0.code()) {
        Some(code) if code >= 400 => format!("got {code}"),
        None if went_on > Some(CROSSES) && is_branch(invite) => "got no answer".to_owned(),
        _ => return None,
    };
    let rang = went_on.map(|gap| {
        let code = invite.code().unwrap_or_default();
        format!(
            ", and the INVITE went on for {} until its {code}",
            lasting(gap)
        )
    });
    let values = values![
        ("name", named(invite.request)),
        ("became", became),
        ("part", "Call-ID".to_owned()),
        ("own", short(&text(id))),
        ("known", short(&text(invite.call_id()))),
        ("rang", rang.unwrap_or_default()),
    ];
    let refusal = answer.and_then(|one| one.4);
    let proof: Vec<usize> = own
        .into_iter()
        .chain(refusal)
        .chain(invite.proof())
        .collect();
    Found::new("cancel-branch", &values, &proof).map(Found::that_decides)
}

/// Returns whether two requests have the same number, caller and callee.
fn is_named(one: &Message<'_>, other: &Message<'_>) -> bool {
    let is_same = |name: &str| one.value(name).map(user) == other.value(name).map(user);
    number(one) == number(other) && is_same("From") && is_same("To")
}
