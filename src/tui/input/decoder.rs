//! Cuts what the terminal sends into keys, pastes and what means nothing here. It knows no clock: whoever reads
//! the terminal tells it when nothing came for as long as it asks.

mod told;

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

use super::keys;
use told::{comes_late, goes_on, is_pasted, is_text};

/// How long the terminal may pause where a key alone and the beginning of a sequence look the same. Longer
/// than the 50 ms by which connections tear a key apart, short enough for a person who presses Esc.
const SPLIT: Duration = Duration::from_millis(60);
/// How long it may pause within anything else; then that is over, and what comes is keys again.
const SILENCE: Duration = Duration::from_millis(500);
/// What is kept of a paste; no terminal sends more by mistake.
const PASTE_LIMIT: usize = 1 << 20;
const PASTE_END: &[u8] = b"\x1b[201~";
/// What is kept of a sequence: enough for a sentence that an input method sends as numbers.
const SEQUENCE_LIMIT: usize = 4096;

const CTRL_C: u8 = 0x03;
const BELL: u8 = 0x07;
const CANCEL: u8 = 0x18;
const SUBSTITUTE: u8 = 0x1a;
const ESC: u8 = 0x1b;

/// What is half read.
///
/// ```text
///  Ground ──ESC──► Escape ──[ O──► Introduced ────► Sequence ──► a key, a mouse event, a paste, or nothing
///                    │    ──] P X ^ _──► │   ─────► Answer ──► nothing
///                 silence             silence
///                 Esc ▼           Alt-[ ▼
///                    Late ──── the rest of a sequence after all ──► nothing
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Ground,
    /// A letter of so many bytes.
    Letter(usize),
    /// An ESC, which may be the key.
    Escape,
    /// ESC and the byte that introduces a sequence, which may be a key with Alt.
    Introduced(u8),
    /// The same, told as a key already; or an ESC, told as Esc already.
    Late(u8),
    /// What follows `ESC [` and `ESC O`.
    Sequence(u8),
    /// The three bytes of an old mouse report.
    Mouse,
    /// A string, which only answers of the terminal are.
    Answer(u8),
    /// An ESC in a string, which may begin its end.
    AnswerEscape(u8),
    /// A paste, and how many bytes of its end were read.
    Paste(usize),
    /// A paste that the terminal does not mark, which ends with a pause.
    Burst,
}

/// Makes events of bytes.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    state: State,
    /// The bytes of a letter, of a sequence or of a paste.
    kept: Vec<u8>,
    /// Whether one more ESC stands before this, as some terminals send Alt with a sequence.
    doubled: bool,
    /// Whether this is swallowed, since its beginning was told as a key.
    swallowed: bool,
    /// Whether an ESC before this is Alt.
    alt: bool,
    events: Vec<Event>,
}

impl Decoder {
    /// Takes what the terminal sent.
    pub(super) fn take(&mut self, bytes: &[u8]) {
        if self.state == State::Ground && is_pasted(bytes) {
            self.state = State::Burst;
        }
        for byte in bytes {
            self.step(*byte);
        }
    }

    /// Returns the events so far.
    pub(super) fn events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    /// Returns after how much silence `silence` wants to be called; if nothing is half read, never.
    pub(super) fn patience(&self) -> Option<Duration> {
        match self.state {
            State::Ground => None,
            State::Escape | State::Introduced(_) | State::Burst => Some(SPLIT),
            State::Late(_) => Some(SILENCE.saturating_sub(SPLIT)),
            _ => Some(SILENCE),
        }
    }

    /// Hears that nothing came for as long as `patience` said.
    pub(super) fn silence(&mut self) {
        match self.state {
            State::Escape => {
                self.escapes();
                self.press(KeyCode::Esc.into());
                self.state = State::Late(ESC);
            }
            State::Introduced(by) => {
                self.introducer_was_a_key(by);
                self.state = State::Late(by);
            }
            State::Paste(_) | State::Burst => self.end_of_paste(),
            _ => {
                self.escapes();
                self.rest();
            }
        }
    }

