//! The page of a comparison, part by part.

use sipdex::catalog::{self, Citation, Response};
use sipdex::document::Document;
use sipdex::output::{Paint, plain};

use super::rows::below;
use super::{of, pairs};

#[test]
fn a_comparison_opens_where_its_first_code_is_defined() {
    pairs(|a, b, comparison| {
        let source = Document::of_comparison(comparison, false).source;
        assert_eq!(
            source,
            a.defined().or(b.defined()),
            "{} and {}",
            a.code,
            b.code
        );
    });
}

#[test]
fn learn_more_is_where_each_is_defined_and_then_what_the_differences_cite() {
    pairs(|a, b, comparison| {
        let defined = [a, b].into_iter().filter_map(Response::defined);
        let cited = comparison.differences.iter().flat_map(|difference| {
            difference
                .clauses
                .iter()
                .flat_map(|said| said.cites.clone())
        });
        let mut expected: Vec<Citation> = Vec::new();
        for cite in defined.chain(cited) {
            if !expected.contains(&cite) {
                expected.push(cite);
            }
        }
        assert_eq!(comparison.learn_more, expected, "{} and {}", a.code, b.code);
    });
}

/// Returns citations as plain text has them, each with a word on its errata.
fn cited(cites: &[Citation]) -> String {
    let words = cites.iter().map(|cite| {
        let errata = match cite.errata().as_slice() {
            [] => String::new(),
            [one] => format!(", erratum {}", one.number),
            _ => ", errata".into(),
        };
        format!(" [RFC {} {}{errata}]", cite.rfc(), cite.section())
    });
    words.collect()
}

#[test]
#[expect(clippy::too_many_lines, reason = "one part of the page after another")]
fn the_page_of_a_comparison_has_each_part_below_its_heading() {
    let mut with_errata = 0;
    for (a, b) in [
        (486, 600),
        (100, 421),
        (401, 407),
        (478, 404),
        (431, 486),
        (202, 204),
    ] {
        let comparison = of(&[a, b]);
        let text = plain(
            &Document::of_comparison(&comparison, false),
            100_000,
            Paint::Bare,
        );
        let is_heading = |line: &str| !line.is_empty() && !line.starts_with(' ');
        let part = |heading| below(&text, heading, is_heading);
        assert!(text.starts_with(&format!("{a} against {b}\n")), "{text}");
        assert_eq!(part("In short"), [format!("  {}", comparison.in_short)]);

        let differences = comparison.differences.iter().enumerate();
        let differences = differences.flat_map(|(i, difference)| {
            let topic = format!("{:3}. {}", i + 1, difference.topic);
            let clauses = difference.clauses.iter();
            let clauses = clauses.map(|said| format!("     {}{}", said.says, cited(&said.cites)));
            [topic].into_iter().chain(clauses)
        });
        assert_eq!(part("Key differences"), differences.collect::<Vec<_>>());

        let advice = comparison.when_to_use.iter().flat_map(|advice| {
            let title = format!("  - {}", catalog::response(advice.code).title());
            let question = advice.test.map(|test| format!("     The test: {test}"));
            let (sending, received) = (&advice.send, &advice.received);
            let then = [
                format!("     Sending: {sending}"),
                format!("     Received: {received}"),
            ];
            [title].into_iter().chain(question).chain(then)
        });
        assert_eq!(part("When to use which"), advice.collect::<Vec<_>>());

        let others = comparison.others.iter().map(|code| {
            let other = catalog::response(*code);
            format!("  - {}: {}", other.title(), other.summary)
        });
        assert_eq!(part("Near relatives"), others.collect::<Vec<_>>());

        let titles = comparison
            .responses
            .iter()
            .map(|response| format!("  - {}", response.title()));
        let cites = comparison.learn_more.iter();
        let cites = cites.map(|cite| {
            format!(
                "  - RFC {} {}  {}",
                cite.rfc(),
                cite.section(),
                cite.title()
            )
        });
        assert_eq!(part("Learn more"), titles.chain(cites).collect::<Vec<_>>());

        let seen = comparison.responses.iter().flat_map(|response| {
            let column = format!("  {}:", response.title());
            let nobody = response
                .seen
                .is_empty()
                .then(|| "  Nobody has described it.".to_owned());
            let seen = response.seen.iter().map(|text| format!("  - {text}"));
            [column].into_iter().chain(nobody).chain(seen)
        });
        assert_eq!(
            part("When you see it"),
            seen.collect::<Vec<_>>(),
            "{a} and {b}"
        );

        let fixes = comparison.responses.iter().flat_map(|response| {
            let fixes = response.fix.iter().enumerate().flat_map(|(i, fix)| {
                let cause = format!("{:3}. {}", i + 1, fix.cause);
                let check = format!("     Check: {}", fix.check);
                [cause, check, format!("     Then: {}", fix.remedy)]
            });
            let nobody = response
                .fix
                .is_empty()
                .then(|| "  Nobody has described it.".to_owned());
            let title = format!("  {}:", response.title());
            [title].into_iter().chain(nobody).chain(fixes)
        });
        assert_eq!(part("How to fix"), fixes.collect::<Vec<_>>(), "{a} and {b}");

        let mistakes = comparison.mistakes.iter().map(|mistake| {
            let cites = cited(&mistake.cites);
            format!("  - {}: {}{cites}", mistake.says, mistake.why)
        });
        assert_eq!(part("Common mistakes"), mistakes.collect::<Vec<_>>());

        let errata = comparison.learn_more.iter().flat_map(|cite| {
            cite.errata().iter().map(move |erratum| {
                let (rfc, section) = (cite.rfc(), cite.section());
                let (number, status) = (erratum.number, erratum.status.as_str());
                let says = erratum.says;
                format!("  - RFC {rfc} {section}, erratum {number} ({status}): {says}")
            })
        });
        let errata: Vec<_> = errata.collect();
        assert_eq!(part("Errata"), errata, "{a} and {b}");
        with_errata += usize::from(!errata.is_empty());
    }
    assert!(with_errata > 0);
}
