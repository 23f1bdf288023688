//! Messages, one by one: repetitions and hops count each.

use std::collections::BTreeMap;

use crate::message::{Head, Start};

/// How many messages there are of each kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// By method.
    pub requests: BTreeMap<Vec<u8>, u64>,
    /// By the method that is answered, which is empty where the message does not say, and the code.
    pub responses: BTreeMap<(Vec<u8>, u16), u64>,
    /// Those whose start line breaks the rules.
    pub malformed: u64,
}

impl Counts {
    pub fn add(&mut self, head: &Head<'_>) {
        match head.start {
            Some(Start::Request { method, .. }) => match self.requests.get_mut(method) {
                Some(count) => *count += 1,
                None => _ = self.requests.insert(method.to_vec(), 1),
            },
            Some(Start::Status { code, .. }) => {
                let answered = (head.method.to_vec(), code);
                *self.responses.entry(answered).or_default() += 1;
            }
            None => self.malformed += 1,
        }
    }

    /// Adds what was counted in another part.
    pub fn merge(&mut self, other: Self) {
        for (method, count) in other.requests {
            *self.requests.entry(method).or_default() += count;
        }
        for (answered, count) in other.responses {
            *self.responses.entry(answered).or_default() += count;
        }
        self.malformed += other.malformed;
    }

    pub fn messages(&self) -> u64 {
        let requests = self.requests.values().sum::<u64>();
        requests + self.responses.values().sum::<u64>() + self.malformed
    }
}
