//! Messages, one by one: repetitions and hops count each.

use std::collections::BTreeMap;

use super::notes::Noted;
use crate::calls::{Kind, Sighting};
use crate::message::Method;

/// How many messages there are of each kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub requests: BTreeMap<Method, u64>,
    /// By the method that is answered, which is none where the message does not say, and by code.
    pub responses: BTreeMap<Method, BTreeMap<u16, u64>>,
    /// Those whose start line breaks the rules.
    pub malformed: u64,
    /// Those that were there before, where that is asked for.
    pub repeats: u64,
    /// Those that name no transaction, where transactions are asked for.
    pub unnamed: u64,
}

impl Counts {
    pub fn add(&mut self, sighting: &Sighting) {
        match &sighting.kind {
            Kind::Request(method) => *of(&mut self.requests, method) += 1,
            Kind::Response(code) => {
                let codes = of(&mut self.responses, &sighting.method);
                *codes.entry(*code).or_default() += 1;
            }
            Kind::Malformed => self.malformed += 1,
        }
    }

    /// Adds what was noted of a piece.
    pub fn note(&mut self, noted: &Noted) {
        for row in &noted.rows {
            let count = match row.code {
                None => of(&mut self.requests, &row.method),
                Some(code) => {
                    let codes = of(&mut self.responses, &row.method);
                    codes.entry(code).or_default()
                }
            };
            add(count, row.count);
        }
        add(&mut self.malformed, noted.malformed);
        add(&mut self.unnamed, noted.unnamed);
    }

    /// Adds what was counted in another part.
    pub fn merge(&mut self, other: Self) {
        for (method, count) in other.requests {
            add(self.requests.entry(method).or_default(), count);
        }
        for (method, codes) in other.responses {
            let mine = self.responses.entry(method).or_default();
            for (code, count) in codes {
                add(mine.entry(code).or_default(), count);
            }
        }
        add(&mut self.malformed, other.malformed);
        add(&mut self.unnamed, other.unnamed);
        add(&mut self.repeats, other.repeats);
    }

    pub fn messages(&self) -> u64 {
        let responses = self.responses.values().flat_map(BTreeMap::values);
        let all = self.requests.values().chain(responses);
        total(all.chain([&self.malformed]))
    }
}

/// Adds up counts, which may be what somebody made up: no sum is too large.
pub fn total<'a>(counts: impl Iterator<Item = &'a u64>) -> u64 {
    counts.fold(0, |sum, count| sum.saturating_add(*count))
}

pub(super) fn add(to: &mut u64, count: u64) {
    *to = to.saturating_add(count);
}

/// Returns what is counted of a method.
fn of<'a, T: Default>(counts: &'a mut BTreeMap<Method, T>, method: &Method) -> &'a mut T {
    // A clone of a method of the registry costs nothing.
    counts.entry(method.clone()).or_default()
}
