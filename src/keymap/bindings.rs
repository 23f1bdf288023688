//! Looks events up in the table, with the user's own keys.

use std::collections::BTreeMap;

use crossterm::event::{Event, KeyEvent, KeyEventKind, MouseButton, MouseEvent, MouseEventKind};

use super::{COMMANDS, Command, EDITS, EXPLORER, READING, TYPING, key};
use crate::app::Mode;
use crate::app::action::{Action, Insert, Point};
use crate::bookmarks::NOTE_LIMIT;
use crate::choices::Keys;
use crate::text;

const PASTE_LIMIT: usize = 4096;
/// How other programs write what is `ctrl-` and `alt-` here.
const MODIFIERS: [(&str, &str); 8] = [
    ("control-", "ctrl-"),
    ("ctl-", "ctrl-"),
    ("c-", "ctrl-"),
    ("^", "ctrl-"),
    ("meta-", "alt-"),
    ("option-", "alt-"),
    ("m-", "alt-"),
    ("a-", "alt-"),
];

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
                problems.push(format!("keys: no command {}", text::quoted(name)));
                continue;
            };
            let (known, unknown): (Vec<_>, Vec<_>) =
                keys.iter().partition(|key| key::normal(key).is_some());
            problems.extend(unknown.iter().map(|key| {
                let (shown, hint) = (text::quoted(key), how_to_write(key));
                format!("keys: {name}: no key {shown}; {hint}")
            }));
            let known: Vec<String> = known.into_iter().filter_map(key::normal).collect();
            if !known.is_empty() {
                keymap.own.insert(command.name, known);
            } else if keys.iter().next().is_none() {
                problems.push(format!(
                    "keys: {name}: no key is given, so it keeps its own"
                ));
            }
        }
        problems.extend(
            COMMANDS
                .iter()
                .filter_map(|command| keymap.conflict(command)),
        );
        (keymap, problems)
    }

    /// Says which key of a command does something else, where it matters: an own key that does nothing
    /// of it, or the keys of the table where none is left in some mode.
    fn conflict(&self, command: &Command) -> Option<String> {
        if self.own.is_empty() {
            return None;
        }
        let is_own = self.own.contains_key(command.name);
        let taken = if is_own {
            let works = |(modes, key): &(&[Mode], &str)| {
                modes.iter().any(|mode| self.does(command, *mode, key))
            };
            let fails = |key: &str| {
                !self
                    .keys(command)
                    .any(|bound| bound.1 == key && works(&bound))
            };
            // Where a line is written the key may be text, and nobody's.
            self.keys(command)
                .filter(|(_, key)| fails(key))
                .find_map(|(modes, key)| {
                    let mut modes = modes.iter();
                    let mode = modes.find(|mode| self.command_for(**mode, key).is_some())?;
                    Some((*mode, key))
                })
        } else {
            let works = |mode: Mode| {
                let mut keys = self
                    .keys(command)
                    .filter(|(modes, _)| modes.contains(&mode));
                keys.any(|(_, key)| self.does(command, mode, key))
            };
            let mut places = self
                .keys(command)
                .flat_map(|(modes, key)| modes.iter().map(move |mode| (*mode, key)));
            places.find(|(mode, _)| !works(*mode))
        };
        let (mode, key) = taken?;
        let other = self.command_for(mode, key)?;
        if !self.own.contains_key(other.name) {
            return None;
        }
        let (name, key) = (command.name, key::shown(key));
        Some(format!(
            "keys: {name}: {key} is the key of {} already",
            other.name
        ))
    }

    /// Returns the keys of a command with their modes, those of other commands among them.
    fn keys<'a>(
        &'a self,
        command: &'a Command,
    ) -> impl Iterator<Item = (&'static [Mode], &'a str)> {
        let own = self.own.get(command.name);
        command.keys.iter().flat_map(move |(modes, of_table)| {
            let of_table = own.is_none().then(|| of_table.split(' '));
            let own = own.into_iter().flatten().map(String::as_str);
            own.chain(of_table.into_iter().flatten())
                .map(|key| (*modes, key))
        })
    }

    /// Returns what an event asks for.
    pub fn action_for(&self, mode: Mode, event: &Event) -> Option<Action> {
        match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => {
                Some(self.of_key(mode, key).unwrap_or(Action::Nothing))
            }
            Event::Paste(pasted) => Some(Action::Insert(Insert::Text(clean_paste(mode, pasted)))),
            Event::Mouse(mouse) => of_mouse(*mouse),
            _ => None,
        }
    }

    fn of_key(&self, mode: Mode, event: &KeyEvent) -> Option<Action> {
        let key = key::name(event)?;
        if let Some(command) = self.command_for(mode, &key) {
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
        types.then_some(Action::Insert(Insert::Letter(letter)))
    }

    /// Returns the command of a key: the user's own keys come first, whatever the table says of them.
    fn command_for(&self, mode: Mode, key: &str) -> Option<&'static Command> {
        let own = COMMANDS
            .iter()
            .filter(|command| self.own.contains_key(command.name));
        own.chain(COMMANDS)
            .find(|command| self.has(command, mode, key))
    }

    fn does(&self, command: &Command, mode: Mode, key: &str) -> bool {
        self.command_for(mode, key)
            .is_some_and(|found| found.name == command.name)
    }

    fn has(&self, command: &Command, mode: Mode, key: &str) -> bool {
        let mut here = command
            .keys
            .iter()
            .filter(|(modes, _)| modes.contains(&mode));
        let typing = TYPING.contains(&mode);
        let is_text = |key: &str| typing && (key.chars().count() == 1 || key == "space");
        // Where all own keys are text, those of the table stay: nobody is locked into a line.
        let own = self
            .own
            .get(command.name)
            .filter(|own| own.iter().any(|own| !is_text(own)));
        let Some(own) = own else {
            return here
                .flat_map(|(_, keys)| keys.split(' '))
                .any(|bound| bound == key);
        };
        here.next().is_some() && !is_text(key) && own.iter().any(|own| own == key)
    }

    /// Returns the first key of a command in a mode.
    pub fn first(&self, name: &str, mode: Mode) -> Option<String> {
        let keys = self.shown(name, Some(mode));
        let first = keys.split(' ').next().filter(|key| !key.is_empty());
        first.map(str::to_owned)
    }

    /// Puts keys in the place of commands in braces: "{mark} marks".
    pub fn with_keys(&self, text: &str, mode: Mode) -> String {
        COMMANDS.iter().fold(text.to_owned(), |text, command| {
            let name = format!("{{{}}}", command.name);
            if !text.contains(&name) {
                return text;
            }
            let key = self.first(command.name, mode);
            text.replace(&name, key.as_deref().unwrap_or("(no key)"))
        })
    }

    /// Returns the keys of a command in a mode, or in all of the explorer, as a person would write them.
    pub fn shown(&self, name: &str, mode: Option<Mode>) -> String {
        let Some(command) = super::command(name) else {
            return String::new();
        };
        let wanted = |other: &&Mode| match mode {
            Some(mode) => mode == **other,
            None => EXPLORER.contains(other),
        };
        let mut keys: Vec<&str> = Vec::new();
        // Those of the table may work beside own ones that are text somewhere.
        let of_table = command
            .keys
            .iter()
            .flat_map(|(modes, of_table)| of_table.split(' ').map(|key| (*modes, key)));
        for (modes, key) in self.keys(command).chain(of_table) {
            // A key that the user gave to another command is not one of this any more.
            let works = |mode: &Mode| self.own.is_empty() || self.does(command, *mode, key);
            if !keys.contains(&key) && modes.iter().filter(wanted).any(works) {
                keys.push(key);
            }
        }
        keys.iter()
            .map(|key| key::shown(key))
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// Says how a key is written here, where somebody wrote it as in another program.
fn how_to_write(key: &str) -> String {
    let bare = key.trim().trim_matches(['<', '>']).replace('+', "-");
    let lower = bare.to_ascii_lowercase();
    let written = MODIFIERS.iter().find_map(|(other, here)| {
        let rest = lower.strip_prefix(other).filter(|rest| !rest.is_empty())?;
        Some(format!("{here}{rest}"))
    });
    let shifted = lower.strip_prefix("shift-").map(str::to_uppercase);
    let written = shifted.or(written).unwrap_or(bare);
    match key::normal(&written) {
        Some(written) => format!("here it is written {}", text::quoted(&written)),
        None => "keys are written as q, ctrl-n, alt-b, f1, pgup".to_owned(),
    }
}

/// Returns as much of a pasted text as the line can use, clean; a note has lines.
fn clean_paste(mode: Mode, pasted: &str) -> String {
    let (limit, clean): (_, fn(&str) -> String) = match mode {
        Mode::Note => (NOTE_LIMIT + 1, text::clean_lines),
        _ => (PASTE_LIMIT, text::clean),
    };
    let end = pasted
        .char_indices()
        .nth(limit)
        .map_or(pasted.len(), |(end, _)| end);
    clean(&pasted[..end])
}

fn of_mouse(event: MouseEvent) -> Option<Action> {
    let MouseEvent { column, row, .. } = event;
    let wheel = |down| Point::Wheel { column, row, down };
    Some(Action::Point(match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Point::Click { column, row },
        MouseEventKind::ScrollUp => wheel(false),
        MouseEventKind::ScrollDown => wheel(true),
        _ => return None,
    }))
}
