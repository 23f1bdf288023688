//! What a filter says of a response that it lets through.

use std::borrow::Cow;

/// Why a filter let a response through, and how much that weighs among what it lets through.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::search) struct Pass {
    pub(in crate::search) why: Cow<'static, str>,
    pub(in crate::search) weight: u32,
}

/// Outweighs all that tells apart responses of one kind.
pub(super) const BEST: u32 = 1_000;

impl Pass {
    pub(super) fn new(why: impl Into<Cow<'static, str>>, weight: u32) -> Self {
        let why = why.into();
        Self { why, weight }
    }
}
