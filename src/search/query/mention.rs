//! What stands in a text and has a page: a code, or an entry that is none, with the reason.

use std::borrow::Cow;

use super::number::Sureness;
use crate::catalog::{Entry, StatusCode, response};

/// A code, and why it was read as one.
#[derive(Clone)]
pub(in crate::search) struct Mention {
    pub(in crate::search) code: StatusCode,
    pub(in crate::search) why: Cow<'static, str>,
    pub(in crate::search) sure: Sureness,
    /// Whether it is only the end of a longer number, of which no table says anything.
    pub(in crate::search) is_end: bool,
}

/// What stands in a query and is no code, with the reason.
#[derive(Clone)]
pub(in crate::search) struct Wanted {
    pub(in crate::search) entry: Entry,
    pub(in crate::search) why: Cow<'static, str>,
}

/// Says that a code stands there as it is.
pub(super) fn itself(code: StatusCode) -> Cow<'static, str> {
    if response(code).is_registered() {
        "the code itself".into()
    } else {
        "the code itself, not in IANA's list".into()
    }
}
