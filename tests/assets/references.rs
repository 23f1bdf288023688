//! What a page refers to: sections, sources and other codes.

use super::house::reference::check::check;
use super::house::reference::form::Citation;
use super::house::reference::vocabulary::Branches;
use super::{page, refused, refused_as, source};

#[test]
fn wrong_references_are_refused() {
    let file = "responses/486.toml";
    refused(file, "references[0]", |s| {
        page(s, 486).references[0].0 = "3261 99.9".into()
    });
    refused(file, "sent_by[0].cite", |s| {
        page(s, 486).sent_by[0].cite = Some(Citation("9999 1".into()))
    });
    refused(file, "headers[0].cite", |s| {
        page(s, 486).headers[0].cite.0 = String::new()
    });
    refused(file, "retry[0].cite", |s| {
        page(s, 486).retry[0].cite.0 = "3261".into()
    });
    refused(file, "forking[0].cite", |s| {
        page(s, 486).forking[0].cite.0 = "3261 16.99".into()
    });
    refused(file, "dialog[0].cite", |s| {
        page(s, 486).dialog[0].cite.0 = "5057 9.9".into()
    });
    refused(file, "related[0].code", |s| {
        page(s, 486).related[0].code.0 = 431
    });
    refused(file, "related[0].code", |s| {
        page(s, 486).related[0].code.0 = 486
    });
    refused(file, "related[1].code", |s| {
        let first = page(s, 486).related[0].code;
        page(s, 486).related[1].code = first;
    });
    refused("registry.tsv", "rfc, section", |s| {
        s.registry[0].defined = Citation("3261 0".into())
    });
}

#[test]
fn a_statement_without_a_section_needs_a_source() {
    let no_section = "neither section nor source";
    refused_as("responses/486.toml", "sent_by[0].cite", no_section, |s| {
        page(s, 486).sent_by[0].cite = None
    });
    let mut sourced = source();
    let page = page(&mut sourced, 486);
    page.sources.push("a product, a file".into());
    page.sent_by[0].cite = None;
    assert_eq!(check(&sourced), []);
}

#[test]
fn a_response_does_to_the_other_branches_what_its_class_does() {
    for (code, verdict, says) in [
        (486, Branches::Cancelled, "others go on in a 4xx"),
        (486, Branches::GivenUp, "others go on in a 4xx"),
        (200, Branches::GoOn, "others cancelled in a 2xx"),
        (
            600,
            Branches::MayAdd,
            "others cancelled, none added in a 6xx",
        ),
    ] {
        let mut source = source();
        page(&mut source, code).forking[1].verdict = Some(verdict);
        let complaints = check(&source);
        let complaint = complaints.first().expect("a complaint");
        assert_eq!(complaint.file, format!("responses/{code}.toml"));
        assert_eq!(complaint.field, "forking[1].verdict");
        assert_eq!(complaint.says, says);
    }
}

#[test]
fn a_sender_for_named_methods_has_no_exceptions() {
    refused("responses/423.toml", "sent_by[0].except", |source| {
        page(source, 423).sent_by[0].except = vec!["CANCEL".into()]
    });
}
