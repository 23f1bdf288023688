//! Every comparison is good English, not too long, and the same in both orders.

use sipdex::catalog::{self, Response};
use sipdex::compare::Difference;
use sipdex::document::{Block, Document};

use super::codes::comparison_of;
use super::{pairs, sentences, words};

const LONGEST_IN_SHORT: usize = 700;
const LONGEST_DIFFERENCE: usize = 800;

fn is_code(word: &str) -> bool {
    word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns what is wrong with a sentence by rule.
fn faults(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut fault = |says: String| faults.push(says);
    if !text.starts_with(|c: char| c.is_ascii_uppercase()) {
        fault("begins in lower case".into());
    }
    if !text.ends_with(['.', '?']) {
        fault("has no end".into());
    }
    for slip in ["  ", "..", " .", " ,", "{", "}", ". a ", "? a "] {
        if text.contains(slip) {
            fault(format!("{slip:?}"));
        }
    }
    let raw: Vec<&str> = text.split_whitespace().collect();
    let words = words(text);
    for (i, pair) in words.windows(2).enumerate() {
        let [one, two] = [pair[0], pair[1]];
        // A sign between two words sets them apart.
        if !raw[i].ends_with(char::is_alphanumeric)
            || !raw[i + 1].starts_with(char::is_alphanumeric)
        {
            continue;
        }
        let lower = one.to_ascii_lowercase();
        if one.eq_ignore_ascii_case(two)
            && one.bytes().all(|b| b.is_ascii_alphabetic())
            && !one.is_empty()
        {
            fault(format!("{one} twice"));
        }
        if lower == "an" && is_code(two) {
            fault(format!("an {two}"));
        }
        let vowel = two.starts_with(['a', 'e', 'i', 'o'])
            && !two.starts_with("one")
            && !two.starts_with("once");
        if lower == "a" && vowel {
            fault(format!("a {two}"));
        }
        // "a 480 and a 486 are", "a 480 is"
        if is_code(one) && i > 1 {
            let several = i > 3 && words[i - 2] == "and" && is_code(words[i - 3]);
            let singular = ["is", "has", "ends", "becomes", "travels"].contains(&two);
            let plural = ["are", "have", "end", "become", "travel"].contains(&two);
            let alone =
                words[i - 1].eq_ignore_ascii_case("a") && !["and", "or"].contains(&words[i - 2]);
            if several && singular || alone && plural {
                fault(format!("{} {one} {two}", words[i - 1]));
            }
        }
    }
    for clause in text.split(['.', ';']) {
        if let Some((before, after)) = clause.split_once(" while ")
            && [before, after].iter().all(|part| part.contains("xx"))
        {
            fault(format!("a contrast of classes: {clause}"));
        }
    }
    faults
}

#[test]
fn every_pair_is_good_english() {
    let mut wrong = Vec::new();
    pairs(|a, b| {
        for responses in [[a, b], [b, a]] {
            let comparison = comparison_of(&responses);
            for text in sentences(&comparison) {
                let faults = faults(&text);
                if !faults.is_empty() {
                    wrong.push(format!(
                        "{} and {}: {faults:?} in: {text}",
                        responses[0].code, responses[1].code
                    ));
                }
            }
        }
    });
    wrong.sort();
    wrong.dedup();
    assert!(
        wrong.is_empty(),
        "{} faults, such as\n{}",
        wrong.len(),
        wrong[..wrong.len().min(20)].join("\n")
    );
}

#[test]
fn every_pair_has_something_to_say_and_not_too_much() {
    pairs(|a, b| {
        let comparison = comparison_of(&[a, b]);
        let pair = format!("{} and {}", a.code, b.code);
        let in_short = &comparison.in_short;
        for code in [a.code, b.code] {
            assert!(in_short.contains(&code.to_string()), "{pair}: {in_short}");
        }
        assert!(in_short.len() <= LONGEST_IN_SHORT, "{pair}: {in_short}");
        for difference in &comparison.differences {
            let says = difference.to_string();
            assert!(says.len() <= LONGEST_DIFFERENCE, "{pair}: {says}");
        }
        let said: Vec<_> = comparison
            .differences
            .iter()
            .map(Difference::says)
            .collect();
        for meaning in a.meaning.iter().chain(b.meaning) {
            assert!(
                said.iter().all(|says| !says.contains(meaning.as_str())),
                "{pair} repeats {meaning}"
            );
        }
        for fold in [false, true] {
            let blocks = Document::of_comparison(&comparison, fold).blocks;
            for two in blocks.windows(2) {
                let empty = matches!(two, [Block::Heading(_), Block::Heading(_)]);
                assert!(!empty, "{pair}: {two:?}");
            }
            assert!(!matches!(blocks.last(), Some(Block::Heading(_))), "{pair}");
        }
    });
}

#[test]
fn a_against_b_says_what_b_against_a_says() {
    pairs(|a, b| {
        let (forth, back) = (comparison_of(&[a, b]), comparison_of(&[b, a]));
        let pair = format!("{} and {}", a.code, b.code);
        let same = |one: &str, other: &str| {
            let sorted = |text: &str| {
                let lower = text.to_lowercase();
                let mut words: Vec<String> = words(&lower).into_iter().map(str::to_owned).collect();
                words.sort();
                words
            };
            assert_eq!(sorted(one), sorted(other), "{pair}");
        };
        same(&forth.in_short, &back.in_short);
        assert_eq!(forth.differences.len(), back.differences.len(), "{pair}");
        for (one, other) in forth.differences.iter().zip(&back.differences) {
            same(&one.to_string(), &other.to_string());
        }
        for (one, other) in forth.rows.iter().zip(&back.rows) {
            assert_eq!(
                (one.name, one.differs),
                (other.name, other.differs),
                "{pair}"
            );
            let swapped: Vec<_> = other.values.iter().rev().cloned().collect();
            assert_eq!(one.values, swapped, "{pair}");
        }
        assert_eq!(
            forth.by_hand().map(|f| f.id),
            back.by_hand().map(|f| f.id),
            "{pair}"
        );
    });
}

#[test]
fn four_codes_are_told_apart_without_repetition() {
    let all: Vec<&'static Response> = catalog::registered().collect();
    for start in 0..all.len() {
        let four: Vec<_> = (0..4).map(|i| all[(start + i * 17) % all.len()]).collect();
        let comparison = comparison_of(&four);
        let codes: Vec<String> = four
            .iter()
            .map(|response| response.code.to_string())
            .collect();
        for text in sentences(&comparison) {
            assert_eq!(faults(&text), [""; 0], "{codes:?}: {text}");
        }
        for difference in &comparison.differences {
            assert!(
                difference.to_string().len() <= LONGEST_DIFFERENCE * 3,
                "{codes:?}: {difference}"
            );
        }
    }
}
