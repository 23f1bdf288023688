//! A page as JSON with the keys of some sections alone.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;

/// What says of which page it is, whatever section is asked for.
const ALWAYS: &[&str] = &["code", "phrase", "kind", "number", "name", "title"];
/// The same of a comparison, which is of no kind.
const CODES: &str = "codes";

/// The keys of a section; a page has some of them. What stands in no key of its own has none: errata stand with each
/// citation.
const KEYS: &[(&str, &[&str])] = &[
    ("description", &["meaning"]),
    ("seen", &["seen"]),
    ("fix", &["fix"]),
    ("check", &["check"]),
    ("confused", &["related"]),
    ("nearest", &["related"]),
    ("send", &["use_when"]),
    ("who", &["sent_by"]),
    ("headers", &["headers"]),
    ("next", &["retry"]),
    ("branches", &["forking"]),
    ("dialog", &["dialog"]),
    ("codes", &[CODES, "round_trip"]),
    ("network", &["isdn", "causes"]),
    ("warnings", &["warnings"]),
    ("local", &["local"]),
    ("timers", &["timers"]),
    ("route", &["next_route"]),
    ("sent", &["as_sent"]),
    ("numbers", &["as_sent"]),
    ("look", &["look"]),
    ("products", &["vendors", "products", CODES]),
    ("values", &["values"]),
    ("names", &["aliases", "class", "named"]),
    ("flow", &["flow"]),
    ("wire", &["example"]),
    ("short", &["question", "in_short"]),
    ("differences", &["key_differences"]),
    ("rows", &["rows"]),
    ("use", &["when_to_use", "tests"]),
    ("mistakes", &["mistakes"]),
    (
        "more",
        &["defined", "references", "sources", "cites", "learn_more"],
    ),
];

/// A page as it was printed: each value keeps its form.
#[derive(Deserialize)]
#[serde(transparent)]
struct Whole<'a>(#[serde(borrow)] BTreeMap<&'a str, &'a RawValue>);

/// Some keys of a page, in their order.
struct Kept<'a> {
    whole: Whole<'a>,
    keys: Vec<&'static str>,
}

impl<'a> Kept<'a> {
    fn of(whole: Whole<'a>, sections: &[&str]) -> Self {
        let mut keys = ALWAYS.to_vec();
        if !whole.0.contains_key("kind") {
            keys.push(CODES);
        }
        let wanted = KEYS
            .iter()
            .filter(|(section, _)| sections.contains(section));
        for key in wanted.flat_map(|(_, keys)| *keys) {
            if !keys.contains(key) {
                keys.push(key);
            }
        }
        Self { whole, keys }
    }
}

impl Serialize for Kept<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let values = &self.whole.0;
        let keys = self.keys.iter();
        serializer.collect_map(keys.filter_map(|key| Some((key, values.get(key)?))))
    }
}

/// What was printed: pages, or a comparison.
#[derive(Serialize)]
#[serde(untagged)]
enum Printed<'a> {
    Pages(Vec<Kept<'a>>),
    Comparison(Kept<'a>),
}

/// Returns what was printed with the keys of these sections alone.
pub fn only<'a>(
    printed: &'a str,
    sections: &[&str],
) -> Result<impl Serialize + 'a, serde_json::Error> {
    Ok(if printed.starts_with('[') {
        let pages: Vec<Whole<'a>> = serde_json::from_str(printed)?;
        let pages = pages.into_iter().map(|page| Kept::of(page, sections));
        Printed::Pages(pages.collect())
    } else {
        Printed::Comparison(Kept::of(serde_json::from_str(printed)?, sections))
    })
}
