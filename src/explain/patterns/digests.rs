//! Credentials as digests: what a challenge asks for, what a request brings, and in what that does not fit.

use super::found::Found;
use super::order::{Call, Hop};
use super::others::user;
use crate::explain::call::Beside;
use crate::explain::credentials;
use crate::explain::facts::Facts;
use crate::explain::words::{quoted, text};
use crate::message::{Message, parameters};

/// What a challenge asks for, or credentials bring.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Digest {
    pub(super) realm: String,
    pub(super) nonce: String,
    pub(super) response: String,
    pub(super) user: String,
    pub(super) count: String,
    pub(super) opaque: String,
    pub(super) is_stale: bool,
}

pub(super) fn digest(value: &[u8]) -> Digest {
    let value = value.trim_ascii();
    let end = value.iter().position(u8::is_ascii_whitespace);
    let rest = &value[end.unwrap_or(value.len())..];
    let mut digest = Digest::default();
    for (name, value) in parameters(rest, b',') {
        match name.to_ascii_lowercase().as_slice() {
            b"realm" => digest.realm = text(value),
            b"nonce" => digest.nonce = text(value),
            b"response" => digest.response = text(value),
            b"username" => digest.user = text(value),
            b"opaque" => digest.opaque = text(value),
            b"nc" => digest.count = text(value),
            b"stale" => digest.is_stale = value.eq_ignore_ascii_case(b"true"),
            _ => {}
        }
    }
    digest
}

pub(super) fn asked(response: &Message<'_>, code: u16) -> Digest {
    let name = if code == 401 {
        "WWW-Authenticate"
    } else {
        "Proxy-Authenticate"
    };
    response.value(name).map(digest).unwrap_or_default()
}

/// Returns the credentials that a request brings for a realm.
pub(super) fn brought(request: &Message<'_>, code: u16, realm: &str) -> Option<Digest> {
    let name = if code == 401 {
        "Authorization"
    } else {
        "Proxy-Authorization"
    };
    let all: Vec<Digest> = request.all(name).map(|field| digest(field.value)).collect();
    all.into_iter().find(|one| one.realm == realm)
}

/// Returns in what credentials do not fit the challenge that they answer.
pub(super) fn unfit(
    call: &Call<'_>,
    outcome: usize,
    own: &Digest,
    known: &Digest,
) -> Option<String> {
    let beside = Beside {
        call: call.all,
        at: outcome,
    };
    let facts = Facts::of(&call.all[outcome]).beside(beside);
    let is_other = own.opaque != known.opaque;
    let opaque = || is_other.then(|| "their opaque is not that of the challenge".to_owned());
    credentials::unfit(&facts).or_else(opaque)
}

/// Returns the user of credentials, and that of From where it is another one.
pub(super) fn of_user(request: &Message<'_>, own: &str) -> String {
    let from = user(request, "From");
    let bare = own.split('@').next().unwrap_or_default();
    if bare == from || from.is_empty() {
        return quoted(own);
    }
    format!("{} (From is {})", quoted(own), quoted(&from))
}

/// Returns that credentials count a nonce as an earlier request with it did, and are refused.
pub(super) fn counted(call: &Call<'_>, hop: &Hop<'_>, outcome: usize) -> Option<Found> {
    let request = *hop.requests.first()?;
    let name = if call.code(outcome) == 401 {
        "Authorization"
    } else {
        "Proxy-Authorization"
    };
    let all = |at: usize| -> Vec<Digest> {
        let fields = call.all[at].all(name);
        fields.map(|field| digest(field.value)).collect()
    };
    let own = all(request);
    let is_own = |one: &Digest| {
        let mut own = own.iter();
        own.any(|own| !own.count.is_empty() && (&own.nonce, &own.count) == (&one.nonce, &one.count))
    };
    let mut before = call.groups.iter().filter_map(|group| {
        let before = call.nearest(group)?;
        let at = *before.requests.first()?;
        let is_other = before.number != hop.number && !before.is("ACK") && at < request;
        let count = all(at)
            .into_iter()
            .find(|one| is_other && is_own(one))?
            .count;
        Some((before, at, count))
    });
    let (before, at, count) = before.next_back()?;
    let values = [("before", before.name()), ("count", count)];
    let proof = [at, request, outcome];
    Found::told(call, "credentials-count", hop, outcome, &values, &proof)
}

/// Returns that credentials stand in the field of the other code, or are for another realm.
pub(super) fn misplaced(
    call: &Call<'_>,
    [hop, next]: [&Hop<'_>; 2],
    outcome: usize,
    asked: &Digest,
) -> Option<Found> {
    let at = *next.requests.first().filter(|at| **at > outcome)?;
    let code = call.code(outcome);
    let fields = ["Authorization", "Proxy-Authorization"];
    let (right, wrong) = match code {
        401 => (fields[0], fields[1]),
        _ => (fields[1], fields[0]),
    };
    let mut values = vec![
        ("again", next.name()),
        ("right", right.to_owned()),
        ("wrong", wrong.to_owned()),
        ("realm", quoted(&asked.realm)),
    ];
    let other = if code == 401 { 407 } else { 401 };
    if brought(&call.all[at], other, &asked.realm).is_some() {
        return Found::told(
            call,
            "credentials-field",
            hop,
            outcome,
            &values,
            &[outcome, at],
        );
    }
    // Several servers may ask, each for its own realm.
    let offers = |realm: &str| {
        let name = if code == 401 {
            "WWW-Authenticate"
        } else {
            "Proxy-Authenticate"
        };
        let mut all = call.all[outcome].all(name);
        all.any(|field| digest(field.value).realm == realm)
    };
    let own: Vec<Digest> = call.all[at]
        .all(right)
        .map(|field| digest(field.value))
        .collect();
    let own = own.first()?;
    // What has lost its comma names no realm.
    if offers(&own.realm) || own.realm.contains('"') {
        return None;
    }
    values.push(("own", quoted(&own.realm)));
    Found::told(
        call,
        "credentials-realm",
        hop,
        outcome,
        &values,
        &[outcome, at],
    )
}
