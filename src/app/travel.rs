//! The pages that were read, however one came to them: back to those before, and forward again.

use super::action::{Action, ReadingCommand};
use super::columns::Columns;
use super::edit_line::EditLine;
use super::kept::Kept;
use super::mode::Pane;
use super::overlay::Overlay;
use super::panes::Panes;
use super::reader::Spot;
use super::scope::Scope;
use super::subject::Subject;

/// How many pages the way back has.
const LONGEST: usize = 200;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Back,
    Forward,
}

/// Where a step back from a page leads, if not to the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Returns {
    /// To the comparison that it was opened from.
    ToComparison,
    /// To the page from which a call, or a message of it, was opened.
    InTrace,
}

/// Where the user was before another page was read.
#[derive(Debug)]
pub(super) enum Visit {
    Page(PageVisit),
    /// A comparison, and the page that it lies over.
    Comparison(Box<Columns>, Option<PageVisit>),
}

/// The way that the user went.
#[derive(Debug, Default)]
pub(super) struct Travels {
    back: Vec<Visit>,
    forward: Vec<Visit>,
    /// The page that was left, while no other has been read.
    left: Option<PageVisit>,
}

impl Travels {
    fn goes(&self, way: Way) -> bool {
        match way {
            Way::Back => !self.back.is_empty() || self.left.is_some(),
            Way::Forward => !self.forward.is_empty(),
        }
    }

    /// Returns where a step back from the page leads, if not to the list.
    pub(super) fn returns(&self, panes: &Panes) -> Option<Returns> {
        if panes.focus != Pane::Detail || panes.reader.is_finding() {
            return None;
        }
        let is_call = panes.shown.as_ref().is_some_and(|shown| !shown.is_listed());
        match self.back.last() {
            Some(Visit::Comparison(..)) => Some(Returns::ToComparison),
            _ if is_call && self.goes(Way::Back) => Some(Returns::InTrace),
            _ => None,
        }
    }

    /// Keeps what is left for something new.
    fn leave(&mut self, visit: Visit) {
        self.left = None;
        self.back.push(visit);
        if self.back.len() > LONGEST {
            self.back.remove(0);
        }
        self.forward.clear();
    }

    /// Notes which page was left by other ways than a link, if one was, and which is read now: then the one that was
    /// left for it is a step back.
    pub(super) fn note(&mut self, here: Option<PageVisit>, panes: &Panes) {
        let reads = panes.focus == Pane::Detail;
        if here.is_some() && !reads {
            self.left = here;
        }
        if let Some(subject) = panes.shown.as_ref().filter(|_| reads)
            && let Some(left) = self.left.take().filter(|left| left.subject != *subject)
        {
            self.leave(Visit::Page(left));
        }
    }

    /// Says why there is no way back or forward, if so. Back from a comparison is the page that it lies over.
    pub(super) fn applies(&self, action: &Action, is_over_page: bool) -> Result<(), String> {
        let (way, why) = match action {
            Action::Reading(ReadingCommand::Return) => {
                (Way::Back, "no page was read before this one")
            }
            Action::Reading(ReadingCommand::Forward) => {
                (Way::Forward, "there is no page to go forward to")
            }
            _ => return Ok(()),
        };
        let goes = self.goes(way) || way == Way::Back && is_over_page;
        if goes { Ok(()) } else { Err(why.into()) }
    }

    /// Shows the page that a link leads to; from a comparison the way back leads to it.
    pub(super) fn follow(&mut self, subject: Subject, ground: &mut Ground<'_>) {
        if let Some(here) = ground.here() {
            self.leave(here);
        }
        ground.panes.go_to_page(subject, ground.kept);
    }

    /// Goes to the page that was read before, or to the one from which one went back.
    pub(super) fn travel(&mut self, way: Way, ground: &mut Ground<'_>) {
        let uncovers = way == Way::Back && ground.is_over_page();
        if !uncovers && !self.goes(way) {
            return;
        }
        let here = ground.here();
        if uncovers {
            return self.forward.extend(here);
        }
        if let Some(visit) = self.turn(way, here) {
            ground.go_to(visit);
        }
    }

