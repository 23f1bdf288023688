//! Every pair of codes, in both orders: each must read as if somebody had written it.

use sipdex::catalog::{self, Response};
use sipdex::compare::Comparison;
use sipdex::document::{Block, Document};
use sipdex::output::{Paint, plain};

#[path = "catalog/codes.rs"]
mod codes;
use codes::{comparison_of, response};

const LONGEST_IN_SHORT: usize = 700;
const LONGEST_DIFFERENCE: usize = 700;

/// Calls a function with every pair of registered codes.
fn pairs(mut each: impl FnMut(&'static Response, &'static Response)) {
    let all: Vec<&'static Response> = catalog::registered().collect();
    for (i, a) in all.iter().enumerate() {
        for b in &all[i + 1..] {
            each(a, b);
        }
    }
}

/// Returns the sentences that the program made of a comparison, or took for it.
fn sentences(comparison: &Comparison) -> Vec<String> {
    let mut sentences = vec![comparison.in_short.clone()];
    sentences.extend(comparison.differences.iter().map(ToString::to_string));
    for use_ in &comparison.when_to_use {
        sentences.extend([use_.send.to_string(), use_.received.to_string()]);
        sentences.extend(use_.test.map(str::to_owned));
    }
    sentences
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace()
        .map(|word| word.trim_matches(|c: char| c.is_ascii_punctuation()))
        .collect()
}

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
            assert!(difference.codes.len() == 2, "{pair}: {says}");
        }
        let said: Vec<_> = comparison.differences.iter().map(|d| &d.says).collect();
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
            forth.family.map(|f| f.id),
            back.family.map(|f| f.id),
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
                difference.to_string().len() <= LONGEST_DIFFERENCE * 2,
                "{codes:?}: {difference}"
            );
        }
    }
}

#[test]
fn the_codes_of_the_origin_are_steps_of_one_transaction() {
    for codes in [[100, 421], [421, 100]] {
        let comparison = comparison_of(&codes.map(response));
        let page = plain(
            &Document::of_comparison(&comparison, false),
            100_000,
            Paint::Bare,
        );
        for fact in [
            "not alternatives",
            "one transaction can have both, first the 100 and then the 421",
            "hop by hop",
            "MUST NOT forward a 100",
            "stops retransmitting",
            "is final",
            "MUST carry Require",
            "NOT RECOMMENDED",
            "mirror of",
        ] {
            assert!(page.contains(fact), "{fact:?} is missing in\n{page}");
        }
    }
}

/// Groups that people really confuse: each is told apart by hand.
const GROUPS: [&[u16]; 33] = [
    &[480, 486, 600, 603],
    &[401, 407, 403],
    &[404, 410, 484, 485, 604],
    &[408, 480, 487],
    &[408, 504],
    &[420, 421, 494],
    &[422, 423],
    &[482, 483, 440],
    &[488, 606, 415, 406],
    &[500, 503, 504, 502],
    &[491, 500],
    &[180, 183, 199],
    &[100, 180, 183],
    &[181, 182],
    &[405, 501],
    &[301, 302, 305, 300, 380],
    &[428, 436, 437, 438],
    &[603, 607, 608],
    &[200, 202, 204],
    &[400, 481],
    &[403, 603],
    &[413, 414, 513],
    &[416, 404],
    &[429, 403],
    &[430, 439],
    &[433, 403],
    &[469, 489],
    &[470, 403],
    &[481, 408],
    &[493, 488],
    &[555, 489],
    &[580, 488],
    &[403, 401],
];

#[test]
fn codes_that_people_confuse_have_a_family() {
    for codes in GROUPS {
        let holds = |family: &&catalog::Family| {
            codes
                .iter()
                .all(|code| family.codes.iter().any(|other| other.get() == *code))
        };
        assert!(
            catalog::families().iter().any(|family| holds(&family)),
            "{codes:?}"
        );
    }
    assert!(catalog::families().len() >= 30);
}

#[test]
fn mistakes_are_about_the_codes_that_are_compared() {
    let tag = "Adding the option tag from a 421";
    let ringback = "Choosing between local ringback";
    let approval = "Treating a 202 to a SUBSCRIBE";
    for (codes, mistake, is_shown) in [
        (&[420, 421][..], tag, true),
        (&[420, 494], tag, false),
        // Ringback is a matter of a 180 or 183, though the sentence names no code.
        (&[100, 180, 199], ringback, true),
        (&[100, 199], ringback, false),
        // A 200 is named beside the 202 that is taken for something else.
        (&[200, 202], approval, true),
        (&[202, 204], approval, true),
        (&[200, 204], approval, false),
    ] {
        let responses: Vec<_> = codes.iter().copied().map(response).collect();
        let mistakes = comparison_of(&responses).mistakes;
        let mut shown = mistakes.iter().map(|shown| shown.says);
        let found = shown.any(|shown| shown.starts_with(mistake));
        assert_eq!(found, is_shown, "{codes:?}: {mistake}");
        assert!(!mistakes.is_empty(), "{codes:?}");
    }
}
