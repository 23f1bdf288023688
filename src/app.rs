//! What is on the screen and what the user may do: no terminal, no disk, no clock.

pub mod action;
mod applies;
pub mod chooser;
pub mod columns;
pub mod edit_line;
mod explorer;
mod keep;
pub mod list;
pub mod note;
pub mod reader;
mod travel;
pub mod viewport;

use std::collections::BTreeMap;

use crate::bookmarks::{Bookmark, Bookmarks};
use crate::catalog::{Response, StatusCode};
use crate::choices::Start;
use crate::compare::Compared;
use crate::document::Document;
use action::{Action, Effect};
use chooser::Chooser;
use columns::Columns;
use edit_line::EditLine;
use list::List;
use note::NoteEditor;
use reader::Reader;
use travel::Visit;
use viewport::{Area, Viewport};

/// What takes the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Search,
    List,
    Detail,
    Compare,
    Choose,
    Note,
    Help,
}

/// The part of the explorer that has the focus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    #[default]
    Search,
    List,
    Detail,
}

/// What lies over the explorer; the topmost takes the keys.
#[derive(Debug)]
pub enum Overlay {
    Compare(Box<Columns>),
    Choose(Chooser),
    Note(NoteEditor),
    /// The help, from which row on.
    Help(usize),
}

/// A line for the user at the foot of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub text: String,
    pub is_error: bool,
}

/// Where the explorer opens.
#[derive(Clone, Debug, Default)]
pub struct Opening {
    pub query: Option<String>,
    pub code: Option<StatusCode>,
    pub compare: Option<Compared>,
    pub start: Start,
    pub mouse: bool,
}

#[derive(Debug)]
pub struct App {
    query: EditLine,
    list: List,
    reader: Reader,
    /// The response whose page is shown; none while nothing fits the query.
    shown: Option<&'static Response>,
    focus: Pane,
    marks: Vec<StatusCode>,
    bookmarks: Bookmarks,
    /// Bookmarks taken away since the start, so that the same key brings them back with their notes.
    removed: BTreeMap<StatusCode, Bookmark>,
    /// Notes that were left without saving.
    drafts: BTreeMap<StatusCode, String>,
    visited: Vec<Visit>,
    overlays: Vec<Overlay>,
    notice: Option<Notice>,
    /// Whether there are changes that are not in the file yet.
    unsaved: bool,
    mouse: bool,
    viewport: Viewport,
    /// Whether something changed that the viewport does not know of yet; scrolling is no such thing.
    unseen: bool,
}

impl App {
    pub fn new(bookmarks: Bookmarks, opening: &Opening) -> Self {
        let mut app = Self {
            query: EditLine::with(opening.query.as_deref().unwrap_or_default()),
            list: List::default(),
            reader: Reader::default(),
            shown: None,
            focus: match opening.start {
                Start::Search => Pane::Search,
                Start::List => Pane::List,
                Start::Detail => Pane::Detail,
            },
            marks: Vec::new(),
            bookmarks,
            removed: BTreeMap::new(),
            drafts: BTreeMap::new(),
            visited: Vec::new(),
            overlays: Vec::new(),
            notice: None,
            unsaved: false,
            mouse: opening.mouse,
            viewport: Viewport::default(),
            unseen: true,
        };
        app.search();
        if let Some(code) = opening.code {
            app.go_to(code);
            app.focus = Pane::Detail;
        }
        if let Some(compared) = &opening.compare {
            app.go_to(compared[0].code);
            app.overlays
                .push(Overlay::Compare(Box::new(Columns::new(compared))));
        }
        app
    }

    /// Does what the user asked for; what needs the disk or the terminal is returned.
    pub fn update(&mut self, action: Action) -> Option<Effect> {
        // What is said stays on a screen that is only painted anew.
        if action == Action::Repaint {
            return Some(Effect::Repaint);
        }
        self.unseen |= self.notice.take().is_some();
        if action == Action::Nothing {
            return None;
        }
        let scrolls = matches!(self.mode(), Mode::Detail | Mode::Compare | Mode::Help);
        self.unseen |= !scrolls || steps(&action, 0).is_none();
        if self.mode() != Mode::Help
            && let Err(why) = self.applies(&action)
        {
            self.warn(why);
            return None;
        }
        match action {
            Action::Quit => return Some(Effect::Quit),
            Action::Suspend => return Some(Effect::Suspend),
            Action::Reload => return Some(Effect::Reload),
            Action::NextTheme => return Some(Effect::NextTheme),
            Action::CopyPage => return Some(Effect::CopyPage),
            Action::Mouse => {
                self.mouse = !self.mouse;
                return Some(Effect::Mouse(self.mouse));
            }
            Action::Help if !matches!(self.overlays.last(), Some(Overlay::Help(_))) => {
                self.overlays.push(Overlay::Help(0));
                return None;
            }
            _ => {}
        }
        match self.overlays.last_mut() {
            Some(Overlay::Help(first)) => {
                let (shown, last) = (
                    self.viewport.overlay.shown(),
                    self.viewport.overlay.last_first(),
                );
                let Some(rows) = steps(&action, shown) else {
                    self.overlays.pop();
                    return None;
                };
                *first = first.saturating_add_signed(rows).min(last);
                None
            }
            Some(Overlay::Note(_)) => self.update_note(action),
            Some(Overlay::Choose(_)) => {
                self.update_choice(action);
                None
            }
            Some(Overlay::Compare(_)) => self.update_comparison(action),
            None => self.update_explorer(action),
        }
    }

