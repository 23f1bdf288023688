//! What a terminal was sent, taken apart: the sequences that sipdex writes itself, and harmless text.
//! Anything else is an error that names it.

use std::fmt::Write;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Alternate screen, paste, focus, mouse, and the screen cleared: at the start of the explorer.
const ENTER: &str = "\x1b[?1049h\x1b[?2004h\x1b[?1004h\x1b[?1000h\x1b[?1006h\x1b[0m\x1b[H\x1b[J";
/// The same given back, colours reset, the screen cleared, the cursor shown: at its end.
const LEAVE: &str = "\x1b[?1006l\x1b[?1015l\x1b[?1003l\x1b[?1002l\x1b[?1000l\
                     \x1b[?1004l\x1b[?2004l\x1b[0m\x1b[1;1H\x1b[J\x1b[?1049l\x1b[?25h";
/// What the explorer writes while it draws, besides styles and moves of the cursor.
const DRAWING: [&str; 2] = ["\x1b[?25l", "\x1b[?25h"];
/// How a command styles its text.
const PRINTING: [&str; 3] = ["\x1b[0m", "\x1b[1m", "\x1b[2m"];
const COPYING: &str = "\x1b]52;c;";
/// How many marks may stand on one letter.
const MARKS: usize = 4;

/// Where the terminal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// The explorer has written nothing yet.
    Before,
    Explorer,
    /// On the normal screen.
    Printing,
}

/// Everything sent so far, and what it left.
pub(crate) struct Sent {
    phase: Phase,
    /// What is not complete yet.
    rest: Vec<u8>,
    screen: Vec<Vec<String>>,
    row: usize,
    column: usize,
    pub(crate) copied: Vec<String>,
    pub(crate) printed: String,
}

impl Sent {
    /// Expects the explorer on a screen of so many columns and rows.
    pub(crate) fn by_explorer(columns: u16, rows: u16) -> Self {
        let row = vec![" ".to_owned(); columns.into()];
        Self {
            phase: Phase::Before,
            rest: Vec::new(),
            screen: vec![row; rows.into()],
            row: 0,
            column: 0,
            copied: Vec::new(),
            printed: String::new(),
        }
    }

    /// Expects a command that prints.
    pub(crate) fn by_command() -> Self {
        Self {
            phase: Phase::Printing,
            ..Self::by_explorer(0, 0)
        }
    }

    /// Returns the screen as text.
    pub(crate) fn screen(&self) -> String {
        let mut text = String::new();
        for row in &self.screen {
            let mut hidden = 0;
            for cell in row {
                if hidden == 0 {
                    text += cell;
                    hidden = cell.width().max(1);
                }
                hidden -= 1;
            }
            text.push('\n');
        }
        text
    }

    /// Takes more bytes; the error says what none of sipdex's own is.
    pub(crate) fn take(&mut self, bytes: &[u8]) -> Result<(), String> {
        self.rest.extend_from_slice(bytes);
        let rest = std::mem::take(&mut self.rest);
        let text = match std::str::from_utf8(&rest) {
            Ok(text) => text,
            Err(error) if error.error_len().is_some() => {
                let byte = rest[error.valid_up_to()];
                return Err(format!("the byte {byte:#x}"));
            }
            Err(error) => std::str::from_utf8(&rest[..error.valid_up_to()]).unwrap_or_default(),
        };
        let mut taken = 0;
        while let Some(length) = self.piece(&text[taken..])? {
            taken += length;
        }
        self.rest = rest[taken..].to_vec();
        Ok(())
    }

    /// Takes note that nothing more comes.
    pub(crate) fn end(&mut self) -> Result<(), String> {
        let rest = String::from_utf8_lossy(&self.rest).into_owned();
        if rest.contains('\x1b') || self.phase != Phase::Printing {
            return Err(format!("an end after {rest:?}"));
        }
        self.text(&rest)
    }

    /// Takes one piece, and returns its length; `None` where more must come first.
    fn piece(&mut self, text: &str) -> Result<Option<usize>, String> {
        if text.is_empty() {
            return Ok(None);
        }
        if self.phase == Phase::Before {
            return self.whole(ENTER, text, Phase::Explorer);
        }
        if self.phase == Phase::Explorer && text.starts_with(&LEAVE[..8]) {
            return self.whole(LEAVE, text, Phase::Printing);
        }
        if !text.starts_with('\x1b') {
            // A letter may get its marks with the next bytes.
            let Some(end) = text.find('\x1b') else {
                return Ok(None);
            };
            self.text(&text[..end])?;
            return Ok(Some(end));
        }
        let Some(sequence) = sequence(text) else {
            return Ok(None);
        };
        if self.obeys(sequence) {
            Ok(Some(sequence.len()))
        } else {
            Err(format!("the sequence {sequence:?}"))
        }
    }

    fn whole(&mut self, own: &str, text: &str, then: Phase) -> Result<Option<usize>, String> {
        if text.starts_with(own) {
            self.phase = then;
            return Ok(Some(own.len()));
        }
        if own.starts_with(text) {
            return Ok(None);
        }
        Err(format!("{:?} where {own:?} belongs", fragment(text)))
    }

