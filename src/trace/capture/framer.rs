//! The messages in one direction of a TCP connection, as its bytes come: of SIP one after the other, or in frames of
//! WebSocket. What is something else is left alone soon.

use std::mem;

use memchr::{memchr, memrchr};

use super::sip;
use super::websocket::{self, Frames, Step};
use crate::message::{self, Head};
use crate::trace::found::Transport;
use crate::trace::needle::BEFORE;

/// Longer heads are none.
const HEAD: usize = 64 * 1024;
/// The header fields with which WebSocket begins are shorter.
const HANDSHAKE: usize = 16 * 1024;
/// After so many bytes without a message none is looked for.
const STRAY: usize = 256 * 1024;

/// Takes a message, and what carried it.
type Give<'a> = dyn FnMut(&[u8], Transport) + 'a;

/// What the bytes are held for.
#[derive(Debug, Default)]
enum State {
    #[default]
    New,
    Handshake,
    Sip,
    Frames(Frames),
    Tls,
    Other,
}

#[derive(Debug, Default)]
pub(super) struct Framer {
    state: State,
    /// What is read when more of it comes.
    kept: Vec<u8>,
    /// Before so many are kept nothing is there to be read.
    wanted: usize,
    /// So far no end of the header fields was found.
    searched: usize,
    /// So many of the next bytes are of no use.
    skip: usize,
    strayed: usize,
}

impl Framer {
    /// Reads the next bytes.
    pub(super) fn feed(&mut self, bytes: &[u8], give: &mut Give<'_>) {
        let skipped = self.skip.min(bytes.len());
        self.skip -= skipped;
        let bytes = &bytes[skipped..];
        if bytes.is_empty() || self.is_done() {
            return;
        }
        if self.kept.is_empty() {
            // What was taken for text may be something else that began before the capture.
            if matches!(self.state, State::Sip) && matches!(bytes[0], 0x14..=0x17 | 0x81 | 0x82) {
                self.state = State::New;
            }
            let used = self.read(bytes, give);
            let rest = bytes.get(used..).unwrap_or_default();
            self.kept.extend_from_slice(rest);
            return;
        }
        self.kept.extend_from_slice(bytes);
        if self.kept.len() >= self.wanted {
            let mut kept = mem::take(&mut self.kept);
            let used = self.read(&kept, give).min(kept.len());
            if used < kept.len() {
                kept.drain(..used);
                self.kept = kept;
            }
        }
    }

    /// Returns whether a stream may begin with these bytes, so that none of it need be waited for.
    pub(super) fn knows(bytes: &[u8]) -> bool {
        let mut framer = Self::default();
        framer.sniff(bytes);
        let bytes = sip::without_ends(bytes);
        match framer.state {
            State::New | State::Sip => bytes.is_empty() || sip::start_line(bytes).is_some(),
            _ => true,
        }
    }

    /// Learns that so many bytes will not come: what they were part of is given as it is.
    pub(super) fn lost(&mut self, length: usize, give: &mut Give<'_>) {
        if self.kept.is_empty() && length <= self.skip {
            self.skip -= length;
            return;
        }
        let kept = mem::take(&mut self.kept);
        let missing = match &mut self.state {
            State::Frames(frames) => {
                let missing = frames.cut(&kept, &mut |bytes| give(bytes, Transport::WebSocket));
                if missing.is_none_or(|missing| missing < length) {
                    self.state = State::New;
                }
                missing
            }
            State::Sip => {
                if let Some(message) = sip::datagram(&kept, &mut Head::default()) {
                    give(message, Transport::Tcp);
                }
                self.wanted.checked_sub(kept.len())
            }
            State::Handshake => {
                self.state = State::New;
                None
            }
            _ => None,
        };
        self.skip = missing.map_or(0, |missing| missing.saturating_sub(length));
        self.begin();
    }

    /// Returns whether nothing that comes will be read.
    pub(super) fn is_done(&self) -> bool {
        matches!(self.state, State::Tls | State::Other)
    }

    pub(super) fn is_tls(&self) -> bool {
        matches!(self.state, State::Tls)
    }

