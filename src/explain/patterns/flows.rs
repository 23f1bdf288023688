//! Phones that calls do not reach, or late: at an address that was left over, by one connection of several, or since they
//! wake up too late.

use super::attempts::{Attempt, ago, distinct};
use super::devices::{contacts, lifetime};
use super::found::{Found, values};
use super::legs;
use super::order::{SECOND, lasting, uri};
use super::others::{bare, bare_target};
use super::places;
use super::silence::{led, sent};
use crate::explain::call::tag;
use crate::explain::dialog::host;
use crate::explain::words::{list, text};
use crate::message::parameter;

/// What tells that nobody is at an address.
const GONE: [u16; 5] = [408, 410, 430, 477, 478];
/// What a caller gets whose call reached nobody.
const ABSENT: [u16; 7] = [404, 408, 410, 480, 487, 500, 503];
/// So many copies without an answer are a silence.
const COPIES: usize = 3;
/// A phone that a push wakes registers in this time.
const WAKES: u64 = 15 * SECOND;
/// What tells a service that wakes a phone.
const PUSH: [&str; 3] = ["pn-prid", "pn-tok", "pn-provider"];

pub(super) fn found(all: &[Attempt<'_>]) -> Vec<Found> {
    let registers: Vec<&Attempt<'_>> = all
        .iter()
        .filter(|one| one.request.method() == b"REGISTER" && one.is_success())
        .collect();
    if registers.is_empty() {
        return Vec::new();
    }
    let own = || all.iter().filter(|one| one.own.is_some());
    let mut begins = own().filter(|one| {
        let is_first = tag(one.request, "To").is_none();
        is_first && matches!(one.request.method(), b"INVITE" | b"MESSAGE")
    });
    let of_call = begins.find_map(|one| {
        let leg = legs::further(one, all).filter(|_| !one.is_success());
        // What became of it at the next element tells where it stays.
        let sent = [Some(one), leg].into_iter().flatten();
        let mut sent = sent.filter(|sent| !sent.is_success());
        sent.find_map(|sent| {
            places::taken(one, sent, &registers)
                .or_else(|| places::over_udp(one, sent, &registers))
                .or_else(|| left(one, sent, &registers, all))
                .or_else(|| untried(one, sent, &registers, all))
                .or_else(|| places::elsewhere(one, sent, &registers, all))
        })
        .or_else(|| asleep(one, &registers, all))
    });
    let mut registered = own().filter(|one| one.request.method() == b"REGISTER");
    let taken = registered.find_map(|own| {
        let mut calls = all.iter().filter(|one| one.is_invite());
        calls.find_map(|one| places::taken(own, one, &registers))
    });
    let of_own = own().find_map(|one| places::shared(one, &registers));
    let of_own = taken.or(of_own);
    of_call.into_iter().chain(of_own).collect()
}

/// Returns what became of a request that reached nobody.
fn became(one: &Attempt<'_>) -> Option<String> {
    let is_silent = one.heard.is_none() && one.copies >= COPIES;
    match one.code().filter(|code| GONE.contains(code)) {
        Some(code) => Some(format!("got {code}")),
        None => is_silent.then(|| format!("{} and nothing answered it", sent(one))),
    }
}

/// Returns a parameter of the Contact that a REGISTER brings, or of its URI.
fn own_parameter(one: &Attempt<'_>, name: &str) -> Option<String> {
    let contact = one.request.values("Contact").next()?;
    let own = parameter(contact, b';', name);
    own.or_else(|| parameter(uri(contact), b';', name))
        .map(text)
}

/// Returns by what two REGISTER requests are of one device, which came back.
fn device(before: &Attempt<'_>, after: &Attempt<'_>) -> Option<&'static str> {
    let instance = |one: &Attempt<'_>| own_parameter(one, "+sip.instance");
    let hosts = |one: &Attempt<'_>| contacts(one, false).first().map(|own| host(own));
    let agent = |one: &Attempt<'_>| one.request.value("User-Agent").map(text);
    match (instance(before), instance(after)) {
        (Some(one), Some(other)) => (one == other).then_some("with the same +sip.instance"),
        _ if before.call_id() == after.call_id() => Some("with the same Call-ID"),
        _ if hosts(before) == hosts(after) && agent(before) == agent(after) => {
            Some("from the same host")
        }
        _ => None,
    }
}

