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
    /// The letters that narrow it.
    pub(super) typed: String,
}

/// A row of the help: keys or a filter, what it does, and whether that is anything now.
type Row = (String, &'static str, bool);

impl Offer {
    /// Returns the commands that have keys where the help was opened, as far as they have the letters.
    pub(super) fn commands(&self, keymap: &Keymap) -> Vec<Command> {
        let all = Command::ALL.iter().copied();
        let here = all.filter(|command| keymap.first(*command, self.mode).is_some());
        let shown = |command: &Command| keymap.shown(*command, &[self.mode]);
        here.filter(|command| self.has(command.says(), &shown(command)))
            .collect()
    }

    fn has(&self, says: &str, keys: &str) -> bool {
        let (typed, says) = (self.typed.to_lowercase(), says.to_lowercase());
        let mut words = typed.split_whitespace();
        words.all(|word| says.contains(word) || keys.to_lowercase().contains(word))
    }

    /// Lays it out, first the commands that can be run; each row has a block.
    pub(super) fn lay_out(&self, setting: Setting, keymap: &Keymap) -> Sheet {
        let commands = self.commands(keymap);
        let keys = |command: Command| keymap.shown(command, &[self.mode]);
        let elsewhere = self.elsewhere(keymap);
        let filters = search::filters().filter(|(example, finds)| self.has(finds, example));
        let filters: Vec<Row> = filters
            .map(|(example, finds)| (example.to_owned(), finds, true))
            .collect();
        let most = setting.width / KEYS_SHARE;
        let widest = |widths: &mut dyn Iterator<Item = usize>| widths.max().unwrap_or(0).min(most);
        let of_here = commands.iter().map(|command| width(&keys(*command)));
        let of_elsewhere = elsewhere.iter().map(|(keys, ..)| width(keys));
        let column = widest(&mut of_here.chain(of_elsewhere));
        let of_filters = widest(&mut filters.iter().map(|(keys, ..)| width(keys)));
        let mut sheet = Sheet::default();
        let mut group = "";
        for command in commands {
            if group != command.group() {
                group = command.group();
                heading(group, setting, &mut sheet);
            }
            let applies = self.applying.contains(&command);
            write(
                &(keys(command), command.says(), applies),
                column,
                setting,
                &mut sheet,
            );
        }
        let mut parts = [
            ("Elsewhere", elsewhere, column),
            (search::ABOUT_FILTERS, filters, of_filters),
        ];
        if self.mode == Mode::Search {
            parts.swap(0, 1);
        }
        for (name, rows, column) in parts {
            if !rows.is_empty() {
                heading(name, setting, &mut sheet);
            }
            for row in &rows {
                write(row, column, setting, &mut sheet);
            }
        }
        sheet
    }

    /// Returns the commands that have their keys in other places, with these.
    fn elsewhere(&self, keymap: &Keymap) -> Vec<Row> {
        let all = Command::ALL.iter().copied();
        let others = all.filter(|command| keymap.first(*command, self.mode).is_none());
        let rows = others.map(|command| {
            let keys = match keymap.shown_anywhere(command) {
                keys if keys.is_empty() => "no key".into(),
                keys => keys,
            };
            (keys, command.says(), true)
        });
        rows.filter(|(keys, says, _)| self.has(says, keys))
            .collect()
    }
}

fn heading(name: &str, setting: Setting, sheet: &mut Sheet) {
    if sheet.height() > 0 {
        sheet.end_line();
    }
    sheet.write(" ", setting.theme.heading);
    sheet.write(name, setting.theme.heading);
    sheet.end_line();
}

/// Returns what the help of a mode is called.
pub(super) fn place(mode: Mode) -> &'static str {
    match mode {
        Mode::Search => "In the search line",
        Mode::List => "In the list",
        Mode::Detail => "On the page",
        Mode::Compare => "In the comparison",
        Mode::Choose => "Where a code is chosen",
        Mode::Outline => "In the outline",
        Mode::Find => "Where one finds",
        Mode::Note => "In the note",
        Mode::Help => "Here",
    }
}

/// Writes a row: its keys in a column, and beside them what it does.
fn write((keys, says, applies): &Row, column: usize, setting: Setting, sheet: &mut Sheet) {
    let Setting { theme, width, .. } = setting;
    sheet.begin_block();
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
    sheet.begin_block();
}
