//! The tables of what terminals send for keys and the mouse. What they do not know means nothing.

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

/// The last byte of a key with a letter, after `ESC [` and after `ESC O`.
const LETTERS: &[(u8, KeyCode)] = &[
    (b'A', KeyCode::Up),
    (b'B', KeyCode::Down),
    (b'C', KeyCode::Right),
    (b'D', KeyCode::Left),
    (b'F', KeyCode::End),
    (b'H', KeyCode::Home),
    (b'P', KeyCode::F(1)),
    (b'Q', KeyCode::F(2)),
    (b'S', KeyCode::F(4)),
];

/// What has its letter after `ESC O` only: F3, which after `ESC [` would be the place of the cursor, and
/// the keypad of an application.
const KEYPAD: &[(u8, KeyCode)] = &[
    (b'R', KeyCode::F(3)),
    (b' ', KeyCode::Char(' ')),
    (b'I', KeyCode::Tab),
    (b'M', KeyCode::Enter),
    (b'X', KeyCode::Char('=')),
    (b'j', KeyCode::Char('*')),
    (b'k', KeyCode::Char('+')),
    (b'l', KeyCode::Char(',')),
    (b'm', KeyCode::Char('-')),
    (b'n', KeyCode::Char('.')),
    (b'o', KeyCode::Char('/')),
];

/// The arrows of rxvt: with Shift after `ESC [`, with Ctrl after `ESC O`.
const RXVT_ARROWS: &[(u8, KeyCode)] = &[
    (b'a', KeyCode::Up),
    (b'b', KeyCode::Down),
    (b'c', KeyCode::Right),
    (b'd', KeyCode::Left),
];

/// The number of a key before `~`.
const NUMBERS: &[(u32, KeyCode)] = &[
    (1, KeyCode::Home),
    (2, KeyCode::Insert),
    (3, KeyCode::Delete),
    (4, KeyCode::End),
    (5, KeyCode::PageUp),
    (6, KeyCode::PageDown),
    (7, KeyCode::Home),
    (8, KeyCode::End),
];

/// The numbers of F1 and those that follow it, with the gaps of the keyboard that had them first.
const FUNCTION_KEYS: &[u32] = &[
    11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29, 31, 32, 33, 34,
];

/// Keys that have the number of a character, before `u`.
const CHARACTERS: &[(u32, KeyCode)] = &[
    (8, KeyCode::Backspace),
    (9, KeyCode::Tab),
    (13, KeyCode::Enter),
    (27, KeyCode::Esc),
    (127, KeyCode::Backspace),
];

/// The numbers, before `u`, of keys that are no characters.
const OF_NO_CHARACTER: std::ops::RangeInclusive<u32> = 57344..=63743;
/// The number of the keypad's 0, and the keys from that one on.
const KEYPAD_NUMBERS: (u32, &[KeyCode]) = (
    57399,
    &[
        KeyCode::Char('0'),
        KeyCode::Char('1'),
        KeyCode::Char('2'),
        KeyCode::Char('3'),
        KeyCode::Char('4'),
        KeyCode::Char('5'),
        KeyCode::Char('6'),
        KeyCode::Char('7'),
        KeyCode::Char('8'),
        KeyCode::Char('9'),
        KeyCode::Char('.'),
        KeyCode::Char('/'),
        KeyCode::Char('*'),
        KeyCode::Char('-'),
        KeyCode::Char('+'),
        KeyCode::Enter,
        KeyCode::Char('='),
        KeyCode::Char(','),
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::PageUp,
        KeyCode::PageDown,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::Insert,
        KeyCode::Delete,
    ],
);

/// What is held down with a key, as bits of the number after the key's, which begins at one.
const MODIFIERS: [(u32, KeyModifiers); 6] = [
    (1, KeyModifiers::SHIFT),
    (2, KeyModifiers::ALT),
    (4, KeyModifiers::CONTROL),
    (8, KeyModifiers::SUPER),
    (16, KeyModifiers::HYPER),
    (32, KeyModifiers::META),
];

/// The number that says that a key was let go.
const RELEASED: u32 = 3;

fn find<K: PartialEq>(table: &[(K, KeyCode)], key: &K) -> Option<KeyCode> {
    table
        .iter()
        .find(|(known, _)| known == key)
        .map(|(_, code)| *code)
}

/// Returns the key of a byte below 128.
pub(super) fn of_byte(byte: u8) -> KeyEvent {
    let (letter, modifiers) = match byte {
        b'\t' => return KeyCode::Tab.into(),
        b'\r' => return KeyCode::Enter.into(),
        0x7f => return KeyCode::Backspace.into(),
        0 => (b' ', KeyModifiers::CONTROL),
        0x01..=0x1a => (byte - 1 + b'a', KeyModifiers::CONTROL),
        0x1b..=0x1f => (byte - 0x1b + b'3', KeyModifiers::CONTROL),
        _ => return of_letter(byte.into()),
    };
    KeyEvent::new(KeyCode::Char(letter.into()), modifiers)
}

