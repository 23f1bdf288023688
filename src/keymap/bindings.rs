//! Looks events up in the table, with the user's own keys.

use std::collections::BTreeMap;

use crossterm::event::{Event, KeyEvent, KeyEventKind, MouseButton, MouseEvent, MouseEventKind};

use super::command::{ALL, Command, EDITS, EXPLORER, READING, TYPING};
use super::key::{Key, NoKey, letter};
use crate::app::Mode;
use crate::app::action::{Action, Insert, Point};
use crate::choices::Keys;
use crate::text;

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

/// The table with the user's own keys, each key with its meaning.
#[derive(Debug)]
pub struct Keymap {
    /// What each key of each mode means; the first counts where there are several.
    bound: Vec<(Mode, Key, Command)>,
    /// The keys of a command instead of those in the table.
    own: BTreeMap<Command, Vec<Key>>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self::bind(BTreeMap::new())
    }
}

impl Keymap {
    /// Takes the keys of the configuration; says what is wrong with those that it leaves out.
    pub fn new(keys: &BTreeMap<String, Keys>) -> (Self, Vec<String>) {
        let mut own = BTreeMap::new();
        let mut problems = Vec::new();
        for (name, keys) in keys {
            let Some(command) = Command::named(name) else {
                problems.push(format!("keys: no command {}", text::quoted(name)));
                continue;
            };
            let mut known = Vec::new();
            for written in keys.iter() {
                if let Ok(key) = written.parse() {
                    known.push(key);
                } else {
                    let (shown, hint) = (text::quoted(written), how_to_write(written));
                    problems.push(format!("keys: {name}: no key {shown}; {hint}"));
                }
            }
            if !known.is_empty() {
                own.insert(command, known);
            } else if keys.iter().next().is_none() {
                problems.push(format!(
                    "keys: {name}: no key is given, so it keeps its own"
                ));
            }
        }
        let keymap = Self::bind(own);
        if !keymap.own.is_empty() {
            let all = Command::ALL.iter();
            problems.extend(all.filter_map(|command| keymap.conflict(*command)));
        }
        (keymap, problems)
    }

    /// Binds each key in each mode; the user's own come before those of the table.
    fn bind(own: BTreeMap<Command, Vec<Key>>) -> Self {
        let mut bound = Vec::new();
        for command in own.keys().chain(Command::ALL) {
            let own = own.get(command).map_or(&[][..], Vec::as_slice);
            for (modes, of_table) in command.keys() {
                for mode in *modes {
                    let keys = keys_in(*mode, own, of_table);
                    bound.extend(keys.map(|key| (*mode, key, *command)));
                }
            }
        }
        Self { bound, own }
    }

    /// Says that a key which the user chose for a command works in no mode, or that the command has lost all its
    /// keys in one.
    fn conflict(&self, command: Command) -> Option<String> {
        let own = self.own.get(&command);
        let places = command.keys().iter().flat_map(|(modes, of_table)| {
            let keys = own.map_or(*of_table, Vec::as_slice).iter();
            keys.flat_map(|key| modes.iter().map(|mode| (*mode, *key)))
        });
        let places: Vec<(Mode, Key)> = places.collect();
        let is_lost = |(mode, key): &(Mode, Key)| {
            let alike = |(in_mode, with_key): &&(Mode, Key)| match own {
                Some(_) => with_key == key,
                None => in_mode == mode,
            };
            !places
                .iter()
                .filter(alike)
                .any(|(mode, key)| self.is_bound(command, *mode, *key))
        };
        // Where a line is written the key may be text, and nobody's.
        let mut lost = places.iter().filter(|place| is_lost(place));
        let (key, other) = lost.find_map(|(mode, key)| Some((key, self.command(*mode, *key)?)))?;
        let (name, other_name) = (command.name(), other.name());
        self.own
            .contains_key(&other)
            .then(|| format!("keys: {name}: {key} is the key of {other_name} already"))
    }

