//! Registrations that a registrar does not admit, and the password is not why: refused before it asked who comes, with the
//! credentials of another user, of a user that it does not have, or as one device too many.

use super::attempts::{Attempt, ago, distinct};
use super::digests::digest;
use super::domains::slips;
use super::found::{Found, values};
use super::order::{target, uri};
use super::trunks;
use crate::explain::call::has_credentials;
use crate::explain::dialog::host;
use crate::explain::words::{list, plain_words, text};
use crate::message::address;

/// What a registrar says that keeps no more addresses.
const FULL: [&str; 6] = ["many", "max", "maximum", "limit", "exceeded", "exceeds"];

/// Why a registration is refused, what follows from that, and where to look.
type Why = [String; 3];

/// Returns why a REGISTER of the call was refused.
pub(super) fn found(all: &[Attempt<'_>]) -> Option<Found> {
    let registers: Vec<&Attempt<'_>> = all.iter().filter(|one| is_register(one)).collect();
    let mut own = registers.iter().filter(|one| one.own.is_some());
    own.find_map(|one| {
        let there: Vec<&Attempt<'_>> = registers
            .iter()
            .copied()
            .filter(|other| other.server == one.server)
            .collect();
        let [why, so, look] = match one.code()? {
            403 => unasked(one, &there)
                .or_else(|| foreign(one, &there))
                .or_else(|| full(one, &there)),
            404 => unknown(one, &there),
            480 | 486 | 500 | 503 => full(one, &there),
            _ => None,
        }?;
        let values = values![
            ("name", one.name()),
            ("user", one.user("To")),
            ("code", one.code()?.to_string()),
            ("reason", trunks::reason(one)),
            ("why", why),
            ("so", so),
            ("look", look),
        ];
        Found::new("register-refused", &values, &one.proof()).map(Found::that_decides)
    })
}

fn is_register(one: &Attempt<'_>) -> bool {
    one.request.method() == b"REGISTER"
}

fn is_challenged(one: &Attempt<'_>) -> bool {
    matches!(one.code(), Some(401 | 407))
}

/// Returns the user of the credentials of a request.
fn account(one: &Attempt<'_>) -> Option<String> {
    let mut fields = ["Authorization", "Proxy-Authorization"].iter();
    let value = fields.find_map(|name| one.request.value(name))?;
    let user = digest(value).user;
    user.split('@')
        .next()
        .map(str::to_owned)
        .filter(|user| !user.is_empty())
}

/// Returns that it was refused though nobody had asked for credentials.
fn unasked(one: &Attempt<'_>, there: &[&Attempt<'_>]) -> Option<Why> {
    let is_own =
        |other: &Attempt<'_>| other.client == one.client && other.user("To") == one.user("To");
    let mut known = there
        .iter()
        .filter(|other| is_own(other) && other.micros < one.micros);
    if has_credentials(one.request) || known.any(|other| other.is_success() || is_challenged(other))
    {
        return None;
    }
    let others = there
        .iter()
        .filter(|other| other.client != one.client && is_challenged(other));
    let others = distinct(&mut others.map(|other| other.by()));
    let beside = match others.as_slice() {
        [] => String::new(),
        others => format!(
            ", while {} was asked first",
            list(&others[..others.len().min(2)])
        ),
    };
    let why = format!(
        "it brings no credentials, and {} refused it before it asked for any{beside}",
        one.at()
    );
    let so = ". So no password is in question".to_owned();
    let look = format!(
        "Look at {} for the rule that shuts it out: the address {}, the account, the make of the device",
        one.at(),
        one.by()
    );
    Some([why, so, look])
}

