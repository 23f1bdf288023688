//! What JSON says is what the catalog says, value by value.

use std::fs;
use std::process::Command;

use serde::Serialize;
use serde_json::{Value, json};
use sipdex::bookmarks::{Bookmark, Bookmarks};
use sipdex::catalog::{self, Cause, Citation, Mapping, Place, Response, StatusCode};
use sipdex::compare::{Compared, Comparison};
use sipdex::output;
use sipdex::search::{Sets, search};

#[path = "pages/words.rs"]
mod words;
use words::strength;

/// A value of the output, and where it stands.
#[derive(Clone)]
struct Said<'a> {
    value: &'a Value,
    at: String,
}

impl<'a> Said<'a> {
    fn new(value: &'a Value, at: impl Into<String>) -> Self {
        Self {
            value,
            at: at.into(),
        }
    }

    /// Returns the value of a key, which must be there.
    fn key(&self, key: &str) -> Said<'a> {
        let value = self.value.get(key);
        let value = value.unwrap_or_else(|| panic!("{} has no {key:?}", self.at));
        Said::new(value, format!("{}.{key}", self.at))
    }

    /// Expects a value below a key.
    #[track_caller]
    fn says(&self, key: &str, expected: impl Serialize) {
        let said = self.key(key);
        assert_eq!(*said.value, json!(expected), "{}", said.at);
    }

    /// Expects a citation below a key, or null.
    #[track_caller]
    fn cites(&self, key: &str, expected: Option<Citation>) {
        let said = self.key(key);
        match expected {
            Some(cite) => said.is_citation(cite),
            None => assert!(said.value.is_null(), "{} is {}", said.at, said.value),
        }
    }

    #[track_caller]
    fn is_citation(&self, cite: Citation) {
        self.says("rfc", cite.rfc());
        self.says("section", cite.section());
        self.says("title", cite.title());
        self.says("url", cite.url());
    }

    /// Expects a list as long as another, and calls a function with each pair.
    #[track_caller]
    fn each<T>(&self, key: &str, expected: &[T], check: impl Fn(&Said<'a>, &T)) {
        let list = self.key(key);
        let values = list.value.as_array();
        let values = values.unwrap_or_else(|| panic!("{} is no list", list.at));
        assert_eq!(values.len(), expected.len(), "the length of {}", list.at);
        for (i, (value, expected)) in values.iter().zip(expected).enumerate() {
            check(&Said::new(value, format!("{}[{i}]", list.at)), expected);
        }
    }
}

fn code(code: u16) -> StatusCode {
    StatusCode::new(code).expect("a code")
}

/// Returns null for the phrase of a number without a name.
fn phrase(response: &Response) -> Option<&'static str> {
    Some(response.phrase()).filter(|phrase| !phrase.is_empty())
}

/// Returns the first digit of a code in words.
fn class(code: StatusCode) -> &'static str {
    match code.get() {
        100..200 => "provisional",
        200..300 => "success",
        300..400 => "redirection",
        400..500 => "request-failure",
        500..600 => "server-failure",
        _ => "global-failure",
    }
}

/// Returns a word of a closed vocabulary as JSON has it: `EarlyDialog` is "early-dialog".
fn word(value: impl std::fmt::Debug) -> String {
    let mut word = String::new();
    for letter in format!("{value:?}").chars() {
        if letter.is_uppercase() && !word.is_empty() {
            word.push('-');
        }
        word.push(letter.to_ascii_lowercase());
    }
    word
}

fn place(place: Place) -> &'static str {
    match place {
        Place::Response => "response",
        Place::NextRequest => "next-request",
        Place::Request => "request",
    }
}

fn assert_mapping(said: &Said<'_>, mapping: &Mapping) {
    said.says("cause", mapping.cause);
    said.says("name", mapping.name);
    said.says("when", mapping.when);
    said.says("first", mapping.first);
    said.cites("cite", Some(mapping.cite));
}

fn assert_cause(said: &Said<'_>, cause: &Cause) {
    said.says("cause", cause.number);
    said.says("name", cause.name);
}

fn assert_entry(said: &Said<'_>, response: &Response) {
    said.says("code", response.code.get());
    said.says("phrase", phrase(response));
    said.says("class", class(response.code));
    said.says(
        "status",
        response.status().map_or("unregistered".to_owned(), word),
    );
    said.says("summary", response.summary);
    said.cites("defined", response.defined());
}

