//! No opening for hundreds of pairs, and no sentence twice on a page.

use std::collections::{BTreeMap, BTreeSet};

use sipdex::catalog::Text;
use sipdex::compare::Comparison;

use super::codes::comparison_of;
use super::{pairs, sentences};

/// Returns the first sentence of a comparison, without the codes that it is about.
fn opening(comparison: &Comparison) -> String {
    let first = comparison.in_short.split_inclusive(". ").next();
    let mut opening = first.unwrap_or_default().to_lowercase();
    for response in &*comparison.responses {
        opening = opening.replace(&response.code.to_string(), "NNN");
    }
    opening
}

#[test]
fn no_opening_serves_more_than_a_tenth_of_the_pairs() {
    let mut openings: BTreeMap<String, usize> = BTreeMap::new();
    let (mut all, mut worn) = (0, 0);
    pairs(|a, b| {
        let opening = opening(&comparison_of(&[a, b]));
        all += 1;
        // The old ones, in whatever words: what the first digits say by themselves.
        let says_the_digit = [
            "a request gets one of",
            "they are not alternatives",
            "opposite ends",
        ];
        worn += usize::from(says_the_digit.iter().any(|says| opening.contains(says)));
        *openings.entry(opening).or_default() += 1;
    });
    let most = openings
        .iter()
        .max_by_key(|(_, count)| **count)
        .expect("a pair");
    assert!(*most.1 * 10 <= all, "{most:?} of {all}");
    assert!(
        worn * 10 <= all,
        "{worn} of {all} begin with what the first digit says"
    );
}

/// Returns the sentences of a page that are longer than a name or a label.
fn long_sentences(page: &str) -> Vec<String> {
    let sentences = page.split_inclusive(". ").flat_map(str::lines);
    let sentences = sentences.map(|text| text.trim_start_matches(['-', ' ', '.']).trim());
    let lead = |text: &str| {
        text.split_once(": ")
            .map_or(text, |(_, rest)| rest)
            .to_lowercase()
    };
    let long = sentences.filter(|text| text.split(' ').count() > 4);
    long.map(lead)
        .filter(|text| text.split(' ').count() > 4)
        .collect()
}

#[test]
fn no_sentence_stands_twice_in_what_a_comparison_says_itself() {
    let mut twice = BTreeSet::new();
    pairs(|a, b| {
        let comparison = comparison_of(&[a, b]);
        let own = sentences(&comparison).join("\n");
        let mut said = BTreeSet::new();
        for sentence in long_sentences(&own) {
            if !said.insert(sentence.clone()) {
                twice.insert(format!("{} and {}: {sentence}", a.code, b.code));
            }
        }
        // What the columns below have of each page.
        let columns = [a, b].map(|of| {
            let texts = of.meaning.iter().chain(of.seen);
            let texts = texts.map(|text| text.as_str());
            let fixes = of.fix.iter().flat_map(|fix| [fix.check, fix.remedy]);
            texts
                .chain(fixes.map(Text::as_str))
                .collect::<Vec<_>>()
                .join("\n")
        });
        for sentence in columns.iter().flat_map(|column| long_sentences(column)) {
            if said.contains(&sentence) {
                twice.insert(format!("{} and {}: {sentence}", a.code, b.code));
            }
        }
    });
    assert!(
        twice.is_empty(),
        "{} such as {:#?}",
        twice.len(),
        twice.iter().take(20).collect::<Vec<_>>()
    );
}
