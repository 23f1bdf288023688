//! What a comparison says is proved where it is said, and what once was false is not said again.

use sipdex::document::Document;
use sipdex::output::{Paint, plain};

use super::codes::{comparison_of, response};
use super::{pairs, sentences};

#[test]
fn every_clause_has_its_proof() {
    let mut clauses = 0;
    pairs(|a, b| {
        for difference in comparison_of(&[a, b]).differences {
            for clause in &difference.clauses {
                assert!(
                    !clause.cites.is_empty(),
                    "{} and {}: {clause:?}",
                    a.code,
                    b.code
                );
                assert!(
                    clause.says.chars().any(|c| c.is_ascii_digit()),
                    "{clause:?}"
                );
                clauses += 1;
            }
        }
    });
    assert!(clauses > 20_000, "{clauses}");
}

/// Kinds of untruth that comparisons once had, each in hundreds of pairs.
#[test]
fn what_was_false_once_is_not_said_again() {
    pairs(|a, b| {
        let comparison = comparison_of(&[a, b]);
        let pair = format!("{} and {}", a.code, b.code);
        for text in sentences(&comparison) {
            for wrong in [
                "end to end",
                "none that it must carry",
                "none that they must carry",
            ] {
                assert!(!text.contains(wrong), "{pair}: {text}");
            }
        }
        if comparison.by_hand().is_none() {
            let glued = comparison.in_short.contains(" says: ");
            assert!(!glued, "{pair}: {}", comparison.in_short);
        }
        for clause in comparison.differences.iter().flat_map(|d| &d.clauses) {
            let cites = |rfc, section| {
                clause
                    .cites
                    .iter()
                    .any(|cite| (cite.rfc(), cite.section()) == (rfc, section))
            };
            // RFC 3398 maps redirections in one section and failures in another.
            if clause.says.contains("cause ") && cites(3398, "8.2.5") && !cites(3398, "8.2.6.1") {
                assert!(
                    clause.codes.iter().all(|code| code.get() < 400),
                    "{pair}: {clause:?}"
                );
            }
            // What opens a class says nothing of how final it is.
            if clause.says.contains(" is final: it ends") {
                assert!(cites(3261, "6"), "{pair}: {clause:?}");
            }
        }
        for row in comparison
            .rows
            .iter()
            .filter(|row| row.name == "Header fields")
        {
            for value in &row.values {
                for common in [
                    "Reason MAY",
                    "Error-Info MAY",
                    "Warning MAY",
                    "History-Info",
                ] {
                    assert!(!value.contains(common), "{pair}: {value}");
                }
            }
        }
    });
}

#[test]
fn a_header_field_that_is_forbidden_on_a_condition_is_not_only_allowed() {
    let comparison = comparison_of(&[response(500), response(503)]);
    let mut rows = comparison.rows.iter();
    let fields = rows.find(|row| row.name == "Header fields").expect("a row");
    assert!(fields.values[1].contains("Retry-After MAY"), "{fields:?}");
    assert!(
        fields.values[1].contains("MUST NOT if a server in overload"),
        "{fields:?}"
    );
}

#[test]
fn codes_that_answer_no_invite_have_no_cause_and_no_branches() {
    let mut without = 0;
    pairs(|a, b| {
        let comparison = comparison_of(&[a, b]);
        for (place, response) in [a, b].into_iter().enumerate() {
            if response.answers_invite() {
                continue;
            }
            without += 1;
            let code = response.code;
            let about_calls = ["Other branches", "ISDN cause"];
            for row in comparison
                .rows
                .iter()
                .filter(|row| about_calls.contains(&row.name))
            {
                assert_eq!(
                    row.values[place], "not applicable: answers no INVITE",
                    "{code}"
                );
            }
            assert!(
                response.isdn.to.is_empty() && response.vendors.is_empty(),
                "{code}"
            );
            for difference in &comparison.differences {
                assert!(
                    !difference.topic.starts_with("Telephone"),
                    "{code}: {difference}"
                );
            }
        }
    });
    assert!(without > 500, "{without}");
}

#[test]
fn the_codes_of_the_origin_are_steps_of_one_transaction() {
    for codes in [[100, 421], [421, 100]] {
        let comparison = comparison_of(&codes.map(response));
        let page = plain(
            &Document::of_comparison(&comparison, false),
            100_000,
            Paint::Bare,
        );
        for fact in [
            "not alternatives",
            "one transaction can have both, first the 100 and then the 421",
            "hop by hop",
            "MUST NOT forward a 100",
            "SHOULD NOT retransmit",
            "is final",
            "MUST carry Require",
            "NOT RECOMMENDED",
            "mirror of",
        ] {
            assert!(page.contains(fact), "{fact:?} is missing in\n{page}");
        }
    }
}
