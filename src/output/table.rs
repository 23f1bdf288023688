//! Rows of two columns: as plain text, where the second is aligned, and as a list in Markdown.

use super::markdown::escape;
use crate::text::{Piece, width, wrap};

/// What a first column may take; a longer one stands out, and does not move the others.
const MOST: usize = 48;
const GAP: usize = 2;

/// Returns a line for each row, or on a terminal as many lines as a row needs in so many cells.
pub(crate) fn table(rows: &[(String, String)], cells: Option<usize>) -> String {
    let most = cells.map_or(MOST, |cells| MOST.min(cells / 2));
    let widths = rows.iter().map(|(first, _)| width(first));
    let column = widths.filter(|width| *width <= most).max().unwrap_or(0) + GAP;
    let mut lines = Vec::new();
    for (first, second) in rows {
        let space = column.saturating_sub(width(first)).max(GAP);
        let line = format!("{first}{:space$}{second}", "");
        match cells {
            Some(cells) if width(&line) > cells => broken(first, second, column, cells, &mut lines),
            _ => lines.push(line),
        }
    }
    lines
        .iter()
        .flat_map(|line| [line.trim_end(), "\n"])
        .collect()
}

/// Returns a list in Markdown, an item for each row.
pub(crate) fn list(rows: &[(String, String)]) -> String {
    let item = |(first, second): &(String, String)| {
        let second = match second.as_str() {
            "" => String::new(),
            second => format!(": {}", escape(second)),
        };
        let name = first.trim_start();
        // What is set in belongs to the row above.
        let indent = &first[..first.len() - name.len()];
        format!("{indent}- {}{second}", escape(name))
            .trim_end()
            .to_owned()
            + "\n"
    };
    rows.iter().map(item).collect()
}

/// Adds the lines of a row whose second column hangs below its beginning.
fn broken(first: &str, second: &str, column: usize, cells: usize, lines: &mut Vec<String>) {
    let (mut beside, below) = (
        parts(first, cells),
        parts(second, cells.saturating_sub(column)),
    );
    let mut below = below.into_iter();
    // The second column begins beside the first if there is room.
    if let [only] = &mut beside[..]
        && width(only) + GAP <= column
    {
        let space = column - width(only);
        *only = format!("{only}{:space$}{}", "", below.next().unwrap_or_default());
    }
    lines.append(&mut beside);
    lines.extend(below.map(|part| format!("{:column$}{part}", "")));
}

fn parts(text: &str, cells: usize) -> Vec<String> {
    let lines = wrap([Piece { text, style: () }], cells).into_iter();
    lines
        .map(|line| line.into_iter().map(|piece| piece.text).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<(String, String)> {
        [
            (
                "486 Busy Here",
                "The device reached is busy; others may not be",
            ),
            (
                "477 A phrase that is much longer than every other phrase",
                "could not send",
            ),
            ("600 Busy Everywhere", ""),
        ]
        .map(|(first, second)| (first.to_owned(), second.to_owned()))
        .to_vec()
    }

    #[test]
    fn without_a_terminal_a_row_is_a_line() {
        let expected = "\
486 Busy Here        The device reached is busy; others may not be
477 A phrase that is much longer than every other phrase  could not send
600 Busy Everywhere
";
        assert_eq!(table(&rows(), None), expected);
    }

    #[test]
    fn on_a_terminal_the_second_column_hangs() {
        let expected = "\
486 Busy Here        The device reached is
                     busy; others may not be
477 A phrase that is much longer than every
other phrase
                     could not send
600 Busy Everywhere
";
        assert_eq!(table(&rows(), Some(44)), expected);
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        for cells in 1..100 {
            let table = table(&rows(), Some(cells));
            let widest = table.lines().map(width).max();
            assert!(widest <= Some(cells.max(GAP + 1)), "{cells}: {table}");
        }
    }
}
