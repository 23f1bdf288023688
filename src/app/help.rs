//! The help: its commands, narrowed by letters; one of them can be run.

use super::action::{Action, Point, wheel_rows};
use super::edit_line::EditLine;
use super::notice::Notice;
use super::step::Step;
use super::viewport::Viewport;

const ELSEWHERE: &str = "that is of use elsewhere; close the help, and go there";

#[derive(Debug, Default)]
pub struct Help {
    pub line: EditLine,
    /// Which of the rows is selected.
    selected: usize,
}

impl Help {
    pub fn index(&self) -> usize {
        self.selected
    }

    pub(super) fn update(&mut self, action: &Action, shown: &Viewport) -> Step {
        let last = shown.offered.len().saturating_sub(1);
        let changed = match action {
            Action::Move(by) => {
                let rows = by.rows(shown.overlay.shown());
                self.selected = self.selected.saturating_add_signed(rows).min(last);
                false
            }
            Action::Point(Point::Wheel { down, .. }) => {
                let rows = wheel_rows(*down);
                self.selected = self.selected.saturating_add_signed(rows).min(last);
                false
            }
            Action::Insert(insert) => {
                self.line.insert(insert);
                true
            }
            Action::Edit(edit) => self.line.edit(*edit),
            Action::Open => {
                return match shown.offered.get(self.selected) {
                    Some(Some(action)) => Step::Run(action.clone()).closing(),
                    Some(None) => Step::Say(Notice::error(ELSEWHERE)),
                    None => Step::Stay,
                };
            }
            Action::Back | Action::Point(Point::Click { .. }) => return Step::Close,
            Action::Nothing
            | Action::Global(_)
            | Action::Reading(_)
            | Action::Pane(_)
            | Action::Column(_) => false,
        };
        if changed {
            self.selected = 0;
        }
        Step::Stay
    }
}
