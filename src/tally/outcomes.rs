//! What requests came to, by method.

use std::collections::BTreeMap;

use super::counts::add;
use crate::calls::{Outcome, Transactions};
use crate::message::Method;

/// What the requests of one method came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    pub transactions: u64,
    /// Attempts: requests, each with its repetitions after a response that asks for one.
    pub attempts: BTreeMap<Outcome, u64>,
}

impl Outcomes {
    /// Adds what was counted elsewhere.
    pub fn merge(&mut self, other: Self) {
        add(&mut self.transactions, other.transactions);
        for (outcome, count) in other.attempts {
            add(self.attempts.entry(outcome).or_default(), count);
        }
    }
}

/// Returns the outcomes by method.
pub fn outcomes(transactions: &Transactions) -> BTreeMap<Method, Outcomes> {
    let mut methods: BTreeMap<Method, Outcomes> = BTreeMap::new();
    for (method, transaction) in transactions.all() {
        let outcomes = methods.entry(method.clone()).or_default();
        outcomes.transactions += 1;
        if !transaction.is_repeated {
            *outcomes.attempts.entry(transaction.outcome()).or_default() += 1;
        }
    }
    methods
}
