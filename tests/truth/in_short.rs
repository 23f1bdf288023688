//! The sentences at the head of a comparison.

use sipdex::catalog::{self, Response, Scope};

use super::facts::methods;
use super::{digit, of, pairs};

fn meet(a: &Response, b: &Response) -> bool {
    let methods = [
        "INVITE",
        "ACK",
        "BYE",
        "CANCEL",
        "REGISTER",
        "OPTIONS",
        "PRACK",
        "UPDATE",
        "INFO",
        "SUBSCRIBE",
        "NOTIFY",
        "REFER",
        "MESSAGE",
        "PUBLISH",
    ];
    let answers = |of: &Response, method| !of.is_written() || of.may_answer(method);
    methods
        .iter()
        .any(|method| answers(a, method) && answers(b, method))
}

/// Returns the sentence that either page has about the other code; a page of the class has none.
fn told_apart(a: &Response, b: &Response) -> Option<&'static str> {
    let about = |of: &Response, other: &Response| {
        let mut related = of
            .related
            .iter()
            .filter(|_| of.is_written() && other.is_written());
        related
            .find(|related| related.code == other.code)
            .map(|related| related.says.as_str())
    };
    about(a, b).or_else(|| about(b, a))
}

/// Returns whether one of two codes comes before there is a dialog, and the other only inside of one.
fn apart(a: &Response, b: &Response) -> bool {
    let scopes = [a.scope, b.scope];
    scopes.contains(&Scope::InsideDialog) && scopes.contains(&Scope::OutsideDialog)
}

/// Returns what *In short* has to say of how two codes are related, in pieces.
fn relation(a: &Response, b: &Response) -> Vec<String> {
    if !meet(a, b) {
        let answers = |response: &Response| {
            let code = response.code;
            match methods(response).first() {
                Some(&method @ ("INVITE" | "INFO" | "OPTIONS")) => {
                    format!("a {code} answers an {method}")
                }
                Some(method) => {
                    format!("a {code} answers a {method}").replace("a UPDATE", "an UPDATE")
                }
                None => format!("a {code} answers any other"),
            }
        };
        return vec![
            "They answer different requests".into(),
            answers(a),
            answers(b),
        ];
    }
    if apart(a, b) {
        let occurs = [a, b].map(|of| of.occurs.expect("its moment").into());
        return [
            vec!["They belong to different moments.".into()],
            occurs.to_vec(),
        ]
        .concat();
    }
    // The one that comes first in a transaction, or is the better outcome.
    let (first, second) = if digit(a) <= digit(b) { (a, b) } else { (b, a) };
    let alternatives = "A request gets one of them".to_owned();
    match (digit(first), digit(second)) {
        (1, 1) => vec!["not alternatives".into(), "can have both".into()],
        (1, _) => vec![
            "not alternatives".into(),
            format!("first the {} and then the {}", first.code, second.code),
        ],
        (2, 2) => vec![alternatives, "it has succeeded".into()],
        (2, _) => vec![
            alternatives,
            format!(
                "as a {} grants it and a {} does not",
                first.code, second.code
            ),
        ],
        (one, two) if one == two => Vec::new(),
        _ => vec!["A request ends with only one of them.".into()],
    }
}

#[test]
fn in_short_says_how_the_codes_are_related() {
    pairs(|a, b, comparison| {
        let says = &comparison.in_short;
        let pair = format!("{} and {}: {says}", a.code, b.code);
        let two = |family: &&catalog::Family| family.codes.len() == 2;
        if let Some(family) = comparison.by_hand().filter(two) {
            assert_eq!(*says, family.in_short.as_str(), "{pair}");
        } else {
            for piece in relation(a, b) {
                assert!(says.contains(&piece), "{piece:?} is missing in {pair}");
            }
        }
    });
}

#[test]
fn in_short_tells_apart_in_the_words_of_the_pages() {
    pairs(|a, b, comparison| {
        let says = &comparison.in_short;
        let pair = format!("{} and {}: {says}", a.code, b.code);
        if comparison
            .by_hand()
            .is_some_and(|family| family.codes.len() == 2)
        {
            return;
        }
        if let Some(told) = told_apart(a, b).or_else(|| told_apart(b, a)) {
            let other_way = told_apart(b, a).unwrap_or(told);
            assert!(
                says.starts_with(told) || says.starts_with(other_way),
                "{pair}"
            );
            return;
        }
        for response in [a, b] {
            let code = response.code;
            let known = if digit(response) == 1 {
                183
            } else {
                digit(response) * 100
            };
            let gist = response.gist.map_or_else(
                || format!("A {code} is not in IANA's list and counts as a {known}."),
                String::from,
            );
            assert!(says.contains(&gist), "{gist:?} is missing in {pair}");
        }
    });
}

#[test]
fn three_and_four_codes_are_steps_or_alternatives_by_their_classes() {
    for (codes, says) in [
        (
            &[100, 180, 200][..],
            "100 and 180 are provisional and can come first, 200 is final and ends",
        ),
        (
            &[100, 200, 486],
            "100 is provisional and can come first, 200 and 486 are final and end",
        ),
        (&[486, 401, 503], "All are final"),
        (&[100, 181, 199], "all are provisional"),
        // A number without a name is not left out.
        (
            &[486, 600, 299],
            "A 299 is not in IANA's list and counts as a 200.",
        ),
    ] {
        let in_short = of(codes).in_short;
        assert!(in_short.contains(says), "{codes:?}: {in_short}");
        for code in codes {
            assert!(in_short.contains(&format!("{code} ")), "{code}: {in_short}");
        }
    }
}
