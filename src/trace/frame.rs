//! How the lines of a message are framed: what stands before and behind each, inferred from the line below the start
//! line.
#![expect(
    clippy::inline_always,
    reason = "a call would take as long as the answer"
)]

use std::borrow::Cow;

use memchr::memchr;

use crate::message::Field;

/// Names with which a header field is known behind a prefix that is not wholly that of the start line.
const KNOWN: [&str; 12] = [
    "Via",
    "From",
    "To",
    "Call-ID",
    "CSeq",
    "Max-Forwards",
    "Record-Route",
    "Route",
    "Contact",
    "Content-Length",
    "User-Agent",
    "Server",
];

/// What stands around each line of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a mark of its own that writers leave"
)]
pub(super) struct Frame {
    /// What stands before each line: other digits may stand there in another line.
    prefix: Vec<u8>,
    /// Colours are among the bytes.
    pub(super) styled: bool,
    /// Each line ends with a point, which was a carriage return.
    dotted: bool,
    /// Each line ends with `^M`.
    caret: bool,
    /// An empty line stands behind every line.
    pub(super) doubled: bool,
}

/// That of bytes that stand as they are.
pub(super) static BARE: Frame = Frame {
    prefix: Vec::new(),
    styled: false,
    dotted: false,
    caret: false,
    doubled: false,
};

impl Frame {
    /// Infers from the text before the start line, the start line, and the line below it.
    pub(super) fn infer(before: &[u8], start: &[u8], below: &[u8]) -> Option<Self> {
        let styled = start.contains(&b'\x1b') || before.contains(&b'\x1b');
        let mut frame = Self {
            styled: styled || below.contains(&b'\x1b'),
            ..Self::default()
        };
        let (start, below) = (frame.unstyled(start), frame.unstyled(below));
        let (start, below) = (trimmed(&start), trimmed(&below));
        frame.dotted = start.ends_with(b".") && below.ends_with(b".");
        frame.caret = start.ends_with(b"^M") && below.ends_with(b"^M");
        let length = prefix(&frame.unstyled(before), below)?;
        frame.prefix = below[..length].to_vec();
        Some(frame)
    }

    pub(super) fn coloured(&self) -> Self {
        Self {
            styled: true,
            ..self.clone()
        }
    }

    /// Returns whether the bytes of a message stand as they are.
    #[inline(always)]
    pub(super) fn is_bare(&self) -> bool {
        self.prefix.is_empty() && !self.styled && !self.dotted && !self.caret && !self.doubled
    }

    /// Returns what a line holds without its frame; none if it is framed otherwise.
    pub(super) fn strip<'a>(&self, line: &'a [u8]) -> Option<Cow<'a, [u8]>> {
        if self.is_bare() {
            return Some(Cow::Borrowed(trimmed(line)));
        }
        if self.styled && line.contains(&b'\x1b') {
            let line = unstyle(line);
            return self.bare(&line).map(|bare| Cow::Owned(bare.to_vec()));
        }
        self.bare(line).map(Cow::Borrowed)
    }

    /// Takes what follows the prefix in the start line, which may have more before it.
    pub(super) fn first<'a>(&self, line: &'a [u8]) -> Cow<'a, [u8]> {
        match self.unstyled(line) {
            Cow::Borrowed(line) => Cow::Borrowed(self.unmarked(line)),
            Cow::Owned(line) => Cow::Owned(self.unmarked(&line).to_vec()),
        }
    }

    fn bare<'a>(&self, line: &'a [u8]) -> Option<&'a [u8]> {
        let line = self.unmarked(line);
        let (at, other) = alike(&self.prefix, line);
        let is_whole = at == self.prefix.len();
        let is_empty = self.prefix[at..].trim_ascii().is_empty() && line[other..].is_empty();
        (is_whole || is_empty).then(|| &line[other..])
    }

    fn unmarked<'a>(&self, line: &'a [u8]) -> &'a [u8] {
        let line = trimmed(line);
        let mark: &[u8] = match (self.dotted, self.caret) {
            (true, _) => b".",
            (_, true) => b"^M",
            _ => return line,
        };
        line.strip_suffix(mark).unwrap_or(line)
    }

    fn unstyled<'a>(&self, line: &'a [u8]) -> Cow<'a, [u8]> {
        if self.styled {
            Cow::Owned(unstyle(line))
        } else {
            Cow::Borrowed(line)
        }
    }
}

/// Returns the line without the carriage return at its end.
#[inline(always)]
pub(super) fn trimmed(line: &[u8]) -> &[u8] {
    if let [line @ .., b'\r'] = line {
        return line;
    }
    line
}

