//! What holds for any input whatsoever: a thousand cases each.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use sipdex::catalog;
use sipdex::search::{Hit, Layer, QUERY_LIMIT, Sets, search};

/// The same cases in every run; another number tries others.
const SEED: RngSeed = RngSeed::Fixed(3261);

/// Returns queries of all kinds: noise, words of the field, and pieces of messages.
fn queries() -> impl Strategy<Value = String> {
    let term = prop_oneof![
        "\\PC{0,12}",
        "[a-z]{1,10}",
        "[0-9]{1,4}",
        "[0-9]x{0,2}",
        prop::sample::select(vec![
            "busy",
            "not",
            "found",
            "4xx",
            "rfc",
            "3262",
            "q.850",
            "cause=17",
            "header:",
            "is:bookmarked",
            "warn:305",
            "from:proxy",
            "SIP/2.0",
            "486",
            "Reason:",
            "Q.850;cause=17",
            "min-expires",
            "reinvite",
            "time",
            "out",
            "the",
            "Retry-After:",
            ":",
            "xxx",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(term, 0..6).prop_map(|terms| terms.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, rng_seed: SEED, ..ProptestConfig::default() })]

    #[test]
    fn any_query_is_answered_in_the_order_of_the_layers(query in queries()) {
        let hits = search(&query, &Sets::default()).hits;
        prop_assert!(hits.is_sorted_by_key(Hit::layer), "{:?}", hits);
        let mut entries: Vec<_> = hits.iter().map(|hit| hit.entry.short()).collect();
        entries.sort_unstable();
        let count = entries.len();
        entries.dedup();
        prop_assert_eq!(entries.len(), count, "an entry stands twice");
        for hit in &hits {
            prop_assert!(!hit.why().is_empty());
            prop_assert!(hit.marks().is_sorted());
            let title = hit.entry.title();
            prop_assert!(hit.marks().iter().all(|mark| *mark < title.len()), "{:?}", hit.marks());
            prop_assert!(!query.trim().is_empty() || hit.layer() == Layer::Field);
        }
        let strong = hits.iter().any(|hit| hit.layer() != Layer::Guess);
        prop_assert!(!strong || hits.iter().all(|hit| hit.layer() != Layer::Guess), "a guess beside a hit");
    }

    #[test]
    fn bookmarks_found_are_bookmarks(codes in prop::collection::btree_set(100_u16..700, 0..8)) {
        let bookmarked = codes.into_iter().filter_map(|code| catalog::StatusCode::new(code).ok()).collect();
        let sets = Sets { bookmarked, ..Sets::default() };
        for hit in search("is:bookmarked", &sets).hits {
            prop_assert!(hit.entry.code().is_some_and(|code| sets.bookmarked.contains(&code)));
        }
    }

    #[test]
    fn suggestions_are_few(query in "\\PC{0,40}") {
        let results = search(&query, &Sets::default());
        prop_assert!(results.nearest.len() <= 5);
        prop_assert!(results.hits.is_empty() || results.nearest.is_empty());
    }
}

proptest! {
    // Each is a text of 64 KiB.
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, rng_seed: SEED, ..ProptestConfig::default() })]

    #[test]
    fn what_follows_the_limit_does_not_matter(words in "[a-z ]{8,16}", more in "[0-9a-z ]{1,20}") {
        let cut = words.repeat(QUERY_LIMIT / words.len() + 1)[..QUERY_LIMIT].to_owned();
        let query = format!("{cut}{more}");
        let codes = |query: &str| -> Vec<_> {
            search(query, &Sets::default()).hits.iter().map(|hit| hit.entry.code()).collect()
        };
        prop_assert_eq!(codes(&query), codes(&cut));
    }
}
