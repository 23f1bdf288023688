//! The outline of a page: its sections beside it, or in a list that letters narrow.

use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::look::Look;
use super::narrowed::{Narrowed, narrowed};
use super::pane::{pane, rows, scrollbar};
use crate::app::outline::Outline;
use crate::app::reader::Reader;
use crate::app::viewport::{Rows, Viewport};

/// How wide the outline is beside the page.
pub(super) const WIDTH: u16 = 32;
const SIZE: (u16, u16) = (44, 28);

/// Draws the outline over the page, and returns the rows that are shown and where the cursor belongs.
pub(super) fn over(
    area: Rect,
    buf: &mut Buffer,
    (outline, before): (&Outline, Rows),
    look: &Look<'_>,
) -> (Rows, Option<Position>) {
    let sections = u16::try_from(outline.len()).unwrap_or(SIZE.1);
    let size = (SIZE.0, (sections + 3).min(SIZE.1));
    let title = (" Outline ".to_owned(), size);
    let Narrowed { area, list, cursor } = narrowed(area, buf, title, &outline.picking.line, look);
    let shown = outline.viewport(Rows {
        area: rows(list, 0, 0).area,
        ..before
    });
    let sections = outline.shown().enumerate().skip(shown.first);
    for ((index, (section, is_here)), row) in sections.zip(list.rows()) {
        entry(&section.heading, is_here, Style::new(), look).render(row, buf);
        if index == outline.picking.index() {
            buf.set_style(row, look.theme.selected);
        }
    }
    if shown.total == 0 {
        Span::styled(" no section has these letters", look.theme.muted).render(list, buf);
    }
    scrollbar(area, buf, shown, look);
    (shown, cursor)
}

/// Draws the outline beside the page that was drawn, with the section that one is in marked.
pub(super) fn beside(
    area: Rect,
    buf: &mut Buffer,
    reader: &Reader,
    look: &Look<'_>,
    shown: &mut Viewport,
) {
    let block = pane(Line::from(" Outline "), false, look);
    let inner = block.inner(area).inner(Margin::new(0, 0));
    block.render(area, buf);
    let here = shown.places.section_of(shown.page.first);
    let headings = reader.document().headings();
    let mut total = 0;
    for (index, (_, heading)) in headings.enumerate() {
        total = index + 1;
        let is_here = here == Some(index);
        let style = if is_here {
            look.theme.title
        } else {
            look.theme.text
        };
        if let Some(row) = inner.rows().nth(index) {
            entry(heading, is_here, style, look).render(row, buf);
        }
    }
    shown.outline = rows(inner, 0, total);
}

fn entry<'a>(heading: &'a str, is_here: bool, style: Style, look: &Look<'_>) -> Line<'a> {
    let mark = if is_here { look.symbols.prompt } else { " " };
    Line::from(vec![
        Span::styled(mark, look.theme.prompt),
        Span::raw(" "),
        Span::styled(heading, style),
    ])
}

#[cfg(test)]
mod tests {
    use crate::bookmarks::Bookmarks;
    use crate::view::roles::{after, app};

    #[test]
    fn the_section_that_one_is_in_is_marked_beside_the_page_and_over_it() {
        let drawn = after(app(Bookmarks::new()), "4 8 6 enter }", (160, 40));
        let beside: Vec<String> = drawn.all("title");
        assert!(
            beside.iter().any(|text| text == "Description"),
            "{beside:?}"
        );
        assert!(
            drawn
                .all("text")
                .iter()
                .any(|text| text.trim() == "How to fix")
        );
        let over = after(app(Bookmarks::new()), "4 8 6 enter } i", (100, 30));
        assert_eq!(over.role("❯ Description"), "selected");
    }
}
