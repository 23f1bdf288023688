//! What the build refuses: errors planted in the asset files, each named with its file and field.

#![expect(
    clippy::semicolon_if_nothing_returned,
    reason = "each planted error is a closure of one assignment"
)]

#[allow(dead_code, reason = "the tables are written by the build alone")]
#[path = "../src"]
mod house {
    pub(crate) mod reference;
}

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use house::reference::check::check;
use house::reference::form::{Citation, StatusCode};
use house::reference::model::{ClassRule, Family, Response};
use house::reference::source::{Source, VendorCodes, parse, read};
use house::reference::themes;
use house::reference::vocabulary::{Place, Status, Strength};

/// Returns the asset files, read once.
fn source() -> Source {
    static SOURCE: OnceLock<Source> = OnceLock::new();
    SOURCE
        .get_or_init(|| read(Path::new("assets")).expect("the asset files"))
        .clone()
}

fn page(source: &mut Source, code: u16) -> &mut Response {
    let mut pages = source.pages.iter_mut().map(|(_, page)| page);
    pages.find(|page| page.code.0 == code).expect("a page")
}

fn busy(source: &mut Source) -> &mut Family {
    let mut families = source.families.iter_mut().map(|(_, family)| family);
    families
        .find(|family| family.id == "busy")
        .expect("a family")
}

