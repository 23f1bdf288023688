//! The numbered differences: a family's own, or those that the facts show.

use crate::catalog::{
    Citation, DialogEffect, Family, FamilyDifference, HeaderField, Place, Response, StatusCode,
    Strength, Travels, Verdict, class_rule,
};

use super::difference::Difference;
use super::words::{capitalized, joined};
use super::{in_short, other_branches};

pub(super) fn differences(
    responses: &[&'static Response],
    family: Option<&'static Family>,
) -> Vec<Difference> {
    let codes: Vec<StatusCode> = responses.iter().map(|response| response.code).collect();
    let by_hand = family
        .map(|family| of_family(&codes, family))
        .unwrap_or_default();
    if by_hand.is_empty() {
        of_facts(responses, &codes)
    } else {
        by_hand
    }
}

/// Returns the differences of a family that lie between the compared codes.
fn of_family(codes: &[StatusCode], family: &'static Family) -> Vec<Difference> {
    let between = |groups: &[&[StatusCode]]| {
        groups
            .iter()
            .filter(|group| group.iter().any(|code| codes.contains(code)))
            .count()
            > 1
    };
    family
        .differences
        .iter()
        .filter(|difference| between(difference.groups))
        .map(|difference| Difference {
            says: narrowed(difference, codes).into(),
            codes: difference
                .groups
                .iter()
                .flat_map(|group| group.iter().copied())
                .filter(|code| codes.contains(code))
                .collect(),
            cites: difference.cite.into_iter().collect(),
        })
        .collect()
}

/// Returns the sentence of a difference without what it says of codes that are not compared: `{0}` stands
/// for "a 480 or 486", or for "a 486" where the 480 is not compared, and a clause that is about absent
/// groups alone is left out.
fn narrowed(difference: &FamilyDifference, codes: &[StatusCode]) -> String {
    let (topic, rest) = difference
        .says
        .split_once(": ")
        .unwrap_or(("", difference.says));
    let about = |clause: &str, index: usize| {
        let named = difference.groups[index]
            .iter()
            .any(|code| clause.contains(&code.to_string()));
        named || clause.contains(&format!("{{{index}}}"))
    };
    let present = |index: &usize| {
        difference.groups[*index]
            .iter()
            .any(|code| codes.contains(code))
    };
    let clauses: Vec<&str> = rest
        .trim_end_matches('.')
        .split("; ")
        .filter(|clause| {
            let groups = || (0..difference.groups.len()).filter(|index| about(clause, *index));
            groups().next().is_none() || groups().any(|index| present(&index))
        })
        .collect();
    let mut says = clauses.join("; ");
    for (index, group) in difference.groups.iter().enumerate() {
        let compared: Vec<String> = group
            .iter()
            .filter(|code| codes.contains(code))
            .map(ToString::to_string)
            .collect();
        says = says.replace(
            &format!("{{{index}}}"),
            &format!("a {}", joined(&compared, "or")),
        );
    }
    if topic.is_empty() {
        format!("{says}.")
    } else {
        format!("{topic}: {}.", capitalized(&says))
    }
}

type Fact = (String, Vec<Citation>);

fn of_facts(responses: &[&'static Response], codes: &[StatusCode]) -> Vec<Difference> {
    let facts = [
        finality(responses),
        reach(responses),
        sender(responses),
        mandatory(responses),
        next_step(responses),
        branches(responses),
        dialog(responses),
        telephone(responses),
    ];
    pairs(responses)
        .chain(facts.into_iter().flatten().map(|(says, cites)| Difference {
            says: says.into(),
            codes: codes.to_vec(),
            cites,
        }))
        .collect()
}

/// Returns the sentences that the pages have about each other; for two codes *In short* has it.
fn pairs(responses: &[&'static Response]) -> impl Iterator<Item = Difference> {
    let several = responses.len() > 2;
    responses.iter().enumerate().flat_map(move |(i, a)| {
        responses[i + 1..].iter().filter_map(move |b| {
            let says = in_short::related(a, b).filter(|_| several)?;
            Some(Difference {
                says: says.into(),
                codes: vec![a.code, b.code],
                cites: Vec::new(),
            })
        })
    })
}

fn finality(responses: &[&'static Response]) -> Option<Fact> {
    differ(responses, |response| response.class().is_final())?;
    let parts = grouped(
        responses,
        |response| response.class().is_final(),
        |last, several| match (last, several) {
            (false, false) => "is provisional and leaves the request open".into(),
            (false, true) => "are provisional and leave the request open".into(),
            (true, false) => "is final and ends the request".into(),
            (true, true) => "are final and end the request".into(),
        },
    );
    let mut cites = Vec::new();
    for response in responses {
        let cite = class_rule(response.class()).defined;
        if !cites.contains(&cite) {
            cites.push(cite);
        }
    }
    Some((format!("Finality: {}.", capitalized(&parts)), cites))
}

fn reach(responses: &[&'static Response]) -> Option<Fact> {
    differ(responses, |response| response.travels)?;
    let (far, near): (Vec<&Response>, Vec<&Response>) = responses
        .iter()
        .partition(|response| response.travels == Travels::EndToEnd);
    let rules = || near.iter().filter_map(|response| response.forking.first());
    let mut says: Vec<String> = rules().map(|forking| forking.says.to_owned()).collect();
    let codes: Vec<String> = far
        .iter()
        .map(|response| format!("a {}", response.code))
        .collect();
    if !codes.is_empty() {
        let verb = if codes.len() == 1 {
            "travels"
        } else {
            "travel"
        };
        let clients = capitalized(&joined(&codes, "and"));
        says.push(format!("{clients} {verb} end to end, back to the client."));
    }
    let cites = rules().map(|forking| forking.cite).collect();
    Some((format!("Reach: {}", says.join(" ")), cites))
}

fn sender(responses: &[&'static Response]) -> Option<Fact> {
    differ(responses, |response| response.sender())?;
    sentences("Sender", responses, |response| {
        response
            .sent_by
            .first()
            .map(|sender| (sender.says, sender.cite))
    })
}

/// Returns the header fields that a response must carry, besides those of every response.
fn musts(response: &'static Response) -> impl Iterator<Item = &'static HeaderField> {
    response.headers.iter().filter(|header| {
        header.strength == Strength::Must
            && header.place == Place::Response
            && header.when.is_none()
            && header.name != "To"
    })
}

fn mandatory(responses: &[&'static Response]) -> Option<Fact> {
    let names = |response: &'static Response| {
        let mut names: Vec<&str> = musts(response).map(|header| header.name).collect();
        names.dedup();
        names
    };
    differ(responses, |response| names(response))?;
    // Nobody knows what a number without a name must carry.
    if responses.iter().any(|response| !response.is_written()) {
        return None;
    }
    let parts = grouped(responses, names, |names, several| {
        match (&names[..], several) {
            ([], false) => "has none that it must carry".into(),
            ([], true) => "have none that they must carry".into(),
            (names, _) => format!("MUST carry {}", joined(names, "and")),
        }
    });
    let cites = responses
        .iter()
        .flat_map(|response| musts(response))
        .map(|header| header.cite);
    Some((
        format!("Header fields: {}.", capitalized(&parts)),
        cites.collect(),
    ))
}

fn next_step(responses: &[&'static Response]) -> Option<Fact> {
    let verdict = |response: &Response| response.retry.first().map(|retry| retry.verdict);
    differ(responses, |response| verdict(response))?;
    matter(
        "Next step",
        responses,
        |response| {
            let retry = response.retry.first()?;
            Some((retry.says, Some(retry.cite)))
        },
        |response| verdict(response).map(Verdict::as_str),
    )
}

fn branches(responses: &[&'static Response]) -> Option<Fact> {
    differ(responses, |response| other_branches(response.class()))?;
    // *Reach* has said it already.
    if differ(responses, |response| response.travels).is_some() {
        return None;
    }
    matter(
        "Other branches",
        responses,
        |response| {
            let forking = response.forking.first()?;
            Some((forking.says, Some(forking.cite)))
        },
        |response| Some(other_branches(response.class())),
    )
}

fn dialog(responses: &[&'static Response]) -> Option<Fact> {
    let effect = |response: &Response| response.dialog.first().map(|dialog| dialog.effect);
    differ(responses, |response| effect(response))?;
    matter(
        "Dialog",
        responses,
        |response| {
            let dialog = response.dialog.first()?;
            Some((dialog.says, Some(dialog.cite)))
        },
        |response| effect(response).map(DialogEffect::as_str),
    )
}

fn telephone(responses: &[&'static Response]) -> Option<Fact> {
    let first = |response: &Response| response.isdn.to.first();
    differ(responses, |response| first(response).map(|to| to.cause))?;
    let mapped: Vec<&'static Response> = responses
        .iter()
        .copied()
        .filter(|response| first(response).is_some())
        .collect();
    if mapped.len() < 2 {
        return None;
    }
    let parts = grouped(
        &mapped,
        |response| response.isdn.to.first().map(|to| (to.cause, to.name)),
        |cause, several| {
            let (number, name) = cause.unwrap_or_default();
            let verb = if several { "become" } else { "becomes" };
            format!("{verb} cause {number} ({name})")
        },
    );
    let cites = mapped
        .iter()
        .filter_map(|response| Some(first(response)?.cite))
        .take(1)
        .collect();
    Some((
        format!("Telephone network: {}.", capitalized(&parts)),
        cites,
    ))
}

/// Says of each group of codes that share a value what the value means: "a 480 and a 486 ...; a 600 ...".
fn grouped<T: PartialEq>(
    responses: &[&'static Response],
    value: impl Fn(&'static Response) -> T,
    says: impl Fn(&T, bool) -> String,
) -> String {
    let mut groups: Vec<(T, Vec<String>)> = Vec::new();
    for response in responses {
        let (value, code) = (value(response), format!("a {}", response.code));
        match groups.iter_mut().find(|(other, _)| *other == value) {
            Some((_, codes)) => codes.push(code),
            None => groups.push((value, vec![code])),
        }
    }
    let parts: Vec<String> = groups
        .iter()
        .map(|(value, codes)| format!("{} {}", joined(codes, "and"), says(value, codes.len() > 1)))
        .collect();
    parts.join("; ")
}

/// Tells two responses apart by their own sentences, and more of them in a word or two each.
fn matter(
    topic: &str,
    responses: &[&'static Response],
    says: impl Fn(&Response) -> Option<(&'static str, Option<Citation>)>,
    word: impl Fn(&'static Response) -> Option<&'static str>,
) -> Option<Fact> {
    if responses.len() <= 2 {
        return sentences(topic, responses, says);
    }
    let known: Vec<&'static Response> = responses
        .iter()
        .copied()
        .filter(|response| word(response).is_some())
        .collect();
    let parts = grouped(
        &known,
        |response| word(response).unwrap_or_default(),
        |word, _| format!("({word})"),
    );
    let mut cites = Vec::new();
    for cite in known.iter().filter_map(|response| says(response)?.1) {
        if !cites.contains(&cite) {
            cites.push(cite);
        }
    }
    Some((format!("{topic}: {}.", capitalized(&parts)), cites))
}

/// Puts the responses' own sentences about one matter side by side.
fn sentences(
    topic: &str,
    responses: &[&'static Response],
    says: impl Fn(&Response) -> Option<(&'static str, Option<Citation>)>,
) -> Option<Fact> {
    let mut texts: Vec<&str> = Vec::new();
    let mut cites: Vec<Citation> = Vec::new();
    for (text, cite) in responses.iter().filter_map(|response| says(response)) {
        if !texts.contains(&text) {
            texts.push(text);
        }
        cites.extend(cite.filter(|cite| !cites.contains(cite)));
    }
    (texts.len() > 1).then(|| (format!("{topic}: {}", texts.join(" ")), cites))
}

fn differ<T: PartialEq>(
    responses: &[&'static Response],
    value: impl Fn(&&'static Response) -> T,
) -> Option<()> {
    let mut values = responses.iter().map(value);
    let first = values.next()?;
    values.any(|other| other != first).then_some(())
}
