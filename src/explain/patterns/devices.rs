//! Devices that share a user: one that takes away the registration of another; and one whose connection is gone.

use super::attempts::{Attempt, ago};
use super::found::{Found, values};
use super::order::{SECOND, lasting};
use super::others::{bare, bare_target};
use super::unreached;
use crate::explain::call::named;
use crate::explain::words::{list, text, time};
use crate::message::{address, parameter, seconds};

/// What is back so soon was not missed.
const MISSED: u64 = 5 * SECOND;
/// Who answers so soon did not ask further on.
const AT_ONCE: u64 = 3 * SECOND;
/// What a server answers that has no way to a phone.
const ABSENT: [u16; 7] = [404, 408, 410, 430, 480, 500, 503];

/// Returns what became of registrations, for a call and for the registrations themselves.
pub(super) fn found(all: &[Attempt<'_>]) -> Vec<Found> {
    let registers: Vec<&Attempt<'_>> = all
        .iter()
        .filter(|one| one.request.method() == b"REGISTER" && one.is_success())
        .collect();
    let own = || all.iter().filter(|one| one.own.is_some());
    let lost: Vec<Lost<'_, '_>> = registers
        .iter()
        .filter_map(|one| lost(one, &registers, all))
        .collect();
    let invites = || own().filter(|one| one.is_invite());
    // A call that somebody took is not missed, and a challenge that is met is no failure.
    let is_taken = invites().any(Attempt::is_success);
    let failed = invites().filter(|one| !is_taken && !one.is_step());
    let of_call = failed.into_iter().find_map(|one| {
        let lost = lost.iter().find(|lost| missed(one, lost, all));
        lost.and_then(|lost| said(one, lost))
            .or_else(|| gone(one, &registers, all))
    });
    let mut registered = own().filter(|one| one.request.method() == b"REGISTER");
    let of_own = registered.find_map(|one| {
        let is_of =
            |lost: &&Lost<'_, '_>| core::ptr::eq(lost.by, one) || core::ptr::eq(lost.of, one);
        lost.iter().find(is_of).and_then(|lost| said(one, lost))
    });
    of_call.into_iter().chain(of_own).collect()
}

/// A binding that another device took away.
struct Lost<'b, 'a> {
    /// The REGISTER that brought it, and the one after which it was gone.
    of: &'b Attempt<'a>,
    by: &'b Attempt<'a>,
    contact: String,
    /// Until when it would have been registered, and when it was registered again.
    until: u64,
    back: Option<u64>,
    how: How,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// By Contact: *.
    All,
    /// By expires=0.
    One,
    /// Since the registrar keeps only the last.
    Last,
}

/// Returns the addresses of a message, as they are compared.
pub(super) fn contacts(one: &Attempt<'_>, is_answer: bool) -> Vec<String> {
    let message = match one.answer {
        Some((answer, _)) if is_answer => answer,
        _ => one.request,
    };
    message.values("Contact").map(bare).collect()
}

pub(super) fn lifetime(one: &Attempt<'_>, contact: &str) -> Option<u32> {
    let (answer, _) = one.answer?;
    let mut all = answer.values("Contact");
    let given = all.find(|value| bare(value) == contact)?;
    let lasts = parameter(given, b';', "expires").or(answer.value("Expires"));
    lasts.and_then(seconds)
}

/// Returns that the address which a REGISTER brought was gone after one of another device.
fn lost<'b, 'a>(
    of: &'b Attempt<'a>,
    registers: &[&'b Attempt<'a>],
    all: &[Attempt<'a>],
) -> Option<Lost<'b, 'a>> {
    let contact = bare(of.request.values("Contact").next()?);
    let (_, answered) = of.answer?;
    let lasts = lifetime(of, &contact).filter(|lasts| *lasts > 0)?;
    let until = answered + u64::from(lasts) * SECOND;
    let user = of.user("To");
    let hops = |one: &Attempt<'_>| one.request.values("Via").count();
    let mut later = registers.iter().copied().filter(|one| {
        one.micros > of.micros
            && one.user("To") == user
            && one.server == of.server
            && hops(one) == hops(of)
    });
    // The next one of the same device tells more of it.
    let by = later.clone().find(|one| {
        let is_same = one.call_id() == of.call_id() || contacts(one, false).contains(&contact);
        is_same || !contacts(one, true).contains(&contact)
    })?;
    let how = match contacts(by, false) {
        own if own.iter().any(|own| own == "*") => How::All,
        own if own.contains(&contact) => How::One,
        own if !own.is_empty() && !contacts(by, true).is_empty() => How::Last,
        _ => return None,
    };
    let is_over = by.answer.is_none_or(|(_, at)| at + MISSED > until);
    let is_removal = how != How::One || lifetime(by, &contact).is_none();
    if is_over || !is_removal || !is_other(of, by, all) {
        return None;
    }
    let back = later.find(|one| one.micros > by.micros && contacts(one, true).contains(&contact));
    let back = back.map(|one| one.micros);
    let is_missed = back.is_none_or(|back| back > by.micros + MISSED);
    is_missed.then_some(Lost {
        of,
        by,
        contact,
        until,
        back,
        how,
    })
}

/// Returns whether two REGISTER requests are of two devices.
fn is_other(of: &Attempt<'_>, by: &Attempt<'_>, all: &[Attempt<'_>]) -> bool {
    let agent = |one: &Attempt<'_>| one.request.value("User-Agent").map(text);
    let instance = |one: &Attempt<'_>| {
        let contact = one.request.values("Contact").next()?;
        parameter(contact, b';', "+sip.instance").map(text)
    };
    let is_one = instance(of).is_some() && instance(of) == instance(by);
    let is_there =
        of.by() == by.by() && of.from.map(|from| from.port()) == by.from.map(|from| from.port());
    if of.call_id() == by.call_id() || is_one || is_there {
        return false;
    }
    // The same one would not be where it was before.
    let is_alive = all.iter().any(|one| {
        let is_from = one.from == of.from && (of.from.is_some() || one.by() == of.by());
        one.micros > by.micros && is_from
    });
    agent(of) != agent(by) || is_alive
}

/// Returns whether a call was one that a lost binding did not get.
fn missed(one: &Attempt<'_>, lost: &Lost<'_, '_>, all: &[Attempt<'_>]) -> bool {
    let (Some((_, gone)), user) = (lost.by.answer, lost.of.user("To")) else {
        return false;
    };
    let ends = one.answer.map_or(one.micros + SECOND, |(_, at)| at);
    let goes_there = |other: &Attempt<'_>| {
        (one.micros..=ends).contains(&other.micros) && bare_target(other.request) == lost.contact
    };
    let is_for = one.user("To") == user || one.callee() == user;
    let is_then = one.micros > gone && one.micros < lost.back.unwrap_or(lost.until).min(lost.until);
    is_for && is_then && !all.iter().any(goes_there)
}