    fn step(&mut self, byte: u8) {
        match self.state {
            State::Letter(length) => self.letter(length, byte),
            State::Escape => self.escape(byte),
            State::Introduced(by) if goes_on(by, byte) => self.enter(by, byte),
            State::Introduced(by) => {
                self.introducer_was_a_key(by);
                self.begin(byte);
            }
            State::Late(ESC) if b"[O".contains(&byte) => self.state = State::Late(byte),
            State::Late(by) if comes_late(by, byte) => {
                self.swallowed = true;
                self.enter(by, byte);
            }
            State::Ground | State::Late(_) => self.begin(byte),
            State::Sequence(by) => self.sequence(by, byte),
            State::Mouse => self.mouse(byte),
            State::Answer(by) => self.answer(by, byte),
            State::AnswerEscape(by) => self.after_escape_in_answer(by, byte),
            State::Paste(matched) => self.paste(matched, byte),
            State::Burst if is_text(byte) => self.keep(&[byte]),
            State::Burst => {
                self.end_of_paste();
                self.begin(byte);
            }
        }
    }

    /// Forgets what is half read.
    fn rest(&mut self) {
        self.state = State::Ground;
        self.kept.clear();
        self.doubled = false;
        self.swallowed = false;
        self.alt = false;
    }

    /// Takes the first byte of something, whatever was half read.
    fn begin(&mut self, byte: u8) {
        self.escapes();
        self.rest();
        self.begin_here(byte);
    }

    fn begin_here(&mut self, byte: u8) {
        match byte {
            ESC => self.state = State::Escape,
            0..=0x7f => self.press(keys::of_byte(byte)),
            // No letter begins with these: they are what ESC and a byte stand for.
            0x8f | 0x9b => self.state = State::Sequence(byte - 0x40),
            0x90 | 0x98 | 0x9d..=0x9f => self.state = State::Answer(byte),
            0xc2..=0xdf => self.begin_letter(2, byte),
            0xe0..=0xef => self.begin_letter(3, byte),
            0xf0..=0xf4 => self.begin_letter(4, byte),
            _ => {}
        }
    }

    fn begin_letter(&mut self, length: usize, byte: u8) {
        self.kept.push(byte);
        self.state = State::Letter(length);
    }

    fn letter(&mut self, length: usize, byte: u8) {
        if !matches!(byte, 0x80..=0xbf) {
            return self.begin(byte);
        }
        self.kept.push(byte);
        if self.kept.len() == length {
            let letter = str::from_utf8(&self.kept).ok();
            if let Some(letter) = letter.and_then(|text| text.chars().next()) {
                self.press(keys::of_letter(letter));
            }
            self.rest();
        }
    }

    /// Takes what follows an ESC.
    fn escape(&mut self, byte: u8) {
        match byte {
            b'[' | b'O' | b']' | b'P' | b'X' | b'^' | b'_' => self.state = State::Introduced(byte),
            ESC => {
                self.escapes();
                self.doubled = true;
            }
            // Whatever an ESC before it was, this key works.
            CTRL_C => {
                self.escapes();
                self.press(KeyCode::Esc.into());
                self.begin(byte);
            }
            _ => {
                self.escapes();
                self.rest();
                self.alt = true;
                self.begin_here(byte);
                if self.state == State::Ground {
                    self.rest();
                }
            }
        }
    }

    /// Tells the ESC before this one as the key.
    fn escapes(&mut self) {
        if std::mem::take(&mut self.doubled) {
            self.press(KeyCode::Esc.into());
        }
    }

    fn introducer_was_a_key(&mut self, by: u8) {
        self.escapes();
        self.alt = true;
        self.press(keys::of_byte(by));
        self.rest();
    }

    /// Takes the first byte after an introducer.
    fn enter(&mut self, by: u8, byte: u8) {
        if let b'[' | b'O' = by {
            self.state = State::Sequence(by);
        } else {
            self.escapes();
            self.state = State::Answer(by);
        }
        self.step(byte);
    }

