//! Looks for the words of a query in a reason phrase.

use std::borrow::Cow;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::Layer;
use super::words::same_stem;

/// Where and how well a phrase matched.
pub(super) struct Found {
    pub(super) layer: Layer,
    pub(super) why: Cow<'static, str>,
    /// Positions in the phrase.
    pub(super) marks: Vec<usize>,
    pub(super) score: i64,
}

/// What a scattered match must reach for each letter of the query, so that noise is cut.
const GUESS_SCORE_PER_LETTER: i64 = 15;
const SHORTEST_GUESS: usize = 3;

/// How well a word of a phrase matched, the best first; each step outweighs any fuzzy score.
const WHOLE_PHRASE: i64 = 40_000;
const WHOLE_WORD: i64 = 30_000;
const WORD_BEGINNING: i64 = 20_000;
const SAME_STEM: i64 = 15_000;
pub(super) const INITIALS: i64 = 10_000;

/// Finds all words of a query in a phrase, each by the strongest rule that fits.
pub(super) fn find(
    words: &[String],
    phrase: &'static str,
    matcher: &SkimMatcherV2,
) -> Option<Found> {
    let line = words.join(" ");
    let fuzzy = || {
        matcher
            .fuzzy_match(phrase, &line)
            .unwrap_or_default()
            .clamp(0, 9_999)
    };

    let in_words = by_words(words, phrase).or_else(|| by_words(&joined(words)?, phrase));
    if let Some((rule, marks)) = in_words {
        let score = rule + fuzzy();
        return Some(Found {
            layer: Layer::Phrase,
            why: "reason phrase".into(),
            marks,
            score,
        });
    }
    if let [word] = words
        && let Some(marks) = initials(word, phrase)
    {
        let why = format!("initials of {phrase}").into();
        return Some(Found {
            layer: Layer::Abbreviation,
            why,
            marks,
            score: INITIALS,
        });
    }
    if let Some(marks) = abbreviation(words, phrase) {
        let why = format!("short for {phrase}").into();
        return Some(Found {
            layer: Layer::Abbreviation,
            why,
            marks,
            score: fuzzy(),
        });
    }
    None
}

/// Finds the letters of a query scattered over a phrase, from the beginning of a word.
pub(super) fn scattered(
    words: &[String],
    phrase: &str,
    matcher: &SkimMatcherV2,
) -> Option<(i64, Vec<usize>)> {
    let letters = words.concat();
    if letters.len() < SHORTEST_GUESS {
        return None;
    }
    let (score, marks) = matcher.fuzzy_indices(phrase, &letters)?;
    let least = GUESS_SCORE_PER_LETTER * i64::try_from(letters.len()).unwrap_or(i64::MAX);
    let begins_a_word = parts(phrase).any(|(at, _)| marks.first() == Some(&at));
    (score >= least && begins_a_word).then_some((score, marks))
}

/// Returns how much two texts look alike, from 0 to 1, by their most similar words.
pub(super) fn likeness(query: &[String], phrase: &str) -> f64 {
    let phrase = phrase.to_lowercase();
    query
        .iter()
        .flat_map(|word| {
            phrase
                .split(PARTS)
                .map(move |part| strsim::jaro_winkler(word, part))
        })
        .fold(0.0, f64::max)
}

/// What stands between the words of a phrase.
const PARTS: [char; 3] = [' ', '/', '-'];

/// Returns the words of a phrase with their positions.
fn parts(phrase: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    phrase.split(PARTS).map(move |part| {
        let start = at;
        at += part.len() + 1;
        (start, part)
    })
}

/// Joins two words that are typed apart and may be one: "time out".
fn joined(words: &[String]) -> Option<Vec<String>> {
    let [before @ .., first, second] = words else {
        return None;
    };
    let mut joined = before.to_vec();
    joined.push(format!("{first}{second}"));
    Some(joined)
}

