//! The asset files as trees and tables, and citations as they write them.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json};
use sipdex::catalog::Citation;

/// Returns an asset file as a tree.
pub(crate) fn asset(path: &str) -> Value {
    let text = fs::read_to_string(format!("assets/{path}")).expect("an asset file");
    toml::from_str(&text).expect("TOML")
}

/// Returns every asset file of a folder by its path.
pub(crate) fn folder(name: &str) -> Vec<(String, Value)> {
    let entries = fs::read_dir(format!("assets/{name}")).expect("a folder");
    entries
        .map(|entry| entry.expect("readable").file_name())
        .map(|file| format!("{name}/{}", file.to_string_lossy()))
        .map(|path| (path.clone(), asset(&path)))
        .collect()
}

/// Returns the rows of a table by the names of their columns.
pub(crate) fn table(path: &str) -> Vec<BTreeMap<String, String>> {
    let text = fs::read_to_string(format!("assets/{path}")).expect("an asset file");
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let names: Vec<&str> = lines.next().expect("a heading").split('\t').collect();
    lines
        .map(|line| {
            let fields = names.iter().zip(line.split('\t'));
            fields
                .map(|(name, field)| ((*name).to_owned(), field.to_owned()))
                .collect()
        })
        .collect()
}

pub(crate) fn rows<'a>(tree: &'a Value, key: &str) -> Vec<&'a Value> {
    let rows = tree[key].as_array().expect("a list");
    rows.iter().collect()
}

/// Returns "3261 21.4.24" as JSON has it, with the title of the section.
pub(crate) fn cited(citation: &str) -> Value {
    let (rfc, section) = citation.split_once(' ').expect("an RFC and a section");
    let title = table("rfc-sections.tsv")
        .into_iter()
        .find(|row| row["rfc"] == rfc && row["section"] == section)
        .map(|row| row["title"].clone());
    let part = if section.starts_with(|first: char| first.is_ascii_digit()) {
        "section"
    } else {
        "appendix"
    };
    let errata = table("errata.tsv").into_iter();
    let errata = errata.filter(|row| row["rfc"] == rfc && row["section"] == section);
    let errata = errata.map(|row| {
        let number = &row["number"];
        json!({
            "number": number.parse::<u16>().expect("a number"), "status": row["status"],
            "says": row["says"], "url": format!("https://www.rfc-editor.org/errata/eid{number}"),
        })
    });
    json!({
        "errata": errata.collect::<Vec<_>>(),
        "rfc": rfc.parse::<u16>().expect("a number"), "section": section, "title": title,
        "url": format!("https://www.rfc-editor.org/rfc/rfc{rfc}#{part}-{section}"),
    })
}

pub(crate) fn is_citation(cite: Citation, written: &Value) -> bool {
    let (rfc, section) = (cite.rfc().to_string(), cite.section());
    written == &json!(format!("{rfc} {section}"))
}

/// Returns a citation as the asset files write it, or null.
pub(crate) fn written(cite: Option<Citation>) -> Value {
    json!(cite.map(|cite| format!("{} {}", cite.rfc(), cite.section())))
}
