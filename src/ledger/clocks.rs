//! The times of a trace in microseconds from one beginning, as its messages tell them one after the other.

use super::times::time;
use crate::calls::Timeline;
use crate::tally::{Stamp, Time};

#[derive(Clone, Debug, Default)]
pub(super) struct Clocks {
    timeline: Timeline,
    /// Whether times are those of captures.
    is_epoch: Option<bool>,
}

impl Clocks {
    /// Returns a time in microseconds, and whether it has more than whole seconds.
    pub(super) fn micros(&mut self, time: &Time) -> Option<(u64, bool)> {
        let told = match time.epoch {
            Some(micros) => Some((micros, true)),
            None => self.timeline.micros(&time.text),
        };
        // A clock of another kind cannot be compared.
        let is_epoch = time.epoch.is_some();
        let is_like = told.is_some() && *self.is_epoch.get_or_insert(is_epoch) == is_epoch;
        told.filter(|_| is_like)
    }

    /// Returns in microseconds what a stamp tells.
    pub(super) fn of(&mut self, stamp: &Stamp) -> Option<u64> {
        self.micros(&time(stamp)?).map(|(micros, _)| micros)
    }
}
