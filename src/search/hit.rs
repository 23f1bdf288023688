//! What a query found, and what is said of the query.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::rank::{Layer, Rank};
use super::spoken::{Place, place_of};
use crate::catalog::{Entry, Response, Text};

/// Something that a query found.
#[derive(Clone, Debug)]
pub struct Hit {
    pub entry: Entry,
    found: Found,
}

/// Why and how well something was found.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) rank: Rank,
    /// The reason in words.
    pub(super) why: Cow<'static, str>,
    /// Which characters of the title the query meant, in rising order.
    pub(super) marks: Vec<usize>,
    /// The words of the query that found it, and those that did not.
    used: Vec<String>,
    ignored: Vec<String>,
    place: Option<Place>,
    /// What people say that found it, which is no part of the page.
    symptom: Option<Text>,
}

/// What a query found, and what the user should know about the query.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// The best first.
    pub hits: Vec<Hit>,
    /// What comes nearest, where nothing fits.
    pub nearest: Vec<Hit>,
    /// A clause without a full stop: an unknown filter, a number that is no code.
    pub remark: Option<String>,
}

impl Hit {
    /// Returns what stands in a list without having been searched for.
    pub fn listed(entry: impl Into<Entry>, why: impl Into<Cow<'static, str>>) -> Self {
        let weight = Reverse(0);
        Self::new(entry, Found::new(Rank::Field { weight }, why))
    }

    pub(super) fn new(entry: impl Into<Entry>, found: Found) -> Self {
        let entry = entry.into();
        Self { entry, found }
    }

    pub fn layer(&self) -> Layer {
        self.rank().layer()
    }

    /// Returns the reason in words.
    pub fn why(&self) -> &str {
        &self.found.why
    }

    /// Returns which characters of the title the query meant, in rising order.
    pub fn marks(&self) -> &[usize] {
        &self.found.marks
    }

    /// Returns the words of the query that found it.
    pub fn used(&self) -> &[String] {
        &self.found.used
    }

    /// Returns the words of the query that have no part in it.
    pub fn ignored(&self) -> &[String] {
        &self.found.ignored
    }

    /// Returns where on its page the words stand, if a text of the page has them. For what people say that is the item
    /// which speaks of it.
    pub fn place(&self) -> Option<Place> {
        let spoken = || place_of(self.entry, self.found.symptom?.as_str());
        self.found.place.or_else(spoken)
    }

    /// Says for a hit that does not know what became of the words of a query.
    pub(super) fn tell_words(&mut self, used: &[String], ignored: &[String]) {
        let found = &mut self.found;
        if found.used.is_empty() && found.ignored.is_empty() {
            found.used = used.to_vec();
            found.ignored = ignored.to_vec();
        }
    }

    pub(super) fn rank(&self) -> Rank {
        self.found.rank
    }

    pub(super) fn is_registered(&self) -> bool {
        self.entry.response().is_none_or(Response::is_registered)
    }
}

impl Found {
    pub(super) fn new(rank: Rank, why: impl Into<Cow<'static, str>>) -> Self {
        Self {
            rank,
            why: why.into(),
            marks: Vec::new(),
            used: Vec::new(),
            ignored: Vec::new(),
            place: None,
            symptom: None,
        }
    }

    /// Says which words of the query it rests on, and which have no part in it.
    pub(super) fn with_words(self, used: Vec<String>, ignored: Vec<String>) -> Self {
        Self {
            used,
            ignored,
            ..self
        }
    }

    /// Says where on the page the words stand.
    pub(super) fn at(self, place: Option<Place>) -> Self {
        Self { place, ..self }
    }

    /// Says what people say that found it.
    pub(super) fn said(self, symptom: Text) -> Self {
        Self {
            symptom: Some(symptom),
            ..self
        }
    }

    /// Marks characters of the title.
    pub(super) fn with_marks(self, marks: impl IntoIterator<Item = usize>) -> Self {
        let marks = marks.into_iter().collect();
        Self { marks, ..self }
    }
}
