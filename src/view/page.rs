//! The page of a response: a strip of facts, the sentence that answers, then the sections.

use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Rect};
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::cache::Cache;
use super::grid::window;
use super::look::Look;
use super::pane::pane;
use super::reading::Reading;
use super::setting::Setting;
use crate::app::reader::Reader;
use crate::app::viewport::Viewport;

pub(super) struct Page<'a> {
    pub(super) reader: &'a Reader,
    pub(super) focused: bool,
}

impl Page<'_> {
    /// Draws the page, and notes the rows that are shown and where its links and sections are.
    pub(super) fn draw(
        &self,
        area: Rect,
        buf: &mut Buffer,
        look: &Look<'_>,
        cache: &mut Cache,
        shown: &mut Viewport,
    ) {
        let document = self.reader.document();
        let block = pane(Line::default(), self.focused, look);
        let inner = block.inner(area).inner(Margin::new(1, 0));
        block.render(area, buf);

        let setting = Setting {
            theme: look.theme,
            symbols: look.symbols,
            width: inner.width.into(),
            link: self.reader.link(),
            columns: window(inner.width.into(), document.columns.len(), 0),
        };
        let title = document.title.as_str();
        // A code says which page it is; the first word of other titles says nothing.
        let code = title.split(' ').next();
        let code = code.filter(|code| code.bytes().all(|letter| letter.is_ascii_digit()));
        let short = code.unwrap_or(title);
        let reading = Reading {
            reader: self.reader,
            title: (title, short),
            marked: self.focused,
            setting,
        };
        reading.draw((area, inner), buf, look, cache, shown);
    }
}

#[cfg(test)]
mod tests {
    use crate::bookmarks::{Bookmarks, Change};
    use crate::catalog::StatusCode;
    use crate::view::roles::{after, app, keys};

    #[test]
    fn the_strip_has_the_class_in_its_colour_and_the_rest_as_text() {
        let drawn = keys("1 0 0 enter");
        let strip = |text| drawn.role_beside("1xx provisional · from", text);
        assert_eq!(strip("1xx provisional"), "provisional");
        assert_eq!(strip("·"), "muted");
        assert_eq!(strip("from next hop or proxy"), "text");
        assert_eq!(strip("wait"), "text");
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