/// Matches every query word with a word of the phrase, its beginning or its stem, each phrase word once.
fn by_words(words: &[String], phrase: &str) -> Option<(i64, Vec<usize>)> {
    let mut rule = WHOLE_WORD;
    let mut taken = Vec::new();
    let mut marks = Vec::new();
    for query in words {
        let free = || parts(phrase).filter(|(at, _)| !taken.contains(at));
        let whole = free().find(|(_, part)| part.eq_ignore_ascii_case(query));
        let begins = || free().find(|(_, part)| starts_with(part, query));
        let stem = || {
            let mut alike = free().filter(|(_, part)| starts_with(part, first_letter(query)));
            alike.find(|(_, part)| same_stem(&part.to_ascii_lowercase(), query))
        };
        let (weaker, (at, part)) = whole
            .map(|found| (WHOLE_WORD, found))
            .or_else(|| Some((WORD_BEGINNING, begins()?)))
            .or_else(|| Some((SAME_STEM, stem()?)))
            .or_else(|| Some((WHOLE_WORD, hyphenated(phrase, query)?)))?;
        rule = rule.min(weaker);
        taken.push(at);
        let marked = if weaker == WHOLE_WORD {
            part.len()
        } else {
            query.len().min(part.len())
        };
        marks.extend(at..at + marked);
    }
    marks.sort_unstable();
    if rule == WHOLE_WORD && taken.len() == parts(phrase).count() {
        rule = WHOLE_PHRASE;
    }
    (!marks.is_empty()).then_some((rule, marks))
}

/// Returns the word of a phrase that is the query but for its hyphen: "Time-out".
fn hyphenated<'a>(phrase: &'a str, query: &str) -> Option<(usize, &'a str)> {
    phrase.split(' ').find_map(|word| {
        let (first, second) = word.split_once('-')?;
        let same = query.len() == word.len() - 1
            && starts_with(query, first)
            && query[first.len()..].eq_ignore_ascii_case(second);
        same.then(|| (word.as_ptr().addr() - phrase.as_ptr().addr(), word))
    })
}

fn first_letter(word: &str) -> &str {
    word.char_indices()
        .nth(1)
        .map_or(word, |(end, _)| &word[..end])
}

fn starts_with(part: &str, query: &str) -> bool {
    part.get(..query.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(query))
}

fn initials(query: &str, phrase: &str) -> Option<Vec<usize>> {
    let first: Vec<(usize, char)> = parts(phrase)
        .filter_map(|(at, part)| Some((at, part.chars().next()?)))
        .collect();
    let fits = first.len() == query.chars().count()
        && first
            .iter()
            .zip(query.chars())
            .all(|((_, a), b)| a.eq_ignore_ascii_case(&b));
    fits.then(|| first.into_iter().map(|(at, _)| at).collect())
}

/// Matches every query word as a subsequence of one phrase word, from its first letter.
fn abbreviation(words: &[String], phrase: &str) -> Option<Vec<usize>> {
    // A single letter says too little, but for one of several words that is being typed.
    if words.iter().all(|word| word.len() == 1) {
        return None;
    }
    let mut taken = Vec::new();
    let mut marks = Vec::new();
    for query in words {
        let (at, found) = parts(phrase)
            .filter(|(at, _)| !taken.contains(at))
            .find_map(|(at, part)| Some((at, subsequence(query, part)?)))?;
        taken.push(at);
        marks.extend(found.into_iter().map(|position| at + position));
    }
    marks.sort_unstable();
    Some(marks)
}

fn subsequence(query: &str, part: &str) -> Option<Vec<usize>> {
    let mut letters = part.char_indices();
    let mut marks = Vec::new();
    for (i, wanted) in query.chars().enumerate() {
        let (at, _) = letters.find(|(_, letter)| letter.eq_ignore_ascii_case(&wanted))?;
        if i == 0 && at != 0 {
            return None;
        }
        marks.push(at);
    }
    Some(marks)
}
