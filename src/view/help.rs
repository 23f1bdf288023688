//! The help, made from the key table.

use ratatui::Frame;
use ratatui::layout::{Constraint, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Clear;

use super::{Look, pane, rows, scrollbar};
use crate::app::viewport::Rows;
use crate::keymap::COMMANDS;
use crate::text::width;

const SIZE: (u16, u16) = (76, 44);

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, first: usize, look: &Look<'_>) -> Rows {
    let area = area.centered(Constraint::Max(SIZE.0), Constraint::Max(SIZE.1));
    frame.render_widget(Clear, area);
    frame.buffer_mut().set_style(area, look.theme.text);
    let block = pane(Line::from(" Keys "), true, look)
        .title_bottom(Line::styled(" Esc closes ", look.theme.muted).right_aligned());
    let inner = block.inner(area);
    frame.render_widget(block, area);

    let keys: Vec<(String, &str)> = COMMANDS
        .iter()
        .map(|command| (look.keymap.shown(command.name, None), command.says))
        .collect();
    let widest = keys
        .iter()
        .map(|(keys, _)| width(keys))
        .max()
        .unwrap_or_default();
    let column = widest.min(usize::from(inner.width) / 2);
    let mut shown = rows(inner, 0, keys.len());
    shown.first = first.min(shown.last_first());
    for ((keys, says), area) in keys.iter().skip(shown.first).zip(inner.rows()) {
        let gap = column.saturating_sub(width(keys)) + 2;
        frame.render_widget(
            Line::from(vec![
                Span::raw(" "),
                Span::styled(keys.as_str(), look.theme.key),
                Span::raw(" ".repeat(gap)),
                Span::raw(*says),
            ]),
            area,
        );
    }
    scrollbar(frame, area, shown, look);
    shown
}
