//! The first digits of codes: "48" and "48x" begin ten.

use super::pass::Pass;
use crate::catalog::{NotACode, Response};

/// The first two digits of some codes.
#[derive(Clone, Debug)]
pub(in crate::search) struct Digits(String);

impl Digits {
    /// Takes digits, with or without what stands for the last one.
    pub(super) fn parse(term: &str) -> Result<Self, String> {
        match term.trim_end_matches(['x', 'X']) {
            digits if matches!(digits.as_bytes(), [b'1'..=b'6', _]) => Ok(Self(digits.to_owned())),
            _ => Err(NotACode.to_string()),
        }
    }

    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    pub(super) fn pass(&self, response: &Response) -> Option<Pass> {
        let Self(digits) = self;
        let begins = response.code.to_string().starts_with(digits);
        begins.then(|| Pass::new(format!("begins with {digits}"), 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{StatusCode, response};

    #[test]
    fn two_digits_of_a_class_begin_codes_and_others_begin_none() {
        for term in ["48", "48x", "48X"] {
            let digits = Digits::parse(term).expect(term);
            let why = digits.pass(response(StatusCode::of(486)));
            assert_eq!(why, Some(Pass::new("begins with 48", 0)), "{term}");
            assert_eq!(digits.pass(response(StatusCode::of(408))), None);
            assert_eq!(digits.count(), 2);
        }
        for term in ["4", "4xx", "70", "00", "486", "999"] {
            let refused = Digits::parse(term).expect_err(term);
            assert_eq!(refused, NotACode.to_string());
        }
    }
}
