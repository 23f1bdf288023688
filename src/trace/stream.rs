//! The messages of what is read block by block: the same as of the whole, however the reads fall, and whoever reads the
//! blocks.

use std::io::{Error, ErrorKind, Read, Result};
use std::mem;
use std::vec::IntoIter;

use memchr::memchr_iter;

use super::finder::{Finder, Missed, State};
use super::found::{Found, Scan};
use super::needle::BEFORE;
use super::pause::is_pause;
use super::read::REACH;
use super::readers;
use super::teller::Teller;

/// Versions are looked for in so many bytes at a time. Behind each as much is at hand as a message may reach, and before
/// it as much as its line and its label.
const BLOCK: usize = 1024 * 1024;
/// The first is short: a message that was pasted needs no more room.
const FIRST: usize = 64 * 1024;
const AHEAD: usize = REACH + BEFORE;
const BEHIND: usize = 2 * BEFORE;
/// Two who read the same find the same soon, or not at all: once they know the same prints.
const EARLY: usize = 16;

/// Reads a text to the end; takes what is told of its messages, in order.
pub(super) fn scan<T: Teller>(
    input: &mut (dyn Read + Send),
    counts_lines: bool,
    teller: &T,
    take: &mut (dyn FnMut(T::Told) + Send),
) -> Result<Scan> {
    let mut blocks = Blocks::new(input, counts_lines);
    let mut taker = Taker {
        finder: Finder::default(),
        scan: Scan::default(),
        teller,
        take,
    };
    readers::in_order(
        |done: Option<Block>| blocks.next(done.map_or_else(Vec::new, |block| block.text)),
        |block| Part::of(block, teller),
        |block, part| taker.block(block, part),
    );
    match blocks.error {
        Some(error) => Err(error),
        None => Ok(Scan {
            bytes: blocks.read,
            ..taker.scan
        }),
    }
}

/// A part of the text: versions are looked for from `start` to `limit`.
struct Block {
    text: Vec<u8>,
    /// Where it begins in the whole.
    base: u64,
    start: usize,
    limit: usize,
    /// How many lines ended before it, if lines are counted.
    lines: Option<u64>,
}

/// The blocks of an input.
struct Blocks<'a> {
    input: &'a mut (dyn Read + Send),
    /// The next block: it begins with so many bytes that it has in common with the one before.
    ahead: Vec<u8>,
    common: usize,
    base: u64,
    start: usize,
    lines: Option<u64>,
    read: u64,
    is_ended: bool,
    error: Option<Error>,
}

impl<'a> Blocks<'a> {
    fn new(input: &'a mut (dyn Read + Send), counts_lines: bool) -> Self {
        Self {
            input,
            ahead: Vec::new(),
            common: 0,
            base: 0,
            start: 0,
            lines: counts_lines.then_some(0),
            read: 0,
            is_ended: false,
            error: None,
        }
    }

    /// Returns the next block; the one behind it takes the room of one that is done. What breaks off is the last.
    fn next(&mut self, done: Vec<u8>) -> Option<Block> {
        if self.is_ended {
            return None;
        }
        let mut text = mem::replace(&mut self.ahead, done);
        let is_first = self.base == 0 && self.start == 0;
        let length = if is_first { FIRST } else { BLOCK };
        if is_first {
            text = vec![0; length + AHEAD];
        }
        let (read, error) = fill(self.input, &mut text[self.common..]);
        let end = self.common + read;
        self.error = error;
        self.read += read as u64;
        self.is_ended = end < text.len();
        text.truncate(end);
        let limit = if self.is_ended {
            text.len()
        } else {
            self.start + length
        };
        let block = Block {
            base: self.base,
            start: self.start,
            limit,
            lines: self.lines,
            text,
        };
        if !self.is_ended {
            self.keep(&block);
        }
        Some(block)
    }

    /// Keeps what the next block has in common with one.
    fn keep(&mut self, block: &Block) {
        let done = block.limit.saturating_sub(BEHIND);
        if let Some(lines) = &mut self.lines {
            *lines += line_ends(&block.text[..done]);
        }
        let common = &block.text[done..];
        self.common = common.len();
        self.base += done as u64;
        self.start = block.limit - done;
        let room = self.start + BLOCK + AHEAD;
        if self.ahead.len() < room {
            self.ahead = vec![0; room];
        }
        self.ahead.truncate(room);
        self.ahead[..common.len()].copy_from_slice(common);
    }
}

/// What was found in a block by who does not know what stands before it.
struct Part<T: Teller> {
    /// What was known behind each of the first messages. Nothing is told of these: who takes what is told reads them.
    early: Vec<State>,
    /// What is told of the others, and how many they are.
    rest: T::Told,
    others: u64,
    finder: Finder,
}

