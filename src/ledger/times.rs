//! When a message was: what a capture says in numbers, and what a writer printed before it.

use std::borrow::Cow;
use std::time::{Duration, UNIX_EPOCH};

use super::zone;
use crate::tally::{Stamp, Time, When};
use crate::trace::{Found, Label, clock};

const NANOS_A_MICRO: u64 = 1_000;
const MICROS: u64 = 1_000_000;

/// Returns where it stands when a message was.
pub(super) fn when<'t>(found: &Found<'t>) -> When<'t> {
    match found.origin.time {
        Some(time) => When::Known(time),
        None => When::Printed(match &found.before {
            Cow::Borrowed(before) => Cow::Borrowed(before),
            before @ Cow::Owned(_) => before.clone(),
        }),
    }
}

/// Returns what tells the time of a message.
pub(super) fn stamp(found: &Found<'_>) -> Stamp {
    match found.origin.time {
        Some(time) => Stamp::Nanoseconds(time),
        None => printed(&found.before),
    }
}

/// Returns what tells the time in what is printed before a message.
pub(super) fn printed(before: &[u8]) -> Stamp {
    clock(before).map_or(Stamp::None, Stamp::printed)
}

/// Reads a time.
pub fn time(stamp: &Stamp) -> Option<Time> {
    match stamp {
        Stamp::None => None,
        Stamp::Nanoseconds(nanoseconds) => {
            let micros = nanoseconds / NANOS_A_MICRO;
            let local =
                micros.saturating_add_signed(zone::offset(micros / MICROS) * MICROS.cast_signed());
            let time = UNIX_EPOCH + Duration::from_micros(local);
            let text = humantime::format_rfc3339_micros(time).to_string();
            Some(Time {
                text: text.trim_end_matches('Z').replace('T', " "),
                epoch: Some(micros),
            })
        }
        Stamp::Printed { .. } => Label::of(stamp.text()).time.map(Time::printed),
    }
}
