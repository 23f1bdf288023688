//! The rules that messages are held against.

use std::collections::BTreeMap;

use serde_json::Value;
use sipdex::{catalog, explain};

use super::files::{folder, rows};

/// Returns the checks of all files by their id.
fn written() -> BTreeMap<String, Value> {
    by_id("checks", "check")
}

fn by_id(of: &str, table: &str) -> BTreeMap<String, Value> {
    let files = folder(of);
    let checks = files.iter().flat_map(|(_, file)| rows(file, table));
    checks
        .map(|check| {
            (
                check["id"].as_str().expect("an id").to_owned(),
                check.clone(),
            )
        })
        .collect()
}

/// Returns terms as the files write them.
pub(super) fn terms(terms: catalog::Terms) -> String {
    let terms: Vec<String> = terms.iter().map(ToString::to_string).collect();
    terms.join("; ")
}

#[test]
fn checks_are_those_of_their_files() {
    let written = written();
    assert_eq!(catalog::checks().len(), written.len());
    for check in catalog::checks() {
        let row = &written[check.id.as_str()];
        assert_eq!(terms(check.when), row["when"], "{}", check.id);
        assert_eq!(check.says.as_str(), row["says"], "{}", check.id);
        let cite = check.cite;
        assert_eq!(row["cite"], format!("{} {}", cite.rfc(), cite.section()));
    }
}

#[test]
fn each_check_is_a_rule_with_its_kind() {
    let rules = explain::rules();
    for (id, row) in written() {
        let rule = rules.iter().find(|rule| rule.id == id).expect("a rule");
        assert_eq!(rule.kind.as_str(), row["kind"], "{id}");
    }
}

#[test]
fn patterns_are_those_of_their_files() {
    let written = by_id("patterns", "pattern");
    assert_eq!(catalog::patterns().len(), written.len());
    for pattern in catalog::patterns() {
        let row = &written[pattern.id.as_str()];
        assert_eq!(pattern.says.as_str(), row["says"], "{}", pattern.id);
        let next = pattern.next.as_ref().map(|next| Value::from(next.as_str()));
        assert_eq!(next.as_ref(), row.get("next"), "{}", pattern.id);
        let kind = format!("{:?}", pattern.kind).to_lowercase();
        assert_eq!(row["kind"], kind, "{}", pattern.id);
        let cites: Vec<String> = pattern
            .cites
            .iter()
            .map(|cite| format!("{} {}", cite.rfc(), cite.section()))
            .collect();
        assert_eq!(row["cites"], Value::from(cites), "{}", pattern.id);
    }
}
