//! The rules that messages are held against.

use std::collections::BTreeMap;

use serde_json::Value;
use sipdex::{catalog, explain};

use super::files::{folder, rows};

/// Returns the checks of all files by their id.
fn written() -> BTreeMap<String, Value> {
    let files = folder("checks");
    let checks = files.iter().flat_map(|(_, file)| rows(file, "check"));
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
