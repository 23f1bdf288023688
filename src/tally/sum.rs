//! All that was counted, of any number of files: sums, which add up.

use std::collections::BTreeMap;

use super::answers::Codes;
use super::attempts::Listed;
use super::counts::{Counts, total};
use super::outcomes::Outcomes;
use super::setups::Setups;
use super::time::{Clock, Span};
use crate::message::Method;

/// A file that was counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    pub name: String,
    /// Unpacked where it was packed.
    pub bytes: u64,
    pub format: String,
    /// What it was packed with.
    pub packed: Option<String>,
    pub messages: u64,
    pub span: Span,
    /// Places that look like the start line of a message, and where the first of them is.
    pub missed: u64,
    pub first_missed: Option<u64>,
    pub packets: u64,
    pub tls: u64,
    pub unread: u64,
    /// A capture that ends in the middle of a packet.
    pub is_cut: bool,
    /// It was not read to its end.
    pub is_partial: bool,
}

/// What is counted, which must be the same in what is added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Outcomes,
    Messages,
    Failed,
    All,
    Minute,
    Hour,
    Peer,
    Agent,
}

pub type Methods = BTreeMap<Method, Outcomes>;

/// What was counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    pub kind: Kind,
    pub sources: Vec<Source>,
    /// Something was not read to its end, or not at all.
    pub is_partial: bool,
    pub counts: Counts,
    pub methods: Methods,
    pub codes: Codes,
    pub attempts: Vec<Listed>,
    pub setups: Setups,
    pub groups: BTreeMap<String, Methods>,
}

impl Sum {
    pub fn bytes(&self) -> u64 {
        total(self.sources.iter().map(|source| &source.bytes))
    }

    /// Returns the clocks by which the sources tell the time; more than one have no order among them.
    pub fn clocks(&self) -> Vec<Clock> {
        let clocks = self.sources.iter().filter_map(|source| source.span.clock());
        let mut each_once = Vec::new();
        for clock in clocks {
            if let Err(place) = each_once.binary_search(&clock) {
                each_once.insert(place, clock);
            }
        }
        each_once
    }

    /// Returns whether the times of the sources have an order: of a clock that goes round one round only.
    pub fn has_order(&self) -> bool {
        let timed = self.sources.iter().map(|source| &source.span);
        let timed: Vec<&Span> = timed.filter(|span| span.clock().is_some()).collect();
        let goes_round = timed.len() > 1 && timed.iter().any(|span| span.is_wrapped());
        !goes_round && self.clocks().len() <= 1
    }

    /// Returns the first and the last time of all sources, if they have an order.
    pub fn span(&self) -> Span {
        let mut all = Span::default();
        if !self.has_order() {
            return all;
        }
        for source in &self.sources {
            all.merge(&source.span);
        }
        all
    }

    /// Adds what was counted elsewhere, of the same kind. What is added to what makes no difference.
    pub fn merge(&mut self, other: Self) {
        self.is_partial |= other.is_partial;
        self.sources.extend(other.sources);
        // Equals are the same.
        self.sources.sort_unstable();
        self.counts.merge(other.counts);
        merge(&mut self.methods, other.methods);
        for (method, codes) in other.codes {
            let mine = self.codes.entry(method).or_default();
            for (code, beside) in codes {
                mine.entry(code).or_default().merge(beside);
            }
        }
        for (key, methods) in other.groups {
            merge(self.groups.entry(key).or_default(), methods);
        }
        self.setups.merge(other.setups);
        self.attempts.extend(other.attempts);
        self.attempts.sort_by(Listed::as_they_stand);
        self.settle();
    }

    /// Leaves out the times of codes where those of the sources have no order.
    pub fn settle(&mut self) {
        if !self.has_order() {
            for beside in self.codes.values_mut().flat_map(BTreeMap::values_mut) {
                beside.span = Span::default();
            }
        }
    }
}

pub(super) fn merge(methods: &mut Methods, others: Methods) {
    for (method, outcomes) in others {
        methods.entry(method).or_default().merge(outcomes);
    }
}
