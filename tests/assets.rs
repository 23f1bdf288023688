//! What the build refuses: errors planted in the asset files, each named with its file and field.

#![expect(
    clippy::semicolon_if_nothing_returned,
    reason = "each planted error is a closure of one assignment"
)]

#[allow(dead_code, reason = "the tables are written by the build alone")]
#[path = "../src/build/reference.rs"]
mod reference;

use std::path::Path;
use std::sync::OnceLock;

use reference::check::check;
use reference::source::{Family, Page, Source, parse, read};
use reference::vocabulary::{Place, Status, Strength};

/// Returns the asset files, read once.
fn source() -> Source {
    static SOURCE: OnceLock<Source> = OnceLock::new();
    SOURCE
        .get_or_init(|| read(Path::new("assets")).expect("the asset files"))
        .clone()
}

fn page(source: &mut Source, code: u16) -> &mut Page {
    let mut pages = source.pages.iter_mut().map(|(_, page)| page);
    pages.find(|page| page.code == code).expect("a page")
}

fn busy(source: &mut Source) -> &mut Family {
    let mut families = source.families.iter_mut().map(|(_, family)| family);
    families
        .find(|family| family.id == "busy")
        .expect("a family")
}

/// Plants an error and expects a complaint about this file and field.
fn refused(file: &str, field: &str, plant: impl FnOnce(&mut Source)) {
    let mut source = source();
    plant(&mut source);
    let complaints = check(&source);
    let named = complaints
        .iter()
        .any(|c| c.file == file && c.field.starts_with(field));
    assert!(named, "{file}: {field} is not among {complaints:?}");
}

#[test]
fn the_reference_as_it_is_has_no_fault() {
    assert_eq!(check(&source()), []);
}

#[test]
fn a_sender_for_named_methods_has_no_exceptions() {
    refused("responses/423.toml", "sent_by[0].except", |source| {
        page(source, 423).sent_by[0].except = vec!["CANCEL".into()]
    });
}

#[test]
fn a_missing_page_is_refused() {
    let mut source = source();
    source.pages.retain(|(_, page)| page.code != 486);
    let complaints = check(&source);
    assert!(
        complaints
            .iter()
            .any(|complaint| complaint.says.contains("486 has no page"))
    );
}

#[test]
fn a_mistyped_folder_is_refused() {
    let error = read(Path::new("assets/responses")).err().expect("an error");
    assert!(error.contains("assets/responses/registry.tsv"), "{error}");
}

#[test]
fn wrong_identities_are_refused() {
    let file = "responses/486.toml";
    refused(file, "code", |s| page(s, 486).code = 487);
    refused(file, "code", |s| page(s, 486).code = 431);
    refused(file, "phrase", |s| page(s, 486).phrase = "Busy".into());
    refused(file, "status", |s| page(s, 486).status = Status::Deprecated);
    refused(file, "defined", |s| {
        page(s, 486).defined = Some("3261 21.4.25".into())
    });
    refused(file, "defined", |s| page(s, 486).defined = None);
}

#[test]
fn wrong_references_are_refused() {
    let file = "responses/486.toml";
    refused(file, "references[0]", |s| {
        page(s, 486).references[0] = "3261 99.9".into()
    });
    refused(file, "sent_by[0].cite", |s| {
        page(s, 486).sent_by[0].cite = Some("9999 1".into())
    });
    refused(file, "headers[0].cite", |s| {
        page(s, 486).headers[0].cite = String::new()
    });
    refused(file, "retry[0].cite", |s| {
        page(s, 486).retry[0].cite = "3261".into()
    });
    refused(file, "forking[0].cite", |s| {
        page(s, 486).forking[0].cite = "3261 16.99".into()
    });
    refused(file, "dialog[0].cite", |s| {
        page(s, 486).dialog[0].cite = "5057 9.9".into()
    });
    refused(file, "related[0].code", |s| {
        page(s, 486).related[0].code = 431
    });
    refused(file, "related[0].code", |s| {
        page(s, 486).related[0].code = 486
    });
    refused(file, "related[1].code", |s| {
        let first = page(s, 486).related[0].code;
        page(s, 486).related[1].code = first;
    });
    refused("registry.tsv", "rfc, section", |s| {
        s.registry[0].defined = "3261 0".into()
    });
}

#[test]
fn empty_and_careless_texts_are_refused() {
    let file = "responses/486.toml";
    refused(file, "summary", |s| page(s, 486).summary = "x".repeat(101));
    refused(file, "summary", |s| page(s, 486).summary = " ".into());
    refused(file, "meaning", |s| page(s, 486).meaning.clear());
    refused(file, "meaning[0]", |s| {
        page(s, 486).meaning[0] = String::new()
    });
    refused(file, "meaning[0]", |s| {
        page(s, 486).meaning[0] = "When when it rings.".into()
    });
    refused(file, "seen[0]", |s| page(s, 486).seen[0] = "No end".into());
    refused(file, "fix[0].remedy", |s| {
        page(s, 486).fix[0].remedy = "Caf\u{e9}.".into()
    });
    refused(file, "use_when", |s| {
        page(s, 486).use_when = "A\u{1b}[31m.".into()
    });
    refused(file, "symptoms[0]", |s| {
        page(s, 486).symptoms[0] = "busy  tone".into()
    });
    for nonsense in ["Like a 419.", "It has cause 99.", "See (warn-code 360)."] {
        refused(file, "meaning[0]", |s| {
            page(s, 486).meaning[0] = nonsense.into()
        });
    }
    refused(file, "sent_by[0].cite", |s| {
        page(s, 486).sent_by[0].cite = None
    });
    refused("http.tsv", "100 phrase", |s| {
        s.http[0].phrase = String::new()
    });
    refused("q850.toml", "cause 1", |s| {
        s.q850.cause[0].name = String::new()
    });
    refused("vendors.tsv", "version", |s| {
        s.vendors[0].version = " ".into()
    });
    refused("classes.toml", "1xx.title", |s| {
        s.classes.class[0].title = String::new()
    });
    for empty in [
        "fix", "sent_by", "retry", "forking", "dialog", "related", "symptoms",
    ] {
        refused(file, empty, |s| {
            let page = page(s, 486);
            match empty {
                "fix" => page.fix.clear(),
                "sent_by" => page.sent_by.clear(),
                "retry" => page.retry.clear(),
                "forking" => page.forking.clear(),
                "dialog" => page.dialog.clear(),
                "related" => page.related.clear(),
                _ => page.symptoms.clear(),
            }
        });
    }
}