    /// Does what a sequence says, if sipdex writes it.
    fn obeys(&mut self, sequence: &str) -> bool {
        if self.phase == Phase::Printing {
            return PRINTING.contains(&sequence);
        }
        if let Some(copied) = sequence.strip_prefix(COPYING) {
            let copied = decoded(copied.trim_end_matches("\x1b\\"));
            let is_text = copied.is_some();
            self.copied.extend(copied);
            return is_text;
        }
        if let Some((row, column)) = position(sequence) {
            (self.row, self.column) = (row - 1, column - 1);
            return true;
        }
        DRAWING.contains(&sequence) || is_style(sequence)
    }

    fn text(&mut self, text: &str) -> Result<(), String> {
        if self.phase == Phase::Printing {
            // The terminal driver ends lines so.
            let lines = text.replace("\r\n", "\n");
            self.printed += &lines;
            return lines.split('\n').try_for_each(harmless);
        }
        harmless(text)?;
        for grapheme in text.graphemes(true) {
            let column = self.column;
            let row = self.screen.get_mut(self.row);
            let row = row.ok_or_else(|| format!("{text:?} below the screen"))?;
            if grapheme.width() == 0 {
                if let Some(before) = column.checked_sub(1).and_then(|at| row.get_mut(at)) {
                    before.push_str(grapheme);
                }
            } else if let Some(cells) = row.get_mut(column..column + grapheme.width()) {
                cells.fill(" ".to_owned());
                grapheme.clone_into(&mut cells[0]);
            } else {
                return Err(format!("{text:?} right of the screen"));
            }
            self.column += grapheme.width();
        }
        Ok(())
    }
}

/// Returns the sequence at the beginning of a text, once it is complete.
fn sequence(text: &str) -> Option<&str> {
    let mut letters = text.char_indices().skip(1);
    let end = match letters.next()?.1 {
        '[' => letters.find(|(_, c)| !('\x20'..='\x3f').contains(c))?.0 + 1,
        ']' | 'P' | 'X' | '^' | '_' => text.find("\x1b\\")? + 2,
        other => 1 + other.len_utf8(),
    };
    text.get(..end).or(Some(text))
}

/// Returns row and column of a move.
fn position(sequence: &str) -> Option<(usize, usize)> {
    let numbers = sequence.strip_prefix("\x1b[")?.strip_suffix('H')?;
    let (row, column) = numbers.split_once(';')?;
    let (row, column) = (row.parse().ok()?, column.parse().ok()?);
    (row > 0 && column > 0).then_some((row, column))
}

/// Returns whether a sequence sets a whole style: attributes, then foreground and background of sixteen.
fn is_style(sequence: &str) -> bool {
    let numbers = sequence
        .strip_prefix("\x1b[0")
        .and_then(|s| s.strip_suffix('m'));
    let Some(numbers) = numbers else { return false };
    numbers.split(';').skip(1).all(|number| {
        let known =
            |number| matches!(number, 1 | 2 | 4 | 7 | 30..=37 | 40..=47 | 90..=97 | 100..=107);
        number.parse().is_ok_and(known)
    })
}

/// Refuses what a terminal obeys, what nobody sees, and what turns the text around.
pub(crate) fn harmless(text: &str) -> Result<(), String> {
    let mut marks = 0;
    for grapheme in text.graphemes(true) {
        for letter in grapheme.chars() {
            let joins = letter == '\u{200d}' && grapheme.starts_with(is_emoji);
            if letter.is_control() || (is_unseen(letter) && !joins) {
                return Err(format!(
                    "U+{:04X} in {:?}",
                    u32::from(letter),
                    fragment(text)
                ));
            }
            marks = match letter.width() {
                Some(0) if !joins => marks + 1,
                _ => 0,
            };
            if marks > MARKS {
                return Err(format!("a heap of marks in {:?}", fragment(text)));
            }
        }
        if grapheme.contains("\u{200d}\u{200d}") || grapheme.ends_with('\u{200d}') {
            return Err(format!(
                "a joiner that joins nothing in {:?}",
                fragment(text)
            ));
        }
    }
    Ok(())
}

/// Returns whether a character is a bidi control, ignored by default (Unicode 17), a separator of lines,
/// interlinear, or no character.
fn is_unseen(letter: char) -> bool {
    let number = u32::from(letter);
    number & 0xfffe == 0xfffe
        || matches!(number,
            0xad | 0x34f | 0x61c | 0x115f..=0x1160 | 0x17b4..=0x17b5 | 0x180b..=0x180f
            | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0x3164 | 0xfdd0..=0xfdef
            | 0xfe00..=0xfe0f | 0xfeff | 0xffa0 | 0xfff0..=0xfffb | 0x13430..=0x1343f
            | 0x1bca0..=0x1bca3 | 0x1d173..=0x1d17a | 0xe0000..=0xe0fff)
}

/// Returns whether a character is a picture, which a joiner may join to another.
fn is_emoji(letter: char) -> bool {
    matches!(letter, '\u{1f000}'..='\u{1faff}' | '\u{2190}'..='\u{2bff}')
}

/// Returns the beginning of a text, for a message.
fn fragment(text: &str) -> String {
    text.chars().take(60).collect()
}

/// Reads base64.
fn decoded(base64: &str) -> Option<String> {
    const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bits = String::new();
    for digit in base64.trim_end_matches('=').chars() {
        write!(bits, "{:06b}", DIGITS.find(digit)?).ok()?;
    }
    let bytes = bits.as_bytes().chunks_exact(8);
    let byte = |bits| u8::from_str_radix(std::str::from_utf8(bits).ok()?, 2).ok();
    String::from_utf8(bytes.map(byte).collect::<Option<_>>()?).ok()
}
