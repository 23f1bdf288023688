//! A line of text that can be typed into, scrolled so that the cursor is in it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use unicode_segmentation::UnicodeSegmentation;

use super::look::Look;
use crate::app::edit_line::EditLine;
use crate::text::width;

pub(super) struct Input<'a> {
    /// What stands before the prompt.
    pub(super) name: &'a str,
    pub(super) line: &'a EditLine,
    pub(super) focused: bool,
}

impl Input<'_> {
    /// Draws the line, and returns where the cursor belongs if typing goes here.
    pub(super) fn draw(&self, area: Rect, buf: &mut Buffer, look: &Look<'_>) -> Option<Position> {
        let theme = look.theme;
        let style = if self.focused {
            theme.prompt
        } else {
            theme.muted
        };
        let lead = Line::from(vec![
            Span::styled(self.name, theme.title),
            Span::styled(format!("{} ", look.symbols.prompt), style),
        ]);
        let [lead_area, text_area] = area.layout(&Layout::horizontal([
            Constraint::Length(u16::try_from(lead.width()).unwrap_or_default()),
            Constraint::Fill(1),
        ]));
        lead.render(lead_area, buf);

        let line_end = if self.line.is_note() {
            look.symbols.line_end
        } else {
            " "
        };
        let room = usize::from(text_area.width).saturating_sub(1);
        let (before, after) = self.around_cursor(room, line_end);
        let style = if self.focused && self.line.is_selected() {
            theme.selected
        } else {
            theme.text
        };
        let column = text_area
            .x
            .saturating_add(u16::try_from(width(&before)).unwrap_or_default())
            .min(text_area.right().saturating_sub(1));
        Span::styled(before + &after, style).render(text_area, buf);
        (self.focused && text_area.width > 0).then_some(Position::new(column, text_area.y))
    }

    /// Returns as much of the text as fits before the cursor, and what may fit after it.
    fn around_cursor(&self, room: usize, line_end: &str) -> (String, String) {
        let shown = |text: &str| text.replace('\n', line_end);
        let text = self.line.text();
        let letters = text.char_indices();
        let at = letters.map(|(at, _)| at).nth(self.line.cursor());
        let (before, after) = text.split_at(at.unwrap_or(text.len()));
        // Leave out whole letters on the left until the cursor fits.
        let mut used = 0;
        let fits = |letter: &&str| {
            used += width(&shown(letter));
            used <= room
        };
        let letters = before.graphemes(true).rev().take_while(fits);
        let left_out = before.len() - letters.map(str::len).sum::<usize>();
        let after: String = after.graphemes(true).take(room + 1).collect();
        let before = before.get(left_out..).unwrap_or_default();
        (shown(before), shown(&after))
    }
}
