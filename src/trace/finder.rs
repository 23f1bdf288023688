//! The messages of a text, one after the other.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::mem;
use std::ops::Range;

use memchr::{memmem, memrchr};

use super::found::Found;
use super::frame::{BARE, Frame};
use super::lost::is_long;
use super::needle::{BEFORE, Candidate, NEEDLE, VERSION, candidate, ends_long};
use super::print::{Kept, Prints, Shown};
use super::read::{REACH, plain, read};
use super::unfold::{folding, line_end, unfold};

/// Stands at the beginning of a line that was decoded: what is said of it stands in the lines before.
pub(super) const DECODED: u8 = 0x16;

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
    prints: Prints,
    /// The last start line below which nothing was understood.
    title: Vec<u8>,
    /// Where something looks like a start line and is none.
    pub(super) missed: Vec<Missed>,
}

/// What looks like a start line, and begins no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Missed {
    pub(super) place: u64,
    /// It goes on for longer than is looked at: nothing is quoted so.
    pub(super) is_long: bool,
}

/// All that decides what is found next, in the same text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct State {
    pub(super) at: u64,
    /// Where the message begins that was found last.
    start: u64,
    /// How many more stand in the line that is read.
    folded: usize,
    /// What may be printed once more.
    prints: u64,
}

impl Finder {
    /// Finds the next message whose version stands before `limit`, and puts it into `found`: to hand it on would take as
    /// long as to find it.
    pub(super) fn next<'a>(&mut self, text: &'a [u8], limit: usize, found: &mut Found<'a>) -> bool {
        loop {
            if let Some((place, next)) = self.folded.pop_front() {
                *found = next;
                found.place = self.whole(&place);
                return true;
            }
            let rest = text.get(self.at..).unwrap_or_default();
            let hit = VERSION.find(rest).map(|hit| self.at + hit);
            let Some(hit) = hit.filter(|hit| *hit < limit) else {
                self.at = self.at.max(limit.min(text.len()));
                return false;
            };
            self.at = hit + NEEDLE.len();
            if self.finds(text, hit, found) {
                return true;
            }
        }
    }

    /// Looks at a hit of the needle; returns whether a message that was not printed before begins there.
    fn finds<'a>(&mut self, text: &'a [u8], hit: usize, found: &mut Found<'a>) -> bool {
        let from = self.floor.max(hit.saturating_sub(BEFORE));
        let Some(candidate) = candidate(text, hit, from) else {
            if ends_long(text, hit, from) {
                self.miss(from, true);
            }
            return false;
        };
        let line = line_start(text, from, candidate.start);
        let (line_end, may_fold) = line_end(text, candidate.version);
        let end = line_end.unwrap_or(text.len().min(candidate.version + REACH));
        let is_slashed = hit > 0 && text[hit - 1] == b'\\';
        if (may_fold || is_slashed)
            && let Some(folding) = folding(&text[line..end], candidate.version - line)
        {
            let before = self.floor.max(hit.saturating_sub(BEFORE)).min(line)..line;
            self.unfold(text, &unfold(&text[line..end], folding), line..end, before);
            return false;
        }
        let said = found.head.get_or_insert_default();
        if line == candidate.start
            && let Some(end) = line_end.filter(|_| candidate.is_whole)
            && let Some(plain) = plain(text, line, end, said)
        {
            let place = line..plain.end;
            let head = Kept::There(line..plain.head);
            let bytes = Cow::Borrowed(&text[place.clone()]);
            return self.takes(text, place, bytes, head, &BARE, found);
        }
        self.reads(text, line, candidate, end, found)
    }

    /// Reads what may be a message that begins in a line, however it is framed; its first line ends at `end`.
    #[inline(never)]
    fn reads<'a>(
        &mut self,
        text: &'a [u8],
        line: usize,
        candidate: Candidate,
        end: usize,
        found: &mut Found<'a>,
    ) -> bool {
        let said = found.head.get_or_insert_default();
        let Some(reading) = read(text, line, candidate.start, said) else {
            self.miss(
                candidate.start,
                line == candidate.start && is_long(text, line),
            );
            let title = &text[candidate.start..end.min(candidate.version + BEFORE)];
            self.title.extend_from_slice(title.trim_ascii_end());
            return false;
        };
        let place = candidate.start..reading.end;
        let head = match reading.bytes {
            Cow::Borrowed(_) => Kept::There(place.start..place.start + reading.head),
            Cow::Owned(_) => Kept::Copied(reading.bytes[..reading.head].to_vec()),
        };
        if matches!(reading.bytes, Cow::Owned(_)) {
            found.head = None;
        }
        self.takes(text, place, reading.bytes, head, &reading.frame, found)
    }

    /// Takes a message that was read; returns whether it was not printed before.
    fn takes<'a>(
        &mut self,
        text: &'a [u8],
        place: Range<usize>,
        bytes: Cow<'a, [u8]>,
        head: Kept,
        frame: &Frame,
        found: &mut Found<'a>,
    ) -> bool {
        let before = self.floor.max(place.start.saturating_sub(BEFORE))..place.start;
        self.at = self.at.max(place.end);
        self.floor = self.at;
        self.understand(&bytes);
        let shown = Shown {
            place: self.whole(&place),
            head,
            frame: Some(frame),
            before: Kept::There(before.clone()),
        };
        if self.prints.is_second(text, &shown) {
            return false;
        }
        found.place = shown.place;
        found.bytes = bytes;
        found.before = Cow::Borrowed(&text[before]);
        found.line = None;
        true
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
        self.prints.leave(text);
    }

    /// Returns where to go on in the whole.
    pub(super) fn place(&self) -> u64 {
        self.base + self.at as u64
    }

    /// Returns whether one that knows nothing finds the same from `start` on.
    pub(super) fn is_new(&self, start: usize) -> bool {
        self.at == start && self.floor + BEFORE <= start && self.prints.is_new(self.place())
    }

    pub(super) fn state(&self, found: &Found<'_>) -> State {
        State {
            at: self.place(),
            start: found.place.start,
            folded: self.folded.len(),
            prints: self.prints.state(self.place()),
        }
    }

    fn miss(&mut self, at: usize, is_long: bool) {
        let place = self.base + at as u64;
        self.missed.push(Missed { place, is_long });
        self.title.clear();
    }

    /// A start line that stands alone was no start line that was missed, if it is the title of the next message.
    fn understand(&mut self, message: &[u8]) {
        if self.title.is_empty() {
            return;
        }
        if message.starts_with(&self.title) {
            self.missed.pop_if(|missed| !missed.is_long);
        }
        self.title.clear();
    }

    #[inline(never)]
    fn unfold(&mut self, text: &[u8], unfolded: &[u8], line: Range<usize>, before: Range<usize>) {
        self.at = line.end.max(self.at);
        self.floor = self.at;
        let mut before = &text[before];
        for found in messages(unfolded) {
            self.understand(&found.bytes);
            let all = [mem::take(&mut before), &found.before].concat();
            let before = match unfolded.trim_ascii_start().first() {
                Some(b'{') => [behind(unfolded, &found), b"\n", &found.before].concat(),
                _ => all.clone(),
            };
            let shown = Shown {
                place: self.whole(&line),
                head: Kept::Copied(found.bytes[..head(&found.bytes)].to_vec()),
                frame: None,
                before: Kept::Copied(all),
            };
            if !self.prints.is_second(text, &shown) {
                let found = Found {
                    head: None,
                    bytes: Cow::Owned(found.bytes.into_owned()),
                    before: Cow::Owned(before),
                    ..found
                };
                self.folded.push_back((line.clone(), found));
            }
        }
    }

    /// Returns a place of the text at hand in the whole.
    fn whole(&self, place: &Range<usize>) -> Range<u64> {
        self.base + place.start as u64..self.base + place.end as u64
    }
}

/// Returns where the line begins in which a place stands, if it begins behind `from`.
fn line_start(text: &[u8], from: usize, at: usize) -> usize {
    let before = &text[from..at];
    match before.last() {
        None | Some(b'\n') => at,
        _ => memrchr(b'\n', before).map_or(from, |end| from + end + 1),
    }
}

/// Returns what a record says behind its message, as lines before it: there it is said of the same message.
fn behind<'a>(record: &'a [u8], found: &Found<'_>) -> &'a [u8] {
    let end = usize::try_from(found.place.end).unwrap_or(record.len());
    let behind = record.get(end..).unwrap_or_default();
    &behind[..behind.len().min(1024)]
}

/// Returns how long the start line and the header fields of a message are.
fn head(message: &[u8]) -> usize {
    let ends = [&b"\n\r\n"[..], b"\n\n"];
    let ends = ends.map(|end| memmem::find(message, end).map(|at| at + end.len()));
    ends.into_iter().flatten().min().unwrap_or(message.len())
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
        let mut found = Found::default();
        let text = self.text;
        self.finder
            .next(text, text.len(), &mut found)
            .then_some(found)
    }
}
