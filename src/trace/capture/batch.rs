//! What packets carry that may be messages, put together for who tells of them.

use std::borrow::Cow;
use std::ops::Range;

use super::seen::Seen;
use super::sip;
use crate::message::Head;
use crate::trace::found::{Found, Origin, Transport};
use crate::trace::teller::Teller;

/// So many bytes are told of at once.
const FULL: usize = 256 * 1024;

#[derive(Debug, Default)]
pub(super) struct Batch {
    bytes: Vec<u8>,
    parts: Vec<Part>,
}

#[derive(Debug)]
struct Part {
    place: Range<usize>,
    by: Transport,
    seen: Seen,
}

impl Batch {
    /// Adds a message, or a datagram that may be one.
    pub(super) fn add(&mut self, bytes: &[u8], by: Transport, seen: &Seen) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        self.parts.push(Part {
            place: start..self.bytes.len(),
            by,
            seen: seen.clone(),
        });
    }

    pub(super) fn is_full(&self) -> bool {
        self.bytes.len() >= FULL
    }

    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.parts.clear();
    }

    /// Returns how many messages there are, and what is told of them.
    pub(super) fn told<T: Teller>(&self, teller: &T) -> (u64, T::Told) {
        let mut notes = T::Notes::default();
        let mut count = 0;
        for found in self.parts.iter().filter_map(|part| self.found(part)) {
            teller.note(&mut notes, &found);
            count += 1;
        }
        (count, teller.told(notes))
    }

    fn found(&self, part: &Part) -> Option<Found<'_>> {
        let bytes = &self.bytes[part.place.clone()];
        let (bytes, head) = match part.by {
            Transport::Udp => sip::datagram(bytes)?,
            // Its end was looked for already.
            Transport::Tcp | Transport::WebSocket => (bytes, Head::of(bytes)),
        };
        Some(Found {
            place: part.seen.place.clone(),
            bytes: Cow::Borrowed(bytes),
            head: Some(head),
            origin: Origin {
                transport: Some(part.by),
                ..part.seen.origin
            },
            before: Cow::Borrowed(&[]),
            line: None,
        })
    }
}
