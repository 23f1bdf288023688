//! What is on the screen and what the user may do: no terminal, no disk, no clock.

pub mod action;
mod applies;
pub mod chooser;
pub mod columns;
mod counted;
mod earlier;
pub mod edit_line;
pub mod faults;
pub mod finder;
mod following;
mod global;
pub mod help;
pub mod kept;
pub mod legs;
pub mod list;
mod meaning;
mod mode;
pub mod note;
mod notice;
mod opening;
mod others;
pub mod outline;
mod overlay;
mod panes;
pub mod picking;
pub mod places;
mod pointing;
pub mod reader;
mod scope;
pub mod sought;
mod step;
pub mod subject;
pub mod trace;
mod travel;
pub mod viewport;

use crate::bookmarks::{Bookmarks, Change};
use crate::catalog::{self, Entry, StatusCode};
use crate::choices::Start;
use crate::document::Document;
use action::{Action, Effect, GlobalCommand};
use chooser::Chooser;
use columns::Columns;
use edit_line::EditLine;
use finder::Finder;
pub use following::{Again, News};
use help::Help;
use kept::Kept;
use list::List;
pub use meaning::Meaning;
pub use mode::{Mode, Pane};
use note::NoteEditor;
pub use notice::Notice;
pub use opening::{Opening, Traces};
use outline::Outline;
pub use overlay::Overlay;
use panes::Panes;
use reader::{Reader, Top};
pub use scope::Scope;
pub use step::Purpose;
use step::Step;
use trace::Trace;
use travel::{Ground, Returns, Travels, Way};
use viewport::{Area, Viewport};

#[derive(Debug)]
pub struct App {
    panes: Panes,
    overlays: Vec<Overlay>,
    kept: Kept,
    travels: Travels,
    notice: Option<Notice>,
    mouse: bool,
    viewport: Viewport,
    /// Whether something changed that the viewport does not know of yet; scrolling is no such thing.
    unseen: bool,
}

impl App {
    pub fn new(bookmarks: Bookmarks, opening: &Opening, start: Start, mouse: bool) -> Self {
        let kept = Kept::new(bookmarks);
        let query = match opening {
            Opening::Query(query) => query,
            _ => "",
        };
        let mut app = Self {
            panes: Panes::new(query, start, &kept),
            overlays: Vec::new(),
            kept,
            travels: Travels::default(),
            notice: None,
            mouse,
            viewport: Viewport::default(),
            unseen: true,
        };
        match opening {
            Opening::Nothing | Opening::Query(_) => {}
            Opening::Code(code) => app.panes.go_to_page(catalog::response(*code), &app.kept),
            Opening::Compare(compared) => {
                app.panes.go_to(compared[0], &app.kept);
                app.carry_out(Step::Compare(compared.clone()));
            }
        }
        app.panes.put_note(&app.kept);
        app
    }

    /// Does what the user asked for; what needs the disk or the terminal is returned.
    pub fn update(&mut self, action: &Action) -> Option<Effect> {
        // What is said stays on a screen that is only painted anew.
        if *action == Action::Global(GlobalCommand::Repaint) {
            return Some(Effect::Repaint);
        }
        self.unseen |= self.notice.take().is_some();
        if *action == Action::Nothing {
            return None;
        }
        let scrolls = matches!(self.mode(), Mode::Detail | Mode::Compare | Mode::Help);
        self.unseen |= !(scrolls && action.moves());
        if self.mode() != Mode::Help
            && let Err(why) = self.applies(action)
        {
            self.warn(why);
            return None;
        }
        let reads = self.mode() == Mode::Detail && !action.moves();
        let here = reads.then(|| self.panes.visit()).flatten();
        let returns = self.travels.returns(&self.panes).is_some();
        let step = match (action, self.overlays.last_mut()) {
            (Action::Global(command), _) => {
                global::step(*command, self.mode() == Mode::Help, &mut self.mouse)
            }
            (action, Some(overlay)) => overlay.update(action, &mut self.kept, &self.viewport),
            (Action::Back, None) if returns => Step::Travel(Way::Back),
            (action, None) => self.panes.update(action, &mut self.kept, &self.viewport),
        };
        // Who follows a link or goes back has said where to.
        let here = here.filter(|_| !matches!(step, Step::Follow(_) | Step::Travel(_)));
        let effect = self.carry_out(step);
        self.travels.note(here, &self.panes);
        self.panes.put_note(&self.kept);
        effect.or_else(|| self.panes.unread().map(Effect::ReadCall))
    }

