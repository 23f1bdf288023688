//! A page that is being read: how far it is scrolled, and which of its links is selected.

use std::cell::OnceCell;
use std::rc::Rc;

use super::action::Move;
use super::viewport::{LinkPlace, Rows, Viewport};
use crate::catalog::Entry;
use crate::document::{Document, Link};

const CONTEXT_ROWS: usize = 3;

#[derive(Debug, Default)]
pub struct Reader {
    /// What the page is about, where it is that of an entry.
    entry: Option<Entry>,
    /// Built when somebody looks at it: keys that come faster than frames pass by many pages.
    page: OnceCell<Page>,
    note: Option<String>,
    link: Option<usize>,
    first: usize,
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

    /// Reads the page of an entry.
    pub(super) fn of(entry: Entry) -> Self {
        Self {
            entry: Some(entry),
            ..Self::default()
        }
    }

    fn page(&self) -> &Page {
        self.page.get_or_init(|| {
            let page = self.entry.map(Document::of);
            Page::from(Document {
                note: self.note.clone(),
                ..page.unwrap_or_default()
            })
        })
    }

    /// Takes another document for the same place, such as one with rows folded.
    pub(super) fn replace(&mut self, document: Document) {
        *self = Self {
            first: self.first,
            ..Self::new(document)
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

    /// Returns the number of the selected link.
    pub fn link(&self) -> Option<usize> {
        self.link
    }

    /// Returns the row at the top; the view shows an earlier one where the page is too short for it.
    pub fn first(&self) -> usize {
        self.first
    }

    pub(super) fn selected(&self) -> Option<Link> {
        self.page().links.get(self.link?).copied()
    }

    pub(super) fn place(&self) -> (usize, Option<usize>) {
        (self.first, self.link)
    }

    pub(super) fn go_to(&mut self, (first, link): (usize, Option<usize>)) {
        self.first = first;
        self.link = link.filter(|link| *link < self.page().links.len());
    }

    pub(super) fn select(&mut self, link: usize) {
        self.link = Some(link).filter(|link| *link < self.page().links.len());
    }

    /// Takes note of what the view could show.
    pub(super) fn seen(&mut self, rows: Rows) {
        self.first = self.first.min(rows.last_first());
    }

    pub(super) fn scroll(&mut self, rows: isize, shown: Rows) {
        self.first = self
            .first
            .saturating_add_signed(rows)
            .min(shown.last_first());
    }

    /// Scrolls, or goes to the start or the end.
    pub(super) fn step(&mut self, by: Move, shown: Rows) {
        match by {
            Move::First => self.first = 0,
            Move::Last => self.first = shown.last_first(),
            by => self.scroll(by.rows(shown.shown()), shown),
        }
    }

    /// Selects the next or previous link, from what is on the screen on, and brings it into view.
    pub(super) fn turn_link(&mut self, forward: bool, viewport: &Viewport) {
        let (places, shown) = (&viewport.links, viewport.page);
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
        self.first = shown.around(below).around(place.row).first;
    }
}
