//! Columns two to four codes.

use super::action::{Action, ColumnCommand, Insert, Point, ReadingCommand, wheel_rows};
use super::notice::Notice;
use super::reader::Reader;
use super::step::{Purpose, Step};
use super::trace::Trace;
use super::viewport::Viewport;
use crate::catalog::{Citation, Response};
use crate::compare::{Compared, Comparison, Row, compare};
use crate::document::{Document, Link};

/// A comparison on the screen.
#[derive(Debug)]
pub struct Columns {
    comparison: Comparison,
    /// The trace that the explorer was opened on.
    trace: Option<Trace>,
    pub reader: Reader,
    /// The column that has the focus.
    pub column: usize,
    /// Whether rows that are equal are left out.
    pub folded: bool,
}

/// Compares codes, with how often a trace has each.
fn compared_in(compared: &Compared, trace: Option<&Trace>) -> Comparison {
    let mut comparison = compare(compared);
    if let Some(trace) = trace {
        let codes = comparison.responses.iter().map(|one| one.code);
        let counts: Vec<u64> = codes.map(|code| trace.count(code).unwrap_or(0)).collect();
        let row = Row {
            name: "In this trace",
            differs: counts.windows(2).any(|pair| pair[0] != pair[1]),
            values: counts
                .iter()
                .map(|count| count.to_string().into())
                .collect(),
        };
        comparison.rows.insert(0, row);
    }
    comparison
}

impl Columns {
    pub(super) fn new(compared: &Compared, trace: Option<&Trace>) -> Self {
        let comparison = compared_in(compared, trace);
        let reader = Reader::new(Document::of_columns(&comparison, true));
        Self {
            comparison,
            trace: trace.cloned(),
            reader,
            column: 0,
            folded: true,
        }
    }

    pub fn responses(&self) -> &[&'static Response] {
        &self.comparison.responses
    }

    /// Returns the page in the order in which it is printed.
    pub fn in_print(&self) -> Document {
        Document::of_comparison(&self.comparison, self.folded)
    }

    /// Shows other columns, if they can be compared.
    fn show(&mut self, responses: &[&'static Response]) {
        let Some(compared) = Compared::new(responses) else {
            return;
        };
        self.column = self.column.min(compared.len() - 1);
        self.comparison = compared_in(&compared, self.trace.as_ref());
        self.reader = Reader::new(Document::of_columns(&self.comparison, self.folded));
    }

    fn focused(&self) -> Option<&'static Response> {
        self.responses().get(self.column).copied()
    }

    fn turn(&mut self, forward: bool) {
        let count = self.responses().len();
        self.column = (self.column + if forward { 1 } else { count - 1 }) % count;
    }

    /// Swaps the focused column with the one to its right, the last with the first.
    fn swap(&mut self) {
        let mut responses = self.responses().to_vec();
        let other = (self.column + 1) % responses.len();
        responses.swap(self.column, other);
        self.column = other;
        self.show(&responses);
    }

    fn fold(&mut self) {
        self.folded = !self.folded;
        self.reader
            .replace(Document::of_columns(&self.comparison, self.folded));
    }

    fn remove(&mut self) {
        let mut responses = self.responses().to_vec();
        responses.remove(self.column);
        self.show(&responses);
    }

    /// Returns whether some row is the same in all columns, so that there is something to fold.
    pub(super) fn has_equal_rows(&self) -> bool {
        self.comparison.rows.iter().any(|row| !row.differs)
    }

    /// Returns the section of the selected link, or else of the focused column.
    pub(super) fn section_to_open(&self) -> Option<Citation> {
        match self.reader.selected() {
            Some(link) => link.section(),
            None => self.focused()?.defined(),
        }
    }

    /// Puts a code into a column, or into a new one.
    pub(super) fn put(&mut self, response: &'static Response, purpose: Purpose) {
        let mut responses = self.responses().to_vec();
        match purpose {
            Purpose::Replace(column) => responses[column] = response,
            Purpose::Add => {
                responses.push(response);
                self.column = responses.len() - 1;
            }
        }
        self.show(&responses);
    }

    pub(super) fn update(&mut self, action: &Action, viewport: &Viewport) -> Step {
        match action {
            Action::Move(by) => self.reader.step(*by, viewport),
            Action::Point(Point::Wheel { down, .. }) => {
                self.reader.scroll(wheel_rows(*down), viewport);
            }
            Action::Point(Point::Click { column, row }) => {
                if let Some(link) = viewport.link_at(*column, *row) {
                    let again = self.reader.link() == Some(link);
                    self.reader.select(link);
                    return if again { self.open() } else { Step::Stay };
                }
            }
            Action::Insert(Insert::Letter(letter)) => return self.choose(Some(*letter)),
            Action::Open => return self.open(),
            Action::Back if self.reader.is_finding() => self.reader.seek(None),
            Action::Back => return Step::Close,
            Action::Reading(command) => return self.read(*command, viewport),
            Action::Column(command) => return self.arrange(*command),
            Action::Nothing
            | Action::Edit(_)
            | Action::Insert(Insert::Text(_))
            | Action::Global(_)
            | Action::Pane(_) => {}
        }
        Step::Stay
    }

    fn read(&mut self, command: ReadingCommand, viewport: &Viewport) -> Step {
        match command {
            ReadingCommand::Search => return self.choose(None),
            ReadingCommand::NextPane => self.turn(true),
            ReadingCommand::PreviousPane => self.turn(false),
            ReadingCommand::OpenLink => return Step::open_url(self.section_to_open()),
            command => return self.reader.read(command, viewport),
        }
        Step::Stay
    }

    fn arrange(&mut self, command: ColumnCommand) -> Step {
        match command {
            ColumnCommand::Swap => self.swap(),
            ColumnCommand::AddColumn => return Step::Choose(Purpose::Add, None),
            ColumnCommand::RemoveColumn => self.remove(),
            ColumnCommand::Fold => {
                self.fold();
                let equal = if self.folded { "folded" } else { "unfolded" };
                return Step::Say(Notice::of(format!("equal rows {equal}")));
            }
        }
        Step::Stay
    }

    fn choose(&self, typed: Option<char>) -> Step {
        Step::Choose(Purpose::Replace(self.column), typed)
    }

    fn open(&self) -> Step {
        match self.reader.selected() {
            Some(Link::Section(cite)) => Step::open_url(Some(cite)),
            Some(Link::Entry(entry)) => Step::Follow(entry.into()),
            Some(Link::Message(_) | Link::Call(_) | Link::Pair(_) | Link::Unanswered) => Step::Stay,
            None => {
                let focused = self.focused();
                focused.map_or(Step::Stay, |response| Step::Follow(response.into()))
            }
        }
    }
}
