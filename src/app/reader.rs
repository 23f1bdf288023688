//! A page that is being read: how far it is scrolled, and which of its links is selected.

use std::cell::OnceCell;
use std::rc::Rc;

use super::action::{Move, ReadingCommand};
use super::notice::Notice;
use super::places::{LinkPlace, Match, Passage, Places};
use super::sought::Sought;
use super::step::Step;
use super::subject::Subject;
use super::trace::Trace;
use super::travel::Way;
use super::viewport::{Rows, Viewport};
use crate::document::{Document, Link};

const CONTEXT_ROWS: usize = 3;

/// What of a page is shown, whatever its width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Top {
    /// The passage is the first row.
    Passage(Passage),
    /// The block is the first row.
    Block(usize),
    /// The block is in view, below the heading of its section where both have room.
    Item(usize),
    /// What is found first from a passage on.
    Found(Passage),
}

impl Default for Top {
    fn default() -> Self {
        Self::Passage(Passage::default())
    }
}

/// Where somebody is in a page: what is shown, and the selected link.
pub(super) type Spot = (Top, Option<usize>);

#[derive(Debug, Default)]
pub struct Reader {
    /// What the page is about, where it is that of something, and the trace that has to do with it.
    subject: Option<Subject>,
    trace: Option<Trace>,
    /// Built when somebody looks at it: keys that come faster than frames pass by many pages.
    page: OnceCell<Page>,
    note: Option<String>,
    link: Option<usize>,
    top: Top,
    /// The row at the top as the page was laid out last; otherwise `top` says which it is.
    first: usize,
    laid_out: Option<Rc<Places>>,
    sought: Option<Sought>,
}

#[derive(Debug)]
struct Page {
    /// Never changed while another holds it: the view keeps what it laid out by the address of the document.
    document: Rc<Document>,
    links: Vec<Link>,
}

impl From<Document> for Page {
    fn from(document: Document) -> Self {
        let links = document.links();
        Self {
            document: Rc::new(document),
            links,
        }
    }
}

impl Reader {
    pub(super) fn new(document: Document) -> Self {
        Self {
            note: document.note.clone(),
            page: OnceCell::from(Page::from(document)),
            ..Self::default()
        }
    }

    /// Reads the page of something, with what a trace has of it.
    pub(super) fn of(subject: Subject, trace: Option<&Trace>) -> Self {
        Self {
            subject: Some(subject),
            trace: trace.cloned(),
            ..Self::default()
        }
    }

    fn page(&self) -> &Page {
        self.page.get_or_init(|| {
            let subject = self.subject.as_ref();
            let page = subject.map(|subject| subject.document(self.trace.as_ref()));
            Page::from(Document {
                note: self.note.clone(),
                ..page.unwrap_or_default()
            })
        })
    }

    /// Takes another document for the same place, such as one with rows folded.
    pub(super) fn replace(&mut self, document: Document) {
        *self = Self {
            top: self.top,
            sought: self.sought.take(),
            ..Self::new(document)
        };
    }

    /// Makes the page of what it is about anew, since more is known of it; the reader stays where it is.
    pub(super) fn renew(&mut self, subject: Subject, trace: Option<&Trace>) {
        let top = self.passage();
        *self = Self {
            top,
            link: self.link,
            note: self.note.take(),
            sought: self.sought.take(),
            ..Self::of(subject, trace)
        };
    }

    /// Writes a note on the page, or takes it away; the reader stays where it is.
    pub(super) fn put_note(&mut self, note: Option<&str>) {
        if self.note.as_deref() == note {
            return;
        }
        self.note = note.map(str::to_owned);
        if let Some(page) = self.page.get_mut() {
            Rc::make_mut(&mut page.document).note.clone_from(&self.note);
        }
    }

    pub fn document(&self) -> &Rc<Document> {
        &self.page().document
    }

    pub(super) fn has_links(&self) -> bool {
        !self.page().links.is_empty()
    }

    pub(super) fn has_sections(&self) -> bool {
        self.page().document.headings().next().is_some()
    }

    /// Returns the number of the selected link.
    pub fn link(&self) -> Option<usize> {
        self.link
    }

