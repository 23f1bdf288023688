//! Causes, warn-codes, timers and products: found by number, by name and by what products call them.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::filter::Filter;
use super::hit::{Found, Hit};
use super::query::Query;
use super::rank::Rank;
use super::words;
use crate::catalog::Entry;

/// Returns what filters ask for that is no response, in the order of the tables. Words beside a filter must stand in a
/// name of it.
pub(super) fn by_filters(query: &Query) -> Vec<Hit> {
    let entries = query.filters.iter().flat_map(Filter::entries);
    let named = entries.filter(|entry| has_words(*entry, &query.words));
    // It is what was asked for, and so before all that it leads to.
    let weight = Reverse(u32::MAX);
    let found = |entry: Entry| Found::new(Rank::Field { weight }, about(entry));
    named.map(|entry| Hit::new(entry, found(entry))).collect()
}

/// Returns what a list says of an entry.
fn about(entry: Entry) -> Cow<'static, str> {
    match entry {
        Entry::Topic(topic) => topic.summary.into(),
        Entry::Product(_) => "what is known of it: codes, routes, phrases, numbers, timers".into(),
        Entry::Response(_) => entry.kind().into(),
    }
}

fn has_words(entry: Entry, words: &[String]) -> bool {
    let mut text = format!("{} {}", entry.short(), entry.name());
    if let Entry::Topic(topic) = entry {
        let more = topic.aliases.iter().chain(topic.symptoms);
        more.for_each(|alias| {
            text.push(' ');
            text.push_str(alias);
        });
    }
    let text: Vec<String> = words::words(&text).collect();
    let stands = |word: &String| text.iter().any(|other| other.starts_with(word));
    words.iter().all(stands)
}

#[cfg(test)]
mod tests {
    use crate::search::{Sets, search};

    fn first(query: &str) -> String {
        let hits = search(query, &Sets::default()).hits;
        hits.first()
            .map_or_else(String::new, |hit| hit.entry.short())
    }

    #[test]
    fn what_is_no_response_is_found_by_number_name_and_constant() {
        for (query, short) in [
            ("cause 34", "cause 34"),
            ("q.850 17", "cause 17"),
            ("cause:16", "cause 16"),
            ("warn 305", "warn-code 305"),
            ("timer b", "timer B"),
            ("timer:T1", "timer T1"),
            ("product:kamailio", "Kamailio"),
        ] {
            assert_eq!(first(query), short, "{query}");
        }
    }

    #[test]
    fn what_words_name_stands_behind_the_codes() {
        assert_eq!(first("user busy"), "486");
        for (query, short) in [("user busy", "cause 17"), ("kamailio", "Kamailio")] {
            let hits = search(query, &Sets::default()).hits;
            assert!(hits.iter().any(|hit| hit.entry.short() == short), "{query}");
        }
    }

    #[test]
    fn all_of_a_kind_are_listed() {
        for (query, kind) in [
            ("is:cause", "cause"),
            ("is:warning", "warn-code"),
            ("is:timer", "timer"),
            ("is:product", "product"),
        ] {
            let hits = search(query, &Sets::default()).hits;
            assert!(hits.len() > 10, "{query}");
            assert!(hits.iter().all(|hit| hit.entry.kind() == kind), "{query}");
        }
        assert_eq!(first("is:cause busy"), "cause 17");
    }
}
