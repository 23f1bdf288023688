//! What the families have written, where the compared codes are of one.

use sipdex::catalog::{self, StatusCode, Text};
use sipdex::compare::Comparison;

use super::{of, pairs};

#[test]
fn a_family_speaks_of_the_compared_with_its_own_citations() {
    pairs(|a, b, comparison| {
        let Some(family) = comparison.by_hand() else {
            let holds = |family: &catalog::Family| {
                family.codes.contains(&a.code) && family.codes.contains(&b.code)
            };
            assert!(!catalog::families().iter().any(holds));
            assert!(!catalog::pairs().iter().any(holds));
            return;
        };
        let sets_apart = |difference: &&catalog::FamilyDifference| {
            let group = |code| {
                difference
                    .groups
                    .iter()
                    .position(|group| group.contains(code))
            };
            let (of_a, of_b) = (group(&a.code), group(&b.code));
            of_a.is_some() && of_b.is_some() && of_a != of_b
        };
        let own: Vec<_> = family.differences.iter().filter(sets_apart).collect();
        if own.is_empty() {
            return;
        }
        assert_eq!(
            comparison.differences.len(),
            own.len(),
            "{} and {}",
            a.code,
            b.code
        );
        for (said, own) in comparison.differences.iter().zip(own) {
            assert_eq!(said.topic, own.topic.as_str(), "{said}");
            let about = |clause: &&catalog::Clause| {
                clause.of.contains(&a.code) || clause.of.contains(&b.code)
            };
            let own: Vec<_> = own.clauses.iter().filter(about).collect();
            assert_eq!(said.clauses.len(), own.len(), "{said}");
            for (said, own) in said.clauses.iter().zip(own) {
                assert_eq!(said.cites, own.cites.as_slice(), "{said:?}");
                assert!(
                    said.codes.iter().all(|code| own.of.contains(code)),
                    "{said:?}"
                );
            }
        }
    });
}

#[test]
fn a_family_names_the_compared_and_says_nothing_of_the_others_alone() {
    for (codes, says) in [
        (&[486, 600][..], "Reach: A 486 ends only its own branch"),
        (
            &[480, 486, 600],
            "Reach: A 480 or 486 ends only its own branch",
        ),
        (&[480, 486, 600], "On a 600 a stateful proxy SHOULD cancel"),
        (
            &[480, 486, 600, 603],
            "On a 600 or 603 a stateful proxy SHOULD cancel",
        ),
    ] {
        let comparison = of(codes);
        let mut differences = comparison.differences.iter();
        assert!(
            differences.any(|d| d.to_string().contains(says)),
            "{codes:?}: {says}"
        );
    }
    pairs(|a, b, comparison| {
        let Some(family) = comparison.by_hand() else {
            return;
        };
        for difference in &comparison.differences {
            for clause in &difference.clauses {
                let clause = &clause.says;
                let names = |code: &StatusCode| clause.contains(&code.to_string());
                let about = !family.codes.iter().any(names) || [a.code, b.code].iter().any(names);
                assert!(about, "{} and {}: {clause}", a.code, b.code);
            }
        }
    });
}

#[test]
fn near_relatives_are_the_family_first_and_then_who_else_is_confused_with_them() {
    let numbers = |comparison: &Comparison| -> Vec<u16> {
        comparison.others.iter().map(|code| code.get()).collect()
    };
    assert_eq!(numbers(&of(&[486, 600]))[..3], [480, 603, 487]);
    assert_eq!(numbers(&of(&[420, 494]))[0], 421);
    pairs(|a, b, comparison| {
        let family = comparison
            .by_hand()
            .into_iter()
            .flat_map(|family| family.codes.iter().copied());
        let related = [a, b]
            .into_iter()
            .flat_map(|of| of.related.iter().map(|other| other.code));
        let mut expected: Vec<StatusCode> = Vec::new();
        for code in family.chain(related) {
            if code != a.code && code != b.code && !expected.contains(&code) {
                expected.push(code);
            }
        }
        assert_eq!(comparison.others, expected, "{} and {}", a.code, b.code);
    });
}

#[test]
fn advice_is_that_of_the_family_or_of_the_page() {
    pairs(|a, b, comparison| {
        for (response, advice) in [a, b].into_iter().zip(&comparison.when_to_use) {
            let code = response.code;
            assert_eq!(advice.code, code);
            let (send, received) = (&*advice.send, &*advice.received);
            if let Some(family) = comparison.by_hand() {
                let own = family
                    .advice
                    .iter()
                    .find(|own| own.code == code)
                    .expect("advice");
                let test = family.tests.iter().find(|test| test.code == code);
                assert_eq!(send, format!("Send it when {}", own.send), "{code}");
                assert_eq!(
                    received.to_lowercase(),
                    own.received.to_lowercase(),
                    "{code}"
                );
                assert_eq!(advice.test, test.map(|test| test.says.as_str()), "{code}");
            } else {
                let page = response
                    .use_when
                    .map_or("Nobody has defined when to send a", Text::as_str);
                let first = page.split(". ").next().unwrap_or_default();
                assert!(send.starts_with(first), "{code}: {send}");
                let other = if code == a.code { b.code } else { a.code };
                let of_page = page
                    .split(". ")
                    .filter(|says| says.contains(&other.to_string()));
                for says in of_page {
                    assert!(send.contains(says), "{code} and {other}: {says}");
                }
                let of_class = match code.get() / 100 {
                    1 => 183,
                    class => class * 100,
                };
                let known = format!("Treat a {code} as a {of_class}.");
                let own = response.received.map_or(known, String::from);
                assert_eq!(received, own, "{code}");
                assert_eq!(advice.test, None, "{code}");
            }
        }
    });
}
