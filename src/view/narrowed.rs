//! A popup with a line of letters and the list that they narrow.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::input::Input;
use super::look::Look;
use super::pane::{pane, popup};
use crate::app::edit_line::EditLine;

/// The popup as it was drawn.
pub(super) struct Narrowed {
    pub(super) area: Rect,
    /// Where the list belongs.
    pub(super) list: Rect,
    /// Where the cursor belongs.
    pub(super) cursor: Option<Position>,
}

/// Draws a popup of at most this size, with the line in it.
pub(super) fn narrowed(
    area: Rect,
    buf: &mut Buffer,
    (title, size): (String, (u16, u16)),
    line: &EditLine,
    look: &Look<'_>,
) -> Narrowed {
    let area = popup(area, buf, size, look);
    let block = pane(Line::from(title), true, look);
    let inner = block.inner(area);
    block.render(area, buf);
    let rows = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]);
    let [above, list] = inner.layout(&rows);
    let input = Input {
        name: "",
        line,
        focused: true,
    };
    let cursor = input.draw(above, buf, look);
    Narrowed { area, list, cursor }
}
