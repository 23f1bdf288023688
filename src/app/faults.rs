//! What went wrong in the calls of a trace, as several of their messages show it.

use super::legs::Leg;
use crate::calls::Recorded;
use crate::catalog::Response;
use crate::document::Faults;
use crate::explain::{self, Sureness};
use crate::search::sort_by_key;

/// So many calls of each kind are named.
const FIRST: usize = 5;

/// The first code of those with which a call failed.
const FAILURE: u16 = 400;

/// What is wrong with calls that were looked at, one of each kind.
#[derive(Clone, Debug, Default)]
pub struct Wrong {
    /// Each with the name of its pattern.
    kinds: Vec<(String, Faults)>,
    /// Which calls are legs of one, once all were looked at.
    pub legs: Vec<Leg>,
}

/// In how many calls it was looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    pub calls: usize,
    pub all: usize,
    pub how: Looks,
}

/// How looking goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Looks {
    #[default]
    On,
    Ended,
    Stopped,
}

impl Wrong {
    /// Looks at a call: its messages, when the trace ends, what tells the number of one of its attempts, and what reads what
    /// is beside it, which is asked for where it failed.
    pub fn look(
        &mut self,
        messages: &[Recorded],
        ends: Option<u64>,
        number: impl Fn() -> Option<usize>,
        beside: impl FnOnce() -> Vec<Recorded>,
    ) {
        let mut explained = explain::call_looked_at(messages, &[], ends);
        let has_failed = |response: &Response| response.code.get() >= FAILURE;
        if explained.response.is_none_or(has_failed) {
            let beside = beside();
            if !beside.is_empty() {
                explained = explain::call_looked_at(messages, &beside, ends);
            }
        }
        let time = explained.first.as_deref().unwrap_or_default();
        let time = time.rsplit(' ').next().unwrap_or_default();
        let title = [time, &explained.title].join(" ");
        let mut at = None;
        for finding in explained.findings {
            let is_possible = match finding.sureness {
                Sureness::Proven => false,
                Sureness::Possible => true,
                _ => continue,
            };
            let key = (&finding.id, is_possible);
            let known = self.kinds.iter();
            let known = known.map(|(id, kind)| (id, kind.is_possible));
            let place = known.enumerate().find(|(_, known)| *known == key);
            let place = place.map_or(self.kinds.len(), |(place, _)| place);
            if place == self.kinds.len() {
                let kind = Faults {
                    is_possible,
                    says: finding.says,
                    cites: finding.cites,
                    ..Faults::default()
                };
                self.kinds.push((finding.id, kind));
            }
            let (_, kind) = &mut self.kinds[place];
            kind.all += 1;
            if kind.calls.len() < FIRST {
                at = at.or_else(&number);
                kind.calls
                    .extend(at.map(|at| (at, title.trim().to_owned())));
            }
        }
    }

    /// Returns the kinds, what is sure and frequent first.
    pub(super) fn kinds(&self) -> Vec<Faults> {
        let mut kinds: Vec<Faults> = self.kinds.iter().map(|(_, kind)| kind.clone()).collect();
        sort_by_key(&mut kinds, |kind| (kind.is_possible, u64::MAX - kind.all));
        kinds
    }
}

impl Looked {
    /// Returns how far looking is, while it goes on.
    pub(super) fn goes_on(self) -> Option<String> {
        let Self { calls, all, how } = self;
        (how == Looks::On).then(|| format!("looking for what went wrong: {calls} of {all} calls"))
    }

    /// Returns what was left out.
    pub(super) fn remark(self) -> Option<String> {
        let Self { calls, all, how } = self;
        let why = match how {
            Looks::On => return None,
            Looks::Ended if calls >= all => return None,
            Looks::Ended => {
                "the others go on at the same time for too long to keep all their messages"
            }
            Looks::Stopped => "it was stopped",
        };
        Some(format!(
            "what went wrong was looked for in {calls} of {all} calls: {why}"
        ))
    }
}
