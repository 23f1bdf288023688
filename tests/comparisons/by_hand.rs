//! Codes that people confuse are told apart by hand, each in words of its own.

use std::collections::{BTreeMap, BTreeSet};

use sipdex::catalog::{self, Family, Text};

use super::codes::{comparison_of, response};
use super::words;

#[test]
fn codes_that_pages_call_confused_are_told_apart_by_hand() {
    let mut confused = 0;
    for response in catalog::registered() {
        for related in response.related {
            let other = catalog::response(related.code);
            if !other.is_registered() {
                continue;
            }
            let comparison = comparison_of(&[response, other]);
            assert!(
                comparison.by_hand().is_some(),
                "{} and {}",
                response.code,
                other.code
            );
            assert!(
                !comparison.differences.is_empty(),
                "{} and {}",
                response.code,
                other.code
            );
            confused += 1;
        }
    }
    assert!(confused > 200, "{confused}");
}

/// Returns every text of a pair.
fn texts(pair: &Family) -> Vec<&'static str> {
    let clauses = pair
        .differences
        .iter()
        .flat_map(|difference| difference.clauses);
    let mut texts = vec![pair.question, pair.in_short];
    texts.extend(clauses.map(|clause| clause.says));
    texts.extend(pair.tests.iter().map(|test| test.says));
    texts.extend(
        pair.advice
            .iter()
            .flat_map(|advice| [advice.send, advice.received]),
    );
    texts.extend(
        pair.mistakes
            .iter()
            .flat_map(|mistake| [mistake.says, mistake.why]),
    );
    texts.into_iter().map(Text::as_str).collect()
}

#[test]
fn no_two_pairs_share_eight_words_in_a_row() {
    let mut whose: BTreeMap<Vec<String>, &str> = BTreeMap::new();
    let mut shared = BTreeSet::new();
    for pair in catalog::pairs() {
        for text in texts(pair) {
            let words: Vec<&str> = words(text)
                .into_iter()
                .filter(|word| !word.is_empty())
                .collect();
            for eight in words.windows(8) {
                // Names and terms: codes, header fields, methods, words of RFC 2119.
                let is_name = |word: &&&str| {
                    word.contains(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit())
                };
                if eight.iter().filter(is_name).count() > 4 {
                    continue;
                }
                // Another number alone makes no other sentence.
                let is_code = |word: &str| word.len() == 3 && word.parse::<u16>().is_ok();
                let masked = eight
                    .iter()
                    .map(|word| if is_code(word) { "NNN" } else { word });
                let key: Vec<String> = masked.map(str::to_lowercase).collect();
                let other = *whose.entry(key).or_insert(pair.id.as_str());
                if other != pair.id.as_str() {
                    shared.insert(format!("{other} and {}: {}", pair.id, eight.join(" ")));
                }
            }
        }
    }
    assert!(shared.is_empty(), "{shared:#?}");
}

#[test]
fn every_pair_by_hand_is_whole() {
    for pair in catalog::pairs() {
        let id = pair.id;
        assert!(pair.differences.len() >= 2, "{id}");
        assert!(!pair.mistakes.is_empty(), "{id}");
        for code in pair.codes {
            assert!(pair.in_short.contains(&code.to_string()), "{id}");
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
    let reject = "Sending a 603 or 600 for the Reject button";
    let ringback = "Choosing between local ringback";
    let approval = "Treating a 202 to a SUBSCRIBE";
    for (codes, mistake, is_shown) in [
        (&[486, 603][..], reject, true),
        (&[480, 486], reject, false),
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
