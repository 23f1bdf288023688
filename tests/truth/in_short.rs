//! The sentences at the head of a comparison.

use sipdex::catalog::Response;

use super::facts::methods;
use super::{digit, of, outcome, pairs};

fn meet(a: &Response, b: &Response) -> bool {
    let (a, b) = (methods(a), methods(b));
    a.is_empty() || b.is_empty() || a.iter().any(|method| b.contains(method))
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

/// Returns what *In short* has to say of how two codes are related, in pieces.
fn relation(a: &Response, b: &Response) -> Vec<String> {
    if !meet(a, b) {
        let answers = |response: &Response| {
            let methods = methods(response);
            format!("a {} answers {}", response.code, methods[0])
        };
        return vec![
            "They answer different requests".into(),
            answers(a),
            answers(b),
        ];
    }
    // The one that comes first in a transaction, or is the better outcome.
    let (first, second) = if digit(a) <= digit(b) { (a, b) } else { (b, a) };
    let with = |response: &Response| format!("with a {} it {}", response.code, outcome(response));
    let alternatives = "A request gets one of them".to_owned();
    match (digit(first), digit(second)) {
        (1, 1) => vec!["not alternatives".into(), "both provisional".into()],
        (1, _) => vec![
            "not alternatives".into(),
            format!(
                "a {} is provisional and a {} is final",
                first.code, second.code
            ),
            format!("first the {} and then the {}", first.code, second.code),
        ],
        (2, 2) => vec![alternatives, "both say that it succeeded".into()],
        (3, 3) => vec![alternatives, "both send the client elsewhere".into()],
        (2, _) => vec![
            "opposite ends of a request".into(),
            with(first),
            with(second),
        ],
        (3, _) => vec![alternatives, with(first), with(second)],
        _ => vec![alternatives, "with both it failed".into()],
    }
}

#[test]
fn in_short_says_what_became_of_the_request() {
    pairs(|a, b, comparison| {
        let says = &comparison.in_short;
        let pair = format!("{} and {}: {says}", a.code, b.code);
        let by_hand = comparison
            .family
            .is_some_and(|family| family.codes.len() == 2);
        if by_hand {
            let family = comparison.family.map(|family| family.in_short.as_str());
            assert_eq!(family, Some(&**says), "{pair}");
        } else {
            for piece in relation(a, b) {
                assert!(says.contains(&piece), "{piece:?} is missing in {pair}");
            }
        }
        // Whoever wrote it: no code has an outcome that is not its own.
        for response in [a, b] {
            let code = response.code;
            for claim in ["succeeded", "failed", "was sent elsewhere"] {
                let claimed = says.contains(&format!("with a {code} it {claim}"));
                assert!(!claimed || outcome(response) == claim, "{pair}");
            }
            let provisional = says.contains(&format!("a {code} is provisional"));
            assert!(!provisional || digit(response) == 1, "{pair}");
            let last = says.contains(&format!("a {code} is final"));
            assert!(!last || digit(response) > 1, "{pair}");
        }
    });
}

#[test]
fn in_short_tells_apart_in_the_words_of_the_pages() {
    pairs(|a, b, comparison| {
        let says = &comparison.in_short;
        let pair = format!("{} and {}: {says}", a.code, b.code);
        if comparison
            .family
            .is_some_and(|family| family.codes.len() == 2)
        {
            return;
        }
        if let Some(told) = told_apart(a, b).or_else(|| told_apart(b, a)) {
            let other_way = told_apart(b, a).unwrap_or(told);
            assert!(says.ends_with(told) || says.ends_with(other_way), "{pair}");
            return;
        }
        for response in [a, b].into_iter().filter(|response| response.is_written()) {
            let gist = format!("A {} says: {}.", response.code, response.summary);
            let is_said = says.to_lowercase().contains(&gist.to_lowercase());
            assert!(is_said, "{gist:?} is missing in {pair}");
        }
        let (of_a, of_b) = (a.sent_by.first(), b.sent_by.first());
        if let (Some((before, after)), Some(of_a), Some(of_b)) =
            (says.split_once("As a rule a "), of_a, of_b)
        {
            let rule = after.split(". ").next().unwrap_or_default();
            for (response, sender) in [(a, of_a), (b, of_b)] {
                let comes = rule
                    .split(", ")
                    .find(|part| part.contains(&response.code.to_string()));
                let comes = comes.unwrap_or_default();
                assert!(comes.ends_with(sender.who.as_str()), "{comes:?} in {pair}");
            }
            assert!(before.contains("with both it failed"), "{pair}");
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
        (&[486, 401, 503], "since all are final"),
        (&[100, 181, 199], "all are provisional"),
    ] {
        let in_short = of(codes).in_short;
        assert!(in_short.contains(says), "{codes:?}: {in_short}");
    }
}
