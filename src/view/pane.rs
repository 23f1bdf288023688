//! The border around a part of the screen, and the mark on it that says how far the part is scrolled.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Margin, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Borders, Clear, Widget};

use super::look::Look;
use crate::app::viewport::{Area, Rows};
use crate::text::{fit, width};

/// What borders and scrollbars are drawn with.
const BORDERS: &str = "│─┌┐└┘┃|+#";

/// With less than that at both its sides a popup has the whole width for itself.
const LEAST_BESIDE: u16 = 24;

/// What is left free around a popup.
const MARGIN: Margin = Margin::new(2, 1);

/// Returns a border with a title, highlighted where the focus is.
pub(super) fn pane<'a>(title: Line<'a>, focused: bool, look: &Look<'_>) -> Block<'a> {
    let style = if focused {
        look.theme.border_focused
    } else {
        look.theme.border
    };
    Block::new()
        .borders(Borders::ALL)
        .border_set(look.symbols.border)
        .border_style(style)
        .title_top(title.style(look.theme.title))
}

/// The number of the match that one is at, and how many there are.
pub(super) type Found = (Option<usize>, usize);

/// Writes on the upper border of a text what it is, which section is at the top, and how far it is scrolled.
pub(super) fn whereabouts(
    area: Rect,
    buf: &mut Buffer,
    (title, short): (&str, &str),
    (section, shown, found): (Option<&str>, Rows, Option<Found>),
    look: &Look<'_>,
) {
    let share = match shown.last_first() {
        0 => String::new(),
        last => format!("{} % ", shown.first * 100 / last),
    };
    let right = match found {
        Some(found) => format!(" {}{}{share}", count(found), look.symbols.dot),
        None if share.is_empty() => share,
        None => format!(" {share}"),
    };
    let room = usize::from(area.width).saturating_sub(width(&right) + 5);
    let full = |title: &str| {
        section.map_or_else(
            || title.to_owned(),
            |section| format!("{title}{}{section}", look.symbols.within),
        )
    };
    let mut left = full(title);
    if width(&left) > room {
        left = full(short);
    }
    if width(&left) > room {
        let more = look.symbols.more;
        left = format!("{}{more}", fit(&left, room.saturating_sub(width(more))));
    }
    let [row, ..] = &area.rows().collect::<Vec<_>>()[..] else {
        return;
    };
    let inside = row.inner(Margin::new(1, 0));
    Span::styled(format!(" {left} "), look.theme.title).render(inside, buf);
    let cells = u16::try_from(width(&right)).unwrap_or_default();
    if inside.width > cells {
        let x = inside.right() - cells;
        // The border lends it no colour.
        buf.set_string(x, inside.y, &right, Style::reset().patch(look.theme.muted));
    }
}

/// Says which of so many matches one is at.
pub(super) fn count((at, of): Found) -> String {
    match (at, of) {
        (_, 0) => "not found".to_owned(),
        (Some(at), of) => format!("{} of {of}", at + 1),
        (None, 1) => "1 match".to_owned(),
        (None, of) => format!("{of} matches"),
    }
}

/// Makes room for a pane of at most so many columns and rows, and returns it. What lies under it steps back, and ends
/// before it with a whole word.
pub(super) fn popup(
    area: Rect,
    buf: &mut Buffer,
    (width, height): (u16, u16),
    look: &Look<'_>,
) -> Rect {
    let popup = area.centered(Constraint::Max(width), Constraint::Max(height));
    buf.set_style(area, look.theme.muted);
    let mut around = popup.outer(MARGIN).intersection(area);
    if area.width.saturating_sub(around.width) < LEAST_BESIDE {
        (around.x, around.width) = (area.x, area.width);
    }
    for row in around.rows() {
        let left = Rect {
            x: area.x,
            width: row.x - area.x,
            ..row
        };
        let right = Rect {
            x: row.right(),
            width: area.right() - row.right(),
            ..row
        };
        let (left, right) = (left.columns().rev(), right.columns());
        let mut cut: Vec<Rect> = left.take_while(|cell| is_of_word(buf, *cell)).collect();
        cut.extend(right.take_while(|cell| is_of_word(buf, *cell)));
        for cell in cut {
            Clear.render(cell, buf);
        }
    }
    Clear.render(around, buf);
    buf.set_style(around, look.theme.text);
    popup
}

/// Returns whether a cell holds a part of a word, and none of a border.
fn is_of_word(buf: &Buffer, cell: Rect) -> bool {
    let symbol = buf
        .cell(cell.as_position())
        .map_or(" ", |cell| cell.symbol());
    symbol
        .chars()
        .any(|letter| !letter.is_whitespace() && !BORDERS.contains(letter))
}

/// Marks on the right border how far a text is scrolled. The thumb reaches the foot where the text ends, and not
/// before that as ratatui's own does, which is rounded.
pub(super) fn scrollbar(area: Rect, buf: &mut Buffer, rows: Rows, look: &Look<'_>) {
    if rows.total <= rows.shown() || area.height < 3 || area.width == 0 {
        return;
    }
    let track = usize::from(area.height) - 2;
    let length = (track * rows.shown() / rows.total).clamp(1, track);
    let first = rows.first * (track - length) / rows.last_first().max(1);
    let inside = area.rows().skip(1).take(track);
    for row in inside.skip(first).take(length) {
        let right = row.columns().next_back().unwrap_or(row);
        buf.set_string(
            right.x,
            right.y,
            look.symbols.thumb,
            look.theme.border_focused,
        );
    }
}

/// Returns rows of text below each other in an area.
pub(super) fn rows(area: Rect, first: usize, total: usize) -> Rows {
    Rows {
        area: area_of(area),
        first,
        total,
    }
}

pub(super) fn area_of(area: Rect) -> Area {
    Area {
        left: area.x,
        top: area.y,
        width: area.width,
        height: area.height,
    }
}
