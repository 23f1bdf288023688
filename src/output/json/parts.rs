//! What several forms have in them.

use crate::catalog::{self, Response};

/// Returns the reason phrase; none for a number that nobody has named.
pub(super) fn phrase(response: &Response) -> Option<&'static str> {
    (!response.phrase.is_empty()).then_some(response.phrase)
}

pub(super) fn class(response: &Response) -> &'static str {
    catalog::class_rule(response.class()).name
}
