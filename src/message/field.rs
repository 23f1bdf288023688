//! Header fields: a name in any case or in its compact form, a colon, and a value that may go on in the next lines.

use std::iter;
use std::ops::Range;

use memchr::memchr;

/// A header field as it stands in a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field<'a> {
    pub name: &'a [u8],
    /// Without what is white around it; the ends of folded lines are in it.
    pub value: &'a [u8],
}

/// What stands for the name of a header field, and the name (RFC 3261 section 7.3.3 and the registry of IANA).
const COMPACT: [(u8, &str); 20] = [
    (b'a', "Accept-Contact"),
    (b'b', "Referred-By"),
    (b'c', "Content-Type"),
    (b'd', "Request-Disposition"),
    (b'e', "Content-Encoding"),
    (b'f', "From"),
    (b'i', "Call-ID"),
    (b'j', "Reject-Contact"),
    (b'k', "Supported"),
    (b'l', "Content-Length"),
    (b'm', "Contact"),
    (b'n', "Identity-Info"),
    (b'o', "Event"),
    (b'r', "Refer-To"),
    (b's', "Subject"),
    (b't', "To"),
    (b'u', "Allow-Events"),
    (b'v', "Via"),
    (b'x', "Session-Expires"),
    (b'y', "Identity"),
];

/// Whether a byte may stand in a token (RFC 3261 section 25.1).
const TOKEN: [bool; 256] = {
    let mut table = [false; 256];
    let mut letter = 0_u8;
    while letter < 128 {
        let is_mark = matches!(
            letter,
            b'-' | b'.' | b'!' | b'%' | b'*' | b'_' | b'+' | b'`' | b'\'' | b'~'
        );
        table[letter as usize] = letter.is_ascii_alphanumeric() || is_mark;
        letter += 1;
    }
    table
};

/// Returns how long the name is with which a header field begins; none if a text does not begin with one.
#[inline]
pub(super) fn name_length(line: &[u8]) -> Option<usize> {
    let length = plain(line);
    if length > 0 && line.get(length) == Some(&b':') {
        return Some(length);
    }
    token_length(line, length)
}

/// Returns the same where a name has more than letters and hyphens, or blanks behind it.
fn token_length(line: &[u8], from: usize) -> Option<usize> {
    let rest = line[from..].iter();
    let length = from + rest.take_while(|byte| TOKEN[usize::from(**byte)]).count();
    let is_named = match line.get(length)? {
        b':' => true,
        b' ' | b'\t' => {
            let mut rest = line[length..].iter();
            rest.find(|byte| !matches!(byte, b' ' | b'\t')) == Some(&b':')
        }
        _ => false,
    };
    (is_named && length > 0).then_some(length)
}

/// Returns with how many letters and hyphens a text begins, as far as it is looked at: eight bytes at a time, since this
/// is asked of every line of a trace.
#[inline]
fn plain(text: &[u8]) -> usize {
    let mut length = 0;
    while let Some(bytes) = text.get(length..).and_then(<[u8]>::first_chunk) {
        let others = others(u64::from_le_bytes(*bytes));
        if others != 0 {
            return length + others.trailing_zeros() as usize / 8;
        }
        length += 8;
    }
    length
}

/// Returns the top bits of those among eight bytes that are no letters and no hyphens.
#[inline(always)]
pub(super) fn others(bytes: u64) -> u64 {
    const fn each(byte: u8) -> u64 {
        u64::from_ne_bytes([byte; 8])
    }
    const TOP: u64 = each(0x80);
    // No sum runs over into the next byte.
    let lower = (bytes | each(0x20)) & !TOP;
    let is_letter = (lower + each(0x80 - b'a')) & !(lower + each(0x80 - b'z' - 1));
    let is_other = (lower ^ each(b'-')) + each(0x7f);
    ((!is_letter & is_other) | bytes) & TOP
}

fn is_trimmed(value: &[u8]) -> bool {
    let ends = value.first().zip(value.last());
    ends.is_some_and(|(first, last)| !first.is_ascii_whitespace() && !last.is_ascii_whitespace())
}

