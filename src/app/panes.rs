//! The search line, the list and the page: what the user does where nothing lies over them.

use super::action::{Action, Effect, Insert, Move, PaneCommand, Point, ReadingCommand};
use super::earlier::Earlier;
use super::edit_line::EditLine;
use super::kept::Kept;
use super::list::List;
use super::mode::Pane;
use super::notice::Notice;
use super::reader::{Reader, Spot, Top};
use super::scope::Scope;
use super::sought::Sought;
use super::step::Step;
use super::subject::Subject;
use super::travel::PageVisit;
use super::viewport::Viewport;
use crate::catalog::{Citation, Entry, Response, StatusCode};
use crate::choices::Start;
use crate::document::{Document, Link};
use crate::text;

#[derive(Debug)]
pub(super) struct Panes {
    pub(super) query: EditLine,
    pub(super) list: List,
    pub(super) reader: Reader,
    /// What the page is about; none while nothing fits the query.
    pub(super) shown: Option<Subject>,
    pub(super) focus: Pane,
    pub(super) marks: Vec<StatusCode>,
    pub(super) earlier: Earlier,
    /// Where the query was begun by a key that was typed elsewhere: what Esc brings back.
    begun: Option<(Pane, PageVisit)>,
    /// Whether the page that is read has the whole width.
    pub(super) zoomed: bool,
    /// Whether nothing is beside it, be it by that or since the window is narrow.
    pub(super) fills: bool,
    /// Where one was on pages that one may come back to.
    read: Vec<(Subject, Spot)>,
    /// The hit that was opened last, and the query that found it.
    opened: Option<(Entry, String)>,
    /// The Call-ID of the call whose messages were asked for.
    pub(super) asked: Option<String>,
}

impl Panes {
    pub(super) fn new(query: &str, start: Start, kept: &Kept) -> Self {
        let mut panes = Self {
            query: EditLine::with(query),
            list: List::default(),
            reader: Reader::default(),
            shown: None,
            focus: match start {
                Start::Search => Pane::Search,
                Start::List => Pane::List,
                Start::Detail => Pane::Detail,
            },
            marks: Vec::new(),
            earlier: Earlier::default(),
            begun: None,
            zoomed: false,
            fills: false,
            read: Vec::new(),
            opened: None,
            asked: None,
        };
        panes.search(kept);
        panes
    }

    /// Makes the list anew from the query, and shows what is selected then.
    pub(super) fn search(&mut self, kept: &Kept) {
        self.list.search(self.query.text(), &kept.bookmarks);
        self.show_selected();
    }

    pub(super) fn show_selected(&mut self) {
        self.show(self.list.selected());
    }

    /// Shows the page of something, or that nothing fits.
    pub(super) fn show(&mut self, selected: Option<Subject>) {
        if self.shown != selected {
            self.remember();
        } else if selected.is_some() && !self.is_unread() {
            return;
        }
        if let Some(subject) = &selected {
            self.reader = Reader::of(subject.clone(), self.list.trace());
            let mut read = self.read.iter();
            if let Some((_, spot)) = read.find(|(other, _)| other == subject) {
                self.reader.go_to(*spot);
            }
        } else {
            let shown = beginning(self.query.text());
            let page = Document::of_nothing(&shown, self.list.remark());
            self.reader = Reader::new(page);
        }
        self.shown = selected;
    }

    /// Keeps where one is on the page that is shown, for when one comes back to it.
    fn remember(&mut self) {
        let Some(shown) = self.shown.clone() else {
            return;
        };
        self.read.retain(|(other, _)| *other != shown);
        let spot = self.reader.spot();
        if spot != Spot::default() {
            self.read.push((shown, spot));
        }
    }

    /// Writes on the page what the user keeps of it by now.
    pub(super) fn put_note(&mut self, kept: &Kept) {
        let note = self.code().and_then(|code| kept.remark(code));
        self.reader.put_note(note);
    }

    pub(super) fn is_marked(&self, code: StatusCode) -> bool {
        self.marks.contains(&code)
    }

