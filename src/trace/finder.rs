//! The messages of a text, one after the other.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::ops::Range;

use memchr::{memchr, memrchr};

use super::found::{Found, Origin};
use super::frame::Frame;
use super::needle::{NEEDLE, VERSION, candidate};
use super::read::{REACH, Reading, read};
use super::unfold::{folding, unfold};

/// How far before a version its line may begin.
pub(super) const BEFORE: usize = 8 * 1024;
/// A second print of a message stands no farther behind the first.
const NEAR: usize = 64 * 1024;

/// What is known between two messages.
#[derive(Debug, Default)]
pub(super) struct Finder {
    /// Where the text at hand begins in the whole.
    base: u64,
    /// Where to go on in the text at hand.
    at: usize,
    /// Before this place all is read.
    floor: usize,
    /// What was folded into a line that is read, and the place of that line.
    folded: VecDeque<(Range<usize>, Found<'static>)>,
    last: Print,
    /// Where something looks like a start line and is none.
    pub(super) missed: Vec<u64>,
}

/// All that decides what is found next, in the same text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct State {
    pub(super) at: u64,
    /// Where the message begins that was found last.
    start: u64,
    /// How many more stand in the line that is read.
    folded: usize,
    /// Where the message is that may be printed once more: its line, its beginning, and its end.
    last: Option<[u64; 3]>,
}

/// How a message was printed.
#[derive(Debug, Default)]
struct Print {
    line: u64,
    start: u64,
    end: u64,
    head: Kept,
    frame: Frame,
}

/// The head of a message.
#[derive(Debug)]
enum Kept {
    /// In the text at hand.
    There(Range<usize>),
    Copied(Vec<u8>),
}

impl Default for Kept {
    fn default() -> Self {
        Self::Copied(Vec::new())
    }
}

