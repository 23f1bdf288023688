//! What a filter says of a response that it lets through.

use std::borrow::Cow;

use crate::catalog::PageSection;
use crate::search::spoken::Place;

/// Why a filter let a response through, and how much that weighs among what it lets through.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::search) struct Pass {
    pub(in crate::search) why: Cow<'static, str>,
    pub(in crate::search) weight: u32,
    /// Where the page says so.
    pub(in crate::search) place: Option<Place>,
}

/// Outweighs all that tells apart responses of one kind.
pub(super) const BEST: u32 = 1_000;

impl Pass {
    pub(super) fn new(why: impl Into<Cow<'static, str>>, weight: u32) -> Self {
        Self {
            why: why.into(),
            weight,
            place: None,
        }
    }

    /// Says which item of a section of the page says so.
    pub(super) fn at(self, section: PageSection, item: Option<usize>) -> Self {
        let place = item.map(|item| Place { section, item });
        Self { place, ..self }
    }
}
