//! The one table from keys to actions, and the help and README made from it.

mod bindings;
mod key;

use crate::app::Mode;
use crate::app::action::{
    Action, ColumnCommand, Edit, GlobalCommand, Move, PaneCommand, ReadingCommand,
};
pub use bindings::Keymap;
pub use key::event as press;

/// A command: what it is called in `config.toml`, what it does, and its keys.
#[derive(Debug)]
pub struct Command {
    pub name: &'static str,
    pub action: Action,
    pub says: &'static str,
    pub keys: &'static [(&'static [Mode], &'static str)],
}

use Mode::{Choose, Compare, Detail, Help, List, Note, Search};

/// Where letters are commands.
const READING: &[Mode] = &[List, Detail, Compare];
const PANES: &[Mode] = &[List, Detail];
/// Where letters are text.
const TYPING: &[Mode] = &[Search, Choose, Note];
const ALL: &[Mode] = &[Search, List, Detail, Compare, Choose, Note, Help];
/// Everywhere but in the note, which has nothing above or below.
const MOVING: &[Mode] = &[Search, List, Detail, Compare, Choose, Help];
const ENTERING: &[Mode] = &[Search, List, Detail, Compare, Choose, Note];
const SCROLLING: &[Mode] = &[List, Detail, Compare, Help];
const EXPLORER: &[Mode] = &[Search, List, Detail, Compare];

/// Writes an action by its kind.
macro_rules! action {
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
    ($name:ident) => {
        Action::$name
    };
}

/// Writes a row of the table as a command: name, action, what it does, keys by mode.
macro_rules! commands {
    ($($name:literal $kind:ident $(::$action:ident)? $says:literal $([$modes:expr, $keys:literal])+)*) => {
        &[$(Command {
            name: $name,
            action: action!($kind $($action)?),
            says: $says,
            keys: &[$(($modes, $keys)),+],
        }),*]
    };
}

/// Every command, in the order of the help.
pub static COMMANDS: &[Command] = commands! {
    "search"         Reading::Search         "search; in a comparison choose another code" [READING, "/"]
    "next-pane"      Reading::NextPane       "next pane or column" [EXPLORER, "tab"]
    "previous-pane"  Reading::PreviousPane   "previous pane or column" [EXPLORER, "shift-tab"]
    "open"           Open                    "read; follow the selected link; open the focused column" [ENTERING, "enter"] [READING, "l"] [&[List], "right"]
    "to-list"        Pane::ToList            "from the page to the list" [&[Detail], "h left"]
    "back"           Back                    "one step back" [ALL, "esc"] [&[Note], "ctrl-c"] [&[Help], "q ? f1 enter"]
    "up"             Move::Up                "up" [MOVING, "up"] [SCROLLING, "k"] [&[Search, Choose], "ctrl-p"]
    "down"           Move::Down              "down" [MOVING, "down"] [SCROLLING, "j"] [&[Search, Choose], "ctrl-n"]
    "page-up"        Move::PageUp            "a page up" [MOVING, "pgup"]
    "page-down"      Move::PageDown          "a page down" [MOVING, "pgdn"]
    "half-page-up"   Move::HalfPageUp        "half a page up" [SCROLLING, "ctrl-u"]
    "half-page-down" Move::HalfPageDown      "half a page down" [SCROLLING, "ctrl-d"]
    "first"          Move::First             "to the first row" [SCROLLING, "g home"]
    "last"           Move::Last              "to the last row" [SCROLLING, "G end"]
    "next-class"     Pane::NextClass         "next class of the list" [&[List], "]"]
    "previous-class" Pane::PreviousClass     "previous class of the list" [&[List], "["]
    "next-link"      Reading::NextLink       "next link of the page" [&[Detail, Compare], "]"]
    "previous-link"  Reading::PreviousLink   "previous link of the page" [&[Detail, Compare], "["]
    "return"         Pane::Return            "back to the code visited before" [&[Detail], "backspace"]
    "mark"           Pane::Mark              "mark for a comparison, up to four" [PANES, "space"]
    "compare"        Pane::Compare           "compare the marked codes, or this one with its nearest relative" [PANES, "c"]
    "swap"           Column::Swap            "swap the column with the next" [&[Compare], "x"]
    "add-column"     Column::AddColumn       "add a column" [&[Compare], "+"]
    "remove-column"  Column::RemoveColumn    "remove the column" [&[Compare], "-"]
    "fold"           Column::Fold            "fold or unfold the equal rows" [&[Compare], "f"]
    "bookmark"       Pane::Bookmark          "bookmark, or forget the bookmark" [PANES, "b"]
    "only-bookmarks" Pane::OnlyBookmarks     "only bookmarks, or all codes" [&[List], "B"]
    "edit-note"      Pane::EditNote          "write the note of the bookmark" [PANES, "e"]
    "reload"         Global::Reload          "read the bookmarks anew" [PANES, "r"]
    "copy"           Pane::Copy              "copy code and phrase" [PANES, "y"]
    "copy-page"      Global::CopyPage        "copy the whole page as Markdown" [READING, "Y"]
    "open-link"      Reading::OpenLink       "open the RFC section, or the selected link" [READING, "o"]
    "mouse"          Global::Mouse           "mouse on or off" [READING, "m"]
    "next-theme"     Global::NextTheme       "next theme" [READING, "t"]
    "help"           Global::Help            "this help; ? also in an empty search line" [READING, "?"] [MOVING, "f1"]
    "repaint"        Global::Repaint         "paint the screen anew" [ALL, "ctrl-l"]
    "suspend"        Global::Suspend         "suspend; fg brings it back" [ALL, "ctrl-z"]
    "quit"           Global::Quit            "quit" [READING, "q"] [MOVING, "ctrl-c"]
};

