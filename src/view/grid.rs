//! The one grid of a comparison: its labels at the left, and the columns in which the names of the codes, their facts
//! and their texts begin.

/// What a column needs, its share of the labels counted.
const COLUMN_WIDTH: usize = 36;
/// What the labels need.
const LABELS: usize = 17;
/// What lies between two columns.
pub(super) const GAP: usize = 3;
/// What a fact needs beside its label where the codes stand one above the other.
const NARROWEST: usize = 24;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Grid {
    /// How wide it is.
    width: usize,
    /// How many columns it has.
    count: usize,
}

impl Grid {
    pub(super) fn new(width: usize, count: usize) -> Self {
        let count = count.max(1);
        Self { width, count }
    }

    /// Returns whether the codes stand one above the other, since two do not fit side by side.
    pub(super) fn is_stacked(self) -> bool {
        self.count == 1
    }

    /// Returns where the columns begin, or what stands in their place.
    pub(super) fn indent(self) -> usize {
        if !self.is_stacked() || self.width >= LABELS + NARROWEST {
            LABELS
        } else {
            2
        }
    }

    /// Returns whether a label has room beside the columns.
    pub(super) fn has_room_for(self, label: usize) -> bool {
        label < self.indent()
    }

    /// Returns how wide each column is.
    pub(super) fn cells(self) -> usize {
        let gaps = GAP * (self.count - 1);
        (self.width.saturating_sub(self.indent() + gaps) / self.count).max(1)
    }

    /// Returns where a column begins.
    pub(super) fn start(self, column: usize) -> usize {
        self.indent() + column * (self.cells() + GAP)
    }
}

/// Returns which of so many columns are shown: as many as fit, the focused one among them.
pub(super) fn window(width: usize, count: usize, focused: usize) -> (usize, usize) {
    let fitting = (width / COLUMN_WIDTH).clamp(1, count.max(1));
    let first = focused
        .saturating_sub(fitting - 1)
        .min(count.saturating_sub(fitting));
    (first, fitting)
}

#[cfg(test)]
mod tests {
    use super::{GAP, Grid, window};

    #[test]
    fn the_focused_column_is_always_shown() {
        for cells in [0, 20, 56, 76, 116, 200] {
            for count in 2..=4 {
                for focused in 0..count {
                    let (first, fitting) = window(cells, count, focused);
                    assert!(
                        (first..first + fitting).contains(&focused),
                        "{cells} {count} {focused}"
                    );
                    assert!(first + fitting <= count);
                }
            }
        }
    }

    #[test]
    fn the_columns_fill_the_width() {
        for width in 72..300 {
            for count in 2..=4 {
                let (_, shown) = window(width, count, 0);
                let grid = Grid::new(width, shown);
                let end = grid.start(shown) - GAP;
                assert!(
                    (width - shown..=width).contains(&end) || shown == 1,
                    "{width} {count}"
                );
            }
        }
    }
}
