//! What the tokens of Identity hold. Nothing of them is shown: what they name may stand nowhere else in the message.

use super::super::found::Terms;
use super::super::passport::{Passport, moment, string};
use super::super::syntax;
use super::super::words::time;
use crate::catalog::Named;
use crate::message::{Message, user};

/// A verifier takes a token no later than so many seconds after it was made (RFC 8224 section 4.1).
const FRESH: u64 = 60;

pub(super) const TERMS: &Terms = &[
    (Named::PassportHeader, |message| {
        first(message, |token| {
            if token.header("typ") != Some("\"passport\"") {
                return Some("typ is not \"passport\"".to_owned());
            }
            let mut names = ["alg", "x5u"].iter();
            let lacking = names.find(|name| {
                let value = token.header(name).and_then(string);
                value.is_none_or(str::is_empty)
            });
            lacking.map(|name| format!("{name} is missing"))
        })
    }),
    (Named::PassportParameters, |message| {
        first(message, |token| {
            let rows = [("alg", "alg"), ("x5u", "info"), ("ppt", "ppt")];
            rows.iter().find_map(|(member, parameter)| {
                let inside = token.header(member).and_then(string).unwrap_or_default();
                let behind = token.parameter(parameter);
                match (inside, behind) {
                    ("", None) => None,
                    // What may be left out there, stands for ES256; info has a check of its own.
                    (inside, None) if *member == "alg" && inside == "ES256" => None,
                    (_, None) if *member == "x5u" => None,
                    (inside, Some(behind)) if inside == behind => None,
                    ("", Some(_)) if *member != "ppt" => None,
                    ("", Some(_)) => Some("ppt stands behind the token and not in it".to_owned()),
                    (_, None) => Some(format!(
                        "{member} of the token has no {parameter} behind it"
                    )),
                    (_, Some(_)) => Some(format!(
                        "{member} of the token is another than {parameter} behind it"
                    )),
                }
            })
        })
    }),
    (Named::PassportTime, |message| {
        first(message, |token| match token.claim("iat") {
            None => Some("iat is missing".to_owned()),
            // An example of RFC 8588 has it between quotation marks.
            Some(value) => issued(value).is_none().then(|| "iat is no time".to_owned()),
        })
    }),
    (Named::PassportIdentities, |message| {
        first(message, |token| {
            ["orig", "dest"].iter().find_map(|name| {
                let count = token.identities(name).len();
                match (token.claim(name), *name, count) {
                    (None, ..) => Some(format!("{name} is missing")),
                    (_, _, 0) => Some(format!("{name} names nobody")),
                    (_, "orig", 2..) => Some(format!("orig names {count} identities")),
                    _ => None,
                }
            })
        })
    }),
    (Named::PassportNumber, |message| {
        first(message, |token| {
            ["orig", "dest"].iter().find_map(|name| {
                let all = token.identities(name).into_iter();
                let mut numbers = all.filter(|(kind, _)| *kind == "tn");
                let is_odd = |sign: char| !(sign.is_ascii_digit() || "#*".contains(sign));
                let odd =
                    numbers.find_map(|(_, number)| number.chars().find(|sign| is_odd(*sign)))?;
                Some(format!("the number of {name} has the sign {odd}"))
            })
        })
    }),
    (Named::PassportAttest, |message| {
        first(message, |token| {
            let attest = shaken(token)?.claim("attest");
            match attest.map(string) {
                None => Some("attest is missing".to_owned()),
                Some(Some("A" | "B" | "C")) => None,
                Some(_) => Some("attest is none of A, B and C".to_owned()),
            }
        })
    }),
    (Named::PassportOrigin, |message| {
        first(message, |token| {
            let origin = shaken(token)?.claim("origid");
            match origin.map(string) {
                None => Some("origid is missing".to_owned()),
                Some(origin) => {
                    (!origin.is_some_and(is_uuid)).then(|| "origid is no UUID".to_owned())
                }
            }
        })
    }),
    (Named::PassportDate, |message| {
        let date = moment(message.value("Date")?)?;
        first(message, |token| {
            let apart = issued(token.claim("iat")?)?.abs_diff(date);
            let says = u32::try_from(apart).map_or_else(|_| "years".to_owned(), time);
            (apart > FRESH).then_some(says)
        })
    }),
    (Named::PassportParties, |message| {
        first(message, |token| {
            let is_usual = matches!(token.header("ppt"), None | Some("\"shaken\""));
            let callers = ["From", "P-Asserted-Identity"];
            let rows = [("orig", &callers[..]), ("dest", &["To"][..])];
            let other = rows.iter().find(|(claim, fields)| {
                let claimed = token.identities(claim);
                let named = fields.iter().flat_map(|name| syntax::values(name, message));
                let named: Vec<String> = named.filter_map(number).collect();
                let mut numbers = claimed.iter().filter(|(kind, _)| *kind == "tn").peekable();
                let is_there = |number: &str| named.iter().any(|known| known == number);
                numbers.peek().is_some()
                    && !named.is_empty()
                    && !numbers.any(|(_, number)| is_there(&digits(number)))
            });
            let (claim, fields) = other.filter(|_| is_usual)?;
            Some(format!(
                "{claim} is another number than {} has",
                fields.join(" or ")
            ))
        })
    }),
    (Named::PassportKeys, |message| {
        let mut lines = message.session()?.iter();
        let guards = lines.any(|line| line.0 == 'a' && line.1.starts_with("fingerprint:"));
        let lacks = |token: &Passport<'_>| token.claim("mky").is_none();
        first(message, |token| (guards && lacks(token)).then(String::new))
    }),
];

/// Returns what is found first in a token.
fn first(message: &Message<'_>, finds: impl Fn(&Passport<'_>) -> Option<String>) -> Option<String> {
    let values = syntax::values("Identity", message).into_iter();
    values
        .filter_map(Passport::of)
        .find_map(|token| finds(&token))
}

/// Returns a token of the kind that calls between providers have.
fn shaken<'a, 'b>(token: &'a Passport<'b>) -> Option<&'a Passport<'b>> {
    (token.header("ppt") == Some("\"shaken\"")).then_some(token)
}

/// Returns the time of a token.
fn issued(value: &str) -> Option<i64> {
    string(value).unwrap_or(value).parse().ok()
}

fn is_uuid(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let is_hex = |part: &&str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    lengths == [8, 4, 4, 4, 12] && parts.iter().all(is_hex)
}

/// Returns the number that an address names, if it is a whole one: with a plus, or of as many digits.
fn number(value: &[u8]) -> Option<String> {
    let uri = syntax::address(value);
    let named = if uri
        .get(..4)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"tel:"))
    {
        &uri[4..]
    } else {
        user(uri)
    };
    let named = String::from_utf8_lossy(named);
    let named = named.split(';').next().unwrap_or_default();
    let digits = digits(named);
    (named.starts_with('+') || digits.len() > 9 && digits.len() == named.len()).then_some(digits)
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
