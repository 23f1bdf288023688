//! What a mode answers an action with, for the app to carry out.

use super::action::{Action, Effect};
use super::notice::Notice;
use super::reader::Top;
use super::subject::Subject;
use super::travel::Way;
use crate::catalog::{Citation, Response, StatusCode};
use crate::compare::Compared;

/// What follows from an action, beyond the mode that had it.
#[derive(Debug)]
pub(super) enum Step {
    Stay,
    /// Closes what is topmost.
    Close,
    Help,
    Compare(Compared),
    /// Lets a code be chosen, by a search that may have begun.
    Choose(Purpose, Option<char>),
    EditNote(StatusCode),
    /// Takes the chosen code, and closes the choice.
    Take(&'static Response, Purpose),
    /// Shows another page, and remembers where the user was.
    Follow(Subject),
    /// Goes to the page read before, or to the one from which one went back.
    Travel(Way),
    Outline,
    /// Shows a block of the page at the top.
    GoTo(usize),
    /// Lets a text be typed that is to be found.
    Finder,
    /// Shows what is found first from a place on.
    Find(String, Top),
    /// Forgets what was to be found; one stays where one is.
    EndFinding,
    Say(Notice),
    /// Does what another key asks for.
    Run(Action),
    Do(Effect),
    /// Says something, and does what follows.
    Saying(Notice, Box<Step>),
    /// Closes what is topmost, and does what follows.
    Closing(Box<Step>),
}

impl Step {
    pub(super) fn saying(self, notice: Notice) -> Self {
        Self::Saying(notice, Box::new(self))
    }

    pub(super) fn closing(self) -> Self {
        Self::Closing(Box::new(self))
    }

    pub(super) fn copy_section(name: &'static str) -> Self {
        Self::Do(Effect::CopySection(name))
    }

    /// Opens the section of an RFC, where there is one.
    pub(super) fn open_url(section: Option<Citation>) -> Self {
        section.map_or(Self::Stay, |section| {
            Self::Do(Effect::OpenUrl(section.url()))
        })
    }
}

/// What a code is chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To take the place of the code in this column.
    Replace(usize),
    /// To stand in a new column.
    Add,
}
