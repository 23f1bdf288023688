//! The one table of commands: what each is called, what it asks for, what it does, and its keys.

use super::key::{Key, count, keys};
use crate::app::Mode;
use crate::app::action::{
    Action, ColumnCommand, Edit, GlobalCommand, Move, PaneCommand, ReadingCommand,
};

use Mode::{Choose, Compare, Detail, Find, Help, List, Note, Outline, Search};

/// Where letters are commands.
pub(super) const READING: &[Mode] = &[List, Detail, Compare];
const PANES: &[Mode] = &[List, Detail];
/// Where letters are text.
pub(super) const TYPING: &[Mode] = &[Search, Choose, Outline, Find, Note, Help];
pub(super) const ALL: &[Mode] = &[
    Search, List, Detail, Compare, Choose, Outline, Find, Note, Help,
];
/// Everywhere but where one line is all, which has nothing above or below.
const MOVING: &[Mode] = &[Search, List, Detail, Compare, Choose, Outline, Help];
const HELPED: &[Mode] = &[Search, List, Detail, Compare, Choose];
const PAGES: &[Mode] = &[Detail, Compare];
const ENDING: &[Mode] = &[Search, List, Detail, Compare, Choose, Outline, Find, Help];
const ENTERING: &[Mode] = &[
    Search, List, Detail, Compare, Choose, Outline, Find, Note, Help,
];
/// Where letters narrow a list.
const NARROWING: &[Mode] = &[Search, Choose, Outline, Help];
pub(super) const EXPLORER: &[Mode] = &[Search, List, Detail, Compare];

/// Writes an action by its kind and the name that the command has.
macro_rules! action {
    (Itself $name:ident) => {
        Action::$name
    };
    (Move $name:ident) => {
        Action::Move(Move::$name)
    };
    (Global $name:ident) => {
        Action::Global(GlobalCommand::$name)
    };
    (Reading $name:ident) => {
        Action::Reading(ReadingCommand::$name)
    };
    (Pane $name:ident) => {
        Action::Pane(PaneCommand::$name)
    };
    (Column $name:ident) => {
        Action::Column(ColumnCommand::$name)
    };
}

/// Makes commands of rows in groups: the command, its name, the kind of its action, what it does, keys by mode.
macro_rules! commands {
    ($($group:literal {
        $($command:ident $name:literal $kind:ident $says:literal $([$modes:expr, $keys:literal])+)*
    })*) => {
        /// What a user can ask for with a key.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Command {
            $($($command),*),*
        }

        impl Command {
            /// Every command, in the order of the help.
            pub const ALL: &[Self] = &[$($(Self::$command),*),*];

            /// Returns what it is called in `config.toml`.
            pub fn name(self) -> &'static str {
                match self { $($(Self::$command => $name),*),* }
            }

            /// Returns what it does, for the help.
            pub fn says(self) -> &'static str {
                match self { $($(Self::$command => $says),*),* }
            }

            /// Returns the heading that it stands under in the help.
            pub fn group(self) -> &'static str {
                match self { $($(Self::$command => $group),*),* }
            }

            pub fn action(self) -> Action {
                match self { $($(Self::$command => action!($kind $command)),*),* }
            }

            /// Returns its keys by the modes that have them.
            pub fn keys(self) -> &'static [(&'static [Mode], &'static [Key])] {
                match self { $($(Self::$command => &[$(($modes, &const { keys::<{ count($keys) }>($keys) })),+]),*),* }
            }
        }
    };
}

