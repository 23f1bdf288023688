//! A device that takes no call at all, whoever calls, and is asked again and again.

use super::attempts::{Attempt, ago, distinct};
use super::found::{Found, values};
use super::order::{SECOND, lasting, target};
use super::trunks::reason;
use crate::explain::call::named;
use crate::explain::dialog::host;
use crate::explain::words::text;

/// What answers sooner asks nobody.
const AT_ONCE: u64 = SECOND;
/// Whoever waits before he asks again waits for longer.
const SOON: u64 = 6 * SECOND;
/// So many calls in a row are no chance.
const MANY: usize = 4;

pub(super) fn found(all: &[Attempt<'_>]) -> Option<Found> {
    let mut own = all.iter().filter(|one| one.own.is_some());
    own.find_map(|one| refuses(one, all))
}

/// Returns whether a device refuses a call at once, and without ringing.
fn is_shut(one: &Attempt<'_>) -> bool {
    let code = one.code().unwrap_or_default();
    let is_at_once = one.took().is_some_and(|took| took < AT_ONCE) && one.rang.is_none();
    one.is_invite() && is_at_once && matches!(code, 480 | 486 | 600 | 603)
}

/// Returns whether the server of a request is the device of one user, and no server or gateway.
fn is_device(one: &Attempt<'_>, all: &[Attempt<'_>]) -> bool {
    let is_its = |other: &&Attempt<'_>| other.method() == "REGISTER" && other.client == one.server;
    let mut others = all
        .iter()
        .filter(|other| other.is_invite() && other.server == one.server);
    let is_registered = all
        .iter()
        .filter(is_its)
        .any(|other| other.user("To") == one.callee());
    // A server says 480 of whom it does not know where to find.
    let is_told = is_registered || one.code() != Some(480);
    let is_there = host(&text(target(one.request))) == one.server;
    is_told && is_there && others.all(|other| other.callee() == one.callee())
}

/// Returns whether a call that a device is in is another one than this.
fn is_beside(other: &Attempt<'_>, one: &Attempt<'_>) -> bool {
    let is_end = other.client == one.server || other.server == one.server;
    other.is_invite() && is_end && other.call_id() != one.call_id()
}

/// Returns whether calls come one soon after another, and are many.
fn is_hammered(own: &[&&Attempt<'_>]) -> bool {
    let late = own
        .windows(2)
        .filter(|pair| pair[1].micros - pair[0].micros > SOON);
    own.len() >= MANY && late.count() * MANY < own.len()
}

/// Returns how often a call was sent to a device that had refused it.
fn end(one: &Attempt<'_>, own: &[&&Attempt<'_>]) -> Option<String> {
    Some(format!(
        ". {} sent it the call of {} {} times within {}, and heeds no refusal",
        one.by(),
        one.user("From"),
        own.len(),
        lasting(own.last()?.micros - own.first()?.micros)
    ))
}

fn refuses(one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    if !is_shut(one) || !is_device(one, all) {
        return None;
    }
    let is_there = |other: &&Attempt<'_>| {
        other.is_invite() && other.server == one.server && other.callee() == one.callee()
    };
    let there: Vec<&Attempt<'_>> = all.iter().filter(is_there).collect();
    let alike: Vec<&&Attempt<'_>> = there
        .iter()
        .filter(|other| is_shut(other) && other.code() == one.code())
        .collect();
    let ids = |of: &[&&Attempt<'_>]| distinct(&mut of.iter().map(|one| text(one.call_id()))).len();
    let callers = distinct(&mut alike.iter().map(|other| other.user("From")));
    let is_one = alike.iter().all(|other| other.client == one.client);
    let is_busy = all
        .iter()
        .any(|other| is_beside(other, one) && other.is_up(one.micros));
    // What another element refuses is not its own.
    let is_between = all
        .iter()
        .any(|other| other.is_invite() && other.client == one.server && other.is_while(one));
    let own: Vec<&&Attempt<'_>> = alike
        .iter()
        .filter(|other| other.client == one.client && other.user("From") == one.user("From"))
        .copied()
        .collect();
    let is_hammered = is_hammered(&own);
    let is_set = !is_busy && is_one && callers.len() > 1;
    if is_between || !(is_hammered || is_set) {
        return None;
    }
    let count = match callers.len() {
        1 => String::new(),
        count => format!(", as it did {} calls of {count} callers", ids(&alike)),
    };
    let busy = if is_busy {
        "in a call"
    } else {
        "in no call of this trace"
    };
    let reached = there.iter().find(|other| other.is_success());
    let reached =
        reached.map(|other| format!(", and was reached {}", ago(one.micros, other.micros)));
    let end = end(one, own.as_slice()).filter(|_| is_hammered);
    let set = ": it is set to take none, as with do not disturb, or has a rule for who may call";
    let values = values![
        ("name", named(one.request)),
        ("code", format!("{}{}", one.code()?, reason(one))),
        ("to", one.at()),
        ("callee", one.callee()),
        ("took", lasting(one.took()?)),
        ("by", one.by()),
        ("count", count),
        ("busy", busy.to_owned()),
        ("reached", reached.unwrap_or_default()),
        ("end", end.unwrap_or_else(|| set.to_owned())),
    ];
    Found::new("device-refuses", &values, &one.proof()).map(Found::that_decides)
}
