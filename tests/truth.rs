//! What a comparison says of its codes is true, for every pair: held against what the catalog knows of each.

use sipdex::catalog::{
    self, Citation, DialogEffect, HeaderField, Kin, Place, Response, Status, StatusCode, Strength,
    Text, Travels, Verdict,
};
use sipdex::compare::{Compared, Comparison, compare};
use sipdex::document::Document;
use sipdex::output::{Paint, markdown, plain};

#[path = "pages/words.rs"]
mod words;
use words::strength;

fn response(code: u16) -> &'static Response {
    catalog::response(StatusCode::new(code).expect("a code"))
}

fn of(codes: &[u16]) -> Comparison {
    comparison_of(&codes.iter().map(|code| response(*code)).collect::<Vec<_>>())
}

fn comparison_of(responses: &[&'static Response]) -> Comparison {
    compare(&Compared::new(responses).expect("two different codes"))
}

/// Calls a function with every pair of codes that have a page, and with some that have none.
fn pairs(mut each: impl FnMut(&'static Response, &'static Response, &Comparison)) {
    let unnamed = [150, 299, 399, 431, 599, 699].map(response);
    let all: Vec<&'static Response> = catalog::responses().iter().chain(unnamed).collect();
    for (i, a) in all.iter().enumerate() {
        for b in &all[i + 1..] {
            each(a, b, &comparison_of(&[a, b]));
        }
    }
}

fn digit(response: &Response) -> u16 {
    response.code.get() / 100
}

/// Returns what became of a request with this response.
fn outcome(response: &Response) -> &'static str {
    match digit(response) {
        1 => "is provisional",
        2 => "succeeded",
        3 => "was sent elsewhere",
        _ => "failed",
    }
}

/// Returns the methods that a response answers; none means any.
fn methods(response: &Response) -> Vec<&'static str> {
    if response
        .sent_by
        .iter()
        .any(|sender| sender.methods.is_empty())
    {
        return Vec::new();
    }
    let mut methods = Vec::new();
    for method in response.sent_by.iter().flat_map(|sender| sender.methods) {
        if !methods.contains(&method.as_str()) {
            methods.push(method.as_str());
        }
    }
    methods
}

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

/// Returns the rules of a response for its own header fields.
fn own(response: &'static Response) -> impl Iterator<Item = &'static HeaderField> {
    response
        .headers
        .iter()
        .filter(|header| header.place == Place::Response)
}

fn effect(effect: DialogEffect) -> &'static str {
    match effect {
        DialogEffect::None => "no effect",
        DialogEffect::EarlyDialog => "opens an early dialog",
        DialogEffect::ConfirmsDialog => "confirms the dialog",
        DialogEffect::TransactionOnly => "ends the transaction only",
        DialogEffect::EndsUsage => "ends the usage",
        DialogEffect::EndsDialog => "ends the dialog",
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Wait => "wait",
        Verdict::Done => "nothing to retry",
        Verdict::Follow => "follow Contact",
        Verdict::Never => "do not repeat",
        Verdict::Later => "retry later",
        Verdict::Changed => "change, then retry",
        Verdict::Credentials => "retry with credentials",
        Verdict::Elsewhere => "try elsewhere",
    }
}

