//! What a writer left out so that no message can be read without guessing. It is said, and counts nothing.

use memchr::{memchr, memmem, memrchr};

use super::frame::field;
use super::read::REACH;
use crate::message::{End, Head, Start};

/// What was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// Line ends are printed as points.
    LineEnds,
    /// The middle of lines.
    Middles,
    /// Whole texts, of which only the size is printed.
    Texts,
    /// Nothing; but a message is of another version than 2.0.
    Version,
}

/// What stands where something was left out.
const MARKS: [(&str, Lost); 5] = [
    ("B blob data]", Lost::Texts),
    ("…/2.0\n", Lost::Middles),
    ("…/2.0\r\n", Lost::Middles),
    ("..Via: SIP/2.0", Lost::LineEnds),
    ("SIP/2.0..", Lost::LineEnds),
];

/// Looks for it in the beginning of a text.
pub(super) fn lost(first: &[u8]) -> Option<Lost> {
    let mut marks = MARKS.iter();
    let mark = marks.find(|(mark, _)| memmem::find(first, mark.as_bytes()).is_some());
    let version = || other_version(first).then_some(Lost::Version);
    mark.map(|(_, lost)| *lost).or_else(version)
}

/// Returns whether the start line of a message says another version, with a header field below it.
fn other_version(first: &[u8]) -> bool {
    memmem::find_iter(first, b"SIP/").any(|at| {
        let (before, after) = first.split_at(at);
        let line = memrchr(b'\n', before).map_or(0, |end| end + 1);
        let Some(length) = memchr(b'\n', after).filter(|_| !after.starts_with(b"SIP/2.0")) else {
            return false;
        };
        let below = after[length + 1..].split(|byte| *byte == b'\n').next();
        Start::of_any_version(&first[line..at + length]).is_some()
            && below.and_then(field).is_some()
    })
}

/// Returns whether a start line has no end as far as is looked, or more header fields than are looked for those that make
/// a message.
pub(super) fn is_long(text: &[u8], start: usize) -> bool {
    let near = &text[..text.len().min(start + REACH)];
    let is_cut = near.len() < text.len();
    let Some(end) = memchr(b'\n', &near[start..]) else {
        return is_cut;
    };
    match Head::default().read(near, start + end + 1) {
        End::Text(at) => is_cut || at < near.len(),
        End::Empty(_) | End::Foreign(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_out_is_known_by_what_stands_there() {
        for (text, wanted) in [
            ("  MESSAGE=[538B blob data]\n", Some(Lost::Texts)),
            (
                "x: OPTIONS sip:a@1…/2.0\n   Via: SIP/2…port\n",
                Some(Lost::Middles),
            ),
            (
                "U a -> b\n  BYE sip:a SIP/2.0..Via: SIP/2.0/UDP a..\n",
                Some(Lost::LineEnds),
            ),
            (
                "  SIP/2.0 200 OK..Via: SIP/2.0/UDP a..To: b\n",
                Some(Lost::LineEnds),
            ),
            ("SIP/2.0 200 OK.\nVia: SIP/2.0/UDP a.\n.\n", None),
            (
                "x\nBYE sip:a SIP/3.0\r\nVia: SIP/3.0/UDP a\r\n",
                Some(Lost::Version),
            ),
            ("SIP/7.0 200 OK\nVia: a\n", Some(Lost::Version)),
            ("all of it is\nthe same in SIP/3.0\nand later\n", None),
            ("BYE sip:a SIP/2.0\nVia: SIP/3.0/UDP a\nTo: b\n", None),
            ("", None),
        ] {
            assert_eq!(lost(text.as_bytes()), wanted, "{text}");
        }
    }
}
