//! What requests came to, by method.

use std::collections::{BTreeMap, HashMap};

use foldhash::quality::FixedState;

use super::counts::add;
use super::sum::Methods;
use crate::calls::{Outcome, Transaction, Transactions};
use crate::message::Method;

/// What the requests of one method came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    pub transactions: u64,
    /// Attempts: requests, each with its repetitions after a response that asks for one.
    pub attempts: BTreeMap<Outcome, u64>,
}

impl Outcomes {
    /// Counts what a transaction came to.
    pub(super) fn count(&mut self, transaction: &Transaction) {
        self.transactions += 1;
        if !transaction.is_repeated {
            *self.attempts.entry(transaction.outcome()).or_default() += 1;
        }
    }

    /// Adds what was counted elsewhere.
    pub fn merge(&mut self, other: Self) {
        add(&mut self.transactions, other.transactions);
        for (outcome, count) in other.attempts {
            add(self.attempts.entry(outcome).or_default(), count);
        }
    }
}

/// Transactions of one method that came to the same, of which the same is said.
pub(super) struct Group<'a> {
    pub(super) method: &'a Method,
    pub(super) outcome: Outcome,
    pub(super) said: u64,
    pub(super) transactions: u64,
    pub(super) attempts: u64,
}

/// So many groups are near at hand.
const NEAR: usize = 256;

/// Puts transactions together that are alike, each with the name of what is said of it, if anything is: few are different,
/// of many.
pub(super) fn groups<'a>(transactions: &'a Transactions, said: &[u64]) -> Vec<Group<'a>> {
    let mut places: HashMap<(u64, u64), usize, FixedState> = HashMap::default();
    // Nearly all are found without a digest.
    let mut near = [(u64::MAX, 0, 0); NEAR];
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (at, (method, transaction)) in transactions.numbered().enumerate() {
        let outcome = transaction.outcome();
        let said = said.get(at).copied().unwrap_or(0);
        let key = match outcome {
            Outcome::Final(code) => u64::from(code),
            Outcome::Open(Some(code)) => u64::from(code) | 1 << 16,
            Outcome::Open(None) => 1 << 17,
        };
        let key = key | u64::from(method) << 32;
        let last = &mut near[usize::from((said ^ key ^ key >> 32 << 3).to_le_bytes()[0])];
        if last.0 != key || last.1 != said {
            let next = groups.len();
            let place = *places.entry((said, key)).or_insert(next);
            if place == next {
                groups.push(Group {
                    method: transactions.method(method),
                    outcome,
                    said,
                    transactions: 0,
                    attempts: 0,
                });
            }
            *last = (key, said, place);
        }
        let place = last.2;
        let group = &mut groups[place];
        group.transactions += 1;
        group.attempts += u64::from(!transaction.is_repeated);
    }
    groups
}

/// Returns the outcomes by method.
pub fn outcomes(transactions: &Transactions) -> Methods {
    let mut methods = Methods::new();
    add_outcomes(&mut methods, transactions);
    methods
}

/// Adds the outcomes to those of others.
pub fn add_outcomes(methods: &mut Methods, transactions: &Transactions) {
    for group in groups(transactions, &[]) {
        let outcomes = methods.entry(group.method.clone()).or_default();
        outcomes.transactions += group.transactions;
        if group.attempts > 0 {
            *outcomes.attempts.entry(group.outcome).or_default() += group.attempts;
        }
    }
}
