//! The header fields that a response must have, or must not, by the page of its code.

use super::cut;
use super::finding::{Finding, Kind, Rule};
use super::looked::Looked;
use super::named;
use super::terms;
use crate::catalog::{self, Asks, HeaderField, Named, Place, Response, StatusCode, Strength};

/// Returns what a response lacks that its page asks for, and what it has against the page; one finding a field.
pub(super) fn found(message: &Looked<'_>) -> Vec<Finding> {
    let code = message.code().and_then(|code| StatusCode::new(code).ok());
    let Some(page) = code.map(catalog::response) else {
        return Vec::new();
    };
    let mut findings: Vec<Finding> = Vec::new();
    for row in rows(page).filter(|row| is_met(row, message)) {
        let is_there = match row.name.as_str() {
            // Each response has To; what a page asks of it is the tag.
            "To" => named::found(Named::NoToTag, message).is_none(),
            // A row that lost its colon was meant as the header field.
            name => message.has(name) || row.strength == Strength::Must && message.seems(name),
        };
        let kind = match row.strength {
            Strength::Must if !is_there => cut::kind(Kind::Broken, message),
            Strength::MustNot if is_there => Kind::Broken,
            _ => continue,
        };
        let id = id(page, row);
        if findings.iter().all(|known| known.id != id) {
            let alike = rows(page).filter(|other| is_alike(row, other) && is_met(other, message));
            findings.push(Finding {
                id,
                kind,
                says: says(page, row, alike),
                cite: row.cite,
            });
        }
    }
    findings
}

/// Returns the rules of all pages.
pub(super) fn rules() -> impl Iterator<Item = Rule> {
    let pages = catalog::responses().iter();
    let rows = pages.flat_map(|page| rows(page).map(move |row| (page, row)));
    rows.map(|(page, row)| {
        let alike = self::rows(page).filter(|other| is_alike(row, other));
        Rule {
            id: id(page, row),
            kind: Kind::Broken,
            says: says(page, row, alike),
            cite: row.cite,
        }
    })
}

/// Returns the rows that hold for each response with the code, or under a condition that a response itself decides.
fn rows(page: &'static Response) -> impl Iterator<Item = &'static HeaderField> {
    page.headers.iter().filter(|row| {
        let is_binding = matches!(row.strength, Strength::Must | Strength::MustNot);
        let is_decided = row.when.is_none() || row.decided.is_some();
        row.place == Place::Response && is_binding && is_decided
    })
}

fn is_met(row: &HeaderField, message: &Looked<'_>) -> bool {
    let condition = row.decided;
    condition.is_none_or(|condition| terms::hold(condition, message).is_some())
}

fn is_alike(row: &HeaderField, other: &HeaderField) -> bool {
    other.name == row.name && other.strength == row.strength
}

fn id(page: &Response, row: &HeaderField) -> String {
    format!("{}-{}", page.code, row.name.to_lowercase())
}

/// Returns the sentence of a row, with the conditions of all rows that ask for the same.
fn says<'a>(
    page: &Response,
    row: &HeaderField,
    alike: impl Iterator<Item = &'a HeaderField>,
) -> String {
    let name = match row.name.as_str() {
        "To" => "The tag of To",
        name => name,
    };
    let fault = match row.strength {
        Strength::MustNot => "is here",
        _ => "is missing",
    };
    let rule = row.strength.as_str();
    let conditions = alike.filter_map(|row| {
        // Where the condition holds of each response it need not be said.
        let is_always = row
            .decided
            .is_some_and(|terms| terms.iter().all(|term| term.asks == Asks::Response));
        row.when.as_ref().filter(|_| !is_always)
    });
    let conditions: Vec<String> = conditions.map(|when| format!(" if {when}")).collect();
    format!(
        "{name} {fault}: a {} {rule} carry it{}. {}",
        page.code,
        conditions.join(", and"),
        row.says
    )
}
