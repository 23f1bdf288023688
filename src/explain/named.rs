//! Terms of checks that have a name of their own, since no simpler ones say it.

use memchr::memchr_iter;

use super::syntax;
use crate::message::{Message, Start, reasons, seconds};

/// Whether a term holds of a message.
type Holds = fn(&Message<'_>) -> bool;

pub(super) const NAMED: &[(&str, Holds)] = &[
    ("body", |message| has_body(message)),
    ("reliable", |message| {
        message.has("RSeq") || message.lists("Require", "100rel")
    }),
    ("no-to-tag", |message| lacks_tag("To", message)),
    ("no-from-tag", |message| lacks_tag("From", message)),
    ("no-cookie", |message| {
        syntax::top_via(message).is_some_and(|via| !via.has_cookie())
    }),
    // A sender of RFC 2543 knows neither the cookie nor what RFC 3261 demands beside it.
    ("rfc2543", |message| {
        let is_old = syntax::top_via(message).is_some_and(|via| !via.has_cookie());
        is_old
            && (lacks_tag("From", message) || message.is_request() && !message.has("Max-Forwards"))
    }),
    ("cseq-of-another-method", |message| {
        let method = message.cseq().map(|(_, method)| method);
        message.is_request() && method.is_some_and(|method| method != message.method())
    }),
    ("length-beyond-body", |message| {
        let length = message.length();
        length.is_some_and(|length| length > most(message.body))
    }),
    ("body-beyond-length", |message| {
        let body = message.body.trim_ascii_end().len() as u64;
        message.length().is_some_and(|length| length < body)
    }),
    ("reason-of-another-code", |message| {
        let code = message.code();
        let mut values = message.all("Reason").flat_map(|field| reasons(field.value));
        values.any(|reason| reason.is_sip() && reason.cause.is_some() && reason.cause != code)
    }),
    ("digest-without-realm", |message| {
        lacks_in_digest("realm", message) || lacks_in_digest("nonce", message)
    }),
    ("digest-without-qop", |message| {
        lacks_in_digest("qop", message)
    }),
    ("other-version", |message| {
        message.start.is_some() && !message.version.eq_ignore_ascii_case(b"SIP/2.0")
    }),
    // A method or version, one blank, and so on; the phrase may have any.
    ("blanks-in-start-line", |message| {
        let line = message.line;
        let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
        let first = line.iter().position(is_blank);
        let behind = first
            .and_then(|first| line.get(first + 1..))
            .unwrap_or_default();
        let second = behind.iter().position(is_blank);
        let divides = |at: Option<usize>, line: &[u8]| at.is_none_or(|at| line[at] == b' ');
        let is_good = first != Some(0)
            && second != Some(0)
            && divides(first, line)
            && divides(second, behind);
        let last = second
            .and_then(|second| behind.get(second + 1..))
            .unwrap_or_default();
        // A Request-URI with blanks is another fault.
        let is_alone = match message.start {
            Some(Start::Request { uri, .. }) => {
                uri.iter().any(is_blank) || !last.iter().any(is_blank)
            }
            _ => true,
        };
        message.start.is_some() && !(is_good && is_alone)
    }),
    ("bad-uri", |message| match message.start {
        Some(Start::Request { uri, .. }) => !syntax::is_uri(uri),
        _ => false,
    }),
    ("to-sips-from-sip", |message| match message.start {
        Some(Start::Request { uri, .. }) => {
            let mut contacts = message.all("Contact").map(|field| syntax::uri(field.value));
            has_scheme(uri, b"sips:") && contacts.any(|contact| has_scheme(contact, b"sip:"))
        }
        _ => false,
    }),
    ("uri-with-headers", |message| match message.start {
        Some(Start::Request { uri, .. }) => syntax::has_headers(uri),
        _ => false,
    }),
    ("star-without-expires-0", |message| {
        let lasts = message.value("Expires").and_then(seconds);
        message.value("Contact") == Some(b"*") && lasts != Some(0)
    }),
    ("session-below-least", |message| {
        let value = |name| message.value(name).and_then(seconds);
        let both = value("Session-Expires").zip(value("Min-SE"));
        both.is_some_and(|(session, least)| session < least)
    }),
    ("refresher-uac", |message| {
        syntax::parameter("Session-Expires", "refresher", message)
            .is_some_and(|value| value.eq_ignore_ascii_case(b"uac"))
    }),
];

fn has_scheme(uri: &[u8], scheme: &[u8]) -> bool {
    let start = uri.get(..scheme.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}

/// Returns whether there is a body, as far as Content-Length says so; what follows a message without it may be anything.
fn has_body(message: &Message<'_>) -> bool {
    let body = message.body.trim_ascii();
    match message.length() {
        Some(length) => length > 0 && !body.is_empty(),
        None => body.starts_with(b"v=0"),
    }
}

/// Returns how long a body can have been before its line ends were changed and the last of them was lost.
pub(super) fn most(body: &[u8]) -> u64 {
    let lines = memchr_iter(b'\n', body).count();
    (body.len() + lines + 2) as u64
}

/// Returns whether a field that is there, and written rightly, has no tag.
fn lacks_tag(name: &str, message: &Message<'_>) -> bool {
    let is_good = syntax::bad(name, message).is_none();
    message.has(name) && is_good && syntax::parameter(name, "tag", message).is_none()
}

/// Returns whether a Digest challenge that is written rightly lacks a parameter.
fn lacks_in_digest(name: &str, message: &Message<'_>) -> bool {
    let fields = ["WWW-Authenticate", "Proxy-Authenticate"];
    let mut values = fields.iter().flat_map(|field| message.all(field));
    values.any(|field| {
        let challenge = syntax::challenge(field.value);
        challenge.is_some_and(|(scheme, names)| {
            let mut names = names.iter();
            scheme.eq_ignore_ascii_case(b"Digest")
                && !names.any(|known| known.eq_ignore_ascii_case(name.as_bytes()))
        })
    })
}
