//! Challenges and credentials.

use super::super::found::Terms;
use super::super::syntax::{Login, shown};
use crate::catalog::Named;
use crate::message::Message;

const CHALLENGES: [&str; 2] = ["WWW-Authenticate", "Proxy-Authenticate"];
const CREDENTIALS: [&str; 2] = ["Authorization", "Proxy-Authorization"];

pub(super) const TERMS: &Terms = &[
    (Named::DigestWithoutRealm, |message| {
        lacking(&CHALLENGES, &["realm", "nonce"], message)
    }),
    (Named::DigestWithoutQop, |message| {
        lacking(&CHALLENGES, &["qop"], message)
    }),
    (Named::CredentialsWithout, |message| {
        let needed = ["username", "realm", "nonce", "uri", "response"];
        lacking(&CREDENTIALS, &needed, message)
    }),
    // What goes with qop MUST NOT be there without it.
    (Named::QopWithout, |message| {
        let mut all = digests(&CREDENTIALS, message);
        all.find_map(|login| {
            let has_qop = login.value("qop").is_some();
            let is_odd = |name: &&&str| login.value(name).is_some() != has_qop;
            let name = ["cnonce", "nc"].iter().find(is_odd)?;
            Some(if has_qop {
                format!("qop and no {name}")
            } else {
                format!("{name} and no qop")
            })
        })
    }),
    (Named::Basic, |message| {
        let names = CHALLENGES.iter().chain(&CREDENTIALS);
        let is_basic = |login: &Login<'_>| login.scheme.eq_ignore_ascii_case(b"Basic");
        let mut names = names.filter(|name| logins(name, message).any(|login| is_basic(&login)));
        names.next().map(|name| (*name).to_owned())
    }),
    (Named::SameAlgorithm, |message| {
        CHALLENGES.iter().find_map(|name| {
            let mut seen: Vec<(String, String)> = Vec::new();
            logins(name, message)
                .filter(Login::is_digest)
                .find_map(|login| {
                    let algorithm = login.value("algorithm").unwrap_or(b"MD5");
                    let realm = shown(login.value("realm").unwrap_or_default());
                    let pair = (shown(algorithm).to_uppercase(), realm);
                    let is_known = seen.contains(&pair);
                    seen.push(pair.clone());
                    is_known.then_some(pair.0)
                })
        })
    }),
    (Named::LoginTwice, |message| {
        let names = CHALLENGES.iter().chain(&CREDENTIALS);
        let mut names = names.map(|name| (name, logins(name, message)));
        names.find_map(|(name, mut logins)| {
            // What stands in values of other schemes may be a secret.
            let twice = logins.find_map(|login| login.twice().filter(|_| login.is_digest()))?;
            Some(format!(
                "{} stands twice in a value of {name}",
                shown(twice)
            ))
        })
    }),
    // With SHA-256 a response has twice the digits of one with MD5.
    (Named::ResponseLength, |message| {
        digests(&CREDENTIALS, message).find_map(|login| {
            let length = login.value("response")?.len();
            let algorithm = login.value("algorithm").unwrap_or(b"MD5");
            let name = shown(algorithm);
            let wanted = match name.to_uppercase().trim_end_matches("-SESS") {
                "MD5" | "AKAV1-MD5" | "AKAV2-MD5" => 32,
                "SHA-256" | "SHA-512-256" => 64,
                _ => return None,
            };
            // It is empty before the first challenge of RFC 3310.
            let is_odd = length != wanted && length != 0;
            is_odd.then(|| format!("{length} digits, and {name} makes {wanted}"))
        })
    }),
];

fn logins<'a>(
    name: &'static str,
    message: &'a Message<'_>,
) -> impl Iterator<Item = Login<'a>> + use<'a> {
    message
        .all(name)
        .filter_map(move |field| Login::of(name, field.value))
}

/// Returns what is written rightly for Digest.
fn digests<'a>(
    names: &'static [&'static str],
    message: &'a Message<'_>,
) -> impl Iterator<Item = Login<'a>> + use<'a> {
    let all = names.iter().flat_map(move |name| logins(name, message));
    all.filter(Login::is_digest)
}

/// Returns the first of the parameters that one of them lacks.
fn lacking(
    names: &'static [&'static str],
    needed: &[&str],
    message: &Message<'_>,
) -> Option<String> {
    digests(names, message).find_map(|login| {
        let mut needed = needed.iter();
        let lacking = needed.find(|name| login.value(name).is_none());
        lacking.map(|name| (*name).to_owned())
    })
}
