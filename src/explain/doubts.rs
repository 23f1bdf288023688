//! What makes doubtful what a check is else sure of: the sender only copied it, learned it from an older RFC, or the trace
//! ends there.

use super::cut;
use super::finding::Kind;
use super::syntax;
use super::terms;
use crate::message::Message;

/// Header fields that a response MUST have as the request has them (RFC 3261 sections 8.2.6.2 and 12.1.1).
const COPIED: [&str; 6] = ["Via", "From", "To", "Call-ID", "CSeq", "Record-Route"];

/// What RFC 2543 allowed in header fields: dates in the place of seconds, and remarks in Via.
const OLD: [(&str, &[u8]); 3] = [("Expires", b"GMT"), ("Retry-After", b"GMT"), ("Via", b"(")];

/// Terms that name a header field neither themselves nor in another term, and the field.
const OF_ONE: [(&str, &str); 3] = [
    ("via-version", "Via"),
    ("record-route-without-lr", "Record-Route"),
    ("star-without-expires-0", "Expires"),
];

/// Terms of a fault that may be in several header fields; what they find names it.
const OF_ANY: [&str; 8] = [
    "misplaced-in-uri",
    "twice-in-uri",
    "sips-over-udp",
    "transport-tls",
    "local-number",
    "question-mark",
    "parameter-twice",
    "fields-twice",
];

/// Returns how sure it is what terms find that hold of a message, and a sentence where that is less than else.
pub(super) fn weighed(
    kind: Kind,
    when: &str,
    found: &str,
    message: &Message<'_>,
) -> (Kind, &'static str) {
    // Of a body without a length nobody knows whether it is whole.
    let may_go_on = when.contains("sdp-") && !message.has("Content-Length");
    let kind = if may_go_on {
        kind.max(Kind::Doubt)
    } else if terms::is_of_lack(when) {
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
fn is_copied(when: &str, found: &str, message: &Message<'_>) -> bool {
    let is_100 = message.code() == Some(100);
    let mut names = COPIED.iter().chain(is_100.then_some(&"Timestamp"));
    let is_lost_via = when.contains("lacks Via");
    let is_of_any = when.split("; ").any(|term| OF_ANY.contains(&term));
    let is_found = |name: &str| is_of_any && found.split(' ').any(|word| word == name);
    message.code().is_some()
        && !is_lost_via
        && names.any(|name| is_about(name, when) || is_found(name))
}

/// Returns whether one of the terms finds a fault of a header field.
fn is_about(name: &str, when: &str) -> bool {
    const FAULTS: [&str; 8] = [
        "bad",
        "faulty",
        "many",
        "several",
        "lacks",
        "above",
        "below",
        "other-scheme",
    ];
    when.split("; ").any(|term| {
        let mut words = term.split(' ');
        let is_fault = words.next().is_some_and(|word| FAULTS.contains(&word));
        is_fault && words.next() == Some(name) || OF_ONE.contains(&(term, name))
    })
}

fn is_old(when: &str, message: &Message<'_>) -> bool {
    let has = |name: &str, sign: &[u8]| {
        let mut rows = message.all(name);
        rows.any(|field| field.value.windows(sign.len()).any(|part| part == sign))
    };
    let mut old = OLD.iter();
    syntax::is_old(message) && old.any(|(name, sign)| is_about(name, when) && has(name, sign))
}

/// Returns whether it is the last row of a message without an end that is at fault.
fn is_cut(when: &str, message: &Message<'_>) -> bool {
    let may_be_cut = !message.is_ended && !message.has("Content-Length");
    may_be_cut && message.fields.len() > 1 && {
        let mut above = message.clone();
        above.fields.pop();
        terms::hold(when, &above).is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_belongs_to_a_header_field() {
        assert!(is_about("To", "not rfc2543; bad To"));
        assert!(is_about("CSeq", "not bad CSeq; above CSeq 9"));
        assert!(is_about("Via", "not bad Via; via-version"));
        assert!(!is_about("CSeq", "not bad CSeq; cseq-of-another-method"));
        assert!(!is_about("From", "bad Refer-To"));
    }
}
