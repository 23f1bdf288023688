//! Letters that stand in a text in their order, perhaps with others between them.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

/// Finds letters in texts; nothing else names the crate that does it.
pub(super) struct Fuzzy(SkimMatcherV2);

impl Fuzzy {
    pub(super) fn new() -> Self {
        Self(SkimMatcherV2::default().ignore_case())
    }

    /// Returns how well letters stand together in a text, 0 where they do not.
    pub(super) fn score(&self, text: &str, letters: &str) -> u32 {
        let score = self.0.fuzzy_match(text, letters);
        score.map_or(0, at_least_0)
    }

    /// Returns the same with the positions of the letters, where they stand in the text.
    pub(super) fn find(&self, text: &str, letters: &str) -> Option<(u32, Vec<usize>)> {
        let (score, marks) = self.0.fuzzy_indices(text, letters)?;
        Some((at_least_0(score), marks))
    }
}

fn at_least_0(score: i64) -> u32 {
    u32::try_from(score).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_together_are_better_than_letters_apart_and_case_does_not_matter() {
        let fuzzy = Fuzzy::new();
        let score = |letters: &str| fuzzy.score("Busy Everywhere", letters);
        assert!(score("BUSY") > score("bsev"));
        assert!(score("bsev") > 0);
        assert_eq!(score("xyz"), 0);
        let (_, marks) = fuzzy.find("Busy Here", "bh").expect("both letters");
        assert_eq!(marks, [0, 5]);
        assert_eq!(fuzzy.find("Busy Here", "hb"), None, "not in their order");
    }
}
