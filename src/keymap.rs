//! The one table from keys to commands, from which help and README are made.

mod bindings;
mod command;
mod key;

pub use bindings::Keymap;
pub use command::{Command, EDITS};
pub use key::{Key, press};

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashMap};

    use crossterm::event::{Event, KeyEventKind};

    use super::command::ALL;
    use super::*;
    use crate::app::Mode;
    use crate::app::Mode::{Choose, Compare, Detail, Help, List, Note, Search};
    use crate::app::action::{Action, Insert};
    use crate::choices::Keys;

    fn action(mode: Mode, name: &str) -> Option<Action> {
        Keymap::default().action_for(mode, &Event::Key(press(name).expect("a key")))
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
        assert_eq!(action(List, "q"), Some(Command::Quit.action()));
        assert_eq!(action(Detail, "b"), Some(Command::Bookmark.action()));
        assert_eq!(action(Compare, "x"), Some(Command::Swap.action()));
        assert_eq!(action(List, "]"), Some(Command::NextClass.action()));
        assert_eq!(action(Detail, "]"), Some(Command::NextLink.action()));
        assert_eq!(
            action(Detail, "4"),
            Some(Action::Insert(Insert::Letter('4')))
        );
    }

    #[test]
    fn control_c_quits_everywhere_but_in_the_note() {
        for mode in ALL {
            let expected = if *mode == Note {
                Command::Back.action()
            } else {
                Command::Quit.action()
            };
            assert_eq!(action(*mode, "ctrl-c"), Some(expected), "{mode:?}");
        }
    }

    #[test]
    fn no_key_has_two_meanings_in_a_mode() {
        let mut meanings = HashMap::new();
        for command in Command::ALL {
            for (modes, keys) in command.keys() {
                let bound = modes
                    .iter()
                    .flat_map(|m| keys.iter().map(move |k| (*m, *k)));
                for (mode, key) in bound {
                    assert_eq!(key.written().parse(), Ok(key), "it is what terminals send");
                    let other = meanings.insert((mode, key), *command);
                    let shared = (mode, *command) == (Help, Command::Help);
                    assert!(
                        shared || other.is_none(),
                        "{key} twice in {mode:?}: {other:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn names_of_commands_are_unique() {
        for command in Command::ALL {
            assert_eq!(Command::named(command.name()), Some(*command));
        }
    }

    #[test]
    fn own_keys_replace_those_of_the_table() {
        let keys = BTreeMap::from([("quit".to_owned(), Keys::One("Ctrl-Q".into()))]);
        let (keymap, problems) = Keymap::new(&keys);
        let press = |name| keymap.action_for(List, &Event::Key(press(name).expect("a key")));
        assert_eq!(problems, [""; 0]);
        assert_eq!(press("ctrl-q"), Some(Command::Quit.action()));
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
        assert_eq!(keymap.shown(Command::Swap, &[Compare]), "");
        assert_eq!(keymap.shown(Command::Quit, &[Compare]), "x");
        assert_eq!(problems, ["keys: swap: x is the key of quit already"]);

        let (keymap, problems) = own(&[("quit", "k")]);
        assert_eq!(keymap.shown(Command::Up, &[List]), "Up");
        assert_eq!(problems, [""; 0]);

        let (_, problems) = own(&[("copy", "w"), ("mark", "w")]);
        assert_eq!(problems, ["keys: copy: w is the key of mark already"]);

        // Also a letter that is text where the command is to be had as well.
        let (_, problems) = own(&[("up", "w"), ("down", "w")]);
        assert_eq!(problems, ["keys: down: w is the key of up already"]);
        let (_, problems) = own(&[("search", "/"), ("open", "/")]);
        assert_eq!(problems, ["keys: search: / is the key of open already"]);
    }

    #[test]
    fn an_own_letter_stays_text_where_text_is_typed() {
        let keys = BTreeMap::from([("down".to_owned(), Keys::One("n".into()))]);
        let (keymap, _) = Keymap::new(&keys);
        let press = |mode| keymap.action_for(mode, &Event::Key(press("n").expect("a key")));
        assert_eq!(press(List), Some(Command::Down.action()));
        assert_eq!(press(Search), Some(Action::Insert(Insert::Letter('n'))));
    }

    #[test]
    fn own_letters_lock_nobody_into_a_line() {
        let keys = BTreeMap::from([("open".to_owned(), Keys::One("o".into()))]);
        let (keymap, _) = Keymap::new(&keys);
        let press = |mode, name| keymap.action_for(mode, &Event::Key(press(name).expect("a key")));
        assert_eq!(
            press(List, "o"),
            Some(Command::Open.action()),
            "before the table's own o"
        );
        assert_eq!(press(Note, "enter"), Some(Command::Open.action()));
        assert_eq!(keymap.shown(Command::Open, &[Note]), "Enter");
        assert_eq!(keymap.shown(Command::Open, &[List]), "o");
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
        let mut key = press("q").expect("a key");
        key.kind = KeyEventKind::Release;
        let keymap = Keymap::default();
        assert_eq!(keymap.action_for(List, &Event::Key(key)), None);
        let paste = Event::Paste("q\nq\u{1b}[31m".into());
        assert_eq!(
            keymap.action_for(List, &paste),
            Some(Action::Insert(Insert::Text("q\nq".into())))
        );
    }
}
