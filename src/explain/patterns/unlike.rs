//! Requests that are refused where others by the same way are accepted, and one header field that only they have, or lack,
//! or have otherwise.

use super::attempts::{Attempt, ago};
use super::found::{Found, values};
use super::trunks;
use crate::explain::call::tag;
use crate::explain::dialog::host;
use crate::explain::words::{list, quoted, short, text};
use crate::message::{Host, Message, address};

/// What is said of a request for how it is, and not for whom it is.
const CODES: [u16; 19] = [
    400, 403, 406, 413, 415, 428, 433, 436, 437, 438, 469, 488, 489, 493, 494, 501, 513, 580, 606,
];
/// What may be said so, and as well for what is there at this time only.
const AT_TIMES: [u16; 5] = [480, 500, 502, 503, 504];
/// Header fields that count by being there.
const FIELDS: [&str; 19] = [
    "P-Asserted-Identity",
    "P-Preferred-Identity",
    "Remote-Party-ID",
    "P-Access-Network-Info",
    "P-Charging-Vector",
    "Privacy",
    "Identity",
    "Diversion",
    "History-Info",
    "Referred-By",
    "Session-Expires",
    "Route",
    "Allow",
    "Call-Info",
    "Alert-Info",
    "Priority",
    "Resource-Priority",
    "Accept-Contact",
    "Security-Verify",
];
/// Header fields that count by what they say.
const VALUES: [&str; 7] = [
    "Accept",
    "Require",
    "Proxy-Require",
    "Content-Type",
    "Content-Encoding",
    "Content-Disposition",
    "Event",
];
/// What a refusal says itself needs no guess.
const TELLS: [&str; 6] = [
    "Warning",
    "Unsupported",
    "Accept",
    "Allow-Events",
    "Recv-Info",
    "Retry-After",
];
/// More that differs makes another client.
const MOST: usize = 2;

