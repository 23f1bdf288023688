//! One message from its start line on: its header fields, and its body as long as it says.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memmem, memrchr};

use super::frame::{Frame, begins_alike, field, trimmed};
use super::needle::{NEEDLE, candidate};
use crate::message::{Field, seconds};

/// No message is looked for beyond so many bytes.
pub(super) const REACH: usize = 192 * 1024;
/// Longer bodies are cut; they hold no message all the same.
const BODY: usize = 64 * 1024;
/// No message names itself in later lines only; without a limit one text could be read as often as it has lines.
const LINES: usize = 64;
/// Two labels of one writer have so many bytes in common at their beginning, or are alike as a whole.
const LABEL: usize = 10;

/// A message as it was read.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    pub(super) end: usize,
    pub(super) bytes: Cow<'a, [u8]>,
    /// How long its start line and its header fields are.
    pub(super) head: usize,
    pub(super) frame: Frame,
}

/// What the header fields say of what they belong to.
#[derive(Default)]
pub(super) struct Fields {
    /// A bit for each of Via, From, To, Call-ID and `CSeq`.
    pub(super) seen: u8,
    pub(super) length: Option<usize>,
    is_sdp: bool,
}

const CORE: [&str; 5] = ["Via", "From", "To", "Call-ID", "CSeq"];

impl Fields {
    pub(super) fn see(&mut self, field: &Field<'_>) {
        // Each name that counts begins with one of these letters, in short too.
        let first = field.name.first().map(u8::to_ascii_lowercase);
        if !matches!(first, Some(b'v' | b'f' | b't' | b'c' | b'i' | b'l')) {
            return;
        }
        if let Some(bit) = CORE.iter().position(|name| field.is(name)) {
            self.seen |= 1 << bit;
        } else if field.is("Content-Length") {
            let length = seconds(field.value).and_then(|length| usize::try_from(length).ok());
            self.length = self.length.or(length.map(|length| length.min(BODY)));
        } else if field.is("Content-Type") {
            let sdp = b"application/sdp";
            let kind = field.value.get(..sdp.len());
            self.is_sdp = kind.is_some_and(|kind| kind.eq_ignore_ascii_case(sdp));
        }
    }
}

/// Where reading stands.
struct Reader<'a> {
    text: &'a [u8],
    at: usize,
    frame: Frame,
    /// What is read, where the bytes do not stand as they are.
    copied: Option<Vec<u8>>,
    ends_with_return: bool,
}

/// Reads what begins at `start` in the line that begins at `line`; none if no message does.
pub(super) fn read(text: &[u8], line: usize, start: usize) -> Option<Reading<'_>> {
    let text = &text[..text.len().min(start + REACH)];
    let (first, mut below) = line_at(text, start)?;
    let mut second = line_at(text, below)?;
    let mut doubled = false;
    if is_empty(second.0) {
        below = second.1;
        second = line_at(text, below)?;
        let fourth = line_at(text, second.1).filter(|(line, _)| is_empty(line));
        let fifth = fourth.and_then(|(_, at)| line_at(text, at));
        doubled = fifth.is_some_and(|(line, _)| field(line).is_some());
    }
    let mut frame = Frame::infer(&text[line..start], first, second.0)?;
    frame.doubled = doubled;
    let mut reader = Reader::new(text, first, below, frame);
    let mut fields = Fields::default();
    let mut has_body = reader.fields(&mut fields);
    if !reader.frame.styled && reader.meets_colours(below, has_body) {
        // Only a line farther down has colours.
        let frame = reader.frame.coloured();
        reader = Reader::new(text, first, below, frame);
        fields = Fields::default();
        has_body = reader.fields(&mut fields);
    }
    if fields.seen.count_ones() < 2 {
        return None;
    }
    let head = reader.length(start);
    reader.body(&fields, has_body, line..start);
    Some(reader.reading(start, head))
}

impl<'a> Reader<'a> {
    fn new(text: &'a [u8], first: &[u8], at: usize, frame: Frame) -> Self {
        let copied = (!frame.is_bare()).then(|| [&frame.first(first), &b"\r\n"[..]].concat());
        Self {
            text,
            at,
            ends_with_return: first.ends_with(b"\r"),
            copied,
            frame,
        }
    }

    /// Returns whether colours stand in what is read, or in the line that ended it before the empty line.
    fn meets_colours(&self, from: usize, is_whole: bool) -> bool {
        let next = line_at(self.text, self.at).filter(|_| !is_whole);
        let next = next.map_or(self.at, |(_, next)| next);
        memchr(b'\x1b', &self.text[from..next]).is_some()
    }

    fn length(&self, start: usize) -> usize {
        self.copied.as_ref().map_or(self.at - start, Vec::len)
    }