/// Returns what the rows have to say of a response, by their names.
#[expect(clippy::too_many_lines, reason = "one fact after another")]
fn facts(response: &'static Response) -> Vec<(&'static str, String)> {
    let or = |texts: Vec<String>, none: &str, between: &str| match &texts[..] {
        [] => none.to_owned(),
        texts => texts.join(between),
    };
    let class = [
        "provisional",
        "success",
        "redirection",
        "request failure",
        "server failure",
        "global failure",
    ];
    let mut fields: Vec<&str> = Vec::new();
    for header in own(response) {
        if !fields.contains(&header.name.as_str()) {
            fields.push(header.name.as_str());
        }
    }
    // Of several rules for a field the first of these that holds counts.
    let order = [
        Strength::Must,
        Strength::Should,
        Strength::May,
        Strength::MustNot,
        Strength::ShouldNot,
    ];
    let fields = fields.into_iter().map(|name| {
        let rules = || own(response).filter(|header| header.name == name);
        let strongest = order
            .into_iter()
            .find(|s| rules().any(|header| header.strength == *s));
        let strongest = strongest.expect("a rule");
        let always = rules().any(|header| header.strength == strongest && header.when.is_none());
        let remark = if always { "" } else { " (conditional)" };
        format!("{name} {}{remark}", strength(strongest))
    });
    let mut effects: Vec<String> = Vec::new();
    for dialog in response.dialog {
        let word = effect(dialog.effect).to_owned();
        if !effects.contains(&word) {
            effects.push(word);
        }
    }
    let causes = response
        .isdn
        .to
        .iter()
        .map(|to| format!("{} {}", to.cause, to.name));
    let http = response.http.as_ref().map(|http| {
        let other = if http.kin == Kin::Other {
            ", another meaning"
        } else {
            ""
        };
        format!("{} {}{other}", response.code, http.phrase)
    });
    let travels = match response.travels {
        Travels::EndToEnd => "end to end",
        Travels::HopByHop => "hop by hop",
        Travels::RarelyForwarded => "rarely forwarded",
        Travels::BetweenProxies => "between proxies",
    };
    let status = match response.status() {
        Some(Status::Current) => "current",
        Some(Status::Deprecated) => "deprecated",
        Some(Status::Reserved) => "reserved",
        None => "not registered",
    };
    let branches = match digit(response) {
        2 => "cancelled",
        3 => "go on; Contact may add some",
        6 => "cancelled, none added",
        _ => "go on",
    };
    let first = usize::from(digit(response)) - 1;
    let finality = if first == 0 { "provisional" } else { "final" };
    let sender = response.sent_by.first().map_or("-", |sender| &sender.who);
    let next = response
        .retry
        .first()
        .map_or("-", |retry| verdict(retry.verdict));
    let any: Vec<String> = methods(response).into_iter().map(str::to_owned).collect();
    vec![
        ("Class", format!("{}xx {}", digit(response), class[first])),
        ("Finality", finality.into()),
        ("Reach", travels.into()),
        ("Sender", sender.into()),
        ("Methods", or(any, "any", ", ")),
        (
            "Header fields",
            or(fields.collect(), "none of its own", ", "),
        ),
        ("Next step", next.into()),
        ("Other branches", branches.into()),
        ("Dialog", or(effects, "-", ", or ")),
        ("ISDN cause", or(causes.collect(), "none", " or ")),
        ("HTTP cousin", http.unwrap_or_else(|| "none".into())),
        ("Status", status.into()),
    ]
}

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
        (&[486, 600][..], "Class, Header fields, Other branches"),
        (&[401, 407], "Sender, Header fields, HTTP cousin"),
        (
            &[480, 486, 600],
            "Class, Methods, Header fields, Other branches, Dialog, ISDN cause",
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

/// Returns the header fields that a response must carry whatever the case; To is in every response.
fn musts(response: &'static Response) -> Vec<&'static str> {
    let musts = own(response).filter(|header| header.strength == Strength::Must);
    let mut names: Vec<&str> = Vec::new();
    for header in musts.filter(|header| header.when.is_none() && header.name != "To") {
        if names.last() != Some(&header.name.as_str()) {
            names.push(header.name.as_str());
        }
    }
    names
}

fn joined(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

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

#[test]
fn a_family_speaks_of_the_compared_with_its_own_citations() {
    pairs(|a, b, comparison| {
        let Some(family) = comparison.family else {
            let holds = |family: &&catalog::Family| {
                family.codes.contains(&a.code) && family.codes.contains(&b.code)
            };
            assert!(!catalog::families().iter().any(|family| holds(&family)));
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
            assert_eq!(said.cites, Vec::from_iter(own.cite), "{}", said.says);
            assert_eq!(said.topic, Some(own.topic.as_str()), "{said}");
        }
    });
}

#[test]
fn a_family_names_the_compared_and_says_nothing_of_the_others_alone() {
    for (codes, says) in [
        (
            &[486, 600][..],
            "Reach: A 486 ends one branch of a forked call",
        ),
        (
            &[480, 486, 600],
            "Reach: A 480 or 486 ends one branch of a forked call",
        ),
        (&[480, 486, 600], "on a 600 the proxy SHOULD cancel"),
        (
            &[480, 486, 600, 603],
            "on a 600 or 603 the proxy SHOULD cancel",
        ),
        (
            &[480, 603],
            "Openness: A 603 keeps the reason private; a 480 says only",
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
        let Some(family) = comparison.family else {
            return;
        };
        for difference in &comparison.differences {
            for clause in difference.to_string().split("; ") {
                let names = |code: &StatusCode| clause.contains(&code.to_string());
                let about = !family.codes.iter().any(names) || [a.code, b.code].iter().any(names);
                assert!(about, "{} and {}: {clause}", a.code, b.code);
            }
        }
    });
}

#[test]
fn what_a_page_says_of_another_code_is_no_topic_though_a_colon_stands_in_it() {
    let comparison = of(&[420, 480, 486]);
    let page = markdown(&Document::of_comparison(&comparison, false));
    assert!(
        page.contains("\n1. A 480 means not available: away"),
        "{page}"
    );
    assert!(page.contains("\n2. **Header fields:** A 420 "), "{page}");
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
fn near_relatives_are_the_family_first_and_then_who_else_is_confused_with_them() {
    let numbers = |comparison: &Comparison| -> Vec<u16> {
        comparison.others.iter().map(|code| code.get()).collect()
    };
    assert_eq!(numbers(&of(&[486, 600]))[..3], [480, 603, 487]);
    assert_eq!(numbers(&of(&[420, 494]))[0], 421);
    pairs(|a, b, comparison| {
        let family = comparison
            .family
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
fn learn_more_is_where_each_is_defined_and_then_what_the_differences_cite() {
    pairs(|a, b, comparison| {
        let defined = [a, b].into_iter().filter_map(Response::defined);
        let cited = comparison
            .differences
            .iter()
            .flat_map(|difference| difference.cites.clone());
        let mut expected: Vec<Citation> = Vec::new();
        for cite in defined.chain(cited) {
            if !expected.contains(&cite) {
                expected.push(cite);
            }
        }
        assert_eq!(comparison.learn_more, expected, "{} and {}", a.code, b.code);
    });
}

#[test]
fn advice_is_that_of_the_family_or_of_the_page() {
    pairs(|a, b, comparison| {
        for (response, advice) in [a, b].into_iter().zip(&comparison.when_to_use) {
            let code = response.code;
            assert_eq!(advice.code, code);
            let (send, received) = (&*advice.send, &*advice.received);
            if let Some(family) = comparison.family {
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
                    .map_or("No page says yet when to send it.", Text::as_str);
                assert_eq!(send, page, "{code}");
                let next = response.retry.first().map_or("", |retry| &retry.says);
                assert_eq!(received, next, "{code}");
                assert_eq!(advice.test, None, "{code}");
            }
        }
    });
}

/// Returns the lines between a heading and the next.
fn below<'a>(text: &'a str, heading: &str, is_heading: impl Fn(&str) -> bool) -> Vec<&'a str> {
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

#[test]
#[expect(clippy::too_many_lines, reason = "one part of the page after another")]
fn the_page_of_a_comparison_has_each_part_below_its_heading() {
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

        let differences = comparison
            .differences
            .iter()
            .enumerate()
            .map(|(i, difference)| {
                let cites = difference.cites.iter();
                let cites = cites.map(|cite| format!(" [RFC {} {}]", cite.rfc(), cite.section()));
                format!("{:3}. {}{}", i + 1, difference, cites.collect::<String>())
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
            let seen = response.seen.iter().map(|text| format!("  - {text}"));
            [column].into_iter().chain(seen)
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
            [format!("  {}:", response.title())]
                .into_iter()
                .chain(fixes)
        });
        assert_eq!(part("How to fix"), fixes.collect::<Vec<_>>(), "{a} and {b}");

        let mistakes = comparison.mistakes.iter().map(|mistake| {
            let cite = mistake
                .cite
                .map(|cite| format!(" [RFC {} {}]", cite.rfc(), cite.section()));
            format!(
                "  - {}: {}{}",
                mistake.says,
                mistake.why,
                cite.unwrap_or_default()
            )
        });
        assert_eq!(part("Common mistakes"), mistakes.collect::<Vec<_>>());
    }
}