#[test]
fn wrong_examples_are_refused() {
    let file = "responses/486.toml";
    let edit = |from: &'static str, to: &'static str| {
        move |s: &mut Source| {
            let example = page(s, 486).example.as_mut().expect("an example");
            assert!(example.contains(from), "{from:?} is not in the example");
            *example = example.replace(from, to);
        }
    };
    for (from, to) in [
        ("SIP/2.0 486 Busy Here", "SIP/2.0 486 Busy"),
        ("Content-Length: 0", "Content-Length: 1"),
        ("CSeq: 1 INVITE", "CSeq: abc"),
        ("CSeq: 1 INVITE\n", ""),
        (";tag=314159", ""),
        ("branch=z9hG4bK2d4790.1", "branch=1"),
        ("bob@example.net", "bob@biloxi.com"),
        ("192.0.2.101:5060", "10.0.0.1:5060"),
        ("Retry-After: 300", "Retry-After"),
        ("Via: ", "V: "),
    ] {
        refused(file, "example", edit(from, to));
    }
    refused(file, "example", |s| page(s, 486).example = None);
    refused("responses/421.toml", "example", |s| {
        let example = page(s, 421).example.as_mut().expect("an example");
        *example = example.replace("Require:", "X-Require:");
    });
    refused(file, "example", |s| {
        let header = &mut page(s, 486).headers[0];
        (header.name, header.strength) = ("Min-Expires".into(), Strength::Must);
        (header.place, header.when) = (Place::Response, None);
    });
}

#[test]
fn wrong_ladders_are_refused() {
    let file = "responses/486.toml";
    refused(file, "flow", |s| page(s, 486).flow.truncate(2));
    refused(file, "flow", |s| {
        page(s, 486)
            .flow
            .retain(|step| !step.message.starts_with("486"))
    });
    refused(file, "flow[0].to", |s| {
        page(s, 486).flow[0].to = "alice".into()
    });
    refused(file, "flow[0].message", |s| {
        page(s, 486).flow[0].message = "x".repeat(40)
    });
}

#[test]
fn wrong_families_are_refused() {
    let file = "families/busy.toml";
    refused(file, "id", |s| busy(s).id = "other".into());
    refused(file, "codes", |s| busy(s).codes.push(431));
    refused(file, "tests", |s| drop(busy(s).tests.pop()));
    refused(file, "advice", |s| drop(busy(s).advice.pop()));
    refused(file, "in_short", |s| busy(s).in_short = String::new());
    refused(file, "differences[0].codes", |s| {
        busy(s).differences[0].codes = vec![vec![480]]
    });
    refused(file, "differences[0].codes", |s| {
        busy(s).differences[0].codes[0] = vec![404]
    });
    refused(file, "differences[0].says", |s| {
        busy(s).differences[0].says = "On a {2}.".into()
    });
    refused(file, "differences[0].cite", |s| {
        busy(s).differences[0].cite = Some("1 1".into())
    });
}

#[test]
fn wrong_tables_are_refused() {
    refused("q850.toml", "to_isdn", |s| s.q850.to_isdn[0].cause = 99);
    refused("q850.toml", "to_sip", |s| s.q850.to_sip[0].code = 431);
    refused("vendors.tsv", "cause", |s| s.vendors[0].cause = Some(99));
    refused("warnings.toml", "warning", |s| {
        s.warnings.warning[0].codes.push(431)
    });
    refused("warnings.toml", "warning", |s| {
        s.warnings.warning[0].cite = "1 1".into()
    });
    refused("classes.toml", "class", |s| drop(s.classes.class.pop()));
    refused("classes.toml", "1xx.cite", |s| {
        s.classes.class[0].cite = "1 1".into()
    });
}

#[test]
fn unknown_and_missing_fields_are_named() {
    let text = std::fs::read_to_string("assets/responses/486.toml").expect("a page");
    let error = |text: &str| parse::<Page>(text).err().expect("refused");
    assert!(error(&text.replacen("summary =", "sumary =", 1)).contains("sumary"));
    assert!(
        error(&text.replacen("strength = \"MAY\"", "strength = \"MIGHT\"", 1)).contains("MIGHT")
    );
    assert!(error(&text.replacen("verdict = \"later\"", "verdict = \"soon\"", 1)).contains("soon"));
    assert!(error(&text.replacen("use_when =", "# use_when =", 1)).contains("use_when"));
}

#[test]
fn a_page_for_a_code_of_the_registry_cannot_be_unregistered() {
    refused("unregistered/486.toml", "status", |s| {
        let (name, page) = s
            .pages
            .iter()
            .find(|(_, page)| page.code == 486)
            .expect("a page")
            .clone();
        s.unregistered.push((name, page));
    });
}