    fn sequence(&mut self, by: u8, byte: u8) {
        let goes_on = match (by, byte) {
            // rxvt ends a key with Shift like this: one number and no more.
            (b'[', b'$') => self.kept.is_empty() || !self.kept.iter().all(u8::is_ascii_digit),
            // The Linux console has its function keys here: `ESC [ [ A`.
            (b'[', b'[') => self.kept.is_empty(),
            (b'[', b' '..=b'/') | (_, b'0'..=b'?') => true,
            _ => false,
        };
        match byte {
            _ if goes_on && self.kept.len() < SEQUENCE_LIMIT => self.kept.push(byte),
            _ if goes_on => self.swallowed = true,
            b' '..=b'~' => self.end_of_sequence(by, byte),
            // No byte of a sequence: it was broken off here.
            _ => self.begin(byte),
        }
    }

    fn end_of_sequence(&mut self, by: u8, end: u8) {
        match (by, self.kept.as_slice(), end) {
            (b'[', b"", b'M') => self.state = State::Mouse,
            (b'[', b"200", b'~') => {
                self.escapes();
                self.rest();
                self.state = State::Paste(0);
            }
            (b'[', parameters, _) => self.tell(keys::of_csi(parameters, end)),
            (_, parameters, _) => self.tell(keys::of_ss3(parameters, end).into_iter().collect()),
        }
    }

    fn mouse(&mut self, byte: u8) {
        // A place too far away to be told is NUL.
        if (1..b' ').contains(&byte) {
            return self.begin(byte);
        }
        self.kept.push(byte);
        if let [button, column, row] = *self.kept.as_slice() {
            self.tell(
                keys::of_old_mouse(button, column, row)
                    .into_iter()
                    .collect(),
            );
        }
    }

    /// Tells what a sequence means. An ESC before a key is Alt, an ESC before anything else was the key.
    fn tell(&mut self, events: Vec<Event>) {
        let is_key = matches!(events.as_slice(), [Event::Key(_)]);
        if is_key && self.doubled {
            self.alt = true;
        } else {
            self.escapes();
        }
        for event in events {
            match event {
                _ if self.swallowed => {}
                Event::Key(key) => self.press(key),
                other => self.events.push(other),
            }
        }
        self.rest();
    }

    fn press(&mut self, mut key: KeyEvent) {
        if self.alt {
            key.modifiers |= KeyModifiers::ALT;
        }
        self.events.push(Event::Key(key));
    }

    fn answer(&mut self, by: u8, byte: u8) {
        match byte {
            BELL | CANCEL | SUBSTITUTE => self.rest(),
            // The end of a string in one byte, unless the string began in two: there it is a part of a letter.
            0x9c if by > 0x7f => self.rest(),
            CTRL_C => self.begin(byte),
            ESC => self.state = State::AnswerEscape(by),
            _ => {}
        }
    }

    fn after_escape_in_answer(&mut self, by: u8, byte: u8) {
        match byte {
            b'\\' => self.rest(),
            ESC => self.state = State::AnswerEscape(by),
            CTRL_C => self.begin(byte),
            // The string was broken off by something else.
            _ => {
                self.rest();
                self.escape(byte);
            }
        }
    }

    fn paste(&mut self, matched: usize, byte: u8) {
        if PASTE_END.get(matched) == Some(&byte) {
            if matched + 1 == PASTE_END.len() {
                return self.end_of_paste();
            }
            self.state = State::Paste(matched + 1);
            return;
        }
        // It was not the end, so it is text; only its first byte may begin another end.
        let text = PASTE_END.get(..matched).unwrap_or_default();
        self.keep(text);
        let begins = PASTE_END.first() == Some(&byte);
        if !begins {
            self.keep(&[byte]);
        }
        self.state = State::Paste(usize::from(begins));
    }

    fn keep(&mut self, text: &[u8]) {
        let room = PASTE_LIMIT - self.kept.len().min(PASTE_LIMIT);
        self.kept.extend(text.iter().take(room));
    }

    fn end_of_paste(&mut self) {
        let text = String::from_utf8_lossy(&std::mem::take(&mut self.kept)).into_owned();
        if !text.is_empty() {
            self.events.push(Event::Paste(text));
        }
        self.rest();
    }
}
