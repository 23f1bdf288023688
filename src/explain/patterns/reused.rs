//! Requests with what is of another one: its branch, so that for their server they are its copies; or the host of a server that
//! was tried before.

use core::net::IpAddr;

use super::attempts::{Attempt, ago};
use super::found::{Found, values};
use super::order::{SECOND, TIMEOUT, target};
use super::silence::sent;
use crate::explain::call::{branch, number};
use crate::explain::dialog::host;
use crate::explain::words::{quoted, short, text};

/// What a server says of a call that is not for it.
const NOT_HERE: [u16; 8] = [400, 403, 404, 478, 480, 482, 483, 604];
/// So many copies without an answer are a silence.
const COPIES: usize = 3;

pub(super) fn found(all: &[Attempt<'_>]) -> Vec<Found> {
    let silent = |one: &&Attempt<'_>| one.own.is_some() && one.heard.is_none();
    let mut own = all.iter().filter(silent);
    let branch = own.find_map(|one| of(one, all));
    let mut own = all.iter().filter(|one| one.own.is_some());
    let host = own.find_map(|one| host_kept(one, all));
    branch.into_iter().chain(host).collect()
}

/// Returns that a request which goes to the next server still names the one that failed before.
fn host_kept(one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let code = one.code().filter(|code| NOT_HERE.contains(code))?;
    let host = host(&text(target(one.request)));
    host.parse::<IpAddr>().ok().filter(|_| host != one.server)?;
    let is_before = |other: &&Attempt<'_>| {
        let is_over = other.answer.map_or(other.last, |(_, at)| at) <= one.micros;
        let is_soon = other.micros + TIMEOUT + SECOND >= one.micros;
        other.server == host && other.client == one.client && is_over && is_soon
    };
    let is_call =
        |other: &&Attempt<'_>| other.is_of(one) && !other.is_through() && !other.is_step();
    let before = all.iter().filter(is_before).find(is_call)?;
    let is_taken = |other: &Attempt<'_>| {
        let known = self::host(&text(target(other.request)));
        other.server == one.server && known == host && other.is_through()
    };
    if !one.is_invite() || one.request.has("Route") || all.iter().any(is_taken) {
        return None;
    }
    let became = before
        .code()
        .map_or("no answer".to_owned(), |code| code.to_string());
    let values = values![
        ("name", one.name()),
        ("code", code.to_string()),
        ("to", one.at()),
        ("host", host),
        ("became", became),
        ("from", one.by()),
    ];
    Found::new("host-kept", &values, &one.proof()).map(Found::that_decides)
}

fn of(one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let own = branch(one.request).filter(|_| one.copies >= COPIES)?;
    let is_it = |other: &&Attempt<'_>| {
        let is_then = other.micros < one.micros && one.micros <= other.last + TIMEOUT + SECOND;
        let is_way = one.from.is_some() && (one.from, one.to) == (other.from, other.to);
        is_then && is_way && branch(other.request) == Some(own) && other.heard.is_some()
    };
    let other = all.iter().rev().find(is_it)?;
    let is_one = other.call_id() == one.call_id();
    let is_same = is_one && number(other.request) == number(one.request);
    if is_same || other.request.method() != one.request.method() {
        return None;
    }
    let whose = if is_one {
        String::new()
    } else {
        format!(" (Call-ID {})", short(&text(other.call_id())))
    };
    let values = values![
        ("name", one.name()),
        ("sent", sent(one)),
        ("branch", quoted(&text(own))),
        ("other", other.name()),
        ("whose", whose),
        ("ago", ago(one.micros, other.micros)),
        ("from", one.by()),
        ("to", one.at()),
    ];
    Found::new("branch-reused", &values, &one.proof()).map(Found::that_decides)
}
