//! A line of text that can be typed into, scrolled so that the cursor is in it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use unicode_segmentation::UnicodeSegmentation;

use super::look::Look;
use crate::app::edit_line::EditLine;
use crate::app::edit_line::glance::Glance;
use crate::text::{fit, width};

/// Where a text of several lines has less room, only the line with the cursor is shown.
const LEAST_ROOM: usize = 30;

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

        let room = usize::from(text_area.width).saturating_sub(1);
        let glance = self.line.glance(room);
        let beginning = beginning(&glance, room, look);
        let end = end(&glance, look);
        let cells = |text: &str| u16::try_from(width(text)).unwrap_or_default();
        let left: usize = beginning.iter().map(|text| width(text)).sum();
        let beside = left + if glance.is_hidden { width(&end) } else { 0 };
        let (before, after) = around_cursor(&glance, room.saturating_sub(beside), look);
        let style = if self.focused && self.line.is_selected() {
            theme.selected
        } else {
            theme.text
        };
        let left = u16::try_from(left).unwrap_or_default();
        let column = text_area
            .x
            .saturating_add(left)
            .saturating_add(cells(&before))
            .min(text_area.right().saturating_sub(1));
        let [first, more] = beginning;
        Line::from(vec![
            Span::styled(first, style),
            Span::styled(more, theme.muted),
            Span::styled(before + &after, style),
            Span::styled(end, theme.muted),
        ])
        .render(text_area, buf);
        (self.focused && text_area.width > 0).then_some(Position::new(column, text_area.y))
    }
}

/// Returns how a text of several lines begins that has the cursor farther down, and how many they are; nothing where
/// there is no room for it beside the line with the cursor.
fn beginning(glance: &Glance<'_>, room: usize, look: &Look<'_>) -> [String; 2] {
    if glance.first.is_empty() || room < LEAST_ROOM {
        return Default::default();
    }
    let more = look.symbols.more;
    let mut more = format!(" {more}{} lines{more} ", glance.lines);
    if glance.before.is_empty() && glance.after.is_empty() {
        more = format!(" {}{} lines ", look.symbols.more, glance.lines);
    }
    // The line with the cursor has half of the room, if it needs it.
    let line = width(glance.before).min(room / 2);
    let first = fit(glance.first, room.saturating_sub(width(&more) + line));
    [first.to_owned(), more]
}

/// Returns what stands behind all: that something is not shown, and how many lines there are where the first has the
/// cursor.
fn end(glance: &Glance<'_>, look: &Look<'_>) -> String {
    let hidden = if glance.is_hidden { " (not shown)" } else { "" };
    let more = look.symbols.more;
    if glance.lines > 1 && glance.first.is_empty() {
        return format!("{hidden} {more}{} lines", glance.lines);
    }
    hidden.to_owned()
}

/// Returns as much of the text as fits before the cursor, and what may fit after it.
fn around_cursor(glance: &Glance<'_>, room: usize, look: &Look<'_>) -> (String, String) {
    let line_end = if glance.has_line_ends {
        look.symbols.line_end
    } else {
        " "
    };
    let shown = |text: &str| text.replace('\n', line_end);
    // Leave out whole letters on the left until the cursor fits.
    let mut used = 0;
    let fits = |letter: &&str| {
        used += width(&shown(letter));
        used <= room
    };
    let letters = glance.before.graphemes(true).rev().take_while(fits);
    let left_out = glance.before.len() - letters.map(str::len).sum::<usize>();
    let after: String = glance.after.graphemes(true).take(room + 1).collect();
    let before = glance.before.get(left_out..).unwrap_or_default();
    (shown(before), shown(&after))
}
