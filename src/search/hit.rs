//! What a query found, and what is said of the query.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::rank::{Layer, Rank};
use crate::catalog::{Entry, Response};

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
}

/// What a query found, and what the user should know about the query.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// The best first.
    pub hits: Vec<Hit>,
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
        }
    }

    /// Marks characters of the title.
    pub(super) fn with_marks(self, marks: impl IntoIterator<Item = usize>) -> Self {
        let marks = marks.into_iter().collect();
        Self { marks, ..self }
    }
}
