//! Going from code to code by links, and back the same way.

use super::columns::Columns;
use super::edit_line::EditLine;
use super::kept::Kept;
use super::mode::Pane;
use super::panes::Panes;
use super::scope::Scope;
use crate::catalog::Entry;

/// Where the user was before following a link.
#[derive(Debug)]
pub(super) enum Visit {
    Page(PageVisit),
    Comparison(Box<Columns>),
}

#[derive(Debug)]
pub(super) struct PageVisit {
    query: EditLine,
    scope: Scope,
    entry: Entry,
    place: (usize, Option<usize>),
}

impl Panes {
    /// Returns where the user is, for the way back.
    pub(super) fn visit(&self) -> Option<PageVisit> {
        Some(PageVisit {
            query: self.query.clone(),
            scope: self.list.scope(),
            entry: self.shown?,
            place: self.reader.place(),
        })
    }

    pub(super) fn return_to(&mut self, visit: PageVisit, kept: &Kept) {
        self.query = visit.query;
        self.list.set_scope(visit.scope);
        self.search(kept);
        self.go_to(visit.entry, kept);
        self.reader.go_to(visit.place);
    }

    /// Goes to the page of an entry.
    pub(super) fn go_to_page(&mut self, entry: Entry, kept: &Kept) {
        self.go_to(entry, kept);
        self.focus = Pane::Detail;
    }

    /// Selects an entry and shows its page; a query that hides it is cleared.
    pub(super) fn go_to(&mut self, entry: Entry, kept: &Kept) {
        if !self.list.select(entry) {
            self.earlier.keep(self.query.text());
            self.query = EditLine::default();
            self.list.set_scope(Scope::All);
            self.search(kept);
        }
        if !self.list.select(entry) {
            // A number that no registry has is listed only when asked for, and so is what is no response.
            self.query = EditLine::with(&entry.short());
            self.search(kept);
            self.list.select(entry);
        }
        self.show_selected();
    }
}
