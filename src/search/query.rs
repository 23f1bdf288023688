//! What a typed line asks for: codes, classes, filters and words.

use std::borrow::Cow;

use super::QUERY_LIMIT;
use crate::catalog::{Class, Codes, Response, StatusCode};

/// A query, taken apart.
pub(super) struct Query {
    /// Words to look for, in lower case.
    pub(super) words: Vec<String>,
    filters: Vec<Filter>,
}

enum Filter {
    Code(StatusCode),
    Prefix(String),
    Class(Class),
    Bookmarked,
    /// A number that begins no code.
    Nothing,
}

impl Query {
    pub(super) fn parse(text: &str) -> Self {
        let text: String = text.chars().take(QUERY_LIMIT).collect();
        let mut query = Self {
            words: Vec::new(),
            filters: Vec::new(),
        };
        if let Some(code) = status_line(&text) {
            query.filters.push(Filter::Code(code));
            return query;
        }
        for term in text.split_whitespace() {
            match filter(term) {
                Some(filter) => query.filters.push(filter),
                None => query.words.push(term.to_lowercase()),
            }
        }
        query
    }

    /// Returns the code, if the query is nothing but a code or a status line.
    pub(super) fn code(&self) -> Option<StatusCode> {
        match (&self.filters[..], &self.words[..]) {
            ([Filter::Code(code)], []) => Some(*code),
            _ => None,
        }
    }

    /// Returns the first code that stands in the query, with whatever else.
    pub(super) fn any_code(&self) -> Option<StatusCode> {
        self.filters.iter().find_map(|filter| match filter {
            Filter::Code(code) => Some(*code),
            _ => None,
        })
    }

    pub(super) fn prefix(&self) -> Option<&str> {
        self.filters.iter().find_map(|filter| match filter {
            Filter::Prefix(prefix) => Some(prefix.as_str()),
            _ => None,
        })
    }

    pub(super) fn class(&self) -> Option<Class> {
        self.filters.iter().find_map(|filter| match filter {
            Filter::Class(class) => Some(*class),
            _ => None,
        })
    }

    /// Returns the reason of a hit that only filters let through.
    pub(super) fn why(&self) -> Cow<'static, str> {
        let bookmarked = self
            .filters
            .iter()
            .any(|filter| matches!(filter, Filter::Bookmarked));
        if bookmarked {
            "bookmarked".into()
        } else {
            "listed".into()
        }
    }

    /// Returns whether every filter lets a response through.
    pub(super) fn admits(&self, response: &Response, bookmarked: &Codes) -> bool {
        self.filters.iter().all(|filter| match filter {
            Filter::Code(code) => response.code == *code,
            Filter::Prefix(prefix) => response.code.to_string().starts_with(prefix),
            Filter::Class(class) => response.class() == *class,
            Filter::Bookmarked => bookmarked.contains(&response.code),
            Filter::Nothing => false,
        })
    }
}

/// Returns the code of a status line, with or without what stands around it in a log.
fn status_line(text: &str) -> Option<StatusCode> {
    const START: &str = "sip/2.0 ";
    let at = text.to_ascii_lowercase().find(START)?;
    let rest = &text[at + START.len()..];
    rest.split_whitespace().next()?.parse().ok()
}

fn filter(term: &str) -> Option<Filter> {
    if term.eq_ignore_ascii_case("is:bookmarked") {
        return Some(Filter::Bookmarked);
    }
    if let Some(class) = Class::parse(term) {
        return Some(Filter::Class(class));
    }
    if let Ok(code) = term.parse() {
        return Some(Filter::Code(code));
    }
    // "48" and "48x" begin ten codes.
    let digits = if term.len() == 3 {
        term.trim_end_matches(['x', 'X'])
    } else {
        term
    };
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let begins_a_code = digits.len() == 2 && matches!(digits.as_bytes()[0], b'1'..=b'6');
    Some(if begins_a_code {
        Filter::Prefix(digits.into())
    } else {
        Filter::Nothing
    })
}
