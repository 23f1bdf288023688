//! Breaks runs of styled text into lines of so many cells.

use super::width;

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
    let mut lines = Lines {
        cells: cells.max(1),
        done: Vec::new(),
        line: Vec::new(),
        used: 0,
    };
    // A word can run through several pieces: a link and the colon after it. What stands in brackets,
    // such as [RFC 3261 16.7], stays together.
    let mut word: Vec<Piece<'a, S>> = Vec::new();
    let mut in_brackets = false;
    for Piece { text, style } in pieces {
        for part in text.split_inclusive(' ') {
            word.push(Piece { text: part, style });
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

struct Lines<'a, S> {
    cells: usize,
    done: Vec<Vec<Piece<'a, S>>>,
    line: Vec<Piece<'a, S>>,
    used: usize,
}

impl<'a, S: Copy> Lines<'a, S> {
    /// Adds a word with the space after it, on a new line if it does not fit.
    fn push(&mut self, word: &mut Vec<Piece<'a, S>>) {
        let whole: usize = word.iter().map(|piece| width(piece.text)).sum();
        let bare = whole - usize::from(word.last().is_some_and(|piece| piece.text.ends_with(' ')));
        if self.used + bare > self.cells && self.used > 0 {
            self.end();
        }
        for piece in word.drain(..) {
            let mut rest = piece.text;
            // A word longer than a line is broken where the line ends.
            while self.used + width(rest.trim_end()) > self.cells {
                let part = super::fit(rest, self.cells - self.used);
                let part = if part.is_empty() && self.used == 0 {
                    rest
                } else {
                    part
                };
                if !part.is_empty() {
                    self.line.push(Piece {
                        text: part,
                        style: piece.style,
                    });
                }
                rest = &rest[part.len()..];
                self.end();
            }
            if !rest.is_empty() {
                self.used += width(rest);
                self.line.push(Piece {
                    text: rest,
                    style: piece.style,
                });
            }
        }
    }

    fn end(&mut self) {
        if let Some(last) = self.line.last_mut() {
            last.text = last.text.trim_end();
            self.done.push(std::mem::take(&mut self.line));
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
