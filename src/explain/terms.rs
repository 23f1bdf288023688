//! The terms of checks, and whether a message meets them.
//!
//! | term | holds of |
//! | --- | --- |
//! | `request`, `response` | a message of this kind |
//! | `code 4xx,503` | a response with one of these codes |
//! | `method INVITE,UPDATE` | a request with one of these methods, and an answer to one |
//! | `has Allow`, `lacks Allow` | a message with, without this header field |
//! | `many To` | a message that has it in several rows |
//! | `several Contact` | a message that has several values of it |
//! | `bad Via` | a message in which a value of it is written wrongly |
//! | `faulty Via rport` | a message in which this parameter of it is what is written wrongly |
//! | `any Contact,Expires` | a message that has one of these header fields |
//! | `is Event refer,dialog` | a message whose header field begins with one of these words |
//! | `with Event id` | a message whose header field has this parameter |
//! | `without Contact expires` | a message in which a value of it lacks this parameter |
//! | `other-scheme Contact sip,sips` | a message in which a URI of it has none of these schemes |
//! | `lists Require 100rel` | a message whose header field lists this token |
//! | `below Min-SE 90`, `above CSeq 9` | a message in which its number is so |
//! | `over TCP,TLS` | a message whose top Via names one of these transports |
//! | `sdp-order` and the like | a message whose session description has this fault |
//! | a word of `Named` | what its function in `named.rs` and beside it says |
//!
//! `not` before a term turns it round, but for what a message does not say: a request has no code, so neither `code 2xx`
//! nor `not code 2xx` holds of it. The build reads the terms (`reference/asked.rs`), so that nothing is left to be parsed here.

use super::looked::Looked;
use super::named;
use super::sdp;
use super::syntax;
use crate::catalog::{Asks, FieldName, List, Term, Terms, Text};
use crate::message::Message;

/// Whether a term holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// The message does not say.
    Unsaid,
    No,
    /// It does, with what it found, for a sentence; empty where there is nothing to say.
    Yes(String),
}

impl From<bool> for Holds {
    fn from(holds: bool) -> Self {
        if holds {
            Self::Yes(String::new())
        } else {
            Self::No
        }
    }
}

impl From<Option<String>> for Holds {
    fn from(found: Option<String>) -> Self {
        found.map_or(Self::No, Self::Yes)
    }
}

/// Returns what is found where a message meets all terms; none where it does not.
pub(super) fn hold(terms: Terms, message: &Looked<'_>) -> Option<String> {
    let mut all = String::new();
    for term in terms {
        match holds(term, message) {
            Holds::Yes(found) if all.is_empty() => all = found,
            Holds::Yes(_) => {}
            _ => return None,
        }
    }
    Some(all)
}

/// Returns whether a message meets a term.
pub(super) fn holds(term: &Term, message: &Looked<'_>) -> Holds {
    match asked(&term.asks, message) {
        Holds::No if term.is_not => true.into(),
        Holds::Yes(_) if term.is_not => Holds::No,
        holds => holds,
    }
}

/// Returns whether a message has what a term asks for.
fn asked(asks: &Asks, message: &Looked<'_>) -> Holds {
    match asks {
        Asks::Request => message.is_request().into(),
        Asks::Response => message.code().is_some().into(),
        Asks::Code(codes) => message.code().map_or(Holds::Unsaid, |code| {
            let mut codes = codes.iter();
            let is_it = codes.any(|codes| (codes.first..=codes.last).contains(&code));
            is_it.into()
        }),
        Asks::Method(methods) => match message.method() {
            [] => Holds::Unsaid,
            method => {
                let mut methods = methods.iter();
                methods.any(|known| known.as_bytes() == method).into()
            }
        },
        Asks::Over(transports) => {
            let transport = syntax::top_via(message).map(|via| via.transport);
            transport
                .is_some_and(|transport| is_among(transport, *transports))
                .into()
        }
        Asks::Sdp(part) => sdp::found(*part, message).into(),
        Asks::Named(term) => named::found(*term, message).into(),
        Asks::Lacks(name) => {
            // A row that lost its colon was meant as the header field.
            let is_there = message.rows_of(*name) > 0 || message.seems(name.as_str());
            (!is_there).into()
        }
        Asks::Any(names) => {
            let mut names = names.iter();
            let name = names.find(|name| message.rows_of(**name) > 0);
            name.map(|name| name.as_str().to_owned()).into()
        }
        Asks::OtherScheme(name, schemes) => other_scheme(*name, *schemes, message).into(),
        Asks::Has(name)
        | Asks::Many(name)
        | Asks::Several(name)
        | Asks::Bad(name)
        | Asks::Faulty(name, _)
        | Asks::Is(name, _)
        | Asks::With(name, _)
        | Asks::Without(name, _)
        | Asks::Lists(name, _)
        | Asks::Below(name, _)
        | Asks::Above(name, _) => match message.rows_of(*name) {
            0 => Holds::No,
            rows => of_field(asks, rows, name.as_str(), message),
        },
    }
}

