//! A table in a page: labels in a column of their own, and what is said of each beside it.

use super::layout::{Layout, WIDEST as PROSE};
use crate::document::{Block, Span};
use crate::text::width;

/// How far a table is from the left, as all that belongs to an item.
const INDENT: usize = 3;
/// What lies between the labels and the texts.
const GAP: usize = 2;
/// The most that the labels take, and their share of what there is.
const WIDEST: usize = 24;
const SHARE: (usize, usize) = (2, 5);

impl Layout<'_> {
    /// Adds the first row of these blocks; the one before may be of the same table.
    pub(super) fn entry(&mut self, rows: &[Block], before: Option<&Block>) {
        let Some(Block::Entry { label, text, .. }) = rows.first() else {
            return;
        };
        let cells = self.setting.width.min(PROSE);
        let cells = cells.saturating_sub(INDENT);
        let is_first = !matches!(before, Some(Block::Entry { .. }));
        if is_first {
            self.labels = widest_label(rows, cells);
        }
        let beside = self.labels + GAP;
        if !is_first && is_said(label, before) {
            // The label stands above already.
        } else if width_of(label) <= self.labels {
            let mut left = self.beside(self.labels);
            left.marked(("", self.setting.theme.muted), 0, label);
            self.next_link = left.next_link;
            self.sheet.pad_to(INDENT);
            self.sheet.append(&left.sheet, 0);
        } else {
            self.marked(("", self.setting.theme.muted), INDENT, label);
        }
        let mut right = self.beside(cells.saturating_sub(beside));
        right.marked(("", self.setting.theme.muted), 0, text);
        self.next_link = right.next_link;
        self.side_by_side(&[right.sheet], INDENT + beside, 0);
    }
}

/// Returns how wide the labels of a table are, but for those that are too long and stand in a line of their own.
fn widest_label(rows: &[Block], cells: usize) -> usize {
    let most = (cells * SHARE.0 / SHARE.1).min(WIDEST);
    let labels = rows.iter().map_while(|row| match row {
        Block::Entry { label, .. } => Some(width_of(label)),
        _ => None,
    });
    labels
        .filter(|label| *label <= most)
        .max()
        .unwrap_or_default()
}

/// Returns whether the row before has the same label; one that leads somewhere is always written.
fn is_said(label: &[Span], before: Option<&Block>) -> bool {
    let Some(Block::Entry { label: other, .. }) = before else {
        return false;
    };
    let texts = |label: &[Span]| -> Vec<String> {
        label.iter().map(|span| span.text.to_string()).collect()
    };
    label.iter().all(|span| span.link.is_none()) && texts(label) == texts(other)
}

fn width_of(label: &[Span]) -> usize {
    label.iter().map(|span| width(&span.text)).sum()
}
