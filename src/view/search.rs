//! The search line: name, prompt, query with cursor, and how many responses fit.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::input::Input;
use super::look::Look;
use crate::app::Scope;
use crate::app::edit_line::EditLine;
use crate::app::kept::Kept;
use crate::app::list::List;
use crate::app::subject::Item;
use crate::catalog;
use crate::text::width;

const NAME: &str = " sipdex ";
/// How many cells of a query are seen before the count beside it is.
const LEAST_TEXT: usize = 10;

pub(super) struct SearchLine<'a> {
    pub(super) query: &'a EditLine,
    pub(super) list: &'a List,
    pub(super) kept: &'a Kept,
    /// How many codes are marked.
    pub(super) marked: usize,
    pub(super) focused: bool,
}

impl SearchLine<'_> {
    /// Draws the line, and returns where the cursor belongs if typing goes here.
    pub(super) fn draw(&self, area: Rect, buf: &mut Buffer, look: &Look<'_>) -> Option<Position> {
        let count = self.count();
        // On a narrow screen what was typed goes before how much it finds.
        let typed = (width(self.query.text()) + 1).min(LEAST_TEXT);
        let lead = width(NAME) + width(look.symbols.prompt) + 1;
        let fits = lead + typed + width(&count) <= usize::from(area.width);
        let count = if fits { count } else { String::new() };
        let [left, right] = area.layout(&Layout::horizontal([
            Constraint::Fill(1),
            Constraint::Length(u16::try_from(width(&count)).unwrap_or_default()),
        ]));
        Line::styled(count, look.theme.muted).render(right, buf);
        let input = Input {
            name: NAME,
            line: self.query,
            focused: self.focused,
        };
        input.draw(left, buf, look)
    }

    /// Returns how many codes are marked and listed, and of how many.
    fn count(&self) -> String {
        let only_bookmarks = self.list.scope() == Scope::Bookmarks;
        // A bookmark that was just taken away stays listed, and counts no more.
        let is_kept = |code| self.kept.has(code);
        let counts = |item: &Item<'_>| !only_bookmarks || item.code().is_some_and(is_kept);
        let found = self.list.items().filter(counts).count();
        // The total is that of the registry, so what stands outside of it is no part of that.
        let is_registered = |code| catalog::response(code).is_registered();
        let is_registered = |item: Item<'_>| item.code().is_some_and(is_registered);
        let total = if self.list.items().all(is_registered) {
            format!("of {}", catalog::registered().count())
        } else {
            "found".to_owned()
        };
        let scope = if only_bookmarks { "bookmarks, " } else { "" };
        let marks = match self.marked {
            0 => String::new(),
            marked => format!("{marked} marked, "),
        };
        format!("{marks}{scope}{found} {total} ")
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
