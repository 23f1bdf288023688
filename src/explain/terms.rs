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
//! | `lists Require 100rel` | a message whose header field lists this token |
//! | `below Min-SE 90`, `above CSeq 9` | a message in which its number is so |
//! | `over TCP,TLS` | a message whose top Via names one of these transports |
//! | `sdp-order` and the like | a message whose session description has this fault, by `PARTS` of `sdp` |
//! | a word of `NAMED` | what its function says |
//!
//! `not` before a term turns it round, but for what a message does not say: a request has no code, so neither `code 2xx`
//! nor `not code 2xx` holds of it.

use super::named::NAMED;
use super::sdp;
use super::syntax;
use crate::message::Message;

/// Returns whether a message meets all terms.
pub(super) fn hold(terms: &str, message: &Message<'_>) -> bool {
    let mut terms = terms.split("; ");
    terms.all(|term| holds(term, message) == Some(true))
}

/// Returns whether one of the terms asks for something that is not there.
pub(super) fn is_of_lack(terms: &str) -> bool {
    terms.split("; ").any(|term| term.starts_with("lacks "))
}

/// Returns whether a message meets a term; none where it does not say, and where there is no such term.
pub(super) fn holds(term: &str, message: &Message<'_>) -> Option<bool> {
    if let Some(term) = term.strip_prefix("not ") {
        return holds(term, message).map(|holds| !holds);
    }
    let mut words = term.split(' ');
    let words = [words.next(), words.next(), words.next()];
    Some(match words.map(Option::unwrap_or_default) {
        ["request", "", _] => message.is_request(),
        ["response", "", _] => message.code().is_some(),
        ["code", codes, _] => {
            let code = message.code()?.to_string();
            codes.split(',').any(|known| is_code(&code, known))
        }
        ["method", methods, _] => {
            let method = message.method();
            if method.is_empty() {
                return None;
            }
            methods.split(',').any(|known| known.as_bytes() == method)
        }
        ["has", name, _] => message.has(name),
        ["lacks", name, _] => !message.has(name),
        ["many", name, _] => message.all(name).count() > 1,
        ["several", name, _] => syntax::values(name, message).len() > 1,
        ["bad", name, _] if syntax::is_known(name) => syntax::bad(name, message).is_some(),
        ["lists", name, token] => message.lists(name, token),
        ["below", name, limit] => {
            let limit: u64 = limit.parse().ok()?;
            number(name, message).is_some_and(|number| number < limit)
        }
        ["above", name, limit] => {
            let limit: u64 = limit.parse().ok()?;
            number(name, message).is_some_and(|number| number > limit)
        }
        ["over", transports, _] => {
            let transport = syntax::top_via(message).map(|via| via.transport);
            let is_it = |known: &str| {
                transport.is_some_and(|transport| known.as_bytes().eq_ignore_ascii_case(transport))
            };
            transports.split(',').any(is_it)
        }
        [name, "", _] if name.starts_with("sdp-") => {
            let mut parts = sdp::PARTS.iter();
            let (_, part) = parts.find(|(known, _)| *known == name)?;
            sdp::fault(*part, message).is_some()
        }
        [name, "", _] => {
            let mut named = NAMED.iter();
            let (_, holds) = named.find(|(known, _)| *known == name)?;
            holds(message)
        }
        _ => return None,
    })
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
            assert!(holds(term, &message).is_some(), "{term}");
        }
        for term in ["methods INVITE", "bad Subject", "nothing", ""] {
            assert_eq!(holds(term, &message), None, "{term}");
        }
    }

    #[test]
    fn what_a_message_does_not_say_holds_neither_way() {
        let message = Message::of(b"BYE sip:a@example.com SIP/2.0\r\nVia: a\r\n\r\n");
        assert!(hold(
            "request; method INVITE,BYE; not has CSeq; lacks To",
            &message
        ));
        for term in ["code 2xx", "not code 2xx", "response", "not request"] {
            assert!(!hold(term, &message), "{term}");
        }
        let message = Message::of(b"SIP/2.0 486 Busy\r\nVia: a\r\n\r\n");
        assert!(hold("code 3xx,4xx; not code 48", &message));
        assert!(!hold("method INVITE", &message) && !hold("not method INVITE", &message));
    }
}
