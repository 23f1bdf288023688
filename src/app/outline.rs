//! The outline of a page that is being read: its sections, narrowed by letters.

use super::action::{Action, ReadingCommand};
use super::picking::{Picked, Picking};
use super::step::Step;
use super::viewport::Rows;
use crate::document::{Document, section_name};

/// A section: the number of its heading among the blocks of the page, and the heading.
#[derive(Debug)]
pub struct Section {
    pub block: usize,
    pub heading: String,
}

#[derive(Debug)]
pub struct Outline {
    pub picking: Picking,
    sections: Vec<Section>,
    /// Which of them have the letters that were typed.
    fitting: Vec<usize>,
    /// The section that one is in.
    here: Option<usize>,
}

impl Outline {
    /// Begins with all sections, at the one that one is in.
    pub(super) fn new(document: &Document, here: Option<usize>) -> Self {
        let section = |(block, heading): (usize, &str)| Section {
            block,
            heading: heading.to_owned(),
        };
        let sections: Vec<Section> = document.headings().map(section).collect();
        Self {
            picking: Picking::at(here.unwrap_or_default()),
            fitting: (0..sections.len()).collect(),
            sections,
            here,
        }
    }

    fn narrow(&mut self) {
        let typed = self.picking.line.text().to_lowercase();
        let words: Vec<&str> = typed.split_whitespace().collect();
        let fitting = |fits: fn(&str, &str) -> bool| -> Vec<usize> {
            let has_all = |index: &usize| {
                let heading = self.sections[*index].heading.to_lowercase();
                words.iter().all(|word| fits(&heading, word))
            };
            (0..self.sections.len()).filter(has_all).collect()
        };
        // What begins with the letters, or else what has them anywhere.
        let mut found = fitting(|heading, typed| {
            let mut words = heading.split_whitespace();
            words.any(|word| word.starts_with(typed))
        });
        if found.is_empty() {
            found = fitting(|heading, typed| heading.contains(typed));
        }
        self.fitting = found;
    }

    /// Returns the sections that fit, each with whether one is in it.
    pub fn shown(&self) -> impl ExactSizeIterator<Item = (&Section, bool)> {
        let fitting = self.fitting.iter();
        fitting.map(|index| (&self.sections[*index], Some(*index) == self.here))
    }

    /// Returns how many sections the page has.
    pub fn len(&self) -> usize {
        self.sections.len()
    }

    pub fn is_empty(&self) -> bool {
        self.sections.is_empty()
    }

    /// Returns the rows to show, given those shown before and how many fit now.
    pub fn viewport(&self, before: Rows) -> Rows {
        self.picking.viewport(self.fitting.len(), before)
    }

    pub(super) fn update(&mut self, action: &Action, shown: Rows) -> Step {
        if *action == Action::Reading(ReadingCommand::CopySection) {
            return self.copy();
        }
        match self.picking.update(action, self.fitting.len(), shown) {
            Picked::Narrowed => self.narrow(),
            Picked::Taken => return self.open(),
            Picked::Closed => return Step::Close,
            Picked::Missed | Picked::Other => {}
        }
        Step::Stay
    }

    fn selected(&self) -> Option<&Section> {
        let index = self.fitting.get(self.picking.index())?;
        self.sections.get(*index)
    }

    fn open(&self) -> Step {
        let selected = self.selected();
        selected.map_or(Step::Stay, |section| Step::GoTo(section.block).closing())
    }

    fn copy(&self) -> Step {
        let name = self
            .selected()
            .and_then(|section| section_name(&section.heading));
        name.map_or(Step::Stay, Step::copy_section)
    }

    pub(super) fn applies(&self, action: &Action) -> Result<(), String> {
        let needs_one = matches!(
            action,
            Action::Open | Action::Reading(ReadingCommand::CopySection)
        );
        if needs_one && self.selected().is_none() {
            return Err("no section has these letters".into());
        }
        Ok(())
    }
}