/// Returns whether a message meets a term about a header field that it has in some rows.
fn of_field(asks: &Asks, rows: u8, name: &str, message: &Message<'_>) -> Holds {
    let is_beyond = |is_beyond: fn(&u64, &u64) -> bool, limit: u32| {
        number(name, message).is_some_and(|number| is_beyond(&number, &limit.into()))
    };
    match asks {
        Asks::Many(_) => (rows > 1).into(),
        Asks::Several(_) => (syntax::values(name, message).len() > 1).into(),
        Asks::Bad(_) => syntax::bad(name, message).into(),
        Asks::Faulty(_, parameter) => {
            let fault = syntax::bad(name, message).unwrap_or_default();
            let is_its = fault
                .strip_prefix(parameter.as_str())
                .is_some_and(|rest| rest.starts_with(' '));
            is_its.then_some(fault).into()
        }
        Asks::Lists(_, token) => message.lists(name, token).into(),
        Asks::Is(_, words) => {
            let value = message.value(name).unwrap_or_default();
            let is_end = |byte: &u8| matches!(byte, b';' | b' ' | b'\t' | b'\r' | b'\n');
            let word = value.split(is_end).next().unwrap_or_default();
            is_among(word, *words).into()
        }
        Asks::With(_, parameter) => message
            .value(name)
            .is_some_and(|value| syntax::parameter_of(value, parameter).is_some())
            .into(),
        Asks::Without(_, parameter) => {
            let values = syntax::values(name, message);
            let mut values = values.iter();
            let lacking = values.find(|value| syntax::parameter_of(value, parameter).is_none());
            lacking.map(|value| syntax::shown(value)).into()
        }
        Asks::Below(_, limit) => is_beyond(u64::lt, *limit).into(),
        Asks::Above(_, limit) => is_beyond(u64::gt, *limit).into(),
        _ => true.into(),
    }
}

/// Returns whether a word is one of those that are known, in any case.
fn is_among(word: &[u8], known: List<Text>) -> bool {
    let mut known = known.iter();
    known.any(|known| known.as_bytes().eq_ignore_ascii_case(word))
}

/// Returns the first URI of a header field that has none of the schemes.
fn other_scheme(name: FieldName, schemes: List<Text>, message: &Looked<'_>) -> Option<String> {
    let name = name.as_str();
    let mut uris = message.uris().iter();
    let (_, other) = uris.find(|(place, uri)| {
        *place == name
            && *uri != b"*"
            && syntax::uri_fault(uri).is_none()
            && !is_among(syntax::scheme(uri), schemes)
    })?;
    syntax::bad(name, message)
        .is_none()
        .then(|| syntax::shown(other))
}

/// Returns the number with which a header field begins; one that is too large is the largest.
fn number(name: &str, message: &Message<'_>) -> Option<u64> {
    let value = message.value(name)?;
    let digits = value.iter().take_while(|byte| byte.is_ascii_digit());
    let digits = &value[..digits.count()];
    let text = str::from_utf8(digits)
        .ok()
        .filter(|text| !text.is_empty())?;
    Some(text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{checks, responses};

    /// Returns what asks for a header field or for codes and the like, as some check writes it.
    fn term(written: &str) -> &'static Term {
        let mut terms = checks().iter().flat_map(|check| check.when);
        let term = terms.find(|term| term.to_string() == written);
        term.unwrap_or_else(|| panic!("no check has {written}"))
    }

    #[test]
    fn a_header_field_that_is_written_wrongly_has_a_grammar() {
        let checks = checks().iter().map(|check| check.when);
        let rows = responses().iter().flat_map(|page| page.headers.iter());
        let terms = checks.chain(rows.filter_map(|row| row.decided));
        for term in terms.flatten() {
            if let Asks::Bad(name) | Asks::Faulty(name, _) = term.asks {
                let mut known = syntax::names();
                assert!(known.any(|known| known == name.as_str()), "{term}");
            }
        }
    }

    #[test]
    fn what_a_message_does_not_say_holds_neither_way() {
        let message = Message::of(b"BYE sip:a@example.com SIP/2.0\r\nVia: a\r\n\r\n");
        let message = Looked::at(&message);
        for written in ["request", "method BYE", "lacks To"] {
            assert!(
                matches!(holds(term(written), &message), Holds::Yes(_)),
                "{written}"
            );
        }
        for written in ["code 1xx", "not code 1xx"] {
            assert_eq!(holds(term(written), &message), Holds::Unsaid, "{written}");
        }
        assert_eq!(holds(term("response"), &message), Holds::No);
        let message = Message::of(b"SIP/2.0 186 Busy\r\nVia: a\r\n\r\n");
        let message = Looked::at(&message);
        for written in ["code 1xx", "not code 100", "response"] {
            assert!(
                matches!(holds(term(written), &message), Holds::Yes(_)),
                "{written}"
            );
        }
        for written in ["method INVITE", "not method INVITE"] {
            assert_eq!(holds(term(written), &message), Holds::Unsaid, "{written}");
        }
    }
}
