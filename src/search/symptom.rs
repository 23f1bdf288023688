//! Looks for the words of a query among the symptoms: what people say who do not know the code.

use super::words::{Fit, fit, plain};
use crate::catalog::Response;

/// How much of a symptom a query names, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Extent {
    /// The words stand in several symptoms.
    Spread,
    /// Most of the telling words are those of one symptom.
    Most,
    /// The query holds a whole symptom, and more.
    Within,
    /// One symptom holds all words.
    Part,
    /// The words are the symptom.
    Exact,
}

/// A symptom that fits, or the first of several.
pub(super) struct Found {
    pub(super) symptom: &'static str,
    pub(super) extent: Extent,
    pub(super) score: i64,
}

/// How the score of a symptom is made up; the position of a symptom on its page decides last.
const COVERAGE: i64 = 1_000;
const QUALITY: i64 = 10;

/// The shortest single word that may stand for one that it begins.
const SHORTEST_BEGINNING: usize = 5;

/// Returns each symptom of a page with its telling words.
pub(super) fn of(response: &Response) -> impl Iterator<Item = (&'static str, &'static str)> {
    response
        .symptoms
        .iter()
        .copied()
        .zip(response.symptom_words.lines())
}

/// Finds the words of a query in symptoms, each with its telling words.
pub(super) fn find(
    query: &[String],
    symptoms: impl Iterator<Item = (&'static str, &'static str)>,
) -> Option<Found> {
    let query: Vec<&str> = query.iter().map(|word| plain(word)).collect();
    let firsts: Vec<u8> = query
        .iter()
        .filter_map(|word| word.bytes().next())
        .collect();
    let mut everywhere = vec![false; query.len()];
    let mut first = None;
    let mut best: Option<Found> = None;
    let mut of_symptom: Vec<&str> = Vec::new();
    for (position, (symptom, words)) in symptoms.enumerate() {
        // Words that fit begin alike: most symptoms need no closer look.
        let mut before = b' ';
        let begins_alike = words.bytes().any(|byte| {
            let begins = std::mem::replace(&mut before, byte) == b' ';
            begins && firsts.contains(&byte)
        });
        if !begins_alike {
            continue;
        }
        of_symptom.clear();
        of_symptom.extend(words.split_ascii_whitespace());
        let overlap = overlap(&query, &of_symptom);
        for (seen, word) in everywhere.iter_mut().zip(&overlap.of_query) {
            *seen |= word.is_some();
        }
        if overlap.of_query.iter().any(Option::is_some) {
            first = first.or(Some(symptom));
        }
        let Some(extent) = overlap.extent(&query, &of_symptom) else {
            continue;
        };
        let position = i64::try_from(position).unwrap_or(i64::MAX);
        let score = COVERAGE * overlap.coverage() / 100 + QUALITY * overlap.quality() - position;
        let better = best
            .as_ref()
            .is_none_or(|best| (extent, score) > (best.extent, best.score));
        if better {
            best = Some(Found {
                symptom,
                extent,
                score,
            });
        }
    }
    best.or_else(|| {
        let spread = query.len() > 1 && everywhere.iter().all(|seen| *seen);
        Some(Found {
            symptom: first.filter(|_| spread)?,
            extent: Extent::Spread,
            score: 0,
        })
    })
}

/// Returns whether a word stands in any of these symptoms.
pub(super) fn knows(word: &str, response: &Response) -> bool {
    response
        .symptom_words
        .split([' ', '\n'])
        .any(|known| known == word)
}

/// Which words of a query and a symptom fit each other.
struct Overlap {
    of_query: Vec<Option<Fit>>,
    of_symptom: Vec<bool>,
}

fn overlap(query: &[&str], symptom: &[&str]) -> Overlap {
    let mut of_query = vec![None; query.len()];
    let mut of_symptom = vec![false; symptom.len()];
    for (i, word) in query.iter().enumerate() {
        let unfinished =
            i + 1 == query.len() && (query.len() > 1 || word.chars().count() >= SHORTEST_BEGINNING);
        for (j, other) in symptom.iter().enumerate() {
            let fit = fit(word, other, unfinished);
            of_symptom[j] |= fit.is_some();
            of_query[i] = of_query[i].max(fit);
        }
    }
    // "time out" and "timeout", either way round.
    for (i, pair) in query.windows(2).enumerate() {
        if let Some(j) = symptom.iter().position(|word| is_joined(word, pair)) {
            of_symptom[j] = true;
            of_query[i] = Some(Fit::Whole);
            of_query[i + 1] = Some(Fit::Whole);
        }
    }
    for (j, pair) in symptom.windows(2).enumerate() {
        if let Some(i) = query.iter().position(|word| is_joined(word, pair)) {
            of_query[i] = Some(Fit::Whole);
            of_symptom[j] = true;
            of_symptom[j + 1] = true;
        }
    }
    Overlap {
        of_query,
        of_symptom,
    }
}