/// Returns how much of a line stands before the header field: none if it is no header field.
fn prefix(before: &[u8], line: &[u8]) -> Option<usize> {
    let (at, other) = alike(before, line);
    if at == before.len() && is_field(&line[other..]) {
        return Some(other);
    }
    if is_field(line) {
        return Some(0);
    }
    let is_mark = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'>' | b'|');
    let marks = line.iter().take_while(is_mark).count();
    if marks > 0 && is_field(&line[marks..]) {
        return Some(marks);
    }
    // The start line had more before it than the lines of one message have in common.
    (1..=other).find(|length| is_known(&line[*length..]))
}

/// Walks along two texts while they differ in digits only; returns how far in each.
fn alike(one: &[u8], other: &[u8]) -> (usize, usize) {
    let (mut at, mut beside) = (0, 0);
    while let (Some(left), Some(right)) = (one.get(at), other.get(beside)) {
        if left.is_ascii_digit() && right.is_ascii_digit() {
            at += digits(&one[at..]);
            beside += digits(&other[beside..]);
        } else if left == right {
            at += 1;
            beside += 1;
        } else {
            break;
        }
    }
    (at, beside)
}

/// Returns whether a line begins with the first bytes of another one, whatever digits are in them.
pub(super) fn begins_alike(line: &[u8], other: &[u8], length: usize) -> bool {
    alike(other, line).0 >= length
}

/// Returns what follows a prefix in a line, whatever digits are in it; none if it begins otherwise.
pub(super) fn after_alike<'a>(prefix: &[u8], line: &'a [u8]) -> Option<&'a [u8]> {
    let (at, other) = alike(prefix, line);
    (at == prefix.len()).then(|| &line[other..])
}

fn digits(text: &[u8]) -> usize {
    text.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

fn is_field(line: &[u8]) -> bool {
    field(line).is_some()
}

/// Returns the header field in a line; a time that stands before a colon is none.
pub(super) fn field(line: &[u8]) -> Option<Field<'_>> {
    line.first().filter(|byte| !byte.is_ascii_digit())?;
    Field::parse(line)
}

fn is_known(line: &[u8]) -> bool {
    let field = Field::parse(line).filter(|field| field.name.len() > 1);
    field.is_some_and(|field| KNOWN.iter().any(|name| field.is(name)))
}

/// Returns a line without the sequences that colour it.
fn unstyle(line: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(line.len());
    let mut rest = line;
    while let Some(escape) = memchr(b'\x1b', rest) {
        plain.extend_from_slice(&rest[..escape]);
        let sequence = &rest[escape + 1..];
        let inside = |byte: &&u8| b"[;0123456789".contains(byte);
        let length = sequence.iter().take_while(inside).count();
        rest = sequence.get(length + 1..).unwrap_or_default();
    }
    plain.extend_from_slice(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_is_what_the_lines_have_in_common() {
        for (before, below, prefix) in [
            ("", "Via: a\r", ""),
            ("12:00 INFO: ", "Via: a", ""),
            ("   ", "   Via: a", "   "),
            ("[10:00:00.99] ", "[10:00:01.100] Via: a", "[10:00:01.100] "),
            (
                "1Z stderr F INFO: <script>: ",
                "2Z stderr F Via: a",
                "2Z stderr F ",
            ),
            ("Nov 28 vm kamailio[7]: ", "      From: a", "      "),
        ] {
            let frame = Frame::infer(before.as_bytes(), b"SIP/2.0 200 OK", below.as_bytes());
            let frame = frame.unwrap_or_else(|| panic!("{below}"));
            assert_eq!(frame.prefix, prefix.as_bytes(), "{below}");
            assert!(frame.strip(prefix.trim_end().as_bytes()).is_some());
        }
        for below in ["", "no field", "04:11:29: x", "BYE sip:a@b SIP/2.0"] {
            assert_eq!(
                Frame::infer(b"x ", b"SIP/2.0 200 OK", below.as_bytes()),
                None
            );
        }
    }

    #[test]
    fn points_carets_and_colours_are_no_part_of_a_line() {
        for (start, line) in [
            ("SIP/2.0 200 OK.", "To: <a>."),
            ("SIP/2.0 200 OK^M", "To: <a>^M"),
            ("\x1b[1mSIP/2.0 200 OK\x1b[0m", "To:\x1b[1;31m <a>\x1b[0m"),
        ] {
            let (start, line) = (start.as_bytes(), line.as_bytes());
            let frame = Frame::infer(b"", start, line).expect("a frame");
            assert_eq!(frame.first(start).as_ref(), b"SIP/2.0 200 OK");
            assert_eq!(frame.strip(line).as_deref(), Some(&b"To: <a>"[..]));
        }
    }
}
