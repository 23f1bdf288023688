//! What tells a message apart from others: its start line and the header fields that name its transaction, and where
//! these fields end.

use memchr::{memchr, memrchr};

use super::field::{Field, name_length, others};
use super::start::Start;
use super::value::seconds;

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

/// A header field that is asked for.
#[derive(Clone, Copy)]
enum Asked {
    Via,
    From,
    To,
    CallId,
    CSeq,
    ContentLength,
    ContentType,
    RetryAfter,
    Server,
    UserAgent,
    Why,
}

/// What names itself in later lines only is no message; without a limit one text could be read as often as it has
/// lines.
const LINES: usize = 64;

impl<'a> Head<'a> {
    /// Reads the header fields of a message, up to the empty line; what is none among them is left out.
    pub fn of(message: &'a [u8]) -> Self {
        let mut at = behind_line(message, 0);
        let mut head = Self::begun(&message[..at]);
        // Some writers leave an empty line behind the start line.
        while at < message.len() && is_blank(&message[at..behind_line(message, at)]) {
            at = behind_line(message, at);
        }
        while let End::Foreign(line) = head.read(message, at) {
            at = line_end(message, line, 0);
        }
        head
    }

    /// Begins with a start line.
    pub fn begun(line: &'a [u8]) -> Self {
        Self {
            start: Start::of(line),
            ..Self::default()
        }
    }

