//! Terms of checks that have a name of their own, since no simpler ones say it.

mod bodies;
mod lines;
mod lists;
mod logins;
mod uris;

use memchr::memchr_iter;

use super::found::{Finds, Terms, when};
use super::syntax;
use crate::message::{Message, reasons, seconds};

pub(super) use lines::seems;

const TERMS: &Terms = &[
    ("reliable", |message| {
        when(message.has("RSeq") || message.lists("Require", "100rel"))
    }),
    ("no-to-tag", |message| when(lacks_tag("To", message))),
    ("no-from-tag", |message| when(lacks_tag("From", message))),
    ("no-cookie", |message| {
        when(syntax::top_via(message).is_some_and(|via| !via.has_cookie()))
    }),
    // A sender of RFC 2543 knows neither the cookie nor what RFC 3261 demands beside it.
    ("rfc2543", |message| {
        let is_old = syntax::is_old(message);
        let lacks_hops = message.is_request() && !message.has("Max-Forwards");
        when(is_old && (lacks_tag("From", message) || lacks_hops))
    }),
    ("via-version", |message| {
        let values = syntax::values("Via", message);
        let first = values.first()?;
        let mut parts = first.split(|byte| *byte == b'/').map(<[u8]>::trim_ascii);
        let (name, version) = (parts.next()?, parts.next()?);
        let is_known = name.eq_ignore_ascii_case(b"SIP") && version == b"2.0";
        (!is_known).then(|| syntax::shown(first))
    }),
    // Of these the pages ask for it themselves.
    ("typed-by-page", |message| {
        when(matches!(message.code(), Some(183 | 300 | 380 | 424)))
    }),
    ("cseq-of-another-method", |message| {
        let method = message.cseq().map(|(_, method)| method);
        when(message.is_request() && method.is_some_and(|method| method != message.method()))
    }),
    ("length-beyond-body", |message| {
        // One that is too large for a number here is the largest.
        let value = message.value("Content-Length").unwrap_or_default();
        let is_number = !value.is_empty() && value.iter().all(u8::is_ascii_digit);
        let length = message.length().or(is_number.then_some(u64::MAX));
        when(length.is_some_and(|length| length > most(message.body)))
    }),
    ("body-beyond-length", |message| {
        let body = message.body.trim_ascii_end().len() as u64;
        when(message.length().is_some_and(|length| length < body))
    }),
    ("reason-of-another-code", |message| {
        let code = message.code();
        let mut values = message.all("Reason").flat_map(|field| reasons(field.value));
        when(values.any(|reason| reason.is_sip() && reason.cause.is_some() && reason.cause != code))
    }),
    ("no-sip-reason", |message| {
        let mut values = message.all("Reason").flat_map(|field| reasons(field.value));
        when(!values.any(|reason| reason.is_sip() && reason.cause.is_some()))
    }),
    ("other-version", |message| {
        when(message.start.is_some() && !message.version.eq_ignore_ascii_case(b"SIP/2.0"))
    }),
    ("session-below-least", |message| {
        let value = |name| message.value(name).and_then(seconds);
        let both = value("Session-Expires").zip(value("Min-SE"));
        when(both.is_some_and(|(session, least)| session < least))
    }),
    ("refresher-uac", |message| {
        let refresher = syntax::parameter("Session-Expires", "refresher", message);
        when(refresher.is_some_and(|value| value.eq_ignore_ascii_case(b"uac")))
    }),
    ("parameter-twice", |message| {
        // Of Session-ID and of dialogs their own RFCs say it.
        let own = [
            "Session-ID",
            "Replaces",
            "Join",
            "Target-Dialog",
            "Accept-Contact",
        ];
        let (parameter, field) = syntax::twice(message)?;
        (!own.contains(&field)).then(|| format!("{parameter} stands twice in a value of {field}"))
    }),
    ("fields-twice", |message| {
        let mut names = syntax::single().filter(|name| !OWN.contains(name));
        names
            .find(|name| message.all(name).count() > 1)
            .map(str::to_owned)
    }),
];

/// Header fields whose second row has a check of its own.
const OWN: [&str; 18] = [
    "From",
    "To",
    "Call-ID",
    "CSeq",
    "Max-Forwards",
    "Content-Length",
    "Content-Type",
    "Event",
    "Refer-To",
    "Referred-By",
    "SIP-If-Match",
    "Info-Package",
    "Replaces",
    "Join",
    "Geolocation-Routing",
    "Geolocation-Error",
    "Session-ID",
    "Subscription-State",
];

/// Returns the term with a name.
pub(super) fn find(name: &str) -> Option<Finds> {
    let all = [
        TERMS,
        bodies::TERMS,
        lines::TERMS,
        lists::TERMS,
        logins::TERMS,
        uris::TERMS,
    ];
    let mut all = all.into_iter().flatten();
    let found = all.find(|(known, _)| *known == name);
    found.map(|(_, finds)| *finds)
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