/// Returns the key that types a letter.
pub(super) fn of_letter(letter: char) -> KeyEvent {
    let shift = if letter.is_uppercase() {
        KeyModifiers::SHIFT
    } else {
        KeyModifiers::NONE
    };
    KeyEvent::new(KeyCode::Char(letter), shift)
}

/// The numbers of a sequence: fields between semicolons, parts of a field between colons.
struct Numbers<'a>(&'a str);

impl<'a> Numbers<'a> {
    /// Returns `None` where there is anything else: that is no key, but an answer.
    fn new(parameters: &'a [u8]) -> Option<Self> {
        let text = str::from_utf8(parameters).ok()?;
        let numbers = text.chars().all(|c| c.is_ascii_digit() || ";:".contains(c));
        numbers.then_some(Self(text))
    }

    fn parts(&self, field: usize) -> impl Iterator<Item = Option<u32>> {
        let field = self.0.split(';').nth(field).unwrap_or_default();
        field.split(':').map(|part| part.parse().ok())
    }

    fn part(&self, field: usize, part: usize) -> Option<u32> {
        self.parts(field).nth(part).flatten()
    }

    fn first(&self, field: usize) -> Option<u32> {
        self.part(field, 0)
    }

    /// Returns what is held down, in the second field; where there is one field only, old terminals have
    /// it there with a letter.
    fn modifiers(&self, of_letter: bool) -> KeyModifiers {
        let alone = self.first(0).filter(|_| of_letter);
        modifiers(self.first(1).or(alone).unwrap_or(1))
    }

    fn released(&self) -> bool {
        self.part(1, 1) == Some(RELEASED)
    }
}

fn modifiers(number: u32) -> KeyModifiers {
    let bits = number.saturating_sub(1);
    let held = MODIFIERS.iter().filter(|(bit, _)| bits & bit != 0);
    held.map(|(_, modifier)| *modifier).collect()
}

/// Returns what `ESC [`, some parameters and a last byte mean.
pub(super) fn of_csi(parameters: &[u8], end: u8) -> Vec<Event> {
    if let Some(report) = parameters.strip_prefix(b"<") {
        return of_mouse(report, end, 0).into_iter().collect();
    }
    if parameters == b"[" {
        let number = end.wrapping_sub(b'A');
        let key = (number < 5).then(|| KeyCode::F(number + 1));
        return key.map(|key| Event::Key(key.into())).into_iter().collect();
    }
    let Some(numbers) = Numbers::new(parameters) else {
        return Vec::new();
    };
    if end == b'u' {
        return of_character(&numbers);
    }
    let event = match end {
        b'I' if parameters.is_empty() => Some(Event::FocusGained),
        b'O' if parameters.is_empty() => Some(Event::FocusLost),
        b'M' => of_mouse(parameters, end, 32),
        _ => key_of_csi(&numbers, end).map(Event::Key),
    };
    event.into_iter().collect()
}

fn key_of_csi(numbers: &Numbers, end: u8) -> Option<KeyEvent> {
    if numbers.released() {
        return None;
    }
    let (code, modifiers) = match end {
        b'~' | b'^' | b'$' | b'@' => {
            let number = numbers.first(0)?;
            let of_rxvt = match end {
                b'^' => KeyModifiers::CONTROL,
                b'$' => KeyModifiers::SHIFT,
                b'@' => KeyModifiers::CONTROL | KeyModifiers::SHIFT,
                _ => KeyModifiers::NONE,
            };
            let modifiers = numbers.modifiers(false) | of_rxvt;
            if number == 27 {
                // The key of a character, as xterm tells it with modifiers.
                return of_code(numbers.first(2)?, modifiers);
            }
            (numbered(number)?, modifiers)
        }
        b'Z' => (
            KeyCode::BackTab,
            numbers.modifiers(false) | KeyModifiers::SHIFT,
        ),
        b'a'..=b'd' if numbers.0.is_empty() => (find(RXVT_ARROWS, &end)?, KeyModifiers::SHIFT),
        _ => (find(LETTERS, &end)?, numbers.modifiers(true)),
    };
    Some(KeyEvent::new(code, modifiers))
}

fn numbered(number: u32) -> Option<KeyCode> {
    find(NUMBERS, &number).or_else(|| {
        let place = FUNCTION_KEYS.iter().position(|known| *known == number)?;
        Some(KeyCode::F(u8::try_from(place).ok()? + 1))
    })
}

