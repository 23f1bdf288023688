//! What decoding gives, and where each part of it stands in the text as it is.

use memchr::memchr_iter;

use crate::trace::found::Found;

/// So many places are known exactly behind the last one.
const EXACT: usize = 256 * 1024;

/// The decoded text, as far as it was not given on.
#[derive(Debug, Default)]
pub(super) struct Output {
    pub(super) text: Vec<u8>,
    /// How long all of it was, given on or not.
    length: u64,
    /// What was left out since the last of it.
    left: Left,
    shift: Shift,
    shifts: Vec<Shift>,
    /// The packet at hand was shown as a tree: what it is in bytes is the same.
    pub(super) is_shown: bool,
}

#[derive(Debug, Default)]
struct Left {
    bytes: i64,
    lines: i64,
}

/// How much more stands before a place in the text as it is than in the decoded one.
#[derive(Clone, Copy, Debug, Default)]
struct Shift {
    at: u64,
    bytes: i64,
    lines: i64,
}

impl Output {
    /// Gives a line as it is.
    pub(super) fn pass(&mut self, line: &[u8]) {
        self.settle();
        self.text.extend_from_slice(line);
        self.length += line.len() as u64;
    }

    /// Leaves out a line, or several.
    pub(super) fn leave_out(&mut self, lines: &[u8]) {
        self.left.bytes += signed(lines.len());
        self.left.lines += signed(memchr_iter(b'\n', lines).count());
    }

    /// Gives what the lines that were left out show: it begins where they do.
    pub(super) fn put(&mut self, decoded: &[u8]) {
        self.shift.bytes -= signed(decoded.len());
        self.shift.lines -= signed(memchr_iter(b'\n', decoded).count());
        self.text.extend_from_slice(decoded);
        self.length += decoded.len() as u64;
        self.mark();
    }

    /// Lets what comes next begin behind the lines that were left out.
    pub(super) fn settle(&mut self) {
        if self.left.bytes > 0 {
            self.mark();
        }
    }

    fn mark(&mut self) {
        self.shift.bytes += self.left.bytes;
        self.shift.lines += self.left.lines;
        self.shift.at = self.length;
        self.left = Left::default();
        self.shifts.push(self.shift);
    }
}

/// All that is known of the places.
#[derive(Debug, Default)]
pub(super) struct Shifts {
    all: Vec<Shift>,
    /// How much of the text as it is was read.
    pub(super) read: u64,
}

impl Shifts {
    pub(super) fn add(&mut self, out: &mut Output) {
        self.all.append(&mut out.shifts);
        if self.all.len() > 2 * EXACT {
            // The place of the first thing that was not understood may be asked for at the end.
            let mut old = 0;
            self.all.retain(|_| {
                old += 1;
                old > EXACT || old % 2 == 0
            });
        }
    }

    fn before(&self, place: u64) -> Shift {
        let after = self.all.partition_point(|shift| shift.at <= place);
        let last = after.checked_sub(1).map(|at| self.all[at]);
        last.unwrap_or_default()
    }

    /// Returns where a place of the decoded text is in the text as it is.
    pub(super) fn whole(&self, place: u64) -> u64 {
        place.saturating_add_signed(self.before(place).bytes)
    }

    /// Returns the message with its place in the text as it is.
    pub(super) fn put_back<'a>(&self, found: Found<'a>) -> Found<'a> {
        let lines = self.before(found.place.start).lines;
        let start = self.whole(found.place.start);
        // Only behind the line end it is known how much a decoded line stands for.
        let end = self.whole(found.place.end + 1).saturating_sub(1);
        Found {
            place: start..end.max(start),
            line: found.line.map(|line| line.saturating_add_signed(lines)),
            ..found
        }
    }
}

fn signed(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// Folds bytes into a line, as strings are escaped.
pub(super) fn fold(bytes: &[u8], line: &mut Vec<u8>) {
    for byte in bytes {
        match byte {
            b'\n' => line.extend_from_slice(b"\\n"),
            b'\r' => line.extend_from_slice(b"\\r"),
            b'#' => line.extend_from_slice(b"\\u0023"),
            b'"' | b'\\' | b'/' => line.extend_from_slice(&[b'\\', *byte]),
            byte => line.push(*byte),
        }
    }
}

/// Returns the line of what was decoded, with a label before it.
pub(super) fn folded(label: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut line = Vec::with_capacity(label.len() + bytes.len() * 9 / 8 + 2);
    fold(label, &mut line);
    fold(bytes, &mut line);
    line.extend_from_slice(b"\"\n");
    line
}