    /// Returns whether an action counts in rows or places of what is on the screen, so that it must have
    /// been laid out since the last change.
    pub fn needs_sight(&self, action: &Action) -> bool {
        let in_sight = match action {
            Action::NextLink | Action::PreviousLink | Action::Click { .. } => true,
            action => steps(action, 0).is_some(),
        };
        self.unseen && in_sight && self.mode() != Mode::Search
    }

    /// Takes note of what the last draw showed; what it did not show is as before.
    pub fn seen(&mut self, viewport: Viewport) {
        if viewport.page.area != Area::default() {
            let compared = self
                .overlays
                .iter_mut()
                .rev()
                .find_map(|overlay| match overlay {
                    Overlay::Compare(columns) => Some(&mut columns.reader),
                    _ => None,
                });
            compared.unwrap_or(&mut self.reader).seen(viewport.page);
        }
        let list = self.viewport.list;
        self.viewport = viewport;
        self.unseen = false;
        if self.viewport.list.area == Area::default() {
            self.viewport.list.first = list.first;
        }
    }

    /// Makes the list anew from the query, and shows what is selected then.
    fn search(&mut self) {
        self.list.search(self.query.text(), &self.bookmarks);
        self.show_selected();
    }

    fn show_selected(&mut self) {
        let selected = self.list.selected();
        match selected {
            Some(response) if self.shown == Some(response) => {}
            Some(response) => self.reader = Reader::new(Document::of_response(response)),
            None => {
                let nearest = crate::search::nearest(self.query.text());
                self.reader = Reader::new(Document::of_nothing(
                    self.query.text(),
                    self.list.remark(),
                    &nearest,
                ));
            }
        }
        self.shown = selected;
    }

    pub fn notify(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice {
            text: text.into(),
            is_error: false,
        });
    }

    pub fn warn(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice {
            text: text.into(),
            is_error: true,
        });
    }

    /// Takes whether there are changes that could not be saved, which is said until they are.
    pub fn take_unsaved(&mut self, unsaved: bool) {
        self.unsaved = unsaved;
    }

    pub fn has_unsaved(&self) -> bool {
        self.unsaved
    }

    pub fn mode(&self) -> Mode {
        mode(self.overlays.last(), self.focus)
    }

    /// Returns the mode that the help is about: the one that it was opened in.
    pub fn mode_below_help(&self) -> Mode {
        let mut overlays = self.overlays.iter().rev();
        mode(
            overlays.find(|overlay| !matches!(overlay, Overlay::Help(_))),
            self.focus,
        )
    }

    /// Returns the document that is read: the topmost comparison, or the page of the explorer.
    pub fn document(&self) -> &Document {
        self.columns()
            .map_or(self.reader.document(), |columns| columns.reader.document())
    }

    pub fn columns(&self) -> Option<&Columns> {
        self.overlays
            .iter()
            .rev()
            .find_map(|overlay| match overlay {
                Overlay::Compare(columns) => Some(columns.as_ref()),
                _ => None,
            })
    }

    pub fn overlays(&self) -> &[Overlay] {
        &self.overlays
    }

    pub fn query(&self) -> &EditLine {
        &self.query
    }

    pub fn list(&self) -> &List {
        &self.list
    }

    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    pub fn shown(&self) -> Option<&'static Response> {
        self.shown
    }

    pub fn focus(&self) -> Pane {
        self.focus
    }

    pub fn marks(&self) -> &[StatusCode] {
        &self.marks
    }

    pub fn bookmarks(&self) -> &Bookmarks {
        &self.bookmarks
    }

    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    pub fn mouse(&self) -> bool {
        self.mouse
    }

    pub fn viewport(&self) -> &Viewport {
        &self.viewport
    }
}

fn mode(topmost: Option<&Overlay>, focus: Pane) -> Mode {
    match (topmost, focus) {
        (Some(Overlay::Compare(_)), _) => Mode::Compare,
        (Some(Overlay::Choose(_)), _) => Mode::Choose,
        (Some(Overlay::Note(_)), _) => Mode::Note,
        (Some(Overlay::Help(_)), _) => Mode::Help,
        (None, Pane::Search) => Mode::Search,
        (None, Pane::List) => Mode::List,
        (None, Pane::Detail) => Mode::Detail,
    }
}

const WHEEL_ROWS: isize = 3;

/// Returns how many rows an action moves; to the first and last is further than any list.
fn steps(action: &Action, shown: usize) -> Option<isize> {
    let page = isize::try_from(shown.saturating_sub(1).max(1)).unwrap_or(isize::MAX);
    Some(match action {
        Action::Up => -1,
        Action::Down => 1,
        Action::PageUp => -page,
        Action::PageDown => page,
        Action::HalfPageUp => -(page / 2).max(1),
        Action::HalfPageDown => (page / 2).max(1),
        Action::First => isize::MIN + 1,
        Action::Last => isize::MAX,
        Action::Wheel { down, .. } => {
            if *down {
                WHEEL_ROWS
            } else {
                -WHEEL_ROWS
            }
        }
        _ => return None,
    })
}

impl Pane {
    fn next(self) -> Self {
        match self {
            Self::Search => Self::List,
            Self::List => Self::Detail,
            Self::Detail => Self::Search,
        }
    }
}

#[cfg(test)]
mod tests;