    fn carry_out(&mut self, step: Step) -> Option<Effect> {
        match step {
            Step::Stay => {}
            Step::Close => drop(self.overlays.pop()),
            Step::Help => self.overlays.push(Overlay::Help(Help::default())),
            Step::Compare(compared) => {
                let columns = Columns::new(&compared, self.panes.list.trace());
                self.overlays.push(Overlay::Compare(Box::new(columns)));
            }
            Step::Choose(purpose, typed) => {
                let compared = self.columns().map_or(&[][..], Columns::responses);
                let chooser = Chooser::new(purpose, typed, compared);
                self.overlays.push(Overlay::Choose(chooser));
            }
            Step::EditNote(code) => {
                let editor = NoteEditor::new(code, &self.kept);
                self.overlays.push(Overlay::Note(editor));
            }
            Step::Take(response, purpose) => {
                self.overlays.pop();
                if let Some(columns) = self.overlays.last_mut().and_then(Overlay::columns_mut) {
                    columns.put(response, purpose);
                }
            }
            Step::Follow(subject) => self.go(|travels, ground| travels.follow(subject, ground)),
            Step::Travel(way) => self.go(|travels, ground| travels.travel(way, ground)),
            Step::Outline => {
                let here = self.viewport.section();
                self.overlays
                    .push(Overlay::Outline(Outline::new(self.document(), here)));
            }
            Step::GoTo(block) => self.reader_mut().show(Top::Block(block)),
            Step::Finder => {
                let finder = Finder::new(self.reader_mut().passage());
                self.overlays.push(Overlay::Find(finder));
            }
            Step::Find(text, from) => self.reader_mut().find(&text, from),
            Step::EndFinding => self.reader_mut().seek(None),
            Step::Say(notice) => self.notice = Some(notice),
            Step::Run(action) => return self.update(&action),
            Step::Do(effect) => return Some(effect),
            Step::Saying(notice, step) => {
                self.notice = Some(notice);
                return self.carry_out(*step);
            }
            Step::Closing(step) => {
                self.overlays.pop();
                return self.carry_out(*step);
            }
        }
        None
    }

    /// Takes a step on the way from page to page.
    fn go(&mut self, step: impl FnOnce(&mut Travels, &mut Ground<'_>)) {
        let mut ground = Ground {
            panes: &mut self.panes,
            overlays: &mut self.overlays,
            kept: &self.kept,
        };
        step(&mut self.travels, &mut ground);
    }

    /// Returns whether a comparison lies over a page that is read.
    fn is_over_page(&self) -> bool {
        self.columns().is_some() && self.panes.focus == Pane::Detail
    }

    fn reader_mut(&mut self) -> &mut Reader {
        let mut overlays = self.overlays.iter_mut().rev();
        let columns = overlays.find_map(Overlay::columns_mut);
        columns.map_or(&mut self.panes.reader, |columns| &mut columns.reader)
    }

    /// Says why a command can do nothing now, if so. A command in braces, such as `{mark}`, stands for its key.
    pub fn applies(&self, action: &Action) -> Result<(), String> {
        if self
            .below_help()
            .is_none_or(|overlay| overlay.columns().is_some())
        {
            self.travels.applies(action, self.is_over_page())?;
        }
        match self.below_help() {
            Some(overlay) => overlay.applies(action),
            None => self.panes.applies(action, &self.kept),
        }
    }

    /// Returns what a command means as things are and are shown.
    pub fn meaning(&self, action: &Action, shown: &Viewport) -> Meaning {
        if self.mode() != Mode::Help && self.applies(action).is_err() {
            return Meaning::Nothing;
        }
        let returns = self.travels.returns(&self.panes);
        match (self.overlays.last(), returns) {
            (Some(overlay), _) => overlay.meaning(action, shown.overlay),
            (None, Some(Returns::ToComparison)) if *action == Action::Back => Meaning::Other,
            // The way back, which is the same, has a hint of its own.
            (None, Some(Returns::InTrace)) if *action == Action::Back => Meaning::Nothing,
            (None, _) => self.panes.meaning(action, &self.kept, shown),
        }
    }

    /// Returns whether an action counts in rows or places of what is on the screen, so that it must have
    /// been laid out since the last change.
    pub fn needs_sight(&self, action: &Action) -> bool {
        let runs = *action == Action::Open && self.mode() == Mode::Help;
        self.unseen && (runs || action.counts_in_sight()) && self.mode() != Mode::Search
    }

    /// Takes note of what the last draw showed; what it did not show is as before.
    pub fn seen(&mut self, viewport: Viewport) {
        if viewport.page.area != Area::default() {
            self.reader_mut().seen(&viewport);
        }
        let list = self.viewport.list;
        self.viewport = viewport;
        self.panes.fills = self.viewport.list.area == Area::default();
        self.unseen = false;
        if self.viewport.list.area == Area::default() {
            self.viewport.list.first = list.first;
        }
    }

    pub fn notify(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice::of(text));
    }

