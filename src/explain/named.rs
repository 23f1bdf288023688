//! Terms of checks that have a name of their own, since no simpler ones say it.

mod bodies;
mod lines;
mod lists;
mod logins;
mod passports;
mod records;
mod uris;

use super::found::{Finds, Terms, when};
use super::looked::Looked;
use super::session::most;
use super::syntax;
use crate::catalog::Named;
use crate::message::{Message, reasons, seconds};

const TERMS: &Terms = &[
    (Named::Reliable, |message| {
        when(message.has("RSeq") || message.lists("Require", "100rel"))
    }),
    (Named::NoToTag, |message| when(lacks_tag("To", message))),
    (Named::NoFromTag, |message| when(lacks_tag("From", message))),
    (Named::NoCookie, |message| {
        when(syntax::top_via(message).is_some_and(|via| !via.has_cookie()))
    }),
    // A sender of RFC 2543 knows neither the cookie nor what RFC 3261 demands beside it.
    (Named::Rfc2543, |message| {
        let is_old = syntax::is_old(message);
        let lacks_hops = message.is_request() && !message.has("Max-Forwards");
        when(is_old && (lacks_tag("From", message) || lacks_hops))
    }),
    (Named::ViaVersion, |message| {
        let values = syntax::values("Via", message);
        let first = values.first()?;
        let mut parts = first.split(|byte| *byte == b'/').map(<[u8]>::trim_ascii);
        let (name, version) = (parts.next()?, parts.next()?);
        let is_known = name.eq_ignore_ascii_case(b"SIP") && version == b"2.0";
        (!is_known).then(|| syntax::shown(first))
    }),
    // Of these the pages ask for it themselves.
    (Named::TypedByPage, |message| {
        when(matches!(message.code(), Some(183 | 300 | 380 | 424)))
    }),
    (Named::CseqOfAnotherMethod, |message| {
        let method = message.cseq().map(|(_, method)| method);
        when(message.is_request() && method.is_some_and(|method| method != message.method()))
    }),
    (Named::LengthBeyondBody, |message| {
        // One that is too large for a number here is the largest.
        let value = message.value("Content-Length").unwrap_or_default();
        let is_number = !value.is_empty() && value.iter().all(u8::is_ascii_digit);
        let length = message.length().or(is_number.then_some(u64::MAX));
        when(length.is_some_and(|length| length > most(message.body)))
    }),
    (Named::BodyBeyondLength, |message| {
        let body = message.body.trim_ascii_end().len() as u64;
        when(message.length().is_some_and(|length| length < body))
    }),
    (Named::ReasonOfAnotherCode, |message| {
        let code = message.code();
        let mut values = message.all("Reason").flat_map(|field| reasons(field.value));
        when(values.any(|reason| reason.is_sip() && reason.cause.is_some() && reason.cause != code))
    }),
    (Named::NoSipReason, |message| {
        let mut values = message.all("Reason").flat_map(|field| reasons(field.value));
        when(!values.any(|reason| reason.is_sip() && reason.cause.is_some()))
    }),
    (Named::OtherVersion, |message| {
        when(message.start.is_some() && !message.version.eq_ignore_ascii_case(b"SIP/2.0"))
    }),
    (Named::SessionBelowLeast, |message| {
        let value = |name| message.value(name).and_then(seconds);
        let both = value("Session-Expires").zip(value("Min-SE"));
        when(both.is_some_and(|(session, least)| session < least))
    }),
    (Named::RefresherUac, |message| {
        let refresher = syntax::parameter("Session-Expires", "refresher", message);
        when(refresher.is_some_and(|value| value.eq_ignore_ascii_case(b"uac")))
    }),
    (Named::ParameterTwice, |message| {
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
    (Named::FieldsTwice, |message| {
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

/// What each term finds, by its number; a term without it does not compile.
const FINDS: [Finds; Named::ALL.len()] = {
    let all = [
        TERMS,
        bodies::TERMS,
        lines::TERMS,
        lists::TERMS,
        logins::TERMS,
        passports::TERMS,
        records::TERMS,
        uris::TERMS,
    ];
    let mut finds = [NOTHING; Named::ALL.len()];
    let mut term = 0;
    while term < finds.len() {
        finds[term] = of(Named::ALL[term], &all);
        term += 1;
    }
    finds
};

const NOTHING: Finds = |_| None;

const fn of(term: Named, all: &[&Terms]) -> Finds {
    let mut file = 0;
    while file < all.len() {
        let mut row = 0;
        while row < all[file].len() {
            let (known, finds) = all[file][row];
            if known as usize == term as usize {
                return finds;
            }
            row += 1;
        }
        file += 1;
    }
    panic!("a term finds nothing")
}

/// Returns what a message has that a term is about.
pub(super) fn found(term: Named, message: &Looked<'_>) -> Option<String> {
    FINDS[term as usize](message)
}

/// Returns whether a field that is there, and written rightly, has no tag.
fn lacks_tag(name: &str, message: &Message<'_>) -> bool {
    let is_good = syntax::bad(name, message).is_none();
    message.has(name) && is_good && syntax::parameter(name, "tag", message).is_none()
}
