//! What a writer left out so that no message can be read without guessing. It is said, and counts nothing.

use memchr::memmem;

/// What was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// Line ends are printed as points.
    LineEnds,
    /// The middle of lines.
    Middles,
    /// Whole texts, of which only the size is printed.
    Texts,
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
    mark.map(|(_, lost)| *lost)
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
            ("", None),
        ] {
            assert_eq!(lost(text.as_bytes()), wanted, "{text}");
        }
    }
}
