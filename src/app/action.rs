//! What a user can ask for, and what the loop must do for it.

use crate::bookmarks::Change;

/// Something that a user asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// A key that means nothing here; a notice goes away, as at any key.
    Nothing,
    Quit,
    Suspend,
    Back,
    NextPane,
    PreviousPane,
    Up,
    Down,
    PageUp,
    PageDown,
    HalfPageUp,
    HalfPageDown,
    First,
    Last,
    Open,
    ToList,
    Search,
    NextClass,
    PreviousClass,
    NextLink,
    PreviousLink,
    Return,
    Mark,
    Compare,
    Swap,
    AddColumn,
    RemoveColumn,
    Fold,
    Bookmark,
    OnlyBookmarks,
    EditNote,
    Reload,
    Copy,
    CopyPage,
    OpenLink,
    Mouse,
    NextTheme,
    Help,
    Repaint,
    /// Changes the text of the line that has the cursor.
    Edit(Edit),
    /// A letter typed into the line, or a digit that goes back to searching.
    Insert(char),
    /// Text pasted into the line; clean, on one line but in a note.
    Paste(String),
    Click {
        column: u16,
        row: u16,
    },
    Wheel {
        column: u16,
        row: u16,
        down: bool,
    },
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

/// What the loop does for the app, which has neither disk nor terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    Quit,
    Suspend,
    Repaint,
    Save(Change),
    Reload,
    Copy(String),
    /// Copies the page that is shown as Markdown.
    CopyPage,
    OpenUrl(String),
    Mouse(bool),
    NextTheme,
}