    /// Returns the row at the top where the page is laid out in a way, and so many rows are shown.
    pub fn first(&self, places: &Rc<Places>, matches: &[Match], rows: usize) -> usize {
        let is_same = |laid_out: &Rc<Places>| Rc::ptr_eq(laid_out, places);
        if self.laid_out.as_ref().is_some_and(is_same) {
            return self.first;
        }
        match self.top {
            Top::Passage(passage) => places.row_of(passage),
            Top::Block(block) => places.block(block + 1).0,
            Top::Item(block) => places.above_item(block + 1, rows),
            Top::Found(passage) => {
                let from = places.row_of(passage);
                let found = Self::first_match(places, matches, passage);
                let row = found.and_then(|found| matches.get(found)).map(Match::row);
                row.filter(|row| !(from..from + rows.max(1)).contains(row))
                    .map_or(from, |row| row.saturating_sub(rows / 3))
            }
        }
    }

    /// Returns the number of the match that one is at.
    pub fn at_match(&self, places: &Places, matches: &[Match]) -> Option<usize> {
        match (self.top, self.sought.as_ref()?.at) {
            (Top::Found(passage), _) => Self::first_match(places, matches, passage),
            (Top::Item(block), None) => {
                let (start, _) = places.block(block + 1);
                matches.iter().position(|found| found.row() >= start)
            }
            (_, at) => at.filter(|at| *at < matches.len()),
        }
    }

    /// Returns the first match from a passage on, or else that of the whole page.
    fn first_match(places: &Places, matches: &[Match], passage: Passage) -> Option<usize> {
        let from = places.row_of(passage);
        let found = matches.iter().position(|found| found.row() >= from);
        found.or((!matches.is_empty()).then_some(0))
    }

    /// Returns what is looked for in the page.
    pub fn sought(&self) -> Option<&Sought> {
        self.sought.as_ref()
    }

    /// Looks for something else, or for nothing, where one is.
    pub(super) fn seek(&mut self, sought: Option<Sought>) {
        self.top = self.passage();
        self.sought = sought;
    }

    /// Shows what is found first from a place on.
    pub(super) fn find(&mut self, text: &str, from: Top) {
        self.sought = Sought::typed(text);
        self.show(match (from, &self.sought) {
            (Top::Passage(passage), Some(_)) => Top::Found(passage),
            _ => from,
        });
    }

    /// Returns the passage at the top, where the page was laid out.
    pub(super) fn passage(&self) -> Top {
        let laid_out = self.laid_out.as_ref();
        laid_out.map_or(self.top, |places| {
            Top::Passage(places.passage_of(self.first))
        })
    }

    /// Shows something as soon as the page is laid out.
    pub(super) fn show(&mut self, top: Top) {
        self.top = top;
        self.laid_out = None;
    }

    pub(super) fn selected(&self) -> Option<Link> {
        self.page().links.get(self.link?).copied()
    }

    /// Returns where one is.
    pub(super) fn spot(&self) -> Spot {
        (self.passage(), self.link)
    }

    pub(super) fn go_to(&mut self, (top, link): Spot) {
        self.show(top);
        self.link = link.filter(|link| *link < self.page().links.len());
    }

    pub(super) fn select(&mut self, link: usize) {
        self.link = Some(link).filter(|link| *link < self.page().links.len());
    }

    /// Takes note of what the view could show.
    pub(super) fn seen(&mut self, shown: &Viewport) {
        self.first = shown.page.first;
        self.laid_out = Some(Rc::clone(&shown.places));
        if let Some(sought) = &mut self.sought {
            sought.at = shown.at_match;
        }
    }

    /// Puts a row at the top, and stays with its passage from then on.
    fn set_first(&mut self, first: usize, shown: &Viewport) {
        self.first = first.min(shown.page.last_first());
        self.top = Top::Passage(shown.places.passage_of(self.first));
    }

    pub(super) fn scroll(&mut self, rows: isize, shown: &Viewport) {
        self.set_first(self.first.saturating_add_signed(rows), shown);
    }

    /// Scrolls, or goes to the start or the end.
    pub(super) fn step(&mut self, by: Move, shown: &Viewport) {
        match by {
            Move::First => self.set_first(0, shown),
            Move::Last => self.set_first(shown.page.last_first(), shown),
            by => self.scroll(by.rows(shown.page.shown()), shown),
        }
    }

    /// Puts the heading of the next or previous section at the top, or as far up as the end of the page lets it.
    pub(super) fn turn_section(&mut self, forward: bool, shown: &Viewport) {
        let mut sections = shown.places.sections.iter().copied();
        let row = if forward {
            sections.find(|row| *row > self.first)
        } else {
            let mut before = sections.filter(|row| *row < self.first);
            Some(before.next_back().unwrap_or_default())
        };
        self.set_first(row.unwrap_or(self.first), shown);
    }