    pub(super) fn update(&mut self, action: &Action, kept: &mut Kept, viewport: &Viewport) -> Step {
        let turns = matches!(action, Action::Move(_) | Action::Pane(PaneCommand::Earlier));
        if !turns {
            self.earlier.leave();
        }
        match action {
            Action::Move(by) if self.turn_query(*by, kept) => {}
            Action::Move(by) => self.step(*by, viewport),
            Action::Point(Point::Wheel { column, row, down }) => {
                self.wheel((*column, *row), *down, viewport);
            }
            Action::Point(Point::Click { column, row }) => {
                return self.click((*column, *row), viewport);
            }
            Action::Insert(Insert::Letter('?'))
                if self.focus == Pane::Search && self.query.text().is_empty() =>
            {
                return Step::Help;
            }
            Action::Insert(insert) => {
                // What is typed from elsewhere begins a new query.
                if self.focus != Pane::Search || self.query.is_selected() {
                    self.earlier.keep(self.query.text());
                }
                if self.focus != Pane::Search {
                    self.begun = self.visit().map(|visit| (self.focus, visit));
                    self.query = EditLine::default();
                    self.focus = Pane::Search;
                }
                self.query.insert(insert);
                self.search(kept);
            }
            Action::Edit(edit) => {
                let was = self.query.text().to_owned();
                if self.query.edit(*edit) {
                    if self.query.text().is_empty() {
                        self.earlier.keep(&was);
                    }
                    self.search(kept);
                }
            }
            Action::Open => return self.open(),
            Action::Back => self.back(kept),
            Action::Reading(command) => return self.read(*command, viewport),
            Action::Pane(command) => return self.command(*command, kept),
            Action::Nothing | Action::Global(_) | Action::Column(_) => {}
        }
        Step::Stay
    }

    fn read(&mut self, command: ReadingCommand, viewport: &Viewport) -> Step {
        match command {
            ReadingCommand::Search => {
                self.turn_to(Pane::Search);
                self.query.select();
            }
            ReadingCommand::NextPane => self.turn_to(self.focus.next()),
            ReadingCommand::PreviousPane => self.turn_to(self.focus.previous()),
            ReadingCommand::OpenLink => return Step::open_url(self.section_to_open()),
            command => return self.reader.read(command, viewport),
        }
        Step::Stay
    }

    /// Gives a pane the focus; a query that was begun elsewhere is one like any other from then on.
    pub(super) fn turn_to(&mut self, pane: Pane) {
        self.focus = pane;
        self.begun = None;
    }

    fn command(&mut self, command: PaneCommand, kept: &mut Kept) -> Step {
        match command {
            PaneCommand::ToList => self.focus = Pane::List,
            PaneCommand::Zoom if self.fills && !self.zoomed && self.focus == Pane::Detail => {
                return Step::Say(Notice::error("the page has the whole width already"));
            }
            PaneCommand::Zoom => {
                self.zoomed = self.focus != Pane::Detail || !self.zoomed;
                self.turn_to(Pane::Detail);
            }
            PaneCommand::NextClass => self.turn_class(true),
            PaneCommand::PreviousClass => self.turn_class(false),
            PaneCommand::Mark => self.mark(),
            PaneCommand::Compare => {
                return self.codes_to_compare().map_or(Step::Stay, Step::Compare);
            }
            PaneCommand::Bookmark => {
                return self.code().map_or(Step::Stay, |code| kept.turn(code));
            }
            PaneCommand::OnlyBookmarks => self.turn_scope(kept),
            PaneCommand::AllCodes => self.turn_traced(kept),
            PaneCommand::ByCount => self.turn_order(kept),
            PaneCommand::Redact => return self.turn_redaction(),
            PaneCommand::StopReading => return Step::Do(Effect::StopReading),
            PaneCommand::Earlier => self.older_query(kept),
            PaneCommand::EditNote => return self.code().map_or(Step::Stay, Step::EditNote),
            PaneCommand::Copy => return self.copy(),
        }
        Step::Stay
    }

    /// Returns the status code whose page is shown.
    pub(super) fn code(&self) -> Option<StatusCode> {
        self.shown.as_ref()?.entry()?.code()
    }

