//! What the mouse does in the panes: a click selects what is under it, the wheel scrolls it.

use super::action::wheel_rows;
use super::mode::Pane;
use super::panes::Panes;
use super::reader::Top;
use super::step::Step;
use super::viewport::Viewport;

impl Panes {
    pub(super) fn click(&mut self, (column, row): (u16, u16), viewport: &Viewport) -> Step {
        if viewport.search.contains(column, row) {
            self.focus = Pane::Search;
        } else if let Some(row) = viewport.list.at(column, row) {
            self.turn_to(Pane::List);
            self.list.select_row(row, viewport.list);
            self.show_selected();
        } else if let Some(section) = viewport.outline.at(column, row) {
            self.turn_to(Pane::Detail);
            let block = self.reader.document().headings().nth(section);
            if let Some((block, _)) = block {
                self.reader.show(Top::Block(block));
            }
        } else if viewport.page.area.contains(column, row) {
            self.turn_to(Pane::Detail);
            if let Some(link) = viewport.link_at(column, row) {
                let again = self.reader.link() == Some(link);
                self.reader.select(link);
                return if again { self.open() } else { Step::Stay };
            }
        }
        Step::Stay
    }

    pub(super) fn wheel(&mut self, (column, row): (u16, u16), down: bool, viewport: &Viewport) {
        let rows = wheel_rows(down);
        if viewport.list.area.contains(column, row) {
            self.list.wheel(rows, viewport.list);
        } else if viewport.page.area.contains(column, row) {
            self.reader.scroll(rows, viewport);
        }
    }
}
