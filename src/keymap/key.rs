//! Keys: `q`, `G`, `Ctrl-N`, `Shift-Tab`, `PgUp`, `F1`.

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::text::{clean, width};

/// A key as a terminal reports it, with what is held down beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    /// Control and Alt; Shift is in the code.
    modifiers: KeyModifiers,
}

/// The keys that have names, and other names of some.
const NAMED: [(KeyCode, &str, Option<&str>); 15] = [
    (KeyCode::Enter, "Enter", Some("return")),
    (KeyCode::Esc, "Esc", Some("escape")),
    (KeyCode::Tab, "Tab", None),
    (KeyCode::BackTab, "Shift-Tab", None),
    (KeyCode::Char(' '), "Space", None),
    (KeyCode::Backspace, "Backspace", None),
    (KeyCode::Delete, "Delete", Some("del")),
    (KeyCode::Up, "Up", None),
    (KeyCode::Down, "Down", None),
    (KeyCode::Left, "Left", None),
    (KeyCode::Right, "Right", None),
    (KeyCode::Home, "Home", None),
    (KeyCode::End, "End", None),
    (KeyCode::PageUp, "PgUp", Some("pageup")),
    (KeyCode::PageDown, "PgDn", Some("pagedown")),
];

const MODIFIERS: [(&str, KeyModifiers); 2] = [
    ("Ctrl-", KeyModifiers::CONTROL),
    ("Alt-", KeyModifiers::ALT),
];

impl Key {
    fn new(code: KeyCode, modifiers: KeyModifiers) -> Self {
        let modifiers = modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT);
        let code = match code {
            // With control the case of a letter says nothing.
            KeyCode::Char(letter) if modifiers.contains(KeyModifiers::CONTROL) => {
                let mut lower = letter.to_lowercase();
                KeyCode::Char(lower.next().unwrap_or(letter))
            }
            code => code,
        };
        Self { code, modifiers }
    }

    /// Returns the key that was pressed, if it is one that can be named.
    pub(super) fn pressed(event: &KeyEvent) -> Option<Self> {
        let key = Self::new(event.code, event.modifiers);
        let is_function_key = matches!(key.code, KeyCode::F(_));
        (is_function_key || key.code.as_char().is_some() || key.named().is_some()).then_some(key)
    }

    /// Returns what a terminal reports when it is pressed.
    fn event(self) -> KeyEvent {
        let shift = match self.code {
            KeyCode::BackTab => KeyModifiers::SHIFT,
            _ => KeyModifiers::NONE,
        };
        KeyEvent::new(self.code, self.modifiers | shift)
    }

    fn named(self) -> Option<&'static str> {
        let named = NAMED.iter().find(|(code, ..)| *code == self.code);
        named.map(|(_, name, _)| *name)
    }

    /// Returns whether it is text where text is typed.
    pub(super) fn is_text(self) -> bool {
        self.modifiers.is_empty() && self.code.as_char().is_some()
    }

    /// Returns the key that terminals send for this one, if they send any.
    fn sent(self) -> Option<Self> {
        let is_control = self.modifiers == KeyModifiers::CONTROL;
        let code = match self.code {
            KeyCode::Char('i') if is_control => KeyCode::Tab,
            KeyCode::Char('m') if is_control => KeyCode::Enter,
            KeyCode::Char('[' | '3') if is_control => KeyCode::Esc,
            KeyCode::Char('0' | '1' | '9') if is_control => return None,
            _ => return Some(self),
        };
        Some(Self::new(code, KeyModifiers::NONE))
    }

    /// Returns it as it is written in `config.toml`.
    pub fn written(self) -> String {
        match self.to_string() {
            letter if letter.chars().count() == 1 => letter,
            name => name.to_lowercase(),
        }
    }
}

/// What was written is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoKey;

impl FromStr for Key {
    type Err = NoKey;

    /// Takes a key as somebody may write it: `Ctrl-N`, `PageUp`, `g`.
    fn from_str(written: &str) -> Result<Self, NoKey> {
        // A character that nobody sees is no key that somebody could press, or read in the help.
        if clean(written) != written || width(written.trim()) == 0 {
            return Err(NoKey);
        }
        let (modifiers, rest) = held(written.trim().as_bytes());
        let letter = str::from_utf8(rest).ok().and_then(|rest| {
            let mut letters = rest.chars();
            letters.next().filter(|_| letters.next().is_none())
        });
        let code = letter.map(KeyCode::Char).or_else(|| code_of(rest));
        let key = code.map(|code| Self::new(code, modifiers));
        key.and_then(Self::sent).ok_or(NoKey)
    }
}

/// Returns what is held down, and the name of the key beside it.
const fn held(mut written: &[u8]) -> (KeyModifiers, &[u8]) {
    let mut modifiers = KeyModifiers::NONE;
    let mut index = 0;
    while index < MODIFIERS.len() {
        let (name, modifier) = MODIFIERS[index];
        index += 1;
        if let Some((before, after)) = written.split_at_checked(name.len())
            && before.eq_ignore_ascii_case(name.as_bytes())
            && !after.is_empty()
        {
            (modifiers, written, index) = (modifiers.union(modifier), after, 0);
        }
    }
    (modifiers, written)
}

