//! What the help offers, as lines: first what works where it was opened, then the rest, then the filters.

use super::setting::Setting;
use super::sheet::Sheet;
use crate::app::Mode;
use crate::keymap::{Command, Keymap};
use crate::search;
use crate::text::{Piece, width, wrap};

/// The share of the width that keys may take, one part of so many.
const KEYS_SHARE: usize = 3;

/// What the help depends on; its texts are made from the key table and that of the filters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Offer {
    /// Where it was opened.
    pub(super) mode: Mode,
    /// What can do something as things are; the rest is less in the way.
    pub(super) applying: Vec<Command>,
}

/// A row of the help: keys or a filter, what it does, and whether that is anything now.
type Row = (String, &'static str, bool);

impl Offer {
    pub(super) fn lay_out(&self, setting: Setting, keymap: &Keymap) -> Sheet {
        let (mut here, mut elsewhere) = (Vec::new(), Vec::new());
        for command in Command::ALL {
            let keys = keymap.shown(*command, &[self.mode]);
            if !keys.is_empty() {
                let applies = self.applying.contains(command);
                here.push((keys, command.says(), applies));
                continue;
            }
            let keys = match keymap.shown_anywhere(*command) {
                keys if keys.is_empty() => "no key".into(),
                keys => keys,
            };
            elsewhere.push((keys, command.says(), true));
        }
        let filters = search::filters().map(|(example, finds)| (example.to_owned(), finds, true));
        let filters: Vec<Row> = filters.collect();
        let column = |rows: &mut dyn Iterator<Item = &Row>| {
            let widest = rows.map(|(keys, ..)| width(keys)).max();
            widest.unwrap_or_default().min(setting.width / KEYS_SHARE)
        };
        let of_keys = column(&mut here.iter().chain(&elsewhere));
        let of_filters = column(&mut filters.iter());
        let mut parts = [
            (place(self.mode), here, of_keys),
            ("Elsewhere", elsewhere, of_keys),
            (search::ABOUT_FILTERS, filters, of_filters),
        ];
        if self.mode == Mode::Search {
            parts.swap(1, 2);
        }
        let mut sheet = Sheet::default();
        for (heading, rows, column) in parts {
            if sheet.height() > 0 {
                sheet.end_line();
            }
            sheet.write(" ", setting.theme.heading);
            sheet.write(heading, setting.theme.heading);
            sheet.end_line();
            for row in &rows {
                write(row, column, setting, &mut sheet);
            }
        }
        sheet
    }
}

/// Returns what the help of a mode is called.
fn place(mode: Mode) -> &'static str {
    match mode {
        Mode::Search => "In the search line",
        Mode::List => "In the list",
        Mode::Detail => "On the page",
        Mode::Compare => "In the comparison",
        Mode::Choose => "Where a code is chosen",
        Mode::Note => "In the note",
        Mode::Help => "Here",
    }
}

/// Writes a row: its keys in a column, and beside them what it does.
fn write((keys, says, applies): &Row, column: usize, setting: Setting, sheet: &mut Sheet) {
    let Setting { theme, width, .. } = setting;
    let style = if *applies { theme.text } else { theme.muted };
    let keys = wrap(
        [Piece {
            text: keys,
            style: theme.key,
        }],
        column,
    );
    let says = wrap(
        [Piece { text: says, style }],
        width.saturating_sub(column + 4),
    );
    for row in 0..keys.len().max(says.len()) {
        sheet.pad_to(1);
        for piece in keys.get(row).into_iter().flatten() {
            sheet.write(piece.text, piece.style);
        }
        sheet.pad_to(column + 3);
        for piece in says.get(row).into_iter().flatten() {
            sheet.write(piece.text, piece.style);
        }
        sheet.end_line();
    }
}
