//! The rules that messages are held against.

use super::Kind;
use crate::catalog::{self, Citation, Place, Strength};

/// A rule, by the name that its findings have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub id: String,
    pub kind: Kind,
    pub says: String,
    pub cite: Citation,
}

/// Returns every rule.
pub fn rules() -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    for page in catalog::responses() {
        let rows = page.headers.iter().filter(|row| {
            let is_firm = matches!(row.strength, Strength::Must | Strength::MustNot);
            is_firm && row.place == Place::Response && row.when.is_none() && row.name != *"To"
        });
        for row in rows {
            let id = format!("{}-{}", page.code, row.name.to_lowercase());
            if !rules.iter().any(|rule| rule.id == id) {
                rules.push(Rule {
                    id,
                    kind: Kind::Broken,
                    says: row.says.to_string(),
                    cite: row.cite,
                });
            }
        }
    }
    rules
}
