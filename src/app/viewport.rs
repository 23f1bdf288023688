//! What only the view could know: how many rows fitted, which came first, what lies under the mouse.

use std::rc::Rc;

use super::action::Action;
use super::places::{Match, Places};

/// A rectangle of cells on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    pub left: u16,
    pub top: u16,
    pub width: u16,
    pub height: u16,
}

impl Area {
    pub fn contains(self, column: u16, row: u16) -> bool {
        (self.left..self.left.saturating_add(self.width)).contains(&column)
            && (self.top..self.top.saturating_add(self.height)).contains(&row)
    }
}

/// Rows of something longer than the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    pub area: Area,
    /// The row at the top.
    pub first: usize,
    pub total: usize,
}

impl Rows {
    pub fn shown(self) -> usize {
        self.area.height.into()
    }

    /// Returns the greatest `first` that leaves no gap at the bottom.
    pub fn last_first(self) -> usize {
        self.total.saturating_sub(self.shown())
    }

    /// Returns the row under the mouse.
    pub fn at(self, column: u16, row: u16) -> Option<usize> {
        let inside = self.area.contains(column, row);
        let row = self.first + usize::from(row.saturating_sub(self.area.top));
        (inside && row < self.total).then_some(row)
    }

    /// Moves as little as possible so that `row` is among those shown.
    #[must_use]
    pub fn around(mut self, row: usize) -> Self {
        let shown = self.shown().max(1);
        if row < self.first {
            self.first = row;
        } else if row >= self.first + shown {
            self.first = row + 1 - shown;
        }
        self.first = self.first.min(self.last_first());
        self
    }
}

/// What the last draw showed.
#[derive(Clone, Debug, Default)]
pub struct Viewport {
    pub search: Area,
    pub list: Rows,
    pub page: Rows,
    /// Where the links, sections and blocks of the page stand; the same as long as it is laid out in the same way.
    pub places: Rc<Places>,
    /// What was found in the page, in the order of its rows, and which of them one is at.
    pub matches: Rc<Vec<Match>>,
    pub at_match: Option<usize>,
    /// What each row of the help does where that was opened, if anything.
    pub offered: Vec<Option<Action>>,
    /// The outline beside the page.
    pub outline: Rows,
    /// The list of an overlay: help, sections, or codes to choose from.
    pub overlay: Rows,
}

impl Viewport {
    /// Returns the number of the section at the top.
    pub(super) fn section(&self) -> Option<usize> {
        self.places.section_of(self.page.first)
    }

    /// Returns the number of the link under the mouse.
    pub fn link_at(&self, column: u16, row: u16) -> Option<usize> {
        let row = self.page.at(column, row)?;
        let column = column - self.page.area.left;
        let place = self.places.links.iter().find(|place| {
            place.row == row && (place.columns.0..place.columns.1).contains(&column)
        })?;
        Some(place.link)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(first: usize, height: u16, total: usize) -> Rows {
        Rows {
            area: Area {
                left: 0,
                top: 0,
                width: 10,
                height,
            },
            first,
            total,
        }
    }

    #[test]
    fn the_viewport_follows_the_selection_and_moves_no_more_than_needed() {
        assert_eq!(rows(0, 5, 20).around(4).first, 0);
        assert_eq!(rows(0, 5, 20).around(5).first, 1);
        assert_eq!(rows(10, 5, 20).around(3).first, 3);
        assert_eq!(rows(18, 5, 20).around(19).first, 15);
        assert_eq!(rows(3, 0, 20).around(3).first, 3);
    }

    #[test]
    fn a_row_under_the_mouse_counts_from_the_first() {
        let rows = rows(7, 5, 9);
        assert_eq!(rows.at(0, 1), Some(8));
        assert_eq!(rows.at(0, 2), None, "below the last row");
        assert_eq!(rows.at(10, 0), None, "beside it");
    }
}
