//! The help: its commands, narrowed by letters; one of them can be run.

use super::action::{Action, Point};
use super::notice::Notice;
use super::picking::{Picked, Picking};
use super::step::Step;
use super::viewport::Viewport;

const ELSEWHERE: &str = "that is of use elsewhere; close the help, and go there";

#[derive(Debug, Default)]
pub struct Help {
    pub picking: Picking,
}

impl Help {
    pub(super) fn update(&mut self, action: &Action, shown: &Viewport) -> Step {
        // A command may take several rows, so a click tells none of them.
        if let Action::Point(Point::Click { .. }) = action {
            return Step::Close;
        }
        match self
            .picking
            .update(action, shown.offered.len(), shown.overlay)
        {
            Picked::Taken => match shown.offered.get(self.picking.index()) {
                Some(Some(action)) => Step::Run(action.clone()).closing(),
                Some(None) => Step::Say(Notice::error(ELSEWHERE)),
                None => Step::Stay,
            },
            Picked::Missed | Picked::Closed => Step::Close,
            Picked::Narrowed | Picked::Other => Step::Stay,
        }
    }
}
