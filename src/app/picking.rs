//! A line of letters, and one row of a list below it: what they have in common who let one pick something.

use super::action::{Action, Point, wheel_rows};
use super::edit_line::EditLine;
use super::viewport::Rows;

#[derive(Debug, Default)]
pub struct Picking {
    pub line: EditLine,
    selected: usize,
}

/// What an action meant for the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Picked {
    /// Other letters stand in the line, and the first row is selected.
    Narrowed,
    /// The selected row is wanted.
    Taken,
    /// A click beside the rows.
    Missed,
    /// Nothing is wanted any more.
    Closed,
    /// It is done, or concerns something else.
    Other,
}

impl Picking {
    /// Begins with a row.
    pub(super) fn at(selected: usize) -> Self {
        Self {
            selected,
            ..Self::default()
        }
    }

    pub fn index(&self) -> usize {
        self.selected
    }

    /// Moves over so many rows, types, or tells what is wanted.
    pub(super) fn update(&mut self, action: &Action, count: usize, shown: Rows) -> Picked {
        let changed = match action {
            Action::Move(by) => {
                self.step(by.rows(shown.shown()), count);
                false
            }
            Action::Point(Point::Wheel { down, .. }) => {
                self.step(wheel_rows(*down), count);
                false
            }
            Action::Point(Point::Click { column, row }) => {
                let Some(row) = shown.at(*column, *row) else {
                    return Picked::Missed;
                };
                self.selected = row;
                return Picked::Taken;
            }
            Action::Insert(insert) => {
                self.line.insert(insert);
                true
            }
            Action::Edit(edit) => self.line.edit(*edit),
            Action::Open => return Picked::Taken,
            Action::Back => return Picked::Closed,
            Action::Nothing
            | Action::Global(_)
            | Action::Reading(_)
            | Action::Pane(_)
            | Action::Column(_) => false,
        };
        if changed {
            self.selected = 0;
            return Picked::Narrowed;
        }
        Picked::Other
    }

    fn step(&mut self, rows: isize, count: usize) {
        let last = count.saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(rows).min(last);
    }

    /// Returns the rows to show of so many, given those shown before and how many fit now.
    pub(super) fn viewport(&self, count: usize, before: Rows) -> Rows {
        Rows {
            total: count,
            ..before
        }
        .around(self.selected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::Insert;

    #[test]
    fn letters_begin_again_with_the_first_row() {
        let mut picking = Picking::at(3);
        let typed = Action::Insert(Insert::Letter('a'));
        assert_eq!(picking.update(&typed, 9, Rows::default()), Picked::Narrowed);
        assert_eq!((picking.index(), picking.line.text()), (0, "a"));
        assert_eq!(
            picking.update(&Action::Back, 9, Rows::default()),
            Picked::Closed
        );
    }
}
