//! What the build refuses, each complaint with its file and field.

mod complaint;
mod family;
mod field;
mod page;
mod proof;
mod registry;
mod tables;
mod text;
mod topic;

use std::collections::BTreeSet;

use super::source::Source;
use complaint::Check;
pub(crate) use complaint::Complaint;

/// Returns all that is wrong with the reference; empty means that it can be built.
pub(crate) fn check(source: &Source) -> Vec<Complaint> {
    let mut check = Check::new(source);
    check.registry();
    for (name, page) in &source.pages {
        check.file = format!("responses/{name}");
        check.registered(page);
        check.page(name, page);
    }
    for (name, page) in &source.unregistered {
        check.file = format!("unregistered/{name}");
        if page.status.is_some() || check.is_registered(page.code.0) {
            check.complain(
                "status",
                "the registry decides: only an unlisted code is unregistered",
            );
        }
        check.page(name, page);
    }
    let mut ids = BTreeSet::new();
    let families = source.families.iter().map(|family| ("families", family));
    let pairs = source.pairs.iter().map(|pair| ("pairs", pair));
    for (folder, (name, family)) in families.chain(pairs) {
        check.file = format!("{folder}/{name}");
        if !ids.insert(&family.id) || *name != format!("{}.toml", family.id) {
            check.complain("id", "not the name of the file");
        }
        check.family(family);
    }
    for (name, pair) in &source.pairs {
        check.file = format!("pairs/{name}");
        check.pair(pair);
    }
    for file in &source.topics {
        check.topic(file);
    }
    check.causes();
    check.checks();
    check.patterns();
    check.tables();
    check.complaints
}