    /// Returns how many bytes it holds.
    pub(super) fn size(&self) -> usize {
        let frames = match &self.state {
            State::Frames(frames) => frames.size(),
            _ => 0,
        };
        self.kept.capacity() + frames
    }

    fn begin(&mut self) {
        self.wanted = 0;
        self.searched = 0;
    }

    /// Reads what is at hand; returns how much of it was used.
    fn read(&mut self, bytes: &[u8], give: &mut Give<'_>) -> usize {
        let mut at = 0;
        while let Some(rest) = bytes.get(at..)
            && !rest.is_empty()
        {
            let step = match &mut self.state {
                State::New => self.sniff(rest),
                State::Handshake => self.handshake(rest),
                State::Sip => self.message(rest, give),
                State::Frames(frames) => {
                    frames.step(rest, &mut |bytes| give(bytes, Transport::WebSocket))
                }
                State::Tls | State::Other => return bytes.len(),
            };
            match step {
                Step::Used(length) => {
                    at = at.saturating_add(length);
                    self.begin();
                }
                Step::Waits => return at,
                Step::Lost => {
                    self.state = State::New;
                    return bytes.len();
                }
            }
        }
        self.skip = at.saturating_sub(bytes.len());
        at
    }

    /// Tells by the first bytes what a stream is.
    fn sniff(&mut self, rest: &[u8]) -> Step {
        let bytes = sip::without_ends(rest);
        let is_cut = |of: &[u8]| bytes.len() < of.len() && of.starts_with(bytes);
        self.state = match bytes {
            [] => return Step::Used(rest.len()),
            [0x14..=0x17, 3, 0..=4, ..] => State::Tls,
            [0x14..=0x17] | [0x14..=0x17, 3] => return Step::Waits,
            _ if is_cut(b"GET ") || is_cut(b"HTTP/1.") => return Step::Waits,
            _ if bytes.starts_with(b"GET ") || bytes.starts_with(b"HTTP/1.") => State::Handshake,
            _ if websocket::begins(bytes) => State::Frames(Frames::default()),
            _ => State::Sip,
        };
        Step::Used(rest.len() - bytes.len())
    }

    fn handshake(&mut self, bytes: &[u8]) -> Step {
        let Some(end) = sip::head_end(bytes, self.searched) else {
            self.searched = bytes.len();
            if bytes.len() > HANDSHAKE {
                self.state = State::Other;
            }
            return Step::Waits;
        };
        let is_upgrade = message::fields(&bytes[..end])
            .any(|field| field.is("Upgrade") && field.value.eq_ignore_ascii_case(b"websocket"));
        self.state = if is_upgrade {
            State::Frames(Frames::default())
        } else {
            State::New
        };
        Step::Used(end)
    }

    /// Takes the message that begins here, or goes on to where one may begin.
    fn message(&mut self, bytes: &[u8], give: &mut Give<'_>) -> Step {
        if self.wanted > 0 {
            return self.whole(bytes, self.wanted, give);
        }
        let ends = bytes.len() - sip::without_ends(bytes).len();
        if ends > 0 {
            return Step::Used(ends);
        }
        let near = &bytes[..bytes.len().min(BEFORE)];
        let has_line = memchr(b'\n', near).is_some();
        if has_line && let Some(line) = sip::start_line(bytes) {
            return self.begun(bytes, line, give);
        }
        if !has_line && may_begin(bytes) {
            return Step::Waits;
        }
        let next = sip::next_start(bytes).unwrap_or_else(|| {
            let line = memrchr(b'\n', bytes).map_or(0, |end| end + 1);
            if line > 0 && may_begin(&bytes[line..]) {
                line
            } else {
                bytes.len()
            }
        });
        self.stray(next)
    }

