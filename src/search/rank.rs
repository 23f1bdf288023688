//! Why something is a hit, and how good a one: what the order of hits is made of.

use std::cmp::Reverse;

use serde::Serialize;

/// Why something was found, the strongest reason first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layer {
    Code,
    Prefix,
    Class,
    Field,
    Phrase,
    Abbreviation,
    Symptom,
    Typo,
    Words,
    Guess,
    Nearest,
}

/// How good a hit is, the best first: a row for each way in which something is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// Its code was typed, as this one of several.
    Code { place: usize },
    /// Its code begins so, or is near to the one that was typed.
    Prefix,
    /// It is of the class.
    Class,
    /// The filters let it through, and what they say weighs this much.
    Field { weight: Reverse<u32> },
    /// Its phrase has all words, by the weakest of the rules; the letters that stand together decide last.
    Phrase { rule: Rule, fuzzy: Reverse<u32> },
    /// The letters are the initials of its phrase.
    Initials,
    /// The words are short for those of its phrase.
    Short { fuzzy: Reverse<u32> },
    /// People say so of it, more or less.
    Symptom { likeness: Reverse<i64> },
    /// The name of a cause was typed, which weighs this much, or of a warn-code, whose codes have places.
    Name { weight: Reverse<u32>, place: usize },
    /// The words are meant, slips corrected: the fewer the better, then the shorter the text.
    Typo {
        within: Within,
        slips: usize,
        length: usize,
    },
    /// A part of what was typed speaks of it, and stands there on its page.
    Words { score: Reverse<i32>, place: u8 },
    /// The letters are scattered over its phrase.
    Guess { fuzzy: Reverse<u32> },
    /// Nothing fits, and it comes nearest.
    Nearest { score: Reverse<i32> },
}

/// How well a word of a phrase fits, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rule {
    /// Every word of the phrase is typed in full.
    WholePhrase,
    WholeWord,
    Beginning,
    Stem,
}

/// Where words with slips were meant, the better first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Within {
    Phrase,
    Symptom,
}

impl Rank {
    pub(super) fn layer(self) -> Layer {
        match self {
            Self::Code { .. } => Layer::Code,
            Self::Prefix => Layer::Prefix,
            Self::Class => Layer::Class,
            Self::Field { .. } => Layer::Field,
            Self::Phrase { .. } => Layer::Phrase,
            Self::Initials | Self::Short { .. } => Layer::Abbreviation,
            Self::Symptom { .. } | Self::Name { .. } => Layer::Symptom,
            Self::Typo { .. } => Layer::Typo,
            Self::Words { .. } => Layer::Words,
            Self::Guess { .. } => Layer::Guess,
            Self::Nearest { .. } => Layer::Nearest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One or more ranks of each row, the best first.
    const RANKS: [Rank; 25] = [
        Rank::Code { place: 0 },
        Rank::Code { place: 1 },
        Rank::Prefix,
        Rank::Class,
        Rank::Field { weight: Reverse(2) },
        Rank::Field { weight: Reverse(0) },
        phrase(Rule::WholePhrase, 1),
        phrase(Rule::WholeWord, 9),
        phrase(Rule::WholeWord, 8),
        phrase(Rule::Beginning, 99),
        phrase(Rule::Stem, 999),
        Rank::Initials,
        Rank::Short { fuzzy: Reverse(9) },
        Rank::Short { fuzzy: Reverse(8) },
        Rank::Symptom {
            likeness: Reverse(1),
        },
        Rank::Symptom {
            likeness: Reverse(-1),
        },
        name(1, 9),
        name(0, 0),
        name(0, 1),
        typo(Within::Phrase, 2, 9),
        typo(Within::Symptom, 1, 9),
        Rank::Words {
            score: Reverse(9),
            place: 1,
        },
        Rank::Words {
            score: Reverse(8),
            place: 0,
        },
        Rank::Guess { fuzzy: Reverse(99) },
        Rank::Nearest { score: Reverse(99) },
    ];

    const fn phrase(rule: Rule, fuzzy: u32) -> Rank {
        let fuzzy = Reverse(fuzzy);
        Rank::Phrase { rule, fuzzy }
    }

    const fn name(weight: u32, place: usize) -> Rank {
        let weight = Reverse(weight);
        Rank::Name { weight, place }
    }

    const fn typo(within: Within, slips: usize, length: usize) -> Rank {
        Rank::Typo {
            within,
            slips,
            length,
        }
    }

    #[test]
    fn a_better_rank_comes_first_and_is_of_no_weaker_layer() {
        for pair in RANKS.windows(2) {
            assert!(pair[0] < pair[1], "{pair:?}");
            assert!(pair[0].layer() <= pair[1].layer(), "{pair:?}");
        }
        assert!(typo(Within::Symptom, 1, 9) < typo(Within::Symptom, 2, 1));
        assert!(typo(Within::Symptom, 1, 8) < typo(Within::Symptom, 1, 9));
    }
}
