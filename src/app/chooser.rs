//! Chooser a code for a column of the comparison, by the same search.

use super::action::Action;
use super::columns::Columns;
use super::edit_line::EditLine;
use super::viewport::Rows;
use super::{App, Overlay, steps};
use crate::catalog::Response;
use crate::search::{Hit, Sets, search};

/// What the chosen code is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To take the place of the code in this column.
    Replace(usize),
    /// To stand in a new column.
    Add,
}

/// A code that is being chosen.
#[derive(Debug)]
pub struct Chooser {
    pub purpose: Purpose,
    pub line: EditLine,
    hits: Vec<Hit>,
    selected: usize,
}

impl Chooser {
    pub(super) fn new(purpose: Purpose) -> Self {
        let mut chooser = Self {
            purpose,
            line: EditLine::default(),
            hits: Vec::new(),
            selected: 0,
        };
        chooser.search();
        chooser
    }

    pub(super) fn insert(&mut self, letter: char) {
        self.line.insert(letter);
        self.search();
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

    /// Returns the rows to show, given those shown before and how many fit now.
    pub fn viewport(&self, before: Rows) -> Rows {
        Rows {
            total: self.hits.len(),
            ..before
        }
        .around(self.selected)
    }

    fn selected(&self) -> Option<&'static Response> {
        self.hits.get(self.selected)?.entry.response()
    }
}

impl App {
    pub(super) fn update_choice(&mut self, action: Action) {
        let overlay = self.viewport.overlay;
        let Some(Overlay::Choose(chooser)) = self.overlays.last_mut() else {
            return;
        };
        match action {
            Action::Back => {
                self.overlays.pop();
            }
            Action::Insert(letter) => chooser.insert(letter),
            Action::Paste(text) => {
                chooser.line.paste(&text);
                chooser.search();
            }
            Action::Edit(edit) => {
                chooser.line.edit(edit);
                if !edit.only_moves() {
                    chooser.search();
                }
            }
            Action::Click { column, row } => {
                if let Some(row) = overlay.at(column, row) {
                    chooser.selected = row;
                    self.take_choice();
                }
            }
            Action::Open => self.take_choice(),
            action => {
                if let Some(hits) = steps(&action, overlay.shown()) {
                    chooser.step(hits);
                }
            }
        }
    }

    /// Returns the selected code and what it is for, if it can be taken.
    pub(super) fn choice(&self) -> Result<(&'static Response, Purpose), String> {
        let chooser = self
            .overlays
            .iter()
            .rev()
            .find_map(|overlay| match overlay {
                Overlay::Choose(chooser) => Some(chooser),
                _ => None,
            });
        let chosen = chooser.and_then(|chooser| Some((chooser.selected()?, chooser.purpose)));
        let (response, purpose) = chosen.ok_or("nothing fits, so there is no code to take")?;
        let mut compared = self.columns().into_iter().flat_map(Columns::responses);
        if compared.any(|other| *other == response) {
            return Err(format!("{} is in the comparison already", response.code));
        }
        Ok((response, purpose))
    }

    fn take_choice(&mut self) {
        let (response, purpose) = match self.choice() {
            Ok(choice) => choice,
            Err(why) => return self.warn(why),
        };
        self.overlays.pop();
        if let Some(Overlay::Compare(columns)) = self.overlays.last_mut() {
            columns.put(response, purpose);
        }
    }
}