/// The keys that change the text of a line, as readline has them.
pub static EDITS: [(Edit, &str); 13] = [
    (Edit::DeleteLeft, "backspace ctrl-h"),
    (Edit::DeleteRight, "delete ctrl-d"),
    (Edit::DeleteWordLeft, "ctrl-w alt-backspace"),
    (Edit::DeleteWordRight, "alt-d"),
    (Edit::DeleteToStart, "ctrl-u"),
    (Edit::DeleteToEnd, "ctrl-k"),
    (Edit::Yank, "ctrl-y"),
    (Edit::Left, "left ctrl-b"),
    (Edit::Right, "right ctrl-f"),
    (Edit::WordLeft, "alt-b ctrl-left"),
    (Edit::WordRight, "alt-f ctrl-right"),
    (Edit::Start, "home ctrl-a"),
    (Edit::End, "end ctrl-e"),
];

/// Returns the command of a name.
pub fn command(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.name == name)
}

/// Returns the key table of the README.
pub fn markdown_table() -> String {
    let keymap = Keymap::default();
    let row = |command: &Command| {
        let keys = |mode: &Mode| match keymap.shown(command.name, Some(*mode)).as_str() {
            "" => String::new(),
            keys => format!("`{}`", keys.replace(' ', "` `")),
        };
        let keys: Vec<String> = EXPLORER.iter().map(keys).collect();
        format!("| {} | {} |\n", command.says, keys.join(" | "))
    };
    let heading = "| does | search line | list | page | comparison |\n\
                   | --- | --- | --- | --- | --- |\n";
    heading.to_owned() + &COMMANDS.iter().map(row).collect::<String>()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crossterm::event::{Event, KeyEventKind};

    use super::*;
    use crate::app::action::Insert;
    use crate::choices::Keys;

    fn action(mode: Mode, name: &str) -> Option<Action> {
        Keymap::default().action_for(mode, &Event::Key(key::event(name).expect("a key")))
    }

    #[test]
    fn letters_are_text_where_text_is_typed() {
        for mode in [Search, Choose, Note] {
            for letter in ["q", "b", "?", "4", "B"] {
                let typed =
                    Action::Insert(Insert::Letter(letter.chars().next().expect("a letter")));
                assert_eq!(action(mode, letter), Some(typed), "{mode:?} {letter}");
            }
        }
    }

    #[test]
    fn letters_are_commands_where_something_is_read() {
        assert_eq!(action(List, "q"), Some(Action::Global(GlobalCommand::Quit)));
        assert_eq!(
            action(Detail, "b"),
            Some(Action::Pane(PaneCommand::Bookmark))
        );
        assert_eq!(
            action(Compare, "x"),
            Some(Action::Column(ColumnCommand::Swap))
        );
        assert_eq!(
            action(List, "]"),
            Some(Action::Pane(PaneCommand::NextClass))
        );
        assert_eq!(
            action(Detail, "]"),
            Some(Action::Reading(ReadingCommand::NextLink))
        );
        assert_eq!(
            action(Detail, "4"),
            Some(Action::Insert(Insert::Letter('4')))
        );
    }

    #[test]
    fn control_c_quits_everywhere_but_in_the_note() {
        for mode in ALL {
            let expected = if *mode == Note {
                Action::Back
            } else {
                Action::Global(GlobalCommand::Quit)
            };
            assert_eq!(action(*mode, "ctrl-c"), Some(expected), "{mode:?}");
        }
    }

    #[test]
    fn no_key_has_two_meanings_in_a_mode() {
        for mode in ALL {
            let mut seen = Vec::new();
            for command in COMMANDS {
                let here = command
                    .keys
                    .iter()
                    .filter(|(modes, _)| modes.contains(mode));
                for key in here.flat_map(|(_, keys)| keys.split(' ')) {
                    assert!(key::normal(key).is_some(), "{key:?} is no key");
                    let shared = *mode == Help && command.name == "help";
                    assert!(shared || !seen.contains(&key), "{key:?} twice in {mode:?}");
                    seen.push(key);
                }
            }
        }
    }

    #[test]
    fn names_of_commands_are_unique() {
        let mut names: Vec<_> = COMMANDS.iter().map(|command| command.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), COMMANDS.len());
    }

    #[test]
    fn own_keys_replace_those_of_the_table() {
        let keys = BTreeMap::from([("quit".to_owned(), Keys::One("Ctrl-Q".into()))]);
        let (keymap, problems) = Keymap::new(&keys);
        let press = |name| keymap.action_for(List, &Event::Key(key::event(name).expect("a key")));
        assert_eq!(problems, [""; 0]);
        assert_eq!(press("ctrl-q"), Some(Action::Global(GlobalCommand::Quit)));
        assert_eq!(press("q"), Some(Action::Nothing));
    }

    #[test]
    fn a_key_given_to_another_command_is_not_shown_and_its_loss_is_said() {
        let own = |keys: &[(&str, &str)]| {
            let own = keys
                .iter()
                .map(|(name, key)| (String::from(*name), Keys::One(String::from(*key))));
            Keymap::new(&own.collect::<BTreeMap<_, _>>())
        };
        let (keymap, problems) = own(&[("quit", "x")]);
        assert_eq!(keymap.shown("swap", Some(Compare)), "");
        assert_eq!(keymap.shown("quit", Some(Compare)), "x");
        assert_eq!(problems, ["keys: swap: x is the key of quit already"]);

        let (keymap, problems) = own(&[("quit", "k")]);
        assert_eq!(keymap.shown("up", Some(List)), "Up");
        assert_eq!(problems, [""; 0]);

        let (_, problems) = own(&[("copy", "z"), ("mark", "z")]);
        assert_eq!(problems, ["keys: copy: z is the key of mark already"]);

        // Also a letter that is text where the command is to be had as well.
        let (_, problems) = own(&[("up", "z"), ("down", "z")]);
        assert_eq!(problems, ["keys: down: z is the key of up already"]);
        let (_, problems) = own(&[("search", "/"), ("open", "/")]);
        assert_eq!(problems, ["keys: open: / is the key of search already"]);
    }

    #[test]
    fn a_key_is_what_a_terminal_sends_for_it() {
        for (written, sent) in [
            ("ctrl-m", Some("enter")),
            ("Ctrl-I", Some("tab")),
            ("ctrl-[", Some("esc")),
            ("ctrl-1", None),
            ("ctrl-n", Some("ctrl-n")),
        ] {
            assert_eq!(key::normal(written).as_deref(), sent, "{written}");
        }
    }

    #[test]
    fn an_own_letter_stays_text_where_text_is_typed() {
        let keys = BTreeMap::from([("down".to_owned(), Keys::One("n".into()))]);
        let (keymap, _) = Keymap::new(&keys);
        let press = |mode| keymap.action_for(mode, &Event::Key(key::event("n").expect("a key")));
        assert_eq!(press(List), Some(Action::Move(Move::Down)));
        assert_eq!(press(Search), Some(Action::Insert(Insert::Letter('n'))));
    }

    #[test]
    fn own_letters_lock_nobody_into_a_line() {
        let keys = BTreeMap::from([("open".to_owned(), Keys::One("o".into()))]);
        let (keymap, _) = Keymap::new(&keys);
        let press =
            |mode, name| keymap.action_for(mode, &Event::Key(key::event(name).expect("a key")));
        assert_eq!(
            press(List, "o"),
            Some(Action::Open),
            "before the table's own o"
        );
        assert_eq!(press(Note, "enter"), Some(Action::Open));
        assert_eq!(keymap.shown("open", Some(Note)), "Enter");
        assert_eq!(keymap.shown("open", Some(List)), "o");
        assert_eq!(press(Note, "o"), Some(Action::Insert(Insert::Letter('o'))));
    }

    #[test]
    fn what_is_no_command_or_key_is_named() {
        let keys = BTreeMap::from([
            ("quti".to_owned(), Keys::One("q".into())),
            ("quit".to_owned(), Keys::One("hyper-q".into())),
        ]);
        let (_, problems) = Keymap::new(&keys);
        assert_eq!(problems.len(), 2);
        assert!(problems.iter().any(|problem| problem.contains("quti")));
        assert!(problems.iter().any(|problem| problem.contains("hyper-q")));
    }

    #[test]
    fn a_release_is_no_press_and_a_paste_no_command() {
        let mut key = key::event("q").expect("a key");
        key.kind = KeyEventKind::Release;
        let keymap = Keymap::default();
        assert_eq!(keymap.action_for(List, &Event::Key(key)), None);
        let paste = Event::Paste("q\nq\u{1b}[31m".into());
        assert_eq!(
            keymap.action_for(List, &paste),
            Some(Action::Insert(Insert::Text("q q".into())))
        );
    }
}
