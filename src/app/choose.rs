//! Choosing a code for a column of the comparison, by the same search.

use super::action::Action;
use super::compare::Comparing;
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

    /// Returns the selected code and what it is for, if it can be taken.
    pub(super) fn choice(&self) -> Result<(&'static Response, Purpose), String> {
        let choosing = self.layers.iter().rev().find_map(|layer| match layer {
            Layer::Choose(choosing) => Some(choosing),
            _ => None,
        });
        let chosen = choosing.and_then(|choosing| Some((choosing.selected()?, choosing.purpose)));
        let (response, purpose) = chosen.ok_or("nothing fits, so there is no code to take")?;
        let mut compared = self.comparing().into_iter().flat_map(Comparing::responses);
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
        self.layers.pop();
        if let Some(Layer::Compare(comparing)) = self.layers.last_mut() {
            comparing.put(response, purpose);
        }
    }
}
