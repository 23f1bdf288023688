//! What a user sees of the explorer at one moment, and how two moments differ.

use sipdex::app::action::Effect;
use sipdex::app::viewport::{Area, Rows};
use sipdex::app::{Mode, Opening, Overlay};
use sipdex::bookmarks::{Bookmarks, Change};
use sipdex::catalog::{Citation, Entry, Response, StatusCode};
use sipdex::compare::Compared;
use sipdex::document::Link;

use super::codes::{code, response};
use super::screen::Screen;

/// One moment.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) mode: Mode,
    pub(crate) text: String,
    /// Whether the message at the foot is an error; none where there is no message.
    pub(crate) is_error: Option<bool>,
    /// The query, and whether what is typed next replaces it.
    pub(crate) query: (String, bool),
    /// The line of text that has the cursor, and how many letters stand before it.
    pub(crate) line: (String, usize),
    /// The code whose page is shown.
    pub(crate) code: u16,
    /// The number of the selected hit.
    pub(crate) index: usize,
    pub(crate) hits: usize,
    pub(crate) list: Pane,
    pub(crate) page: Pane,
    /// The help, or the codes to choose from.
    pub(crate) overlay: Pane,
    /// The number of the selected code among those to choose from.
    pub(crate) choice: usize,
    /// The selected link: its number, and whether it is on the screen.
    pub(crate) link: Option<(usize, bool)>,
    /// The number of the match that one is at, and how many there are.
    pub(crate) found: (Option<usize>, usize),
    /// Where the selected link leads: to a code, or to an address.
    pub(crate) to_code: Option<u16>,
    pub(crate) to_address: Option<String>,
    /// The codes side by side, the column that has the focus, and whether equal rows are left out.
    pub(crate) compared: Vec<u16>,
    pub(crate) column: usize,
    pub(crate) folded: bool,
    pub(crate) marks: Vec<u16>,
    pub(crate) bookmarks: Vec<u16>,
    /// What the program was asked for.
    pub(crate) asked: Vec<Effect>,
}

/// Rows of something longer than the screen, with the text of those that are drawn.
#[derive(Debug)]
pub(crate) struct Pane {
    pub(crate) first: usize,
    pub(crate) shown: usize,
    pub(crate) total: usize,
    pub(crate) drawn: Vec<String>,
}

impl Pane {
    fn of(screen: &Screen, rows: Rows) -> Self {
        Self {
            first: rows.first,
            shown: rows.shown(),
            total: rows.total,
            drawn: drawn(screen, rows.area),
        }
    }

    /// Returns whether it shows what `before` showed, moved by so many rows.
    pub(crate) fn moved(&self, before: &Self, rows: isize) -> bool {
        let overlap = |above: &Self, below: &Self, by: usize| {
            let lower = above.drawn.iter().skip(by);
            lower.zip(&below.drawn).all(|(one, other)| one == other)
        };
        let by = rows.unsigned_abs();
        if rows >= 0 {
            self.first == before.first + by && overlap(before, self, by)
        } else {
            self.first + by == before.first && overlap(self, before, by)
        }
    }

    /// Returns the rows of a page: all but one, which stays to read on from.
    pub(crate) fn page(&self) -> usize {
        self.shown - 1
    }

    /// Returns half of that.
    pub(crate) fn half(&self) -> usize {
        self.page() / 2
    }

    pub(crate) fn is_at_start(&self) -> bool {
        self.first == 0
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.first > 0 && self.first + self.shown == self.total
    }

    /// Returns whether one drawn row has a text, and the next one another.
    pub(crate) fn has_below(&self, text: &str, below: &str) -> bool {
        let mut pairs = self.drawn.windows(2);
        pairs.any(|pair| pair[0].contains(text) && pair[1].contains(below))
    }

    pub(crate) fn row_with(&self, text: &str) -> String {
        let row = self.drawn.iter().find(|row| row.contains(text));
        row.cloned().unwrap_or_default()
    }
}

fn drawn(screen: &Screen, area: Area) -> Vec<String> {
    let buffer = screen.terminal.backend().buffer();
    let row = |row: u16| {
        let columns = area.left..area.left + area.width;
        columns
            .map(|column| buffer[(column, row)].symbol())
            .collect()
    };
    (area.top..area.top + area.height).map(row).collect()
}

