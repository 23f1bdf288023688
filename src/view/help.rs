//! The help: what it offers, scrolled.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Clear, Widget};

use super::cache::Cache;
use super::look::Look;
use super::offer::Offer;
use super::pane::{pane, scrollbar};
use super::setting::Setting;
use crate::app::viewport::Rows;

const SIZE: (u16, u16) = (84, 48);

pub(super) struct Help {
    pub(super) offer: Offer,
    /// The row at the top.
    pub(super) first: usize,
}

impl Help {
    /// Draws the help, and returns the rows that are shown.
    pub(super) fn draw(
        &self,
        area: Rect,
        buf: &mut Buffer,
        look: &Look<'_>,
        cache: &mut Cache,
    ) -> Rows {
        let area = area.centered(Constraint::Max(SIZE.0), Constraint::Max(SIZE.1));
        Clear.render(area, buf);
        buf.set_style(area, look.theme.text);
        let block = pane(Line::from(" Keys "), true, look);
        let inner = block.inner(area);
        block.render(area, buf);
        let setting = Setting {
            theme: look.theme,
            symbols: look.symbols,
            width: inner.width.into(),
            link: None,
            columns: (0, 1),
        };
        let sheet = cache.help(&self.offer, setting, look.keymap);
        let rows = sheet.draw(inner, buf, self.first);
        scrollbar(area, buf, rows, look);
        rows
    }
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
