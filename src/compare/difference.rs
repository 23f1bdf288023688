//! One of the numbered differences.

use std::borrow::Cow;

use crate::catalog::{Citation, StatusCode};

#[derive(Debug)]
pub struct Difference {
    pub says: Cow<'static, str>,
    /// The codes that it separates.
    pub codes: Vec<StatusCode>,
    pub cites: Vec<Citation>,
}