/// Returns that it brings the credentials of another user, who is registered there himself.
fn foreign(one: &Attempt<'_>, there: &[&Attempt<'_>]) -> Option<Why> {
    let (user, own) = (account(one)?, one.user("To"));
    let is_his = |other: &&&Attempt<'_>| other.is_success() && other.user("To") == user;
    let known = there.iter().find(is_his)?;
    let is_both = |other: &Attempt<'_>| {
        other.is_success() && other.user("To") == own && account(other).as_ref() == Some(&user)
    };
    if user.eq_ignore_ascii_case(&own) || there.iter().any(|other| is_both(other)) {
        return None;
    }
    let why = format!(
        "its credentials are those of {user}, who has an account of his own there ({}, {})",
        known.name(),
        ago(one.micros, known.micros)
    );
    let so = format!(", and may not register {own}");
    let look = format!(
        "Put the user {own} and its password into the account of {}, or {user} into its address",
        one.by()
    );
    Some([why, so, look])
}

/// Returns the addresses that a response lists.
fn contacts(of: &Attempt<'_>) -> Vec<String> {
    let Some((answer, _)) = of.answer else {
        return Vec::new();
    };
    let all = answer.values("Contact");
    all.map(|value| text(address(value))).collect()
}

/// Returns that the registrar keeps no more addresses of a user.
fn full(one: &Attempt<'_>, there: &[&Attempt<'_>]) -> Option<Why> {
    let own = one.user("To");
    let contact = text(address(one.request.value("Contact")?));
    let accepted = || {
        there
            .iter()
            .filter(|other| other.is_success() && other.user("To") == own)
    };
    let last = accepted().rfind(|other| other.micros < one.micros)?;
    let before = contacts(last);
    let (answer, _) = one.answer?;
    let fields = ["Reason", "Warning"]
        .iter()
        .filter_map(|name| answer.value(name));
    let said = fields
        .chain([answer.line])
        .map(text)
        .collect::<Vec<_>>()
        .join(" ");
    let is_said = plain_words(&said)
        .iter()
        .any(|word| FULL.contains(&word.as_str()));
    let later = accepted().find(|other| {
        other.micros > one.micros
            && contacts(other).contains(&contact)
            && contacts(other).len() <= before.len()
    });
    if before.is_empty() || before.contains(&contact) || !is_said && later.is_none() {
        return None;
    }
    let later = later.map(|later| {
        format!(
            "; {} took it {}, when another one was gone",
            later.name(),
            ago(one.micros, later.micros)
        )
    });
    let (count, most) = match before.len() {
        1 => ("one address is".to_owned(), "one".to_owned()),
        count => (format!("{count} addresses are"), count.to_string()),
    };
    let why = format!(
        "{count} registered for {own} already ({}), and {contact} would be one more",
        last.name()
    );
    let so = format!(
        "{}. So {} keeps no more than {most} of a user",
        later.unwrap_or_default(),
        one.at()
    );
    let look = format!(
        "Let {} keep more addresses of a user, or take an old one of {own} away",
        one.at()
    );
    Some([why, so, look])
}

/// Returns that the registrar does not have the user, and serves the domain.
fn unknown(one: &Attempt<'_>, there: &[&Attempt<'_>]) -> Option<Why> {
    let own = one.user("To");
    let domain = |other: &Attempt<'_>| {
        let of_to = other.request.value("To").map(uri).unwrap_or_default();
        [of_to, target(other.request)].map(|uri| host(&text(address(uri))))
    };
    let others = there
        .iter()
        .filter(|other| other.is_success() && domain(other) == domain(one));
    let others = distinct(&mut others.map(|other| other.user("To")));
    if others.is_empty() || others.contains(&own) {
        return None;
    }
    let close = others.iter().find(|other| slips(&own, other));
    let close = close.map(|other| format!(". {other} is one letter apart"));
    let why = format!(
        "{} has no {own} in {}, where {} registered",
        one.at(),
        domain(one)[0],
        list(&others[..others.len().min(3)])
    );
    let so = close.unwrap_or_default();
    let look = format!(
        "Compare the user of the account at {} with those that are set up at {}",
        one.by(),
        one.at()
    );
    Some([why, so, look])
}
