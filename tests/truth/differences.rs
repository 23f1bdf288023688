//! The key differences are what the facts of the codes show, each with its own proof, and nothing else.

use sipdex::catalog::{
    self, Branches, Citation, ClassRule, HeaderField, Response, Scope, Strength, Text, Travels,
    Verdict,
};
use sipdex::compare::{Comparison, Said};

use super::facts::{about_itself, answers_invite, own};
use super::{digit, pairs};

/// Calls a function with every pair that nobody has written about.
fn generated(mut each: impl FnMut(&'static Response, &'static Response, &Comparison)) {
    pairs(|a, b, comparison| {
        if comparison.by_hand().is_none() {
            each(a, b, comparison);
        }
    });
}

fn clauses<'a>(comparison: &'a Comparison, topic: &str) -> &'a [Said] {
    let mut differences = comparison.differences.iter();
    let difference = differences.find(|difference| difference.topic == topic);
    difference.map_or(&[], |difference| &difference.clauses)
}

fn rule(response: &Response) -> &'static ClassRule {
    catalog::class_rule(response.class())
}

/// Returns a text without the number of the code that it is about.
fn masked(text: &str, response: &Response) -> String {
    text.replace(&response.code.to_string(), "NNN")
        .to_lowercase()
}

/// Returns the first row of a page about a matter.
fn row(topic: &str, response: &Response, other: &Response) -> Option<(Text, Option<Citation>)> {
    let cited = |says, cite| (says, Some(cite));
    match topic {
        "Next step" => response.retry.first().map(|row| cited(row.says, row.cite)),
        "Other branches" => {
            let of_class = &rule(response).forking;
            let own = response.forking.iter().find(|row| row.verdict.is_some());
            let row = own.unwrap_or(of_class);
            Some(cited(row.says, row.cite))
        }
        "Dialog" => {
            let mut rows = response.dialog.iter();
            let failure = rows.find(|row| digit(response) > 2 && row.cite.rfc() == 5057);
            let row = failure.or(response.dialog.first());
            row.map(|row| cited(row.says, row.cite))
        }
        "Sent when" => {
            let known = |method: &Text| !other.is_written() || other.may_answer(method);
            let mut rows = response.sent_by.iter();
            let shared = rows.find(|row| row.methods.is_empty() || row.methods.iter().any(known));
            let row = shared.or(response.sent_by.first());
            row.map(|row| (row.says, row.cite))
        }
        _ => None,
    }
}

#[test]
fn a_difference_says_of_each_code_what_its_page_says_and_with_the_same_section() {
    let mut said = 0;
    generated(|a, b, comparison| {
        for topic in ["Next step", "Sent when", "Other branches", "Dialog"] {
            for clause in clauses(comparison, topic) {
                for response in [a, b].iter().filter(|of| clause.codes.contains(&of.code)) {
                    let (says, cite) =
                        row(topic, response, if *response == a { b } else { a }).expect("a row");
                    let pattern = response.class().pattern();
                    let says = if response.is_written() {
                        says.to_string()
                    } else {
                        says.replace(pattern, &response.code.to_string())
                    };
                    assert!(clause.says.eq_ignore_ascii_case(&says), "{clause:?}");
                    assert!(
                        topic != "Other branches" || digit(response) > 1,
                        "{clause:?}"
                    );
                    assert_eq!(clause.cites, Vec::from_iter(cite), "{clause:?}");
                    said += 1;
                }
            }
        }
    });
    assert!(said > 10_000, "{said}");
}

#[test]
fn what_the_client_does_next_differs_unless_the_pages_say_the_same() {
    generated(|a, b, comparison| {
        let (Some(of_a), Some(of_b)) = (a.retry.first(), b.retry.first()) else {
            return;
        };
        let plain = [Verdict::Done, Verdict::Wait];
        let same_word = of_a.verdict == of_b.verdict && plain.contains(&of_a.verdict);
        let same_words = masked(&of_a.says, a) == masked(&of_b.says, b);
        let differs = !clauses(comparison, "Next step").is_empty();
        assert_eq!(
            differs,
            !same_word && !same_words,
            "{} and {}",
            a.code,
            b.code
        );
    });
}

#[test]
fn finality_and_the_way_back_are_those_of_the_class() {
    generated(|a, b, comparison| {
        let pair = format!("{} and {}", a.code, b.code);
        let of_class = |says: Text, response: &Response| {
            says.replace(response.class().pattern(), &response.code.to_string())
        };
        let finality = clauses(comparison, "Finality");
        assert_eq!(
            finality.is_empty(),
            (digit(a) == 1) == (digit(b) == 1),
            "{pair}"
        );
        for (clause, response) in finality.iter().zip([a, b]) {
            let rule = &rule(response).finality;
            assert_eq!(clause.says, of_class(rule.says, response), "{pair}");
            assert_eq!((rule.cite.rfc(), rule.cite.section()), (3261, "6"));
            assert_eq!(clause.cites, [rule.cite], "{pair}");
        }
        for clause in clauses(comparison, "Way back") {
            let mut compared = [a, b].into_iter();
            let response = compared
                .find(|of| clause.codes == [of.code])
                .expect("one code");
            if response.travels == Travels::ByClass {
                let rule = &rule(response).way;
                assert_eq!(clause.says, of_class(rule.says, response), "{pair}");
            } else {
                assert_eq!(*clause.says, *response.forking[0].says, "{pair}");
            }
            let hops = digit(response) >= 3 && response.travels == Travels::ByClass;
            assert_eq!(clause.says.contains("hop to hop"), hops, "{pair}");
        }
    });
}

