//! What is there of a trace by now, counted once for all pages that tell it: whoever reads it counts, since the explorer
//! answers keys meanwhile.

use std::collections::BTreeMap;

use crate::calls::Outcome;
use crate::ledger::Ledger;
use crate::tally::{Codes, Methods, Setups};

/// More calls of a code are counted only.
const LISTED: usize = 60;
/// So many of each failure are on the page of the whole trace.
pub(super) const FIRST: usize = 5;
/// More than any code of three digits.
const MOST: usize = 1000;

/// What is told of the trace as a whole, and of each code.
#[derive(Debug, Default)]
pub struct Counted {
    pub(super) codes: BTreeMap<u16, u64>,
    /// What transactions came to, by code; the first have no final response.
    pub(super) came: Vec<Came>,
    pub(super) methods: Methods,
    pub(super) setups: Setups,
    pub(super) beside: Codes,
}

/// Transactions that came to the same: how many there are, and the numbers of the first.
#[derive(Clone, Debug, Default)]
pub(super) struct Came {
    pub(super) all: u64,
    pub(super) first: Vec<usize>,
    /// Those that were not repeated as their response asked.
    pub(super) attempts: u64,
    pub(super) first_attempts: Vec<usize>,
}

impl Came {
    fn add(&mut self, at: usize, is_repeated: bool) {
        self.all += 1;
        if self.first.len() < LISTED {
            self.first.push(at);
        }
        if !is_repeated {
            self.attempts += 1;
            if self.first_attempts.len() < FIRST {
                self.first_attempts.push(at);
            }
        }
    }
}

impl Counted {
    pub fn of(book: &Ledger) -> Self {
        let mut came = vec![Came::default(); MOST];
        for (at, (outcome, is_repeated)) in book.came_to().enumerate() {
            let code = match outcome {
                Outcome::Final(code) => usize::from(code),
                Outcome::Open(_) => 0,
            };
            if let Some(came) = came.get_mut(code) {
                came.add(at, is_repeated);
            }
        }
        let mut codes: BTreeMap<u16, u64> = BTreeMap::new();
        for (code, came) in (0..).zip(&came).skip(1) {
            if came.all > 0 {
                *codes.entry(code).or_default() += came.all;
            }
        }
        for messages in book.counts().responses.values() {
            for (code, count) in messages.iter().filter(|(code, _)| **code < 200) {
                *codes.entry(*code).or_default() += count;
            }
        }
        Self {
            codes,
            came,
            methods: book.outcomes(),
            setups: book.setups(),
            beside: book.codes(),
        }
    }

    pub(super) fn came_to(&self, code: u16) -> Came {
        let came = self.came.get(usize::from(code));
        came.cloned().unwrap_or_default()
    }
}