    /// Returns the response whose page is shown, or that of the message.
    pub(super) fn response(&self) -> Option<&'static Response> {
        self.shown.as_ref()?.response()
    }

    fn copy(&self) -> Step {
        match &self.shown {
            Some(Subject::Entry(entry)) => Step::Do(Effect::Copy(entry.title())),
            Some(_) => Step::Do(Effect::CopyText),
            None => Step::Stay,
        }
    }

    fn back(&mut self, kept: &Kept) {
        if self.focus == Pane::Search
            && let Some((pane, visit)) = self.begun.take()
        {
            self.return_to(visit, kept);
            self.focus = pane;
            return;
        }
        match self.focus {
            Pane::Search if self.query.text().is_empty() => self.focus = Pane::List,
            Pane::Search => self.clear_query(kept),
            Pane::List if self.marks.is_empty() && self.list.scope() == Scope::Bookmarks => {
                self.turn_scope(kept);
            }
            Pane::List if self.marks.is_empty() && !self.query.text().is_empty() => {
                self.clear_query(kept);
            }
            Pane::List => self.marks.clear(),
            Pane::Detail if self.reader.is_finding() => self.reader.seek(None),
            Pane::Detail => self.focus = Pane::List,
        }
    }

    /// Lists all again; what is shown stays selected.
    fn clear_query(&mut self, kept: &Kept) {
        self.earlier.keep(self.query.text());
        self.list.keep_selected();
        let code = self.response().map(Entry::from);
        self.query = EditLine::default();
        self.search(kept);
        // Of a message that is gone the page of its code stays.
        if let Some(code) = code
            && self.list.select(&code.into())
        {
            self.show_selected();
        }
    }

    pub(super) fn open(&mut self) -> Step {
        if self.focus != Pane::Detail {
            self.earlier.keep(self.query.text());
            self.turn_to(Pane::Detail);
            self.go_to_hit();
            return Step::Stay;
        }
        match self.reader.selected() {
            Some(Link::Section(cite)) => Step::open_url(Some(cite)),
            Some(link) => self.leads(link).map_or(Step::Stay, Step::Follow),
            None => Step::Stay,
        }
    }

    /// Shows the place for which the selected hit is there, with the words marked; one that was shown stays as it was left.
    fn go_to_hit(&mut self) {
        let Some(hit) = self.list.hit() else { return };
        let Some(place) = hit.place() else { return };
        let opened = (hit.entry, self.query.text().to_owned());
        if self.opened.as_ref() == Some(&opened) {
            return;
        }
        let document = self.reader.document();
        let block = document.block_of(place.section, place.item);
        let subject = block.and_then(|block| document.subject(block));
        let sought = Sought::words(hit.used(), subject);
        self.reader.seek(sought);
        if let Some(block) = block {
            self.reader.show(Top::Item(block));
        }
        self.opened = Some(opened);
    }

    /// Returns the section of the selected link, or else of the whole page.
    pub(super) fn section_to_open(&self) -> Option<Citation> {
        let in_page = self.focus == Pane::Detail;
        match self.reader.selected().filter(|_| in_page) {
            Some(link) => link.section(),
            None => self.reader.document().source,
        }
    }

    /// Moves the selection of the list, or scrolls the page.
    fn step(&mut self, by: Move, viewport: &Viewport) {
        if self.focus == Pane::Detail {
            self.reader.step(by, viewport);
        } else {
            self.list.step(by.rows(viewport.list.shown()));
            self.show_selected();
        }
    }

    /// Goes from the first row up to an earlier query, and down again to a later one; says whether there is one.
    fn turn_query(&mut self, by: Move, kept: &Kept) -> bool {
        let is_first = self.focus == Pane::Search && self.list.index() == 0;
        let query = match by {
            Move::Up if is_first => self.earlier.older(self.query.text()),
            Move::Down if is_first => self.earlier.newer(),
            _ => {
                self.earlier.leave();
                None
            }
        };
        let query = query.map(EditLine::with);
        let turned = query.is_some();
        if let Some(query) = query {
            self.query = query;
            self.search(kept);
        }
        turned
    }

    fn older_query(&mut self, kept: &Kept) {
        self.focus = Pane::Search;
        if let Some(query) = self.earlier.older(self.query.text()).map(EditLine::with) {
            self.query = query;
            self.search(kept);
        }
    }

    fn turn_class(&mut self, forward: bool) {
        self.list.turn_class(forward);
        self.show_selected();
    }

    fn turn_scope(&mut self, kept: &Kept) {
        self.list.set_scope(match self.list.scope() {
            Scope::Bookmarks if self.list.trace().is_some() => Scope::Traced,
            Scope::Bookmarks => Scope::All,
            Scope::All | Scope::Traced => Scope::Bookmarks,
        });
        self.search(kept);
    }

    /// Marks the shown code for a comparison, or takes the mark away.
    fn mark(&mut self) {
        let Some(code) = self.response().map(|page| page.code) else {
            return;
        };
        if let Some(index) = self.marks.iter().position(|mark| *mark == code) {
            self.marks.remove(index);
        } else {
            self.marks.push(code);
        }
    }
}

/// Returns as much of a query as a title has room for, on one line.
fn beginning(query: &str) -> String {
    const ROOM: usize = 60;
    let line = text::clean(query);
    let line = line.trim();
    match line.char_indices().nth(ROOM) {
        Some((end, _)) => format!("{}...", &line[..end]),
        None => line.to_owned(),
    }
}
