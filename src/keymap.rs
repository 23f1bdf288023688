//! The one table from keys to actions, and the help and README made from it.

mod key;

use std::collections::BTreeMap;
use std::fmt::Write;

use crossterm::event::{Event, KeyEvent, KeyEventKind, MouseButton, MouseEvent, MouseEventKind};

use crate::app::Mode;
use crate::app::action::{Action, Edit};
use crate::config::Keys;
use crate::text;

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
const SCROLLING: &[Mode] = &[List, Detail, Compare, Help];
const EXPLORER: &[Mode] = &[Search, List, Detail, Compare];

const fn command(
    name: &'static str,
    action: Action,
    says: &'static str,
    keys: &'static [(&'static [Mode], &'static str)],
) -> Command {
    Command {
        name,
        action,
        says,
        keys,
    }
}

/// Every command, in the order of the help.
pub static COMMANDS: [Command; 37] = [
    command(
        "search",
        Action::Search,
        "search; in a comparison choose another code",
        &[(READING, "/")],
    ),
    command(
        "next-pane",
        Action::NextPane,
        "next pane or column",
        &[(EXPLORER, "tab")],
    ),
    command(
        "previous-pane",
        Action::PreviousPane,
        "previous pane or column",
        &[(EXPLORER, "shift-tab")],
    ),
    command(
        "open",
        Action::Open,
        "read; follow the selected link; open the focused column",
        &[
            (EXPLORER, "enter"),
            (READING, "l"),
            (&[List], "right"),
            (&[Choose, Note], "enter"),
        ],
    ),
    command(
        "to-list",
        Action::ToList,
        "from the page to the list",
        &[(&[Detail], "h left")],
    ),
    command(
        "back",
        Action::Back,
        "one step back",
        &[(ALL, "esc"), (&[Note], "ctrl-c"), (&[Help], "q ? f1 enter")],
    ),
    command(
        "up",
        Action::Up,
        "up",
        &[
            (MOVING, "up"),
            (SCROLLING, "k"),
            (&[Search, Choose], "ctrl-p"),
        ],
    ),
    command(
        "down",
        Action::Down,
        "down",
        &[
            (MOVING, "down"),
            (SCROLLING, "j"),
            (&[Search, Choose], "ctrl-n"),
        ],
    ),
    command("page-up", Action::PageUp, "a page up", &[(MOVING, "pgup")]),
    command(
        "page-down",
        Action::PageDown,
        "a page down",
        &[(MOVING, "pgdn")],
    ),
    command(
        "half-page-up",
        Action::HalfPageUp,
        "half a page up",
        &[(SCROLLING, "ctrl-u")],
    ),
    command(
        "half-page-down",
        Action::HalfPageDown,
        "half a page down",
        &[(SCROLLING, "ctrl-d")],
    ),
    command(
        "first",
        Action::First,
        "to the first row",
        &[(SCROLLING, "g home")],
    ),
    command(
        "last",
        Action::Last,
        "to the last row",
        &[(SCROLLING, "G end")],
    ),
    command(
        "next-class",
        Action::NextClass,
        "next class of the list",
        &[(&[List], "]")],
    ),
    command(
        "previous-class",
        Action::PreviousClass,
        "previous class of the list",
        &[(&[List], "[")],
    ),
    command(
        "next-link",
        Action::NextLink,
        "next link of the page",
        &[(&[Detail, Compare], "]")],
    ),
    command(
        "previous-link",
        Action::PreviousLink,
        "previous link of the page",
        &[(&[Detail, Compare], "[")],
    ),
    command(
        "return",
        Action::Return,
        "back to the code visited before",
        &[(&[Detail], "backspace")],
    ),
    command(
        "mark",
        Action::Mark,
        "mark for a comparison, up to four",
        &[(PANES, "space")],
    ),
    command(
        "compare",
        Action::Compare,
        "compare the marked codes, or this one with its likest",
        &[(PANES, "c")],
    ),
    command(
        "swap",
        Action::Swap,
        "swap the column with the next",
        &[(&[Compare], "x")],
    ),
    command(
        "add-column",
        Action::AddColumn,
        "add a column",
        &[(&[Compare], "+")],
    ),
    command(
        "remove-column",
        Action::RemoveColumn,
        "remove the column",
        &[(&[Compare], "-")],
    ),
    command(
        "fold",
        Action::Fold,
        "fold or unfold the equal rows",
        &[(&[Compare], "f")],
    ),
    command(
        "bookmark",
        Action::Bookmark,
        "bookmark, or forget the bookmark",
        &[(PANES, "b")],
    ),
    command(
        "only-bookmarks",
        Action::OnlyBookmarks,
        "only bookmarks, or all codes",
        &[(&[List], "B")],
    ),
    command(
        "edit-note",
        Action::EditNote,
        "write the note of the bookmark",
        &[(PANES, "e")],
    ),
    command(
        "reload",
        Action::Reload,
        "read the bookmarks anew",
        &[(PANES, "r")],
    ),
    command(
        "copy",
        Action::Copy,
        "copy code and phrase",
        &[(PANES, "y")],
    ),
    command(
        "copy-page",
        Action::CopyPage,
        "copy the whole page as Markdown",
        &[(READING, "Y")],
    ),
    command(
        "open-link",
        Action::OpenLink,
        "open the RFC section, or the selected link",
        &[(READING, "o")],
    ),
    command("mouse", Action::Mouse, "mouse on or off", &[(READING, "m")]),
    command(
        "next-theme",
        Action::NextTheme,
        "next theme",
        &[(READING, "t")],
    ),
    command(
        "help",
        Action::Help,
        "this help; ? also in an empty search line",
        &[(MOVING, "f1"), (READING, "?")],
    ),
    command(
        "suspend",
        Action::Suspend,
        "suspend; fg brings it back",
        &[(ALL, "ctrl-z")],
    ),
    command(
        "quit",
        Action::Quit,
        "quit",
        &[(MOVING, "ctrl-c"), (READING, "q")],
    ),
];