impl Finder {
    /// Returns the next message whose version stands before `limit`.
    pub(super) fn next<'a>(&mut self, text: &'a [u8], limit: usize) -> Option<Found<'a>> {
        loop {
            if let Some((place, found)) = self.folded.pop_front() {
                let place = self.whole(&place);
                return Some(Found { place, ..found });
            }
            let rest = text.get(self.at..)?;
            let hit = VERSION.find(rest).map(|hit| self.at + hit);
            let Some(hit) = hit.filter(|hit| *hit < limit) else {
                self.at = self.at.max(limit.min(text.len()));
                return None;
            };
            self.at = hit + NEEDLE.len();
            let from = self.floor.max(hit.saturating_sub(BEFORE));
            let Some(candidate) = candidate(text, hit, from) else {
                continue;
            };
            let line = memrchr(b'\n', &text[from..candidate.start]);
            let line = line.map_or(from, |end| from + end + 1);
            let end = text.len().min(candidate.version + REACH);
            let end = memchr(b'\n', &text[candidate.version..end])
                .map_or(end, |length| candidate.version + length);
            if let Some(folding) = folding(&text[line..end], candidate.version - line) {
                self.unfold(&unfold(&text[line..end], folding), line..end);
                continue;
            }
            let Some(reading) = read(text, line, candidate.start) else {
                self.missed.push(self.base + candidate.start as u64);
                continue;
            };
            let before = self.floor.max(candidate.start.saturating_sub(BEFORE));
            let before = Cow::Borrowed(&text[before..candidate.start]);
            let place = candidate.start..reading.end;
            self.at = self.at.max(reading.end);
            self.floor = self.at;
            if !self.is_print(text, line..place.start, &reading) {
                return Some(Found {
                    place: self.whole(&place),
                    head: reading.said,
                    bytes: reading.bytes,
                    origin: Origin::default(),
                    before,
                    line: None,
                });
            }
        }
    }

    /// Goes on in a text that begins at a place of the whole, and looks for no version before `start`.
    pub(super) fn begin(&mut self, base: u64, start: usize) {
        let gone = usize::try_from(base - self.base).unwrap_or(usize::MAX);
        self.base = base;
        self.at = self.at.saturating_sub(gone).max(start);
        self.floor = self.floor.saturating_sub(gone);
    }

    /// Keeps what is asked of a text that will not be at hand any longer.
    pub(super) fn leave(&mut self, text: &[u8]) {
        if let Kept::There(head) = &self.last.head {
            self.last.head = Kept::Copied(text[head.clone()].to_vec());
        }
    }

    /// Returns where to go on in the whole.
    pub(super) fn place(&self) -> u64 {
        self.base + self.at as u64
    }

    /// Returns whether one that knows nothing finds the same from `start` on.
    pub(super) fn is_new(&self, start: usize) -> bool {
        self.at == start && self.floor + BEFORE <= start && self.last().is_none()
    }

    pub(super) fn state(&self, found: &Found<'_>) -> State {
        State {
            at: self.place(),
            start: found.place.start,
            folded: self.folded.len(),
            last: self.last(),
        }
    }

    /// Returns where the last message is, if it may be printed once more.
    fn last(&self) -> Option<[u64; 3]> {
        let Print {
            line, start, end, ..
        } = self.last;
        let is_near = end > 0 && end + NEAR as u64 > self.place();
        is_near.then_some([line, start, end])
    }

    fn unfold(&mut self, text: &[u8], line: Range<usize>) {
        self.at = line.end.max(self.at);
        self.floor = self.at;
        for found in messages(text) {
            let found = Found {
                head: None,
                bytes: Cow::Owned(found.bytes.into_owned()),
                before: Cow::Owned(found.before.into_owned()),
                ..found
            };
            self.folded.push_back((line.clone(), found));
        }
    }

    /// Returns a place of the text at hand in the whole.
    fn whole(&self, place: &Range<usize>) -> Range<u64> {
        self.base + place.start as u64..self.base + place.end as u64
    }

    /// Returns whether the message is printed a second time: framed otherwise, with no time between the two.
    fn is_print(&mut self, text: &[u8], before: Range<usize>, reading: &Reading<'_>) -> bool {
        let at = before.end;
        let start = self.base + at as u64;
        let head = &reading.bytes[..reading.head];
        let last = &mut self.last;
        // Two bare ones, as most are, need no comparison.
        let is_bare = last.frame.is_bare() && reading.frame.is_bare();
        let is_otherwise = !is_bare && last.frame != reading.frame;
        if is_otherwise && start.saturating_sub(last.end) < NEAR as u64 {
            let known = match &last.head {
                Kept::There(head) => &text[head.clone()],
                Kept::Copied(head) => head,
            };
            let distance = usize::try_from(start - last.end).unwrap_or(0);
            if plain(head).eq(plain(known)) && !has_time(&text[at.saturating_sub(distance)..at]) {
                return true;
            }
        }
        (last.line, last.start) = (self.base + before.start as u64, start);
        last.end = self.base + reading.end as u64;
        last.head = match reading.bytes {
            Cow::Borrowed(_) => Kept::There(at..at + reading.head),
            Cow::Owned(_) => Kept::Copied(head.to_vec()),
        };
        if is_otherwise {
            last.frame.clone_from(&reading.frame);
        }
        false
    }
}

/// Returns the bytes of a head without carriage returns.
fn plain(head: &[u8]) -> impl Iterator<Item = &u8> {
    head.iter().filter(|byte| **byte != b'\r')
}

/// Returns whether a time of day stands in a text.
fn has_time(text: &[u8]) -> bool {
    text.windows(8).any(|time| {
        time[2] == b':'
            && time[5] == b':'
            && [0, 1, 3, 4, 6, 7]
                .iter()
                .all(|at| time[*at].is_ascii_digit())
    })
}

/// The messages of a text that is at hand as a whole.
#[derive(Debug)]
pub struct Messages<'a> {
    text: &'a [u8],
    finder: Finder,
}

/// Returns the messages of a text, whatever stands around them.
pub fn messages(text: &[u8]) -> Messages<'_> {
    Messages {
        text,
        finder: Finder::default(),
    }
}

impl<'a> Iterator for Messages<'a> {
    type Item = Found<'a>;

    fn next(&mut self) -> Option<Found<'a>> {
        self.finder.next(self.text, self.text.len())
    }
}
