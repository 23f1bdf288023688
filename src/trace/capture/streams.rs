//! TCP put together: each direction of a connection in its order, once, in bounded memory.

use core::net::SocketAddr;
use std::collections::HashMap;

use super::framer::Framer;
use super::seen::{Give, Seen};

/// So many directions are known at once.
const MOST: usize = 4096;
/// What all of them hold; the one that was idle for longest gives its part up first.
const HELD: usize = 4 * 1024 * 1024;
/// What one holds behind a gap: in bytes, segments and seconds.
const GAP: usize = 64 * 1024;
const SEGMENTS: usize = 32;
const PATIENCE: u64 = 10;
/// What is farther off is no segment of the same connection.
const FAR: u32 = 1024 * 1024;
/// After so many seconds no more is waited for; looked at once in so many packets.
const IDLE: u64 = 120;
const SWEEP: u64 = 4096;

/// A segment as it was captured.
#[derive(Debug)]
pub(super) struct Segment<'a> {
    pub(super) number: u32,
    pub(super) is_syn: bool,
    pub(super) bytes: &'a [u8],
    /// How many bytes more it had.
    pub(super) missing: usize,
    pub(super) seen: &'a Seen,
}

/// A segment that came before what stands before it.
#[derive(Debug)]
struct Held {
    number: u32,
    bytes: Vec<u8>,
    missing: usize,
    seen: Seen,
}

/// One direction of a connection.
#[derive(Debug, Default)]
struct Stream {
    framer: Framer,
    /// The number of its first byte, if its beginning was seen.
    first: Option<u32>,
    /// The number of the byte that comes next.
    next: Option<u32>,
    held: Vec<Held>,
    last: Seen,
}

type Key = (SocketAddr, SocketAddr);

#[derive(Debug, Default)]
pub(super) struct Streams {
    table: HashMap<Key, Stream>,
    size: usize,
    swept: u64,
}

impl Streams {
    /// Takes a segment; returns whether it is one of TLS.
    pub(super) fn add(&mut self, segment: &Segment<'_>, give: &mut Give<'_>) -> bool {
        let is_empty = segment.bytes.is_empty() && segment.missing == 0;
        let origin = &segment.seen.origin;
        let (Some(from), Some(to)) = (origin.from, origin.to) else {
            return false;
        };
        let key = (from, to);
        if is_empty && !segment.is_syn {
            return false;
        }
        if self.table.len() >= MOST && !self.table.contains_key(&key) {
            self.forget(give);
        }
        let stream = self.table.entry(key).or_default();
        let before = stream.size();
        stream.add(segment, give);
        let is_tls = stream.framer.is_tls() && !is_empty;
        self.size = (self.size + stream.size()).saturating_sub(before);
        if self.size > HELD {
            self.empty(|_| true, HELD / 2, give);
        } else if segment.seen.frame() >= self.swept + SWEEP {
            self.swept = segment.seen.frame();
            let is_idle = |stream: &Stream| segment.seen.seconds_after(&stream.last) > IDLE;
            self.empty(is_idle, 0, give);
        }
        is_tls
    }

    /// Takes what is left when no more comes.
    pub(super) fn end(&mut self, give: &mut Give<'_>) {
        self.empty(|_| true, 0, give);
    }

    /// Takes what streams hold, those first that were idle for longest, until no more than so many bytes are held.
    fn empty(&mut self, is_meant: impl Fn(&Stream) -> bool, size: usize, give: &mut Give<'_>) {
        let holding = self.table.values_mut();
        let mut holding: Vec<&mut Stream> = holding
            .filter(|stream| stream.size() > 0 && is_meant(stream))
            .collect();
        holding.sort_unstable_by_key(|stream| stream.last.frame());
        for stream in holding {
            if self.size <= size {
                break;
            }
            self.size = self.size.saturating_sub(stream.size());
            stream.end(give);
            self.size += stream.size();
        }
    }

    /// Forgets the quarter that was idle for longest.
    fn forget(&mut self, give: &mut Give<'_>) {
        let frames = self.table.values().map(|stream| stream.last.frame());
        let mut frames: Vec<u64> = frames.collect();
        frames.sort_unstable();
        let limit = frames.get(frames.len() / 4).copied().unwrap_or_default();
        self.empty(|stream| stream.last.frame() <= limit, 0, give);
        self.table.retain(|_, stream| stream.last.frame() > limit);
        self.size = self.table.values().map(Stream::size).sum();
    }
}

impl Stream {
    fn add(&mut self, segment: &Segment<'_>, give: &mut Give<'_>) {
        let mut number = segment.number;
        if segment.is_syn {
            number = number.wrapping_add(1);
            // The same beginning again is a repetition, another one a connection of the same ports.
            if self.first != Some(number) {
                self.end(give);
                *self = Self {
                    first: Some(number),
                    next: Some(number),
                    ..Self::default()
                };
            }
        }
        self.last = segment.seen.clone();
        if self.framer.is_done() {
            return;
        }
        let next = match self.next {
            Some(next) => next,
            None if self.held.is_empty() && !Framer::knows(segment.bytes) => {
                // In the middle of something: what stands before it may be the next to come.
                return self.hold(number, segment);
            }
            None => {
                let earlier = self.held.iter().map(|held| held.number);
                let earlier = earlier.filter(|held| distance(*held, number) < 0);
                earlier
                    .min_by_key(|held| distance(*held, number))
                    .unwrap_or(number)
            }
        };
        self.next = Some(next);
        let ahead = distance(number, next);
        if ahead.unsigned_abs() > FAR {
            self.end(give);
            self.next = Some(number);
        } else if ahead > 0 {
            self.hold(number, segment);
            self.drain(give);
            if self.is_impatient(segment.seen) {
                self.jump(give);
            }
            return;
        }
        self.take(number, segment.bytes, segment.missing, segment.seen, give);
        self.drain(give);
    }