/// The keys that change the text of a line, as readline has them.
const EDITS: [(Edit, &str); 13] = [
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

const PASTE_LIMIT: usize = 4096;

/// The table with the user's own keys.
#[derive(Debug, Default)]
pub struct Keymap {
    /// The keys of a command instead of those in the table.
    own: BTreeMap<&'static str, Vec<String>>,
}

impl Keymap {
    /// Takes the keys of the configuration; says what is wrong with those that it leaves out.
    pub fn new(keys: &BTreeMap<String, Keys>) -> (Self, Vec<String>) {
        let mut keymap = Self::default();
        let mut problems = Vec::new();
        for (name, keys) in keys {
            let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
                problems.push(format!("keys: no command {:?}", text::clean(name)));
                continue;
            };
            let (known, unknown): (Vec<_>, Vec<_>) =
                keys.iter().partition(|key| key::normal(key).is_some());
            problems.extend(
                unknown
                    .iter()
                    .map(|key| format!("keys: {name}: no key {:?}", text::clean(key))),
            );
            let known: Vec<String> = known.into_iter().filter_map(key::normal).collect();
            if !known.is_empty() {
                keymap.own.insert(command.name, known);
            }
        }
        (keymap, problems)
    }

    /// Returns what an event asks for.
    pub fn action_for(&self, mode: Mode, event: &Event) -> Option<Action> {
        match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => self.of_key(mode, key),
            Event::Paste(pasted) => Some(Action::Paste(clean_paste(pasted))),
            Event::Mouse(mouse) => of_mouse(*mouse),
            _ => None,
        }
    }

    fn of_key(&self, mode: Mode, event: &KeyEvent) -> Option<Action> {
        let key = key::name(event)?;
        let command = COMMANDS
            .iter()
            .find(|command| self.has(command, mode, &key));
        if let Some(command) = command {
            return Some(command.action.clone());
        }
        if TYPING.contains(&mode)
            && let Some((edit, _)) = EDITS
                .iter()
                .find(|(_, keys)| keys.split(' ').any(|k| k == key))
        {
            return Some(Action::Edit(*edit));
        }
        let letter = key::letter(event)?;
        let types = TYPING.contains(&mode) || (READING.contains(&mode) && letter.is_ascii_digit());
        types.then_some(Action::Insert(letter))
    }

    fn has(&self, command: &Command, mode: Mode, key: &str) -> bool {
        match self.own.get(command.name) {
            Some(own) => {
                let is_text =
                    TYPING.contains(&mode) && (key.chars().count() == 1 || key == "space");
                let known = command.keys.iter().any(|(modes, _)| modes.contains(&mode));
                known && !is_text && own.iter().any(|own| own == key)
            }
            None => {
                let here = command
                    .keys
                    .iter()
                    .filter(|(modes, _)| modes.contains(&mode));
                here.flat_map(|(_, keys)| keys.split(' '))
                    .any(|bound| bound == key)
            }
        }
    }

    /// Returns the keys of a command in a mode, or in all of the explorer, as a person would write them.
    pub fn shown(&self, name: &str, mode: Option<Mode>) -> String {
        let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
            return String::new();
        };
        let mut keys: Vec<&str> = match self.own.get(command.name) {
            Some(own) => own.iter().map(String::as_str).collect(),
            None => command
                .keys
                .iter()
                .filter(|(modes, _)| match mode {
                    Some(mode) => modes.contains(&mode),
                    None => EXPLORER.iter().any(|mode| modes.contains(mode)),
                })
                .flat_map(|(_, keys)| keys.split(' '))
                .collect(),
        };
        let mut seen = Vec::new();
        keys.retain(|key| {
            !seen.contains(key) && {
                seen.push(key);
                true
            }
        });
        keys.iter()
            .map(|key| key::shown(key))
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// Returns as much of a pasted text as any line can use, clean.
fn clean_paste(pasted: &str) -> String {
    let end = pasted
        .char_indices()
        .nth(PASTE_LIMIT)
        .map_or(pasted.len(), |(end, _)| end);
    text::clean(&pasted[..end])
}

