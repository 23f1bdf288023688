//! Addresses of phones that lead to another one, or to where nothing listens: two devices with one address, and a phone that
//! is reached by a stream only.

use super::attempts::{Attempt, ago, distinct};
use super::devices::contacts;
use super::found::{Found, values};
use super::order::uri;
use super::others::bare_target;
use super::silence::{led, sent};
use super::unreached::{is_plain, stream};
use crate::explain::call::tag;
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
    let known = by.from?;
    // Of two that a NAT gives one address, what answers tells which it is.
    let is_one = known == goes;
    let (answer, _) = one.answer?;
    let answers = answer.value("User-Agent").or(answer.value("Server"));
    let answers = answers.map(text);
    let other = registers.iter().rfind(|other| {
        let is_there = other.from == Some(goes) && other.micros < one.micros;
        let is_told = !is_one || agent(other) == answers;
        let is_other = other.user("To") != by.user("To") && other.call_id() != by.call_id();
        is_there && is_told && is_other
    })?;
    // A device with several users has one name; what answers may tell its own.
    let is_other = agent(other).is_some() && agent(other) != agent(by);
    let is_here = registers
        .iter()
        .any(|other| other.from == Some(goes) && other.user("To") == by.user("To"));
    let is_register = own.request.method() == b"REGISTER";
    let is_its = core::ptr::eq(own, by) || core::ptr::eq(own, *other);
    if !is_other || is_here && !is_one || is_register && !is_its {
        return None;
    }
    let name = if is_register {
        one.name()
    } else {
        led(own, one)
    };
    let user = by.user("To");
    let beside = if is_one {
        let own = agent(by).unwrap_or_default();
        format!(
            " and names itself in the {code}; {user} ({own}) had registered from the same address and port, so the NAT there gives both but one"
        )
    } else {
        format!(", and {user} itself registers from {known}")
    };
    let values = values![
        ("name", name),
        ("code", code.to_string()),
        ("goes", goes.to_string()),
        ("user", user),
        ("before", by.name()),
        ("beside", beside),
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

/// Returns that a phone is not where it registered from: it went to another network, or a NAT has forgotten it.
pub(super) fn moved(own: &Attempt<'_>, one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let to = one.to?;
    let registers = all
        .iter()
        .filter(|other| other.request.method() == b"REGISTER" && other.is_success());
    let last = registers
        .clone()
        .rfind(|other| other.micros < one.micros && other.from == Some(to))?;
    let is_one = |other: &&Attempt<'_>| {
        other.user("To") == last.user("To")
            && (other.call_id() == last.call_id()
                || other.request.value("Contact") == last.request.value("Contact"))
    };
    let next = registers
        .filter(is_one)
        .find(|other| other.micros > last.micros)?;
    let from = next.from.filter(|from| *from != to)?;
    let mut values = values![
        ("name", led(own, one)),
        ("sent", sent(one)),
        ("to", to.to_string()),
        ("user", last.user("To")),
        ("next", ago(one.micros, next.micros)),
        ("now", from.to_string()),
    ];
    let id = if next.micros > one.micros {
        let there = all.iter().filter(|other| other.micros < one.micros);
        let there = there.filter(|other| {
            other.from == Some(to) || other.to == Some(to) && other.heard.is_some()
        });
        let idle = there.map(|other| other.micros).max()?;
        values.extend([("before", last.name()), ("idle", ago(one.micros, idle))]);
        "phone-moved"
    } else {
        is_left(one, [last, next], all).then_some(())?;
        "dialog-left"
    };
    Found::new(id, &values, &own.proof()).map(Found::that_decides)
}

/// Returns whether a request is of a dialog that leads to where its other side was before it registered from elsewhere, of
/// which it told nothing in the dialog.
fn is_left(one: &Attempt<'_>, [last, next]: [&Attempt<'_>; 2], all: &[Attempt<'_>]) -> bool {
    // Where its Contact is the old one, a NAT has given it another address, of which it knows nothing.
    let is_gone = contacts(last, false).first() != contacts(next, false).first();
    let of = all.iter().filter(|other| other.call_id() == one.call_id());
    let is_before = of.clone().any(|other| other.micros < next.micros);
    let is_told = of.clone().any(|other| {
        let is_then = (next.micros..one.micros).contains(&other.micros);
        is_then && other.from == next.from
    });
    tag(one.request, "To").is_some() && is_gone && is_before && !is_told
}
