//! Breaks runs of styled text into lines of so many cells.

use memchr::{memchr, memrchr};
use unicode_segmentation::UnicodeSegmentation;

use super::width::width;

/// A piece of a line: a text and whatever goes with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece<'a, S> {
    pub text: &'a str,
    pub style: S,
}

/// Breaks pieces into lines of at most `cells` cells, between words where that is possible.
pub fn wrap<'a, S: Copy>(
    pieces: impl IntoIterator<Item = Piece<'a, S>>,
    cells: usize,
) -> Vec<Vec<Piece<'a, S>>> {
    let pieces: Vec<Piece<'a, S>> = pieces.into_iter().collect();
    let mut lines = Lines {
        pieces: &pieces,
        cells: cells.max(1),
        done: Vec::new(),
        line: Vec::new(),
        used: 0,
    };
    // A word can run through several pieces: a link and the colon after it. What stands in brackets,
    // such as [RFC 3261 16.7], stays together.
    let mut word = Vec::new();
    let mut in_brackets = false;
    for (piece, Piece { text, .. }) in pieces.iter().enumerate() {
        let mut start = 0;
        while start < text.len() {
            let rest = &text[start..];
            if word.is_empty() && !in_brackets {
                let end = start + lines.words_that_fit(rest);
                lines.add(Run { piece, start, end });
                if end > start {
                    start = end;
                    continue;
                }
            }
            let part = rest.find(' ').map_or(rest, |space| &rest[..=space]);
            let end = start + part.len();
            word.push(Run { piece, start, end });
            start = end;
            in_brackets = (in_brackets || part.starts_with('[')) && !part.contains(']');
            if part.ends_with(' ') && !in_brackets {
                lines.push(&mut word);
            }
        }
    }
    lines.push(&mut word);
    lines.end();
    lines.done
}

/// A part of a piece, by its bytes.
#[derive(Clone, Copy)]
struct Run {
    piece: usize,
    start: usize,
    end: usize,
}

struct Lines<'p, 'a, S> {
    pieces: &'p [Piece<'a, S>],
    cells: usize,
    done: Vec<Vec<Piece<'a, S>>>,
    line: Vec<Run>,
    used: usize,
}

impl<'a, S: Copy> Lines<'_, 'a, S> {
    fn text(&self, run: Run) -> &'a str {
        &self.pieces[run.piece].text[run.start..run.end]
    }

    /// Returns how many bytes at the start of a text are words with the space behind each that the line takes as they are. It
    /// may be less than fits: a text that is not ASCII, or has brackets, is read word by word.
    fn words_that_fit(&self, text: &str) -> usize {
        let Some(room) = self.cells.checked_sub(self.used) else {
            return 0;
        };
        let bytes = text.as_bytes();
        let near = &bytes[..bytes.len().min(room + 1)];
        if !near.is_ascii() {
            return 0;
        }
        let near = &near[..memchr(b'[', near).unwrap_or(near.len())];
        memrchr(b' ', near).map_or(0, |space| space + 1)
    }

    /// Adds a word with the space after it, on a new line if it does not fit.
    fn push(&mut self, word: &mut Vec<Run>) {
        let whole: usize = word.iter().map(|run| width(self.text(*run))).sum();
        let space = word
            .last()
            .is_some_and(|run| self.text(*run).ends_with(' '));
        if self.used + whole - usize::from(space) > self.cells && self.used > 0 {
            self.end();
        }
        for mut run in word.drain(..) {
            // A word longer than a line is broken where the line ends.
            loop {
                let rest = self.text(run);
                let needed = rest.trim_end();
                // Only a space may stand beyond the end: nothing follows it there, had it no width at all.
                if self.used > self.cells && !needed.is_empty() {
                    self.end();
                }
                if needed.is_empty() || self.used + width(needed) <= self.cells {
                    break;
                }
                let part = super::width::fit(rest, self.cells.saturating_sub(self.used)).len();
                // A letter that is wider than the line stands alone in one.
                let part = if part == 0 && self.used == 0 {
                    rest.graphemes(true).next().map_or(rest.len(), str::len)
                } else {
                    part
                };
                self.add(Run {
                    end: run.start + part,
                    ..run
                });
                run.start += part;
                self.end();
            }
            self.add(run);
        }
    }

    /// Adds a run to the line, as one with the run that it continues.
    fn add(&mut self, run: Run) {
        if run.start == run.end {
            return;
        }
        self.used += width(self.text(run));
        match self.line.last_mut() {
            Some(last) if last.piece == run.piece && last.end == run.start => last.end = run.end,
            _ => self.line.push(run),
        }
    }

    fn end(&mut self) {
        let runs = std::mem::take(&mut self.line);
        let mut line: Vec<Piece<'a, S>> = runs
            .into_iter()
            .map(|run| Piece {
                text: self.text(run),
                style: self.pieces[run.piece].style,
            })
            .collect();
        // Spaces at the end may be pieces of their own.
        while line.len() > 1
            && line
                .last()
                .is_some_and(|last| last.text.trim_end().is_empty())
        {
            line.pop();
        }
        if let Some(last) = line.last_mut() {
            last.text = last.text.trim_end();
            self.done.push(line);
        }
        self.used = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, cells: usize) -> Vec<String> {
        wrap([Piece { text, style: () }], cells)
            .into_iter()
            .map(|line| line.into_iter().map(|piece| piece.text).collect())
            .collect()
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(
            wrapped("the quick brown fox", 10),
            ["the quick", "brown fox"]
        );
        assert_eq!(wrapped("the quick", 9), ["the quick"]);
        assert_eq!(wrapped("", 9), Vec::<String>::new());
    }

    #[test]
    fn a_word_longer_than_the_line_is_broken() {
        assert_eq!(wrapped("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
    }

    #[test]
    fn wide_letters_count_twice() {
        assert_eq!(wrapped("漢字漢字", 4), ["漢字", "漢字"]);
        assert_eq!(wrapped("漢", 1), ["漢"], "what cannot fit is not lost");
    }

    #[test]
    fn a_word_of_several_pieces_stays_together() {
        let pieces = [
            Piece {
                text: "see ",
                style: 1,
            },
            Piece {
                text: "486",
                style: 2,
            },
            Piece {
                text: ": it",
                style: 3,
            },
        ];
        let lines = wrap(pieces, 6);
        let texts: Vec<String> = lines
            .iter()
            .map(|line| line.iter().map(|piece| piece.text).collect())
            .collect();
        assert_eq!(texts, ["see", "486:", "it"]);
        assert_eq!(lines[1][0].style, 2);
    }

    #[test]
    fn words_of_one_piece_are_one_piece_of_the_line() {
        assert_eq!(
            wrap(
                [Piece {
                    text: "the quick brown",
                    style: ()
                }],
                20
            )[0]
            .len(),
            1
        );
    }

    #[test]
    fn a_citation_is_not_torn_apart() {
        assert_eq!(
            wrapped("rings on. [RFC 3261 16.7]", 16),
            ["rings on.", "[RFC 3261 16.7]"]
        );
    }

    #[test]
    fn no_line_is_wider_than_allowed() {
        let text =
            "A forking proxy cancels every branch that has not answered, RFC 3261 section 16.7.";
        for cells in 1..40 {
            assert!(
                wrapped(text, cells).iter().all(|line| width(line) <= cells),
                "{cells}"
            );
        }
    }
}
