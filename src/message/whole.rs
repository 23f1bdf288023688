//! A whole message: its start line, its header fields in order, and its body.

use std::str;

use super::body::session;
use super::field::{Field, fields};
use super::start::Start;
use super::value::parts;

/// A message with its header fields at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message<'a> {
    pub start: Option<Start<'a>>,
    /// The first line as it was sent, without its end.
    pub line: &'a [u8],
    /// What it names as the version of SIP; empty where there is no start line.
    pub version: &'a [u8],
    /// The rows below it as they stand, up to the empty line.
    pub rows: &'a [u8],
    pub fields: Vec<Field<'a>>,
    pub body: &'a [u8],
    /// Whether the empty line stands below the header fields: what has none may have been cut.
    pub is_ended: bool,
}

impl<'a> Message<'a> {
    /// Takes a message apart; what is no header field above its body is left out.
    pub fn of(bytes: &'a [u8]) -> Self {
        let (line, rest) = cut_line(bytes);
        let mut end = 0;
        let mut at = 0;
        let mut is_ended = false;
        while at < rest.len() {
            let (line, below) = cut_line(&rest[at..]);
            // Some writers leave an empty line behind the start line.
            if line.trim_ascii().is_empty() && end > 0 {
                at = rest.len() - below.len();
                is_ended = true;
                break;
            }
            at = rest.len() - below.len();
            end = at;
        }
        let (start, version) = Start::of_any_version(line).unzip();
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        Self {
            start,
            line: line.strip_suffix(b"\r").unwrap_or(line),
            version: version.unwrap_or_default(),
            rows: &rest[..end],
            fields: fields(&rest[..end]).collect(),
            body: rest.get(at.max(end)..).unwrap_or_default(),
            is_ended,
        }
    }

    /// Returns the status code of a response.
    pub fn code(&self) -> Option<u16> {
        match self.start {
            Some(Start::Status { code, .. }) => Some(code),
            _ => None,
        }
    }

    pub fn is_request(&self) -> bool {
        matches!(self.start, Some(Start::Request { .. }))
    }

    /// Returns the method that is requested or answered; empty where the message does not say it.
    pub fn method(&self) -> &'a [u8] {
        match self.start {
            Some(Start::Request { method, .. }) => method,
            _ => self.cseq().map_or(&[], |(_, method)| method),
        }
    }

    /// Returns the number and the method of `CSeq`.
    pub fn cseq(&self) -> Option<(&'a [u8], &'a [u8])> {
        let mut words = self.value("CSeq")?.split(u8::is_ascii_whitespace);
        let mut words = words.by_ref().filter(|word| !word.is_empty());
        Some((words.next()?, words.next()?))
    }

    /// Returns the header fields with a name, each written in full or in short.
    pub fn all<'b>(&'b self, name: &'b str) -> impl Iterator<Item = &'b Field<'a>> {
        self.fields.iter().filter(move |field| field.is(name))
    }

    /// Returns the value of the first header field with a name.
    pub fn value(&self, name: &str) -> Option<&'a [u8]> {
        let mut all = self.all(name);
        all.next().map(|field| field.value)
    }

    /// Returns the values of all header fields with a name, those that commas divide one by one.
    pub fn values<'b>(&'b self, name: &'b str) -> impl Iterator<Item = &'a [u8]> + 'b {
        let all = self.all(name).flat_map(|field| parts(field.value, b','));
        all.filter(|value| !value.is_empty())
    }

    pub fn has(&self, name: &str) -> bool {
        self.value(name).is_some()
    }

    /// Returns whether a header field lists an option tag, a method or another token, in any case.
    pub fn lists(&self, name: &str, token: &str) -> bool {
        self.values(name)
            .any(|value| value.eq_ignore_ascii_case(token.as_bytes()))
    }

    /// Returns the session description that its body is, or has among its parts.
    pub fn session(&self) -> Option<&'a [u8]> {
        session(self.value("Content-Type")?, self.body)
    }

    /// Returns how long the body says to be.
    pub fn length(&self) -> Option<u64> {
        let value = self.value("Content-Length")?;
        str::from_utf8(value).ok()?.parse().ok()
    }
}

fn cut_line(text: &[u8]) -> (&[u8], &[u8]) {
    let end = memchr::memchr(b'\n', text).map_or(text.len(), |end| end + 1);
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_taken_apart() {
        let text =
            b"SIP/2.0 420 Bad\r\nv: a, b\r\nVia: c\r\nCSeq: 7\r\n INVITE\r\nl: 3\r\n\r\nx: y\r\n";
        let message = Message::of(text);
        assert_eq!(
            (message.code(), message.method()),
            (Some(420), &b"INVITE"[..])
        );
        assert_eq!(message.values("Via").count(), 3);
        assert_eq!(
            (message.body, message.length()),
            (&b"x: y\r\n"[..], Some(3))
        );
        assert!(message.lists("via", "B") && !message.has("x") && message.is_ended);
        let message = Message::of(b"BYE sip:a@b SIP/2.0\nTo: c");
        assert_eq!((message.method(), message.body), (&b"BYE"[..], &b""[..]));
        assert!(!message.is_ended && Message::of(b"").start.is_none());
    }
}
