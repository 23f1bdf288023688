//! Looks for the words of a query in a reason phrase.

use std::cmp::Reverse;

use super::fuzzy::Fuzzy;
use super::hit::{Found, Hit};
use super::rank::{Layer, Rank, Rule};
use super::words::{is_known, same_stem};
use crate::catalog::Response;

/// Returns the responses whose phrases have all words of a query; those for which the words are short only
/// where no phrase has them in full and they mean nothing else.
pub(super) fn hits(words: &[String], responses: &[&'static Response], fuzzy: &Fuzzy) -> Vec<Hit> {
    let mut hits: Vec<Hit> = responses
        .iter()
        .filter_map(|response| Some(Hit::new(*response, find(words, response.phrase(), fuzzy)?)))
        .collect();
    let in_full = |hit: &Hit| hit.layer() == Layer::Phrase;
    let by_initials = |hit: &Hit| hit.rank() == Rank::Initials;
    if hits.iter().any(by_initials) {
        hits.retain(|hit| in_full(hit) || by_initials(hit));
    }
    // A word that stands in a phrase, a symptom or a name is no abbreviation.
    let is_word = |word: &String| word.len() > 2 && is_known(word);
    if hits.iter().any(in_full) || words.iter().any(is_word) {
        hits.retain(in_full);
    }
    hits
}

/// Finds all words of a query in a phrase, each by the strongest rule that fits.
fn find(words: &[String], phrase: &'static str, fuzzy: &Fuzzy) -> Option<Found> {
    let score = || Reverse(fuzzy.score(phrase, &words.join(" ")));
    let in_words = by_words(words, phrase).or_else(|| by_words(&joined(words)?, phrase));
    if let Some((rule, marks)) = in_words {
        let fuzzy = score();
        let found = Found::new(Rank::Phrase { rule, fuzzy }, "reason phrase");
        return Some(found.with_marks(in_title(marks)));
    }
    if let [word] = words
        && let Some(marks) = initials(word, phrase)
    {
        let found = Found::new(Rank::Initials, format!("initials of {phrase}"));
        return Some(found.with_marks(in_title(marks)));
    }
    let marks = abbreviation(words, phrase)?;
    let fuzzy = score();
    let found = Found::new(Rank::Short { fuzzy }, format!("short for {phrase}"));
    Some(found.with_marks(in_title(marks)))
}

/// Returns positions in a title, which is the code, a blank and the phrase, for those in a phrase.
pub(super) fn in_title(marks: Vec<usize>) -> impl Iterator<Item = usize> {
    marks.into_iter().map(|mark| mark + "486 ".len())
}

/// What stands between the words of a phrase.
const PARTS: [char; 3] = [' ', '/', '-'];

/// Returns the words of a phrase with their positions.
pub(super) fn parts(phrase: &str) -> impl Iterator<Item = (usize, &str)> {
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
fn by_words(words: &[String], phrase: &str) -> Option<(Rule, Vec<usize>)> {
    let mut rule = Rule::WholeWord;
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
        let (fit, (at, part)) = whole
            .map(|found| (Rule::WholeWord, found))
            .or_else(|| Some((Rule::Beginning, begins()?)))
            .or_else(|| Some((Rule::Stem, stem()?)))
            .or_else(|| Some((Rule::WholeWord, hyphenated(phrase, query)?)))?;
        rule = rule.max(fit);
        taken.push(at);
        let marked = if fit == Rule::WholeWord {
            part.len()
        } else {
            query.len().min(part.len())
        };
        marks.extend(at..at + marked);
    }
    marks.sort_unstable();
    if rule == Rule::WholeWord && taken.len() == parts(phrase).count() {
        rule = Rule::WholePhrase;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn split(query: &str) -> Vec<String> {
        query.split(' ').map(str::to_owned).collect()
    }

    /// Returns the rule by which all words are found, and the letters of the phrase that they mean.
    fn found(query: &str, phrase: &str) -> Option<(Rule, String)> {
        let (rule, marks) = by_words(&split(query), phrase)?;
        let marked = phrase.char_indices().filter(|(at, _)| marks.contains(at));
        Some((rule, marked.map(|(_, letter)| letter).collect()))
    }

    #[test]
    fn words_are_found_by_the_weakest_rule_that_one_of_them_needs() {
        for (query, rule, marked) in [
            ("busy everywhere", Rule::WholePhrase, "BusyEverywhere"),
            ("everywhere busy", Rule::WholePhrase, "BusyEverywhere"),
            ("busy", Rule::WholeWord, "Busy"),
            ("bus everywhere", Rule::Beginning, "BusEverywhere"),
            ("every", Rule::Beginning, "Every"),
        ] {
            let expected = Some((rule, marked.to_owned()));
            assert_eq!(found(query, "Busy Everywhere"), expected, "{query}");
        }
        let stem = found("accepting", "Not Acceptable");
        assert_eq!(stem, Some((Rule::Stem, "Acceptabl".to_owned())));
        assert_eq!(found("busy here", "Busy Everywhere"), None, "not all words");
        assert_eq!(found("busy busy", "Busy Everywhere"), None, "taken once");
    }

    #[test]
    fn a_hyphen_may_be_left_out_or_be_a_blank() {
        let server = "Server Time-out";
        for query in ["timeout", "out time"] {
            let rule = found(query, server).map(|(rule, _)| rule);
            assert_eq!(rule, Some(Rule::WholeWord), "{query}");
        }
        let whole = found("timeout", server).map(|(_, marked)| marked);
        assert_eq!(whole.as_deref(), Some("Time-out"));
        assert_eq!(found("time out", "Request Timeout"), None);
        let joined = joined(&split("request time out")).expect("two words");
        assert_eq!(joined, ["request", "timeout"]);
        assert_eq!(super::joined(&split("busy")), None);
    }

    #[test]
    fn initials_are_those_of_every_word() {
        assert_eq!(initials("nf", "Not Found"), Some(vec![0, 4]));
        assert_eq!(initials("Sto", "Server Time-out"), Some(vec![0, 7, 12]));
        assert_eq!(initials("st", "Server Time-out"), None);
        assert_eq!(initials("fn", "Not Found"), None);
    }

    #[test]
    fn a_word_is_short_for_one_that_has_its_letters_from_the_first_on() {
        let short = |query: &str| abbreviation(&split(query), "Temporarily Unavailable");
        assert_eq!(short("tmp unav"), Some(vec![0, 2, 3, 12, 13, 14, 15]));
        assert_eq!(short("u tm"), Some(vec![0, 2, 12]), "in any order");
        assert_eq!(short("mp"), None, "not from the first letter");
        assert_eq!(short("tz"), None);
        assert_eq!(short("t"), None, "a letter alone");
        assert_eq!(short("tm tm"), None, "each word of the phrase once");
    }

    #[test]
    fn what_is_found_is_marked_in_the_title() {
        let found = find(&split("here"), "Busy Here", &Fuzzy::new()).expect("a word of it");
        assert_eq!(found.marks, [9, 10, 11, 12]);
        assert_eq!(found.why, "reason phrase");
    }
}
