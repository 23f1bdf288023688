//! Choosing a code for a column of the comparison, by the same search.

use super::action::{Action, Insert, Point, wheel_rows};
use super::edit_line::EditLine;
use super::notice::Notice;
use super::step::{Purpose, Step};
use super::viewport::Rows;
use crate::catalog::{Entry, Response};
use crate::search::{Hit, Sets, search};

/// A code that is being chosen.
#[derive(Debug)]
pub struct Chooser {
    pub purpose: Purpose,
    pub line: EditLine,
    /// What stands in the comparison already.
    compared: Vec<&'static Response>,
    hits: Vec<Hit>,
    selected: usize,
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
            line: EditLine::default(),
            compared: compared.to_vec(),
            hits: Vec::new(),
            selected: 0,
        };
        if let Some(letter) = typed {
            chooser.line.insert(&Insert::Letter(letter));
        }
        chooser.search();
        chooser
    }

    fn search(&mut self) {
        self.hits = search(self.line.text(), &Sets::default()).hits;
        self.selected = 0;
    }

    fn step(&mut self, hits: isize) {
        let last = self.hits.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(hits).min(last);
    }

    pub fn hits(&self) -> &[Hit] {
        &self.hits
    }

    pub fn index(&self) -> usize {
        self.selected
    }

    /// Returns whether a code stands in the comparison already.
    pub fn is_compared(&self, entry: Entry) -> bool {
        let response = entry.response();
        response.is_some_and(|response| self.compared.contains(&response))
    }

    /// Returns the rows to show, given those shown before and how many fit now.
    pub fn viewport(&self, before: Rows) -> Rows {
        Rows {
            total: self.hits.len(),
            ..before
        }
        .around(self.selected)
    }

    pub(super) fn update(&mut self, action: &Action, shown: Rows) -> Step {
        match action {
            Action::Move(by) => self.step(by.rows(shown.shown())),
            Action::Point(Point::Wheel { down, .. }) => self.step(wheel_rows(*down)),
            Action::Point(Point::Click { column, row }) => {
                if let Some(row) = shown.at(*column, *row) {
                    self.selected = row;
                    return self.take();
                }
            }
            Action::Insert(insert) => {
                self.line.insert(insert);
                self.search();
            }
            Action::Edit(edit) => {
                if self.line.edit(*edit) {
                    self.search();
                }
            }
            Action::Open => return self.take(),
            Action::Back => return Step::Close,
            Action::Nothing
            | Action::Global(_)
            | Action::Reading(_)
            | Action::Pane(_)
            | Action::Column(_) => {}
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
        let entry = self.hits.get(self.selected).map(|hit| hit.entry);
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
