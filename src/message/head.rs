//! What tells a message apart from others: its start line and the header fields that name its transaction, and where
//! these fields end.
#![expect(
    clippy::inline_always,
    reason = "a call for each header field would take as long as to take it"
)]

use std::ops::Range;

use memchr::{memchr, memrchr};

use super::asked::{Asked, Name};
use super::ends::{Short, WIDTH, blanks, block, controls, fill, first, has, last_of};
use super::field::Field;
use super::method::Method;
use super::start::Start;
use super::value::{number, seconds, word};

/// What is asked of a message by whoever finds or counts it; empty where a field is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Head<'a> {
    pub start: Option<Start<'a>>,
    pub call_id: &'a [u8],
    /// The digits of `CSeq`, which may be more than a number holds.
    pub number: &'a [u8],
    /// The method of `CSeq`.
    pub method: &'a [u8],
    /// The first Via, with those in the same line.
    pub via: &'a [u8],
    /// How many values of Via it has.
    pub vias: usize,
    /// The whole values of From and To.
    pub from: &'a [u8],
    pub to: &'a [u8],
    /// What the sender calls itself: Server in a response, User-Agent in a request.
    pub agent: &'a [u8],
    /// Whether Reason or Warning is among them.
    pub has_why: bool,
    /// Whether it names a time after which the request may come again.
    pub has_retry_after: bool,
    /// What Content-Length and Content-Type say of the body.
    pub length: Option<u32>,
    pub content: &'a [u8],
    /// Whether each of them stands in one line without control characters but those that end it.
    pub is_plain: bool,
}

/// Where header fields end, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Behind the empty line.
    Empty(usize),
    /// Before a line that is no header field.
    Foreign(usize),
    /// At the end of the text.
    Text(usize),
}

/// So many lines are looked at for what names a message, some more than 70 proxies write into one; without a limit one text
/// could be read as often as it has lines.
pub const HEAD_LINES: usize = 192;

impl<'a> Head<'a> {
    /// Reads the header fields of a message, up to the empty line; what is none among them is left out.
    pub fn of(message: &'a [u8]) -> Self {
        let mut head = Self::default();
        head.fill(message);
        head
    }

    /// Reads the same in the place of what was said before.
    pub fn fill(&mut self, message: &'a [u8]) {
        let mut at = behind_line(message, 0);
        self.begin(&message[..at]);
        // Some writers leave an empty line behind the start line.
        while let Some(b'\0'..=b' ') = message.get(at)
            && is_blank(&message[at..behind_line(message, at)])
        {
            at = behind_line(message, at);
        }
        while let End::Foreign(line) = self.read(message, at) {
            at = line_end(message, line, 0);
        }
    }

    /// Begins with a start line; what was said before is forgotten. Field by field: to copy one over it takes longer.
    pub fn begin(&mut self, line: &'a [u8]) {
        self.start = Start::of(line);
        self.call_id = &[];
        self.number = &[];
        self.method = &[];
        self.via = &[];
        self.vias = 0;
        self.from = &[];
        self.to = &[];
        self.agent = &[];
        self.has_why = false;
        self.has_retry_after = false;
        self.length = None;
        self.content = &[];
        self.is_plain = true;
    }

    /// Returns how many of Via, From, To, Call-ID and `CSeq` it has: two make a message.
    #[inline(always)]
    pub fn named(&self) -> usize {
        usize::from(!self.from.is_empty())
            + usize::from(!self.to.is_empty())
            + usize::from(!self.call_id.is_empty())
            + usize::from(!self.number.is_empty())
            + usize::from(self.vias > 0)
    }