    /// Takes a segment of which nothing is before its turn, without what came already.
    fn take(
        &mut self,
        number: u32,
        bytes: &[u8],
        missing: usize,
        seen: &Seen,
        give: &mut Give<'_>,
    ) {
        let next = self.next.unwrap_or(number);
        let known = distance(next, number).max(0).unsigned_abs() as usize;
        let Some(more) = (bytes.len() + missing).checked_sub(known) else {
            return;
        };
        let give = &mut |bytes: &[u8], by| give(bytes, by, seen);
        let fresh = bytes.get(known..).unwrap_or_default();
        self.framer.feed(fresh, give);
        if more > fresh.len() {
            self.framer.lost(more - fresh.len(), give);
        }
        // Numbers go round.
        #[expect(clippy::cast_possible_truncation, reason = "no segment is longer")]
        let more = more as u32;
        self.next = Some(next.wrapping_add(more));
    }

    fn hold(&mut self, number: u32, segment: &Segment<'_>) {
        let length = segment.bytes.len();
        let is_known = |held: &Held| held.number == number && held.bytes.len() >= length;
        if !self.held.iter().any(is_known) {
            self.held.push(Held {
                number,
                bytes: segment.bytes.to_vec(),
                missing: segment.missing,
                seen: segment.seen.clone(),
            });
        }
    }

    /// Takes what was held and is now in its turn.
    fn drain(&mut self, give: &mut Give<'_>) {
        while let Some(next) = self.next
            && let Some(at) = self.first_held(next)
            && distance(self.held[at].number, next) <= 0
        {
            let held = self.held.swap_remove(at);
            self.take(held.number, &held.bytes, held.missing, &held.seen, give);
        }
        if self.held.is_empty() {
            self.held = Vec::new();
        }
    }

    /// Gives up what is missing before the first segment that is held.
    fn jump(&mut self, give: &mut Give<'_>) {
        let next = match self.next {
            Some(next) => next,
            None => self.held.first().map_or(0, |held| held.number),
        };
        let Some(at) = self.first_held(next) else {
            return;
        };
        let number = self.held[at].number;
        if self.next.is_some() {
            let gap = distance(number, next).max(0).unsigned_abs() as usize;
            let seen = &self.last;
            self.framer
                .lost(gap, &mut |bytes, by| give(bytes, by, seen));
        }
        self.next = Some(number);
        self.drain(give);
    }

    fn first_held(&self, next: u32) -> Option<usize> {
        let held = self.held.iter().enumerate();
        let first = held.min_by_key(|(_, held)| distance(held.number, next));
        first.map(|(at, _)| at)
    }

    /// Returns whether what is missing will hardly come any more.
    fn is_impatient(&self, seen: &Seen) -> bool {
        let bytes: usize = self.held.iter().map(|held| held.bytes.len()).sum();
        let waits = self.held.first();
        bytes > GAP
            || self.held.len() > SEGMENTS
            || waits.is_some_and(|held| seen.seconds_after(&held.seen) > PATIENCE)
    }

    /// Takes all that is there, with what is missing left out.
    fn end(&mut self, give: &mut Give<'_>) {
        while !self.held.is_empty() {
            self.jump(give);
        }
        let seen = &self.last;
        self.framer
            .lost(usize::MAX, &mut |bytes, by| give(bytes, by, seen));
    }

    fn size(&self) -> usize {
        let held = self.held.iter();
        let held: usize = held
            .map(|held| size_of::<Held>() + held.bytes.capacity())
            .sum();
        self.framer.size() + held
    }
}

/// Returns how far a number stands behind another one: they go round.
fn distance(number: u32, from: u32) -> i32 {
    number.wrapping_sub(from).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A packet of one of many callers.
    fn seen(caller: u32, frame: u64) -> Seen {
        let mut seen = Seen::default();
        seen.origin.frame = Some(frame);
        seen.between((caller.to_be_bytes().into(), 5060), ([127; 4].into(), 5060))
    }

    #[test]
    fn more_streams_than_are_known_at_once_lose_nothing_and_are_bounded() {
        let text = b"SIP/2.0 200 OK\r\nVia: a\r\nTo: b\r\nl: 60000\r\n\r\n";
        let text = [&text[..], &[b'x'; 1400]].concat();
        let mut streams = Streams::default();
        let mut given = Vec::new();
        let mut give = |_: &[u8], _, seen: &Seen| given.push(seen.frame());
        let count = 3 * MOST as u64;
        for frame in 1..=count {
            let caller = u32::try_from(frame).expect("few");
            let segment = Segment {
                number: 7,
                is_syn: false,
                bytes: &text,
                missing: 0,
                seen: &seen(caller, frame),
            };
            streams.add(&segment, &mut give);
            assert!(streams.size <= HELD && streams.table.len() <= MOST);
            let held: usize = streams.table.values().map(Stream::size).sum();
            assert!(frame % 1000 > 0 || held == streams.size);
        }
        streams.end(&mut give);
        let all: Vec<u64> = (1..=count).collect();
        assert_eq!(given, all);
    }
}
