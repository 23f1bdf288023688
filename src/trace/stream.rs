//! The messages of what is read block by block: the same as of the whole, however the reads fall.

use std::io::{ErrorKind, Read, Result};

use memchr::memchr_iter;

use super::finder::{BEFORE, Finder};
use super::found::{Found, Scan};
use super::read::REACH;

/// Read at a time. Behind each version as much is at hand as a message may reach, and before it as much as its line
/// and its label.
const BLOCK: usize = 1024 * 1024;
const AHEAD: usize = 2 * REACH;
const BEHIND: usize = 2 * BEFORE;

/// Reads a text to the end, and hands each message over.
pub(super) fn scan(
    mut input: impl Read,
    counts_lines: bool,
    each: &mut dyn FnMut(&Found<'_>),
) -> Result<Scan> {
    let mut scan = Scan::default();
    let mut finder = Finder::default();
    let mut lines = counts_lines.then(Lines::default);
    let mut text = vec![0; BLOCK + AHEAD + BEHIND];
    let mut filled = 0;
    loop {
        let read = fill(&mut input, &mut text[filled..])?;
        filled += read;
        scan.bytes += read as u64;
        let is_last = filled < text.len();
        let limit = if is_last { filled } else { filled - AHEAD };
        while let Some(mut found) = finder.next(&text[..filled], limit) {
            scan.messages += 1;
            let start = usize::try_from(found.place.start - finder.base).unwrap_or(filled);
            found.line = lines.as_mut().map(|lines| lines.upto(&text, start));
            each(&found);
        }
        if is_last {
            (scan.missed, scan.first_missed) = (finder.missed, finder.first_missed);
            return Ok(scan);
        }
        let done = finder.at.min(filled).saturating_sub(BEHIND);
        if let Some(lines) = &mut lines {
            lines.upto(&text, done);
            lines.counted -= done;
        }
        text.copy_within(done..filled, 0);
        filled -= done;
        finder.shift(done);
    }
}

/// How many lines have begun before a place.
#[derive(Default)]
struct Lines {
    ended: u64,
    counted: usize,
}

impl Lines {
    /// Returns the number of the line that holds a place of the text at hand, from 1 on.
    fn upto(&mut self, text: &[u8], place: usize) -> u64 {
        if let Some(new) = text.get(self.counted..place) {
            self.ended += memchr_iter(b'\n', new).count() as u64;
            self.counted = place;
        }
        self.ended + 1
    }
}

/// Reads until the block is full or the input at its end.
pub(super) fn fill(input: &mut impl Read, mut block: &mut [u8]) -> Result<usize> {
    let mut filled = 0;
    while !block.is_empty() {
        match input.read(block) {
            Ok(0) => break,
            Ok(read) => {
                filled += read;
                block = &mut block[read..];
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}
