//! Where the messages of each call stand, so that it is read again without what stands before, between and behind them. A
//! call is remembered by a few numbers, and its Call-ID by a digest.

use std::hash::BuildHasher;
use std::ops::Range;

use foldhash::quality::FixedState;

use super::clocks::Clocks;
use crate::calls::Names;
use crate::tally::Stamp;

/// What begins sooner behind the beginning of a block belongs to it.
const BLOCK: u64 = 64 * 1024;

/// Messages that stand one behind the other.
#[derive(Clone, Debug)]
struct Block {
    /// The number of its file.
    file: usize,
    /// Where its first message begins, and in which line or packet.
    at: u64,
    number: u64,
    /// What the times before it tell of its own.
    clocks: Clocks,
}

/// The blocks of a call: from the first to the last, but for those in the widest gap.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    first: u32,
    last: u32,
    /// The last before the gap and the first behind it.
    gap: (u32, u32),
    messages: u32,
}

/// Where the messages of all calls stand.
#[derive(Debug, Default)]
pub(super) struct Places {
    blocks: Vec<Block>,
    stretches: Vec<Stretch>,
    calls: Names<u32>,
    /// The number of the file that is read, and how many bytes of it stand before what is read.
    file: usize,
    before: u64,
    clocks: Clocks,
    /// When the last message of the file was, and the last of those before.
    last: Option<u64>,
    ends: Option<u64>,
    /// How many messages have no Call-ID, and so are of no call.
    pub(super) nameless: u64,
}

/// What is noted of the messages of a piece.
#[derive(Debug, Default)]
pub(super) struct Sights {
    /// The digests of their Call-IDs.
    pub(super) calls: Vec<u64>,
    /// Where the first begins, in which line or packet, and when it was.
    pub(super) first: Option<(u64, u64, Stamp)>,
    /// When the last was.
    pub(super) last: Stamp,
    /// How many have no Call-ID.
    pub(super) nameless: u64,
}

/// A part of a file that is read.
#[derive(Clone, Debug)]
pub(super) struct Slice {
    pub(super) place: Range<u64>,
    /// How much higher the number of its lines or packets is than where only slices are read.
    pub(super) more: u64,
    pub(super) clocks: Clocks,
}

/// What is to be read of a call.
#[derive(Clone, Debug)]
pub struct Plan {
    /// By the numbers of files, one behind the other.
    pub(super) slices: Vec<(usize, Vec<Slice>)>,
    /// How many messages it has.
    pub messages: usize,
    pub(super) ends: Option<u64>,
}

impl Plan {
    /// Returns what is to be read of the file with a number.
    pub(super) fn of(&self, file: usize) -> Option<&[Slice]> {
        let own = self.slices.iter().find(|(own, _)| *own == file);
        own.map(|(_, slices)| &slices[..])
    }
}

/// Returns the digest of a Call-ID.
pub(super) fn digest(call_id: &[u8]) -> u64 {
    FixedState::default().hash_one(call_id)
}

impl Places {
    /// Takes note that the file with a number is read now.
    pub(super) fn begin(&mut self, file: usize) {
        (self.file, self.before) = (file, 0);
    }

    /// Takes note that so many bytes of the file stand before what is read now.
    pub(super) fn go_on(&mut self, before: u64) {
        self.before = before;
    }

    /// Ends a file.
    pub(super) fn end(&mut self) {
        self.ends = self.ends.max(self.last.take());
    }

    /// Forgets where messages of the file stand: it is another one by now.
    pub(super) fn turn(&mut self) {
        let file = self.file;
        for block in self.blocks.iter_mut().filter(|block| block.file == file) {
            block.file = usize::MAX;
        }
    }

    /// Takes note of the messages of a piece.
    pub(super) fn note(&mut self, sights: &Sights) {
        self.nameless += sights.nameless;
        let Some((at, number, stamp)) = &sights.first else {
            return;
        };
        let at = self.before + at;
        let last = self.blocks.last();
        let goes_on = last.is_some_and(|last| last.file == self.file && at < last.at + BLOCK);
        if !goes_on {
            let clocks = self.clocks.clone();
            self.blocks.push(Block {
                file: self.file,
                at,
                number: *number,
                clocks,
            });
        }
        self.clocks.of(stamp);
        self.last = self.clocks.of(&sights.last).or(self.last);
        let block = u32::try_from(self.blocks.len() - 1).unwrap_or(u32::MAX);
        for call in &sights.calls {
            let new = u32::try_from(self.stretches.len()).unwrap_or(u32::MAX);
            let known = *self.calls.entry(*call).or_insert(new);
            match self.stretches.get_mut(known as usize) {
                Some(stretch) => stretch.add(block),
                None => self.stretches.push(Stretch {
                    first: block,
                    last: block,
                    gap: (block, block),
                    messages: 1,
                }),
            }
        }
    }

