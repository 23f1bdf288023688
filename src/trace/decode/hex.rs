//! Hex dumps: an offset, the bytes in one group or several, and mostly what they are as text.

use memchr::memmem;

use super::form::Form;
use super::output::{Output, folded};
use super::row::{Row, number};
use crate::trace::finder::DECODED;
use crate::trace::frame::after_alike;

/// What stands in every dump.
pub(super) const MARKS: &[&[u8]] = &[b"000"];
/// What is longer is no packet: it is given as it is, so that its messages may be as long as they are.
const PACKET: usize = 64 * 1024;
/// A line with so many bytes is a dump without a second one.
const WIDE: usize = 64;
/// What is looked at in a line before the offset.
const BEFORE: usize = 256;

/// What is known of the dump at hand.
#[derive(Default)]
pub(super) struct Hex {
    state: State,
    /// The first line, as it is.
    first: Vec<u8>,
    dump: Dump,
    /// The line before it says that it was put together from packets that were shown.
    is_again: bool,
    is_met: bool,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Outside,
    /// A second line has to prove the first one.
    Begun,
    Inside,
}

/// The bytes of a dump, and what its lines have in common.
#[derive(Default)]
struct Dump {
    /// What stands before each offset.
    prefix: Vec<u8>,
    /// The base of the offsets, once the second is known.
    radix: Option<u32>,
    bytes: Vec<u8>,
    /// How many bytes there were in all.
    length: usize,
    /// How many the line before had.
    width: usize,
    /// Lines like the one before were left out.
    repeats: bool,
}

impl Form for Hex {
    fn take(&mut self, line: &[u8], out: &mut Output) -> bool {
        if self.state != State::Outside && self.dump.goes_on(line) {
            self.open(out);
            out.leave_out(line);
            if self.dump.bytes.len() > PACKET {
                out.put(&self.dump.bytes);
                self.dump.bytes.clear();
            }
            return true;
        }
        self.release(out);
        if let Some(dump) = Dump::begin(line) {
            self.dump = dump;
            self.state = State::Begun;
            self.first.clear();
            self.first.extend_from_slice(line);
            if self.dump.length >= WIDE {
                self.open(out);
            }
            return true;
        }
        if !line.trim_ascii().is_empty() {
            self.is_again = memmem::find(line, b"Reassembled ").is_some();
        }
        false
    }

    fn release(&mut self, out: &mut Output) {
        match self.state {
            State::Outside => {}
            State::Begun => out.pass(&self.first),
            State::Inside => self.end(out),
        }
        self.state = State::Outside;
    }

    fn is_met(&self) -> bool {
        self.is_met
    }
}

impl Hex {
    fn open(&mut self, out: &mut Output) {
        if self.state == State::Begun {
            self.state = State::Inside;
            self.is_met = true;
            out.settle();
            out.leave_out(&self.first);
        }
    }

    fn end(&mut self, out: &mut Output) {
        let dump = &mut self.dump;
        if dump.length > dump.bytes.len() {
            dump.bytes.push(b'\n');
            out.put(&dump.bytes);
        } else if !self.is_again && !out.is_shown {
            let label = [&[DECODED], &dump.prefix[..]].concat();
            out.put(&folded(&label, &dump.bytes));
        }
        self.is_again = false;
    }
}

impl Dump {
    /// Takes a line whose offset is zero.
    fn begin(line: &[u8]) -> Option<Self> {
        let near = &line[..line.len().min(BEFORE)];
        memmem::find(near, b"000")?;
        let is_blank = |at: usize| near[at].is_ascii_whitespace();
        let mut words =
            (0..near.len()).filter(|at| !is_blank(*at) && (*at == 0 || is_blank(at - 1)));
        words.find_map(|at| {
            let row = Row::of(&line[at..])?;
            let is_zero = row.offset.len() > 2 && row.offset.iter().all(|digit| *digit == b'0');
            let bytes = row.bytes(usize::MAX).filter(|_| is_zero)?;
            Some(Self {
                prefix: line[..at].to_vec(),
                radix: None,
                bytes: bytes.to_vec(),
                length: bytes.len(),
                width: bytes.len(),
                repeats: false,
            })
        })
    }

    /// Takes a line whose offset follows from those before.
    fn goes_on(&mut self, line: &[u8]) -> bool {
        let Some(rest) = after_alike(&self.prefix, line) else {
            return false;
        };
        if rest.trim_ascii() == b"*" {
            self.repeats = true;
            return true;
        }
        // The last one has an offset and no bytes.
        let end = rest.trim_ascii();
        if !end.is_empty() && self.radix.is_some() && self.at(end) == Some(self.length) {
            return true;
        }
        let row = Row::of(rest);
        let Some((row, bytes)) = row
            .as_ref()
            .and_then(|row| Some((row, row.bytes(self.width)?)))
        else {
            return false;
        };
        if !self.follows(row.offset) {
            return false;
        }
        self.repeats = false;
        self.width = bytes.len();
        self.length += self.width;
        self.bytes.extend_from_slice(bytes);
        true
    }

    fn at(&self, offset: &[u8]) -> Option<usize> {
        number(offset, self.radix?)
    }

    /// Returns whether an offset is that of the next byte, or of a later one where lines were left out.
    fn follows(&mut self, offset: &[u8]) -> bool {
        if self.radix.is_none() {
            let mut radices = [16, 8, 10].into_iter();
            let radix = radices.find(|radix| number(offset, *radix) == Some(self.length));
            self.radix = radix.or(self.repeats.then_some(16));
        }
        let Some(missing) = self.at(offset).and_then(|at| at.checked_sub(self.length)) else {
            return false;
        };
        let last = self.bytes.len().saturating_sub(self.width);
        let line = self.bytes[last..].to_vec();
        if missing == 0 || !self.repeats || line.is_empty() || missing > PACKET {
            return missing == 0;
        }
        self.bytes.extend(line.iter().cycle().take(missing));
        self.length += missing;
        true
    }
}