/// What of a request may be the cause: its name, by what it is compared, and how it is shown.
type Trait = (&'static str, String, String);

/// Returns that a request of the call was refused for a header field, as those that were accepted tell.
pub(super) fn found(all: &[Attempt<'_>]) -> Option<Found> {
    let mut own = all.iter().filter(|one| one.own.is_some());
    own.find_map(|one| of(one, all))
}

fn traits(message: &Message<'_>) -> Vec<Trait> {
    let there = FIELDS.iter().map(|name| {
        let value = message.value(name).map(text).unwrap_or_default();
        let has = if message.has(name) { "1" } else { "" };
        (*name, has.to_owned(), short(&value))
    });
    let said = VALUES.iter().map(|name| {
        let values: Vec<String> = message.values(name).map(bare).collect();
        (*name, values.join(", "), values.join(", "))
    });
    let from = message.value("From").map(|value| text(address(value)));
    let domain = from.map(|from| host(from.split('@').next_back().unwrap_or_default()));
    let domain = domain.unwrap_or_default();
    let via = message.values("Via").next().map(text).unwrap_or_default();
    let transport = via
        .split(' ')
        .next()
        .unwrap_or_default()
        .to_ascii_uppercase();
    let transport = transport.rsplit('/').next().unwrap_or_default().to_owned();
    let contact = message
        .value("Contact")
        .map(|value| host(&text(address(value))));
    let contact = contact.unwrap_or_default();
    let is_name = Host::of(contact.as_bytes()) == Host::Name;
    let kind = if is_name { "name" } else { "address" };
    let beside = [
        ("host in Contact", kind.to_owned(), contact),
        ("domain in From", domain.clone(), domain),
        ("transport", transport.clone(), transport),
    ];
    there.chain(said).chain(beside).collect()
}

/// Returns whether a request does not say who calls.
fn is_anonymous(message: &Message<'_>) -> bool {
    let from = message.value("From").map(address).unwrap_or_default();
    from.to_ascii_lowercase().starts_with(b"anonymous@")
}

/// Returns a value without its parameters, in small letters.
fn bare(value: &[u8]) -> String {
    let bare = value.split(|byte| *byte == b';').next();
    text(bare.unwrap_or_default()).to_ascii_lowercase()
}

fn of(one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let code = one.code()?;
    let (answer, _) = one.answer?;
    let is_at_times = AT_TIMES.contains(&code);
    let is_meant = one.rang.is_none() && (is_at_times || CODES.contains(&code));
    if !is_meant || tag(one.request, "To").is_some() || TELLS.iter().any(|name| answer.has(name)) {
        return None;
    }
    let way = |is_it: &dyn Fn(&Attempt<'_>) -> bool| -> Vec<&Attempt<'_>> {
        let is_like = |other: &&Attempt<'_>| {
            let is_first = tag(other.request, "To").is_none();
            other.request.method() == one.request.method() && is_first && other.is_on_way(one)
        };
        let like = all.iter().filter(is_like);
        like.filter(|other| is_it(other)).collect()
    };
    let passed = way(&|other| other.is_through());
    let refused = way(&|other| other.code() == Some(code));
    let is_twin = |other: &&&Attempt<'_>| {
        let is_caller = other.user("From") == one.user("From") || is_anonymous(one.request);
        other.callee() == one.callee() && is_caller
    };
    let twin = passed.iter().find(is_twin);
    let changes = changes(&passed, &refused);
    let is_enough = match twin {
        Some(_) if !is_at_times => true,
        Some(_) => changes > 1 && refused.len() > 1,
        None => changes > 2 && refused.len() > 1 && passed.len() > 2,
    };
    let known = twin.or_else(|| passed.first()).filter(|_| is_enough)?;
    let differs = differing(one, known, &passed, &refused);
    if differs.is_empty() || differs.len() > MOST {
        return None;
    }
    let refusals = match refused.len() {
        0 | 1 => String::new(),
        count => format!(
            " All {count} that were refused so are like that, and none of the {} that passed.",
            passed.len()
        ),
    };
    let values = values![
        ("name", one.name()),
        ("code", code.to_string()),
        ("reason", trunks::reason(one)),
        ("to", one.at()),
        ("from", one.by()),
        ("twin", known.name()),
        ("ago", ago(one.micros, known.micros)),
        ("differs", list(&differs)),
        ("refusals", refusals),
    ];
    Found::new("field-tells", &values, &one.proof()).map(Found::that_decides)
}

/// Returns what all have that were refused as one was, and none that passed.
fn differing(
    one: &Attempt<'_>,
    known: &Attempt<'_>,
    passed: &[&Attempt<'_>],
    refused: &[&Attempt<'_>],
) -> Vec<String> {
    // What is too large is so by itself.
    let least = refused.iter().map(|one| one.size()).min();
    let most = passed.iter().map(|one| one.size()).max();
    if matches!(one.code(), Some(413 | 513)) && least > most {
        return vec![format!(
            "it has {} bytes, and the largest that passed has {}",
            one.size(),
            most.unwrap_or_default()
        )];
    }
    let each = |of: &[&Attempt<'_>]| -> Vec<Vec<Trait>> {
        of.iter().map(|other| traits(other.request)).collect()
    };
    let (others, alike) = (each(passed), each(refused));
    let (own, twin) = (traits(one.request), traits(known.request));
    let differs = own.iter().zip(&twin).enumerate().filter(|(at, (own, _))| {
        let is_none = others.iter().all(|other| other[*at].1 != own.1);
        is_none && alike.iter().all(|other| other[*at].1 == own.1)
    });
    differs.map(|(_, (own, known))| said(own, known)).collect()
}

/// Returns how often in time what passes follows what is refused, or the other way round.
fn changes(passed: &[&Attempt<'_>], refused: &[&Attempt<'_>]) -> usize {
    let next = |after: u64, of: &[&Attempt<'_>]| {
        let later = of.iter().map(|one| one.micros).filter(|one| *one > after);
        later.min()
    };
    let (mut count, mut at) = (0, 0);
    let mut sides = [passed, refused];
    let first = |of: &[&Attempt<'_>]| of.iter().map(|one| one.micros).min();
    if first(refused) < first(passed) {
        sides.swap(0, 1);
    }
    while let Some(later) = next(at, sides[1]) {
        (count, at) = (count + 1, later);
        sides.swap(0, 1);
    }
    count
}

fn said(own: &Trait, known: &Trait) -> String {
    let name = own.0;
    match (own.1.as_str(), known.1.as_str()) {
        ("", _) => format!("it has no {name}, which was {} there", quoted(&known.2)),
        (_, "") => format!("it has {name} ({}), and there was none", own.2),
        _ => format!("its {name} is {}, and {} there", own.2, known.2),
    }
}
