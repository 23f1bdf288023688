//! What the explorer opens with.

use crate::catalog::StatusCode;
use crate::compare::Compared;

/// What the explorer opens with.
#[derive(Clone, Debug, Default)]
pub enum Opening {
    #[default]
    Nothing,
    Query(String),
    Code(StatusCode),
    Compare(Compared),
}