    /// Returns the branch of the first Via.
    pub fn branch(&self) -> &'a [u8] {
        let end = memchr(b',', self.via).unwrap_or(self.via.len());
        parameter(&self.via[..end], *b"branch")
    }

    pub fn from_tag(&self) -> &'a [u8] {
        tag(self.from)
    }

    pub fn to_tag(&self) -> &'a [u8] {
        tag(self.to)
    }

    /// Reads the header fields that begin at a place of a text, up to what ends them.
    pub fn read(&mut self, text: &'a [u8], from: usize) -> End {
        let mut at = from;
        let mut left = HEAD_LINES;
        loop {
            (at, left) = self.plain(text, at, left);
            let rest = match text.get(at..) {
                None | Some([]) => return End::Text(at),
                Some([b'\n', ..]) => return End::Empty(at + 1),
                Some([b'\r', b'\n', ..]) => return End::Empty(at + 2),
                Some(rest) => rest,
            };
            self.is_plain = false;
            let name = Name::any(rest);
            // No line ends within a name.
            let end = line_end(text, at, name.length);
            if name.length == 0 {
                if let Some(end) = self.ends(text, from, at..end) {
                    return end;
                }
            } else {
                self.take(name.asked, Field::value(&text[at + name.length..end]));
            }
            left -= 1;
            if left == 0 {
                if self.named() < 2 {
                    return End::Text(at);
                }
                left = usize::MAX;
            }
            at = end;
        }
    }

    /// Goes over so many header fields that stand in one line each, as nearly all do; returns where something else stands,
    /// and how many are left. Where a line ends, it is seen with what the next one begins with.
    #[inline(never)]
    fn plain(&mut self, text: &'a [u8], from: usize, mut left: usize) -> (usize, usize) {
        let (mut at, mut place) = (from, from);
        let mut short: Short;
        let mut name = Name::NONE;
        while let Some(rest) = text.get(place..).filter(|rest| !rest.is_empty()) {
            let block = if let Some(block) = rest.first_chunk() {
                block
            } else {
                let blank = blanks();
                short = [blank, blank, blank, blank, blank, blank];
                fill(&mut short, rest);
                match block(&short) {
                    Some(block) => block,
                    None => return (at, left),
                }
            };
            let mut controls = controls(block);
            if place == from {
                name = Name::of(first(block, 0), text, at);
            } else if at > place {
                // The second byte of what ends the line before.
                controls &= !1;
            }
            while controls != 0 {
                let end = controls.trailing_zeros() as usize;
                controls &= controls - 1;
                let mut behind = end + 1;
                if block[end] == b'\r' && block[end + 1] == b'\n' {
                    controls &= controls.wrapping_sub(1);
                    behind += 1;
                } else if block[end] == b'\t' {
                    continue;
                } else if block[end] != b'\n' {
                    return (at, left);
                }
                let first = first(block, behind);
                let next = first[0] & 0xff;
                let is_last = next <= 32;
                // The last line, and what a blank goes on, are read with care.
                if name.length == 0 || left == 1 || is_last && matches!(next, 9 | 32) {
                    return (at, left);
                }
                if name.asked != Asked::Nothing {
                    let value = Field::within(text, at + name.length, place + end);
                    self.take(name.asked, value);
                }
                left -= 1;
                at = place + behind;
                if is_last {
                    return (at, left);
                }
                name = Name::of(first, text, at);
            }
            place += WIDTH;
        }
        (at, left)
    }

    /// Returns whether header fields end with a line that begins with no name, and how.
    fn ends(&self, text: &[u8], from: usize, line: Range<usize>) -> Option<End> {
        let Range { start, end } = line;
        let row = &text[start..end];
        if matches!(row, b"\r\n" | b"\n") || is_blank(row) {
            return Some(End::Empty(end));
        }
        // A list that a comma leaves open goes on, where a writer lost the blank.
        let is_list = start > from && text[from..start].trim_ascii_end().ends_with(b",");
        // One that lost its colon, or has a blank in its name, among those of a message.
        let goes_on = is_list || self.named() > 0 && is_meant(row) && goes_on(&text[end..]);
        (!goes_on).then_some(End::Foreign(start))
    }

    /// Takes the value of a header field, if that is asked for.
    #[inline(always)]
    fn take(&mut self, asked: Asked, value: &'a [u8]) {
        match asked {
            Asked::Via => self.via(value),
            Asked::From if self.from.is_empty() => self.from = value,
            Asked::To if self.to.is_empty() => self.to = value,
            Asked::CallId if self.call_id.is_empty() => self.call_id = value,
            Asked::CSeq if self.method.is_empty() => self.cseq(value),
            Asked::ContentLength if self.length.is_none() => {
                self.length = match number(value) {
                    None => seconds(value),
                    length => length,
                };
            }
            Asked::ContentType => self.content = value,
            Asked::RetryAfter => self.has_retry_after = true,
            Asked::Server => self.agent = value,
            Asked::UserAgent if self.agent.is_empty() => self.agent = value,
            Asked::Why => self.has_why = true,
            _ => {}
        }
    }

    fn via(&mut self, value: &'a [u8]) {
        if self.vias == 0 {
            self.via = value;
        }
        self.vias += 1;
        if has(value, b',') {
            self.further(value);
        }
    }

    /// Counts the values behind the first one.
    fn further(&mut self, value: &[u8]) {
        let mut rest = value;
        while let Some(comma) = memchr(b',', rest) {
            self.vias += 1;
            rest = &rest[comma + 1..];
        }
    }

    fn cseq(&mut self, value: &'a [u8]) {
        let mut digits = 0;
        while let Some(b'0'..=b'9') = value.get(digits) {
            digits += 1;
        }
        // So nearly all are written.
        if let Some([b' ', method @ ..]) = value.get(digits..)
            && let Some(number) = value.get(..digits)
            && Method::is_registered(method)
        {
            (self.number, self.method) = (number, method);
            return;
        }
        let (number, rest) = word(value);
        let (method, _) = word(rest.trim_ascii_start());
        (self.number, self.method) = (number, method);
    }
}