    fn reading(self, start: usize, head: usize) -> Reading<'a> {
        let bytes = match self.copied {
            Some(copied) => Cow::Owned(copied),
            None => Cow::Borrowed(&self.text[start..self.at]),
        };
        Reading {
            end: self.at,
            bytes,
            head,
            frame: self.frame,
        }
    }

    fn copy(&mut self, line: &[u8]) {
        if let Some(copied) = &mut self.copied {
            copied.extend_from_slice(line);
            copied.extend_from_slice(b"\r\n");
        }
    }

    /// Goes over the header fields; returns whether the empty line stands behind them.
    fn fields(&mut self, fields: &mut Fields) -> bool {
        let mut is_open = false;
        let mut left = LINES;
        while let Some((line, next)) = line_at(self.text, self.at) {
            left -= 1;
            if left == 0 && fields.seen.count_ones() < 2 {
                return false;
            }
            left = left.max(1);
            let Some(bare) = self.frame.strip(line) else {
                return false;
            };
            if is_empty(&bare) {
                self.copy(b"");
                self.at = next;
                self.skip_doubled();
                return true;
            }
            // A list that a comma leaves open goes on too, where a writer lost the blank.
            let goes_on = is_open || matches!(bare.first(), Some(b' ' | b'\t'));
            is_open = bare.trim_ascii_end().ends_with(b",");
            match field(&bare) {
                Some(field) if !goes_on => fields.see(&field),
                _ if goes_on => {}
                _ => return false,
            }
            self.copy(&bare);
            self.at = next;
            self.skip_doubled();
        }
        false
    }

    fn skip_doubled(&mut self) {
        if self.frame.doubled
            && let Some((line, next)) = line_at(self.text, self.at)
            && is_empty(line)
        {
            self.at = next;
        }
    }

    /// Goes over the body, as long as the header fields say and the lines are framed as those before.
    fn body(&mut self, fields: &Fields, has_body: bool, before: Range<usize>) {
        let mut left = match fields.length {
            Some(length) => length,
            None => usize::MAX,
        };
        let only_sdp = fields.is_sdp || fields.length.is_none() || !has_body;
        if self.jumps(left, only_sdp) {
            self.at += left;
            return;
        }
        let label = label(self.text, before.start, before.end, &self.frame);
        while left > 0
            && let Some((line, next)) = line_at(self.text, self.at)
        {
            let Some(bare) = self.frame.strip(line) else {
                return;
            };
            if only_sdp && !is_sdp(&bare) || self.is_next(&bare, &label) {
                return;
            }
            // What a writer made of a line end is not known where it left no carriage return.
            let ends = next - self.at - trimmed(line).len();
            let ends = if self.ends_with_return { ends } else { 2 };
            let bare = bare
                .get(..left)
                .map_or(bare.clone(), |bare| Cow::Owned(bare.to_vec()));
            let is_cut = bare.len() >= left;
            self.at = if is_cut && self.frame.is_bare() {
                self.at + left
            } else {
                next
            };
            left = left.saturating_sub(bare.len() + ends);
            self.copy(&bare);
            self.skip_doubled();
        }
    }

    /// Returns whether so many bytes can be left out unseen.
    fn jumps(&self, length: usize, only_sdp: bool) -> bool {
        if length == 0 {
            return true;
        }
        let body = self.text.get(self.at..self.at.saturating_add(length));
        self.frame.is_bare()
            && self.ends_with_return
            && body.is_some_and(|body| {
                // Where the last line is one of SDP, no label was run over.
                let (end, lines) = body.split_last().unwrap_or((&b' ', body));
                let last = memrchr(b'\n', lines).map_or(lines, |at| &lines[at + 1..]);
                let ends = !only_sdp || *end == b'\n' && is_sdp(last);
                ends && memmem::find(body, NEEDLE).is_none()
            })
    }

    /// Returns whether a line of the body is the label of the next message, or its start line behind one.
    fn is_next(&self, line: &[u8], label: &[u8]) -> bool {
        if label.is_empty() {
            return false;
        }
        is_like(line, label) && {
            let end = self.text.len().min(self.at + line.len() + 512);
            let near = &self.text[self.at..end];
            let hits = memmem::find_iter(near, NEEDLE);
            hits.into_iter()
                .any(|hit| candidate(near, hit, 0).is_some())
        }
    }
}

/// Returns what stands before a message within its frame: in its line, or in the line before.
fn label(text: &[u8], line: usize, start: usize, frame: &Frame) -> Vec<u8> {
    let before = frame.strip(&text[line..start]).unwrap_or_default();
    if !is_empty(&before) {
        return before.into_owned();
    }
    let mut end = line;
    for _ in 0..3 {
        end = end.saturating_sub(1);
        let from = end.saturating_sub(1024);
        let begin = memrchr(b'\n', &text[from..end]).map_or(from, |at| from + at + 1);
        let line = frame.strip(&text[begin..end]);
        let line = line.unwrap_or(Cow::Borrowed(&text[begin..end]));
        if !is_empty(&line) {
            return line.into_owned();
        }
        end = begin;
    }
    Vec::new()
}

/// Returns whether a line may be a label of the same writer.
fn is_like(line: &[u8], label: &[u8]) -> bool {
    begins_alike(line, label, label.len().min(LABEL))
}

/// Returns the line that begins at a place, and where the next one begins.
fn line_at(text: &[u8], at: usize) -> Option<(&[u8], usize)> {
    let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
    Some(match memchr(b'\n', rest) {
        Some(end) => (&rest[..end], at + end + 1),
        None => (rest, text.len()),
    })
}

fn is_empty(line: &[u8]) -> bool {
    line.trim_ascii().is_empty()
}

fn is_sdp(line: &[u8]) -> bool {
    matches!(line, [letter, b'=', ..] if letter.is_ascii_lowercase())
}
