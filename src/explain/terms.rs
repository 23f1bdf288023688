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
//! | `sdp-order` and the like | a message whose session description has this fault, by `PARTS` of `sdp` |
//! | a word of `TERMS` | what its function says |
//!
//! `not` before a term turns it round, but for what a message does not say: a request has no code, so neither `code 2xx`
//! nor `not code 2xx` holds of it.

use super::named::{self, seems};
use super::sdp;
use super::syntax;
use crate::message::Message;

/// Whether a term holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// The message does not say, or there is no such term.
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
pub(super) fn hold(terms: &str, message: &Message<'_>) -> Option<String> {
    let mut all = String::new();
    for term in terms.split("; ") {
        match holds(term, message) {
            Holds::Yes(found) if all.is_empty() => all = found,
            Holds::Yes(_) => {}
            _ => return None,
        }
    }
    Some(all)
}

/// Returns whether one of the terms asks for something that is not there.
pub(super) fn is_of_lack(terms: &str) -> bool {
    let mut terms = terms.split("; ");
    terms.any(|term| term.starts_with("lacks ") || term == "star-without-expires-0")
}

/// Returns whether a message meets a term.
pub(super) fn holds(term: &str, message: &Message<'_>) -> Holds {
    if let Some(term) = term.strip_prefix("not ") {
        return match holds(term, message) {
            Holds::Unsaid => Holds::Unsaid,
            Holds::No => true.into(),
            Holds::Yes(_) => Holds::No,
        };
    }
    let mut words = term.split(' ');
    let words = [words.next(), words.next(), words.next()].map(Option::unwrap_or_default);
    match words {
        ["request", "", _] => message.is_request().into(),
        ["response", "", _] => message.code().is_some().into(),
        ["code", codes, _] => message.code().map_or(Holds::Unsaid, |code| {
            let code = code.to_string();
            codes.split(',').any(|known| is_code(&code, known)).into()
        }),
        ["method", methods, _] => match message.method() {
            [] => Holds::Unsaid,
            method => methods
                .split(',')
                .any(|known| known.as_bytes() == method)
                .into(),
        },
        ["over", transports, _] => {
            let transport = syntax::top_via(message).map(|via| via.transport);
            let is_it = |known: &str| {
                transport.is_some_and(|transport| known.as_bytes().eq_ignore_ascii_case(transport))
            };
            transports.split(',').any(is_it).into()
        }
        [name, "", _] if name.starts_with("sdp-") => sdp::found(name, message).into(),
        [name, "", _] => named::find(name).map_or(Holds::Unsaid, |finds| finds(message).into()),
        [term, name, more] => of_field(term, name, more, message),
    }
}

/// Returns whether a message meets a term about a header field.
fn of_field(term: &str, name: &str, more: &str, message: &Message<'_>) -> Holds {
    let beyond = |is_beyond: fn(u64, u64) -> bool| match more.parse() {
        Ok(limit) => number(name, message)
            .is_some_and(|number| is_beyond(number, limit))
            .into(),
        Err(_) => Holds::Unsaid,
    };
    match term {
        "has" => message.has(name).into(),
        // A row that lost its colon was meant as the header field.
        "lacks" => (!message.has(name) && !seems(name, message)).into(),
        "any" => {
            let mut names = name.split(',');
            names
                .find(|name| message.has(name))
                .map(str::to_owned)
                .into()
        }
        "many" => (message.all(name).count() > 1).into(),
        "several" => (syntax::values(name, message).len() > 1).into(),
        "bad" if syntax::is_known(name) => syntax::bad(name, message).into(),
        "faulty" => {
            let fault = syntax::bad(name, message).unwrap_or_default();
            let is_its = fault
                .strip_prefix(more)
                .is_some_and(|rest| rest.starts_with(' '));
            is_its.then_some(fault).into()
        }
        "lists" => message.lists(name, more).into(),
        "is" => {
            let value = message.value(name).unwrap_or_default();
            let is_end = |byte: &u8| matches!(byte, b';' | b' ' | b'\t' | b'\r' | b'\n');
            let word = value.split(is_end).next().unwrap_or_default();
            let is_it = |known: &str| known.as_bytes().eq_ignore_ascii_case(word);
            more.split(',').any(is_it).into()
        }
        "with" => message
            .value(name)
            .is_some_and(|value| syntax::parameter_of(value, more).is_some())
            .into(),
        "without" => {
            let values = syntax::values(name, message);
            let mut values = values.iter();
            let lacking = values.find(|value| syntax::parameter_of(value, more).is_none());
            lacking.map(|value| syntax::shown(value)).into()
        }
        "other-scheme" => other_scheme(name, more, message).into(),
        "below" => beyond(|number, limit| number < limit),
        "above" => beyond(|number, limit| number > limit),
        _ => Holds::Unsaid,
    }
}

/// Returns the first URI of a header field that has none of the schemes.
fn other_scheme(name: &str, schemes: &str, message: &Message<'_>) -> Option<String> {
    let uris = syntax::uris(message).into_iter();
    let mut uris = uris.filter(|(place, uri)| *place == name && *uri != b"*");
    let is_other = |(_, uri): &(&str, &[u8])| {
        let scheme = syntax::scheme(uri);
        let mut known = schemes.split(',');
        syntax::uri_fault(uri).is_none()
            && !known.any(|known| known.as_bytes().eq_ignore_ascii_case(scheme))
    };
    let other = uris.find(is_other)?;
    syntax::bad(name, message)
        .is_none()
        .then(|| syntax::shown(other.1))
}

/// Returns whether a code is one, or of the class `4xx`.
fn is_code(code: &str, known: &str) -> bool {
    match known.strip_suffix("xx") {
        Some(class) => code.starts_with(class),
        None => code == known,
    }
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

    #[test]
    fn each_term_of_a_check_and_of_a_page_is_known() {
        let says_all = b"SIP/2.0 200 OK\r\nCSeq: 1 INVITE\r\n\r\n";
        let message = Message::of(says_all);
        let checks = checks().iter().map(|check| check.when);
        let rows = responses().iter().flat_map(|page| page.headers.iter());
        let terms = checks.chain(rows.filter_map(|row| row.decided));
        for term in terms.flat_map(|terms| terms.as_str().split("; ")) {
            assert_ne!(holds(term, &message), Holds::Unsaid, "{term}");
        }
        for term in ["methods INVITE", "bad X-Subject", "nothing", ""] {
            assert_eq!(holds(term, &message), Holds::Unsaid, "{term}");
        }
    }

    #[test]
    fn what_a_message_does_not_say_holds_neither_way() {
        let message = Message::of(b"BYE sip:a@example.com SIP/2.0\r\nVia: a\r\n\r\n");
        let terms = "request; method INVITE,BYE; not has CSeq; lacks To";
        assert!(hold(terms, &message).is_some());
        for term in ["code 2xx", "not code 2xx", "response", "not request"] {
            assert!(hold(term, &message).is_none(), "{term}");
        }
        let message = Message::of(b"SIP/2.0 486 Busy\r\nVia: a\r\n\r\n");
        assert!(hold("code 3xx,4xx; not code 48", &message).is_some());
        for term in ["method INVITE", "not method INVITE"] {
            assert!(hold(term, &message).is_none(), "{term}");
        }
    }
}
