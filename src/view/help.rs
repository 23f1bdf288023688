//! The help, made from the key table and that of the filters: first what works where it was opened, then the rest.

use ratatui::Frame;
use ratatui::layout::{Constraint, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Clear;

use super::look::Look;
use super::pane::{pane, rows, scrollbar};
use crate::app::viewport::Rows;
use crate::app::{App, Mode};
use crate::keymap::Command;
use crate::search;
use crate::text::{Piece, width, wrap};

const SIZE: (u16, u16) = (84, 48);
/// The share of the width that keys may take, one part of so many.
const KEYS_SHARE: usize = 3;

pub(super) fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    first: usize,
    app: &App,
    look: &Look<'_>,
) -> Rows {
    let area = area.centered(Constraint::Max(SIZE.0), Constraint::Max(SIZE.1));
    frame.render_widget(Clear, area);
    frame.buffer_mut().set_style(area, look.theme.text);
    let block = pane(Line::from(" Keys "), true, look);
    let inner = block.inner(area);
    frame.render_widget(block, area);

    let lines = lines(app, inner.width.into(), look);
    let mut shown = rows(inner, 0, lines.len());
    shown.first = first.min(shown.last_first());
    for (line, area) in lines.into_iter().skip(shown.first).zip(inner.rows()) {
        frame.render_widget(line, area);
    }
    scrollbar(area, frame.buffer_mut(), shown, look);
    shown
}

/// Returns what the help of a mode is called.
fn place(mode: Mode) -> &'static str {
    match mode {
        Mode::Search => "In the search line",
        Mode::List => "In the list",
        Mode::Detail => "On the page",
        Mode::Compare => "In the comparison",
        Mode::Choose => "Where a code is chosen",
        Mode::Note => "In the note",
        Mode::Help => "Here",
    }
}

fn lines<'a>(app: &App, cells: usize, look: &Look<'a>) -> Vec<Line<'a>> {
    let mode = app.mode_below_help();
    let (text, muted) = (look.theme.text, look.theme.muted);
    let (mut here, mut elsewhere) = (Vec::new(), Vec::new());
    for command in Command::ALL {
        let keys = look.keymap.shown(*command, &[mode]);
        if !keys.is_empty() {
            // What does nothing as things are is less in the way.
            let applies = app.applies(&command.action()).is_ok();
            let style = if applies { text } else { muted };
            here.push((keys, command.says(), style));
            continue;
        }
        let keys = match look.keymap.shown_anywhere(*command) {
            keys if keys.is_empty() => "no key".into(),
            keys => keys,
        };
        elsewhere.push((keys, command.says(), text));
    }
    let filters: Vec<_> = search::filters()
        .map(|(example, finds)| (example.to_owned(), finds, text))
        .collect();
    let column = |rows: &mut dyn Iterator<Item = &(String, &str, Style)>| {
        let widest = rows.map(|(keys, ..)| width(keys)).max();
        widest.unwrap_or_default().min(cells / KEYS_SHARE)
    };
    let of_keys = column(&mut here.iter().chain(&elsewhere));
    let of_filters = column(&mut filters.iter());
    let mut parts = [
        (place(mode), here, of_keys),
        ("Elsewhere", elsewhere, of_keys),
        (search::ABOUT_FILTERS, filters, of_filters),
    ];
    if mode == Mode::Search {
        parts.swap(1, 2);
    }
    let mut lines = Vec::new();
    for (heading, rows, column) in parts {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.push(Line::styled(format!(" {heading}"), look.theme.heading));
        for (keys, says, style) in rows {
            lines.extend(entry(&keys, says, style, (column, cells), look));
        }
    }
    lines
}

/// Returns the lines of a command: its keys, and beside them what it does.
fn entry<'a>(
    keys: &str,
    says: &'a str,
    style: Style,
    (column, cells): (usize, usize),
    look: &Look<'a>,
) -> Vec<Line<'a>> {
    let room = cells.saturating_sub(column + 4);
    let keys = wrap([Piece { text: keys, style }], column);
    let says = wrap([Piece { text: says, style }], room);
    let cell = |lines: &[Vec<Piece<'_, _>>], row: usize| -> String {
        let pieces = lines.get(row).into_iter().flatten();
        pieces.map(|piece| piece.text).collect()
    };
    (0..keys.len().max(says.len()))
        .map(|row| {
            let keys = cell(&keys, row);
            let gap = column.saturating_sub(width(&keys)) + 2;
            Line::from(vec![
                Span::raw(" "),
                Span::styled(keys, look.theme.key),
                Span::raw(" ".repeat(gap)),
                Span::styled(cell(&says, row), style),
            ])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::view::roles::keys;

    #[test]
    fn keys_are_keys_and_what_they_do_is_text() {
        let drawn = keys("tab ?");
        assert_eq!(drawn.role("In the list"), "heading");
        assert_eq!(drawn.role_beside("next class of the list", "]"), "key");
        assert_eq!(drawn.role("next class of the list"), "text");
        assert_eq!(drawn.role(" Keys "), "title");
        assert_eq!(drawn.role("┃"), "border_focused");
    }

    #[test]
    fn what_can_do_nothing_now_is_muted_and_the_rest_is_text() {
        let drawn = keys("tab ?");
        assert_eq!(drawn.role("only bookmarks, or all codes"), "muted");
        assert_eq!(drawn.role("bookmark, or forget the bookmark"), "text");
        let drawn = keys("tab b ?");
        assert_eq!(drawn.role("only bookmarks, or all codes"), "text");
    }
}
