//! The key differences are what the facts of the codes show, and nothing else.

use sipdex::catalog::{self, Citation, Response, Strength, Text, Travels};

use super::codes::comparison_of;
use super::facts::{effect, facts, joined, musts, own};
use super::{digit, pairs};

/// A difference that the facts of two codes show: its topic, what it must say, and where that is said.
type Shown = (&'static str, Vec<String>, Vec<Citation>);

#[expect(clippy::too_many_lines, reason = "one fact after another")]
fn shown(a: &'static Response, b: &'static Response) -> Vec<Shown> {
    let mut shown: Vec<Shown> = Vec::new();
    let both = |says: &dyn Fn(&'static Response) -> Option<(Text, Option<Citation>)>| {
        let (of_a, of_b) = (says(a), says(b));
        let texts: Vec<String> = [of_a, of_b]
            .into_iter()
            .flatten()
            .map(|s| s.0.to_string())
            .collect();
        let mut cites: Vec<Citation> = Vec::new();
        for cite in [of_a, of_b].into_iter().flatten().filter_map(|says| says.1) {
            if !cites.contains(&cite) {
                cites.push(cite);
            }
        }
        (texts, cites)
    };
    if (digit(a) == 1) != (digit(b) == 1) {
        let (early, late) = if digit(a) == 1 { (a, b) } else { (b, a) };
        let says = vec![
            format!(
                "a {} is provisional and leaves the request open",
                early.code
            ),
            format!("a {} is final and ends the request", late.code),
        ];
        let defined = |response: &Response| catalog::class_rule(response.class()).defined;
        shown.push(("Finality", says, vec![defined(a), defined(b)]));
    }
    if a.travels != b.travels {
        let near = [a, b]
            .into_iter()
            .filter(|response| response.travels != Travels::EndToEnd);
        let mut says: Vec<String> = Vec::new();
        let mut cites = Vec::new();
        for rule in near.filter_map(|response| response.forking.first()) {
            says.push(rule.says.into());
            cites.push(rule.cite);
        }
        let far = [a, b]
            .into_iter()
            .filter(|response| response.travels == Travels::EndToEnd);
        says.extend(
            far.map(|far| format!("a {} travels end to end, back to the client", far.code)),
        );
        shown.push(("Reach", says, cites));
    }
    let sender = |response: &Response| response.sent_by.first().map(|sender| sender.who);
    if sender(a) != sender(b) {
        let (says, cites) = both(&|of| of.sent_by.first().map(|sender| (sender.says, sender.cite)));
        shown.push(("Sender", says, cites));
    }
    if a.is_written() && b.is_written() && musts(a) != musts(b) {
        let says = [a, b].map(|response| match &musts(response)[..] {
            [] => format!("a {} has none that it must carry", response.code),
            names => format!("a {} MUST carry {}", response.code, joined(names)),
        });
        let rules = [a, b].into_iter().flat_map(own);
        let rules = rules.filter(|header| {
            header.strength == Strength::Must && header.when.is_none() && header.name != "To"
        });
        shown.push((
            "Header fields",
            says.to_vec(),
            rules.map(|rule| rule.cite).collect(),
        ));
    }
    let next = |response: &Response| response.retry.first().map(|retry| retry.verdict);
    if next(a) != next(b) {
        let (says, cites) =
            both(&|of| of.retry.first().map(|retry| (retry.says, Some(retry.cite))));
        shown.push(("Next step", says, cites));
    }
    let branches = |response: &Response| match digit(response) {
        1 | 4 | 5 => 1,
        other => other,
    };
    if branches(a) != branches(b) && a.travels == b.travels {
        let (says, cites) = both(&|of| of.forking.first().map(|rule| (rule.says, Some(rule.cite))));
        shown.push(("Other branches", says, cites));
    }
    let dialog = |response: &Response| response.dialog.first().map(|dialog| dialog.effect);
    if dialog(a) != dialog(b) {
        let (says, cites) = both(&|of| of.dialog.first().map(|rule| (rule.says, Some(rule.cite))));
        shown.push(("Dialog", says, cites));
    }
    if let ([to_a, ..], [to_b, ..]) = (a.isdn.to.as_slice(), b.isdn.to.as_slice())
        && to_a.cause != to_b.cause
    {
        let says = [(a, to_a), (b, to_b)];
        let says =
            says.map(|(of, to)| format!("a {} becomes cause {} ({})", of.code, to.cause, to.name));
        shown.push(("Telephone network", says.to_vec(), vec![to_a.cite]));
    }
    // One sentence for both tells nothing apart.
    shown.retain(|(topic, says, _)| *topic == "Reach" || says.len() > 1 && says[0] != says[1]);
    shown
}

#[test]
fn the_facts_that_differ_are_the_differences_and_no_others_are() {
    pairs(|a, b, comparison| {
        let pair = format!("{} and {}", a.code, b.code);
        let differences = &comparison.differences;
        if comparison.family.is_some() {
            return;
        }
        let topics: Vec<&str> = differences
            .iter()
            .map(|difference| difference.topic.unwrap_or_default())
            .collect();
        let shown = shown(a, b);
        let expected: Vec<&str> = shown.iter().map(|(topic, ..)| *topic).collect();
        assert_eq!(topics, expected, "{pair}");
        for (difference, (topic, says, cites)) in differences.iter().zip(shown) {
            let text = difference.says.to_lowercase();
            for piece in says {
                let is_said = text.contains(&piece.to_lowercase());
                assert!(
                    is_said,
                    "{pair}, {topic}: {piece:?} is missing in {:?}",
                    difference.says
                );
            }
            assert_eq!(difference.cites, cites, "{pair}, {topic}");
            assert_eq!(difference.codes, [a.code, b.code], "{pair}, {topic}");
        }
    });
}

#[test]
fn differences_of_three_codes_say_of_each_what_is_true_of_it() {
    let all = catalog::responses();
    let mut clauses = 0;
    for i in 0..all.len() {
        let three = [0, 17, 40].map(|step| &all[(i + step) % all.len()]);
        let comparison = comparison_of(&three);
        for difference in comparison
            .differences
            .iter()
            .filter(|_| comparison.family.is_none())
        {
            let Some(topic) = difference.topic else {
                continue;
            };
            let expected = |response: &'static Response| match topic {
                "Finality" if digit(response) == 1 => "provisional and".to_owned(),
                "Finality" => "final and".to_owned(),
                "Header fields" => match &musts(response)[..] {
                    [] => " none that ".to_owned(),
                    names => format!("MUST carry {}", joined(names)),
                },
                "Telephone network" => {
                    let to = response.isdn.to.first().expect("a cause");
                    format!("cause {} ({})", to.cause, to.name)
                }
                "Dialog" => format!("({})", effect(response.dialog[0].effect)),
                _ => {
                    let name = topic.to_owned();
                    let mut facts = facts(response).into_iter();
                    let fact = facts.find(|(row, _)| *row == name).expect("a row").1;
                    format!("({fact})")
                }
            };
            if ["Reach", "Sender"].contains(&topic) {
                continue;
            }
            for clause in difference.says.trim_end_matches('.').split("; a ") {
                let named = three.into_iter().filter(|response| {
                    let code = response.code.to_string();
                    clause.starts_with(&code)
                        || clause.to_lowercase().contains(&format!("a {code}"))
                });
                for response in named {
                    clauses += 1;
                    let fact = expected(response);
                    let says = &difference.says;
                    assert!(
                        clause.contains(&fact),
                        "{}: {fact:?} is missing in {says}",
                        response.code
                    );
                }
            }
        }
    }
    assert!(clauses > 500, "{clauses} clauses");
}

#[test]
fn no_code_must_carry_what_every_response_carries() {
    pairs(|a, b, comparison| {
        for difference in &comparison.differences {
            let says = &difference.says;
            let carried = says.split("MUST carry ").skip(1);
            for list in carried.filter_map(|rest| rest.split([';', '.']).next()) {
                let mut names = list.split([',', ' ']);
                assert!(
                    !names.any(|name| name == "To"),
                    "{} and {}: {says}",
                    a.code,
                    b.code
                );
            }
        }
    });
}
