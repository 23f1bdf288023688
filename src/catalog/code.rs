//! Status codes and their classes.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::Serialize;

/// A set of codes, such as those bookmarked.
pub type Codes = BTreeSet<StatusCode>;

/// A SIP status code: 100 to 699 (RFC 3261 section 7.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct StatusCode(u16);

/// The first digit of a status code, and what it says (RFC 3261 section 21).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    Provisional,
    Success,
    Redirection,
    RequestFailure,
    ServerFailure,
    GlobalFailure,
}

/// The text or number is no response code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotACode;

impl StatusCode {
    pub(super) const FIRST: u16 = 100;

    pub fn new(code: u16) -> Result<Self, NotACode> {
        if (100..700).contains(&code) {
            Ok(Self(code))
        } else {
            Err(NotACode)
        }
    }

    /// Takes a number that the build has checked.
    pub(crate) const fn of(code: u16) -> Self {
        assert!(code >= 100 && code < 700);
        Self(code)
    }

    pub const fn get(self) -> u16 {
        self.0
    }

    pub const fn class(self) -> Class {
        match self.0 / 100 {
            1 => Class::Provisional,
            2 => Class::Success,
            3 => Class::Redirection,
            4 => Class::RequestFailure,
            5 => Class::ServerFailure,
            _ => Class::GlobalFailure,
        }
    }
}

impl fmt::Display for StatusCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for StatusCode {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        let three_digits = text.len() == 3 && text.bytes().all(|b| b.is_ascii_digit());
        if !three_digits {
            return Err(NotACode);
        }
        Self::new(text.parse().map_err(|_| NotACode)?)
    }
}

impl fmt::Display for NotACode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("response codes are the numbers from 100 to 699")
    }
}

impl std::error::Error for NotACode {}

impl Class {
    pub const ALL: [Self; 6] = [
        Self::Provisional,
        Self::Success,
        Self::Redirection,
        Self::RequestFailure,
        Self::ServerFailure,
        Self::GlobalFailure,
    ];

    /// Returns "4xx" for a request failure.
    pub const fn pattern(self) -> &'static str {
        match self {
            Self::Provisional => "1xx",
            Self::Success => "2xx",
            Self::Redirection => "3xx",
            Self::RequestFailure => "4xx",
            Self::ServerFailure => "5xx",
            Self::GlobalFailure => "6xx",
        }
    }

    /// Returns whether a response of the class ends its transaction (RFC 3261 section 7.2).
    pub fn is_final(self) -> bool {
        self != Self::Provisional
    }

    /// Returns the class that "4xx", "4XX" or "4" names.
    pub fn parse(text: &str) -> Option<Self> {
        let digit = text
            .strip_suffix("xx")
            .or_else(|| text.strip_suffix("XX"))
            .unwrap_or(text);
        let [digit @ b'1'..=b'6'] = digit.as_bytes() else {
            return None;
        };
        Some(Self::ALL[usize::from(digit - b'1')])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_three_digits_from_100_to_699_are_a_code() {
        for text in ["99", "700", "0486", "+486", "48x", "", " 486"] {
            assert_eq!(text.parse::<StatusCode>(), Err(NotACode), "{text:?}");
        }
        assert_eq!("486".parse(), StatusCode::new(486));
    }

    #[test]
    fn a_class_is_named_by_its_digit_or_pattern() {
        assert_eq!(Class::parse("4xx"), Some(Class::RequestFailure));
        assert_eq!(Class::parse("6"), Some(Class::GlobalFailure));
        assert_eq!(Class::parse("7xx"), None);
        assert_eq!(Class::parse("4x"), None);
        assert_eq!(Class::parse("+4"), None);
    }
}
