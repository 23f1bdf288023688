//! What packets carry that may be messages, put together for who tells of them.

use core::net::SocketAddr;
use std::borrow::Cow;
use std::mem;
use std::ops::Range;

use super::seen::Seen;
use super::sip;
use crate::trace::found::{Found, Transport};
use crate::trace::teller::Teller;

#[derive(Debug, Default)]
pub(super) struct Batch {
    /// Packets as they were captured.
    packets: Vec<u8>,
    /// What no packet carries as a whole.
    bytes: Vec<u8>,
    parts: Vec<Part>,
    /// So many of them are there: one that was used is written anew, since to put one behind the others takes longer.
    length: usize,
}

#[derive(Debug, Default)]
struct Part {
    /// Among the packets or apart from them.
    is_packet: bool,
    place: Range<usize>,
    by: Transport,
    seen: Seen,
}

/// How many messages there are, and how many begin as one that have too few header fields; where the first of these is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counted {
    pub(super) messages: u64,
    pub(super) uncounted: u64,
    pub(super) first: Option<u64>,
}

impl Batch {
    /// Adds a message, or a datagram that may be one.
    pub(super) fn add(&mut self, bytes: &[u8], by: Transport, seen: &Seen) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        let end = self.bytes.len();
        let part = self.part();
        part.is_packet = false;
        part.place = start..end;
        part.by = by;
        part.seen = seen.clone();
    }

    /// Adds what a datagram carries between two, which stands at a place among the packets.
    pub(super) fn datagram(
        &mut self,
        place: Range<usize>,
        seen: &Seen,
        from: SocketAddr,
        to: SocketAddr,
    ) {
        let part = self.part();
        part.is_packet = true;
        part.place = place;
        part.by = Transport::Udp;
        part.seen.place = seen.place.clone();
        let origin = &mut part.seen.origin;
        origin.from = Some(from);
        origin.to = Some(to);
        origin.frame = seen.origin.frame;
        origin.time = seen.origin.time;
        origin.transport = None;
        origin.is_cut = false;
    }

    /// Returns the next part, with what was in it before.
    #[inline]
    fn part(&mut self) -> &mut Part {
        if self.length == self.parts.len() {
            self.parts.push(Part::default());
        }
        self.length += 1;
        &mut self.parts[self.length - 1]
    }

    pub(super) fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Puts the packets beside what was met in them.
    pub(super) fn ends(&mut self, packets: Vec<u8>) {
        self.packets = packets;
    }

    /// Forgets all; returns the room of the packets.
    pub(super) fn clear(&mut self) -> Vec<u8> {
        self.bytes.clear();
        self.length = 0;
        mem::take(&mut self.packets)
    }

    /// Returns how many messages there are, and what is told of them.
    pub(super) fn told<T: Teller>(&self, teller: &T) -> (Counted, T::Told) {
        let mut notes = T::Notes::default();
        let mut counted = Counted::default();
        let mut found = Found::default();
        for part in self.parts.iter().take(self.length) {
            if self.finds(part, &mut found) {
                teller.note(&mut notes, &found);
                counted.messages += 1;
            } else if self.begins(part) {
                counted.uncounted += 1;
                counted.first.get_or_insert(part.seen.place.start);
            }
        }
        (counted, teller.told(notes))
    }

    fn bytes(&self, part: &Part) -> &[u8] {
        let all = if part.is_packet {
            &self.packets
        } else {
            &self.bytes
        };
        all.get(part.place.start..part.place.end)
            .unwrap_or_default()
    }

    /// Returns whether what is no message begins as one.
    fn begins(&self, part: &Part) -> bool {
        let bytes = self.bytes(part);
        sip::start_line(sip::without_ends(bytes)).is_some()
    }

    /// Looks for the message in a part, and puts it into `found`: to hand it on would take as long as to find it.
    fn finds<'a>(&'a self, part: &Part, found: &mut Found<'a>) -> bool {
        let bytes = self.bytes(part);
        let said = found.head.get_or_insert_default();
        let bytes = match part.by {
            Transport::Udp | Transport::Sctp => match sip::datagram(bytes, said) {
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
        found.origin.is_cut = origin.is_cut;
        true
    }
}
