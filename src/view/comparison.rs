//! Codes side by side: the names of the columns stay, the page below them scrolls.
//!
//! ```text
//!  sipdex  480 against 486                          1 to 2 of 2
//! ┌ Comparison › In short ─────────────────────────────────────┐
//! │               ❯ 480 Temporarily Unavailable  486 Busy Here │
//! │ In short                                                   │
//! │ …                                                          │
//! │ ≠ Sender        UAS, proxy                 │ UAS, gateway  │
//! └────────────────────────────────────────────────────────────┘
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Margin, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::cache::Cache;
use super::grid::{Grid, window};
use super::look::{Look, class_style};
use super::pane::pane;
use super::reading::Reading;
use super::setting::Setting;
use crate::app::columns::Columns;
use crate::app::viewport::Viewport;
use crate::text::{fit, width};

/// What the mark of the focus and the blank behind it take.
const MARK: u16 = 2;

pub(super) struct Comparison<'a> {
    pub(super) columns: &'a Columns,
}

impl Comparison<'_> {
    /// Draws the comparison, and notes the rows that are shown and where its links and sections are.
    pub(super) fn draw(
        &self,
        [top, middle]: [Rect; 2],
        buf: &mut Buffer,
        look: &Look<'_>,
        cache: &mut Cache,
        shown: &mut Viewport,
    ) {
        let reader = &self.columns.reader;
        let document = reader.document();
        let block = pane(Line::default(), true, look);
        let inner = block.inner(middle).inner(Margin::new(1, 0));
        let count = self.columns.responses().len();
        let (first, fitting) = window(inner.width.into(), count, self.columns.column);
        header(top, buf, &document.title, (first, fitting, count), look);
        block.render(middle, buf);

        let [heads, body] = inner.layout(&Layout::vertical([
            Constraint::Length(1),
            Constraint::Fill(1),
        ]));
        self.heads(heads, buf, (first, fitting), look);
        let setting = Setting {
            theme: look.theme,
            symbols: look.symbols,
            width: body.width.into(),
            link: reader.link(),
            columns: (first, fitting),
        };
        let reading = Reading {
            reader,
            title: ("Comparison", "Comparison"),
            marked: true,
            setting,
        };
        reading.draw((middle, body), buf, look, cache, shown);
    }

    /// Draws the titles of the columns that are shown, so many from the first on, each above its column.
    fn heads(
        &self,
        area: Rect,
        buf: &mut Buffer,
        (first, fitting): (usize, usize),
        look: &Look<'_>,
    ) {
        let grid = Grid::new(area.width.into(), fitting);
        if grid.is_stacked() {
            return self.heads_in_a_line(area, buf, look);
        }
        let responses = self.columns.responses().iter().enumerate().skip(first);
        for (place, (index, response)) in responses.take(fitting).enumerate() {
            let start = u16::try_from(grid.start(place)).unwrap_or(area.width);
            // The mark of the focus stands in the gap.
            let head = Rect {
                x: area.x.saturating_add(start.saturating_sub(MARK)),
                width: u16::try_from(grid.cells()).unwrap_or_default() + MARK,
                ..area
            };
            let (cells, more) = (grid.cells(), look.symbols.more);
            let title = match response.title() {
                title if width(&title) <= cells => title,
                title => format!("{}{more}", fit(&title, cells.saturating_sub(width(more)))),
            };
            let line = self.head(index, &title, look);
            line.render(head.intersection(area), buf);
        }
    }

    /// Draws the codes beside each other, the focused one with its phrase.
    fn heads_in_a_line(&self, mut area: Rect, buf: &mut Buffer, look: &Look<'_>) {
        for (index, response) in self.columns.responses().iter().enumerate() {
            let title = if index == self.columns.column {
                response.title()
            } else {
                response.code.to_string()
            };
            let line = self.head(index, &title, look);
            let cells = u16::try_from(line.width())
                .unwrap_or(u16::MAX)
                .saturating_add(1);
            let [left, right] = area.layout(&Layout::horizontal([
                Constraint::Length(cells),
                Constraint::Fill(1),
            ]));
            line.render(left, buf);
            area = right;
        }
    }

    /// Returns the head of a column, which has a mark if the column has the focus.
    fn head<'a>(&self, index: usize, title: &'a str, look: &Look<'_>) -> Line<'a> {
        let (mark, style) = if index == self.columns.column {
            (look.symbols.prompt, look.theme.selected_unfocused)
        } else {
            (" ", look.theme.title)
        };
        let (code, phrase) = title.split_at(title.find(' ').unwrap_or(title.len()));
        let class = self.columns.responses().get(index).map(|of| of.class());
        let class = class.map_or(style, |class| class_style(class, look.theme));
        Line::from(vec![
            Span::styled(mark, look.theme.prompt),
            Span::raw(" "),
            Span::styled(code, class),
            Span::raw(phrase),
        ])
        .style(style)
    }
}

fn header(
    area: Rect,
    buf: &mut Buffer,
    title: &str,
    (first, fitting, count): (usize, usize, usize),
    look: &Look<'_>,
) {
    let place = match fitting {
        1 => format!("column {} of {count} ", first + 1),
        _ if fitting < count => format!("columns {} to {} of {count} ", first + 1, first + fitting),
        _ => format!("{count} codes "),
    };
    let [left, right] = area.layout(&Layout::horizontal([
        Constraint::Fill(1),
        Constraint::Length(u16::try_from(width(&place)).unwrap_or_default()),
    ]));
    let line = Line::from(vec![
        Span::styled(" sipdex ", look.theme.title),
        Span::styled(format!("{} ", look.symbols.prompt), look.theme.muted),
        Span::styled(title, look.theme.text),
    ]);
    line.render(left, buf);
    Span::styled(place, look.theme.muted).render(right, buf);
}

#[cfg(test)]
mod tests {
    use crate::bookmarks::Bookmarks;
    use crate::view::roles::{after, app, keys};

    #[test]
    fn the_focused_column_is_highlighted_and_no_other_is() {
        for (turned, focused, other) in [
            ("", "Busy Here", "Busy Everywhere"),
            (" tab", "Busy Everywhere", "Busy Here"),
        ] {
            let drawn = keys(&format!("4 8 6 enter c{turned}"));
            let head = |title| drawn.role_beside("486 Busy Here   ", title);
            assert_eq!(head(focused), "selected_unfocused", "{focused}");
            assert_eq!(head(other), "title", "{other}");
            assert_eq!(head("486"), "request_failure");
            assert_eq!(head("600"), "global_failure");
            assert_eq!(drawn.role_beside("486 Busy Here   ", "❯"), "prompt");
        }
    }

    #[test]
    fn a_row_that_differs_is_marked_and_one_that_does_not_is_muted() {
        let drawn = after(app(Bookmarks::new()), "4 8 6 enter c f", (120, 90));
        assert_eq!(drawn.role_beside("≠ Class", "≠ Class"), "differs");
        assert_eq!(drawn.role_beside("≠ Class", "4xx request failure"), "text");
        assert_eq!(drawn.role_beside("  Finality", "Finality"), "muted");
    }

    #[test]
    fn the_line_above_says_what_is_compared() {
        let drawn = keys("4 8 6 enter c");
        assert_eq!(drawn.role("sipdex"), "title");
        assert_eq!(drawn.role("486 against 600"), "text");
        assert_eq!(drawn.role("2 codes"), "muted");
        assert_eq!(drawn.role(" Comparison "), "title");
    }
}
