//! Columns two to four codes.

use super::action::{Action, Effect};
use super::chooser::{Chooser, Purpose};
use super::reader::Reader;
use super::viewport::Viewport;
use super::{App, Overlay, steps};
use crate::catalog::{Citation, Entry, Response};
use crate::compare::{Compared, Comparison, compare};
use crate::document::{Document, Link};

/// A comparison on the screen.
#[derive(Debug)]
pub struct Columns {
    comparison: Comparison,
    pub reader: Reader,
    /// The column that has the focus.
    pub column: usize,
    /// Whether rows that are equal are left out.
    pub folded: bool,
}

impl Columns {
    pub(super) fn new(compared: &Compared) -> Self {
        let comparison = compare(compared);
        let reader = Reader::new(Document::of_comparison(&comparison, true));
        Self {
            comparison,
            reader,
            column: 0,
            folded: true,
        }
    }

    pub fn responses(&self) -> &[&'static Response] {
        &self.comparison.responses
    }

    /// Shows other columns, if they can be compared.
    fn show(&mut self, responses: &[&'static Response]) {
        let Some(compared) = Compared::new(responses) else {
            return;
        };
        self.column = self.column.min(compared.len() - 1);
        self.comparison = compare(&compared);
        self.reader = Reader::new(Document::of_comparison(&self.comparison, self.folded));
    }

    fn focused(&self) -> Option<&'static Response> {
        self.responses().get(self.column).copied()
    }

    fn turn(&mut self, forward: bool) {
        let count = self.responses().len();
        self.column = (self.column + if forward { 1 } else { count - 1 }) % count;
    }

    /// Swaps the focused column with the one to its right, the last with the first.
    fn swap(&mut self) {
        let mut responses = self.responses().to_vec();
        let other = (self.column + 1) % responses.len();
        responses.swap(self.column, other);
        self.column = other;
        self.show(&responses);
    }

    fn fold(&mut self) {
        self.folded = !self.folded;
        self.reader
            .replace(Document::of_comparison(&self.comparison, self.folded));
    }

    /// Returns whether some row is the same in all columns, so that there is something to fold.
    pub(super) fn has_equal_rows(&self) -> bool {
        self.comparison.rows.iter().any(|row| !row.differs)
    }

    /// Returns the section of the selected link, or else of the focused column.
    pub(super) fn section_to_open(&self) -> Option<Citation> {
        match self.reader.selected() {
            Some(link) => link.section(),
            None => self.focused()?.defined(),
        }
    }

    /// Puts a code into a column, or into a new one.
    pub(super) fn put(&mut self, response: &'static Response, purpose: Purpose) {
        let mut responses = self.responses().to_vec();
        match purpose {
            Purpose::Replace(column) => responses[column] = response,
            Purpose::Add => {
                responses.push(response);
                self.column = responses.len() - 1;
            }
        }
        self.show(&responses);
    }

    fn scroll(&mut self, action: &Action, viewport: &Viewport) {
        match action {
            Action::First => self.reader.show_start(),
            Action::Last => self.reader.show_end(viewport.page),
            action => {
                if let Some(rows) = steps(action, viewport.page.shown()) {
                    self.reader.scroll(rows, viewport.page);
                }
            }
        }
    }
}

impl App {
    pub(super) fn update_comparison(&mut self, action: Action) -> Option<Effect> {
        let Some(Overlay::Compare(columns)) = self.overlays.last_mut() else {
            return None;
        };
        match action {
            Action::Back => {
                self.overlays.pop();
            }
            Action::NextPane => columns.turn(true),
            Action::PreviousPane => columns.turn(false),
            Action::Swap => columns.swap(),
            Action::Fold => {
                columns.fold();
                let equal = if columns.folded { "folded" } else { "unfolded" };
                self.notify(format!("equal rows {equal}"));
            }
            Action::NextLink | Action::PreviousLink => {
                let forward = action == Action::NextLink;
                columns
                    .reader
                    .turn_link(forward, &self.viewport.links, self.viewport.page);
            }
            Action::Search | Action::Insert(_) => {
                let mut chooser = Chooser::new(Purpose::Replace(columns.column));
                if let Action::Insert(letter) = action {
                    chooser.insert(letter);
                }
                self.overlays.push(Overlay::Choose(chooser));
            }
            Action::AddColumn => self
                .overlays
                .push(Overlay::Choose(Chooser::new(Purpose::Add))),
            Action::RemoveColumn => {
                let mut responses = columns.responses().to_vec();
                responses.remove(columns.column);
                columns.show(&responses);
            }
            Action::Open => return self.open_from_comparison(),
            Action::OpenLink => {
                let section = columns.section_to_open();
                return section.map(|section| Effect::OpenUrl(section.url()));
            }
            Action::Click { column, row } => {
                if let Some(link) = self.viewport.link_at(column, row) {
                    let again = columns.reader.link() == Some(link);
                    columns.reader.select(link);
                    return if again {
                        self.open_from_comparison()
                    } else {
                        None
                    };
                }
            }
            action => columns.scroll(&action, &self.viewport),
        }
        None
    }

    fn open_from_comparison(&mut self) -> Option<Effect> {
        let columns = self.columns()?;
        match columns.reader.selected() {
            Some(Link::Section(cite)) => Some(Effect::OpenUrl(cite.url())),
            Some(Link::Entry(Entry::Response(response))) => {
                self.leave_comparison_for(response);
                None
            }
            None => {
                let response = columns.focused()?;
                self.leave_comparison_for(response);
                None
            }
        }
    }
}