fn said(one: &Attempt<'_>, lost: &Lost<'_, '_>) -> Option<Found> {
    let (_, gone) = lost.by.answer?;
    let left = contacts(lost.by, true);
    let left = match left.as_slice() {
        [] => "its 200 lists no address any more".to_owned(),
        all => format!("its 200 lists {} only", list(all)),
    };
    let how = match lost.how {
        How::All => "removed all addresses of the user (Contact: *)",
        How::One => "removed that address (expires=0)",
        How::Last => "brought its own",
    };
    let back = match lost.back {
        Some(back) => format!(
            "until it registers again, {} later",
            lasting(back.saturating_sub(gone))
        ),
        None => "and no REGISTER with it follows in this trace".to_owned(),
    };
    let code = one
        .code()
        .map_or_else(String::new, |code| format!(" and got {code}"));
    let call = if one.is_invite() {
        let since = lasting(one.micros.saturating_sub(gone));
        format!(
            "{} {since} later did not go there{code}. ",
            named(one.request)
        )
    } else {
        String::new()
    };
    let values = values![
        ("user", lost.of.user("To")),
        ("contact", lost.contact.clone()),
        ("before", lost.of.name()),
        ("ago", lasting(gone.saturating_sub(lost.of.micros))),
        ("granted", time(lifetime(lost.of, &lost.contact)?)),
        ("last", lost.by.name()),
        ("by", lost.by.by()),
        ("from", lost.of.by()),
        ("how", how.to_owned()),
        ("left", left),
        ("back", back),
        ("call", call),
    ];
    let id = match lost.how {
        How::Last => "binding-replaced",
        _ => "binding-wiped",
    };
    Found::new(id, &values, &one.proof()).map(Found::that_decides)
}

/// Returns over which stream a REGISTER came, if it did.
fn stream(one: &Attempt<'_>) -> Option<String> {
    unreached::stream_of(one.request.values("Via").last()?)
}

/// Returns that a phone is registered by a connection, and no request to it leaves.
fn gone(one: &Attempt<'_>, registers: &[&Attempt<'_>], all: &[Attempt<'_>]) -> Option<Found> {
    let code = one.code().filter(|code| ABSENT.contains(code))?;
    let took = one
        .took()
        .filter(|took| *took < AT_ONCE && one.rang.is_none())?;
    let names = [one.user("To"), one.callee()];
    let is_for =
        |other: &&&Attempt<'_>| names.contains(&other.user("To")) && other.server == one.server;
    let mut of = registers.iter().filter(is_for);
    let last = of.clone().rfind(|other| other.micros < one.micros)?;
    let contact = last.request.values("Contact").next();
    let contact = contact.filter(|contact| *contact != b"*")?;
    let lasts = lifetime(last, &bare(contact)).filter(|lasts| *lasts > 0)?;
    let transport = stream(last)?;
    let ends = one.micros + took;
    let is_sent = |other: &Attempt<'_>| {
        let is_then = (one.micros..=ends).contains(&other.micros);
        let is_leg = other.client == one.server && other.is_invite();
        is_then && is_leg && (names.contains(&other.user("To")) || other.server == last.client)
    };
    let is_over = last.micros + u64::from(lasts) * SECOND < one.micros;
    if is_over || all.iter().any(is_sent) {
        return None;
    }
    let shown = |one: &Attempt<'_>| one.from.map(|from| from.to_string());
    let of_phone = all.iter().filter(|other| {
        let is_to = other.client == one.server && other.server == last.client;
        other.micros < one.micros && (other.from == last.from || is_to)
    });
    let heard = of_phone.map(|other| other.micros).max()?;
    let again = of.find(|other| other.micros > one.micros && other.from != last.from);
    let again = again.map(|other| {
        let from = shown(other).unwrap_or_else(|| other.by());
        let ago = ago(one.micros, other.micros);
        format!("; {ago} it registered from {from}, by a new connection")
    });
    let values = values![
        ("name", named(one.request)),
        ("code", code.to_string()),
        ("took", lasting(took)),
        ("user", last.user("To")),
        ("transport", transport),
        (
            "source",
            shown(last).unwrap_or_else(|| text(address(contact))),
        ),
        ("granted", time(lasts)),
        ("ago", ago(one.micros, last.micros)),
        ("heard", ago(one.micros, heard)),
        ("by", one.at()),
        ("again", again.unwrap_or_default()),
    ];
    Found::new("connection-gone", &values, &one.proof()).map(Found::that_decides)
}
