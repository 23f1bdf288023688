//! The help that is being read.

use super::action::{Action, Point, wheel_rows};
use super::step::Step;
use super::viewport::Rows;

/// The help, from a row on.
#[derive(Debug, Default)]
pub struct Help {
    first: usize,
}

impl Help {
    pub fn first(&self) -> usize {
        self.first
    }

    /// Scrolls; whatever else is done closes it.
    pub(super) fn update(&mut self, action: &Action, shown: Rows) -> Step {
        let rows = match action {
            Action::Move(by) => by.rows(shown.shown()),
            Action::Point(Point::Wheel { down, .. }) => wheel_rows(*down),
            Action::Nothing => 0,
            Action::Edit(_)
            | Action::Insert(_)
            | Action::Point(Point::Click { .. })
            | Action::Open
            | Action::Back
            | Action::Global(_)
            | Action::Reading(_)
            | Action::Pane(_)
            | Action::Column(_) => return Step::Close,
        };
        self.first = self
            .first
            .saturating_add_signed(rows)
            .min(shown.last_first());
        Step::Stay
    }
}
