//! Texts by MESSAGE: delivered, and sent once more since its sender does not know; or taken by a server that keeps it.

use super::found::{Found, values};
use super::order::{Call, Hop, SECOND, TIMEOUT, lasting};
use super::others::{Other, origin, user};
use crate::explain::call::{named, tag};
use crate::explain::words::{quoted, text};
use crate::message::{Message, address};

/// Who stores a text for later than this says so by keeping it.
const KEEPS: u64 = 60 * SECOND;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let all = call.requests(b"MESSAGE");
    all.filter_map(|hop| twice(call, hop).or_else(|| kept(call, hop)))
        .collect()
}

/// Returns the name that a text has in CPIM.
fn id(message: &Message<'_>) -> Option<String> {
    let body = str::from_utf8(message.body).ok()?;
    let rows = body.lines().filter_map(|row| row.split_once(':'));
    let mut ids = rows.filter(|(name, _)| {
        let name = name.rsplit('.').next().unwrap_or_default();
        name.eq_ignore_ascii_case("Message-ID")
    });
    ids.next().map(|(_, value)| value.trim().to_owned())
}

/// Returns whether two requests bring the same text from one to another, and whether it has a name.
fn is_same(one: &Message<'_>, other: &Message<'_>) -> Option<bool> {
    let same = |name: &str| one.value(name).map(address) == other.value(name).map(address);
    let is_way = other.is_request() && other.method() == b"MESSAGE" && same("From") && same("To");
    if !is_way || one.body.trim_ascii().is_empty() || origin(one) != origin(other) {
        return None;
    }
    match (id(one), id(other)) {
        (Some(own), Some(known)) => (own == known).then_some(true),
        (None, None) => (one.body == other.body).then_some(false),
        _ => None,
    }
}

/// Returns that a text was delivered and is sent once more, since the answer to the first did not get to its sender.
fn twice(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let first = *hop.requests.first()?;
    let own = call.message(first);
    let group = call.group(hop.method, hop.number, hop.from.as_deref())?;
    let hops = || group.iter().map(|hop| call.hop(*hop));
    let successes = hops().filter_map(|hop| hop.last(call, 200));
    let delivered = successes.filter(|at| call.is_success(*at)).max()?;
    let near = hop.last(call, 200);
    let unheard = match near {
        None => "no answer came back to {from}".to_owned(),
        Some(at) if !call.is_success(at) && (call.code(at) >= 500 || call.code(at) == 408) => {
            format!("{{from}} got {}", call.code(at))
        }
        Some(at) if call.is_later(first, at, TIMEOUT) => format!(
            "it came {} after {}, when {{from}} had given it up (64*T1)",
            lasting(call.gap(first, at)?),
            hop.name()
        ),
        Some(at) if hop.requests.iter().any(|one| *one > at) => {
            "{from} went on to send it all the same, so the answer does not get there".to_owned()
        }
        Some(_) => String::new(),
    };
    let begins = call.micros(first)?;
    let mut others = call.others.iter();
    let again = others.find_map(|other| {
        let has_id = is_same(own, &other.message).filter(|_| other.micros > begins)?;
        let is_anew = other.message.value("Call-ID") != own.value("Call-ID");
        (is_anew && (has_id || !unheard.is_empty())).then_some(other)
    })?;
    let unheard = match unheard.as_str() {
        "" => "its name (Message-ID) is the same".to_owned(),
        unheard => unheard.replace("{from}", &call.between(first).0),
    };
    let values = values![
        (
            "again",
            format!("{} of another Call-ID", named(&again.message)),
        ),
        ("gap", lasting(again.micros - begins)),
        ("by", call.between(delivered).0),
        ("unheard", unheard),
        ("text", excerpt(own)),
    ];
    let proof = [first, delivered];
    Found::told(call, "text-twice", hop, delivered, &values, &proof)
}

/// Returns the beginning of a text, in brackets, where it is plain.
fn excerpt(message: &Message<'_>) -> String {
    let kind = message.value("Content-Type").unwrap_or_default();
    let is_plain = kind.to_ascii_lowercase().starts_with(b"text/plain");
    let body: String = text(message.body).chars().take(24).collect();
    if is_plain && !body.is_empty() {
        format!(" ({})", quoted(&body))
    } else {
        String::new()
    }
}

/// Returns that a server took a text with 202 for somebody who is registered there, and sent it on to nobody.
fn kept(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let first = *hop.requests.first()?;
    let own = call.message(first);
    let outcome = hop.last(call, 200).filter(|at| call.code(*at) == 202)?;
    let (server, begins) = (call.record(first).to?, call.micros(first)?);
    let rest = call.rest(outcome).filter(|rest| *rest > KEEPS)?;
    let callee = user(own, "To");
    let is_of_server = |other: &&Other<'_>| other.from.is_some_and(|from| from.ip() == server.ip());
    let goes_on = |other: &&Other<'_>| {
        let message = &other.message;
        other.micros >= begins && message.method() == b"MESSAGE" && message.body == own.body
    };
    let mut sent = call.others.iter().filter(is_of_server);
    let group = call.group(hop.method, hop.number, hop.from.as_deref())?;
    if sent.any(|other| goes_on(&other)) || group.len() > 1 || tag(own, "To").is_some() {
        return None;
    }
    let registers = call.others.iter().filter(|other| {
        let message = &other.message;
        let is_it = message.is_request() && message.method() == b"REGISTER";
        is_it && other.to.is_some_and(|to| to.ip() == server.ip()) && user(message, "To") == callee
    });
    let mut registered = registers.filter_map(|other| Some((other, call.answer_to(other)?)));
    let (register, _) = registered
        .rfind(|(_, answer)| answer.message.code() < Some(300) && answer.message.has("Contact"))?;
    let device = register.from?;
    let values = values![
        ("callee", callee),
        ("device", device.to_string()),
        ("rest", lasting(rest)),
    ];
    let found = Found::told(call, "text-kept", hop, outcome, &values, &[first, outcome]);
    found.map(Found::that_decides)
}
