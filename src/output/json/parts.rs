//! What several forms have in them.

use crate::catalog::{self, Response, Status, UNREGISTERED};

/// Returns the reason phrase; none for a number that nobody has named.
pub(super) fn phrase(response: &Response) -> Option<&'static str> {
    (!response.phrase.is_empty()).then_some(response.phrase)
}

/// Returns what the registry says of a code, in one word.
pub(super) fn status(response: &Response) -> &'static str {
    response.status().map_or(UNREGISTERED, Status::as_str)
}

pub(super) fn class(response: &Response) -> &'static str {
    catalog::class_rule(response.class()).name
}
