//! What a command means as things are, for the hints: most often what it says, sometimes the way back.

use super::action::{Action, ColumnCommand, PaneCommand};
use super::columns::Columns;
use super::kept::Kept;
use super::mode::Pane;
use super::overlay::Overlay;
use super::panes::Panes;
use super::scope::Scope;
use super::trace::Order;
use super::viewport::{Area, Rows, Viewport};
use crate::catalog::StatusCode;

/// What a command means as things are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// There is nothing that it could do.
    Nothing,
    Usual,
    /// The other thing that it does: the way back, or what is left where nothing is selected.
    Other,
}

impl Panes {
    pub(super) fn meaning(&self, action: &Action, kept: &Kept, shown: &Viewport) -> Meaning {
        let is_page = self.focus == Pane::Detail;
        match action {
            Action::Move(_) if !is_page => moves(self.list.len() > 1),
            Action::Pane(PaneCommand::Zoom)
                if is_page && !self.zoomed && shown.list.area == Area::default() =>
            {
                Meaning::Nothing
            }
            Action::Pane(PaneCommand::Zoom) => other(self.zoomed && is_page),
            Action::Open if !is_page => other(self.shown.is_none()),
            Action::Pane(PaneCommand::Mark) => {
                let page = self.response();
                other(page.is_some_and(|page| self.is_marked(page.code)))
            }
            Action::Pane(PaneCommand::Bookmark) => other(self.holds(|code| kept.has(code))),
            Action::Pane(
                PaneCommand::AllCodes
                | PaneCommand::ByCount
                | PaneCommand::Redact
                | PaneCommand::StopReading,
            ) if self.list.trace().is_none() => Meaning::Nothing,
            Action::Pane(PaneCommand::AllCodes) => other(self.list.scope() != Scope::Traced),
            Action::Pane(PaneCommand::ByCount) => other(self.list.order() == Order::ByCount),
            Action::Pane(PaneCommand::OnlyBookmarks) => {
                other(self.list.scope() == Scope::Bookmarks)
            }
            _ => Meaning::Usual,
        }
    }

    /// Returns whether something holds for the code that is shown.
    fn holds(&self, holds: impl FnOnce(StatusCode) -> bool) -> bool {
        self.code().is_some_and(holds)
    }
}

impl Overlay {
    /// Returns what a command means while so many rows of the overlay are shown.
    pub(super) fn meaning(&self, action: &Action, shown: Rows) -> Meaning {
        match (self, action) {
            (Self::Compare(columns), action) => columns.meaning(action),
            (Self::Choose(chooser), Action::Move(_)) => moves(chooser.hits().len() > 1),
            (Self::Help(_), Action::Move(_)) => moves(shown.total > 1),
            (Self::Outline(outline), Action::Move(_)) => moves(outline.shown().len() > 1),
            (
                Self::Outline(_) | Self::Find(_) | Self::Choose(_) | Self::Note(_) | Self::Help(_),
                _,
            ) => Meaning::Usual,
        }
    }
}

impl Columns {
    fn meaning(&self, action: &Action) -> Meaning {
        match action {
            Action::Open => other(self.reader.selected().is_none()),
            Action::Column(ColumnCommand::Fold) => other(self.folded),
            _ => Meaning::Usual,
        }
    }
}

/// Returns the meaning of what moves, where there is somewhere to move to.
fn moves(can_move: bool) -> Meaning {
    if can_move {
        Meaning::Usual
    } else {
        Meaning::Nothing
    }
}

fn other(is_other: bool) -> Meaning {
    if is_other {
        Meaning::Other
    } else {
        Meaning::Usual
    }
}