fn of_mouse(event: MouseEvent) -> Option<Action> {
    let MouseEvent { column, row, .. } = event;
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Action::Click { column, row }),
        MouseEventKind::ScrollUp => Some(Action::Wheel {
            column,
            row,
            down: false,
        }),
        MouseEventKind::ScrollDown => Some(Action::Wheel {
            column,
            row,
            down: true,
        }),
        _ => None,
    }
}

/// Returns the key table of the README.
pub fn markdown_table() -> String {
    let mut table = String::from("| key | search line | list | page | comparison | does |\n");
    table += "| --- | --- | --- | --- | --- | --- |\n";
    let keymap = Keymap::default();
    for command in &COMMANDS {
        let keys = keymap
            .shown(command.name, None)
            .replace(' ', "` `")
            .replace('|', "\\|");
        let name = command.name;
        let marks: Vec<&str> = EXPLORER
            .iter()
            .map(|mode| {
                if keymap.shown(name, Some(*mode)).is_empty() {
                    ""
                } else {
                    "x"
                }
            })
            .collect();
        writeln!(
            table,
            "| `{keys}` | {} | {} |",
            marks.join(" | "),
            command.says
        )
        .expect("a String takes every text");
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn action(mode: Mode, name: &str) -> Option<Action> {
        Keymap::default().action_for(mode, &Event::Key(key::event(name).expect("a key")))
    }

    #[test]
    fn letters_are_text_where_text_is_typed() {
        for mode in [Search, Choose, Note] {
            for letter in ["q", "b", "?", "4", "B"] {
                let typed = Action::Insert(letter.chars().next().expect("a letter"));
                assert_eq!(action(mode, letter), Some(typed), "{mode:?} {letter}");
            }
        }
    }

    #[test]
    fn letters_are_commands_where_something_is_read() {
        assert_eq!(action(List, "q"), Some(Action::Quit));
        assert_eq!(action(Detail, "b"), Some(Action::Bookmark));
        assert_eq!(action(Compare, "x"), Some(Action::Swap));
        assert_eq!(action(List, "]"), Some(Action::NextClass));
        assert_eq!(action(Detail, "]"), Some(Action::NextLink));
        assert_eq!(action(Detail, "4"), Some(Action::Insert('4')));
    }

    #[test]
    fn control_c_quits_everywhere_but_in_the_note() {
        for mode in ALL {
            let expected = if *mode == Note {
                Action::Back
            } else {
                Action::Quit
            };
            assert_eq!(action(*mode, "ctrl-c"), Some(expected), "{mode:?}");
        }
    }

    #[test]
    fn no_key_has_two_meanings_in_a_mode() {
        for mode in ALL {
            let mut seen = Vec::new();
            for command in &COMMANDS {
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
        assert_eq!(press("ctrl-q"), Some(Action::Quit));
        assert_eq!(press("q"), None);
    }

    #[test]
    fn an_own_letter_stays_text_where_text_is_typed() {
        let keys = BTreeMap::from([("down".to_owned(), Keys::One("n".into()))]);
        let (keymap, _) = Keymap::new(&keys);
        let press = |mode| keymap.action_for(mode, &Event::Key(key::event("n").expect("a key")));
        assert_eq!(press(List), Some(Action::Down));
        assert_eq!(press(Search), Some(Action::Insert('n')));
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
            Some(Action::Paste("q q".into()))
        );
    }
}