commands! {
    "Move" {
        NextPane      "next-pane"      Reading  "next pane or column" [EXPLORER, "tab"] [&[Compare], "l right"]
        PreviousPane  "previous-pane"  Reading  "previous pane or column" [EXPLORER, "shift-tab"] [&[Compare], "h left"]
        Open          "open"           Itself   "read; follow the selected link; open the focused column" [ENTERING, "enter"] [PANES, "l"] [&[List], "right"]
        ToList        "to-list"        Pane     "from the page to the list" [&[Detail], "h left"]
        Back          "back"           Itself   "one step back" [ALL, "esc"] [&[Outline, Help], "f1"] [&[Note], "ctrl-c"]
        Up            "up"             Move     "up" [MOVING, "up"] [READING, "k"] [NARROWING, "ctrl-p"]
        Down          "down"           Move     "down" [MOVING, "down"] [READING, "j"] [NARROWING, "ctrl-n"]
        PageUp        "page-up"        Move     "a page up" [MOVING, "pgup"]
        PageDown      "page-down"      Move     "a page down" [MOVING, "pgdn"]
        HalfPageUp    "half-page-up"   Move     "half a page up" [READING, "ctrl-u"]
        HalfPageDown  "half-page-down" Move     "half a page down" [READING, "ctrl-d"]
        First         "first"          Move     "to the first row" [READING, "g home"]
        Last          "last"           Move     "to the last row" [READING, "G end"]
        NextClass     "next-class"     Pane     "next class of the list" [&[List], "]"]
        PreviousClass "previous-class" Pane     "previous class of the list" [&[List], "["]
    }
    "Search" {
        Search        "search"         Reading  "search; in a comparison choose another code" [READING, "/"]
        Earlier       "earlier"        Pane     "an earlier query; so does up on the first row" [&[Search], "ctrl-r"]
    }
    "Read" {
        NextSection   "next-section"   Reading  "next section of the page" [PAGES, "}"]
        PreviousSection "previous-section" Reading "previous section of the page" [PAGES, "{"]
        Outline       "outline"        Reading  "outline of the page: go to a section" [PAGES, "i"]
        Find          "find"           Reading  "find in the page" [PAGES, "ctrl-f"]
        NextMatch     "next-match"     Reading  "next match in the page" [PAGES, "n"]
        PreviousMatch "previous-match" Reading  "previous match in the page" [PAGES, "N"]
        NextLink      "next-link"      Reading  "next link of the page" [PAGES, "]"]
        PreviousLink  "previous-link"  Reading  "previous link of the page" [PAGES, "["]
        OpenLink      "open-link"      Reading  "open the RFC section, or the selected link" [READING, "o"]
        Zoom          "zoom"           Pane     "page over the whole width, and back" [PANES, "z"]
        Return        "return"         Reading  "back to the page read before" [&[Detail], "backspace"] [READING, "<"]
        Forward       "forward"        Reading  "forward to the page that one went back from" [READING, ">"]
    }
    "Compare" {
        Mark          "mark"           Pane     "mark for a comparison, up to four" [PANES, "space"]
        Compare       "compare"        Pane     "compare the marked codes, or this one with its nearest relative" [PANES, "c"]
        Swap          "swap"           Column   "swap the column with the next" [&[Compare], "x"]
        AddColumn     "add-column"     Column   "add a column" [&[Compare], "+"]
        RemoveColumn  "remove-column"  Column   "remove the column" [&[Compare], "-"]
        Fold          "fold"           Column   "fold or unfold the equal rows" [&[Compare], "f"]
    }
    "Keep" {
        Bookmark      "bookmark"       Pane     "bookmark, or forget the bookmark" [PANES, "b"]
        OnlyBookmarks "only-bookmarks" Pane     "only bookmarks, or all codes" [&[List], "B"]
        EditNote      "edit-note"      Pane     "write the note of the bookmark" [PANES, "e"]
        Reload        "reload"         Global   "read the bookmarks anew" [PANES, "r"]
    }
    "Trace" {
        AllCodes      "all-codes"      Pane     "all codes, or those of the trace" [&[List], "a"]
        ByCount       "by-count"       Pane     "the codes of the trace by count, or by code" [&[List], "s"]
        Redact        "redact"         Pane     "tokens for the names, numbers and hosts of calls, or what they are" [PANES, "R"]
        StopReading   "stop-reading"   Pane     "stop reading the trace" [&[List], "."]
    }
    "Copy" {
        Copy          "copy"           Pane     "copy code and phrase; of a message the explanation" [PANES, "y"]
        CopySection   "copy-section"   Reading  "copy the section as Markdown" [&[Outline], "ctrl-y"]
        CopyPage      "copy-page"      Global   "copy the whole page as Markdown" [READING, "Y"]
    }
    "Program" {
        Mouse         "mouse"          Global   "mouse on or off" [READING, "m"]
        NextTheme     "next-theme"     Global   "next theme" [READING, "t"]
        KeepTheme     "keep-theme"     Global   "keep the theme in config.toml" [READING, "T"]
        Help          "help"           Global   "this help; ? also in an empty search line" [READING, "?"] [HELPED, "f1"]
        Repaint       "repaint"        Global   "paint the screen anew" [ALL, "ctrl-l"]
        Suspend       "suspend"        Global   "suspend; fg brings it back" [ALL, "ctrl-z"]
        Quit          "quit"           Global   "quit" [READING, "q"] [ENDING, "ctrl-c"]
    }
}

impl Command {
    pub(super) fn named(name: &str) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|command| command.name() == name)
    }
}

/// Writes the changes of a line, each with its keys.
macro_rules! edits {
    ($($edit:ident $keys:literal)*) => {
        &[$((Edit::$edit, &const { keys::<{ count($keys) }>($keys) })),*]
    };
}

/// The keys that change the text of a line, as readline has them.
pub static EDITS: &[(Edit, &[Key])] = edits! {
    DeleteLeft      "backspace ctrl-h"
    DeleteRight     "delete ctrl-d"
    DeleteWordLeft  "ctrl-w alt-backspace"
    DeleteWordRight "alt-d"
    DeleteToStart   "ctrl-u"
    DeleteToEnd     "ctrl-k"
    Yank            "ctrl-y"
    Left            "left ctrl-b"
    Right           "right ctrl-f"
    WordLeft        "alt-b ctrl-left"
    WordRight       "alt-f ctrl-right"
    Start           "home ctrl-a"
    End             "end ctrl-e"
};
