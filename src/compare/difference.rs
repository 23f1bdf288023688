//! One of the numbered differences.

use std::borrow::Cow;
use std::fmt;

use super::compared::Compared;
use crate::catalog::{Citation, StatusCode};

#[derive(Debug)]
pub struct Difference {
    /// What it is about; none where a page says in its own words what separates two codes.
    pub topic: Option<&'static str>,
    pub says: Cow<'static, str>,
    /// The codes that it separates.
    pub codes: Vec<StatusCode>,
    pub cites: Vec<Citation>,
}

impl Difference {
    /// Returns a difference between all that is compared.
    pub(super) fn of_all(
        compared: &Compared,
        topic: &'static str,
        says: String,
        cites: Vec<Citation>,
    ) -> Self {
        Self {
            topic: Some(topic),
            says: says.into(),
            codes: compared.codes().collect(),
            cites,
        }
    }
}

/// As JSON has it: "Reach: A 486 ends one branch of a forked call".
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.topic {
            Some(topic) => write!(f, "{topic}: {}", self.says),
            None => f.write_str(&self.says),
        }
    }
}
