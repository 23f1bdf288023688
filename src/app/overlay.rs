//! What lies over the panes: one kind each, that takes what it needs of an action.

use super::action::Action;
use super::chooser::Chooser;
use super::columns::Columns;
use super::finder::Finder;
use super::help::Help;
use super::kept::Kept;
use super::mode::Mode;
use super::note::NoteEditor;
use super::outline::Outline;
use super::step::Step;
use super::viewport::Viewport;

/// What lies over the panes; the topmost takes the keys.
#[derive(Debug)]
pub enum Overlay {
    Compare(Box<Columns>),
    Choose(Chooser),
    Outline(Outline),
    Find(Finder),
    Note(NoteEditor),
    Help(Help),
}

impl Overlay {
    pub(super) fn mode(&self) -> Mode {
        match self {
            Self::Compare(_) => Mode::Compare,
            Self::Choose(_) => Mode::Choose,
            Self::Outline(_) => Mode::Outline,
            Self::Find(_) => Mode::Find,
            Self::Note(_) => Mode::Note,
            Self::Help(_) => Mode::Help,
        }
    }

    pub(super) fn columns(&self) -> Option<&Columns> {
        match self {
            Self::Compare(columns) => Some(columns),
            _ => None,
        }
    }

    pub(super) fn columns_mut(&mut self) -> Option<&mut Columns> {
        match self {
            Self::Compare(columns) => Some(columns),
            _ => None,
        }
    }

    pub(super) fn editor(&self) -> Option<&NoteEditor> {
        match self {
            Self::Note(editor) => Some(editor),
            _ => None,
        }
    }

    pub(super) fn update(&mut self, action: &Action, kept: &mut Kept, viewport: &Viewport) -> Step {
        match self {
            Self::Compare(columns) => columns.update(action, viewport),
            Self::Choose(chooser) => chooser.update(action, viewport.overlay),
            Self::Outline(outline) => outline.update(action, viewport.overlay),
            Self::Find(finder) => finder.update(action),
            Self::Note(editor) => editor.update(action, kept),
            Self::Help(help) => help.update(action, viewport),
        }
    }

    /// Says why a command can do nothing now, if so.
    pub(super) fn applies(&self, action: &Action) -> Result<(), String> {
        match self {
            Self::Compare(columns) => columns.applies(action),
            Self::Choose(chooser) => chooser.applies(action),
            Self::Outline(outline) => outline.applies(action),
            Self::Find(_) | Self::Note(_) | Self::Help(_) => Ok(()),
        }
    }
}