/// Returns the key of a name that has several letters.
const fn code_of(name: &[u8]) -> Option<KeyCode> {
    let mut index = 0;
    while index < NAMED.len() {
        let (code, one, other) = NAMED[index];
        if name.eq_ignore_ascii_case(one.as_bytes()) {
            return Some(code);
        }
        if let Some(other) = other
            && name.eq_ignore_ascii_case(other.as_bytes())
        {
            return Some(code);
        }
        index += 1;
    }
    match name {
        [b'f' | b'F', digit @ b'1'..=b'9'] => Some(KeyCode::F(*digit - b'0')),
        [b'f' | b'F', b'1', digit @ b'0'..=b'2'] => Some(KeyCode::F(10 + *digit - b'0')),
        _ => None,
    }
}

/// Reads the keys of the table, which has blanks between them. What is no key does not compile.
pub(super) const fn keys<const N: usize>(written: &str) -> [Key; N] {
    let mut keys = [Key {
        code: KeyCode::Null,
        modifiers: KeyModifiers::NONE,
    }; N];
    let mut rest = written.as_bytes();
    let mut index = 0;
    while index < N {
        let (name, after) = rest.split_at(end_of_first(rest));
        let (modifiers, name) = held(name);
        let code = match name {
            [letter @ b'!'..=b'~'] => KeyCode::Char(*letter as char),
            name => code_of(name).expect("a key of the table"),
        };
        keys[index] = Key { code, modifiers };
        rest = after;
        if let [b' ', next @ ..] = after {
            rest = next;
        }
        index += 1;
    }
    keys
}

/// Returns how many keys the table writes somewhere.
pub(super) const fn count(written: &str) -> usize {
    let (mut count, mut rest) = (1, written.as_bytes());
    while let [letter, after @ ..] = rest {
        count += (*letter == b' ') as usize;
        rest = after;
    }
    count
}

const fn end_of_first(written: &[u8]) -> usize {
    let mut end = 0;
    while end < written.len() && written[end] != b' ' {
        end += 1;
    }
    end
}

impl Display for Key {
    /// Writes it as a person reads it.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (name, modifier) in MODIFIERS {
            if self.modifiers.contains(modifier) {
                f.write_str(name)?;
            }
        }
        match (self.named(), self.code) {
            (Some(name), _) => f.write_str(name),
            (None, KeyCode::F(number)) => write!(f, "F{number}"),
            (None, KeyCode::Char(letter)) if self.modifiers == KeyModifiers::CONTROL => {
                write!(f, "{}", letter.to_uppercase())
            }
            (None, code) => write!(f, "{}", code.as_char().unwrap_or_default()),
        }
    }
}

/// Returns the press of a key by its name.
pub fn press(name: &str) -> Option<KeyEvent> {
    name.parse().ok().map(Key::event)
}

/// Returns the letter that a key types, if it types one.
pub(super) fn letter(event: &KeyEvent) -> Option<char> {
    let commands = KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SUPER;
    // AltGr comes as control and alt together.
    let altgr = KeyModifiers::CONTROL | KeyModifiers::ALT;
    let typed = !event.modifiers.intersects(commands) || event.modifiers.contains(altgr);
    event
        .code
        .as_char()
        .filter(|letter| typed && !letter.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_is_shown_and_as_it_is_written() {
        for (written, shown, named) in [
            ("q", "q", "q"),
            ("G", "G", "G"),
            ("é", "é", "é"),
            ("Ctrl-N", "Ctrl-N", "ctrl-n"),
            ("PageUp", "PgUp", "pgup"),
            ("F1", "F1", "f1"),
            ("shift-tab", "Shift-Tab", "shift-tab"),
            ("alt-b", "Alt-b", "alt-b"),
            ("ctrl-left", "Ctrl-Left", "ctrl-left"),
            ("space", "Space", "space"),
            ("DEL", "Delete", "delete"),
            ("-", "-", "-"),
        ] {
            let key: Key = written.parse().expect("a key");
            assert_eq!(
                (key.to_string(), key.written()),
                (shown.into(), named.into())
            );
            assert_eq!(shown.parse(), Ok(key), "{shown:?}");
            assert_eq!(named.parse(), Ok(key), "{named:?}");
            assert_eq!(Key::pressed(&key.event()), Some(key), "{written:?}");
        }
        for written in ["", "hyper-q", "f99", "nothing", "ctrl-", "\u{202e}q"] {
            assert_eq!(written.parse::<Key>(), Err(NoKey), "{written:?}");
        }
    }

    #[test]
    fn a_key_is_what_a_terminal_sends_for_it() {
        for (written, sent) in [
            ("ctrl-m", Some("Enter")),
            ("Ctrl-I", Some("Tab")),
            ("ctrl-[", Some("Esc")),
            ("ctrl-1", None),
            ("ctrl-n", Some("Ctrl-N")),
        ] {
            let key = written.parse::<Key>().ok();
            assert_eq!(key.map(|key| key.to_string()).as_deref(), sent, "{written}");
        }
    }

    #[test]
    fn altgr_types_a_letter() {
        let event = KeyEvent::new(
            KeyCode::Char('@'),
            KeyModifiers::CONTROL | KeyModifiers::ALT,
        );
        assert_eq!(letter(&event), Some('@'));
        let event = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
        assert_eq!(letter(&event), None);
    }
}