/// Returns the rules by which a response must carry a header field, the first for each field and condition: others
/// are about what stands in it. A field of every case has no conditions.
fn musts(response: &'static Response) -> Vec<&'static HeaderField> {
    let all = || own(response).filter(|header| header.strength == Strength::Must);
    let mut musts: Vec<&HeaderField> = Vec::new();
    for must in all() {
        let always = all().any(|other| other.name == must.name && other.when.is_none());
        let known = musts
            .iter()
            .any(|other| other.name == must.name && other.when == must.when);
        if !known && (must.when.is_none() || !always) {
            musts.push(must);
        }
    }
    musts
}

/// Returns those rules that are said: of the conditions three, and first that of every case.
fn said_musts(response: &'static Response) -> Vec<&'static HeaderField> {
    let mut conditions: Vec<Option<Text>> = Vec::new();
    for must in musts(response) {
        if !conditions.contains(&must.when) {
            conditions.push(must.when);
        }
    }
    conditions.sort_by_key(Option::is_some);
    conditions.truncate(3);
    let mut musts = musts(response);
    musts.retain(|must| conditions.contains(&must.when));
    musts
}

#[test]
fn every_header_field_that_a_code_must_carry_is_said_with_its_condition_and_section() {
    generated(|a, b, comparison| {
        let said = clauses(comparison, "Header fields");
        let rules = |of| -> Vec<_> {
            let musts = musts(of).into_iter();
            musts.map(|must| (must.name, must.when)).collect()
        };
        if rules(a) == rules(b) || !a.is_written() || !b.is_written() {
            assert!(said.is_empty(), "{} and {}", a.code, b.code);
            return;
        }
        for response in [a, b] {
            let code = response.code;
            for must in said_musts(response) {
                let when = must.when.map_or(String::new(), |when| {
                    format!(" if {}", about_itself(&when, response))
                });
                let mut said = said.iter().filter(|clause| clause.codes == [code]);
                let is_said = said.any(|clause| {
                    clause.says.starts_with(&format!("A {code} MUST carry "))
                        && clause.says.contains(must.name.as_str())
                        && clause.says.ends_with(&format!("{when}."))
                        && clause.cites.contains(&must.cite)
                });
                assert!(is_said, "{code}: {}{when}", must.name);
            }
        }
        for response in [a, b] {
            let rest = musts(response).len() > said_musts(response).len();
            let more = format!(
                "On conditions that its page names a {} MUST also",
                response.code
            );
            let is_said = said.iter().any(|clause| clause.says.starts_with(&more));
            assert_eq!(is_said, rest, "{}", response.code);
        }
        for clause in said {
            assert!(!clause.says.contains(" To"), "{clause:?}");
            assert!(!clause.says.contains("none"), "{clause:?}");
        }
    });
}

#[test]
fn a_forking_proxy_takes_a_6xx_or_else_the_lowest_class() {
    generated(|a, b, comparison| {
        let pair = format!("{} and {}", a.code, b.code);
        let said = clauses(comparison, "Choice of a forking proxy");
        let forked = [
            "INVITE",
            "SUBSCRIBE",
            "OPTIONS",
            "MESSAGE",
            "REFER",
            "PUBLISH",
        ];
        let share = forked.iter().any(|method| {
            [a, b]
                .iter()
                .all(|of| !of.is_written() || of.may_answer(method))
        });
        let forks = [a, b]
            .iter()
            .all(|of| of.branches() != Some(Branches::NoFork) && of.scope != Scope::InsideDialog);
        let apart = digit(a) != digit(b) && digit(a) > 2 && digit(b) > 2;
        if !share || !apart || !forks {
            assert!(said.is_empty(), "{pair}");
            return;
        }
        let [clause] = said else {
            panic!("{pair}: {said:?}");
        };
        let (low, high) = if digit(a) < digit(b) { (a, b) } else { (b, a) };
        let (chosen, word) = if digit(high) == 6 {
            (high, "MUST choose a")
        } else {
            (low, "SHOULD choose from the lowest class, so a")
        };
        assert!(
            clause.says.ends_with(&format!("{word} {}.", chosen.code)),
            "{clause:?}"
        );
        assert_eq!(clause.cites, [rule(chosen).choice.cite], "{pair}");
    });
}

#[test]
fn a_cause_is_said_with_the_section_of_its_own_code_and_none_of_a_code_without_calls() {
    generated(|a, b, comparison| {
        let pair = format!("{} and {}", a.code, b.code);
        let said = clauses(comparison, "Telephone network");
        let causes = |of: &Response| -> Vec<u16> { of.isdn.to.iter().map(|to| to.cause).collect() };
        let both = !causes(a).is_empty() && !causes(b).is_empty();
        assert_eq!(!said.is_empty(), both && causes(a) != causes(b), "{pair}");
        if !said.is_empty() {
            assert!(answers_invite(a) && answers_invite(b), "{pair}");
        }
        for clause in said {
            let [code] = clause.codes[..] else {
                panic!("{clause:?}")
            };
            let response = catalog::response(code);
            let mut mappings = response.isdn.to.iter();
            let to = mappings.find(|to| clause.says.contains(&format!("cause {} (", to.cause)));
            let to = to.expect("a cause of the code");
            assert_eq!(clause.cites, [to.cite], "{pair}");
            let section = if digit(response) == 3 {
                "8.2.5"
            } else {
                "8.2.6.1"
            };
            assert_eq!(to.cite.section(), section, "{pair}");
            let word = match (digit(response), to.listed) {
                (3, _) => "A gateway MAY make cause ",
                (_, true) => "RFC 3398 recommends cause ",
                (_, false) => "RFC 3398 does not list a ",
            };
            assert!(clause.says.starts_with(word), "{pair}: {clause:?}");
        }
    });
}
