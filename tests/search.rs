//! Search as people use it: the table of real queries, and queries made from the phrases.

use sipdex::catalog::{self, Response, StatusCode};
use sipdex::search::{Hit, Layer, Sets, search};

#[path = "search/header_lines.rs"]
mod header_lines;
#[path = "search/methods.rs"]
mod methods;
#[path = "search/read.rs"]
mod read;
#[path = "search/slips.rs"]
mod slips;

fn found(hit: &Hit) -> &'static Response {
    hit.entry.response().expect("a response")
}

/// Returns the code of a hit; what is no response has none.
fn code_of(hit: &Hit) -> Option<u16> {
    hit.entry.code().map(StatusCode::get)
}

fn codes(query: &str) -> Vec<u16> {
    let hits = search(query, &Sets::default()).hits;
    // Causes, warn-codes, timers and products have none.
    let codes = hits.iter().filter_map(|hit| hit.entry.code());
    codes.map(catalog::StatusCode::get).collect()
}

#[test]
fn every_code_and_every_phrase_in_any_order_is_first() {
    for response in catalog::registered() {
        let code = response.code.get();
        assert_eq!(codes(&code.to_string()), [code]);
        let mut words: Vec<&str> = response.phrase().split(' ').collect();
        for _ in 0..words.len() {
            words.rotate_left(1);
            let query = words.join(" ");
            let hits = search(&query, &Sets::default()).hits;
            // 406 and 606 have one phrase.
            let same = hits
                .iter()
                .take_while(|hit| found(hit).phrase() == response.phrase());
            assert!(
                same.clone().any(|hit| found(hit).code == response.code),
                "{query:?} for {code}: {:?}",
                hits.first().map(|hit| hit.entry.title())
            );
        }
    }
}

/// Queries with the code that must be first and the codes allowed beside it in the first three.
const QUERIES: &str = include_str!("queries.tsv");

fn rows() -> impl Iterator<Item = [&'static str; 4]> {
    let rows = QUERIES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1);
    rows.map(|row| {
        let fields: Vec<&str> = row.split('\t').collect();
        fields
            .try_into()
            .unwrap_or_else(|fields| panic!("four fields in {fields:?}"))
    })
}

/// Returns what a query lists, layer by layer, with why the first is there, what is marked in its title,
/// what is said of the query, and what is offered where it finds nothing.
fn listed(query: &str, sets: &Sets) -> String {
    const SHOWN: usize = 8;
    let results = search(query, sets);
    let list: Vec<String> = results
        .hits
        .chunk_by(|a, b| a.layer() == b.layer())
        .map(|of_layer| {
            let codes = of_layer.iter().take(SHOWN);
            let codes: Vec<_> = codes.map(|hit| hit.entry.short()).collect();
            format!("{:?} {}", of_layer[0].layer(), codes.join(" "))
        })
        .collect();
    let why = match results.hits.first() {
        Some(hit) if hit.marks().is_empty() => format!(" ({})", hit.why()),
        Some(hit) => format!(" ({}: {})", hit.why(), marked(hit)),
        None => {
            let near = results.nearest.iter();
            let near: Vec<_> = near.map(|hit| hit.entry.short()).collect();
            format!("nothing; near: {}", near.join(" "))
        }
    };
    let remark = results.remark.map(|remark| format!(" -- {remark}"));
    let remark = remark.unwrap_or_default();
    format!("{query}: {}{why}{remark}", list.join(", "))
}

/// Returns the title of a hit with brackets around what the query meant.
fn marked(hit: &Hit) -> String {
    let mut title = String::new();
    let mut inside = false;
    for (at, letter) in hit.entry.title().chars().enumerate() {
        if hit.marks().contains(&at) != inside {
            title.push(if inside { ']' } else { '[' });
            inside = !inside;
        }
        title.push(letter);
    }
    if inside {
        title.push(']');
    }
    title
}

/// A change that moves a code up or down in a list shows here what else it moves.
#[test]
fn the_lists_of_what_people_type_are_as_they_were_looked_at() {
    let lists: Vec<String> = rows()
        .map(|[query, ..]| listed(query, &Sets::default()))
        .collect();
    insta::assert_snapshot!(lists.join("\n"));
}

/// Queries that are half typed, wrong, or at the border of two meanings.
const ODD: &str = include_str!("odd_queries.txt");

#[test]
fn what_is_half_typed_or_wrong_is_answered_as_it_was_looked_at() {
    let kept = [180, 486, 699].map(|code| catalog::StatusCode::new(code).expect("a code"));
    let sets = Sets {
        bookmarked: kept.into_iter().collect(),
        ..Sets::default()
    };
    let lists: Vec<String> = ODD.lines().map(|query| listed(query, &sets)).collect();
    insta::assert_snapshot!(lists.join("\n"));
}

#[test]
fn what_people_type_finds_what_they_mean() {
    let numbers = |field: &str| -> Vec<u16> {
        field
            .split(',')
            .filter_map(|code| code.parse().ok())
            .collect()
    };
    let mut asked = 0;
    let mut wrong = Vec::new();
    for [query, first, beside, kind] in rows() {
        asked += 1;
        let (first, beside) = (numbers(first), numbers(beside));
        // What holds a part of the words says so, and stands below the first.
        let hits = search(query, &Sets::default()).hits;
        let hits = hits.iter().filter_map(|hit| Some((code_of(hit)?, hit)));
        let hits = hits.enumerate();
        let found: Vec<u16> = hits
            .filter(|(place, (_, hit))| *place == 0 || hit.layer() < Layer::Words)
            .map(|(_, (code, _))| code)
            .collect();
        let right = match found.first() {
            None => first.is_empty(),
            Some(best) => {
                first.contains(best)
                    && found
                        .iter()
                        .take(3)
                        .all(|code| first.contains(code) || beside.contains(code))
            }
        };
        if !right {
            let shown = &found[..found.len().min(4)];
            wrong.push(format!(
                "{query:?} ({kind}) finds {shown:?}, not {first:?} beside {beside:?}"
            ));
        }
    }
    assert!(asked >= 150, "{asked} queries");
    assert!(
        wrong.is_empty(),
        "{} of {asked}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
