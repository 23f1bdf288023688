//! One message from its start line on: its header fields, and its body as long as it says.

use std::borrow::Cow;
use std::mem;
use std::ops::Range;

use memchr::{memchr, memrchr};

use super::frame::{Frame, begins_alike, field, trimmed};
use super::needle::{VERSION, candidate};
use crate::message::{End, HEAD_LINES, Head, has};

/// No message is looked for beyond so many bytes.
pub(super) const REACH: usize = 192 * 1024;
/// Longer bodies are cut; they hold no message all the same.
pub(super) const BODY: usize = 64 * 1024;
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

/// So many of Via, From, To, Call-ID and `CSeq` make a message.
pub(super) const CORE: usize = 2;

/// Where reading stands.
struct Reader<'a, 'r> {
    text: &'a [u8],
    at: usize,
    frame: Frame,
    /// What is said where the bytes stand as they are.
    said: &'r mut Head<'a>,
    /// What is read, where the bytes do not stand as they are.
    copied: Option<Vec<u8>>,
    ends_with_return: bool,
}

/// A message that stands as it was sent: where its header fields end, and where it does.
#[derive(Debug)]
pub(super) struct Plain {
    pub(super) head: usize,
    pub(super) end: usize,
}

/// Reads what begins at `start` in the line that begins at `line`; none if no message does. What its header fields say is
/// put into `said`, where they stand as they are.
pub(super) fn read<'a>(
    text: &'a [u8],
    line: usize,
    start: usize,
    said: &mut Head<'a>,
) -> Option<Reading<'a>> {
    let text = &text[..text.len().min(start + REACH)];
    let (first, mut below) = line_at(text, start)?;
    if line == start {
        let mut reader = Reader::plain(text, first, below, said);
        let has_body = reader.fields();
        if reader.is_plain(start, first, has_body) {
            return Some(reader.whole(line..start, has_body));
        }
    }
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
    let mut reader = Reader::framed(text, first, below, frame, said);
    let mut has_body = reader.fields();
    if !reader.frame.styled && reader.meets_colours(below, has_body) {
        // Only a line farther down has colours.
        let frame = reader.frame.coloured();
        reader = Reader::framed(text, first, below, frame, said);
        has_body = reader.fields();
    }
    (reader.said().named() >= CORE).then(|| reader.whole(line..start, has_body))
}

/// Reads a message that stands as it was sent from its first line to its last, as nearly all do: the first line is from
/// `start` to `end`. None if there is more to it than to take the bytes that it says it has.
pub(super) fn plain<'a>(
    text: &'a [u8],
    start: usize,
    end: usize,
    said: &mut Head<'a>,
) -> Option<Plain> {
    let text = &text[..text.len().min(start + REACH)];
    let first = text.get(start..end)?;
    if ends_with_mark(first) {
        return None;
    }
    said.begin(first);
    let End::Empty(head) = said.read(text, end + 1) else {
        return None;
    };
    let is_coloured = has(first, b'\x1b') || !said.is_plain && has(&text[end..head], b'\x1b');
    if said.named() < CORE || is_coloured {
        return None;
    }
    let length = usize::try_from(said.length?).unwrap_or(BODY).min(BODY);
    let jumps = length == 0
        || matches!(first, [.., b'\r']) && jumps(text, head, length, is_sdp_type(said.content));
    let end = head + length;
    jumps.then_some(Plain { head, end })
}

/// Returns whether a first line ends with what a writer may put for a carriage return.
fn ends_with_mark(first: &[u8]) -> bool {
    matches!(trimmed(first), [.., b'.'] | [.., b'^', b'M'])
}

impl<'a, 'r> Reader<'a, 'r> {
    fn plain(text: &'a [u8], first: &'a [u8], at: usize, said: &'r mut Head<'a>) -> Self {
        said.begin(first);
        Self {
            text,
            at,
            said,
            ends_with_return: first.ends_with(b"\r"),
            copied: None,
            frame: Frame::default(),
        }
    }

    fn framed(
        text: &'a [u8],
        first: &'a [u8],
        at: usize,
        frame: Frame,
        said: &'r mut Head<'a>,
    ) -> Self {
        let copied = (!frame.is_bare()).then(|| [&frame.first(first), &b"\r\n"[..]].concat());
        Self {
            frame,
            copied,
            ..Self::plain(text, first, at, said)
        }
    }

    /// Returns whether it is a message that stands as it was sent, as nearly all do.
    fn is_plain(&self, start: usize, first: &[u8], has_body: bool) -> bool {
        !ends_with_mark(first) && self.said.named() >= CORE && !self.meets_colours(start, has_body)
    }

