//! The pages, key by key.

use serde_json::{Value, json};
use sipdex::catalog;

use super::checks::terms;
use super::files::{cited, folder, rows};
use super::{page, response};

/// What the program works out or joins from other files.
const DERIVED: [&str; 13] = [
    "class",
    "isdn",
    "vendors",
    "marked",
    "phrase",
    "local",
    "next_route",
    "as_sent",
    "look",
    "timers",
    "warnings",
    "http",
    "travels",
];

/// Returns whether JSON does not have what is written.
fn is_silent(key: &str, at: &str) -> bool {
    ["travels", "scope", "decided"].contains(&key) || key == "verdict" && at.contains(".forking")
}

/// Expects that what is said is what is written, key by key, and nothing else.
fn assert_same(said: &Value, written: &Value, at: &str) {
    match written {
        Value::Object(table) => {
            for (key, written) in table.iter().filter(|(key, _)| !is_silent(key, at)) {
                let at = format!("{at}.{key}");
                match (key.as_str(), written) {
                    ("cite" | "defined", Value::String(citation)) => {
                        assert_eq!(said[key], cited(citation), "{at}");
                    }
                    ("references", Value::Array(list)) => {
                        let list: Vec<Value> =
                            list.iter().filter_map(Value::as_str).map(cited).collect();
                        assert_eq!(said[key], json!(list), "{at}");
                    }
                    ("example", Value::String(example)) => {
                        let mut wire = example.replace('\n', "\r\n");
                        if !wire.contains("\r\n\r\n") {
                            wire += "\r\n";
                        }
                        assert_eq!(said[key], json!(wire), "{at}");
                    }
                    _ => assert_same(&said[key], written, &at),
                }
            }
            for (key, value) in said.as_object().expect(at) {
                let written = table.contains_key(key) || DERIVED.contains(&key.as_str());
                let nothing = value.is_null() || value == &json!([]);
                assert!(
                    written || nothing,
                    "{at}.{key} is {value}, which nobody wrote"
                );
            }
        }
        Value::Array(list) => {
            let said = said.as_array().expect(at);
            assert_eq!(said.len(), list.len(), "the length of {at}");
            for (i, (said, written)) in said.iter().zip(list).enumerate() {
                assert_same(said, written, &format!("{at}[{i}]"));
            }
        }
        written => assert_eq!(said, written, "{at}"),
    }
}

#[test]
fn every_page_says_what_its_file_says() {
    let pages = [folder("responses"), folder("unregistered")].concat();
    assert_eq!(pages.len(), catalog::responses().len());
    for (path, written) in pages {
        let response = response(written["code"].as_u64().expect("a code"));
        assert!(response.is_written(), "{path}");
        assert_same(&page(response), &written, &path);
        let travels = written["travels"].as_str().unwrap_or("by-class");
        assert_eq!(json!(response.travels), json!(travels), "{path}: travels");
        let scope = written["scope"].as_str().unwrap_or("any");
        assert_eq!(json!(response.scope), json!(scope), "{path}: scope");
        for (forking, written) in response.forking.iter().zip(rows(&written, "forking")) {
            assert_eq!(
                json!(forking.verdict),
                written["verdict"],
                "{path}: {written}"
            );
        }
        let headers = written["headers"].as_array().into_iter().flatten();
        for (header, written) in response.headers.iter().zip(headers) {
            let decided = header
                .decided
                .map_or(Value::Null, |decided| json!(terms(decided)));
            assert_eq!(decided, written["decided"], "{path}: {written}");
        }
        for step in response.flow {
            let marked = step.message.starts_with(&response.code.to_string());
            assert_eq!(step.marked, marked, "{path}: {}", step.message);
        }
    }
}
