//! The border around a part of the screen, and the mark on it that says how far the part is scrolled.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Block, Borders};

use super::look::Look;
use crate::app::viewport::{Area, Rows};

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
