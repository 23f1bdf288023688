//! Choosing a code for a column of the comparison, by the same search.

use super::action::{Action, Insert};
use super::notice::Notice;
use super::picking::{Picked, Picking};
use super::step::{Purpose, Step};
use super::viewport::Rows;
use crate::catalog::{Entry, Response};
use crate::search::{Hit, Sets, search};

/// A code that is being chosen.
#[derive(Debug)]
pub struct Chooser {
    pub purpose: Purpose,
    pub picking: Picking,
    /// What stands in the comparison already.
    compared: Vec<&'static Response>,
    hits: Vec<Hit>,
}

impl Chooser {
    /// Begins with every code, or with those that a letter finds.
    pub(super) fn new(
        purpose: Purpose,
        typed: Option<char>,
        compared: &[&'static Response],
    ) -> Self {
        let mut chooser = Self {
            purpose,
            picking: Picking::default(),
            compared: compared.to_vec(),
            hits: Vec::new(),
        };
        if let Some(letter) = typed {
            chooser.picking.line.insert(&Insert::Letter(letter));
        }
        chooser.search();
        chooser
    }

    fn search(&mut self) {
        self.hits = search(self.picking.line.text(), &Sets::default()).hits;
    }

    pub fn hits(&self) -> &[Hit] {
        &self.hits
    }

    /// Returns whether a code stands in the comparison already.
    pub fn is_compared(&self, entry: Entry) -> bool {
        let response = entry.response();
        response.is_some_and(|response| self.compared.contains(&response))
    }

    /// Returns the rows to show, given those shown before and how many fit now.
    pub fn viewport(&self, before: Rows) -> Rows {
        self.picking.viewport(self.hits.len(), before)
    }

    pub(super) fn update(&mut self, action: &Action, shown: Rows) -> Step {
        match self.picking.update(action, self.hits.len(), shown) {
            Picked::Narrowed => self.search(),
            Picked::Taken => return self.take(),
            Picked::Closed => return Step::Close,
            Picked::Missed | Picked::Other => {}
        }
        Step::Stay
    }

    fn take(&self) -> Step {
        match self.selected() {
            Ok(response) => Step::Take(response, self.purpose),
            Err(why) => Step::Say(Notice::error(why)),
        }
    }

    /// Returns the selected code, if it can be taken.
    fn selected(&self) -> Result<&'static Response, String> {
        let entry = self.hits.get(self.picking.index()).map(|hit| hit.entry);
        let response = entry.and_then(Entry::response);
        let response = response.ok_or("nothing fits, so there is no code to take")?;
        if self.compared.contains(&response) {
            return Err(format!("{} is in the comparison already", response.code));
        }
        Ok(response)
    }

    pub(super) fn applies(&self, action: &Action) -> Result<(), String> {
        if *action == Action::Open {
            return self.selected().map(drop);
        }
        Ok(())
    }
}
