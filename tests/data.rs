//! The reference as the program has it: the registry, every page, every comparison.

use sipdex::catalog::{self, Status};
use sipdex::document::{Block, Document, Span};
use sipdex::output::{Paint, markdown, plain};

#[path = "catalog/codes.rs"]
mod codes;
use codes::{comparison_of, response};

/// Pairs of codes that get confused.
const CONFUSED: [(u16, u16); 94] = [
    (100, 180),
    (100, 183),
    (180, 183),
    (181, 182),
    (181, 302),
    (182, 480),
    (199, 180),
    (199, 487),
    (200, 202),
    (200, 204),
    (202, 204),
    (300, 302),
    (300, 485),
    (301, 302),
    (301, 410),
    (302, 305),
    (302, 380),
    (400, 420),
    (400, 481),
    (400, 513),
    (401, 403),
    (401, 407),
    (401, 428),
    (401, 494),
    (403, 404),
    (403, 405),
    (403, 480),
    (403, 603),
    (404, 410),
    (404, 416),
    (404, 480),
    (404, 481),
    (404, 484),
    (404, 485),
    (404, 604),
    (405, 501),
    (406, 415),
    (406, 488),
    (406, 606),
    (408, 480),
    (408, 487),
    (408, 503),
    (408, 504),
    (412, 423),
    (412, 580),
    (413, 414),
    (413, 513),
    (414, 484),
    (415, 469),
    (415, 488),
    (415, 493),
    (416, 480),
    (417, 403),
    (420, 421),
    (420, 501),
    (421, 494),
    (422, 423),
    (424, 425),
    (428, 429),
    (428, 436),
    (428, 438),
    (430, 439),
    (430, 480),
    (433, 403),
    (433, 428),
    (436, 437),
    (437, 438),
    (440, 483),
    (469, 489),
    (470, 403),
    (480, 486),
    (480, 503),
    (480, 600),
    (481, 482),
    (481, 487),
    (482, 483),
    (484, 485),
    (486, 600),
    (486, 603),
    (487, 486),
    (488, 491),
    (488, 580),
    (488, 606),
    (491, 500),
    (500, 501),
    (500, 503),
    (502, 503),
    (502, 504),
    (555, 420),
    (600, 603),
    (603, 607),
    (603, 608),
    (604, 608),
    (607, 608),
];

/// Returns every sentence-like text of a document.
fn texts(document: &Document) -> Vec<String> {
    fn joined(text: &[Span]) -> String {
        text.iter().map(|span| span.text.as_ref()).collect()
    }
    fn collect(blocks: &[Block], texts: &mut Vec<String>) {
        for block in blocks {
            match block {
                Block::Paragraph(text)
                | Block::Item { text, .. }
                | Block::Detail(text)
                | Block::Entry { text, .. } => texts.push(joined(text)),
                Block::Difference { clauses, .. } => {
                    texts.extend(clauses.iter().map(|clause| joined(&clause.text)));
                }
                Block::Columns(columns) => columns.iter().for_each(|column| collect(column, texts)),
                _ => {}
            }
        }
    }
    let mut texts = Vec::new();
    collect(&document.blocks, &mut texts);
    texts
}

#[test]
fn exactly_the_75_registered_codes_are_there() {
    assert_eq!(catalog::registered().count(), 75);
    let registry = std::fs::read_to_string("assets/registry.tsv").expect("the registry");
    let rows: Vec<Vec<&str>> = registry
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_digit()))
        .map(|line| line.split('\t').collect())
        .collect();
    assert_eq!(rows.len(), 75);
    for (row, response) in rows.iter().zip(catalog::registered()) {
        assert_eq!(row[0], response.code.to_string());
        assert_eq!(row[1], response.phrase());
        let defined = response
            .defined()
            .expect("a registered code is defined somewhere");
        assert_eq!(
            (row[2], row[3]),
            (&*defined.rfc().to_string(), defined.section())
        );
    }
}

