//! What packets carry that may be messages, put together for who tells of them.

use core::net::SocketAddr;
use std::borrow::Cow;
use std::ops::Range;

use super::seen::Seen;
use super::sip;
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

    /// Adds what a datagram carries between two.
    pub(super) fn datagram(&mut self, bytes: &[u8], seen: &Seen, from: SocketAddr, to: SocketAddr) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        self.parts.push(Part {
            place: start..self.bytes.len(),
            by: Transport::Udp,
            seen: Seen {
                place: seen.place.clone(),
                origin: Origin {
                    from: Some(from),
                    to: Some(to),
                    frame: seen.origin.frame,
                    time: seen.origin.time,
                    transport: None,
                },
            },
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
        let mut found = Found::default();
        for part in &self.parts {
            if self.finds(part, &mut found) {
                teller.note(&mut notes, &found);
                count += 1;
            }
        }
        (count, teller.told(notes))
    }

    /// Looks for the message in a part, and puts it into `found`: to hand it on would take as long as to find it.
    fn finds<'a>(&'a self, part: &Part, found: &mut Found<'a>) -> bool {
        let bytes = &self.bytes[part.place.clone()];
        let said = found.head.get_or_insert_default();
        let bytes = match part.by {
            Transport::Udp => match sip::datagram(bytes, said) {
                Some(bytes) => bytes,
                None => return false,
            },
            // Its end was looked for already.
            Transport::Tcp | Transport::WebSocket => {
                said.fill(bytes);
                bytes
            }
        };
        let Seen { place, origin } = &part.seen;
        found.place = place.clone();
        found.bytes = Cow::Borrowed(bytes);
        // One by one, since all together are long.
        found.origin.frame = origin.frame;
        found.origin.time = origin.time;
        found.origin.from = origin.from;
        found.origin.to = origin.to;
        found.origin.transport = Some(part.by);
        true
    }
}
