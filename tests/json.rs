//! What JSON says is what the catalog says, value by value.

use std::fs;
use std::process::Command;

use serde::Serialize;
use serde_json::{Value, json};
use sipdex::bookmarks::{Bookmark, Bookmarks};
use sipdex::catalog::{self, Response, StatusCode};
use sipdex::output;
use sipdex::search::{Sets, search};

#[path = "catalog/codes.rs"]
mod codes;
#[path = "json/explained.rs"]
mod explained;
#[path = "json/forms.rs"]
mod forms;
#[path = "json/said.rs"]
mod said;
#[path = "catalog/words.rs"]
mod words;

use codes::{code, comparison_of, response};
use forms::{assert_comparison, assert_entry, assert_page, phrase, word};
use said::Said;

fn value(form: impl Serialize) -> Value {
    serde_json::to_value(form).expect("JSON")
}

/// Returns the JSON that the binary prints for what is typed, with a configuration directory of its own.
fn printed(bookmarks: &str, typed: &str) -> Value {
    let folder = tempfile::tempdir().expect("a directory");
    if !bookmarks.is_empty() {
        fs::write(folder.path().join("bookmarks.toml"), bookmarks).expect("written");
    }
    let output = Command::new(assert_cmd::cargo::cargo_bin!("sipdex"))
        .args(typed.split(' '))
        .args(["--format", "json"])
        .env_clear()
        .env("SIPDEX_CONFIG_DIR", folder.path())
        .output()
        .expect("sipdex runs");
    serde_json::from_slice(&output.stdout).expect("JSON on standard output")
}

#[test]
fn a_page_says_what_the_catalog_says() {
    for number in 100..700 {
        let page = value(output::json::page(response(number)));
        assert_page(&Said::new(&page, number.to_string()), response(number));
    }
}

#[test]
fn show_prints_the_pages_in_the_order_asked_for() {
    let asked = [486, 100, 421, 478, 431, 202, 500, 603];
    let typed: Vec<String> = asked.iter().map(u16::to_string).collect();
    let pages = printed("", &format!("show {}", typed.join(" ")));
    let whole = json!({ "show": pages });
    Said::new(&whole, "").each("show", &asked, |said, number| {
        assert_page(said, response(*number));
    });
}

#[test]
fn a_comparison_says_what_was_compared() {
    let all: Vec<&'static Response> = catalog::registered().collect();
    for (i, a) in all.iter().enumerate() {
        for b in &all[i + 1..] {
            let comparison = comparison_of(&[a, b]);
            let json = value(output::json::comparison(&comparison));
            let at = format!("{} and {}", a.code, b.code);
            assert_comparison(&Said::new(&json, at), &comparison);
        }
    }
    for codes in [
        vec![486, 600],
        vec![401, 407, 403],
        vec![431, 486, 100, 478],
    ] {
        let responses: Vec<_> = codes.iter().map(|c| response(*c)).collect();
        let typed: Vec<String> = codes.iter().map(u16::to_string).collect();
        let typed = format!("compare {}", typed.join(" "));
        let json = printed("", &typed);
        assert_comparison(&Said::new(&json, typed), &comparison_of(&responses));
    }
}

#[test]
fn every_clause_of_a_difference_has_the_sections_where_it_is_said() {
    let of = |codes: [u16; 2]| comparison_of(&codes.map(response));
    let json = value(output::json::comparison(&of([486, 600])));
    let cite = &json["key_differences"][0]["clauses"][0]["cites"][0];
    assert_eq!(
        (&cite["rfc"], &cite["section"]),
        (&json!(3261), &json!("16.7"))
    );
    for codes in [[100, 421], [486, 600], [405, 423]] {
        let json = value(output::json::comparison(&of(codes)));
        let differences = json["key_differences"].as_array().expect("a list");
        for difference in differences {
            let all = difference["cites"].as_array().expect("a list");
            for clause in difference["clauses"].as_array().expect("a list") {
                let cites = clause["cites"].as_array().expect("a list");
                assert!(!cites.is_empty(), "{clause}");
                assert!(cites.iter().all(|cite| all.contains(cite)), "{difference}");
            }
        }
    }
}

#[test]
fn list_prints_an_entry_for_each_code() {
    let registered: Vec<&Response> = catalog::registered().collect();
    let of_class: Vec<&Response> = catalog::registered()
        .filter(|response| response.code.get() / 100 == 4)
        .collect();
    for (typed, expected) in [("list", registered), ("list --class 4xx", of_class)] {
        let list = json!({ "list": printed("", typed) });
        Said::new(&list, typed).each("list", &expected, |said, response| {
            assert_entry(said, response);
        });
    }
}

#[test]
fn search_prints_each_hit_with_its_layer_and_its_reason() {
    for query in [
        "busy",
        "48",
        "486",
        "4xx auth",
        "no common codec",
        "wrng pasword",
        "nf",
        "431",
    ] {
        let mut hits = search(query, &Sets::default()).hits;
        hits.sort_by_key(|hit| hit.entry.code().is_none());
        let list = json!({ "search": printed("", &format!("search {query}")) });
        assert!(!hits.is_empty(), "{query}");
        Said::new(&list, query).each("search", &hits, |said, hit| {
            said.says("code", hit.entry.code().map(StatusCode::get));
            if let Some(response) = hit.entry.response() {
                said.says("phrase", phrase(response));
            }
            said.says("layer", word(hit.layer()));
            said.says("why", hit.why());
            said.says("kind", hit.entry.kind());
            said.says("used", hit.used());
            said.says("ignored", hit.ignored());
            let place = hit.place();
            let place = place.map(|place| json!({ "section": place.section, "item": place.item }));
            said.says("place", place);
        });
    }
}

#[test]
fn bookmarks_print_their_codes_notes_and_dates() {
    let mut bookmarks = Bookmarks::new();
    for (number, note, added) in [
        (503, Some("the trunk"), Some("2026-07-30T08:00:00Z")),
        (486, None, Some("2026-08-01T09:30:00Z")),
        (431, Some("ours"), None),
    ] {
        let (note, added) = (note.map(str::to_owned), added.map(str::to_owned));
        bookmarks.insert(code(number), Bookmark { note, added });
    }
    let entries: Vec<(&StatusCode, &Bookmark)> = bookmarks.iter().collect();
    let file: Vec<String> = entries
        .iter()
        .map(|(code, bookmark)| {
            let line = |key, value: &Option<String>| {
                let value = value.as_ref();
                value.map_or(String::new(), |value| format!("{key} = {value:?}\n"))
            };
            let (note, added) = (line("note", &bookmark.note), line("added", &bookmark.added));
            format!("[[bookmark]]\ncode = {code}\n{note}{added}")
        })
        .collect();
    let file = format!("version = 1\n{}", file.concat());
    for list in [
        value(output::json::bookmarks(&bookmarks)),
        printed(&file, "bookmarks list"),
    ] {
        let list = json!({ "bookmarks": list });
        Said::new(&list, "").each("bookmarks", &entries, |said, (code, bookmark)| {
            said.says("code", code.get());
            said.says("note", bookmark.note.clone());
            said.says("added", bookmark.added.clone());
        });
    }
}
