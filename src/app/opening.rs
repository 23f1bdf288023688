//! What the explorer opens with.

use std::path::PathBuf;

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

/// The files of the trace that it opens on, if it opens on one.
#[derive(Clone, Debug, Default)]
pub struct Traces {
    pub files: Vec<PathBuf>,
    /// Whether what is written into the last one meanwhile is shown too.
    pub follows: bool,
}