/// Returns whether a row that is no header field seems to be meant as one: a name with a hyphen and no colon behind it, or
/// two words in capitals before a colon.
fn is_meant(row: &[u8]) -> bool {
    let is_word = |word: &[u8]| {
        let letters = word
            .iter()
            .all(|byte| byte.is_ascii_alphabetic() || *byte == b'-');
        letters && word.first().is_some_and(u8::is_ascii_uppercase)
    };
    let mut words = row.splitn(3, |byte| matches!(byte, b' ' | b':'));
    let (Some(first), Some(second)) = (words.next(), words.next()) else {
        return false;
    };
    let is_name = is_word(first) && row.get(first.len()) == Some(&b' ');
    let is_pair = is_word(second) && row.get(first.len() + 1 + second.len()) == Some(&b':');
    is_name && (first.contains(&b'-') || is_pair)
}

/// Returns whether a text begins with a header field that is asked for, or with the empty line.
fn goes_on(text: &[u8]) -> bool {
    match Name::any(text) {
        Name { length: 0, .. } => text.starts_with(b"\r\n") || text.starts_with(b"\n"),
        name => name.length > 1 && name.asked != Asked::Nothing,
    }
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(u8::is_ascii_whitespace)
}

/// Returns where a line ends with those that go on behind it; its first bytes end no line.
#[inline]
fn line_end(text: &[u8], at: usize, first: usize) -> usize {
    let end = behind_line(text, at + first);
    match text.get(end) {
        Some(b' ' | b'\t') => folded_end(text, at, end),
        _ => end,
    }
}

/// Returns the same where a blank stands behind the first line.
#[cold]
fn folded_end(text: &[u8], at: usize, mut end: usize) -> usize {
    while let Some(b' ' | b'\t') = text.get(end)
        && !is_blank(&text[at..end])
    {
        let next = behind_line(text, end);
        if is_blank(&text[end..next]) {
            break;
        }
        end = next;
    }
    end
}

#[inline(always)]
fn behind_line(text: &[u8], at: usize) -> usize {
    match memchr(b'\n', text.get(at..).unwrap_or_default()) {
        Some(end) => at + end + 1,
        None => text.len(),
    }
}

/// Returns the tag behind an address; one inside of `<…>` is of the address.
fn tag(value: &[u8]) -> &[u8] {
    // Nearly all have nothing else behind the address.
    let last = last_of(value, b';', b'>');
    if let Some((before, [b';', b't', b'a', b'g', b'=', tag @ ..])) =
        last.and_then(|last| value.split_at_checked(last))
        && let [.., b'>'] = before
    {
        return match tag {
            [first, .., last] if *first > b' ' && *last > b' ' => tag,
            _ => tag.trim_ascii(),
        };
    }
    let end = memrchr(b'>', value);
    parameter(&value[end.unwrap_or(0)..], *b"tag")
}

fn parameter<const N: usize>(value: &[u8], name: [u8; N]) -> &[u8] {
    let mut rest = value;
    while let Some(at) = memchr(b';', rest) {
        rest = rest[at + 1..].trim_ascii_start();
        let Some((before, after)) = rest.split_first_chunk::<N>() else {
            break;
        };
        if (*before == name || before.eq_ignore_ascii_case(&name))
            && let Some(right) = after.trim_ascii_start().strip_prefix(b"=")
        {
            let end = memchr(b';', right).unwrap_or(right.len());
            return right[..end].trim_ascii();
        }
    }
    b""
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::address;

    #[test]
    fn a_head_names_its_transaction() {
        let head = Head::of(
            b"SIP/2.0 486 Busy\r\nv: SIP/2.0/UDP a;branch=z1, SIP/2.0/UDP b;branch=z2\r\n\
              f: \"A;tag=0\" <sip:a;tag=9@b>;x;Tag=7\r\nt: sip:c\r\ni: 1@a\r\ncseq:  12\r\n INVITE\r\n\r\n\
              v: body\r\nt: a;tag=8\r\n",
        );
        assert_eq!((head.call_id, head.from_tag()), (&b"1@a"[..], &b"7"[..]));
        assert_eq!((head.number, head.method), (&b"12"[..], &b"INVITE"[..]));
        assert_eq!((head.branch(), head.vias), (&b"z1"[..], 2));
        assert!(head.to_tag().is_empty());
        assert_eq!(
            (address(head.from), address(head.to)),
            (&b"a"[..], &b"c"[..])
        );
        assert!(address(b"").is_empty());
    }

    #[test]
    fn a_row_that_lost_its_colon_does_not_end_a_head() {
        for (row, goes_on) in [
            ("Max-Forwards 70", true),
            ("Max Forwards: 70", true),
            ("Max-Forwards: 70", true),
            ("Peer is gone: 1", false),
            ("-- END", false),
        ] {
            let text = format!(
                "INVITE sip:a SIP/2.0\r\nVia: a\r\nTo: b\r\n{row}\r\nCSeq: 7 INVITE\r\n\r\n"
            );
            let mut head = Head::default();
            let end = head.read(text.as_bytes(), 22);
            assert_eq!(end == End::Empty(text.len()), goes_on, "{row}");
        }
    }
}
