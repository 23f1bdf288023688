//! What the registry decides: which codes there are, and what each is.

use super::house::reference::check::check;
use super::house::reference::form::Citation;
use super::house::reference::vocabulary::Status;
use super::{page, refused, refused_as, source};

#[test]
fn a_missing_page_is_refused() {
    let mut source = source();
    source.pages.retain(|(_, page)| page.code.0 != 486);
    let complaints = check(&source);
    assert!(
        complaints
            .iter()
            .any(|complaint| complaint.says.contains("486 has no page"))
    );
}

#[test]
fn wrong_identities_are_refused() {
    let file = "responses/486.toml";
    refused(file, "code", |s| page(s, 486).code.0 = 487);
    refused(file, "code", |s| page(s, 486).code.0 = 431);
    refused(file, "phrase", |s| {
        page(s, 486).phrase = Some("Busy".into())
    });
    refused(file, "status", |s| {
        page(s, 486).status = Some(Status::Deprecated)
    });
    refused(file, "defined", |s| {
        page(s, 486).defined = Some(Citation("3261 21.4.25".into()))
    });
    refused(file, "defined", |s| page(s, 486).defined = None);
}

#[test]
fn a_page_for_a_code_of_the_registry_cannot_be_unregistered() {
    refused("unregistered/486.toml", "status", |s| {
        let (name, page) = s
            .pages
            .iter()
            .find(|(_, page)| page.code.0 == 486)
            .expect("a page")
            .clone();
        s.unregistered.push((name, page));
    });
}

#[test]
fn a_wrong_registry_is_refused() {
    refused_as("registry.tsv", "code", "100 stands twice", |s| {
        s.registry[1].code = 100
    });
    refused_as("registry.tsv", "phrase", "empty", |s| {
        s.registry[0].phrase = String::new()
    });
    refused_as("responses/100.toml", "phrase", "the registry has", |s| {
        s.registry[0].phrase = "Other".into()
    });
}

#[test]
fn a_number_that_is_no_response_code_is_refused() {
    for code in [0, 99, 700] {
        refused_as("responses/486.toml", "code", "is no response code", |s| {
            page(s, 486).code.0 = code
        });
    }
    let unlisted = "431 is not in registry.tsv";
    refused_as("responses/486.toml", "code", unlisted, |s| {
        page(s, 486).code.0 = 431
    });
    let named = "487 in a file named 486.toml";
    refused_as("responses/486.toml", "code", named, |s| {
        page(s, 486).code.0 = 487
    });
}
