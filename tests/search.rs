//! Search as people use it: the table of real queries, and queries made from the phrases.

use std::collections::BTreeSet;

use sipdex::catalog::{self, Codes, Response};
use sipdex::search::{Hit, nearest, search};

fn codes(query: &str) -> Vec<u16> {
    search(query, &Codes::new())
        .hits
        .iter()
        .map(|hit| hit.response.code.get())
        .collect()
}

/// Returns the words of five letters and more that reason phrases hold.
fn long_words() -> Vec<String> {
    let words: BTreeSet<String> = catalog::registered()
        .flat_map(|response| response.phrase.split([' ', '/', '-']))
        .filter(|word| word.len() >= 5)
        .map(str::to_lowercase)
        .collect();
    words.into_iter().collect()
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % end
    }

    /// Makes one slip in a word: a letter missing, extra, wrong, or swapped with the next.
    fn slip(&mut self, word: &str) -> String {
        let letters: Vec<char> = word.chars().collect();
        loop {
            let mut typed = letters.clone();
            let at = self.below(typed.len());
            let letter = char::from(b'a' + u8::try_from(self.below(26)).expect("a letter"));
            match self.below(4) {
                0 => drop(typed.remove(at)),
                1 => typed.insert(at, letter),
                2 => typed[at] = letter,
                _ if at + 1 < typed.len() => typed.swap(at, at + 1),
                _ => {}
            }
            if typed != letters {
                return typed.into_iter().collect();
            }
        }
    }
}

fn holds(response: &Response, word: &str) -> bool {
    response
        .phrase
        .to_lowercase()
        .split([' ', '/', '-'])
        .any(|other| other == word)
}

#[test]
fn one_slip_in_a_word_of_a_phrase_is_forgiven() {
    let words = long_words();
    let mut dice = Dice(1);
    let mut missed = Vec::new();
    for i in 0..1_000 {
        let word = &words[i % words.len()];
        let typed = dice.slip(word);
        let hits = search(&typed, &Codes::new()).hits;
        if !hits.first().is_some_and(|hit| holds(hit.response, word)) {
            missed.push(format!("{typed} for {word}"));
        }
    }
    assert!(missed.len() <= 30, "{} of 1,000: {missed:?}", missed.len());
}

#[test]
fn one_slip_beside_another_word_of_the_phrase_is_forgiven() {
    let mut dice = Dice(2);
    let mut missed = Vec::new();
    let pairs: Vec<(&Response, &str, &str)> = catalog::registered()
        .flat_map(|response| {
            let words: Vec<&str> = response.phrase.split([' ', '/', '-']).collect();
            let pairs: Vec<_> = words
                .iter()
                .enumerate()
                .flat_map(|(i, word)| {
                    words
                        .iter()
                        .enumerate()
                        .map(move |(j, other)| (i, j, *word, *other))
                })
                .filter(|(i, j, word, _)| i != j && word.len() >= 5)
                .map(|(_, _, word, other)| (response, word, other))
                .collect();
            pairs
        })
        .collect();
    for i in 0..1_000 {
        let (response, word, other) = pairs[i % pairs.len()];
        let typed = format!("{} {other}", dice.slip(&word.to_lowercase()));
        let hits = search(&typed, &Codes::new()).hits;
        let meant = hits
            .iter()
            .take(3)
            .any(|hit| hit.response.phrase == response.phrase);
        if !meant {
            missed.push(format!("{typed} for {}", response.phrase));
        }
    }
    assert!(missed.len() <= 10, "{} of 1,000: {missed:?}", missed.len());
}

#[test]
fn every_code_and_every_phrase_in_any_order_is_first() {
    for response in catalog::registered() {
        let code = response.code.get();
        assert_eq!(codes(&code.to_string()), [code]);
        let mut words: Vec<&str> = response.phrase.split(' ').collect();
        for _ in 0..words.len() {
            words.rotate_left(1);
            let query = words.join(" ");
            let hits = search(&query, &Codes::new()).hits;
            // 406 and 606 have one phrase.
            let same = hits
                .iter()
                .take_while(|hit| hit.response.phrase == response.phrase);
            assert!(
                same.clone().any(|hit| hit.response.code == response.code),
                "{query:?} for {code}: {:?}",
                hits.first().map(|hit| hit.response.title())
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
fn listed(query: &str, bookmarked: &Codes) -> String {
    const SHOWN: usize = 8;
    let results = search(query, bookmarked);
    let list: Vec<String> = results
        .hits
        .chunk_by(|a, b| a.layer == b.layer)
        .map(|of_layer| {
            let codes = of_layer.iter().take(SHOWN);
            let codes: Vec<_> = codes.map(|hit| hit.response.code.to_string()).collect();
            format!("{:?} {}", of_layer[0].layer, codes.join(" "))
        })
        .collect();
    let why = match results.hits.first() {
        Some(hit) if hit.marks.is_empty() => format!(" ({})", hit.why),
        Some(hit) => format!(" ({}: {})", hit.why, marked(hit)),
        None => {
            let near = nearest(query);
            let near: Vec<_> = near.iter().map(|near| near.code.to_string()).collect();
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
    for (at, letter) in hit.response.title().chars().enumerate() {
        if hit.marks.contains(&at) != inside {
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
        .map(|[query, ..]| listed(query, &Codes::new()))
        .collect();
    insta::assert_snapshot!(lists.join("\n"));
}

/// Queries that are half typed, wrong, or at the border of two meanings.
const ODD: &str = include_str!("odd_queries.txt");

#[test]
fn what_is_half_typed_or_wrong_is_answered_as_it_was_looked_at() {
    let kept = [180, 486, 699].map(|code| catalog::StatusCode::new(code).expect("a code"));
    let lists: Vec<String> = ODD
        .lines()
        .map(|query| listed(query, &kept.into_iter().collect()))
        .collect();
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
        let found = codes(query);
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
