//! What makes doubtful what a check is else sure of: the sender only copied it, learned it from an older RFC, or the trace
//! ends there.

use super::cut;
use super::finding::Kind;
use super::looked::Looked;
use super::syntax;
use super::terms;
use crate::catalog::{Asks, Named, Term, Terms};
use crate::message::Message;

/// Header fields that a response MUST have as the request has them (RFC 3261 sections 8.2.6.2 and 12.1.1).
const COPIED: [&str; 6] = ["Via", "From", "To", "Call-ID", "CSeq", "Record-Route"];

/// What RFC 2543 allowed in header fields: dates in the place of seconds, and remarks in Via.
const OLD: [(&str, &[u8]); 3] = [("Expires", b"GMT"), ("Retry-After", b"GMT"), ("Via", b"(")];

/// Terms that name a header field neither themselves nor in another term, and the field.
const OF_ONE: [(Named, &str); 3] = [
    (Named::ViaVersion, "Via"),
    (Named::RecordRouteWithoutLr, "Record-Route"),
    (Named::StarWithoutExpires0, "Expires"),
];

/// Terms of a fault that may be in several header fields; what they find names it.
const OF_ANY: [Named; 8] = [
    Named::MisplacedInUri,
    Named::TwiceInUri,
    Named::SipsOverUdp,
    Named::TransportTls,
    Named::LocalNumber,
    Named::QuestionMark,
    Named::ParameterTwice,
    Named::FieldsTwice,
];

/// Returns how sure it is what terms find that hold of a message, and a sentence where that is less than else.
pub(super) fn weighed(
    kind: Kind,
    when: Terms,
    found: &str,
    message: &Message<'_>,
) -> (Kind, &'static str) {
    // Of a body without a length nobody knows whether it is whole.
    let is_of_session = when.iter().any(|term| matches!(term.asks, Asks::Sdp(_)));
    let may_go_on = is_of_session && !message.has("Content-Length");
    let kind = if may_go_on {
        kind.max(Kind::Doubt)
    } else if when.iter().any(is_of_lack) {
        cut::kind(kind, message)
    } else {
        kind
    };
    if kind != Kind::Broken {
        return (kind, "");
    }
    let doubt = if is_copied(when, found, message) {
        "It MUST be as in the request, so either it was so there, or it was changed on the way."
    } else if is_old(when, message) {
        "RFC 2543 allowed it, and the last Via is one of a sender that goes by that."
    } else if is_cut(when, message) {
        "Perhaps the trace has cut it there."
    } else {
        return (kind, "");
    };
    (Kind::Doubt, doubt)
}

/// Returns whether a response has the fault of its request. A request without Via has no response.
fn is_copied(when: Terms, found: &str, message: &Message<'_>) -> bool {
    let is_100 = message.code() == Some(100);
    let mut names = COPIED.iter().chain(is_100.then_some(&"Timestamp"));
    let is_lost_via = when
        .iter()
        .any(|term| matches!(term.asks, Asks::Lacks(name) if name.as_str() == "Via"));
    let of_any = |term: &Term| matches!(term.asks, Asks::Named(word) if OF_ANY.contains(&word));
    let is_of_any = when.iter().any(|term| !term.is_not && of_any(term));
    let is_found = |name: &str| is_of_any && found.split(' ').any(|word| word == name);
    message.code().is_some()
        && !is_lost_via
        && names.any(|name| is_about(name, when) || is_found(name))
}

/// Returns whether a term asks for something that is not there.
fn is_of_lack(term: &Term) -> bool {
    let asks = &term.asks;
    let is_lack = matches!(
        asks,
        Asks::Lacks(_) | Asks::Named(Named::StarWithoutExpires0)
    );
    is_lack && !term.is_not
}

/// Returns whether one of the terms finds a fault of a header field.
fn is_about(name: &str, when: Terms) -> bool {
    when.iter()
        .filter(|term| !term.is_not)
        .any(|term| match &term.asks {
            Asks::Bad(field)
            | Asks::Faulty(field, _)
            | Asks::Many(field)
            | Asks::Several(field)
            | Asks::Lacks(field)
            | Asks::Above(field, _)
            | Asks::Below(field, _)
            | Asks::OtherScheme(field, _) => field.as_str() == name,
            Asks::Named(word) => OF_ONE.contains(&(*word, name)),
            _ => false,
        })
}

fn is_old(when: Terms, message: &Message<'_>) -> bool {
    let has = |name: &str, sign: &[u8]| {
        let mut rows = message.all(name);
        rows.any(|field| field.value.windows(sign.len()).any(|part| part == sign))
    };
    let mut old = OLD.iter();
    syntax::is_old(message) && old.any(|(name, sign)| is_about(name, when) && has(name, sign))
}

/// Returns whether it is the last row of a message without an end that is at fault.
fn is_cut(when: Terms, message: &Message<'_>) -> bool {
    let may_be_cut = !message.is_ended && !message.has("Content-Length");
    may_be_cut && message.fields.len() > 1 && {
        let mut above = message.clone();
        above.fields.pop();
        terms::hold(when, &Looked::at(&above)).is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::checks;

    #[test]
    fn a_fault_belongs_to_a_header_field() {
        let when = |id: &str| {
            let mut checks = checks().iter();
            checks.find(|check| check.id == id).expect(id).when
        };
        assert!(is_about("To", when("to-syntax")));
        assert!(is_about("CSeq", when("cseq-range")));
        assert!(is_about("Via", when("via-version")));
        assert!(!is_about("CSeq", when("cseq-method")));
        assert!(!is_about("From", when("refer-to-syntax")));
    }
}
