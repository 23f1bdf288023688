//! The words of a query, heard in symptoms: each word there is known by its number in the vocabulary.

use crate::search::words::{Fit, fit, plain};

/// How much of a symptom a query names, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Extent {
    /// Most of the telling words are those of one symptom.
    Most,
    /// The query holds a whole symptom, and more.
    Within,
    /// One symptom holds all words.
    Part,
    /// The words are the symptom.
    Exact,
}

/// A symptom that fits.
pub(super) struct Fitting {
    /// Its place on the page.
    pub(super) place: usize,
    pub(super) extent: Extent,
    /// The higher, the more alike are the query and the symptom.
    pub(super) likeness: i64,
}

/// What counts for the likeness: each per cent and each step of a fit; a later place on the page takes away.
const COVERAGE: i64 = 10;
const QUALITY: i64 = 10;

/// The shortest single word that may stand for one that it begins, if it is none itself.
const SHORTEST_BEGINNING: usize = 3;

/// The words of a query, compared once with every word that symptoms have.
pub(super) struct Heard<'a, W> {
    query: Vec<&'a str>,
    vocabulary: &'a [W],
    /// How each word of the query fits each of the vocabulary.
    fits: Vec<Vec<Option<Fit>>>,
    /// Whether any word of the query fits a word of the vocabulary, alone or with its neighbour.
    fitting: Vec<bool>,
    /// Two words of the query that are one here, by the place of the first: "time out".
    joined: Vec<(usize, u16)>,
    /// A word of the query that is two here: "hungup".
    split: Vec<(usize, [u16; 2])>,
}

impl<'a, W: AsRef<str>> Heard<'a, W> {
    /// Takes the words of a query and a vocabulary in order.
    pub(super) fn new(query: &'a [String], vocabulary: &'a [W]) -> Self {
        let query: Vec<&str> = query.iter().map(|word| plain(word)).collect();
        let number = |word: &str| {
            let place = vocabulary.binary_search_by(|known| known.as_ref().cmp(word));
            u16::try_from(place.ok()?).ok()
        };
        let mut fits = Vec::with_capacity(query.len());
        let mut fitting = vec![false; vocabulary.len()];
        for (i, word) in query.iter().enumerate() {
            let begins = || word.chars().count() >= SHORTEST_BEGINNING && number(word).is_none();
            let unfinished = i + 1 == query.len() && (query.len() > 1 || begins());
            let of_word: Vec<_> = vocabulary
                .iter()
                .map(|other| fit(word, other.as_ref(), unfinished))
                .collect();
            for (fitting, fit) in fitting.iter_mut().zip(&of_word) {
                *fitting |= fit.is_some();
            }
            fits.push(of_word);
        }
        let pairs = query.windows(2).enumerate();
        let joined: Vec<_> = pairs
            .filter_map(|(i, pair)| Some((i, number(&pair.concat())?)))
            .collect();
        let split: Vec<_> = query
            .iter()
            .enumerate()
            .flat_map(|(i, word)| {
                let cuts = word
                    .char_indices()
                    .skip(1)
                    .map(|(cut, _)| word.split_at(cut));
                cuts.filter_map(move |(a, b)| Some((i, [number(a)?, number(b)?])))
            })
            .collect();
        for word in joined
            .iter()
            .map(|(_, word)| word)
            .chain(split.iter().flat_map(|(_, pair)| pair))
        {
            fitting[usize::from(*word)] = true;
        }
        Self {
            query,
            vocabulary,
            fits,
            fitting,
            joined,
            split,
        }
    }