    /// Goes over the body too, and returns what was read; `before` is what stands before it in its line.
    fn whole(&mut self, before: Range<usize>, has_body: bool) -> Reading<'a> {
        let start = before.end;
        let copied = self.copied.as_deref().map(Head::of);
        let said = copied.as_ref().unwrap_or(self.said);
        let length = said.length.map(usize::try_from);
        let length = length.map(|length| length.unwrap_or(BODY).min(BODY));
        let only_sdp = is_sdp_type(said.content) || length.is_none() || !has_body;
        let head = self.length(start);
        self.body(length, only_sdp, before);
        self.reading(start, head)
    }

    /// Returns whether colours stand in what is read, or in the line that ended it before the empty line.
    fn meets_colours(&self, from: usize, is_whole: bool) -> bool {
        let next = if is_whole {
            None
        } else {
            line_at(self.text, self.at)
        };
        let next = next.map_or(self.at, |(_, next)| next);
        memchr(b'\x1b', &self.text[from..next]).is_some()
    }

    fn length(&self, start: usize) -> usize {
        self.copied.as_ref().map_or(self.at - start, Vec::len)
    }

    fn reading(&mut self, start: usize, head: usize) -> Reading<'a> {
        Reading {
            end: self.at,
            bytes: match self.copied.take() {
                Some(copied) => Cow::Owned(copied),
                None => Cow::Borrowed(&self.text[start..self.at]),
            },
            head,
            frame: mem::take(&mut self.frame),
        }
    }

    fn copy(&mut self, line: &[u8]) {
        if let Some(copied) = &mut self.copied {
            copied.extend_from_slice(line);
            copied.extend_from_slice(b"\r\n");
        }
    }

    /// Returns what the header fields say.
    fn said(&self) -> Head<'_> {
        self.copied.as_deref().map_or(*self.said, Head::of)
    }

    /// Goes over the header fields; returns whether the empty line stands behind them.
    fn fields(&mut self) -> bool {
        if self.copied.is_some() {
            return self.framed_fields();
        }
        let (at, has_body) = match self.said.read(self.text, self.at) {
            End::Empty(at) => (at, true),
            End::Foreign(at) | End::Text(at) => (at, false),
        };
        self.at = at;
        has_body
    }

    fn framed_fields(&mut self) -> bool {
        let mut is_open = false;
        let mut lines = 0;
        while let Some((line, next)) = line_at(self.text, self.at) {
            lines += 1;
            if lines == HEAD_LINES && self.said().named() < CORE {
                return false;
            }
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
            if !goes_on && field(&bare).is_none() {
                return false;
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
    fn body(&mut self, length: Option<usize>, only_sdp: bool, before: Range<usize>) {
        let mut left = length.unwrap_or(usize::MAX);
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
        length == 0
            || self.frame.is_bare()
                && self.ends_with_return
                && jumps(self.text, self.at, length, only_sdp)
    }

    /// Returns whether a line of the body is the label of the next message, or its start line behind one.
    fn is_next(&self, line: &[u8], label: &[u8]) -> bool {
        if label.is_empty() {
            return false;
        }
        is_like(line, label) && {
            let end = self.text.len().min(self.at + line.len() + 512);
            let near = &self.text[self.at..end];
            let hits = VERSION.find_iter(near);
            hits.into_iter()
                .any(|hit| candidate(near, hit, 0).is_some())
        }
    }
}

/// Returns whether so many bytes of a message that stands as it was sent can be left out unseen.
fn jumps(text: &[u8], at: usize, length: usize, only_sdp: bool) -> bool {
    let body = text.get(at..at.saturating_add(length));
    body.is_some_and(|body| {
        // Where the last line is one of SDP, no label was run over.
        let (end, lines) = body.split_last().unwrap_or((&b' ', body));
        let last = memrchr(b'\n', lines).map_or(lines, |at| &lines[at + 1..]);
        let ends = !only_sdp || *end == b'\n' && is_sdp(last) || is_last(text, at + length);
        ends && VERSION.find(body).is_none()
    })
}

/// Returns whether nothing stands behind a body: its bytes are all there are, whatever its lines look like.
fn is_last(text: &[u8], end: usize) -> bool {
    let behind = text.get(end..);
    behind.is_some_and(|behind| behind.trim_ascii().is_empty())
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

fn is_sdp_type(content: &[u8]) -> bool {
    let sdp = b"application/sdp";
    if content.is_empty() || content == sdp {
        return !content.is_empty();
    }
    let kind = content.get(..sdp.len());
    kind.is_some_and(|kind| kind.eq_ignore_ascii_case(sdp))
}

fn is_sdp(line: &[u8]) -> bool {
    matches!(line, [letter, b'=', ..] if letter.is_ascii_lowercase())
}
