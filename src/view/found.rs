//! What is looked for in a page: where it stands, and how it is marked. A line end counts as a blank.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::look::Look;
use super::sheet::Sheet;
use crate::app::places::Match;
use crate::app::sought::Sought;
use crate::app::viewport::Rows;
use crate::search::{same_word, sort_by_key};
use crate::text::width;

/// The letters of a page, one after another, each with its row and its cells.
struct Letters {
    letters: Vec<char>,
    cells: Vec<(usize, (u16, u16))>,
}

/// Returns all that is found in a page, in the order of its rows.
pub(super) fn matches(sheet: &Sheet, sought: &Sought) -> Vec<Match> {
    let page = Letters::of(sheet);
    let mut found = Vec::new();
    for text in &sought.texts {
        let is_word = text.chars().all(char::is_alphanumeric);
        if sought.as_it_is || !is_word {
            page.find(text, &mut found);
        } else {
            page.find_word(text, &mut found);
        }
    }
    sort_by_key(&mut found, |found: &Match| found.parts.first().copied());
    found
}

impl Letters {
    fn of(sheet: &Sheet) -> Self {
        let mut page = Self {
            letters: Vec::new(),
            cells: Vec::new(),
        };
        for row in 0..sheet.height() {
            let mut column = 0;
            let line = sheet.line(row);
            for (at, letter) in line.char_indices() {
                let cells = width(&line[at..at + letter.len_utf8()]);
                let end = column + u16::try_from(cells).unwrap_or_default();
                page.push(letter, (row, (column, end)));
                column = end;
            }
            page.push(' ', (row, (column, column)));
        }
        page
    }

    /// Adds a letter; of several blanks only the first counts.
    fn push(&mut self, letter: char, cells: (usize, (u16, u16))) {
        let letter = letter.to_lowercase().next().unwrap_or(letter);
        if letter == ' ' && self.letters.last().is_none_or(|last| *last == ' ') {
            return;
        }
        self.letters.push(letter);
        self.cells.push(cells);
    }

    fn find(&self, text: &str, found: &mut Vec<Match>) {
        let text: Vec<char> = text.chars().collect();
        let mut from = 0;
        while let Some(rest) = self.letters.get(from..) {
            let Some(at) = rest.windows(text.len()).position(|part| part == text) else {
                return;
            };
            found.push(self.part(from + at, from + at + text.len()));
            from += at + text.len();
        }
    }

    /// Finds a word in any of its forms.
    fn find_word(&self, word: &str, found: &mut Vec<Match>) {
        let is_part = |letter: &char| letter.is_alphanumeric();
        let mut from = 0;
        while let Some(start) = self.letters[from..].iter().position(is_part) {
            let start = from + start;
            let length = self.letters[start..]
                .iter()
                .take_while(|l| is_part(l))
                .count();
            from = start + length;
            let begins = word.chars().next() == self.letters.get(start).copied();
            if begins {
                let other: String = self.letters[start..from].iter().collect();
                if same_word(word, &other) {
                    found.push(self.part(start, from));
                }
            }
        }
    }

    /// Returns the cells of some letters, row by row.
    fn part(&self, start: usize, end: usize) -> Match {
        let mut parts: Vec<(usize, (u16, u16))> = Vec::new();
        for (row, (first, last)) in self.cells.get(start..end).into_iter().flatten() {
            match parts.last_mut() {
                Some((of, columns)) if of == row => columns.1 = *last,
                _ => parts.push((*row, (*first, *last))),
            }
        }
        Match { parts }
    }
}

/// Marks what was found among the rows that are shown, and where one is more than the rest.
pub(super) fn mark(
    area: Rect,
    buf: &mut Buffer,
    (found, at): (&[Match], Option<usize>),
    shown: Rows,
    look: &Look<'_>,
) {
    let end = shown.first + shown.shown();
    let first = found.partition_point(|found| found.row() + 1 < shown.first);
    for (number, found) in found.iter().enumerate().skip(first) {
        if found.row() >= end {
            return;
        }
        let style = if at == Some(number) {
            look.theme.link_selected
        } else {
            look.theme.matched
        };
        for (row, (start, end)) in &found.parts {
            let row = row.checked_sub(shown.first);
            let row = row.and_then(|row| area.rows().nth(row));
            if let Some(row) = row {
                let part = Rect {
                    x: row.x.saturating_add(*start),
                    width: end - start,
                    ..row
                };
                buf.set_style(part.intersection(row), style);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    fn found(lines: &[&str], sought: &Sought) -> Vec<Vec<(usize, (u16, u16))>> {
        let mut sheet = Sheet::default();
        for line in lines {
            sheet.write(line, Style::new());
            sheet.end_line();
        }
        let found = matches(&sheet, sought).into_iter();
        found.map(|found| found.parts).collect()
    }

    fn sought(text: &str, as_it_is: bool) -> Sought {
        Sought {
            texts: vec![text.into()],
            as_it_is,
            is_typed: as_it_is,
            at: None,
        }
    }

    #[test]
    fn what_is_typed_is_found_in_any_case_and_over_the_end_of_a_line() {
        let page = ["A Retry-After field: wait, then Retry", "  after it."];
        let retry = found(&page, &sought("retry", true));
        assert_eq!(retry, [[(0, (2, 7))], [(0, (32, 37))]]);
        let over = found(&page, &sought("retry after", true));
        assert_eq!(over, [[(0, (32, 37)), (1, (2, 7))]]);
        assert!(found(&page, &sought("busy", true)).is_empty());
    }

    #[test]
    fn a_word_of_a_query_is_found_in_its_other_forms_and_as_a_whole() {
        let page = ["It retries; a retry is a try. Retrying"];
        let retry = found(&page, &sought("retry", false));
        assert_eq!(retry, [[(0, (3, 10))], [(0, (14, 19))], [(0, (30, 38))]]);
    }

    #[test]
    fn a_wide_letter_takes_its_cells() {
        let found = found(&["漢字 busy"], &sought("busy", true));
        assert_eq!(found, [[(0, (5, 9))]]);
    }
}
