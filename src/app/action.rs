//! What a user can ask for, sorted by kind, and what the loop must do for it.

use crate::bookmarks::{Change, NOTE_LIMIT};
use crate::text;

/// How many letters a line holds: a whole message, or a whole note.
pub(super) const LINE_LIMIT: usize = NOTE_LIMIT;

/// An input, sorted by kind; commands by where they mean something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// A key that means nothing here; a notice goes away, as at any key.
    Nothing,
    /// Moves the selection, or scrolls.
    Move(Move),
    /// Changes the text of the line that has the cursor.
    Edit(Edit),
    /// Puts text into the line; a digit goes back to searching.
    Insert(Insert),
    /// Means what is under the mouse.
    Point(Point),
    /// Reads, follows, takes or saves what has the focus.
    Open,
    /// One step back.
    Back,
    /// The same whatever is on the screen, so the app itself sees to it.
    Global(GlobalCommand),
    /// Where something is read: in the panes and in a comparison.
    Reading(ReadingCommand),
    /// In the search line, the list and the page.
    Pane(PaneCommand),
    /// In a comparison.
    Column(ColumnCommand),
}

impl Action {
    /// Returns whether it moves by rows of what is on the screen.
    pub(super) fn moves(&self) -> bool {
        let turns = matches!(
            self,
            Self::Reading(
                ReadingCommand::NextSection
                    | ReadingCommand::PreviousSection
                    | ReadingCommand::NextMatch
                    | ReadingCommand::PreviousMatch
            )
        );
        turns || matches!(self, Self::Move(_) | Self::Point(Point::Wheel { .. }))
    }

    /// Returns whether it counts in rows or places of what is on the screen.
    pub(super) fn counts_in_sight(&self) -> bool {
        let in_page = matches!(
            self,
            Self::Reading(
                ReadingCommand::NextLink
                    | ReadingCommand::PreviousLink
                    | ReadingCommand::Outline
                    | ReadingCommand::Find
            )
        );
        in_page || self.moves() || matches!(self, Self::Point(_))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GlobalCommand {
    Quit,
    Suspend,
    Repaint,
    Reload,
    CopyPage,
    Mouse,
    NextTheme,
    KeepTheme,
    Help,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadingCommand {
    Search,
    NextPane,
    PreviousPane,
    NextLink,
    PreviousLink,
    NextSection,
    PreviousSection,
    OpenLink,
    Outline,
    CopySection,
    Find,
    NextMatch,
    PreviousMatch,
    Return,
    Forward,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaneCommand {
    ToList,
    Zoom,
    NextClass,
    PreviousClass,
    Mark,
    Compare,
    Bookmark,
    OnlyBookmarks,
    Earlier,
    AllCodes,
    ByCount,
    StopReading,
    Redact,
    EditNote,
    Copy,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnCommand {
    Swap,
    AddColumn,
    RemoveColumn,
    Fold,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Up,
    Down,
    PageUp,
    PageDown,
    HalfPageUp,
    HalfPageDown,
    First,
    Last,
}

impl Move {
    /// Returns how many rows it moves where so many are shown; to the first and last is further than any
    /// list.
    pub(super) fn rows(self, shown: usize) -> isize {
        let page = isize::try_from(shown.saturating_sub(1).max(1)).unwrap_or(isize::MAX);
        let half = (page / 2).max(1);
        match self {
            Self::Up => -1,
            Self::Down => 1,
            Self::PageUp => -page,
            Self::PageDown => page,
            Self::HalfPageUp => -half,
            Self::HalfPageDown => half,
            Self::First => isize::MIN + 1,
            Self::Last => isize::MAX,
        }
    }
}

/// A change of a line of text, as readline has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    DeleteLeft,
    DeleteRight,
    DeleteWordLeft,
    DeleteWordRight,
    DeleteToStart,
    DeleteToEnd,
    Yank,
    Left,
    Right,
    WordLeft,
    WordRight,
    Start,
    End,
}

impl Edit {
    /// Returns whether it leaves the text as it is.
    pub(super) fn only_moves(self) -> bool {
        matches!(
            self,
            Self::Left | Self::Right | Self::WordLeft | Self::WordRight | Self::Start | Self::End
        )
    }
}

/// What is put into a line of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Insert {
    /// One that was typed.
    Letter(char),
    /// What was pasted: clean, with its line ends.
    Text(String),
}

impl Insert {
    /// Returns as much of a pasted text as a line can hold, clean, and one letter more, so that what is cut is said.
    pub fn pasted(text: &str) -> Self {
        let end = text.char_indices().nth(LINE_LIMIT + 1);
        Self::Text(text::clean_lines(
            &text[..end.map_or(text.len(), |(end, _)| end)],
        ))
    }
}

/// What the mouse does, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    Click { column: u16, row: u16 },
    Wheel { column: u16, row: u16, down: bool },
}

const WHEEL_ROWS: isize = 3;

/// Returns how many rows the wheel turns.
pub(super) fn wheel_rows(down: bool) -> isize {
    if down { WHEEL_ROWS } else { -WHEEL_ROWS }
}

/// What the loop does for the app, which has neither disk nor terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    Quit,
    Suspend,
    Repaint,
    Save(Change),
    Reload,
    Copy(String),
    /// Copies the page that is shown as plain text.
    CopyText,
    /// Copies the page that is shown as Markdown.
    CopyPage,
    /// Copies the section of it that has a short name.
    CopySection(&'static str),
    OpenUrl(String),
    /// Reads the messages of the call that has a Call-ID.
    ReadCall(String),
    StopReading,
    Mouse(bool),
    NextTheme,
    /// Writes the theme into the configuration.
    KeepTheme,
}
