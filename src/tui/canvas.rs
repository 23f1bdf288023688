//! What ratatui draws, written as every terminal reads it, and sent at once when it is complete.

use std::io;

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier, Style};

use super::{screen, surroundings};

const PLAIN: &str = "\x1b[0m";

/// The attributes that a theme may name, with their numbers.
const ATTRIBUTES: [(Modifier, u8); 5] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::REVERSED, 7),
];

/// The terminal as ratatui sees it.
#[derive(Debug)]
pub(super) struct Canvas {
    /// What is drawn, until it is sent.
    drawn: Vec<u8>,
    /// Whether the cursor is shown, and where it was put, as far as that is known.
    cursor_shown: Option<bool>,
    cursor: Option<Position>,
}

impl Canvas {
    /// Begins with what makes the terminal ours, whatever state it is in, and with an empty screen: not
    /// every terminal has an alternate one, and others may have written on it.
    pub(super) fn anew(with_mouse: bool) -> io::Result<Self> {
        let mut canvas = Self {
            drawn: screen::modes(with_mouse)?,
            cursor_shown: None,
            cursor: None,
        };
        canvas.drawn.extend_from_slice(PLAIN.as_bytes());
        canvas.clear()?;
        Ok(canvas)
    }

    fn show(&mut self, shown: bool) {
        if self.cursor_shown.replace(shown) != Some(shown) {
            let sequence = if shown { "\x1b[?25h" } else { "\x1b[?25l" };
            self.drawn.extend_from_slice(sequence.as_bytes());
        }
    }

    /// Writes a number. Every run of cells has some, so that a format for each would be felt.
    fn number(&mut self, number: u32) {
        if number >= 10 {
            self.number(number / 10);
        }
        self.drawn.push(b"0123456789"[number as usize % 10]);
    }

    fn go_to(&mut self, x: u16, y: u16) {
        self.drawn.extend_from_slice(b"\x1b[");
        self.number(u32::from(y) + 1);
        self.drawn.push(b';');
        self.number(u32::from(x) + 1);
        self.drawn.push(b'H');
    }

    /// Writes a style from the start, which needs no number that only newer terminals know.
    fn style(&mut self, style: Style) {
        self.drawn.extend_from_slice(b"\x1b[0");
        for (_, number) in ATTRIBUTES
            .iter()
            .filter(|(modifier, _)| style.add_modifier.contains(*modifier))
        {
            self.drawn.push(b';');
            self.number((*number).into());
        }
        let colours = [(style.fg, 30), (style.bg, 40)];
        for (color, first) in colours {
            if let Some(number) = color.and_then(number) {
                self.drawn.push(b';');
                self.number(u32::from(first + number));
            }
        }
        self.drawn.push(b'm');
    }
}

/// Returns the number of a colour after that of black. It is that of the first terminals with colours: where
/// only those are known, `38;5;n` would blink. The build knows no other colours.
fn number(color: Color) -> Option<u8> {
    Some(match color {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 60,
        Color::LightRed => 61,
        Color::LightGreen => 62,
        Color::LightYellow => 63,
        Color::LightBlue => 64,
        Color::LightMagenta => 65,
        Color::LightCyan => 66,
        Color::White => 67,
        Color::Reset | Color::Indexed(_) | Color::Rgb(..) => return None,
    })
}

/// Returns what of a cell's style is written, so that equal styles are equal.
fn style(cell: &Cell) -> Style {
    Style::new()
        .fg(cell.fg)
        .bg(cell.bg)
        .add_modifier(cell.modifier)
}

impl Backend for Canvas {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, cells: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let plain = style(&Cell::EMPTY);
        let mut before = plain;
        let mut next = None;
        for (x, y, cell) in cells {
            if next != Some((x, y)) {
                self.go_to(x, y);
            }
            next = Some((x.saturating_add(1), y));
            let style = style(cell);
            if style != before {
                self.style(style);
                before = style;
            }
            self.drawn.extend_from_slice(cell.symbol().as_bytes());
        }
        if before != plain {
            self.drawn.extend_from_slice(PLAIN.as_bytes());
        }
        if next.is_some() {
            self.cursor = None;
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.show(false);
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.show(true);
        Ok(())
    }

    /// Returns where the cursor was put: the terminal is not asked, since it may not answer.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor.unwrap_or(Position::ORIGIN))
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        if self.cursor.replace(position) != Some(position) {
            self.go_to(position.x, position.y);
        }
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.drawn.extend_from_slice(match region {
            // Some terminals keep what `2J` clears, and show it again when one scrolls back.
            ClearType::All => b"\x1b[H\x1b[J",
            ClearType::AfterCursor => b"\x1b[J",
            ClearType::BeforeCursor => b"\x1b[1J",
            ClearType::CurrentLine => b"\x1b[2K",
            ClearType::UntilNewLine => b"\x1b[K",
        });
        self.cursor = None;
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(surroundings::size())
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize {
            columns_rows: self.size()?,
            pixels: Size::ZERO,
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        screen::send(&std::mem::take(&mut self.drawn))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_of_a_letter_and_that_of_its_ground_have_numbers_of_their_own() {
        for (color, letter, ground) in [
            (Color::Black, 30, 40),
            (Color::Red, 31, 41),
            (Color::Gray, 37, 47),
            (Color::DarkGray, 90, 100),
            (Color::LightBlue, 94, 104),
            (Color::White, 97, 107),
        ] {
            let mut canvas = Canvas {
                drawn: Vec::new(),
                cursor_shown: None,
                cursor: None,
            };
            canvas.style(Style::new().fg(color));
            canvas.style(Style::new().bg(color));
            let drawn = String::from_utf8_lossy(&canvas.drawn).into_owned();
            assert_eq!(drawn, format!("\x1b[0;{letter}m\x1b[0;{ground}m"));
        }
    }
}