    /// Takes a step; what is left for it is where the other way leads.
    fn turn(&mut self, way: Way, here: Option<Visit>) -> Option<Visit> {
        let left = self.left.take().map(Visit::Page);
        match way {
            Way::Back => {
                let next = left.or_else(|| self.back.pop())?;
                self.forward.extend(here);
                Some(next)
            }
            Way::Forward => {
                let next = self.forward.pop()?;
                let here = left.or(here);
                self.back.extend(here.filter(|here| !next.lies_over(here)));
                Some(next)
            }
        }
    }
}

#[derive(Debug)]
pub(super) struct PageVisit {
    query: EditLine,
    scope: Scope,
    subject: Subject,
    spot: Spot,
    pane: Pane,
}

/// What the way leads over.
pub(super) struct Ground<'a> {
    pub(super) panes: &'a mut Panes,
    pub(super) overlays: &'a mut Vec<Overlay>,
    pub(super) kept: &'a Kept,
}

impl Ground<'_> {
    /// Returns whether a comparison lies over a page that is read.
    fn is_over_page(&self) -> bool {
        let is_comparison = |overlay: &Overlay| overlay.columns().is_some();
        self.overlays.last().is_some_and(is_comparison) && self.panes.focus == Pane::Detail
    }

    /// Takes what is read from the screen: the topmost comparison, or the page that has the focus.
    fn here(&mut self) -> Option<Visit> {
        let comparison = |overlay: &mut Overlay| overlay.columns().is_some();
        match self.overlays.pop_if(comparison) {
            Some(Overlay::Compare(columns)) => Some(Visit::Comparison(columns, self.panes.visit())),
            _ if self.panes.focus == Pane::Detail => self.panes.visit().map(Visit::Page),
            _ => None,
        }
    }

    fn go_to(&mut self, visit: Visit) {
        match visit {
            Visit::Page(visit) => self.panes.return_to(visit, self.kept),
            Visit::Comparison(columns, below) => {
                if let Some(below) = below {
                    let pane = below.pane;
                    self.panes.return_to(below, self.kept);
                    self.panes.focus = pane;
                }
                self.overlays.push(Overlay::Compare(columns));
            }
        }
    }
}

impl Visit {
    /// Returns whether it is a comparison that lies over a page.
    fn lies_over(&self, page: &Self) -> bool {
        match (self, page) {
            (Self::Comparison(_, Some(below)), Self::Page(page)) => below.subject == page.subject,
            _ => false,
        }
    }
}

impl Panes {
    /// Returns where the user is, for the way back.
    pub(super) fn visit(&self) -> Option<PageVisit> {
        Some(PageVisit {
            query: self.query.clone(),
            scope: self.list.scope(),
            subject: self.shown.clone()?,
            spot: self.reader.spot(),
            pane: self.focus,
        })
    }

    pub(super) fn return_to(&mut self, visit: PageVisit, kept: &Kept) {
        self.query = visit.query;
        self.list.set_scope(visit.scope);
        self.search(kept);
        self.go_to(visit.subject, kept);
        self.reader.go_to(visit.spot);
        self.focus = visit.pane;
    }

    /// Goes to the page of something.
    pub(super) fn go_to_page(&mut self, subject: impl Into<Subject>, kept: &Kept) {
        self.go_to(subject, kept);
        self.focus = Pane::Detail;
    }

    /// Returns what lists something where nothing is searched for.
    fn whole_list(&self, subject: &Subject) -> Scope {
        match subject {
            Subject::Trace | Subject::Unanswered => Scope::Traced,
            Subject::Entry(entry) => {
                let trace = self
                    .list
                    .trace()
                    .filter(|_| self.list.scope() == Scope::Traced);
                let is_there = entry.code().and_then(|code| trace?.count(code)).is_some();
                if is_there { Scope::Traced } else { Scope::All }
            }
            _ => Scope::All,
        }
    }

    /// Selects something and shows its page; a query that hides it is cleared.
    pub(super) fn go_to(&mut self, subject: impl Into<Subject>, kept: &Kept) {
        let subject = subject.into();
        if !subject.is_listed() {
            return self.show(Some(subject));
        }
        if !self.list.select(&subject) {
            self.earlier.keep(self.query.text());
            self.query = EditLine::default();
            self.list.set_scope(self.whole_list(&subject));
            self.search(kept);
        }
        if !self.list.select(&subject)
            && let Some(entry) = subject.entry()
        {
            // A number that no registry has is listed only when asked for, and so is what is no response.
            self.query = EditLine::with(&entry.short());
            self.search(kept);
            self.list.select(&subject);
        }
        self.show_selected();
    }
}