    /// Goes to the next or previous match, from what is on the screen on, and round at the ends.
    pub(super) fn turn_match(&mut self, forward: bool, shown: &Viewport) {
        let Some(sought) = &mut self.sought else {
            return;
        };
        let count = shown.matches.len();
        let end = self.first + shown.page.shown().max(1);
        let row = |at: usize| shown.matches.get(at).map(Match::row);
        let in_sight = |at: &usize| row(*at).is_some_and(|row| (self.first..end).contains(&row));
        let next = match (sought.at.filter(in_sight), forward) {
            (Some(at), true) => Some(at + 1),
            (Some(at), false) => at.checked_sub(1),
            (None, true) => (0..count).find(|at| row(*at) >= Some(self.first)),
            (None, false) => (0..count).rfind(|at| row(*at) < Some(end)),
        };
        let round = if forward { 0 } else { count.saturating_sub(1) };
        let next = next.filter(|next| *next < count).unwrap_or(round);
        let Some(row) = row(next) else { return };
        sought.at = Some(next);
        let rows = Rows {
            first: self.first,
            ..shown.page
        };
        let below = (row + CONTEXT_ROWS).min(rows.total.saturating_sub(1));
        let above = row.saturating_sub(CONTEXT_ROWS);
        self.set_first(rows.around(below).around(above).around(row).first, shown);
    }

    /// Returns whether a text that was typed is looked for.
    pub(super) fn is_finding(&self) -> bool {
        self.sought.as_ref().is_some_and(|sought| sought.is_typed)
    }

    /// Does what is the same in a page and in a comparison.
    pub(super) fn read(&mut self, command: ReadingCommand, shown: &Viewport) -> Step {
        let before = (self.first, self.link);
        let unless_moved = match command {
            ReadingCommand::NextSection => "the page has no section further down",
            ReadingCommand::PreviousSection => "this is the start of the page",
            ReadingCommand::NextLink => "the page has no link further down",
            ReadingCommand::PreviousLink => "the page has no link further up",
            _ => "",
        };
        match command {
            ReadingCommand::NextLink => self.turn_link(true, shown),
            ReadingCommand::PreviousLink => self.turn_link(false, shown),
            ReadingCommand::NextSection => self.turn_section(true, shown),
            ReadingCommand::PreviousSection => self.turn_section(false, shown),
            ReadingCommand::NextMatch => self.turn_match(true, shown),
            ReadingCommand::PreviousMatch => self.turn_match(false, shown),
            ReadingCommand::Outline => return Step::Outline,
            ReadingCommand::Find => return Step::Finder,
            ReadingCommand::Return => return Step::Travel(Way::Back),
            ReadingCommand::Forward => return Step::Travel(Way::Forward),
            ReadingCommand::CopySection
            | ReadingCommand::Search
            | ReadingCommand::NextPane
            | ReadingCommand::PreviousPane
            | ReadingCommand::OpenLink => {}
        }
        if !unless_moved.is_empty() && before == (self.first, self.link) {
            return Step::Say(Notice::of(unless_moved));
        }
        Step::Stay
    }

    /// Selects the next or previous link, from what is on the screen on, and brings it into view.
    pub(super) fn turn_link(&mut self, forward: bool, viewport: &Viewport) {
        let (places, shown) = (&viewport.places.links, viewport.page);
        let on_screen = |place: &&LinkPlace| {
            (self.first..self.first + shown.shown().max(1)).contains(&place.row)
        };
        let selected = self
            .link
            .and_then(|link| places.iter().find(|place| place.link == link));
        let next = match (selected.filter(on_screen), forward) {
            (Some(place), true) => Some(place.link + 1),
            (Some(place), false) => place.link.checked_sub(1),
            (None, true) => places
                .iter()
                .find(|place| place.row >= self.first)
                .map(|place| place.link),
            (None, false) => {
                let end = self.first + shown.shown();
                places
                    .iter()
                    .rfind(|place| place.row < end)
                    .map(|place| place.link)
            }
        };
        let Some(place) = next.and_then(|next| places.iter().find(|place| place.link == next))
        else {
            return;
        };
        self.link = Some(place.link);
        // A few rows below the link come along, since what it is about follows it.
        let shown = Rows {
            first: self.first,
            ..shown
        };
        let below = (place.row + CONTEXT_ROWS).min(shown.total.saturating_sub(1));
        self.set_first(shown.around(below).around(place.row).first, viewport);
    }
}