/// Returns the number of a link's target, and the address that it stands for.
fn target(link: Link) -> (Option<u16>, Option<String>) {
    match link {
        Link::Entry(Entry::Response(response)) => (Some(response.code.get()), address(response)),
        Link::Entry(entry) => (None, entry.defined().map(Citation::url)),
        Link::Section(cite) => (None, Some(cite.url())),
        Link::Message(_) | Link::Call(_) | Link::Pair(_) | Link::Unanswered => (None, None),
    }
}

/// Returns where a response is defined.
pub(crate) fn address(response: &Response) -> Option<String> {
    response.defined().map(Citation::url)
}

pub(crate) fn address_of(number: u16) -> Effect {
    let address = address(response(number));
    Effect::OpenUrl(address.expect("an address"))
}

/// Returns bookmarks: 486 with a note, 503 without.
pub(crate) fn bookmarks() -> Bookmarks {
    let mut bookmarks = Bookmarks::new();
    Change::Note(code(486), Some("no credit".into())).apply(&mut bookmarks);
    Change::Add(code(503)).apply(&mut bookmarks);
    bookmarks
}

/// Opens the explorer and presses keys; a first word such as `480,486` opens their comparison.
pub(crate) fn open(keys: &str, size: (u16, u16)) -> Screen {
    let (first, rest) = keys.split_once(' ').unwrap_or((keys, ""));
    let (compared, keys) = if first.contains(',') {
        (first, rest)
    } else {
        ("", keys)
    };
    let compared = compared.split(',').filter_map(|number| number.parse().ok());
    let compared = Compared::of(&compared.map(code).collect::<Vec<_>>());
    let opening = compared.map_or(Opening::Nothing, Opening::Compare);
    Screen::open(bookmarks(), &opening, size).press(keys)
}

impl Seen {
    pub(crate) fn of(screen: &Screen) -> Self {
        let app = &screen.app;
        let view = app.viewport();
        let columns = app.columns();
        let (line, choice) = match app.overlays().last() {
            Some(Overlay::Choose(chooser)) => (&chooser.picking.line, chooser.picking.index()),
            Some(Overlay::Outline(outline)) => (&outline.picking.line, outline.picking.index()),
            Some(Overlay::Help(help)) => (&help.picking.line, help.picking.index()),
            Some(Overlay::Find(finder)) => (&finder.line, 0),
            Some(Overlay::Note(editor)) => (&editor.line, 0),
            _ => (app.query(), 0),
        };
        let selected = columns.map_or(app.reader().link(), |columns| columns.reader.link());
        let page = Pane::of(screen, view.page);
        let in_sight = |link: usize| {
            let mut places = view.places.links.iter().filter(|place| place.link == link);
            places.any(|place| (page.first..page.first + page.shown).contains(&place.row))
        };
        let links = app.document().links();
        let (to_code, to_address) = selected.map_or((None, None), |link| target(links[link]));
        let numbers = |codes: &[StatusCode]| codes.iter().map(|code| code.get()).collect();
        Self {
            mode: app.mode(),
            text: screen.text(),
            is_error: app.notice().map(|notice| notice.is_error),
            query: (app.query().text().to_owned(), app.query().is_selected()),
            line: (line.text().to_owned(), line.cursor()),
            code: app.shown().and_then(Entry::code).map_or(0, StatusCode::get),
            index: app.list().index(),
            hits: app.list().len(),
            list: Pane::of(screen, view.list),
            overlay: Pane::of(screen, view.overlay),
            choice,
            link: selected.map(|link| (link, in_sight(link))),
            page,
            found: (view.at_match, view.matches.len()),
            to_code,
            to_address,
            compared: columns.map_or(Vec::new(), |columns| {
                columns.responses().iter().map(|r| r.code.get()).collect()
            }),
            column: columns.map_or(0, |columns| columns.column),
            folded: columns.is_some_and(|columns| columns.folded),
            marks: numbers(app.marks()),
            bookmarks: app.kept().bookmarks.keys().map(|code| code.get()).collect(),
            asked: screen.effects.clone(),
        }
    }

    /// Returns whether the foot of the screen says something.
    pub(crate) fn says(&self, words: &str) -> bool {
        self.is_error.is_some() && self.foot().contains(words)
    }

    /// Returns the last row of the screen.
    pub(crate) fn foot(&self) -> &str {
        self.text.lines().last().unwrap_or_default()
    }

    /// Returns whether the selected link is this one, and can be seen.
    pub(crate) fn selects_link(&self, number: usize) -> bool {
        self.link == Some((number, true))
    }

    /// Returns whether the program is asked for this and nothing else.
    pub(crate) fn asks(&self, effect: &Effect) -> bool {
        self.asked.iter().eq([effect])
    }
}
