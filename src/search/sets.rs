//! What a query can ask for that only the caller knows.

use crate::catalog::Codes;

/// The sets that filters such as `is:bookmarked` mean.
#[derive(Clone, Debug, Default)]
pub struct Sets {
    pub bookmarked: Codes,
}
