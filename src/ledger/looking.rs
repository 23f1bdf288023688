//! All calls of a trace, read once more and handed over one by one, each as soon as its last message was read. The messages
//! of calls that are not ended yet are kept as long as there is room; calls without room wait for the next round.

use std::io::{Read, Result};

use super::clocks::Clocks;
use super::places::digest;
use super::recorded::{MOST, Seen, is_part, read, recorded, timed};
use super::times::{stamp, time};
use crate::calls::{Names, Recorded};
use crate::message::Head;
use crate::tally::{Known, Time};
use crate::trace::{Found, Scan};

/// So many bytes of messages are kept.
const ROOM: usize = 24 << 20;

/// A call that is not ended yet.
#[derive(Debug, Default)]
struct Open {
    messages: Vec<Recorded>,
    size: usize,
    seen: u32,
    /// In which block its last message is.
    last: u32,
}

/// Calls that are looked at.
#[derive(Debug, Default)]
pub struct Looking {
    /// The digests of the only calls that this round is for, if it is not for all.
    only: Option<Known>,
    later: Known,
    places: Names<u32>,
    open: Vec<Open>,
    free: Vec<u32>,
    size: usize,
    clocks: Clocks,
    /// How many calls were handed over, and how many when the round began.
    pub calls: usize,
    before: usize,
}

/// Who takes a call: its Call-ID, how many were taken before, and its messages.
type Take<'a> = dyn FnMut(&str, usize, &[Recorded]) + Send + 'a;

impl Looking {
    /// Looks at calls with these Call-IDs only.
    pub fn only<'a>(call_ids: impl Iterator<Item = &'a str>) -> Self {
        Self {
            only: Some(call_ids.map(|id| digest(id.as_bytes())).collect()),
            ..Self::default()
        }
    }

    /// Returns a time behind all that was read, in microseconds as they are told in it.
    pub fn micros(&mut self, time: &Time) -> Option<u64> {
        self.clocks.micros(time).map(|(micros, _)| micros)
    }

    /// Reads an input; `of` tells how many messages a call has in all, and in which block its last one is.
    pub fn read(
        &mut self,
        input: Box<dyn Read + Send + '_>,
        name: &str,
        of: &(dyn Fn(u64) -> Option<(u32, u32)> + Sync),
        take: &mut Take<'_>,
    ) -> Result<Scan> {
        let only = self.only.take();
        let tell = |found: &Found<'_>| {
            let head = found.head();
            let call = digest(head.call_id);
            let is_own = only.as_ref().is_none_or(|only| only.contains(&call));
            let is_own = is_own && !head.call_id.is_empty() && !is_part(&found.before);
            is_own.then(|| Seen {
                call,
                stamp: stamp(found),
                own: Some(recorded(found, name, 0)),
            })
        };
        let scan = read(input, &tell, &mut |seen| {
            let Seen { call, stamp, own } = seen;
            let Some(own) = own else { return };
            let own = timed(own, time(&stamp), &mut self.clocks);
            if !self.later.contains(&call)
                && let Some((messages, last)) = of(call)
            {
                self.add(call, own, last);
                self.pass_whole(call, messages, take);
                if self.size > ROOM {
                    self.put_off();
                }
            }
        });
        self.only = only;
        scan
    }

    fn add(&mut self, call: u64, own: Recorded, last: u32) {
        let at = *self.places.entry(call).or_insert_with(|| {
            self.free.pop().unwrap_or_else(|| {
                self.open.push(Open::default());
                u32::try_from(self.open.len() - 1).unwrap_or(u32::MAX)
            })
        });
        let open = &mut self.open[at as usize];
        open.last = last;
        open.seen += 1;
        if open.messages.len() < MOST {
            let size = own.bytes.len() + size_of::<Recorded>();
            open.size += size;
            self.size += size;
            open.messages.push(own);
        }
    }

    /// Hands over a call that has so many messages, once they are all there.
    fn pass_whole(&mut self, call: u64, messages: u32, take: &mut Take<'_>) {
        let is_whole = |at: &u32| self.open[*at as usize].seen >= messages;
        if self.places.get(&call).is_some_and(is_whole) {
            self.pass(call, take);
        }
    }

    fn pass(&mut self, call: u64, take: &mut Take<'_>) {
        let messages = self.forget(call);
        if let Some(first) = messages.first() {
            let call_id = String::from_utf8_lossy(Head::of(&first.bytes).call_id).into_owned();
            take(&call_id, self.calls, &messages);
            self.calls += 1;
        }
    }

    /// Returns the messages of a call, which are kept no longer.
    fn forget(&mut self, call: u64) -> Vec<Recorded> {
        let Some(at) = self.places.remove(&call) else {
            return Vec::new();
        };
        self.free.push(at);
        let open = std::mem::take(&mut self.open[at as usize]);
        self.size -= open.size;
        open.messages
    }

    /// Puts off the calls that would need room for longest.
    fn put_off(&mut self) {
        while self.size > ROOM / 2 {
            let open = self.places.values().map(|at| self.open[*at as usize].last);
            let ends = open.clone().max().zip(open.min());
            let Some((latest, first)) = ends else { return };
            let from = latest - (latest - first) / 2;
            let late = |at: u32| self.open[at as usize].last >= from;
            let mut calls = Vec::new();
            for (call, at) in &self.places {
                if late(*at) {
                    calls.push(*call);
                }
            }
            for call in calls {
                self.forget(call);
                self.later.insert(call);
            }
        }
    }

    /// Ends a round: what is there by now is whole, unless reading was broken off. Returns whether another round is of use.
    pub fn end(&mut self, is_whole: bool, take: &mut Take<'_>) -> bool {
        while let Some(call) = self.places.keys().next().copied() {
            if is_whole {
                self.pass(call, take);
            } else {
                self.forget(call);
            }
        }
        let later = std::mem::take(&mut self.later);
        let goes_on = is_whole && !later.is_empty() && self.calls > self.before;
        self.before = self.calls;
        self.only = Some(later);
        self.clocks = Clocks::default();
        goes_on
    }
}
