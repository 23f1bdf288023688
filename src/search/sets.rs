//! What a query can ask for that only the caller knows.

use crate::catalog::Codes;

/// The sets that filters such as `is:bookmarked` mean.
#[derive(Clone, Debug, Default)]
pub struct Sets {
    pub bookmarked: Codes,
    /// The codes of the trace that is open.
    pub traced: Codes,
}

/// Which sets a query asks for, so that the caller loads no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needs {
    pub bookmarks: bool,
}
