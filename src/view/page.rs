//! The page of a response: a strip of facts, the sentence that answers, then the sections.

use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::look::Look;
use super::pane::{pane, rows, scrollbar};
use super::sheet::{Setting, Sheet, visible};
use crate::app::reader::Reader;
use crate::app::viewport::{LinkPlace, Rows};
use crate::document::Document;
use crate::text::{Piece, wrap};

pub(super) struct Page<'a> {
    pub(super) reader: &'a Reader,
    /// What the user keeps of what the page is about.
    pub(super) note: Option<&'a str>,
    /// Its number among what was found, and how much that is.
    pub(super) place: Option<(usize, usize)>,
    pub(super) focused: bool,
}

impl Page<'_> {
    /// Draws the page, and returns the rows that are shown and where its links are.
    pub(super) fn draw(
        &self,
        area: Rect,
        buf: &mut Buffer,
        look: &Look<'_>,
    ) -> (Rows, Vec<LinkPlace>) {
        let document = self.reader.document();
        let title = Line::from(format!(" {} ", document.title));
        let mut block = pane(title, self.focused, look);
        if let Some((number, found)) = self.place {
            let place = Span::styled(format!(" {number}/{found} "), look.theme.muted);
            block = block.title_top(Line::from(place).right_aligned());
        }
        let inner = block.inner(area).inner(Margin::new(1, 0));
        block.render(area, buf);

        let mut sheet = head(document, self.note, inner.width.into(), look);
        let setting = Setting {
            look,
            width: inner.width.into(),
            link: self.reader.link(),
            columns: (0, 1),
        };
        let body = setting.lay_out(&document.blocks, 0);
        let above = sheet.lines.len();
        sheet.lines.extend(body.lines);
        sheet.links.extend(body.links.into_iter().map(|mut place| {
            place.row += above;
            place
        }));
        let rows = print(inner, buf, &sheet, self.reader.first());
        scrollbar(area, buf, rows, look);
        (rows, sheet.links)
    }
}

/// Prints as much of a page as fits, from row `first` on.
pub(super) fn print(area: Rect, buf: &mut Buffer, sheet: &Sheet<'_>, first: usize) -> Rows {
    let mut rows = rows(area, 0, sheet.lines.len());
    rows.first = first.min(rows.last_first());
    for (line, area) in visible(sheet, area, rows.first) {
        line.render(area, buf);
    }
    rows
}

/// Lays out what stands above the sections: the facts, the sentence that answers, and what is kept.
fn head<'a>(
    document: &'a Document,
    note: Option<&'a str>,
    width: usize,
    look: &Look<'a>,
) -> Sheet<'a> {
    let mut sheet = Sheet::default();
    let theme = look.theme;
    if document.summary.is_empty() {
        return sheet;
    }
    let mut pieces = Vec::new();
    for (i, fact) in document.strip.iter().enumerate() {
        if i > 0 {
            pieces.push(Piece {
                text: look.symbols.dot,
                style: theme.muted,
            });
        }
        let class = document.class.filter(|_| i == 0);
        pieces.push(Piece {
            text: fact.as_ref(),
            style: class.map_or(theme.text, |class| look.class(class)),
        });
    }
    sheet.lines.extend(spans(wrap(pieces, width)));
    sheet.lines.push(Line::default());
    let summary = Piece {
        text: document.summary.as_ref(),
        style: theme.title,
    };
    sheet.lines.extend(spans(wrap([summary], width)));
    for (row, line) in note.into_iter().flat_map(str::lines).enumerate() {
        let star = if row == 0 { look.symbols.star } else { " " };
        let pieces = [(star, theme.star), (" ", theme.star), (line, theme.text)];
        let pieces = pieces.map(|(text, style)| Piece { text, style });
        sheet.lines.extend(spans(wrap(pieces, width)));
    }
    sheet.lines.push(Line::default());
    sheet
}

fn spans(lines: Vec<Vec<Piece<'_, ratatui::style::Style>>>) -> impl Iterator<Item = Line<'_>> {
    lines.into_iter().map(|line| {
        line.into_iter()
            .map(|piece| Span::styled(piece.text, piece.style))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use crate::bookmarks::{Bookmarks, Change};
    use crate::catalog::StatusCode;
    use crate::view::roles::{after, app, keys};

    #[test]
    fn the_strip_has_the_class_in_its_colour_and_the_rest_as_text() {
        let drawn = keys("4 8 6 enter");
        let strip = |text| drawn.role_beside("4xx request failure · final", text);
        assert_eq!(strip("4xx request failure"), "request_failure");
        assert_eq!(strip("·"), "muted");
        assert_eq!(strip("from UAS"), "text");
        assert_eq!(strip("retry later"), "text");
    }

    #[test]
    fn the_sentence_that_answers_is_a_title() {
        let drawn = keys("4 8 6 enter");
        assert_eq!(
            drawn.role("The device reached is busy; others may not be"),
            "title"
        );
        assert_eq!(drawn.role_beside("┐┌", "486 Busy Here"), "title");
        assert_eq!(drawn.role("1/1"), "muted");
    }

    #[test]
    fn a_bookmark_shows_its_star_and_its_note() {
        let mut bookmarks = Bookmarks::new();
        let note = Some("no credit".to_owned());
        Change::Note(StatusCode::new(486).expect("a code"), note).apply(&mut bookmarks);
        let drawn = after(app(bookmarks), "4 8 6 enter", (100, 30));
        assert_eq!(drawn.role_beside("no credit", "★"), "star");
        assert_eq!(drawn.role("no credit"), "text");
    }

    #[test]
    fn a_note_of_several_lines_is_shown_to_its_end_below_one_star() {
        let mut bookmarks = Bookmarks::new();
        let note = Some("no credit\nask billing\nthen 603".to_owned());
        Change::Note(StatusCode::new(486).expect("a code"), note).apply(&mut bookmarks);
        let drawn = after(app(bookmarks), "4 8 6 enter", (100, 30));
        assert_eq!(drawn.role_beside("│ ★ no credit", "★"), "star");
        assert_eq!(drawn.role("ask billing"), "text");
        assert_eq!(drawn.role("then 603"), "text");
    }
}
