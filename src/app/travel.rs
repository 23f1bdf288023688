//! Going from code to code by links, and back the same way.

use super::columns::Columns;
use super::edit_line::EditLine;
use super::{App, Overlay, Pane};
use crate::catalog::{Response, StatusCode};

/// Where the user was before following a link.
#[derive(Debug)]
pub(super) enum Visit {
    Page {
        query: EditLine,
        only_bookmarks: bool,
        code: StatusCode,
        place: (usize, Option<usize>),
    },
    Comparison(Box<Columns>),
}

impl App {
    /// Shows the page that a link leads to.
    pub(super) fn follow(&mut self, response: &'static Response) {
        if let Some(shown) = self.shown {
            self.visited.push(Visit::Page {
                query: self.query.clone(),
                only_bookmarks: self.list.has_only_bookmarks(),
                code: shown.code,
                place: self.reader.place(),
            });
        }
        self.go_to(response.code);
    }

    /// Leaves the comparison for the page of a code; Backspace leads back to it.
    pub(super) fn leave_comparison_for(&mut self, response: &'static Response) {
        if let Some(Overlay::Compare(columns)) = self.overlays.pop() {
            self.visited.push(Visit::Comparison(columns));
        }
        self.go_to(response.code);
        self.focus = Pane::Detail;
    }

    /// Goes back to where the last link was followed.
    pub(super) fn go_back(&mut self) {
        match self.visited.pop() {
            None => {}
            Some(Visit::Comparison(columns)) => self.overlays.push(Overlay::Compare(columns)),
            Some(Visit::Page {
                query,
                only_bookmarks,
                code,
                place,
            }) => {
                self.query = query;
                if self.list.has_only_bookmarks() != only_bookmarks {
                    self.list.turn_bookmarks();
                }
                self.search();
                self.go_to(code);
                self.reader.go_to(place);
            }
        }
    }

    /// Selects a code and shows its page; a query that hides it is cleared.
    pub(super) fn go_to(&mut self, code: StatusCode) {
        if !self.list.select(code) {
            self.query = EditLine::default();
            self.list.everything();
            self.search();
        }
        if !self.list.select(code) {
            // A number that no registry has is listed only when asked for.
            self.query = EditLine::with(&code.to_string());
            self.search();
            self.list.select(code);
        }
        self.show_selected();
    }
}
