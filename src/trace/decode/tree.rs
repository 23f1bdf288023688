//! The tree of a dissector as text: a start line and the header fields stand in lines of their own, each with what is
//! in it below, and deeper.

use memchr::memmem;

use super::form::Form;
use super::output::{Output, folded};
use super::whence::Whence;

/// What stands in every tree.
pub(super) const MARKS: &[&[u8]] = &[b"-Line: ", b"Arrival Time: ", b", Src: "];
const STARTS: [&[u8]; 2] = [b"Request-Line: ", b"Status-Line: "];
const PIECES: [&[u8]; 5] = [
    b"More fragments: Set",
    b"More Fragments: Yes",
    b"IPv4 in frame: ",
    b"IPv6 in frame: ",
    b"PDU in frame: ",
];
const HEADER: &[u8] = b"Message Header";
/// More lines has no message.
const MANY: usize = 64 * 1024;

/// What is known of the message at hand.
#[derive(Default)]
pub(super) struct Tree {
    whence: Whence,
    message: Vec<u8>,
    place: Place,
    /// How deep its start line stands.
    start: usize,
    /// How deep the line before stood, and the line that stands least deep.
    before: usize,
    root: Option<usize>,
    /// Between the line that begins a packet and the empty one that ends it.
    is_packet: bool,
    is_met: bool,
}

/// What the lines at hand belong to.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Outside,
    StartLine,
    /// The header, whose fields stand so deep, once one was seen.
    Header(Option<usize>),
}

impl Form for Tree {
    fn take(&mut self, line: &[u8], out: &mut Output) -> bool {
        let text = line.trim_ascii();
        let deep = line.len() - line.trim_ascii_start().len();
        if self.place != Place::Outside {
            if self.goes_on(text, deep) {
                out.leave_out(line);
                return true;
            }
            self.release(out);
        }
        if let Some(start) = self.start_line(text, deep) {
            self.is_met = true;
            self.place = Place::StartLine;
            self.start = deep;
            self.message.clear();
            self.add(&[start]);
            out.settle();
            out.leave_out(line);
            return true;
        }
        if text.is_empty() {
            self.is_packet = false;
            return false;
        }
        if begins_packet(text) {
            self.is_packet = true;
            out.is_shown = false;
        }
        // A piece is shown again where it is put together.
        let is_piece = |piece: &&[u8]| memmem::find(text, piece).is_some();
        out.is_shown |= PIECES.iter().any(is_piece);
        self.before = deep;
        self.root = Some(self.root.map_or(deep, |root| root.min(deep)));
        self.whence.of_tree(text);
        // Bytes that are shown as text too are of the same packet.
        let is_inside = self.is_packet && self.root < Some(deep);
        if is_inside {
            out.leave_out(line);
        }
        is_inside
    }

    fn release(&mut self, out: &mut Output) {
        if self.place != Place::Outside {
            self.place = Place::Outside;
            out.is_shown = true;
            self.add(&[]);
            out.put(&folded(&self.whence.label(), &self.message));
        }
    }

    fn is_met(&self) -> bool {
        // The first message may stand farther down.
        self.is_met || self.whence.is_known()
    }
}

impl Tree {
    /// Returns the start line that a line shows; what a body holds stands deeper, and is none.
    fn start_line<'a>(&self, text: &'a [u8], deep: usize) -> Option<&'a [u8]> {
        let is_top = self.root == Some(self.before) && deep > self.before;
        let mut starts = STARTS.iter().filter(|_| is_top);
        let start = starts.find_map(|start| text.strip_prefix(*start))?;
        memmem::find(start, b"/2.0").map(|_| start)
    }

    /// Takes a line of the message, which may be none of its own but of what is in one.
    fn goes_on(&mut self, text: &[u8], deep: usize) -> bool {
        if deep == self.start && text == HEADER {
            self.place = Place::Header(None);
            return true;
        }
        if text.is_empty() || deep <= self.start || self.message.len() > MANY {
            return false;
        }
        if let Place::Header(field) = self.place {
            let field = field.unwrap_or(deep);
            self.place = Place::Header(Some(field));
            self.field(text, deep.saturating_sub(field));
        }
        true
    }

    /// Takes a line so much deeper than a header field stands.
    fn field(&mut self, text: &[u8], deeper: usize) {
        let old = text.strip_prefix(b"[truncated]");
        if let Some(text) = old.filter(|_| deeper < 2) {
            self.add(&[text.trim_ascii_start()]);
        } else if deeper == 0 && !text.starts_with(b"[") {
            let mark = " […]:".as_bytes();
            match memmem::find(text, mark) {
                Some(at) => self.add(&[&text[..at], b":", &text[at + mark.len()..]]),
                None => self.add(&[text]),
            }
        }
    }

    fn add(&mut self, parts: &[&[u8]]) {
        for part in parts {
            self.message.extend_from_slice(part);
        }
        self.message.extend_from_slice(b"\r\n");
    }
}

/// Returns whether a packet begins here: `Frame 7: …`.
fn begins_packet(text: &[u8]) -> bool {
    let number = text.strip_prefix(b"Frame ").unwrap_or_default();
    let digits = number.iter().take_while(|byte| byte.is_ascii_digit());
    let digits = digits.count();
    digits > 0 && number.get(digits) == Some(&b':')
}
