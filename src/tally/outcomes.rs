//! What requests came to, by method.

use std::collections::BTreeMap;

use crate::calls::{Outcome, Transactions};

/// What the requests of one method came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    pub transactions: u64,
    /// Attempts: requests, each with its repetitions after a response that asks for one.
    pub attempts: BTreeMap<Outcome, u64>,
}

/// Returns the outcomes by method.
pub fn outcomes(transactions: &Transactions) -> BTreeMap<Vec<u8>, Outcomes> {
    let mut methods: BTreeMap<Vec<u8>, Outcomes> = BTreeMap::new();
    for (method, transaction) in transactions.all() {
        if !methods.contains_key(method) {
            methods.insert(method.to_vec(), Outcomes::default());
        }
        let Some(outcomes) = methods.get_mut(method) else {
            continue;
        };
        outcomes.transactions += 1;
        if !transaction.is_repeated {
            *outcomes.attempts.entry(transaction.outcome()).or_default() += 1;
        }
    }
    methods
}
