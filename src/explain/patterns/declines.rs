//! A device that takes no call at all, whoever calls, and is asked again and again.

use super::attempts::{Attempt, ago, distinct};
use super::found::Found;
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
    let is_device = host(&text(target(one.request))) == one.server;
    one.is_invite() && is_at_once && is_device && matches!(code, 480 | 486 | 600 | 603)
}

/// Returns whether a call that a device is in is another one than this.
fn is_beside(other: &Attempt<'_>, one: &Attempt<'_>) -> bool {
    let is_end = other.client == one.server || other.server == one.server;
    other.is_invite() && is_end && other.call_id() != one.call_id()
}

fn refuses(one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
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
    let late = own
        .windows(2)
        .filter(|pair| pair[1].micros - pair[0].micros > SOON);
    let is_hammered = ids(&own) >= MANY && late.count() * MANY < own.len();
    let is_set = !is_busy && callers.len() > 1;
    if !is_shut(one) || is_between || !(is_hammered || is_set) {
        return None;
    }
    let reached = there.iter().find(|other| other.is_success());
    let mut more = match callers.len() {
        1 => String::new(),
        count => format!(", as it did {} calls of {count} callers", ids(&alike)),
    };
    if is_busy {
        more += "; it was in a call";
    } else {
        more += "; it was in no call";
    }
    if let Some(reached) = reached {
        more += &format!(", and was reached {}", ago(one.micros, reached.micros));
    }
    let end = if is_hammered {
        let span = own.last()?.micros - own.first()?.micros;
        format!(
            ". {} sent it the call of {} {} times within {}, and heeds no refusal",
            one.by(),
            one.user("From"),
            ids(&own),
            lasting(span)
        )
    } else {
        ": it is set to take none, as with do not disturb, or has a rule for who may call"
            .to_owned()
    };
    let values = [
        ("name", named(one.request)),
        ("code", format!("{}{}", one.code()?, reason(one))),
        ("to", one.at()),
        ("callee", one.callee()),
        ("took", lasting(one.took()?)),
        ("by", one.by()),
        ("more", more),
        ("end", end),
    ];
    Found::new("device-refuses", &values, &one.proof()).map(Found::that_decides)
}