    /// Returns how many calls there are.
    pub(super) fn calls(&self) -> usize {
        self.calls.len()
    }

    /// Returns how many messages a call has, and the number of the last block with one.
    pub(super) fn of(&self, call: u64) -> Option<(u32, u32)> {
        let stretch = self.stretch(call)?;
        Some((stretch.messages, stretch.last))
    }

    fn stretch(&self, call: u64) -> Option<Stretch> {
        let at = *self.calls.get(&call)?;
        self.stretches.get(at as usize).copied()
    }

    /// Returns when the last message was, in microseconds.
    pub(super) fn ends(&self) -> Option<u64> {
        self.ends.max(self.last)
    }

    /// Returns what is to be read of a call; where files are read still, up to their ends.
    pub(super) fn plan(&self, call_id: &[u8], is_read: bool) -> Option<Plan> {
        let stretch = self.stretch(digest(call_id))?;
        let last = if is_read { stretch.last } else { u32::MAX };
        let gap = stretch.gap;
        let parts = if gap.1 > gap.0 + 2 {
            [(stretch.first, gap.0), (gap.1, last)]
        } else {
            [(stretch.first, last), (1, 0)]
        };
        let mut slices: Vec<(usize, Vec<Slice>)> = Vec::new();
        let mut file = usize::MAX;
        for (first, last) in parts {
            let to_last = self
                .blocks
                .iter()
                .enumerate()
                .take((last as usize).saturating_add(1));
            for (at, block) in to_last.skip(first as usize) {
                if block.file == usize::MAX {
                    return None;
                }
                if block.file != file {
                    file = block.file;
                    slices.push((file, self.head(file)));
                }
                if let Some((_, slices)) = slices.last_mut() {
                    self.add(slices, at);
                }
            }
        }
        Some(Plan {
            slices,
            messages: stretch.messages as usize,
            ends: self.ends().filter(|_| is_read),
        })
    }

    /// Returns what stands before the first message of a file: it tells how the rest is to be read.
    fn head(&self, file: usize) -> Vec<Slice> {
        let first = self.blocks.iter().find(|block| block.file == file);
        let head = |block: &Block| Slice {
            place: 0..block.at,
            more: 0,
            clocks: block.clocks.clone(),
        };
        first.into_iter().map(head).collect()
    }

    /// Adds a block to the slices of its file, with the one before it: what a message begins with may stand there.
    fn add(&self, slices: &mut Vec<Slice>, at: usize) {
        let file = self.blocks[at].file;
        let is_own = |block: &&Block| block.file == file;
        let before = at.checked_sub(1).and_then(|at| self.blocks.get(at));
        let from = before.filter(is_own).unwrap_or(&self.blocks[at]);
        let next = self.blocks.get(at + 1).filter(is_own);
        let end = next.map_or(u64::MAX, |next| next.at);
        if let Some(last) = slices.last_mut()
            && last.place.end >= from.at
        {
            last.place.end = end;
            // The head of a file is told of by its beginning.
            return;
        }
        // Lines and packets that are left out, up to here.
        let last_end = slices.last().map_or(0, |last| last.place.end);
        let left = self.blocks.iter().filter(is_own);
        let left = left.rev().find(|block| block.at <= last_end);
        let more = slices.last().map_or(0, |last| last.more);
        slices.push(Slice {
            place: from.at..end,
            more: more + from.number - left.map_or(from.number, |left| left.number),
            clocks: from.clocks.clone(),
        });
    }
}

impl Stretch {
    fn add(&mut self, block: u32) {
        if block > self.last {
            if block - self.last > self.gap.1 - self.gap.0 {
                self.gap = (self.last, block);
            }
            self.last = block;
        }
        self.messages = self.messages.saturating_add(1);
    }
}