#[expect(clippy::too_many_lines, reason = "one key after another")]
fn assert_page(said: &Said<'_>, response: &Response) {
    assert_entry(said, response);
    said.says("sources", response.sources());
    said.says("meaning", response.meaning);
    said.says("seen", response.seen);
    said.says("use_when", response.use_when);
    said.says("example", response.example);
    said.each("fix", &response.fix, |said, fix| {
        said.says("cause", fix.cause);
        said.says("check", fix.check);
        said.says("remedy", fix.remedy);
    });
    said.each("sent_by", &response.sent_by, |said, sender| {
        said.says("who", sender.who);
        said.says("methods", sender.methods);
        said.says("except", sender.except);
        said.says("says", sender.says);
        said.cites("cite", sender.cite);
    });
    said.each("headers", &response.headers, |said, header| {
        said.says("name", header.name);
        said.says("strength", strength(header.strength));
        said.says("where", place(header.place));
        said.says("when", header.when);
        said.says("says", header.says);
        said.cites("cite", Some(header.cite));
    });
    said.each("retry", &response.retry, |said, retry| {
        said.says("verdict", word(retry.verdict));
        said.says("says", retry.says);
        said.cites("cite", Some(retry.cite));
    });
    said.each("forking", &response.forking, |said, forking| {
        said.says("says", forking.says);
        said.cites("cite", Some(forking.cite));
    });
    said.each("dialog", &response.dialog, |said, dialog| {
        said.says("effect", word(dialog.effect));
        said.says("says", dialog.says);
        said.cites("cite", Some(dialog.cite));
    });
    let isdn = said.key("isdn");
    isdn.each("to", &response.isdn.to, assert_mapping);
    isdn.each("from", &response.isdn.from, assert_mapping);
    isdn.cites("from_others", response.isdn.from_others);
    isdn.says("round_trip", response.isdn.round_trip);
    said.each("vendors", &response.vendors, |said, vendor| {
        said.says("product", vendor.product);
        said.says("version", vendor.version);
        said.each("to", &vendor.to, assert_cause);
        said.says("to_by_default", vendor.to_by_default);
        said.each("from", &vendor.from, assert_cause);
        said.says("from_others", vendor.from_others);
    });
    said.each("related", &response.related, |said, related| {
        said.says("code", related.code.get());
        said.says("phrase", phrase(catalog::response(related.code)));
        said.says("says", related.says);
    });
    said.says("symptoms", response.symptoms);
    said.each("flow", &response.flow, |said, step| {
        said.says("from", step.from);
        said.says("to", step.to);
        said.says("message", step.message);
        said.says("marked", step.marked);
    });
    said.each("references", &response.references, |said, cite| {
        said.is_citation(*cite);
    });
}

fn comparison_of(responses: &[&'static Response]) -> Comparison {
    sipdex::compare::compare(&Compared::new(responses).expect("two different codes"))
}

fn assert_comparison(said: &Said<'_>, comparison: &Comparison) {
    said.each("codes", &comparison.responses, |said, response| {
        assert_eq!(*said.value, json!(response.code.get()), "{}", said.at);
    });
    said.says("family", comparison.family.map(|family| family.id));
    said.says("in_short", &*comparison.in_short);
    said.each("key_differences", &comparison.differences, |said, other| {
        said.says("says", other.to_string());
        let codes: Vec<u16> = other.codes.iter().map(|code| code.get()).collect();
        said.says("codes", codes);
        said.cites("cite", other.cites.first().copied());
    });
    said.each("rows", &comparison.rows, |said, row| {
        said.says("name", row.name);
        let values: Vec<&str> = row.values.iter().map(AsRef::as_ref).collect();
        said.says("values", values);
        said.says("differs", row.differs);
    });
    said.each("when_to_use", &comparison.when_to_use, |said, advice| {
        said.says("code", advice.code.get());
        said.says("send", &*advice.send);
        said.says("received", &*advice.received);
    });
    said.each("learn_more", &comparison.learn_more, |said, cite| {
        said.is_citation(*cite);
    });
}

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
        let response = catalog::response(code(number));
        let page = value(output::json::page(response));
        assert_page(&Said::new(&page, number.to_string()), response);
    }
}

#[test]
fn show_prints_the_pages_in_the_order_asked_for() {
    let asked = [486, 100, 421, 478, 431, 202, 500, 603];
    let typed: Vec<String> = asked.iter().map(u16::to_string).collect();
    let pages = printed("", &format!("show {}", typed.join(" ")));
    let whole = json!({ "show": pages });
    Said::new(&whole, "").each("show", &asked, |said, number| {
        assert_page(said, catalog::response(code(*number)));
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
        let responses: Vec<_> = codes.iter().map(|c| catalog::response(code(*c))).collect();
        let typed: Vec<String> = codes.iter().map(u16::to_string).collect();
        let typed = format!("compare {}", typed.join(" "));
        let json = printed("", &typed);
        assert_comparison(&Said::new(&json, typed), &comparison_of(&responses));
    }
}

#[test]
fn the_citation_of_a_difference_is_where_it_is_said() {
    let of = |codes: [u16; 2]| comparison_of(&codes.map(|number| catalog::response(code(number))));
    let json = value(output::json::comparison(&of([486, 600])));
    let cite = &json["key_differences"][0]["cite"];
    assert_eq!(
        (&cite["rfc"], &cite["section"]),
        (&json!(3261), &json!("16.7"))
    );
    let json = value(output::json::comparison(&of([100, 421])));
    let cited = json["key_differences"].as_array().expect("a list");
    assert!(
        cited
            .iter()
            .all(|difference| difference["cite"].is_object()),
        "{json}"
    );
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
        let hits = search(query, &Sets::default()).hits;
        let list = json!({ "search": printed("", &format!("search {query}")) });
        assert!(!hits.is_empty(), "{query}");
        Said::new(&list, query).each("search", &hits, |said, hit| {
            let response = hit.entry.response().expect("a response");
            said.says("code", response.code.get());
            said.says("phrase", phrase(response));
            said.says("layer", word(hit.layer()));
            said.says("why", hit.why());
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