/// Words that many symptoms share, and that tell little of one alone.
const COMMON: [&str; 25] = [
    "after", "all", "always", "answer", "call", "called", "callee", "caller", "calls", "cannot",
    "carrier", "no", "not", "number", "phone", "server", "user", "while", "then", "before", "more",
    "than", "one", "channel", "other",
];
/// How much a common word weighs, and any other.
const WEIGHTS: [usize; 2] = [1, 3];
/// The share of the weight that must fit, in per cent.
const LEAST_OF_QUERY: usize = 60;
const LEAST_OF_SYMPTOM: usize = 50;

/// Returns the share of the words that hold, by weight, in per cent; none where only common words do.
fn share(words: &[&str], holds: impl Fn(usize) -> bool) -> usize {
    let weight = |word: &str| WEIGHTS[usize::from(!COMMON.contains(&word))];
    let all: usize = words.iter().map(|word| weight(word)).sum();
    let held = words.iter().enumerate().filter(|(i, _)| holds(*i));
    let held: Vec<usize> = held.map(|(_, word)| weight(word)).collect();
    if held.contains(&WEIGHTS[1]) {
        held.iter().sum::<usize>() * 100 / all.max(1)
    } else {
        0
    }
}

fn is_joined(word: &str, pair: &[&str]) -> bool {
    word.strip_prefix(pair[0]) == Some(pair[1])
}

impl Overlap {
    fn extent(&self, query: &[&str], symptom: &[&str]) -> Option<Extent> {
        let found = self.of_query.iter().flatten().count();
        let all = found == self.of_query.len();
        let whole = self.of_symptom.iter().all(|word| *word);
        let finished = !self.of_query.contains(&Some(Fit::Beginning));
        if all && whole && finished {
            return Some(Extent::Exact);
        }
        if all {
            return Some(Extent::Part);
        }
        let half = found * 2 >= self.of_query.len() && found > 1;
        if whole && half {
            return Some(Extent::Within);
        }
        let most = found > 1
            && share(query, |i| self.of_query[i].is_some()) >= LEAST_OF_QUERY
            && share(symptom, |i| self.of_symptom[i]) >= LEAST_OF_SYMPTOM;
        most.then_some(Extent::Most)
    }

    /// Returns how much of both is covered, in per cent.
    fn coverage(&self) -> i64 {
        let found = self.of_query.iter().flatten().count()
            + self.of_symptom.iter().filter(|word| **word).count();
        let all = self.of_query.len() + self.of_symptom.len();
        i64::try_from(found * 100 / all.max(1)).unwrap_or_default()
    }

    fn quality(&self) -> i64 {
        self.of_query
            .iter()
            .flatten()
            .map(|fit| match fit {
                Fit::Whole => 3,
                Fit::Stem => 2,
                Fit::Beginning => 1,
            })
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::{telling, words};
    use super::*;

    const SYMPTOMS: [(&str, &str); 4] = [
        ("caller hung up", "caller hung up"),
        ("time-out of the timer", "timeout timer"),
        ("wrong password", "wrong password"),
        ("glare", "glare"),
    ];

    fn extent(query: &str) -> Option<Extent> {
        let query = telling(&words(query).collect::<Vec<_>>());
        find(&query, SYMPTOMS.into_iter()).map(|found| found.extent)
    }

    #[test]
    fn a_symptom_is_found_by_all_or_part_of_it() {
        assert_eq!(extent("wrong password"), Some(Extent::Exact));
        assert_eq!(extent("password wrong"), Some(Extent::Exact));
        assert_eq!(extent("pwd"), Some(Extent::Part));
        assert_eq!(extent("wrong pa"), Some(Extent::Part));
        assert_eq!(extent("caller hungup"), Some(Extent::Exact));
        assert_eq!(extent("caller hung up early"), Some(Extent::Within));
        assert_eq!(extent("caller password"), Some(Extent::Spread));
        assert_eq!(extent("wrong number"), None);
        assert_eq!(extent("gla"), None, "three letters begin too much");
    }
}
