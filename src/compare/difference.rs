//! One of the numbered differences.

use std::borrow::Cow;
use std::fmt;

use super::once::each_once;
use super::words::joined;
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
    /// Returns a difference, unless its clauses are none. What is said of several codes is said once: "a 403 or 404".
    pub(super) fn of(topic: &'static str, said: impl IntoIterator<Item = Said>) -> Option<Self> {
        let mut clauses: Vec<Said> = Vec::new();
        for said in said {
            match clauses.iter_mut().find(|other| other.says_the_same(&said)) {
                Some(other) => other.join(&said),
                None => clauses.push(said),
            }
        }
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
    /// Returns whether another clause differs in nothing but its codes.
    fn says_the_same(&self, other: &Self) -> bool {
        let without = |said: &Self| said.says.replace(&named(&said.codes), "");
        without(self) == without(other)
    }

    /// Takes the codes of a clause that says the same.
    fn join(&mut self, other: &Self) {
        let before = named(&self.codes);
        self.codes.extend(&other.codes);
        self.says = self.says.replace(&before, &named(&self.codes)).into();
        self.cites = each_once(self.cites.iter().chain(&other.cites).copied());
    }

    pub(super) fn of(code: StatusCode, says: impl Into<Cow<'static, str>>, cite: Citation) -> Self {
        Self {
            says: says.into(),
            codes: vec![code],
            cites: vec![cite],
        }
    }
}

/// Returns "403, 404 or 410".
fn named(codes: &[StatusCode]) -> String {
    let codes: Vec<String> = codes.iter().map(StatusCode::to_string).collect();
    joined(&codes, "or")
}

/// In one line: "Reach: A 486 ends one branch of a forked call."
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.topic, self.says())
    }
}
