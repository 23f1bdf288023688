//! One of the numbered differences.

use std::borrow::Cow;
use std::fmt;

use super::once::each_once;
use crate::catalog::{Citation, StatusCode};

#[derive(Debug)]
pub struct Difference {
    /// What it is about.
    pub topic: &'static str,
    pub clauses: Vec<Said>,
}

/// A sentence about some of the compared codes, and the sections that prove all of it.
#[derive(Debug)]
pub struct Said {
    pub says: Cow<'static, str>,
    pub codes: Vec<StatusCode>,
    pub cites: Vec<Citation>,
}

impl Difference {
    /// Returns a difference, unless its clauses are none.
    pub(super) fn of(topic: &'static str, clauses: impl IntoIterator<Item = Said>) -> Option<Self> {
        let clauses: Vec<_> = clauses.into_iter().collect();
        (!clauses.is_empty()).then_some(Self { topic, clauses })
    }

    /// Returns the codes that it separates.
    pub fn codes(&self) -> Vec<StatusCode> {
        each_once(
            self.clauses
                .iter()
                .flat_map(|said| said.codes.iter().copied()),
        )
    }

    /// Returns the sections that prove it.
    pub fn cites(&self) -> Vec<Citation> {
        each_once(
            self.clauses
                .iter()
                .flat_map(|said| said.cites.iter().copied()),
        )
    }

    /// Returns its sentences, one after the other.
    pub fn says(&self) -> String {
        let says: Vec<&str> = self.clauses.iter().map(|said| &*said.says).collect();
        says.join(" ")
    }
}

impl Said {
    pub(super) fn of(code: StatusCode, says: impl Into<Cow<'static, str>>, cite: Citation) -> Self {
        Self {
            says: says.into(),
            codes: vec![code],
            cites: vec![cite],
        }
    }
}

/// As JSON has it: "Reach: A 486 ends one branch of a forked call."
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.topic, self.says())
    }
}
