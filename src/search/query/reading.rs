//! A text as it is read: words, numbers and signs in order, and which of them have been understood.

use std::ops::Range;

/// What a piece of the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters without a change from small ones to capitals: a constant has several.
    Letters,
    Digits,
    Sign(char),
}

/// What stands before a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing: the piece is glued to the one before.
    None,
    Blank,
    Line,
}

#[derive(Clone, Copy, Debug)]
struct Piece {
    start: usize,
    end: usize,
    kind: Kind,
    gap: Gap,
    taken: bool,
}

/// A text taken into pieces.
pub(super) struct Reading<'a> {
    text: &'a str,
    pieces: Vec<Piece>,
}

impl<'a> Reading<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut gap = Gap::Line;
        let mut before = ' ';
        for (start, letter) in text.char_indices() {
            let end = start + letter.len_utf8();
            if letter.is_whitespace() {
                let new = if letter == '\n' {
                    Gap::Line
                } else {
                    Gap::Blank
                };
                gap = gap.max(new);
                before = ' ';
                continue;
            }
            let kind = match letter {
                _ if letter.is_ascii_digit() => Kind::Digits,
                _ if letter.is_alphanumeric() => Kind::Letters,
                _ => Kind::Sign(letter),
            };
            let is_new_word = before.is_lowercase() && letter.is_uppercase();
            let same = kind == Kind::Letters && !is_new_word || kind == Kind::Digits;
            match pieces.last_mut() {
                Some(last) if same && gap == Gap::None && last.kind == kind => last.end = end,
                _ => pieces.push(Piece {
                    start,
                    end,
                    kind,
                    gap,
                    taken: false,
                }),
            }
            gap = Gap::None;
            before = letter;
        }
        Self { text, pieces }
    }

    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    pub(super) fn len(&self) -> usize {
        self.pieces.len()
    }

    /// Returns the kind of a piece; none beyond the ends.
    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.pieces.get(at).map(|piece| piece.kind)
    }

    /// Returns a piece as it is written; nothing beyond the ends.
    pub(super) fn word(&self, at: usize) -> &'a str {
        let piece = self.pieces.get(at);
        piece.map_or("", |piece| &self.text[piece.start..piece.end])
    }

    pub(super) fn letters(&self, at: usize) -> Option<&'a str> {
        (self.kind(at) == Some(Kind::Letters)).then(|| self.word(at))
    }

    pub(super) fn digits(&self, at: usize) -> Option<&'a str> {
        (self.kind(at) == Some(Kind::Digits)).then(|| self.word(at))
    }

    pub(super) fn sign(&self, at: usize) -> Option<char> {
        match self.kind(at) {
            Some(Kind::Sign(sign)) => Some(sign),
            _ => None,
        }
    }

    /// Returns the gap before a piece; beyond the end a line ends.
    pub(super) fn gap(&self, at: usize) -> Gap {
        self.pieces.get(at).map_or(Gap::Line, |piece| piece.gap)
    }

    /// Returns whether a piece is glued to the one before.
    pub(super) fn is_glued(&self, at: usize) -> bool {
        self.gap(at) == Gap::None
    }

    /// Returns the piece glued before another.
    pub(super) fn glued_before(&self, at: usize) -> Option<usize> {
        at.checked_sub(1).filter(|_| self.is_glued(at))
    }

    /// Returns the piece glued behind another.
    pub(super) fn glued_behind(&self, at: usize) -> Option<usize> {
        Some(at + 1).filter(|next| self.is_glued(*next))
    }

    /// Returns whether letters are one of some words, which blanks divide, whatever their case.
    pub(super) fn is_any(&self, at: usize, words: &str) -> bool {
        let word = self.letters(at);
        word.is_some_and(|word| {
            words
                .split(' ')
                .any(|other| other.eq_ignore_ascii_case(word))
        })
    }

    /// Returns the pieces from one on that are glued together.
    pub(super) fn term(&self, start: usize) -> Range<usize> {
        let mut end = start + 1;
        while end < self.len() && self.is_glued(end) {
            end += 1;
        }
        start..end.min(self.len())
    }

    /// Returns the pieces from one to the end of its line.
    pub(super) fn line(&self, start: usize) -> Range<usize> {
        let mut end = start + 1;
        while end < self.len() && self.gap(end) < Gap::Line {
            end += 1;
        }
        start..end.min(self.len())
    }

    /// Returns pieces with what stands between them.
    pub(super) fn between(&self, pieces: &Range<usize>) -> &'a str {
        let start = self.pieces.get(pieces.start).map(|piece| piece.start);
        let end = pieces
            .end
            .checked_sub(1)
            .and_then(|last| self.pieces.get(last));
        let (Some(start), Some(end)) = (start, end.map(|piece| piece.end)) else {
            return "";
        };
        self.text.get(start..end).unwrap_or("")
    }

    /// Returns the pieces that a stretch of bytes covers, be it in part.
    pub(super) fn covered(&self, bytes: &Range<usize>) -> Range<usize> {
        let start = self
            .pieces
            .partition_point(|piece| piece.end <= bytes.start);
        let end = self.pieces.partition_point(|piece| piece.start < bytes.end);
        start..end.max(start)
    }

    /// Says that pieces have been understood: nothing else is read out of them.
    pub(super) fn take(&mut self, pieces: Range<usize>) {
        let end = pieces.end.min(self.pieces.len());
        for piece in &mut self.pieces[pieces.start.min(end)..end] {
            piece.taken = true;
        }
    }

    pub(super) fn is_taken(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|piece| piece.taken)
    }

    /// Returns the places of what has not been understood.
    pub(super) fn left(&self) -> impl Iterator<Item = usize> + use<> {
        let left = self.pieces.iter().enumerate();
        let left: Vec<usize> = left
            .filter(|(_, piece)| !piece.taken)
            .map(|(at, _)| at)
            .collect();
        left.into_iter()
    }

    /// Returns whether the text ends with a piece, so that it may be typed on.
    pub(super) fn ends_with(&self, at: usize) -> bool {
        let last = at + 1 == self.len();
        last && self
            .pieces
            .get(at)
            .is_some_and(|piece| piece.end == self.text.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> String {
        let reading = Reading::of(text);
        let words = (0..reading.len()).map(|at| {
            let glue = if reading.is_glued(at) { "" } else { " " };
            format!("{glue}{}|", reading.word(at))
        });
        words.collect()
    }

    #[test]
    fn a_text_is_words_numbers_and_signs() {
        assert_eq!(pieces("StatusCode=486 (x)"), " Status|Code|=|486| (|x|)|");
        assert_eq!(pieces("Q.850;cause=17"), " Q|.|850|;|cause|=|17|");
        assert_eq!(pieces("SIPReason402Paid"), " SIPReason|402|Paid|");
        assert_eq!(pieces("  \n"), "");
    }

    #[test]
    fn what_has_been_understood_is_left_out() {
        let mut reading = Reading::of("a b\nc d");
        assert_eq!(reading.line(0), 0..2);
        assert_eq!(reading.between(&(1..3)), "b\nc");
        assert_eq!(reading.covered(&(2..5)), 1..3);
        reading.take(1..3);
        assert_eq!(reading.left().collect::<Vec<_>>(), [0, 3]);
        assert!(reading.ends_with(3) && !reading.ends_with(0));
        assert!(!Reading::of("a ").ends_with(0), "no longer being typed");
    }
}