    pub fn warn(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice::error(text));
    }

    /// Takes the bookmarks as they are in the file now.
    pub fn reloaded(&mut self, bookmarks: Bookmarks) {
        let same_codes = bookmarks.keys().eq(self.kept.bookmarks.keys());
        self.kept.bookmarks = bookmarks;
        if self.panes.list.scope() == Scope::Bookmarks && !same_codes {
            self.panes.list.keep_selected();
            self.panes.search(&self.kept);
        }
        self.panes.put_note(&self.kept);
    }

    /// Opens a trace, of which nothing may be read yet.
    pub fn open_trace(&mut self, trace: Trace) {
        self.panes.set_trace(trace, &self.kept);
        self.panes.put_note(&self.kept);
    }

    /// Takes what was learned of the trace.
    pub fn take_news(&mut self, news: News) {
        self.panes.take_news(news, &self.kept);
        self.panes.put_note(&self.kept);
        self.unseen = true;
    }

    /// Takes whether there are changes that could not be saved, which is said until they are.
    pub fn take_unsaved(&mut self, unsaved: bool) {
        self.kept.unsaved = unsaved;
    }

    /// Returns the changes that were typed and neither saved nor taken back.
    pub fn drafts(&self) -> Vec<Change> {
        let editors = self.overlays.iter().filter_map(Overlay::editor);
        self.kept.drafts(editors.filter_map(NoteEditor::draft))
    }
}

/// What the view reads.
impl App {
    pub fn mode(&self) -> Mode {
        let topmost = self.overlays.last();
        topmost.map_or(self.panes.focus.mode(), Overlay::mode)
    }

    /// Returns the mode that the help is about: the one that it was opened in.
    pub fn mode_below_help(&self) -> Mode {
        let below = self.below_help();
        below.map_or(self.panes.focus.mode(), Overlay::mode)
    }

    fn below_help(&self) -> Option<&Overlay> {
        let mut overlays = self.overlays.iter().rev();
        overlays.find(|overlay| !matches!(overlay, Overlay::Help(_)))
    }

    /// Returns the document that is read: the topmost comparison, or the page of the explorer.
    pub fn document(&self) -> &Document {
        let columns = self.columns().map(|columns| &columns.reader);
        columns.unwrap_or(&self.panes.reader).document()
    }

    pub fn columns(&self) -> Option<&Columns> {
        self.overlays.iter().rev().find_map(Overlay::columns)
    }

    pub fn overlays(&self) -> &[Overlay] {
        &self.overlays
    }

    pub fn query(&self) -> &EditLine {
        &self.panes.query
    }

    pub fn list(&self) -> &List {
        &self.panes.list
    }

    pub fn reader(&self) -> &Reader {
        &self.panes.reader
    }

    pub fn shown(&self) -> Option<Entry> {
        self.panes.shown.as_ref()?.entry()
    }

    pub fn focus(&self) -> Pane {
        self.panes.focus
    }

    /// Returns whether the page has the whole width.
    pub fn is_zoomed(&self) -> bool {
        self.panes.zoomed && self.panes.focus == Pane::Detail
    }

    pub fn marks(&self) -> &[StatusCode] {
        &self.panes.marks
    }

    pub fn is_marked(&self, code: StatusCode) -> bool {
        self.panes.is_marked(code)
    }

    pub fn kept(&self) -> &Kept {
        &self.kept
    }

    pub fn has_unsaved(&self) -> bool {
        self.kept.unsaved
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

#[cfg(test)]
mod tests;
