//! Choosing a code for a column of the comparison, by the same search.

use super::action::Action;
use super::line::Line;
use super::viewport::Rows;
use super::{App, Layer, steps};
use crate::catalog::{Codes, Response};
use crate::search::{Hit, search};

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
pub struct Choosing {
    pub purpose: Purpose,
    pub line: Line,
    hits: Vec<Hit>,
    selected: usize,
}

impl Choosing {
    pub(super) fn new(purpose: Purpose) -> Self {
        let mut choosing = Self {
            purpose,
            line: Line::default(),
            hits: Vec::new(),
            selected: 0,
        };
        choosing.search();
        choosing
    }

    pub(super) fn insert(&mut self, letter: char) {
        self.line.insert(letter);
        self.search();
    }

    fn search(&mut self) {
        self.hits = search(self.line.text(), &Codes::new()).hits;
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
        self.hits.get(self.selected).map(|hit| hit.response)
    }
}

impl App {
    pub(super) fn update_choice(&mut self, action: Action) {
        let overlay = self.viewport.overlay;
        let Some(Layer::Choose(choosing)) = self.layers.last_mut() else {
            return;
        };
        match action {
            Action::Back => {
                self.layers.pop();
            }
            Action::Insert(letter) => choosing.insert(letter),
            Action::Paste(text) => {
                choosing.line.paste(&text);
                choosing.search();
            }
            Action::Edit(edit) => {
                choosing.line.edit(edit);
                if !edit.only_moves() {
                    choosing.search();
                }
            }
            Action::Click { column, row } => {
                if let Some(row) = overlay.at(column, row) {
                    choosing.selected = row;
                    self.take_choice();
                }
            }
            Action::Open => self.take_choice(),
            action => {
                if let Some(hits) = steps(&action, overlay.shown()) {
                    choosing.step(hits);
                }
            }
        }
    }

    fn take_choice(&mut self) {
        let Some(Layer::Choose(choosing)) = self.layers.last() else {
            return;
        };
        let Some(response) = choosing.selected() else {
            return;
        };
        let purpose = choosing.purpose;
        self.layers.pop();
        let Some(Layer::Compare(comparing)) = self.layers.last_mut() else {
            return;
        };
        if let Err(error) = comparing.put(response, purpose) {
            self.warn(error);
        }
    }
}