    /// Finds the words of the query in symptoms, of which it takes the telling words.
    pub(super) fn find<'s>(&self, symptoms: impl Iterator<Item = &'s [u16]>) -> Option<Fitting> {
        let mut best: Option<Fitting> = None;
        for (place, words) in symptoms.enumerate() {
            if !words.iter().any(|word| self.fitting[usize::from(*word)]) {
                continue;
            }
            let overlap = self.overlap(words);
            let Some(extent) = overlap.extent(self, words) else {
                continue;
            };
            let later = i64::try_from(place).unwrap_or(i64::MAX);
            let likeness = COVERAGE * overlap.coverage() + QUALITY * overlap.quality() - later;
            let better = best
                .as_ref()
                .is_none_or(|best| (extent, likeness) > (best.extent, best.likeness));
            if better {
                best = Some(Fitting {
                    place,
                    extent,
                    likeness,
                });
            }
        }
        best
    }

    fn word(&self, number: u16) -> &str {
        self.vocabulary[usize::from(number)].as_ref()
    }

    fn overlap(&self, symptom: &[u16]) -> Overlap {
        let mut of_query = vec![None; self.query.len()];
        let mut of_symptom = vec![false; symptom.len()];
        for (found, fits) in of_query.iter_mut().zip(&self.fits) {
            for (seen, word) in of_symptom.iter_mut().zip(symptom) {
                let fit = fits[usize::from(*word)];
                *seen |= fit.is_some();
                *found = (*found).max(fit);
            }
        }
        for (i, word) in &self.joined {
            if let Some(j) = symptom.iter().position(|other| other == word) {
                of_symptom[j] = true;
                of_query[*i] = Some(Fit::Whole);
                of_query[i + 1] = Some(Fit::Whole);
            }
        }
        for (i, pair) in &self.split {
            if let Some(j) = symptom.windows(2).position(|other| other == pair) {
                of_query[*i] = Some(Fit::Whole);
                of_symptom[j] = true;
                of_symptom[j + 1] = true;
            }
        }
        Overlap {
            of_query,
            of_symptom,
        }
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
const LEAST_OF_SYMPTOM: usize = 60;

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

/// Which words of a query and a symptom fit each other.
struct Overlap {
    of_query: Vec<Option<Fit>>,
    of_symptom: Vec<bool>,
}

impl Overlap {
    fn extent(&self, heard: &Heard<'_, impl AsRef<str>>, symptom: &[u16]) -> Option<Extent> {
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
        if found < 2 || share(&heard.query, |i| self.of_query[i].is_some()) < LEAST_OF_QUERY {
            return None;
        }
        let symptom = symptom.iter().map(|word| heard.word(*word));
        let share = share(&symptom.collect::<Vec<_>>(), |i| self.of_symptom[i]);
        (share >= LEAST_OF_SYMPTOM).then_some(Extent::Most)
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
    use super::*;
    use crate::search::words::{telling, words};

    const VOCABULARY: [&str; 13] = [
        "caller",
        "exhausted",
        "glare",
        "hung",
        "limit",
        "password",
        "register",
        "registrar",
        "timeout",
        "timer",
        "trunk",
        "up",
        "wrong",
    ];
    const SYMPTOMS: [(&str, &[u16]); 7] = [
        ("caller hung up", &[0, 3, 11]),
        ("time-out of the timer", &[8, 9]),
        ("wrong password", &[12, 5]),
        ("glare", &[2]),
        ("limit of the trunk exhausted", &[4, 10, 1]),
        ("register timer", &[6, 9]),
        ("registrar", &[7]),
    ];

    fn found(query: &str) -> Option<Fitting> {
        let query = telling(&words(query).collect::<Vec<_>>());
        Heard::new(&query, &VOCABULARY).find(SYMPTOMS.into_iter().map(|(_, words)| words))
    }

    fn extent(query: &str) -> Option<Extent> {
        found(query).map(|found| found.extent)
    }

    #[test]
    fn most_is_three_fifths_of_both_by_weight() {
        assert_eq!(extent("trunk limit zebra"), Some(Extent::Most));
        assert_eq!(extent("trunk limit zebra call"), Some(Extent::Most));
        assert_eq!(extent("trunk limit zebra call call"), None);
        assert_eq!(extent("trunk limit zebra yak"), None);
        assert_eq!(extent("trunk zebra"), None, "one word of them");
        assert_eq!(extent("trunk call call"), None, "one word that tells");
        assert_eq!(extent("caller hung zebra"), None, "4 of 7 of the symptom");
        assert_eq!(extent("hung up zebra"), Some(Extent::Most));
    }

    #[test]
    fn the_symptom_that_is_covered_most_is_named() {
        let named = |query: &str| found(query).map(|found| SYMPTOMS[found.place].0);
        assert_eq!(named("regist"), Some("registrar"), "not the better fit");
        assert_eq!(named("timer"), Some("time-out of the timer"), "the first");
        assert_eq!(named("timer register"), Some("register timer"));
        let overlap = Overlap {
            of_query: vec![Some(Fit::Stem), None],
            of_symptom: vec![true, true, false],
        };
        assert_eq!((overlap.coverage(), overlap.quality()), (60, 2));
    }

    #[test]
    fn a_symptom_is_found_by_all_or_part_of_it() {
        assert_eq!(extent("wrong password"), Some(Extent::Exact));
        assert_eq!(extent("password wrong"), Some(Extent::Exact));
        assert_eq!(extent("pwd"), Some(Extent::Part));
        assert_eq!(extent("wrong pa"), Some(Extent::Part));
        assert_eq!(extent("caller hungup"), Some(Extent::Exact));
        assert_eq!(extent("caller hung up early"), Some(Extent::Within));
        assert_eq!(extent("caller password"), None, "in two of them");
        assert_eq!(extent("wrong number"), None);
        assert_eq!(extent("gla"), Some(Extent::Part));
        assert_eq!(extent("gl"), None, "two letters begin too much");
        assert_eq!(extent("up"), Some(Extent::Part));
    }
}
