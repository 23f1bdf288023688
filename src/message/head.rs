//! What tells a message apart from others: its start line and the header fields that name its transaction, and where
//! these fields end.

use memchr::{memchr, memrchr};

use super::field::{Field, name_length};
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
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let name = name_length(rest).filter(|_| !rest[0].is_ascii_digit());
            // No line ends within a name.
            let end = line_end(text, at, name.unwrap_or(0));
            let line = &text[at..end];
            match name {
                Some(length) => self.see(line, length),
                None if is_blank(line) => return End::Empty(end),
                // A list that a comma leaves open goes on, where a writer lost the blank.
                None if at > from && text[from..at].trim_ascii_end().ends_with(b",") => {}
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

    /// Takes what a header field says, whose name is so long.
    fn see(&mut self, line: &'a [u8], length: usize) {
        let Some(asked) = asked(&line[..length]) else {
            return;
        };
        let value = Field::split(line, length).value;
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
        let mut words = value.split(u8::is_ascii_whitespace);
        let mut words = words.by_ref().filter(|word| !word.is_empty());
        self.number = words.next().unwrap_or_default();
        self.method = words.next().unwrap_or_default();
    }
}

/// Returns what a name asks for, written in full or in short (RFC 3261 section 7.3.3) and in any case.
fn asked(name: &[u8]) -> Option<Asked> {
    let mut lower = [0; 14];
    let lower = lower.get_mut(..name.len())?;
    lower.copy_from_slice(name);
    lower.make_ascii_lowercase();
    Some(match &*lower {
        b"via" | b"v" => Asked::Via,
        b"from" | b"f" => Asked::From,
        b"to" | b"t" => Asked::To,
        b"call-id" | b"i" => Asked::CallId,
        b"cseq" => Asked::CSeq,
        b"content-length" | b"l" => Asked::ContentLength,
        b"content-type" | b"c" => Asked::ContentType,
        b"retry-after" => Asked::RetryAfter,
        b"server" => Asked::Server,
        b"user-agent" => Asked::UserAgent,
        _ => return None,
    })
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(u8::is_ascii_whitespace)
}

/// Returns where a line ends with those that go on behind it; its first bytes end no line.
fn line_end(text: &[u8], at: usize, first: usize) -> usize {
    let mut end = behind_line(text, at + first);
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
}