impl<T: Teller> Part<T> {
    fn of(block: &Block, teller: &T) -> Self {
        let mut finder = Finder::default();
        let mut early = Vec::new();
        let mut rest = T::Notes::default();
        let mut others = 0;
        let mut lines = block.lines.map(Lines::after);
        finder.begin(block.base, block.start);
        let mut found = Found::default();
        while finder.next(&block.text, block.limit, &mut found) {
            found.line = lines.as_mut().map(|lines| lines.of(&found, block));
            if early.len() < EARLY {
                early.push(finder.state(&found));
            } else {
                teller.note(&mut rest, &found);
                others += 1;
            }
        }
        Self {
            early,
            rest: teller.told(rest),
            others,
            finder,
        }
    }
}

/// Who takes what is told, in order.
struct Taker<'a, T: Teller> {
    finder: Finder,
    scan: Scan,
    teller: &'a T,
    take: &'a mut (dyn FnMut(T::Told) + Send),
}

impl<T: Teller> Taker<'_, T> {
    /// Takes what is told of the messages of a block. What was found without knowing what stands before counts from
    /// where both have found the same: nothing of what was before makes a difference any longer.
    fn block(&mut self, block: &Block, part: Part<T>) {
        self.finder.begin(block.base, block.start);
        let mut early = part.early.into_iter();
        let mut notes = T::Notes::default();
        let mut lines = block.lines.map(Lines::after);
        let mut meets = self.finder.is_new(block.start);
        let mut found = Found::default();
        while !(meets && early.as_slice().is_empty())
            && self.finder.next(&block.text, block.limit, &mut found)
        {
            found.line = lines.as_mut().map(|lines| lines.of(&found, block));
            self.scan.messages += 1;
            if meets {
                early.next();
            } else {
                meets = met(&mut early, &self.finder.state(&found));
            }
            self.teller.note(&mut notes, &found);
        }
        (self.take)(self.teller.told(notes));
        self.missed(0);
        if meets {
            let from = self.finder.place();
            self.finder = part.finder;
            self.missed(from);
            self.scan.messages += part.others;
            (self.take)(part.rest);
        }
        self.finder.leave(&block.text);
    }

    /// Counts what was not understood from a place on.
    fn missed(&mut self, from: u64) {
        let missed = mem::take(&mut self.finder.missed);
        for Missed { place, is_long } in missed.into_iter().filter(|missed| missed.place >= from) {
            self.scan.missed += 1;
            self.scan.first_missed.get_or_insert(place);
            if is_long {
                self.scan.uncounted += 1;
                self.scan.first_uncounted.get_or_insert(place);
            }
        }
    }
}

/// Leaves out what was known up to a state; returns whether that is among it.
fn met(early: &mut IntoIter<State>, state: &State) -> bool {
    while let Some(theirs) = early.as_slice().first()
        && theirs.at <= state.at
    {
        let is_it = theirs == state;
        early.next();
        if is_it {
            return true;
        }
    }
    false
}

/// How many lines have begun before a place of a block.
struct Lines {
    ended: u64,
    counted: usize,
}

impl Lines {
    fn after(ended: u64) -> Self {
        Self { ended, counted: 0 }
    }

    /// Returns the number of the line in which a message begins, from 1 on.
    fn of(&mut self, found: &Found<'_>, block: &Block) -> u64 {
        let place = usize::try_from(found.place.start - block.base).unwrap_or(block.text.len());
        if let Some(new) = block.text.get(self.counted..place) {
            self.ended += line_ends(new);
            self.counted = place;
        }
        self.ended + 1
    }
}

fn line_ends(text: &[u8]) -> u64 {
    memchr_iter(b'\n', text).count() as u64
}

/// Reads until the block is full or the input at its end, or broken.
pub(super) fn fill(input: &mut dyn Read, block: &mut [u8]) -> (usize, Option<Error>) {
    fill_least(input, block, usize::MAX)
}

/// Does the same as long as there is no pause, where so many bytes are enough.
pub(super) fn fill_least(
    input: &mut dyn Read,
    mut block: &mut [u8],
    least: usize,
) -> (usize, Option<Error>) {
    let mut filled = 0;
    while !block.is_empty() {
        match input.read(block) {
            Ok(0) => break,
            Ok(read) => {
                filled += read;
                block = &mut block[read..];
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if is_pause(&error) && filled < least => {}
            Err(error) => return (filled, Some(error)),
        }
    }
    (filled, None)
}