#[test]
fn a_number_without_a_page_is_answered_by_its_class_and_says_so() {
    let page = plain(&Document::of_response(response(431)), 80, Paint::Bare);
    for words in [
        "431 (not in IANA's list)",
        "No registry has a 431",
        "430 Flow Failed",
        "433 Anonymity",
    ] {
        assert!(page.contains(words), "{words:?} is missing in\n{page}");
    }
    assert!(
        page.contains("a 400"),
        "the code that stands for its class:\n{page}"
    );
}

#[test]
fn a_code_of_the_field_is_labelled_wherever_it_is_named() {
    let page = plain(&Document::of_response(response(478)), 80, Paint::Bare);
    assert!(
        page.starts_with("478 Unresolvable destination (not in IANA's list)"),
        "{page}"
    );
    let strip = page.lines().nth(1).expect("a strip");
    assert!(strip.contains(", not in IANA's list"), "{strip}");
    assert!(page.contains("Kamailio, src/"), "its source:\n{page}");
    let both = comparison_of(&[response(478), response(404)]);
    let page = plain(&Document::of_comparison(&both, false), 10_000, Paint::Bare);
    assert!(
        page.contains("478 Unresolvable destination (not in IANA's list)"),
        "{page}"
    );
}

#[test]
fn every_page_has_every_section() {
    for response in catalog::responses() {
        let page = plain(&Document::of_response(response), 80, Paint::Bare);
        let mut headings = vec![
            "Description",
            "When you see it",
            "How to fix",
            "Often confused with",
            "When to send it",
            "Who sends it",
            "What the client may do next",
            "Other branches",
            "Dialog",
            "Learn more",
        ];
        if response.status() != Some(Status::Reserved) {
            headings.extend(["Call flow", "On the wire"]);
        }
        for heading in headings {
            assert!(
                page.lines().any(|line| line == heading),
                "{}: {heading}",
                response.code
            );
        }
    }
}

/// Pairs that people confuse: each of the two pages must tell them apart.
#[test]
fn codes_that_are_confused_name_each_other() {
    for response in catalog::registered() {
        for related in response.related {
            let other = catalog::response(related.code);
            for code in [response.code, other.code] {
                let named = related.says.contains(&code.to_string());
                assert!(
                    named,
                    "{} on {}: {}",
                    response.code, other.code, related.says
                );
            }
        }
        assert!(response.related.len() >= 2, "{}", response.code);
    }
    for (a, b) in CONFUSED {
        for (of, other) in [(a, b), (b, a)] {
            let mut related = response(of).related.iter();
            assert!(
                related.any(|r| r.code.get() == other),
                "{of} does not name {other}"
            );
        }
    }
}

#[test]
fn the_seed_errors_are_not_repeated() {
    let trying = plain(&Document::of_response(response(100)), 10_000, Paint::Bare);
    assert!(!trying.to_lowercase().contains("dial tone"));
    for fact in [
        "stateful proxy",
        "200 ms",
        "Timer C",
        "CANCEL",
        "early dialog",
        "Timestamp",
        "reliably",
    ] {
        assert!(trying.contains(fact), "100 without {fact:?}");
    }
    let required = plain(&Document::of_response(response(421)), 10_000, Paint::Bare);
    for fact in [
        "Require MUST",
        "SHOULD NOT",
        "420",
        "494",
        "Security-Server",
        "cause 127",
    ] {
        assert!(required.contains(fact), "421 without {fact:?}");
    }
}

/// Leaves of a text what is neither marking nor layout.
fn letters(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Leaves out where the links of Markdown lead.
fn without_addresses(markdown: &str) -> String {
    let mut parts = markdown.split("](");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        text + part.split_once(')').map_or(part, |(_, rest)| rest)
    })
}

#[test]
fn markdown_and_plain_text_say_the_same() {
    for response in catalog::responses() {
        let document = Document::of_response(response);
        let plain = letters(&plain(&document, 10_000, Paint::Bare));
        let markdown = letters(&without_addresses(&markdown(&document)));
        for text in texts(&document) {
            // A citation is a link in Markdown and a number in brackets in plain text.
            let says = letters(text.split(" [RFC").next().unwrap_or_default());
            assert!(plain.contains(&says), "{}: {text}", response.code);
            assert!(markdown.contains(&says), "{}: {text}", response.code);
        }
    }
}
