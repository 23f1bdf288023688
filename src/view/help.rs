//! The help: a line that narrows it, and what it offers.

use std::iter;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;
use ratatui::widgets::Widget;

use super::cache::Cache;
use super::look::Look;
use super::narrowed::{Narrowed, narrowed};
use super::offer::{Offer, place};
use super::pane::{rows, scrollbar};
use super::setting::Setting;
use crate::app::help;
use crate::app::viewport::{Rows, Viewport};

const SIZE: (u16, u16) = (84, 48);

pub(super) struct Help<'a> {
    pub(super) offer: Offer,
    pub(super) state: &'a help::Help,
    /// The rows that were shown before.
    pub(super) before: Rows,
}

impl Help<'_> {
    /// Draws the help, notes what it offers and the rows that are shown, and returns where the cursor belongs.
    pub(super) fn draw(
        &self,
        area: Rect,
        buf: &mut Buffer,
        look: &Look<'_>,
        cache: &mut Cache,
        shown: &mut Viewport,
    ) -> Option<Position> {
        let title = format!(" Keys: {} ", place(self.offer.mode));
        let line = &self.state.picking.line;
        let Narrowed { area, list, cursor } = narrowed(area, buf, (title, SIZE), line, look);
        let setting = Setting {
            theme: look.theme,
            symbols: look.symbols,
            width: list.width.into(),
            link: None,
            columns: (0, 1),
        };
        let sheet = cache.help(&self.offer, setting, look.keymap);
        let commands = self.offer.commands(look.keymap);
        // Each row has a block, and another one follows it.
        let count = sheet.places().blocks.len() / 2;
        let selected = (self.state.picking.index() < count)
            .then(|| sheet.places().block(self.state.picking.index() * 2));
        let mut before = rows(list, self.before.first, sheet.height());
        if let Some((start, end)) = selected {
            // The heading above the first of a group comes along.
            before = before
                .around(end.saturating_sub(1))
                .around(start.saturating_sub(1));
        }
        let drawn = sheet.draw(list, buf, before.first);
        if let Some((start, end)) = selected {
            let visible = (drawn.first..).zip(list.rows());
            for (_, area) in visible.filter(|(row, _)| (start..end).contains(row)) {
                buf.set_style(area, look.theme.selected);
            }
        }
        if count == 0 {
            Span::styled(" nothing has these letters", look.theme.muted).render(list, buf);
        }
        scrollbar(area, buf, drawn, look);
        shown.overlay = drawn;
        let actions = commands.into_iter().map(|command| Some(command.action()));
        shown.offered = actions.chain(iter::repeat(None)).take(count).collect();
        cursor
    }
}

#[cfg(test)]
mod tests {
    use crate::view::roles::keys;

    #[test]
    fn keys_are_keys_and_what_they_do_is_text() {
        let drawn = keys("tab ?");
        assert_eq!(drawn.role("Keys: In the list"), "title");
        assert_eq!(drawn.role(" Move "), "heading");
        assert_eq!(drawn.role_beside("next class of the list", "]"), "key");
        assert_eq!(drawn.role("next class of the list"), "text");
        assert_eq!(drawn.role("┃"), "border_focused");
    }

    #[test]
    fn what_can_do_nothing_now_is_muted_and_the_rest_is_text() {
        let drawn = keys("tab ? b o o k m a r k s");
        assert_eq!(drawn.role("only bookmarks, or all codes"), "selected");
        let drawn = keys("tab ? b o o k m a r k s down");
        assert_eq!(drawn.role("only bookmarks, or all codes"), "muted");
        let drawn = keys("tab b ? b o o k m a r k s down");
        assert_eq!(drawn.role("only bookmarks, or all codes"), "text");
    }
}
