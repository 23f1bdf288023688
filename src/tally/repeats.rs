//! Messages that are there again: sent once more, and not at another element. Each has a name, and the last names are kept.

use std::mem;

use super::said::Known;

/// So many names are kept twice: of what is sent again within 32 seconds (64*T1) none is missed below 16,000 messages a second.
const KEPT: usize = 512 * 1024;

/// The names of the last messages.
#[derive(Clone, Debug, Default)]
pub struct Repeats {
    last: Known,
    before: Known,
}

impl Repeats {
    /// Notes the names of messages; returns how many were there before.
    pub fn note(&mut self, names: &[u64]) -> u64 {
        let mut again = 0;
        for name in names {
            let is_new = self.last.insert(*name) && !self.before.contains(name);
            again += u64::from(!is_new);
            if self.last.len() >= KEPT {
                self.before = mem::take(&mut self.last);
            }
        }
        again
    }
}
