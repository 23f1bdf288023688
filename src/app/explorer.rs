//! What the user does in the search line, the list and the page.

use super::action::{Action, Effect};
use super::edit_line::EditLine;
use super::{App, Overlay, Pane, WHEEL_ROWS, steps};
use crate::catalog::{Citation, Entry};
use crate::document::Link;

impl App {
    pub(super) fn update_explorer(&mut self, action: Action) -> Option<Effect> {
        match action {
            Action::Back => self.back(),
            Action::NextPane => self.focus = self.focus.next(),
            Action::PreviousPane => self.focus = self.focus.next().next(),
            Action::ToList => self.focus = Pane::List,
            Action::Search => {
                self.focus = Pane::Search;
                self.query.select();
            }
            Action::Open => return self.open(),
            Action::Return => self.go_back(),
            Action::NextClass => self.turn_class(true),
            Action::PreviousClass => self.turn_class(false),
            Action::NextLink | Action::PreviousLink => {
                let forward = action == Action::NextLink;
                self.reader
                    .turn_link(forward, &self.viewport.links, self.viewport.page);
            }
            Action::Mark => self.mark(),
            Action::Compare => self.compare(),
            Action::Bookmark => return self.bookmark(),
            Action::OnlyBookmarks => self.only_bookmarks(),
            Action::EditNote => self.edit_note(),
            Action::Copy => return self.shown.map(|response| Effect::Copy(response.title())),
            Action::OpenLink => {
                let section = self.section_to_open();
                return section.map(|section| Effect::OpenUrl(section.url()));
            }
            Action::Insert('?') if self.focus == Pane::Search && self.query.text().is_empty() => {
                self.overlays.push(Overlay::Help(0));
            }
            Action::Insert(letter) => self.insert(letter),
            Action::Paste(text) => {
                self.type_here();
                self.query.paste(&text);
                self.search();
            }
            Action::Edit(edit) => {
                self.query.edit(edit);
                if !edit.only_moves() {
                    self.search();
                }
            }
            Action::Click { column, row } => return self.click(column, row),
            Action::Wheel { column, row, down } => self.wheel(column, row, down),
            action => self.step(&action),
        }
        None
    }

    fn back(&mut self) {
        match self.focus {
            Pane::Search if self.query.text().is_empty() => self.focus = Pane::List,
            Pane::Search => {
                self.query = EditLine::default();
                self.search();
            }
            Pane::List if self.marks.is_empty() && self.list.has_only_bookmarks() => {
                self.only_bookmarks();
            }
            Pane::List => self.marks.clear(),
            Pane::Detail => self.focus = Pane::List,
        }
    }

    fn open(&mut self) -> Option<Effect> {
        if self.focus != Pane::Detail {
            self.focus = Pane::Detail;
            return None;
        }
        match self.reader.selected() {
            Some(Link::Entry(Entry::Response(response))) => self.follow(response),
            Some(Link::Section(cite)) => return Some(Effect::OpenUrl(cite.url())),
            None => {}
        }
        None
    }

    /// Returns the section of the selected link, or else of the whole page.
    pub(super) fn section_to_open(&self) -> Option<Citation> {
        let in_page = self.focus == Pane::Detail;
        match self.reader.selected().filter(|_| in_page) {
            Some(link) => link.section(),
            None => self.reader.document().source,
        }
    }

    /// Types a letter into the search line.
    fn insert(&mut self, letter: char) {
        self.type_here();
        self.query.insert(letter);
        self.search();
    }

    /// Goes to the search line; what is typed from elsewhere begins a new query.
    fn type_here(&mut self) {
        if self.focus != Pane::Search {
            self.query = EditLine::default();
            self.focus = Pane::Search;
        }
    }

    /// Moves the selection of the list, or scrolls the page.
    fn step(&mut self, action: &Action) {
        let (list, page) = (self.viewport.list, self.viewport.page);
        let in_page = self.focus == Pane::Detail;
        let Some(rows) = steps(action, if in_page { page.shown() } else { list.shown() }) else {
            return;
        };
        if in_page {
            match action {
                Action::First => self.reader.show_start(),
                Action::Last => self.reader.show_end(page),
                _ => self.reader.scroll(rows, page),
            }
        } else {
            self.list.step(rows);
            self.show_selected();
        }
    }

    fn turn_class(&mut self, forward: bool) {
        self.list.turn_class(forward);
        self.show_selected();
    }

    fn click(&mut self, column: u16, row: u16) -> Option<Effect> {
        if self.viewport.search.contains(column, row) {
            self.focus = Pane::Search;
        } else if let Some(row) = self.viewport.list.at(column, row) {
            self.focus = Pane::List;
            self.list.select_row(row);
            self.show_selected();
        } else if self.viewport.page.area.contains(column, row) {
            self.focus = Pane::Detail;
            let clicked = self.viewport.link_at(column, row);
            if let Some(link) = clicked {
                let again = self.reader.link() == Some(link);
                self.reader.select(link);
                return if again { self.open() } else { None };
            }
        }
        None
    }

    fn wheel(&mut self, column: u16, row: u16, down: bool) {
        let rows = if down { WHEEL_ROWS } else { -WHEEL_ROWS };
        if self.viewport.list.area.contains(column, row) {
            self.list.wheel(rows, self.viewport.list);
        } else if self.viewport.page.area.contains(column, row) {
            self.reader.scroll(rows, self.viewport.page);
        }
    }
}
