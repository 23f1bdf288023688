//! The reference as the program has it: the registry, every page, every comparison.

use sipdex::catalog::{self, Response, Status, StatusCode};
use sipdex::compare::compare;
use sipdex::document::{Block, Document};
use sipdex::output::{Paint, markdown, plain};

fn response(code: u16) -> &'static Response {
    catalog::response(StatusCode::new(code).expect("a code"))
}

/// Returns every sentence-like text of a document.
fn texts(document: &Document) -> Vec<String> {
    fn collect(blocks: &[Block], texts: &mut Vec<String>) {
        for block in blocks {
            match block {
                Block::Paragraph(text) | Block::Item { text, .. } | Block::Detail(text) => {
                    texts.push(text.iter().map(|span| span.text.as_ref()).collect());
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
        assert_eq!(row[1], response.phrase);
        let defined = response
            .defined
            .expect("a registered code is defined somewhere");
        assert_eq!(
            (row[2], row[3]),
            (&*defined.rfc.to_string(), defined.section)
        );
    }
}

#[test]
fn the_codes_that_strain_the_model_have_their_pages() {
    for code in [
        100, 180, 183, 199, 200, 302, 401, 407, 408, 420, 421, 480, 481, 486, 487, 488, 491, 503,
        600, 603,
    ] {
        assert!(response(code).written, "{code}");
    }
}

#[test]
fn a_code_without_a_page_is_answered_by_its_class_and_says_so() {
    let unwritten = response(404);
    if unwritten.written {
        return;
    }
    let page = plain(&Document::of_response(unwritten), 80, Paint::Bare);
    for words in [
        "404 Not Found",
        "page of this code is to come",
        "RFC 3261 21.4.5",
        "equivalent|400",
    ] {
        let found = words.split('|').any(|word| page.contains(word));
        assert!(found, "{words:?} is missing in\n{page}");
    }
}

#[test]
fn every_written_page_has_every_section() {
    for response in catalog::registered().filter(|response| response.written) {
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
        if response.status != Status::Reserved {
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

#[test]
fn related_codes_know_each_other() {
    for response in catalog::registered().filter(|response| response.written) {
        for related in response.related {
            let other = catalog::response(related.code);
            assert!(other.code != response.code);
            let names = related.says.contains(&other.code.to_string());
            assert!(
                names,
                "{} on {}: {}",
                response.code, other.code, related.says
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

#[test]
fn a_comparison_of_100_and_421_says_what_matters() {
    let comparison = compare(&[response(100), response(421)]);
    let page = plain(
        &Document::of_comparison(&comparison, false),
        10_000,
        Paint::Bare,
    );
    for fact in [
        "not alternatives",
        "one transaction can have both",
        "hop by hop",
        "MUST NOT forward a 100",
        "MUST carry Require",
        "NOT RECOMMENDED",
        "mirror of",
    ] {
        assert!(page.contains(fact), "{fact:?} is missing in\n{page}");
    }
}

#[test]
fn every_pair_reads_without_a_slip() {
    let all: Vec<&'static Response> = catalog::registered().collect();
    for (i, a) in all.iter().enumerate() {
        for b in &all[i + 1..] {
            let comparison = compare(&[a, b]);
            let document = Document::of_comparison(&comparison, true);
            let pair = format!("{} and {}", a.code, b.code);
            assert!(!comparison.in_short.is_empty(), "{pair}");
            for text in texts(&document) {
                let words: Vec<&str> = text.split_whitespace().collect();
                for two in words.windows(2) {
                    let word = two[0].bytes().all(|byte| byte.is_ascii_alphabetic());
                    assert!(
                        !word || !two[0].eq_ignore_ascii_case(two[1]),
                        "{pair}: {text}"
                    );
                }
                assert!(
                    !text.contains("  ") || text.starts_with("RFC"),
                    "{pair}: {text:?}"
                );
                assert!(
                    !text.contains(" an 4") && !text.contains(" an 1"),
                    "{pair}: {text}"
                );
                assert!(
                    !text.contains("..") && !text.contains(" ."),
                    "{pair}: {text}"
                );
            }
            for difference in &comparison.differences {
                assert!(
                    difference.says.ends_with('.'),
                    "{pair}: {}",
                    difference.says
                );
            }
            let blocks = &document.blocks;
            let headings = |block: &Block| matches!(block, Block::Heading(_));
            assert!(
                !blocks
                    .windows(2)
                    .any(|two| headings(&two[0]) && headings(&two[1])),
                "{pair}"
            );
        }
    }
}

#[test]
fn a_and_b_differ_as_b_and_a_do() {
    let all: Vec<&'static Response> = catalog::registered().collect();
    for (i, a) in all.iter().enumerate() {
        for b in &all[i + 1..] {
            let (forth, back) = (compare(&[a, b]), compare(&[b, a]));
            let pair = format!("{} and {}", a.code, b.code);
            assert_eq!(forth.differences.len(), back.differences.len(), "{pair}");
            assert_eq!(
                forth.family.map(|f| f.id),
                back.family.map(|f| f.id),
                "{pair}"
            );
            for (one, other) in forth.rows.iter().zip(&back.rows) {
                assert_eq!(one.differs, other.differs, "{pair}: {}", one.name);
            }
        }
    }
}

#[test]
fn markdown_and_plain_text_say_the_same() {
    for code in [100, 421, 486] {
        let document = Document::of_response(response(code));
        let (plain, markdown) = (plain(&document, 10_000, Paint::Bare), markdown(&document));
        for fix in response(code).fix {
            assert!(plain.contains(fix.remedy), "{code}");
            assert!(
                markdown.contains(&fix.remedy[..fix.remedy.len().min(12)]),
                "{code}"
            );
        }
    }
}
