//! Addresses of phones that lead to another one, or to where nothing listens: two devices with one address, and a phone that
//! is reached by a stream only.

use super::attempts::{Attempt, distinct};
use super::devices::contacts;
use super::found::{Found, values};
use super::order::uri;
use super::others::bare_target;
use super::silence::{led, sent};
use super::unreached::{is_plain, stream};
use crate::explain::dialog::host;
use crate::explain::words::{list, text};
use crate::message::Host;

/// What a phone answers to a call that is not for it.
const NOT_HERE: [u16; 6] = [400, 403, 404, 410, 480, 604];
/// So many copies without an answer are a silence.
const COPIES: usize = 3;

/// Returns the REGISTER by which the address that a request goes to was registered last.
pub(super) fn registered<'b, 'a>(
    one: &Attempt<'_>,
    registers: &[&'b Attempt<'a>],
) -> Option<&'b Attempt<'a>> {
    let aim = bare_target(one.request);
    let before = registers
        .iter()
        .copied()
        .filter(|other| other.micros < one.micros);
    before
        .rev()
        .find(|other| contacts(other, false).contains(&aim))
}

/// Returns that a call goes to the device of another user, since the one that is called has written its address.
pub(super) fn taken(
    own: &Attempt<'_>,
    one: &Attempt<'_>,
    registers: &[&Attempt<'_>],
) -> Option<Found> {
    let code = one.code().filter(|code| NOT_HERE.contains(code))?;
    let (by, goes) = (registered(one, registers)?, one.to?);
    let agent = |one: &Attempt<'_>| one.request.value("User-Agent").map(text);
    let known = by.from.filter(|from| *from != goes)?;
    let other = registers.iter().rfind(|other| {
        let is_there = other.from == Some(goes) && other.micros < one.micros;
        is_there && other.user("To") != by.user("To") && other.call_id() != by.call_id()
    })?;
    // A device with several users has one name; what answers may tell its own.
    let is_other = agent(other).is_some() && agent(other) != agent(by);
    let is_here = registers
        .iter()
        .any(|other| other.from == Some(goes) && other.user("To") == by.user("To"));
    if !is_other || is_here {
        return None;
    }
    let values = values![
        ("name", led(own, one)),
        ("code", code.to_string()),
        ("goes", goes.to_string()),
        ("user", by.user("To")),
        ("before", by.name()),
        ("known", known.to_string()),
        ("other", other.user("To")),
        ("agent", agent(other).unwrap_or_default()),
    ];
    Found::new("binding-taken", &values, &own.proof()).map(Found::that_decides)
}

/// Returns that a request goes over UDP to a phone that registered by a stream, since its Contact names no transport.
pub(super) fn over_udp(
    own: &Attempt<'_>,
    one: &Attempt<'_>,
    registers: &[&Attempt<'_>],
) -> Option<Found> {
    let by = registered(one, registers)?;
    let contact = by.request.values("Contact").map(uri).next()?;
    let stream_of = stream(by.request).filter(|_| is_plain(contact))?;
    let is_direct = by.request.values("Via").count() == 1;
    if !is_direct || stream(one.request).is_some() || one.heard.is_some() || one.copies < COPIES {
        return None;
    }
    let values = values![
        ("name", led(own, one)),
        ("sent", sent(one)),
        ("from", one.by()),
        ("own", text(contact)),
        ("before", by.name()),
        ("stream", stream_of),
    ];
    Found::new("binding-transport", &values, &own.proof()).map(Found::that_decides)
}

/// Returns that a request goes to what a phone has written, and not to where its REGISTER came from.
pub(super) fn elsewhere(
    own: &Attempt<'_>,
    one: &Attempt<'_>,
    registers: &[&Attempt<'_>],
    all: &[Attempt<'_>],
) -> Option<Found> {
    let by = registered(one, registers)?;
    let (known, goes) = (by.from?, one.to?);
    let is_direct = by.request.values("Via").count() == 1;
    let is_udp = stream(by.request).is_none() && stream(one.request).is_none();
    // What is sent by a proxy before the phone goes there.
    let is_contact = host(&bare_target(one.request)) == goes.ip().to_string();
    let is_private = Host::of(goes.ip().to_string().as_bytes()) == Host::Private;
    let is_far = is_private && goes.ip() != known.ip();
    let is_seen = all
        .iter()
        .any(|other| other.from == Some(goes) || other.to == Some(goes) && other.heard.is_some());
    let is_silent = one.heard.is_none() && one.copies >= COPIES;
    if known == goes || !is_direct || !is_udp || !is_contact || is_far || is_seen || !is_silent {
        return None;
    }
    let values = values![
        ("name", led(own, one)),
        ("sent", sent(one)),
        ("goes", goes.to_string()),
        ("before", by.name()),
        ("known", known.to_string()),
    ];
    Found::new("binding-elsewhere", &values, &own.proof()).map(Found::that_decides)
}

/// Returns that two devices register one address of a network of their own in turn.
pub(super) fn shared(one: &Attempt<'_>, registers: &[&Attempt<'_>]) -> Option<Found> {
    let is_register = one.request.method() == b"REGISTER";
    let is_missed = one.is_invite() && !one.is_through() && !one.is_step();
    let names = [one.user("To"), one.callee()];
    let of_user: Vec<&&Attempt<'_>> = registers
        .iter()
        .filter(|other| names.contains(&other.user("To")) && other.server == one.server)
        .collect();
    let contact = if is_register {
        contacts(one, false).into_iter().next()
    } else {
        of_user
            .last()
            .and_then(|last| contacts(last, false).into_iter().next())
    };
    let contact = contact.filter(|_| is_register || is_missed)?;
    let same = of_user
        .iter()
        .filter(|other| contacts(other, false).first() == Some(&contact));
    let mut turns: Vec<&Attempt<'_>> = Vec::new();
    for other in same {
        if turns.last().is_none_or(|last| last.client != other.client) {
            turns.push(other);
        }
    }
    let devices = distinct(&mut turns.iter().map(|turn| turn.client.clone()));
    // A device that moves keeps its Call-ID, and does not come back each time.
    let is_one = |turn: &Attempt<'_>, other: &Attempt<'_>| {
        (turn.client == other.client) == (turn.call_id() == other.call_id())
    };
    let mut pairs = turns
        .iter()
        .flat_map(|turn| turns.iter().map(move |other| (turn, other)));
    let is_private = Host::of(host(&contact).as_bytes()) == Host::Private;
    let is_it = is_private && devices.len() == 2 && turns.len() > 2;
    if !is_it || !pairs.all(|(turn, other)| is_one(turn, other)) {
        return None;
    }
    let last = turns.last()?;
    let values = values![
        ("devices", list(&devices)),
        ("contact", contact),
        ("user", last.user("To")),
        ("count", turns.len().to_string()),
        ("last", last.client.clone()),
    ];
    Found::new("binding-shared", &values, &one.proof()).map(Found::that_decides)
}
