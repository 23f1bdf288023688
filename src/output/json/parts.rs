//! What several forms have in them.

use crate::catalog::{self, Response, Status, UNREGISTERED};

/// Returns what the registry says of a code, in one word.
pub(super) fn status(response: &Response) -> &'static str {
    response.status().map_or(UNREGISTERED, Status::as_str)
}

pub(super) fn class(response: &Response) -> &'static str {
    catalog::class_rule(response.class()).name.as_str()
}
