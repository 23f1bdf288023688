//! What the explorer opens with.

use crate::catalog::StatusCode;
use crate::compare::Compared;

#[derive(Clone, Debug, Default)]
pub enum Opening {
    #[default]
    Nothing,
    Query(String),
    Code(StatusCode),
    Compare(Compared),
}