fn codes(groups: Vec<Vec<u16>>) -> Vec<Vec<StatusCode>> {
    let group = |group: Vec<u16>| group.into_iter().map(StatusCode).collect();
    groups.into_iter().map(group).collect()
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

/// Returns the asset files with a few pages and families only: many errors are planted, each in a copy.
fn few() -> Source {
    static FEW: OnceLock<Source> = OnceLock::new();
    FEW.get_or_init(|| {
        let mut few = source();
        few.pages
            .retain(|(_, page)| [100, 402, 486, 488].contains(&page.code.0));
        few.families
            .retain(|(_, family)| ["anonymity", "busy"].contains(&&*family.id));
        few
    })
    .clone()
}

/// Plants an error and expects a complaint about exactly this field that says what is wrong.
fn refused_as(file: &str, field: &str, says: &str, plant: impl FnOnce(&mut Source)) {
    let mut source = few();
    plant(&mut source);
    let complaints = check(&source);
    let named = complaints
        .iter()
        .any(|c| c.file == file && c.field == field && c.says.contains(says));
    assert!(named, "{file}: {field}: {says} is not among {complaints:?}");
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
    source.pages.retain(|(_, page)| page.code.0 != 486);
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
fn empty_and_careless_texts_are_refused() {
    let file = "responses/486.toml";
    refused(file, "summary", |s| page(s, 486).summary = "x".repeat(101));
    refused(file, "summary", |s| page(s, 486).summary = " ".into());
    refused(file, "meaning", |s| page(s, 486).meaning.clear());
    refused(file, "meaning[0]", |s| {
        page(s, 486).meaning[0].0 = String::new()
    });
    refused(file, "meaning[0]", |s| {
        page(s, 486).meaning[0].0 = "When when it rings.".into()
    });
    refused(file, "seen[0]", |s| {
        page(s, 486).seen[0].0 = "No end".into()
    });
    refused(file, "fix[0].remedy", |s| {
        page(s, 486).fix[0].remedy.0 = "Caf\u{e9}.".into()
    });
    refused(file, "use_when", |s| {
        page(s, 486).use_when.get_or_insert_default().0 = "A\u{1b}[31m.".into()
    });
    refused(file, "symptoms[0]", |s| {
        page(s, 486).symptoms[0] = "busy  tone".into()
    });
    for (nonsense, says) in [
        ("Like a 419.", "Code 419 does not exist"),
        ("A 419 says no.", "Code 419 does not exist"),
        ("Not so (a 419, say).", "Code 419 does not exist"),
        ("It has cause 99.", "Cause 99 does not exist"),
        ("Cause 99 is it.", "Cause 99 does not exist"),
        (
            "Reason: Q.850;cause=17; cause 99.",
            "Cause 99 does not exist",
        ),
        ("See (warn-code 360).", "WarnCode 360 does not exist"),
        ("See Warning: 360.", "WarnCode 360 does not exist"),
    ] {
        refused_as(file, "meaning[0]", says, |s| {
            page(s, 486).meaning[0].0 = nonsense.into()
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
            assert!(example.0.contains(from), "{from:?} is not in the example");
            example.0 = example.0.replace(from, to);
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
        example.0 = example.0.replace("Require:", "X-Require:");
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
    refused(file, "codes", |s| busy(s).codes.push(StatusCode(431)));
    refused(file, "tests", |s| drop(busy(s).tests.pop()));
    refused(file, "advice", |s| drop(busy(s).advice.pop()));
    refused(file, "in_short", |s| busy(s).in_short.0 = String::new());
    refused(file, "differences[0].groups", |s| {
        busy(s).differences[0].groups = codes(vec![vec![480]])
    });
    refused(file, "differences[0].groups", |s| {
        busy(s).differences[0].groups[0] = vec![StatusCode(404)]
    });
    refused(file, "differences[0].clauses[0].says", |s| {
        busy(s).differences[0].clauses[0].says = "on a {2}".into()
    });
    refused(file, "differences[0].cite", |s| {
        busy(s).differences[0].cite = Some(Citation("1 1".into()))
    });
}

#[test]
fn wrong_tables_are_refused() {
    refused("q850.toml", "to_isdn", |s| s.q850.to_isdn[0].cause = 99);
    refused("q850.toml", "to_sip", |s| s.q850.to_sip[0].code = 431);
    refused("vendors.tsv", "cause", |s| s.vendors[0].cause = Some(99));
    refused("warnings.toml", "warning", |s| {
        s.warnings.warning[0].codes.push(StatusCode(431))
    });
    refused("warnings.toml", "warning", |s| {
        s.warnings.warning[0].cite = Citation("1 1".into())
    });
    refused("classes.toml", "class", |s| drop(s.classes.class.pop()));
    refused("classes.toml", "1xx.cite", |s| {
        s.classes.class[0].cite = Citation("1 1".into())
    });
}

#[test]
fn unknown_and_missing_fields_are_named() {
    let text = std::fs::read_to_string("assets/responses/486.toml").expect("a page");
    let error = |text: &str| parse::<Response>(text).expect_err("refused");
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
    let named = "487 in a file named 486.toml";
    refused_as("responses/486.toml", "code", named, |s| {
        page(s, 486).code.0 = 487
    });
}

/// One text of a page.
type Text = fn(&mut Response) -> &mut String;

/// Texts that are words, and texts that are whole sentences, each with the name of its field.
const WORDS: [(&str, Text); 13] = [
    ("phrase", |p| p.phrase.get_or_insert_default()),
    ("summary", |p| &mut p.summary),
    ("sources[0]", |p| &mut p.sources[0]),
    ("symptoms[1]", |p| &mut p.symptoms[1]),
    ("fix[1].cause", |p| &mut p.fix[1].cause),
    ("sent_by[0].who", |p| &mut p.sent_by[0].who),
    ("sent_by[0].methods[0]", |p| &mut p.sent_by[0].methods[0]),
    ("headers[0].name", |p| &mut p.headers[0].name),
    ("headers[0].when", |p| {
        p.headers[0].when.get_or_insert_default()
    }),
    ("flow[0].from", |p| &mut p.flow[0].from),
    ("flow[0].to", |p| &mut p.flow[0].to),
    ("flow[0].message", |p| &mut p.flow[0].message),
    ("flow[2].message", |p| &mut p.flow[2].message),
];
const SENTENCES: [(&str, Text); 11] = [
    ("use_when", |p| &mut p.use_when.get_or_insert_default().0),
    ("meaning[1]", |p| &mut p.meaning[1].0),
    ("seen[1]", |p| &mut p.seen[1].0),
    ("fix[0].check", |p| &mut p.fix[0].check.0),
    ("fix[1].remedy", |p| &mut p.fix[1].remedy.0),
    ("sent_by[0].says", |p| &mut p.sent_by[0].says.0),
    ("headers[1].says", |p| &mut p.headers[1].says.0),
    ("retry[0].says", |p| &mut p.retry[0].says.0),
    ("forking[0].says", |p| &mut p.forking[0].says.0),
    ("dialog[0].says", |p| &mut p.dialog[0].says.0),
    ("related[0].says", |p| &mut p.related[0].says.0),
];

/// What no text may be, and what the build says of it.
const CARELESS: [(&str, &str); 6] = [
    ("", "empty"),
    (" Blank before.", "stray white space"),
    ("Blank behind. ", "stray white space"),
    ("Two  blanks.", "stray white space"),
    ("The the word.", "\"The\" stands twice"),
    ("Na\u{ef}ve.", "is not printable ASCII"),
];

#[test]
fn every_text_of_a_page_is_read_for_slips() {
    for (field, text) in WORDS.into_iter().chain(SENTENCES) {
        for (careless, says) in CARELESS {
            refused_as("responses/486.toml", field, says, |s| {
                let page = page(s, 486);
                page.sources.push("a source".into());
                *text(page) = careless.into();
            });
        }
    }
    for (field, text) in SENTENCES {
        let says = "a sentence without an end";
        refused_as("responses/486.toml", field, says, |s| {
            *text(page(s, 486)) = "No end".into()
        });
    }
}

#[test]
fn a_list_without_which_a_page_says_nothing_may_not_be_empty() {
    type Empty = fn(&mut Response);
    let lists: [(&str, Empty); 10] = [
        ("meaning", |p| p.meaning.clear()),
        ("seen", |p| p.seen.clear()),
        ("symptoms", |p| p.symptoms.clear()),
        ("fix", |p| p.fix.clear()),
        ("sent_by", |p| p.sent_by.clear()),
        ("retry", |p| p.retry.clear()),
        ("forking", |p| p.forking.clear()),
        ("dialog", |p| p.dialog.clear()),
        ("related", |p| p.related.clear()),
        ("references", |p| p.references.clear()),
    ];
    for (field, empty) in lists {
        refused_as("responses/486.toml", field, "empty", |s| {
            empty(page(s, 486))
        });
    }
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

/// One text of a family.
type Told = fn(&mut Family) -> &mut String;

#[test]
fn a_family_of_one_and_careless_texts_of_families_are_refused() {
    let file = "families/busy.toml";
    refused_as(file, "codes", "two codes or more", |s| {
        busy(s).codes.truncate(1)
    });
    refused_as(file, "codes", "no code 431", |s| {
        busy(s).codes.push(StatusCode(431))
    });
    let sentences: [(&str, Told); 6] = [
        ("question", |f| &mut f.question.0),
        ("in_short", |f| &mut f.in_short.0),
        ("mistakes[0].why", |f| &mut f.mistakes[0].why.0),
        ("tests[0].says", |f| &mut f.tests[0].says.0),
        ("advice[0].send", |f| &mut f.advice[0].send.0),
        ("advice[1].received", |f| &mut f.advice[1].received.0),
    ];
    let before_a_colon: [(&str, Told); 2] = [
        ("differences[1].topic", |f| &mut f.differences[1].topic),
        ("mistakes[0].says", |f| &mut f.mistakes[0].says),
    ];
    let clause: (&str, Told) = ("differences[1].clauses[0].says", |f| {
        &mut f.differences[1].clauses[0].says
    });
    for (field, text) in sentences.into_iter().chain(before_a_colon).chain([clause]) {
        for (careless, says) in CARELESS {
            refused_as(file, field, says, |s| *text(busy(s)) = careless.into());
        }
    }
    for (field, text) in sentences {
        let says = "a sentence without an end";
        refused_as(file, field, says, |s| *text(busy(s)) = "No end".into());
    }
    for (field, text) in before_a_colon {
        for marked in ["Reach.", "Reach,", "Reach: far", "Reach; far"] {
            let says = "a mark where a colon follows";
            refused_as(file, field, says, |s| *text(busy(s)) = marked.into());
        }
    }
    refused_as(file, "mistakes[0].cite", "no section \"1 1\"", |s| {
        busy(s).mistakes[0].cite = Some(Citation("1 1".into()))
    });
    let says = "not two or more groups of different codes of the family";
    for groups in [
        vec![],
        vec![vec![480, 486]],
        vec![vec![480], vec![]],
        vec![vec![480], vec![480]],
        vec![vec![480], vec![404]],
    ] {
        refused_as(file, "differences[0].groups", says, |s| {
            busy(s).differences[0].groups = codes(groups);
        });
    }
    let each = "not one for each code of the family";
    refused_as(file, "tests", each, |s| busy(s).tests[0].code.0 = 486);
    refused_as(file, "advice", each, |s| busy(s).advice[0].code.0 = 404);
    let twice = |s: &mut Source| {
        let copy = s.families[0].clone();
        s.families.push(copy);
    };
    refused_as("families/anonymity.toml", "id", "not the name", twice);
}

#[test]
fn clauses_and_mistakes_of_the_wrong_codes_are_refused() {
    let file = "families/busy.toml";
    let of = "not different codes of the groups";
    let each = |codes: Vec<u16>| codes.into_iter().map(StatusCode).collect();
    for of_codes in [vec![], vec![404], vec![480, 480], vec![603]] {
        refused_as(file, "differences[2].clauses[0].of", of, |s| {
            busy(s).differences[2].clauses[0].of = each(of_codes)
        });
    }
    let alone = "no clause of the group [480]";
    refused_as(file, "differences[2].clauses", alone, |s| {
        drop(busy(s).differences[2].clauses.remove(0))
    });
    let says = |s: &mut Source, i: usize, says: &str| {
        busy(s).differences[2].clauses[i].says = says.into();
    };
    let first = "differences[2].clauses[0].says";
    for other in ["a 486 means not available", "{1} means not available"] {
        refused_as(file, first, "names other codes than it is about", |s| {
            says(s, 0, other)
        });
    }
    // Braces name a group by its number, and only a group of several codes needs them.
    for wrong in ["on a {9}", "on a {x}", "on a {", "on a {0}"] {
        let braces = "braces hold the number of a group of several codes";
        refused_as(file, first, braces, |s| says(s, 0, wrong));
    }
    let mark = "a mark that the program sets, at the end";
    for (i, marked) in [
        (0, "a 480;"),
        (0, "a 480:"),
        (1, "{1} means busy."),
        (1, "{1},"),
    ] {
        let field = format!("differences[2].clauses[{i}].says");
        refused_as(file, &field, mark, |s| says(s, i, marked));
    }
    let of = "not different codes of the family";
    for of_codes in [vec![], vec![404], vec![480, 480]] {
        refused_as(file, "mistakes[1].of", of, |s| {
            busy(s).mistakes[1].of = each(of_codes)
        });
    }
}

#[test]
fn an_example_is_a_response_to_the_letter() {
    let head = "SIP/2.0 486 Busy Here\n";
    let to = "To: \"Bob\" <sip:bob@example.net>;tag=314159\n";
    for (from, instead, says) in [
        (head, "SIP/2.0 486 Busy here\n", "the first line is not"),
        ("Retry-After: 300", "Retry-After:300", "is no header field"),
        ("Retry-After: 300", "Retry After: 300", "is no header field"),
        ("Retry-After: 300", "Retry-After: ", "is no header field"),
        ("Retry-After: 300", "Retry-After: 300 ", "ends with a space"),
        (to, "", "0 To header fields where one belongs"),
        (";tag=314159", "", "To is no address with a tag"),
        (";tag=9fxced76sl", "", "From is no address with a tag"),
        ("<sip:bob@", "<http:bob@", "To is no address with a tag"),
        (
            "bob@example.net>",
            "bob@example.net",
            "To is no address with a tag",
        ),
        ("<sip:bob@", "sip:bob@", "To is no address with a tag"),
        ("Call-ID: 38", "Call-ID: 38 ", "Call-ID holds a space"),
        (
            "CSeq: 1 ",
            "CSeq: 2147483648 ",
            "CSeq is no number and method",
        ),
        ("1 INVITE", "1 Invite", "CSeq is no number and method"),
        ("CSeq: 1 INVITE", "CSeq: 1 ", "CSeq is no number and method"),
        (
            "Length: 0",
            "Length: 1",
            "Content-Length is not the 0 octets",
        ),
        (
            "Retry-After: 300",
            "Content-Type: a/b",
            "Content-Type goes with a body",
        ),
        (
            "Length: 0\n",
            "Length: 3\n\nv=0",
            "Content-Type goes with a body",
        ),
        ("Via: ", "Vias: ", "no Via"),
        (";branch=z9hG4bK", ";branch=", "has no branch of RFC 3261"),
        (
            "SIP/2.0/UDP 192",
            "SIP/3.0/UDP 192",
            "has no branch of RFC 3261",
        ),
        (
            "@192.0.2.101",
            "@10.0.0.1",
            "no name or address for documentation",
        ),
        (
            "<sip:bob@example.net>",
            "<sip:bob@notexample.net>",
            "for documentation",
        ),
    ] {
        refused_as("responses/486.toml", "example", says, |s| {
            let example = page(s, 486).example.as_mut().expect("an example");
            assert!(example.0.contains(from), "{from:?} is not in the example");
            example.0 = example.0.replace(from, instead);
        });
    }
    let twice = "2 To header fields where one belongs";
    refused_as("responses/486.toml", "example", twice, |s| {
        let example = page(s, 486).example.as_mut().expect("an example");
        example.0 = example.0.replace(to, &to.repeat(2));
    });
    let unknown = "WarnCode 360 does not exist";
    refused_as("responses/488.toml", "example", unknown, |s| {
        let example = page(s, 488).example.as_mut().expect("an example");
        assert!(example.0.contains("Warning: 305"), "{}", example.0);
        example.0 = example.0.replace("Warning: 305", "Warning: 360");
    });
    let own = "the first line is not";
    refused_as("unregistered/478.toml", "example", own, |s| {
        let pages = s.unregistered.iter_mut().map(|(_, page)| page);
        let mut pages = pages.filter(|page| page.code.0 == 478);
        let example = &mut pages.next().expect("a page").example;
        let example = example.as_mut().expect("an example");
        example.0 = example.0.replacen("478 Unresolvable", "478 Unsolvable", 1);
    });
}

#[test]
fn a_reserved_code_has_no_example_and_no_ladder() {
    let file = "responses/402.toml";
    refused_as(file, "example", "a reserved code has none", |s| {
        page(s, 402).example = page(s, 486).example.clone()
    });
    refused_as(file, "flow", "a reserved code has none", |s| {
        page(s, 402).flow = page(s, 486).flow.clone()
    });
}

#[test]
fn a_ladder_has_three_to_nine_steps_of_up_to_four_people() {
    let file = "responses/486.toml";
    refused_as(file, "flow", "2 steps; 3 to 9 make a ladder", |s| {
        page(s, 486).flow.truncate(2)
    });
    refused_as(file, "flow", "10 steps; 3 to 9 make a ladder", |s| {
        let flow = &mut page(s, 486).flow;
        let steps = flow.iter().cycle().take(10).cloned().collect();
        *flow = steps;
    });
    refused_as(file, "flow", "more than 4 participants", |s| {
        let flow = &mut page(s, 486).flow;
        (flow[0].from, flow[1].to) = ("carol".into(), "dave".into());
    });
    refused_as(file, "flow", "no step with 486", |s| {
        let flow = &mut page(s, 486).flow;
        flow.retain(|step| !step.message.starts_with("486"));
    });
    refused_as(file, "flow[1].to", "a message to its own sender", |s| {
        page(s, 486).flow[1].to = "proxy".into()
    });
    for message in ["x".repeat(37), "na\u{ef}ve".into()] {
        refused_as(file, "flow[1].message", "or not ASCII", |s| {
            page(s, 486).flow[1].message = message
        });
    }
}

#[test]
fn causes_and_their_codes_exist_once() {
    let file = "q850.toml";
    refused_as(file, "cause", "1 stands twice", |s| {
        s.q850.cause[1].number = 1
    });
    for (field, wrong) in [("unlisted.cause_cite", 0), ("unlisted.code_cite", 1)] {
        refused_as(file, field, "no section \"1 1\"", |s| {
            let unlisted = &mut s.q850.unlisted;
            let cites = [&mut unlisted.cause_cite, &mut unlisted.code_cite];
            *cites.into_iter().nth(wrong).expect("one of two") = Citation("1 1".into());
        });
    }
    refused_as(file, "unlisted.first", "empty", |s| {
        s.q850.unlisted.first = String::new()
    });
    let neither = "no such code or no such cause";
    refused_as(file, "unlisted", neither, |s| s.q850.unlisted.code = 431);
    refused_as(file, "unlisted", neither, |s| s.q850.unlisted.cause = 99);
    refused_as(file, "to_isdn", "no code 431 or no cause", |s| {
        s.q850.to_isdn[0].code = 431
    });
    refused_as(file, "to_isdn", "or no cause 99", |s| {
        s.q850.to_isdn[0].cause = 99
    });
    refused_as(file, "to_sip", "no code 431 or no cause", |s| {
        s.q850.to_sip[0].code = 431
    });
    refused_as(file, "to_sip", "or no cause 99", |s| {
        s.q850.to_sip[0].cause = 99
    });
    refused_as(file, "to_isdn 300.cite", "no section \"1 1\"", |s| {
        s.q850.to_isdn[0].cite = Citation("1 1".into())
    });
    let row = |s: &Source| format!("to_sip {}", s.q850.to_sip[0].code);
    let of_first = row(&source());
    refused_as(file, &format!("{of_first}.cite"), "no section", |s| {
        s.q850.to_sip[0].cite = Citation("1 1".into())
    });
    refused_as(file, "to_isdn 300", "stray white space", |s| {
        s.q850.to_isdn[0].when = Some(" late".into())
    });
    refused_as(file, "to_isdn 300", "Code 419 does not exist", |s| {
        s.q850.to_isdn[0].first = Some("Like a 419.".into())
    });
    refused_as(file, &of_first, "stray white space", |s| {
        s.q850.to_sip[0].when = Some(" late".into())
    });
}

#[test]
fn products_and_cousins_have_codes_that_exist() {
    let file = "vendors.tsv";
    refused_as(file, "code", "no code 431", |s| {
        s.vendors[0].codes = VendorCodes::One(431)
    });
    refused_as(file, "cause", "no cause 99 in q850.toml", |s| {
        s.vendors[0].cause = Some(99)
    });
    refused_as(file, "product", "empty", |s| {
        s.vendors[0].product = String::new()
    });
    refused_as(file, "version", "empty", |s| {
        s.vendors[0].version = String::new()
    });
    refused_as(file, "name", "empty", |s| s.vendors[0].name = String::new());
    refused_as("http.tsv", "code", "no code 431", |s| s.http[0].code = 431);
}

/// One text or citation of a class.
type Part = fn(&mut ClassRule) -> &mut String;

#[test]
fn warn_codes_and_classes_are_read_for_slips_too() {
    let file = "warnings.toml";
    refused_as(file, "warning 300.text", "empty", |s| {
        s.warnings.warning[0].text = String::new()
    });
    refused_as(file, "warning 300.says", "stands twice", |s| {
        s.warnings.warning[0].says = "The the word.".into()
    });
    refused_as(file, "warning 300.cite", "no section \"1 1\"", |s| {
        s.warnings.warning[0].cite = Citation("1 1".into())
    });
    refused_as(file, "warning 300.codes", "no 431", |s| {
        s.warnings.warning[0].codes.push(StatusCode(431))
    });

    let cites: [(&str, Part); 5] = [
        ("defined", |c| &mut c.defined.0),
        ("cite", |c| &mut c.cite.0),
        ("retry.cite", |c| &mut c.retry.cite.0),
        ("forking.cite", |c| &mut c.forking.cite.0),
        ("dialog.cite", |c| &mut c.dialog.cite.0),
    ];
    let texts: [(&str, Part); 7] = [
        ("name", |c| &mut c.name),
        ("title", |c| &mut c.title),
        ("says", |c| &mut c.says.0),
        ("unknown", |c| &mut c.unknown.0),
        ("retry.says", |c| &mut c.retry.says.0),
        ("forking.says", |c| &mut c.forking.says.0),
        ("dialog.says", |c| &mut c.dialog.says.0),
    ];
    for (parts, says) in [(&cites[..], "no section \"\""), (&texts[..], "empty")] {
        for (field, part) in parts {
            refused_as("classes.toml", &format!("4xx.{field}"), says, |s| {
                *part(&mut s.classes.class[3]) = String::new()
            });
        }
    }
    refused_as("classes.toml", "class", "six classes in order", |s| {
        s.classes.class.swap(0, 1)
    });
}

/// Copies a folder with all that is in it.
fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("readable").path();
        let copy = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copied(&path, &copy);
        } else {
            fs::copy(&path, &copy).expect("copied");
        }
    }
}

#[test]
fn a_row_that_cannot_be_read_is_named_by_file_and_line() {
    let folder = tempfile::tempdir().expect("a directory");
    copied(Path::new("assets"), folder.path());
    assert!(read(folder.path()).is_ok());
    for (file, from, to, says) in [
        (
            "registry.tsv",
            "100\tTrying",
            "1OO\tTrying",
            ":3: \"1OO\" is no number",
        ),
        (
            "registry.tsv",
            "21.1.1\tcurrent",
            "21.1.1\told",
            ":3: unknown variant `old`",
        ),
        (
            "registry.tsv",
            "100\tTrying\t",
            "100\tTrying ",
            ":3: 4 fields where 5 belong",
        ),
        (
            "http.tsv",
            "other",
            "cousin",
            ":2: unknown variant `cousin`",
        ),
        (
            "vendors.tsv",
            "to-isdn",
            "to-pstn",
            ":2: no direction \"to-pstn\"",
        ),
        (
            "vendors.tsv",
            "\t302\t",
            "\t3x\t",
            ":2: \"3x\" is no number",
        ),
        (
            "vendors.tsv",
            "\t302\t",
            "\tyxx\t",
            ":2: \"y\" is no number",
        ),
        (
            "vendors.tsv",
            "\t23\t",
            "\t99999\t",
            ":2: \"99999\" is no number",
        ),
        (
            "rfc-sections.tsv",
            "2543\t",
            "2543 ",
            ":3: 2 fields where 3 belong",
        ),
        (
            "q850.toml",
            "number = 1\n",
            "nummer = 1\n",
            ": TOML parse error",
        ),
        (
            "families/busy.toml",
            "question",
            "questions",
            ": TOML parse error",
        ),
        (
            "responses/486.toml",
            "verdict = \"later\"",
            "verdict = 1",
            ": TOML parse error",
        ),
    ] {
        let path = folder.path().join(file);
        let text = fs::read_to_string(&path).expect("a file");
        assert!(text.contains(from), "{from:?} is not in {file}");
        fs::write(&path, text.replacen(from, to, 1)).expect("written");
        let error = read(folder.path()).err().expect("an error");
        fs::write(&path, text).expect("written");
        let expected = format!("{file}{says}");
        assert!(error.contains(&expected), "{expected} is not in {error}");
    }
}

#[test]
fn a_theme_has_every_role_in_words_that_are_known() {
    let folder = tempfile::tempdir().expect("a directory");
    let error = themes::read(&folder.path().join("none")).expect_err("no folder");
    assert!(error.contains("none: "), "{error}");
    let dark = fs::read_to_string("assets/themes/dark.toml").expect("a theme");
    for (from, to, says) in [
        ("star = ", "starr = ", "starr: no such role"),
        ("star = ", "# star = ", "star: missing"),
        (
            "\"yellow\"",
            "\"ochre\"",
            "star: no colour or attribute \"ochre\"",
        ),
        (
            "\"yellow\"",
            "\"yellow on\"",
            "star: no colour or attribute \"\"",
        ),
        ("star = ", "star ", "TOML parse error"),
    ] {
        assert!(dark.contains(from), "{from:?} is not in the theme");
        let path = folder.path().join("mine.toml");
        fs::write(&path, dark.replacen(from, to, 1)).expect("written");
        let error = themes::read(folder.path()).expect_err("an error");
        let expected = format!("mine.toml: {says}");
        assert!(error.contains(&expected), "{expected} is not in {error}");
    }
}
