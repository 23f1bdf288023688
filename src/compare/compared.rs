//! What is compared: two to four different responses.

use std::ops::Deref;

use super::once::each_once;
use crate::catalog::{self, Response, StatusCode};

/// The most responses that are compared at once.
pub const MOST: usize = 4;

/// Two to four different responses, in the order of their columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared(Vec<&'static Response>);

impl Compared {
    /// Takes each response once; a fifth does not count, and one alone cannot be compared.
    pub fn new(responses: &[&'static Response]) -> Option<Self> {
        let mut different = each_once(responses.iter().copied());
        different.truncate(MOST);
        (different.len() > 1).then_some(Self(different))
    }

    /// Takes the responses of codes.
    pub fn of(codes: &[StatusCode]) -> Option<Self> {
        let responses: Vec<_> = codes.iter().map(|code| catalog::response(*code)).collect();
        Self::new(&responses)
    }

    pub(super) fn codes(&self) -> impl Iterator<Item = StatusCode> {
        self.iter().map(|response| response.code)
    }

    /// Returns whether one of the codes is compared.
    pub(super) fn has_any(&self, codes: &[StatusCode]) -> bool {
        self.codes().any(|code| codes.contains(&code))
    }
}

impl Deref for Compared {
    type Target = [&'static Response];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(codes: &[u16]) -> Option<Vec<u16>> {
        let codes = codes
            .iter()
            .map(|code| StatusCode::new(*code).expect("a code"));
        let compared = Compared::of(&codes.collect::<Vec<_>>())?;
        Some(compared.iter().map(|r| r.code.get()).collect())
    }

    #[test]
    fn a_code_given_twice_counts_once_and_a_fifth_not_at_all() {
        assert_eq!(
            of(&[486, 486, 600, 480, 603, 487]),
            Some(vec![486, 600, 480, 603])
        );
    }

    #[test]
    fn one_code_alone_cannot_be_compared() {
        for codes in [&[][..], &[486], &[486, 486]] {
            assert_eq!(of(codes), None, "{codes:?}");
        }
        assert_eq!(of(&[486, 486, 480]), Some(vec![486, 480]));
    }
}
