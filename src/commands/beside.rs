//! What stands beside a message in the same trace: the messages of its call, before it and after.

use std::collections::{BTreeMap, VecDeque};

use super::picking::Seen;
use crate::message::Head;

/// So many bytes of messages are kept, the latest ones.
const MOST: usize = 4 * 1024 * 1024;
/// So many messages of a call are told to one of them.
const OF_CALL: usize = 256;
/// Of so many successes it is known at a time how often they came.
const SUCCESSES: usize = 4096;

/// What names a transaction here: Call-ID, number and method, and how many hops the message has behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) call_id: Vec<u8>,
    number: Vec<u8>,
    method: Vec<u8>,
    pub(super) hops: usize,
}

/// The messages that were seen last, by their Call-ID.
#[derive(Default)]
pub(super) struct Beside {
    latest: VecDeque<(Vec<u8>, Vec<u8>)>,
    bytes: usize,
    successes: BTreeMap<Key, usize>,
}

impl Key {
    pub(super) fn of(head: &Head<'_>) -> Self {
        Self {
            call_id: head.call_id.to_vec(),
            number: head.number.to_vec(),
            method: head.method.to_vec(),
            hops: head.vias,
        }
    }

    /// Returns whether two messages are of one transaction.
    pub(super) fn is_of(&self, other: &Self) -> bool {
        (&self.call_id, &self.number, &self.method)
            == (&other.call_id, &other.number, &other.method)
    }
}

impl Beside {
    /// Takes the next message of the trace, and tells those of `kept` that are of its call.
    pub(super) fn see<'a>(
        &mut self,
        call_id: Vec<u8>,
        bytes: Vec<u8>,
        kept: impl Iterator<Item = &'a mut Seen>,
    ) {
        if call_id.is_empty() {
            return;
        }
        for seen in kept.filter(|seen| seen.key.call_id == call_id && seen.call.len() < OF_CALL) {
            seen.call.push(bytes.clone());
        }
        self.bytes += bytes.len();
        self.latest.push_back((call_id, bytes));
        while self.bytes > MOST {
            let first = self.latest.pop_front();
            self.bytes -= first.map_or(self.bytes, |(_, bytes)| bytes.len());
        }
    }

    /// Returns what came before of a call, no more than leaves room for what follows.
    pub(super) fn before(&self, call_id: &[u8]) -> Vec<Vec<u8>> {
        let own = self.latest.iter().filter(|(own, _)| own == call_id);
        let own: Vec<&Vec<u8>> = own.map(|(_, bytes)| bytes).collect();
        let first = own.len().saturating_sub(OF_CALL / 2);
        own[first..].iter().map(|bytes| (*bytes).clone()).collect()
    }

    /// Counts a success of an INVITE; returns how often it has come.
    pub(super) fn count(&mut self, key: &Key) -> usize {
        if self.successes.len() >= SUCCESSES {
            self.successes.clear();
        }
        let count = self.successes.entry(key.clone()).or_default();
        *count += 1;
        *count
    }
}
