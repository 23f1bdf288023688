//! What stands beside a message in the same trace: the request that it answers, and what came after a challenge.

use std::collections::VecDeque;

use super::picking::Seen;
use crate::message::{Field, Head, Start, fields};

/// So many bytes of requests are kept, the latest ones.
const MOST: usize = 4 * 1024 * 1024;

/// What names a transaction here: Call-ID, number and method.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Key {
    call_id: Vec<u8>,
    number: Vec<u8>,
    method: Vec<u8>,
}

/// What a message is to others of its call.
#[derive(Clone, Debug)]
pub(super) enum Part {
    /// A request, its bytes, and whether it has credentials.
    Request(Vec<u8>, bool),
    Final(u16),
    Other,
}

/// A repetition of a request with credentials: its number, and the final response to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Again {
    pub(super) number: String,
    pub(super) code: Option<u16>,
}

/// The requests that were seen last.
#[derive(Default)]
pub(super) struct Beside {
    requests: VecDeque<(Key, Vec<u8>)>,
    bytes: usize,
}

impl Key {
    pub(super) fn of(head: &Head<'_>) -> Self {
        Self {
            call_id: head.call_id.to_vec(),
            number: head.number.to_vec(),
            method: head.method.to_vec(),
        }
    }

    fn is_named(&self) -> bool {
        !self.call_id.is_empty() && !self.method.is_empty()
    }

    fn number(&self) -> Option<u64> {
        str::from_utf8(&self.number).ok()?.parse().ok()
    }
}

impl Part {
    pub(super) fn of(head: &Head<'_>, bytes: &[u8]) -> Self {
        match head.start {
            Some(Start::Request { method, .. }) if method != b"ACK" => {
                let is_it = |field: &Field<'_>| {
                    field.is("Authorization") || field.is("Proxy-Authorization")
                };
                Self::Request(bytes.to_vec(), fields(bytes).any(|field| is_it(&field)))
            }
            Some(Start::Status {
                code: code @ 200.., ..
            }) => Self::Final(code),
            _ => Self::Other,
        }
    }
}

impl Beside {
    /// Takes the next message of the trace; tells those of `kept` that wait for it.
    pub(super) fn see<'a>(
        &mut self,
        key: &Key,
        part: Part,
        kept: impl Iterator<Item = &'a mut Seen>,
    ) {
        if !key.is_named() {
            return;
        }
        for seen in kept.filter(|seen| seen.key.call_id == key.call_id) {
            tell(seen, key, &part);
        }
        if let Part::Request(bytes, _) = part {
            self.bytes += bytes.len();
            self.requests.push_back((key.clone(), bytes));
            while self.bytes > MOST {
                let first = self.requests.pop_front();
                self.bytes -= first.map_or(self.bytes, |(_, bytes)| bytes.len());
            }
        }
    }

    /// Returns the request that a message answers.
    pub(super) fn request(&self, key: &Key) -> Option<Vec<u8>> {
        let mut requests = self.requests.iter().rev().filter(|_| key.is_named());
        let request = requests.find(|(own, _)| own == key);
        request.map(|(_, bytes)| bytes.clone())
    }
}

/// Tells a message what came after it.
fn tell(seen: &mut Seen, key: &Key, part: &Part) {
    if seen.key.method != key.method {
        return;
    }
    match (part, &mut seen.again) {
        (Part::Request(_, true), None) if key.number() > seen.key.number() => {
            seen.again = Some(Again {
                number: String::from_utf8_lossy(&key.number).into_owned(),
                code: None,
            });
        }
        (Part::Final(code), Some(again)) if again.number.as_bytes() == key.number => {
            again.code = Some(*code);
        }
        _ => {}
    }
}
