//! What lies over the screen: the note editor, and the choice of a code.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::input::Input;
use super::look::{Look, class_style};
use super::narrowed::{Narrowed, narrowed};
use super::pane::{area_of, count, pane, popup, scrollbar};
use crate::app::Purpose;
use crate::app::chooser::Chooser;
use crate::app::edit_line::EditLine;
use crate::app::finder::Finder;
use crate::app::note::NoteEditor;
use crate::app::viewport::Rows;
use crate::catalog;
use crate::search::Hit;
use crate::text::width;

const NOTE: (u16, u16) = (72, 3);
const CHOICE: (u16, u16) = (52, 16);

/// Draws the editor of a note, and returns where the cursor belongs.
pub(super) fn note(
    area: Rect,
    buf: &mut Buffer,
    editor: &NoteEditor,
    look: &Look<'_>,
) -> Option<Position> {
    let area = popup(area, buf, NOTE, look);
    let title = format!(" Note for {} ", catalog::response(editor.code).title());
    let block = pane(Line::from(title), true, look);
    let inner = block.inner(area);
    block.render(area, buf);
    typed(&editor.line).draw(inner, buf, look)
}

/// Draws the line of what is to be found, and how much is found; returns where the cursor belongs.
pub(super) fn find(
    area: Rect,
    buf: &mut Buffer,
    (finder, found): (&Finder, (Option<usize>, usize)),
    look: &Look<'_>,
) -> Option<Position> {
    let line = &finder.line;
    let says = if line.text().trim().is_empty() {
        "Enter keep, Esc end ".to_owned()
    } else {
        format!("{} ", count(found))
    };
    let cells = u16::try_from(width(&says)).unwrap_or_default();
    let [left, right] = area.layout(&Layout::horizontal([
        Constraint::Fill(1),
        Constraint::Length(cells),
    ]));
    Line::styled(says, look.theme.muted).render(right, buf);
    let input = Input {
        name: " find ",
        line,
        focused: true,
    };
    input.draw(left, buf, look)
}

/// The choice of a code for a column of the comparison.
pub(super) struct Choice<'a> {
    pub(super) chooser: &'a Chooser,
    /// The rows that were shown before.
    pub(super) before: Rows,
}

impl Choice<'_> {
    /// Draws the choice, and returns the rows that are shown and where the cursor belongs.
    pub(super) fn draw(
        &self,
        area: Rect,
        buf: &mut Buffer,
        look: &Look<'_>,
    ) -> (Rows, Option<Position>) {
        let title = match self.chooser.purpose {
            Purpose::Replace(column) => format!(" Code for column {} ", column + 1),
            Purpose::Add => " Code for a new column ".to_owned(),
        };
        let line = &self.chooser.picking.line;
        let Narrowed { area, list, cursor } = narrowed(area, buf, (title, CHOICE), line, look);
        let rows = self.list(list, buf, look);
        scrollbar(area, buf, rows, look);
        (rows, cursor)
    }

    fn list(&self, area: Rect, buf: &mut Buffer, look: &Look<'_>) -> Rows {
        let rows = self.chooser.viewport(Rows {
            area: area_of(area),
            ..self.before
        });
        let hits = self.chooser.hits();
        let visible = hits.iter().enumerate().skip(rows.first);
        for ((index, hit), row) in visible.zip(area.rows()) {
            self.line(hit, look).render(row, buf);
            if index == self.chooser.picking.index() {
                buf.set_style(row, look.theme.selected);
            }
        }
        if hits.is_empty() {
            Span::styled(" nothing fits", look.theme.muted).render(area, buf);
        }
        rows
    }

    fn line(&self, hit: &Hit, look: &Look<'_>) -> Line<'static> {
        let is_compared = self.chooser.is_compared(hit.entry);
        let mark = if is_compared { look.symbols.mark } else { " " };
        let mut line = Line::from(vec![Span::styled(mark, look.theme.marked), Span::raw(" ")]);
        if let Some(code) = hit.entry.code() {
            let style = class_style(code.class(), look.theme);
            line.push_span(Span::styled(format!("{code} "), style));
        }
        line.push_span(hit.entry.name());
        line
    }
}

fn typed(line: &EditLine) -> Input<'_> {
    Input {
        name: "",
        line,
        focused: true,
    }
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
