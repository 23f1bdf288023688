//! What tells a message apart from others: its start line and the header fields that name its transaction.

use memchr::memchr;

use super::field::{Field, lines};
use super::start::Start;

/// What is asked of a message by whoever counts it; empty where a field is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Head<'a> {
    pub start: Option<Start<'a>>,
    pub call_id: &'a [u8],
    pub from_tag: &'a [u8],
    pub to_tag: &'a [u8],
    /// The digits of `CSeq`, which may be more than a number holds.
    pub number: &'a [u8],
    /// The method of `CSeq`.
    pub method: &'a [u8],
    /// The branch of the first Via.
    pub branch: &'a [u8],
    /// How many values of Via it has.
    pub vias: usize,
    /// The whole values of From and To.
    pub from: &'a [u8],
    pub to: &'a [u8],
    /// What the sender calls itself: Server in a response, User-Agent in a request.
    pub agent: &'a [u8],
    /// Whether it names a time after which the request may come again.
    pub has_retry_after: bool,
}

impl<'a> Head<'a> {
    /// Reads the header fields of a message, up to the empty line.
    pub fn of(message: &'a [u8]) -> Self {
        let end = memchr(b'\n', message);
        let (line, rest) = message.split_at(end.map_or(message.len(), |end| end + 1));
        let mut head = Self {
            start: Start::of(line),
            ..Self::default()
        };
        let is_empty = |line: &&[u8]| line.trim_ascii().is_empty();
        let lines = lines(rest).map(|line| &rest[line]);
        // Some writers leave an empty line behind the start line.
        let lines = lines
            .skip_while(is_empty)
            .take_while(|line| !is_empty(line))
            .filter(|line| may_count(line));
        for field in lines.filter_map(Field::parse) {
            let (name, value) = (field.name, field.value);
            let first = |kept: &[u8], name| kept.is_empty() && field.is(name);
            match name.first().map(u8::to_ascii_lowercase) {
                Some(b'v') if field.is("Via") => head.via(value),
                Some(b'c' | b'i') if first(head.call_id, "Call-ID") => head.call_id = value,
                Some(b'c') if first(head.method, "CSeq") => head.cseq(value),
                Some(b'f') if first(head.from, "From") => {
                    (head.from, head.from_tag) = (value, tag(value));
                }
                Some(b't') if first(head.to, "To") => {
                    (head.to, head.to_tag) = (value, tag(value));
                }
                Some(b'r') if field.is("Retry-After") => head.has_retry_after = true,
                Some(b's') if field.is("Server") => head.agent = value,
                Some(b'u') if first(head.agent, "User-Agent") => head.agent = value,
                _ => {}
            }
        }
        head
    }

    fn via(&mut self, value: &'a [u8]) {
        if self.vias == 0 {
            let top = value.split(|byte| *byte == b',').next();
            self.branch = parameter(top.unwrap_or_default(), b"branch");
        }
        self.vias += value.split(|byte| *byte == b',').count();
    }

    fn cseq(&mut self, value: &'a [u8]) {
        let mut words = value.split(u8::is_ascii_whitespace);
        let mut words = words.by_ref().filter(|word| !word.is_empty());
        self.number = words.next().unwrap_or_default();
        self.method = words.next().unwrap_or_default();
    }
}

/// Returns whether a line may be a header field that is asked for, by its first letter.
fn may_count(line: &[u8]) -> bool {
    let first = line.first().map(u8::to_ascii_lowercase);
    matches!(
        first,
        Some(b'v' | b'c' | b'i' | b'f' | b't' | b'r' | b's' | b'u')
    )
}

/// Returns the address in a value of From or To: the URI without parameters, name and scheme.
pub fn address(value: &[u8]) -> &[u8] {
    let inside = value.iter().position(|byte| *byte == b'<');
    let uri = inside.map_or(value, |at| &value[at + 1..]);
    let ends = |byte: &u8| matches!(byte, b'>' | b';' | b'?' | b' ' | b'\t');
    let uri = &uri[..uri.iter().position(ends).unwrap_or(uri.len())];
    let scheme = uri.iter().position(|byte| *byte == b':');
    scheme.map_or(uri, |at| &uri[at + 1..])
}

/// Returns the tag behind an address; one inside of `<…>` is of the address.
fn tag(value: &[u8]) -> &[u8] {
    let end = value.iter().rposition(|byte| *byte == b'>');
    parameter(&value[end.unwrap_or(0)..], b"tag")
}

fn parameter<'a>(value: &'a [u8], name: &[u8]) -> &'a [u8] {
    let mut parameters = value.split(|byte| *byte == b';').skip(1);
    let named = parameters.find_map(|parameter| {
        let at = parameter.iter().position(|byte| *byte == b'=')?;
        let (left, right) = parameter.split_at(at);
        let is_it = left.trim_ascii().eq_ignore_ascii_case(name);
        is_it.then_some(right[1..].trim_ascii())
    });
    named.unwrap_or_default()
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
        assert_eq!((head.call_id, head.from_tag), (&b"1@a"[..], &b"7"[..]));
        assert_eq!((head.number, head.method), (&b"12"[..], &b"INVITE"[..]));
        assert_eq!((head.branch, head.vias), (&b"z1"[..], 2));
        assert!(head.to_tag.is_empty());
        assert_eq!(
            (address(head.from), address(head.to)),
            (&b"a"[..], &b"c"[..])
        );
        assert!(address(b"").is_empty());
    }
}
