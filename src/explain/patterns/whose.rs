//! A call that is sent on to a mailbox or the like, and does not say for whom it was.

use super::attempts::Attempt;
use super::found::{Found, values};
use super::groups;
use super::legs::{ON, is_number};
use super::order::{SECOND, target};
use crate::explain::call::named;
use crate::explain::words::{short, text};

/// Words in the name of what takes calls for others.
const NAMES: [&str; 4] = ["voicem", "mailbox", "vm", "vmail"];

pub(super) fn found(all: &[Attempt<'_>]) -> Option<Found> {
    let invites = || all.iter().filter(|one| one.is_invite());
    invites().find_map(|one| {
        let before = before(one, all)?;
        let is_own = one.own.is_some() || before.own.is_some();
        is_own.then(|| told(one, before, all))?
    })
}

/// Returns the leg of the same caller that ended without an answer just before, at the element which sends the call on.
fn before<'b, 'a>(one: &Attempt<'a>, all: &'b [Attempt<'a>]) -> Option<&'b Attempt<'a>> {
    let is_before = |leg: &&Attempt<'_>| {
        let ended = leg.cancel.or(leg.answer.filter(|_| !leg.is_success()));
        let gap = ended.and_then(|(_, at)| one.micros.checked_sub(at));
        leg.is_invite()
            && leg.client == one.client
            && leg.server != one.server
            && gap.is_some_and(|gap| gap <= ON)
            && is_number(&leg.user("From"), &one.user("From"))
            && !is_number(&leg.callee(), &one.callee())
            && !leg.is_step()
    };
    all.iter().rfind(is_before)
}

/// Returns whether anything in a request names a user.
fn names(one: &Attempt<'_>, user: &str) -> bool {
    let has = |value: &[u8]| text(value).contains(user);
    let mut fields = one.request.fields.iter();
    has(target(one.request))
        || fields.any(|field| !field.is("Via") && !field.is("Call-ID") && has(field.value))
}

fn told(one: &Attempt<'_>, leg: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let user = leg.user("To");
    let user = if user.is_empty() { leg.callee() } else { user };
    let pilot = one.callee();
    let is_same = |other: &&Attempt<'_>| {
        let is_other = other.is_invite() && other.call_id() != one.call_id();
        is_other && other.server == one.server && is_number(&other.callee(), &pilot)
    };
    let others: Vec<&Attempt<'_>> = all.iter().filter(is_same).collect();
    let good = others.iter().find_map(|other| {
        let before = before(other, all)?;
        let fields = ["Diversion", "History-Info"];
        let field = fields.into_iter().find(|field| other.request.has(field))?;
        (other.is_success() && names(other, &before.callee())).then(|| (other.name(), field))
    });
    // A member of a group that is asked in turn is not diverted to.
    let is_direct =
        groups::near(leg, all).is_some_and(|near| is_number(&near.callee(), &leg.callee()));
    let plain = pilot.to_ascii_lowercase();
    let is_box = NAMES.iter().any(|name| plain.starts_with(name));
    let is_machine = one.rang.is_none() && one.took() < Some(SECOND);
    let is_meant = good.is_some() || is_direct && (is_box || is_machine);
    if !is_meant || !one.is_success() || names(one, &user) || names(one, &leg.callee()) {
        return None;
    }
    let like = good.map(|(name, field)| format!(", as {name}, which {field} tells"));
    let ended = match leg.code() {
        Some(code) if leg.cancel.is_none() => format!("refused it with {code}"),
        _ => "did not answer".to_owned(),
    };
    let values = values![
        ("by", one.by()),
        ("name", one.name()),
        ("known", short(&text(one.call_id()))),
        ("pilot", pilot),
        ("to", one.at()),
        ("user", user),
        ("ended", ended),
        ("leg", named(leg.request)),
        ("like", like.unwrap_or_default()),
    ];
    let proof: Vec<usize> = one.proof().into_iter().chain(leg.proof()).collect();
    Found::new("diverted-for-nobody", &values, &proof).map(Found::that_decides)
}
