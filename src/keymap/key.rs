//! Keys by name: `q`, `G`, `ctrl-n`, `shift-tab`, `pgup`, `f1`.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::text::{clean, width};

const NAMED: [(&str, KeyCode, &str); 15] = [
    ("enter", KeyCode::Enter, "Enter"),
    ("esc", KeyCode::Esc, "Esc"),
    ("tab", KeyCode::Tab, "Tab"),
    ("shift-tab", KeyCode::BackTab, "Shift-Tab"),
    ("space", KeyCode::Char(' '), "Space"),
    ("backspace", KeyCode::Backspace, "Backspace"),
    ("delete", KeyCode::Delete, "Del"),
    ("up", KeyCode::Up, "Up"),
    ("down", KeyCode::Down, "Down"),
    ("left", KeyCode::Left, "Left"),
    ("right", KeyCode::Right, "Right"),
    ("home", KeyCode::Home, "Home"),
    ("end", KeyCode::End, "End"),
    ("pgup", KeyCode::PageUp, "PgUp"),
    ("pgdn", KeyCode::PageDown, "PgDn"),
];

const LAST_FUNCTION_KEY: u8 = 12;

/// Returns the name of a pressed key.
pub(super) fn name(event: &KeyEvent) -> Option<String> {
    let bare = match event.code {
        KeyCode::F(number) => format!("f{number}"),
        code => match NAMED.iter().find(|(_, named, _)| *named == code) {
            Some((name, _, _)) => (*name).to_owned(),
            None => code.as_char()?.to_string(),
        },
    };
    let mut name = String::new();
    if event.modifiers.contains(KeyModifiers::CONTROL) {
        name += "ctrl-";
    }
    if event.modifiers.contains(KeyModifiers::ALT) {
        name += "alt-";
    }
    // With control the case of a letter says nothing.
    let with_control = event.modifiers.contains(KeyModifiers::CONTROL);
    Some(
        name + &if with_control {
            bare.to_lowercase()
        } else {
            bare
        },
    )
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

/// Returns the key that somebody wrote as `Ctrl-N`, `PageUp` or `g`, by the name that it has here.
pub(super) fn normal(written: &str) -> Option<String> {
    // A character that nobody sees is no key that somebody could press, or read in the help.
    let seen = clean(written) == written && width(written.trim()) > 0;
    let name = event(written).as_ref().and_then(name).filter(|_| seen)?;
    // What terminals send for these is another key, or nothing.
    match name.as_str() {
        "ctrl-i" => Some("tab".into()),
        "ctrl-m" => Some("enter".into()),
        "ctrl-[" | "ctrl-3" => Some("esc".into()),
        "ctrl-0" | "ctrl-1" | "ctrl-9" => None,
        _ => Some(name),
    }
}

/// Returns the press of a key by its name.
pub fn event(written: &str) -> Option<KeyEvent> {
    let mut modifiers = KeyModifiers::NONE;
    let mut rest = written.trim();
    if rest.eq_ignore_ascii_case("shift-tab") {
        return Some(KeyEvent::new(KeyCode::BackTab, KeyModifiers::SHIFT));
    }
    loop {
        let lower = rest.to_ascii_lowercase();
        let (modifier, length) = if lower.starts_with("ctrl-") && rest.len() > 5 {
            (KeyModifiers::CONTROL, 5)
        } else if lower.starts_with("alt-") && rest.len() > 4 {
            (KeyModifiers::ALT, 4)
        } else {
            break;
        };
        modifiers |= modifier;
        rest = &rest[length..];
    }
    let lower = match rest.to_ascii_lowercase().as_str() {
        "pageup" => "pgup".to_owned(),
        "pagedown" => "pgdn".to_owned(),
        "escape" => "esc".to_owned(),
        "return" => "enter".to_owned(),
        "del" => "delete".to_owned(),
        lower => lower.to_owned(),
    };
    let mut letters = rest.chars();
    let code = match (letters.next()?, letters.next()) {
        (letter, None) if letter != ' ' => KeyCode::Char(letter),
        _ => named(&lower).or_else(|| function_key(&lower))?,
    };
    Some(KeyEvent::new(code, modifiers))
}

fn named(name: &str) -> Option<KeyCode> {
    NAMED
        .iter()
        .find(|(named, _, _)| *named == name)
        .map(|(_, code, _)| *code)
}

fn function_key(name: &str) -> Option<KeyCode> {
    let number = name.strip_prefix('f')?.parse().ok()?;
    (1..=LAST_FUNCTION_KEY)
        .contains(&number)
        .then_some(KeyCode::F(number))
}

/// Returns a key as a person would write it.
pub(super) fn shown(name: &str) -> String {
    if let Some((_, _, shown)) = NAMED.iter().find(|(named, _, _)| *named == name) {
        return (*shown).to_owned();
    }
    if let Some(rest) = name.strip_prefix("ctrl-") {
        let rest = if rest.chars().count() == 1 {
            rest.to_uppercase()
        } else {
            shown(rest)
        };
        return format!("Ctrl-{rest}");
    }
    if let Some(rest) = name.strip_prefix("alt-") {
        return format!("Alt-{}", shown(rest));
    }
    if name.len() > 1 {
        name.to_uppercase()
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_keeps_its_name() {
        for (written, named) in [
            ("q", "q"),
            ("G", "G"),
            ("Ctrl-N", "ctrl-n"),
            ("PageUp", "pgup"),
            ("F1", "f1"),
            ("shift-tab", "shift-tab"),
            ("alt-b", "alt-b"),
            ("space", "space"),
            ("-", "-"),
        ] {
            assert_eq!(normal(written).as_deref(), Some(named), "{written:?}");
        }
        for written in ["", "hyper-q", "f99", "nothing"] {
            assert_eq!(normal(written), None, "{written:?}");
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