/// Returns what `ESC O`, perhaps modifiers, and a last byte mean.
pub(super) fn of_ss3(parameters: &[u8], end: u8) -> Option<Event> {
    let modifiers = Numbers::new(parameters)?.modifiers(true);
    let key = match end {
        b'p'..=b'y' => KeyEvent::new(KeyCode::Char((end - b'p' + b'0').into()), modifiers),
        b'a'..=b'd' => KeyEvent::new(find(RXVT_ARROWS, &end)?, KeyModifiers::CONTROL),
        _ => {
            let code = find(LETTERS, &end).or_else(|| find(KEYPAD, &end))?;
            KeyEvent::new(code, modifiers)
        }
    };
    Some(Event::Key(key))
}

/// Returns the keys of a number that is a character, as the terminals with a keyboard protocol tell them:
/// `character:shifted:latin ; modifiers:kind ; text`.
fn of_character(numbers: &Numbers) -> Vec<Event> {
    if numbers.released() {
        return Vec::new();
    }
    let modifiers = numbers.modifiers(false);
    let shift = modifiers.contains(KeyModifiers::SHIFT);
    let types = modifiers.difference(KeyModifiers::SHIFT).is_empty();
    let text: String = numbers
        .parts(2)
        .flatten()
        .filter_map(char::from_u32)
        .filter(|letter| !letter.is_control())
        .collect();
    if types && !text.is_empty() {
        return text.chars().map(|c| Event::Key(of_letter(c))).collect();
    }
    // A command is the key of that place, whatever the layout has there.
    let latin = numbers.part(0, 2).filter(|_| !types);
    let shifted = numbers.part(0, 1).filter(|_| shift);
    let code = latin.or(shifted).or(numbers.first(0));
    let key = code.and_then(|code| of_code(code, modifiers));
    key.map(Event::Key).into_iter().collect()
}

fn of_code(number: u32, modifiers: KeyModifiers) -> Option<KeyEvent> {
    let shift = modifiers.contains(KeyModifiers::SHIFT);
    let code = match find(CHARACTERS, &number) {
        Some(KeyCode::Tab) if shift => KeyCode::BackTab,
        Some(code) => code,
        None if OF_NO_CHARACTER.contains(&number) => of_no_character(number)?,
        None => {
            let letter = char::from_u32(number).filter(|letter| !letter.is_control())?;
            let mut upper = letter.to_uppercase();
            match (upper.next(), upper.next()) {
                (Some(upper), None) if shift => KeyCode::Char(upper),
                _ => KeyCode::Char(letter),
            }
        }
    };
    Some(KeyEvent::new(code, modifiers))
}

fn of_no_character(number: u32) -> Option<KeyCode> {
    let (first, keypad) = KEYPAD_NUMBERS;
    match number {
        57376..=57398 => Some(KeyCode::F(u8::try_from(number - 57376).ok()? + 13)),
        _ => keypad
            .get(usize::try_from(number.checked_sub(first)?).ok()?)
            .copied(),
    }
}

/// Returns what a report of the mouse in numbers means; `offset` is what is added to the button.
fn of_mouse(report: &[u8], end: u8, offset: u32) -> Option<Event> {
    let numbers = Numbers::new(report).filter(|_| end == b'M')?;
    let place = |field| u16::try_from(numbers.first(field)?.checked_sub(1)?).ok();
    let button = numbers.first(0)?.checked_sub(offset)?;
    pressed(button, place(1)?, place(2)?)
}

/// Returns what the three bytes of an old report mean.
pub(super) fn of_old_mouse(button: u8, column: u8, row: u8) -> Option<Event> {
    let place = |byte: u8| byte.checked_sub(33).map(u16::from);
    pressed(button.checked_sub(32)?.into(), place(column)?, place(row)?)
}

/// Returns a press of the left button or a turn of the wheel: nothing else does anything here, and what moves
/// the mouse must not wake the explorer.
fn pressed(button: u32, column: u16, row: u16) -> Option<Event> {
    const HELD: [(u32, KeyModifiers); 3] = [
        (4, KeyModifiers::SHIFT),
        (8, KeyModifiers::ALT),
        (16, KeyModifiers::CONTROL),
    ];
    let held = HELD.iter().filter(|(bit, _)| button & bit != 0);
    let kind = match button & !0b1_1100 {
        0 => MouseEventKind::Down(MouseButton::Left),
        64 => MouseEventKind::ScrollUp,
        65 => MouseEventKind::ScrollDown,
        _ => return None,
    };
    Some(Event::Mouse(MouseEvent {
        kind,
        column,
        row,
        modifiers: held.map(|(_, modifier)| *modifier).collect(),
    }))
}