/// Returns the name for which a compact form stands.
pub fn full_name(name: &[u8]) -> Option<&'static str> {
    let [letter] = name else { return None };
    let mut forms = COMPACT.iter();
    let form = forms.find(|(form, _)| form.eq_ignore_ascii_case(letter));
    form.map(|(_, name)| *name)
}

impl<'a> Field<'a> {
    /// Takes a line, with those that go on behind it.
    pub fn parse(line: &'a [u8]) -> Option<Self> {
        name_length(line).map(|length| Self::split(line, length))
    }

    /// Takes a line whose name is so long.
    pub(super) fn split(line: &'a [u8], length: usize) -> Self {
        let (name, rest) = line.split_at(length);
        let value = Self::value(rest);
        Self { name, value }
    }

    /// Takes what stands behind a name.
    #[inline]
    pub(super) fn value(rest: &[u8]) -> &[u8] {
        let rest = match rest {
            [b':', b' ', value @ ..] | [b':', value @ ..] => value,
            rest => memchr(b':', rest).map_or(rest, |colon| &rest[colon + 1..]),
        };
        // So most lines end, and nothing more is left to be trimmed.
        match rest {
            [value @ .., b'\r', b'\n'] | [value @ .., b'\n'] if is_trimmed(value) => value,
            _ => rest.trim_ascii(),
        }
    }

    /// Takes what stands between the end of a name and that of its line; so nearly all values are written.
    #[inline]
    pub(super) fn within(text: &[u8], name: usize, end: usize) -> &[u8] {
        let rest = text.get(name..end).unwrap_or_default();
        if let [b':', b' ', value @ ..] = rest
            && let [first, ..] = value
            && let [.., last] = value
            && *first > b' '
            && *last > b' '
        {
            return value;
        }
        Self::value(rest)
    }

    /// Returns whether it has a name, which may be written in its compact form.
    pub fn is(&self, name: &str) -> bool {
        if self.name.len() > 1 && self.name.len() != name.len() {
            return false;
        }
        let full = full_name(self.name).map_or(self.name, str::as_bytes);
        full.eq_ignore_ascii_case(name.as_bytes())
    }
}

/// Returns the header fields among lines, whatever stands between them.
pub fn fields(text: &[u8]) -> impl Iterator<Item = Field<'_>> {
    lines(text).filter_map(|line| Field::parse(&text[line]))
}

/// Returns where each line stands, with those that go on behind it.
pub fn lines(text: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    iter::from_fn(move || {
        let line = start..end(text, start)?;
        start = line.end;
        Some(line)
    })
}

/// Returns where a line ends with those that go on behind it; none at the end of the text.
fn end(text: &[u8], start: usize) -> Option<usize> {
    let mut end = start;
    while end < text.len() {
        let line = memchr(b'\n', &text[end..]);
        let Some(length) = line else {
            return Some(text.len());
        };
        let is_empty = text[end..end + length].trim_ascii().is_empty();
        end += length + 1;
        if is_empty || !matches!(text.get(end), Some(b' ' | b'\t')) {
            return Some(end);
        }
    }
    (end > start).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_has_a_name_in_any_case_or_in_short() {
        let field = Field::parse(b"k : 100rel, timer \r\n").expect("a field");
        assert!(field.is("supported") && !field.is("k"));
        assert_eq!(field.value, b"100rel, timer");
        let field = Field::parse(b"RETRY-AFTER:30").expect("a field");
        assert!(field.is("Retry-After"));
        for line in ["no field", ": x", "two words: x", "<sip:a@b>"] {
            assert_eq!(Field::parse(line.as_bytes()), None, "{line}");
        }
    }

    #[test]
    fn a_value_goes_on_in_lines_that_begin_with_a_blank() {
        let text = b"SIP/2.0 503 x\r\nReason: Q.850\r\n ;cause=34\r\nVia: a\r\n\r\n b: c";
        let all: Vec<_> = fields(text).collect();
        assert_eq!(all.len(), 2, "{all:?}");
        assert_eq!(all[0].value, b"Q.850\r\n ;cause=34");
        assert!(all[1].is("via"));
    }
}
