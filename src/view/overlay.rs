//! What lies over the screen: the note editor, and the choice of a code.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Clear;

use super::search::input;
use super::{Look, area_of, class_style, pane, scrollbar};
use crate::app::App;
use crate::app::chooser::{Chooser, Purpose};
use crate::app::columns::Columns;
use crate::app::note::NoteEditor;
use crate::app::viewport::Rows;
use crate::catalog::{self, Entry};

const NOTE_WIDTH: u16 = 72;
const CHOICE: (u16, u16) = (52, 16);

pub(super) fn note(frame: &mut Frame<'_>, area: Rect, editor: &NoteEditor, look: &Look<'_>) {
    let area = area.centered(Constraint::Max(NOTE_WIDTH), Constraint::Max(3));
    frame.render_widget(Clear, area);
    frame.buffer_mut().set_style(area, look.theme.text);
    let title = format!(" Note for {} ", catalog::response(editor.code).title());
    let block = pane(Line::from(title), true, look);
    let inner = block.inner(area);
    frame.render_widget(block, area);
    input(frame, inner, "", &editor.line, true, look);
}

pub(super) fn choose(
    frame: &mut Frame<'_>,
    area: Rect,
    chooser: &Chooser,
    app: &App,
    look: &Look<'_>,
) -> Rows {
    let area = area.centered(Constraint::Max(CHOICE.0), Constraint::Max(CHOICE.1));
    frame.render_widget(Clear, area);
    frame.buffer_mut().set_style(area, look.theme.text);
    let title = match chooser.purpose {
        Purpose::Replace(column) => format!(" Code for column {} ", column + 1),
        Purpose::Add => " Code for a new column ".to_owned(),
    };
    let block = pane(Line::from(title), true, look);
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let [line, list] = inner.layout(&Layout::vertical([
        Constraint::Length(1),
        Constraint::Fill(1),
    ]));
    input(frame, line, "", &chooser.line, true, look);

    let rows = chooser.viewport(Rows {
        area: area_of(list),
        ..app.viewport().overlay
    });
    let compared = app.columns().map_or(&[][..], Columns::responses);
    let visible = chooser.hits().iter().enumerate().skip(rows.first);
    for ((index, hit), area) in visible.zip(list.rows()) {
        let Entry::Response(response) = hit.entry;
        let is_compared = compared.contains(&response);
        let mark = if is_compared { look.symbols.mark } else { " " };
        let line = Line::from(vec![
            Span::styled(mark, look.theme.marked),
            Span::raw(" "),
            Span::styled(
                response.code.to_string(),
                class_style(response.class(), look.theme),
            ),
            Span::raw(" "),
            Span::raw(response.phrase),
        ]);
        frame.render_widget(line, area);
        if index == chooser.index() {
            frame.buffer_mut().set_style(area, look.theme.selected);
        }
    }
    if chooser.hits().is_empty() {
        frame.render_widget(Span::styled(" nothing fits", look.theme.muted), list);
    }
    scrollbar(frame, area, rows, look);
    rows
}

#[cfg(test)]
mod tests {
    use crate::view::roles::keys;

    #[test]
    fn the_chooser_highlights_one_row_and_marks_the_codes_that_are_compared() {
        let drawn = keys("4 8 6 enter c / b u s y");
        assert_eq!(drawn.all("selected").len(), 1);
        assert_eq!(drawn.role("● 486 Busy Here"), "selected");
        assert_eq!(drawn.role_beside("● 600", "●"), "marked");
        assert_eq!(drawn.role_beside("● 600", "600"), "global_failure");
        assert_eq!(drawn.role_beside("● 600", "Busy Everywhere"), "text");
        let other = keys("4 8 6 enter c / 4 8 down");
        assert_eq!(other.role_beside("480 Temp", "480"), "request_failure");
        assert_eq!(
            other.all("marked"),
            ["●"],
            "one of those listed is compared"
        );
    }

    #[test]
    fn an_empty_choice_says_so_and_a_note_is_titled() {
        assert_eq!(
            keys("4 8 6 enter c / x y z z y").role("nothing fits"),
            "muted"
        );
        let note = keys("4 8 6 enter e h i");
        assert_eq!(note.role("Note for 486 Busy Here"), "title");
        assert_eq!(note.role_beside("❯ hi", "❯"), "prompt");
        assert_eq!(note.role_beside("❯ hi", "hi"), "text");
    }
}
