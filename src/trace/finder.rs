//! The messages of a text, one after the other.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::ops::Range;
use std::sync::LazyLock;

use memchr::{memchr, memmem, memrchr};

use super::found::{Found, Origin};
use super::frame::Frame;
use super::needle::{NEEDLE, candidate};
use super::read::{REACH, Reading, read};
use super::unfold::{folding, unfold};

/// How far before a version its line may begin.
pub(super) const BEFORE: usize = 8 * 1024;
/// A second print of a message stands no farther behind the first.
const NEAR: usize = 64 * 1024;

/// Made once: a text has it often.
static VERSION: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new(NEEDLE));

/// What is known between two messages.
#[derive(Debug, Default)]
pub(super) struct Finder {
    /// Where the text at hand begins in the whole.
    pub(super) base: u64,
    /// Where to go on in the text at hand.
    pub(super) at: usize,
    /// Before this place all is read.
    floor: usize,
    /// What was folded into a line that is read, and the place of that line.
    folded: VecDeque<(Range<usize>, Found<'static>)>,
    last: Print,
    pub(super) missed: u64,
    pub(super) first_missed: Option<u64>,
}

/// How a message was printed.
#[derive(Debug, Default)]
struct Print {
    end: u64,
    head: Vec<u8>,
    frame: Frame,
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
                self.missed += 1;
                let place = self.base + candidate.start as u64;
                self.first_missed = self.first_missed.or(Some(place));
                continue;
            };
            let before = self.floor.max(candidate.start.saturating_sub(BEFORE));
            let before = Cow::Borrowed(&text[before..candidate.start]);
            let place = candidate.start..reading.end;
            self.at = self.at.max(reading.end);
            self.floor = self.at;
            if !self.is_print(&text[..place.start], &reading) {
                return Some(Found {
                    place: self.whole(&place),
                    bytes: reading.bytes,
                    origin: Origin::default(),
                    before,
                    line: None,
                });
            }
        }
    }

    /// Forgets so many bytes before the text at hand.
    pub(super) fn shift(&mut self, bytes: usize) {
        self.base += bytes as u64;
        self.at = self.at.saturating_sub(bytes);
        self.floor = self.floor.saturating_sub(bytes);
    }

    fn unfold(&mut self, text: &[u8], line: Range<usize>) {
        self.at = line.end.max(self.at);
        self.floor = self.at;
        for found in messages(text) {
            let found = Found {
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
    fn is_print(&mut self, before: &[u8], reading: &Reading<'_>) -> bool {
        let start = self.base + before.len() as u64;
        let head = &reading.bytes[..reading.head];
        let last = &mut self.last;
        if last.frame != reading.frame
            && start.saturating_sub(last.end) < NEAR as u64
            && plain(head).eq(plain(&last.head))
        {
            let distance = usize::try_from(start - last.end).unwrap_or(0);
            if !has_time(&before[before.len() - distance..]) {
                return true;
            }
        }
        last.end = self.base + reading.end as u64;
        last.head.clear();
        last.head.extend_from_slice(head);
        last.frame.clone_from(&reading.frame);
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
