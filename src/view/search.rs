//! The search line: name, prompt, query with cursor, and how many responses fit.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

use super::Look;
use crate::app::edit_line::EditLine;
use crate::app::{App, Pane};
use crate::catalog::{self, Entry, Response};
use crate::text::width;

const NAME: &str = " sipdex ";
/// How many cells of a query are seen before the count beside it is.
const LEAST_TEXT: usize = 10;

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, app: &App, look: &Look<'_>) {
    let hits = app.list().hits();
    // A bookmark that was just taken away stays listed, and counts no more.
    let is_kept = |code| app.bookmarks().contains_key(&code);
    let counts =
        |entry: Entry| !app.list().has_only_bookmarks() || entry.code().is_some_and(is_kept);
    let found = hits.iter().filter(|hit| counts(hit.entry)).count();
    // The total is that of the registry, so what stands outside of it is no part of that.
    let is_registered = |entry: Entry| entry.response().is_some_and(Response::is_registered);
    let total = if hits.iter().all(|hit| is_registered(hit.entry)) {
        format!("of {}", catalog::registered().count())
    } else {
        "found".to_owned()
    };
    let scope = if app.list().has_only_bookmarks() {
        "bookmarks, "
    } else {
        ""
    };
    let marks = match app.marks().len() {
        0 => String::new(),
        marked => format!("{marked} marked, "),
    };
    let count = format!("{marks}{scope}{found} {total} ");
    // On a narrow screen what was typed goes before how much it finds.
    let typed = (width(app.query().text()) + 1).min(LEAST_TEXT);
    let lead = width(NAME) + width(look.symbols.prompt) + 1;
    let fits = lead + typed + width(&count) <= usize::from(area.width);
    let count = if fits { count } else { String::new() };
    let [left, right] = area.layout(&Layout::horizontal([
        Constraint::Fill(1),
        Constraint::Length(u16::try_from(width(&count)).unwrap_or_default()),
    ]));
    frame.render_widget(Line::styled(count, look.theme.muted), right);
    let focused = app.focus() == Pane::Search && app.overlays().is_empty();
    input(frame, left, NAME, app.query(), focused, look);
}

/// Draws a line of text that can be typed into, scrolled so that the cursor is in it.
pub(super) fn input(
    frame: &mut Frame<'_>,
    area: Rect,
    name: &str,
    line: &EditLine,
    focused: bool,
    look: &Look<'_>,
) {
    let prompt = format!("{} ", look.symbols.prompt);
    let lead = Line::from(vec![
        Span::styled(name.to_owned(), look.theme.title),
        Span::styled(
            prompt,
            if focused {
                look.theme.prompt
            } else {
                look.theme.muted
            },
        ),
    ]);
    let [lead_area, text_area] = area.layout(&Layout::horizontal([
        Constraint::Length(u16::try_from(lead.width()).unwrap_or_default()),
        Constraint::Fill(1),
    ]));
    frame.render_widget(lead, lead_area);

    let text = line.text();
    let at = text
        .char_indices()
        .nth(line.cursor())
        .map_or(text.len(), |(at, _)| at);
    let room = usize::from(text_area.width).saturating_sub(1);
    let shown = |text: &str| text.replace('\n', look.symbols.line_end);
    // Leave out whole letters on the left until the cursor fits.
    let mut used = 0;
    let fits = |letter: &&str| {
        used += width(&shown(letter));
        used <= room
    };
    let before: usize = text[..at]
        .graphemes(true)
        .rev()
        .take_while(fits)
        .map(str::len)
        .sum();
    let start = at - before;
    let style = if focused && line.is_selected() {
        look.theme.selected
    } else {
        look.theme.text
    };
    let (before, after) = (&text[start..at], text[at..].graphemes(true).take(room + 1));
    let before = shown(before);
    let after: String = after.collect();
    frame.render_widget(
        Span::styled(before.clone() + &shown(&after), style),
        text_area,
    );
    if focused && text_area.width > 0 {
        let before = u16::try_from(width(&before)).unwrap_or_default();
        let column = text_area
            .x
            .saturating_add(before)
            .min(text_area.right().saturating_sub(1));
        frame.set_cursor_position(Position::new(column, text_area.y));
    }
}

#[cfg(test)]
mod tests {
    use crate::bookmarks::Bookmarks;
    use crate::view::roles::{after, app, keys};

    #[test]
    fn the_prompt_is_lit_where_typing_goes() {
        assert_eq!(keys("b u s y").role("❯"), "prompt");
        assert_eq!(keys("b u s y tab").role("❯"), "muted");
        assert_eq!(keys("b u s y").role_beside("❯ busy", "busy"), "text");
    }

    #[test]
    fn what_typing_would_replace_is_highlighted() {
        let drawn = keys("b u s y tab /");
        assert_eq!(drawn.role_beside("❯ busy", "busy"), "selected");
    }

    #[test]
    fn what_was_typed_goes_before_the_count_on_a_narrow_screen() {
        for (width, typed, line) in [
            (20, "4 8 6 tab", " sipdex ❯ 486"),
            (20, "4", " sipdex ❯ 4"),
            (22, "4 8 6 tab", " sipdex ❯ 486 1 of 75"),
            (
                30,
                "a b c d e f g h i j k l m n o p",
                " sipdex ❯ fghijklmnop 0 of 75",
            ),
        ] {
            let drawn = after(app(Bookmarks::new()), typed, (width, 5));
            assert_eq!(drawn.text(0).trim_end(), line, "{typed} at {width}");
        }
    }

    #[test]
    fn the_count_is_muted_and_the_name_is_a_title() {
        assert_eq!(keys("b u s y").role("sipdex"), "title");
        assert_eq!(keys("").role("75 of 75"), "muted");
    }
}
