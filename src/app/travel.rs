//! Going from code to code by links, and back the same way.

use super::compare::Comparing;
use super::line::Line;
use super::{App, Layer, Pane};
use crate::catalog::{Response, StatusCode};

/// Where the user was before following a link.
#[derive(Debug)]
pub(super) enum Visit {
    Page {
        query: Line,
        only_bookmarks: bool,
        code: StatusCode,
        place: (usize, Option<usize>),
    },
    Comparison(Box<Comparing>),
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
        if let Some(Layer::Compare(comparing)) = self.layers.pop() {
            self.visited.push(Visit::Comparison(comparing));
        }
        self.go_to(response.code);
        self.focus = Pane::Detail;
    }

    /// Goes back to where the last link was followed.
    pub(super) fn go_back(&mut self) {
        match self.visited.pop() {
            None => {}
            Some(Visit::Comparison(comparing)) => self.layers.push(Layer::Compare(comparing)),
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
            self.query = Line::default();
            self.list.everything();
            self.search();
        }
        if !self.list.select(code) {
            // A number that no registry has is listed only when asked for.
            self.query = Line::with(&code.to_string());
            self.search();
            self.list.select(code);
        }
        self.show_selected();
    }
}
