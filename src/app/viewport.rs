//! What only the view could know: how many rows fitted, which came first, what lies under the mouse.

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

/// Where a link stands in a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkPlace {
    /// Its number among the links of the page.
    pub link: usize,
    pub row: usize,
    pub columns: (u16, u16),
}

/// What the last draw showed.
#[derive(Clone, Debug, Default)]
pub struct Viewport {
    pub search: Area,
    pub list: Rows,
    pub page: Rows,
    /// Every link of the page, in the order of its rows.
    pub links: Vec<LinkPlace>,
    /// The list of an overlay: help, or codes to choose from.
    pub overlay: Rows,
}

impl Viewport {
    /// Returns the number of the link under the mouse.
    pub fn link_at(&self, column: u16, row: u16) -> Option<usize> {
        let row = self.page.at(column, row)?;
        let column = column - self.page.area.left;
        let place = self.links.iter().find(|place| {
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
