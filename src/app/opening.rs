//! Where the explorer opens.

use crate::catalog::StatusCode;
use crate::choices::Start;
use crate::compare::Compared;

/// Where the explorer opens.
#[derive(Clone, Debug, Default)]
pub struct Opening {
    pub query: Option<String>,
    pub code: Option<StatusCode>,
    pub compare: Option<Compared>,
    pub start: Start,
    pub mouse: bool,
}