/// Returns that a request goes to an address that a device left behind when it came back by another one.
fn left(
    own: &Attempt<'_>,
    one: &Attempt<'_>,
    registers: &[&Attempt<'_>],
    all: &[Attempt<'_>],
) -> Option<Found> {
    let became = became(one)?;
    let aim = bare_target(one.request);
    let by = places::registered(one, registers)?;
    let mut later = registers.iter().rev().filter(|other| {
        let is_then = (by.micros..one.micros).contains(&other.micros);
        is_then && other.user("To") == by.user("To") && other.server == by.server
    });
    let (last, how) = later.find_map(|other| {
        let (own, listed) = (contacts(other, false), contacts(other, true));
        let is_it = !own.contains(&aim) && listed.contains(&aim);
        Some((other, device(by, other).filter(|_| is_it)?))
    })?;
    let known = contacts(last, false).into_iter().next()?;
    let is_reached = |other: &Attempt<'_>| {
        bare_target(other.request) == known
            && other.heard.is_some()
            && (other.call_id() == one.call_id() || other.is_of(one))
    };
    // Who is still there has two addresses.
    let is_alive = all.iter().any(|other| {
        let is_old = by.from.is_some() && by.from != last.from;
        is_old && other.micros > last.micros && other.from == by.from
    });
    let (_, answered) = by.answer?;
    let ends = answered + u64::from(lifetime(by, &aim)?) * SECOND;
    if is_alive || ends < one.micros || !all.iter().any(is_reached) {
        return None;
    }
    let values = values![
        ("name", led(own, one)),
        ("became", became),
        ("own", aim),
        ("user", by.user("To")),
        ("before", by.name()),
        ("ago", ago(one.micros, by.micros)),
        ("known", known),
        ("last", last.name()),
        ("later", lasting(last.micros.saturating_sub(by.micros))),
        ("how", how.to_owned()),
    ];
    Found::new("binding-left", &values, &own.proof()).map(Found::that_decides)
}

/// Returns that a device has several connections, and that only one was tried, which is gone.
fn untried(
    own: &Attempt<'_>,
    one: &Attempt<'_>,
    registers: &[&Attempt<'_>],
    all: &[Attempt<'_>],
) -> Option<Found> {
    let became = became(one)?;
    let aim = bare_target(one.request);
    let mut before = registers
        .iter()
        .rev()
        .filter(|other| other.micros < one.micros);
    let last = before.find(|other| contacts(other, true).contains(&aim))?;
    let (answer, _) = last.answer?;
    let of = |name: &str, value: &[u8]| parameter(value, b';', name).map(text);
    let mut values = answer.values("Contact");
    let instance = values.find_map(|value| {
        let is_it = bare(value) == aim;
        of("+sip.instance", value).filter(|_| is_it)
    })?;
    let values = answer.values("Contact");
    let same = values.filter(|value| of("+sip.instance", value).as_ref() == Some(&instance));
    let ids = distinct(&mut same.filter_map(|value| of("reg-id", value)));
    let is_again = |other: &Attempt<'_>| {
        other.client == one.client && other.micros > one.micros && other.is_of(one)
    };
    let near = all.iter().find(|near| {
        let is_of = near.server == one.client && near.is_of(one) && one.is_while(near);
        is_of && near.is_refused()
    })?;
    if ids.len() < 2 || all.iter().any(is_again) {
        return None;
    }
    let values = values![
        ("name", led(own, one)),
        ("became", became),
        ("own", aim),
        ("user", last.user("To")),
        ("count", ids.len().to_string()),
        ("ids", list(&ids)),
        ("before", last.name()),
        ("by", one.by()),
        ("code", near.code()?.to_string()),
    ];
    Found::new("flow-untried", &values, &own.proof()).map(Found::that_decides)
}

/// Returns that a phone which a push wakes registered too late for a call, or that the call was not sent on to it then.
fn asleep(one: &Attempt<'_>, registers: &[&Attempt<'_>], all: &[Attempt<'_>]) -> Option<Found> {
    let code = one.code().filter(|code| ABSENT.contains(code))?;
    let (_, ended) = one.answer.filter(|_| one.rang.is_none())?;
    let names = [one.user("To"), one.callee()];
    let mut of = registers
        .iter()
        .filter(|other| names.contains(&other.user("To")) && other.server == one.server);
    let last = of.clone().rfind(|other| other.micros < one.micros)?;
    let next = of.find(|other| {
        let is_then = other.micros > one.micros && other.micros < ended + WAKES;
        is_then && other.micros < one.micros + 4 * WAKES
    })?;
    let is_new = next.from != last.from || contacts(next, false) != contacts(last, false);
    let push = PUSH.iter().find(|name| {
        let has = |one: &Attempt<'_>| own_parameter(one, name).is_some();
        has(last) && has(next)
    })?;
    let aims = contacts(next, false);
    let is_sent = |other: &Attempt<'_>| {
        let is_to = aims.contains(&bare_target(other.request)) || other.to == next.from;
        other.micros > next.micros && other.is_of(one) && is_to
    };
    if !is_new || all.iter().any(is_sent) {
        return None;
    }
    let woke = next.micros.saturating_sub(one.micros);
    let when = if next.micros > ended {
        let late = lasting(next.micros - ended);
        format!("and the call had ended {late} before")
    } else {
        "and the call was not sent on to it".to_owned()
    };
    let values = values![
        ("name", one.name()),
        ("code", code.to_string()),
        ("took", lasting(one.took()?)),
        ("user", last.user("To")),
        ("push", (*push).to_owned()),
        ("next", next.name()),
        ("woke", lasting(woke)),
        ("when", when),
        ("by", one.at()),
    ];
    Found::new("push-late", &values, &one.proof()).map(Found::that_decides)
}