    /// Takes a message whose start line is there.
    fn begun(&mut self, bytes: &[u8], line: usize, give: &mut Give<'_>) -> Step {
        let Some(head) = sip::head_end(bytes, self.searched.max(line)) else {
            self.searched = bytes.len();
            if bytes.len() <= HEAD {
                return Step::Waits;
            }
            // Of what is longer the beginning counts.
            if let Some(message) = sip::datagram(bytes, &mut Head::default()) {
                give(message, Transport::Tcp);
            }
            return self.stray(bytes.len());
        };
        let Some(end) = sip::length(&bytes[..head]) else {
            return self.stray(head);
        };
        self.whole(bytes, end, give)
    }

    /// Takes a message that ends so far behind its beginning, once all of it is there.
    fn whole(&mut self, bytes: &[u8], end: usize, give: &mut Give<'_>) -> Step {
        let Some(message) = bytes.get(..end) else {
            self.wanted = end;
            return Step::Waits;
        };
        give(message, Transport::Tcp);
        self.strayed = 0;
        Step::Used(end)
    }

    /// Leaves out what is no message.
    fn stray(&mut self, length: usize) -> Step {
        self.strayed += length;
        if self.strayed > STRAY {
            self.state = State::Other;
        }
        Step::Used(length)
    }
}

/// Returns whether a line that is not whole may become a start line.
fn may_begin(line: &[u8]) -> bool {
    let is_text = |byte: &u8| matches!(byte, b' '..=b'~' | b'\t' | b'\r' | 0x80..);
    line.len() < BEFORE
        && line.first().is_some_and(u8::is_ascii_alphanumeric)
        && line.iter().all(is_text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD_OF_ONE: &[u8] = b"MESSAGE sip:a@b SIP/2.0\r\nVia: a\r\nTo: b\r\nl: 10\r\n\r\n";

    fn fed(parts: &[&[u8]]) -> (Framer, Vec<String>) {
        let mut framer = Framer::default();
        let mut given = Vec::new();
        for part in parts {
            let mut give =
                |bytes: &[u8], _| given.push(String::from_utf8_lossy(bytes).into_owned());
            if part.is_empty() {
                framer.lost(4, &mut give);
            } else {
                framer.feed(part, &mut give);
            }
        }
        (framer, given)
    }

    #[test]
    fn a_message_ends_where_its_length_says() {
        let body = b"SIP/2.0 20";
        let whole = [HEAD_OF_ONE, body].concat();
        let two = [&whole[..], &whole].concat();
        for cut in 1..two.len() {
            let (framer, given) = fed(&[&two[..cut], &two[cut..]]);
            assert_eq!(given.len(), 2, "{cut}");
            assert_eq!(given[1].as_bytes(), whole);
            assert_eq!(framer.size(), 0);
        }
    }

    #[test]
    fn a_hole_in_a_body_ends_with_it() {
        // Four bytes of the body are missing: what follows it begins a message.
        let (_, given) = fed(&[HEAD_OF_ONE, b"SIP", b"", b"2.0", HEAD_OF_ONE, b"0123456789"]);
        assert_eq!(given.len(), 2);
        assert!(given[0].ends_with("\r\n\r\nSIP"));
        let (_, given) = fed(&[&HEAD_OF_ONE[..44], b"", HEAD_OF_ONE, b"0123456789"]);
        assert_eq!(given.len(), 2);
        let (_, given) = fed(&[&HEAD_OF_ONE[..20], b"", HEAD_OF_ONE, b"0123456789"]);
        assert_eq!(given.len(), 1);
    }

    #[test]
    fn what_is_something_else_is_left_alone() {
        let page = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n";
        let mut parts = vec![&page[..]];
        let text = b"Nothing to see here, line after line.\n".repeat(40);
        parts.extend([&text[..]; 400]);
        let (framer, given) = fed(&parts);
        assert!(framer.is_done() && !framer.is_tls() && given.is_empty());
        let (framer, _) = fed(&[b"\x16", b"\x03\x01\x00"]);
        assert!(framer.is_tls());
        let long = [b"A: b\r\n".repeat(2000), vec![b'x'; 900_000]].concat();
        let mut parts = vec![&b"SIP/2.0 200 OK\r\n"[..]];
        parts.extend(long.chunks(1000));
        let (framer, given) = fed(&parts);
        assert!(framer.size() <= 2 * HEAD && given.is_empty());
    }
}
