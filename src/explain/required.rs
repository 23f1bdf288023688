//! The header fields that a response must have, or must not, by the page of its code.

use super::finding::{Finding, Kind};
use crate::catalog::{self, HeaderField, Place, StatusCode, Strength};
use crate::message::Message;

/// Returns what a response lacks that its page asks for without condition, and what it has against the page.
pub(super) fn missing(message: &Message<'_>) -> Vec<Finding> {
    let code = message.code().and_then(|code| StatusCode::new(code).ok());
    let Some(page) = code.map(catalog::response) else {
        return Vec::new();
    };
    let rows = page.headers.iter().filter(|row| holds(row));
    let mut findings: Vec<Finding> = Vec::new();
    for row in rows.filter(|row| row.name.as_str() != "To") {
        let id = format!("{}-{}", page.code, row.name.to_lowercase());
        let is_there = message.has(row.name.as_str());
        let is_known = findings.iter().any(|known| known.id == id);
        let says = match row.strength {
            Strength::Must if !is_there => format!("{} is missing. {}", row.name, row.says),
            Strength::MustNot if is_there => {
                format!("{} does not belong here. {}", row.name, row.says)
            }
            _ => continue,
        };
        if !is_known {
            findings.push(Finding {
                id,
                kind: Kind::Broken,
                says,
                cite: row.cite,
            });
        }
    }
    findings
}

fn holds(row: &HeaderField) -> bool {
    row.place == Place::Response && row.when.is_none()
}
