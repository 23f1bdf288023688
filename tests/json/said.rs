//! A value of the output, held against what it has to say.

use serde::Serialize;
use serde_json::{Value, json};
use sipdex::catalog::Citation;

/// A value of the output, and where it stands.
#[derive(Clone)]
pub(crate) struct Said<'a> {
    pub(crate) value: &'a Value,
    pub(crate) at: String,
}

impl<'a> Said<'a> {
    pub(crate) fn new(value: &'a Value, at: impl Into<String>) -> Self {
        Self {
            value,
            at: at.into(),
        }
    }

    /// Returns the value of a key, which must be there.
    pub(crate) fn key(&self, key: &str) -> Said<'a> {
        let value = self.value.get(key);
        let value = value.unwrap_or_else(|| panic!("{} has no {key:?}", self.at));
        Said::new(value, format!("{}.{key}", self.at))
    }

    /// Expects a value below a key.
    #[track_caller]
    pub(crate) fn says(&self, key: &str, expected: impl Serialize) {
        let said = self.key(key);
        assert_eq!(*said.value, json!(expected), "{}", said.at);
    }

    /// Expects a citation below a key, or null.
    #[track_caller]
    pub(crate) fn cites(&self, key: &str, expected: Option<Citation>) {
        let said = self.key(key);
        match expected {
            Some(cite) => said.is_citation(cite),
            None => assert!(said.value.is_null(), "{} is {}", said.at, said.value),
        }
    }

    #[track_caller]
    pub(crate) fn is_citation(&self, cite: Citation) {
        self.says("rfc", cite.rfc());
        self.says("section", cite.section());
        self.says("title", cite.title());
        self.says("url", cite.url());
        self.each("errata", &cite.errata(), |said, erratum| {
            said.says("number", erratum.number);
            said.says("says", erratum.says);
            said.says("url", erratum.url());
        });
    }

    /// Expects a list of citations below a key.
    #[track_caller]
    pub(crate) fn all_cited(&self, key: &str, expected: &[Citation]) {
        self.each(key, expected, |said, cite| said.is_citation(*cite));
    }

    /// Expects a list as long as another, and calls a function with each pair.
    #[track_caller]
    pub(crate) fn each<T>(&self, key: &str, expected: &[T], check: impl Fn(&Said<'a>, &T)) {
        let list = self.key(key);
        let values = list.value.as_array();
        let values = values.unwrap_or_else(|| panic!("{} is no list", list.at));
        assert_eq!(values.len(), expected.len(), "the length of {}", list.at);
        for (i, (value, expected)) in values.iter().zip(expected).enumerate() {
            check(&Said::new(value, format!("{}[{i}]", list.at)), expected);
        }
    }
}