    fn command(&self, mode: Mode, key: Key) -> Option<Command> {
        let mut bound = self.bound.iter();
        let found = bound.find(|(in_mode, with_key, _)| (*in_mode, *with_key) == (mode, key));
        found.map(|(_, _, command)| *command)
    }

    fn is_bound(&self, command: Command, mode: Mode, key: Key) -> bool {
        self.command(mode, key) == Some(command)
    }

    /// Returns what an event asks for.
    pub fn action_for(&self, mode: Mode, event: &Event) -> Option<Action> {
        match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => {
                Some(self.of_key(mode, key).unwrap_or(Action::Nothing))
            }
            Event::Paste(pasted) => Some(Action::Insert(Insert::pasted(pasted))),
            Event::Mouse(mouse) => of_mouse(*mouse),
            _ => None,
        }
    }

    fn of_key(&self, mode: Mode, event: &KeyEvent) -> Option<Action> {
        let key = Key::pressed(event)?;
        if let Some(command) = self.command(mode, key) {
            return Some(command.action());
        }
        let is_typing = TYPING.contains(&mode);
        let edit = EDITS.iter().find(|(_, keys)| keys.contains(&key));
        if let Some((edit, _)) = edit.filter(|_| is_typing) {
            return Some(Action::Edit(*edit));
        }
        let letter = letter(event)?;
        let types = is_typing || (READING.contains(&mode) && letter.is_ascii_digit());
        types.then_some(Action::Insert(Insert::Letter(letter)))
    }

    /// Returns the first key of a command in a mode.
    pub fn first(&self, command: Command, mode: Mode) -> Option<Key> {
        self.keys(command, &[mode]).next()
    }

    /// Puts keys in the place of commands in braces: "{mark} marks".
    pub fn with_keys(&self, text: &str, mode: Mode) -> String {
        Command::ALL.iter().fold(text.to_owned(), |text, command| {
            let name = format!("{{{}}}", command.name());
            if !text.contains(&name) {
                return text;
            }
            let key = self.first(*command, mode);
            text.replace(&name, &key.map_or("(no key)".into(), |key| key.to_string()))
        })
    }

    /// Returns the keys of a command in some modes as a person would write them.
    pub fn shown(&self, command: Command, modes: &[Mode]) -> String {
        let mut shown = Vec::new();
        for key in self.keys(command, modes).map(|key| key.to_string()) {
            if !shown.contains(&key) {
                shown.push(key);
            }
        }
        shown.join(" ")
    }

    /// Returns the keys of a command in all of the explorer, or else in what lies over it.
    pub fn shown_anywhere(&self, command: Command) -> String {
        match self.shown(command, EXPLORER) {
            keys if keys.is_empty() => self.shown(command, ALL),
            keys => keys,
        }
    }

    /// Returns the keys that a command has in some modes: own ones, then those of the table that it still has.
    fn keys(&self, command: Command, modes: &[Mode]) -> impl Iterator<Item = Key> {
        let own = self.own.get(&command).into_iter().flatten();
        let of_table = command.keys().iter().flat_map(|(_, keys)| *keys);
        let has = move |key: &Key| modes.iter().any(|mode| self.is_bound(command, *mode, *key));
        own.chain(of_table).copied().filter(has)
    }
}

/// Returns the keys that count in a mode: the user's own, but for letters where text is typed. Where all of those
/// are text, the keys of the table stay: nobody is locked into a line.
fn keys_in<'a>(mode: Mode, own: &'a [Key], of_table: &'a [Key]) -> impl Iterator<Item = Key> {
    let counts = move |key: &Key| !(TYPING.contains(&mode) && key.is_text());
    let has_own = own.iter().any(counts);
    let (own, of_table) = if has_own {
        (own, &[][..])
    } else {
        (&[][..], of_table)
    };
    let own = own.iter().copied().filter(counts);
    own.chain(of_table.iter().copied())
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
    match written.parse::<Key>() {
        Ok(key) => format!("here it is written {}", text::quoted(&key.written())),
        Err(NoKey) => "keys are written as q, ctrl-n, alt-b, f1, pgup".to_owned(),
    }
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