    /// Returns how many of Via, From, To, Call-ID and `CSeq` it has: two make a message.
    pub fn named(&self) -> usize {
        let named = [self.from, self.to, self.call_id, self.number];
        let named = named.iter().filter(|value| !value.is_empty());
        named.count() + usize::from(self.vias > 0)
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
        let mut left = LINES;
        while at < text.len() {
            let name = named(&text[at..]);
            // No line ends within a name.
            let end = line_end(text, at, name.map_or(0, |(length, _)| length));
            match name {
                Some((length, Some(asked))) => {
                    self.take(asked, Field::value(&text[at + length..end]));
                }
                Some((_, None)) => {}
                None if is_blank(&text[at..end]) => return End::Empty(end),
                // A list that a comma leaves open goes on, where a writer lost the blank.
                None if at > from && text[from..at].trim_ascii_end().ends_with(b",") => {}
                // One that lost its colon, or has a blank in its name, among those of a message.
                None if self.named() > 0 && is_meant(&text[at..end]) && goes_on(&text[end..]) => {}
                None => return End::Foreign(at),
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
        End::Text(at)
    }

    /// Takes the value of a header field that is asked for.
    fn take(&mut self, asked: Asked, value: &'a [u8]) {
        match asked {
            Asked::Via => self.via(value),
            Asked::From if self.from.is_empty() => self.from = value,
            Asked::To if self.to.is_empty() => self.to = value,
            Asked::CallId if self.call_id.is_empty() => self.call_id = value,
            Asked::CSeq if self.method.is_empty() => self.cseq(value),
            Asked::ContentLength => self.length = self.length.or_else(|| seconds(value)),
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
        let mut rest = value;
        while let Some(comma) = memchr(b',', rest) {
            self.vias += 1;
            rest = &rest[comma + 1..];
        }
    }

    fn cseq(&mut self, value: &'a [u8]) {
        let (number, rest) = word(value);
        let (method, _) = word(rest.trim_ascii_start());
        (self.number, self.method) = (number, method);
    }
}

/// Returns the first word of a value, and the rest.
fn word(value: &[u8]) -> (&[u8], &[u8]) {
    let end = value.iter().position(|byte| *byte <= b' ');
    value.split_at(end.unwrap_or(value.len()))
}

/// Returns how long the name is with which a header field begins, and what it asks for. Most names are told by eight
/// bytes: those that end before, with letters only.
#[inline]
fn named(text: &[u8]) -> Option<(usize, Option<Asked>)> {
    if let Some(bytes) = text.first_chunk() {
        let bytes = u64::from_le_bytes(*bytes);
        let others = others(bytes);
        let bits = others.trailing_zeros() & !7;
        if bits > 0 && others != 0 && bytes >> bits & 0xff == u64::from(b':') {
            let name = (bytes | SMALL) & !(u64::MAX << bits);
            return Some((bits as usize / 8, short(name)));
        }
    }
    let length = name_length(text).filter(|_| !text[0].is_ascii_digit())?;
    Some((length, asked(&text[..length])))
}

/// Makes letters small, eight at a time.
const SMALL: u64 = u64::from_ne_bytes([0x20; 8]);

/// Returns the number of up to eight letters.
const fn key(name: &[u8]) -> u64 {
    let (mut key, mut at) = (0, name.len());
    while at > 0 {
        at -= 1;
        key = key << 8 | (name[at] | 0x20) as u64;
    }
    key
}

/// Returns what the number of a name asks for, in full or in short (RFC 3261 section 7.3.3).
fn short(name: u64) -> Option<Asked> {
    const C: u64 = key(b"c");
    const CALL_ID: u64 = key(b"call-id");
    const CSEQ: u64 = key(b"cseq");
    const F: u64 = key(b"f");
    const FROM: u64 = key(b"from");
    const I: u64 = key(b"i");
    const L: u64 = key(b"l");
    const REASON: u64 = key(b"reason");
    const SERVER: u64 = key(b"server");
    const T: u64 = key(b"t");
    const TO: u64 = key(b"to");
    const V: u64 = key(b"v");
    const VIA: u64 = key(b"via");
    const WARNING: u64 = key(b"warning");
    Some(match name {
        C => Asked::ContentType,
        CALL_ID | I => Asked::CallId,
        CSEQ => Asked::CSeq,
        F | FROM => Asked::From,
        L => Asked::ContentLength,
        REASON | WARNING => Asked::Why,
        SERVER => Asked::Server,
        T | TO => Asked::To,
        V | VIA => Asked::Via,
        _ => return None,
    })
}

/// Returns what a name asks for, in any case.
fn asked(name: &[u8]) -> Option<Asked> {
    if name.len() < 8 {
        return short(key(name));
    }
    // Nearly all write them so, or as none of these.
    match name {
        b"User-Agent" => return Some(Asked::UserAgent),
        b"Content-Type" => return Some(Asked::ContentType),
        b"Content-Length" => return Some(Asked::ContentLength),
        _ => {}
    }
    let is = |other: &[u8]| name.eq_ignore_ascii_case(other);
    Some(match name[0] | 0x20 {
        b'u' if is(b"user-agent") => Asked::UserAgent,
        b'r' if is(b"retry-after") => Asked::RetryAfter,
        b'c' if is(b"content-type") => Asked::ContentType,
        b'c' if is(b"content-length") => Asked::ContentLength,
        _ => return None,
    })
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
    match name_length(text) {
        Some(length) => length > 1 && asked(&text[..length]).is_some(),
        None => text.starts_with(b"\r\n") || text.starts_with(b"\n"),
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

#[inline]
fn behind_line(text: &[u8], at: usize) -> usize {
    memchr(b'\n', &text[at..]).map_or(text.len(), |end| at + end + 1)
}

/// Returns the address in a value of From or To: the URI without parameters, name and scheme.
pub fn address(value: &[u8]) -> &[u8] {
    let inside = memchr(b'<', value);
    let uri = inside.map_or(value, |at| &value[at + 1..]);
    let ends = |byte: &u8| matches!(byte, b'>' | b';' | b'?' | b' ' | b'\t');
    let uri = &uri[..uri.iter().position(ends).unwrap_or(uri.len())];
    let scheme = uri.iter().position(|byte| *byte == b':');
    scheme.map_or(uri, |at| &uri[at + 1..])
}

/// Returns the tag behind an address; one inside of `<…>` is of the address.
fn tag(value: &[u8]) -> &[u8] {
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
