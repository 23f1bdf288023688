//! The rows side by side, and which of them differ.

use sipdex::document::Document;
use sipdex::output::{Paint, markdown, plain};

use super::codes::response;
use super::facts::facts;
use super::{of, pairs};

#[test]
fn every_row_says_what_is_known_of_each_code() {
    pairs(|a, b, comparison| {
        let rows = comparison.rows.iter();
        let said: Vec<(&str, &str, &str)> = rows
            .map(|row| (row.name, &*row.values[0], &*row.values[1]))
            .collect();
        let (of_a, of_b) = (facts(a), facts(b));
        let facts = of_a.iter().zip(&of_b);
        let facts: Vec<_> = facts
            .map(|((name, a), (_, b))| (*name, &**a, &**b))
            .collect();
        assert_eq!(said, facts, "{} and {}", a.code, b.code);
    });
}

#[test]
fn the_rows_that_differ_are_those_and_no_others() {
    let around = "Class, Finality, Sender, Methods, Header fields, Next step, Other branches, Dialog, HTTP cousin";
    for (codes, differing) in [
        (
            &[486, 600][..],
            "Class, Way back, Sender, Header fields, Next route, Other branches",
        ),
        (
            &[401, 407],
            "Sender, Header fields, Next route, HTTP cousin",
        ),
        (
            &[480, 486, 600],
            "Class, Way back, Sender, Methods, Header fields, Next route, Other branches, Dialog, ISDN cause",
        ),
        // Equal neighbours do not hide the one that differs, first or last.
        (&[181, 182, 200], around),
        (&[200, 182, 181], around),
        (&[431, 432], ""),
    ] {
        let comparison = of(codes);
        let rows = comparison.rows.iter().filter(|row| row.differs);
        let names: Vec<&str> = rows.map(|row| row.name).collect();
        assert_eq!(names.join(", "), differing, "{codes:?}");
    }
}

#[test]
fn a_folded_comparison_names_the_rows_that_are_equal() {
    for (a, b) in [(486, 600), (100, 421), (401, 407), (431, 486)] {
        let comparison = of(&[a, b]);
        let text = plain(
            &Document::of_comparison(&comparison, true),
            100_000,
            Paint::Bare,
        );
        let rows = facts(response(a)).into_iter().zip(facts(response(b)));
        let (equal, differing): (Vec<_>, Vec<_>) = rows.partition(|((_, a), (_, b))| a == b);
        let names: Vec<&str> = equal.iter().map(|((name, _), _)| *name).collect();
        assert!(
            text.contains(&format!("  The same: {}.\n", names.join(", "))),
            "{text}"
        );
        for ((name, _), _) in differing {
            assert!(
                text.contains(&format!("\n  {name} (differs)\n")),
                "{name} in {text}"
            );
        }
    }
}

/// Returns the lines between a heading and the next.
pub(crate) fn below<'a>(
    text: &'a str,
    heading: &str,
    is_heading: impl Fn(&str) -> bool,
) -> Vec<&'a str> {
    let lines = text.lines().skip_while(|line| *line != heading).skip(1);
    let lines = lines.take_while(|line| !is_heading(line));
    lines.filter(|line| !line.is_empty()).collect()
}

#[test]
fn plain_text_and_markdown_mark_the_rows_that_differ_and_no_others() {
    let mut turn = 0;
    pairs(|a, b, comparison| {
        // Every row was looked at above; here a part of the pairs is enough.
        turn += 1;
        if turn % 7 != 0 {
            return;
        }
        let document = Document::of_comparison(comparison, false);
        let text = plain(&document, 100_000, Paint::Bare);
        let said = below(&text, "Side by side", |line| {
            !line.is_empty() && !line.starts_with(' ')
        });
        let table = markdown(&document);
        let table: Vec<&str> = table
            .lines()
            .filter(|line| line.starts_with('|'))
            .skip(2)
            .collect();
        let (mut lines, mut marked) = (Vec::new(), Vec::new());
        for ((name, of_a), (_, of_b)) in facts(a).into_iter().zip(facts(b)) {
            let (remark, sign) = if of_a == of_b {
                ("", "")
            } else {
                (" (differs)", "≠ ")
            };
            lines.push(format!("  {name}{remark}"));
            lines.push(format!("    {}: {of_a}", a.code));
            lines.push(format!("    {}: {of_b}", b.code));
            marked.push(format!("| {sign}{name} | {of_a} | {of_b} |"));
        }
        assert_eq!(said, lines, "{} and {}", a.code, b.code);
        assert_eq!(table, marked, "{} and {}", a.code, b.code);
    });
}
