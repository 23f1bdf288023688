//! The numbered differences: a family's own, or those that the facts show.

use crate::catalog::{
    Citation, Family, FamilyDifference, HeaderField, Place, Response, StatusCode, Strength,
    Travels, class_rule,
};

use super::{Difference, in_short, joined, other_branches};

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
        format!("{topic}: {says}.")
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
    let codes = |last: bool| {
        responses
            .iter()
            .filter(move |r| r.class().is_final() == last)
    };
    let open = codes(false).map(|response| {
        format!(
            "a {} is provisional and leaves the request open",
            response.code
        )
    });
    let ended = codes(true).map(|response| format!("a {} is final and ends it", response.code));
    let parts: Vec<String> = open.chain(ended).collect();
    let mut cites = Vec::new();
    for response in responses {
        let cite = class_rule(response.class()).defined;
        if !cites.contains(&cite) {
            cites.push(cite);
        }
    }
    Some((format!("Finality: {}.", parts.join("; ")), cites))
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
        let clients = super::capitalized(&joined(&codes, "and"));
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
    if responses.iter().any(|response| !response.written) {
        return None;
    }
    let parts: Vec<String> = responses
        .iter()
        .map(|response| match &names(response)[..] {
            [] => format!("a {} has none that it must carry", response.code),
            names => format!("a {} MUST carry {}", response.code, joined(names, "and")),
        })
        .collect();
    let cites = responses
        .iter()
        .flat_map(|response| musts(response))
        .map(|header| header.cite);
    Some((
        format!("Header fields: {}.", parts.join("; ")),
        cites.collect(),
    ))
}

fn next_step(responses: &[&'static Response]) -> Option<Fact> {
    differ(responses, |response| {
        response.retry.first().map(|retry| retry.verdict)
    })?;
    sentences("Next step", responses, |response| {
        response
            .retry
            .first()
            .map(|retry| (retry.says, Some(retry.cite)))
    })
}

fn branches(responses: &[&'static Response]) -> Option<Fact> {
    differ(responses, |response| other_branches(response.class()))?;
    // *Reach* has said it already.
    if differ(responses, |response| response.travels).is_some() {
        return None;
    }
    sentences("Other branches", responses, |response| {
        response
            .forking
            .first()
            .map(|forking| (forking.says, Some(forking.cite)))
    })
}

fn dialog(responses: &[&'static Response]) -> Option<Fact> {
    differ(responses, |response| {
        response.dialog.first().map(|dialog| dialog.effect)
    })?;
    sentences("Dialog", responses, |response| {
        response
            .dialog
            .first()
            .map(|dialog| (dialog.says, Some(dialog.cite)))
    })
}

fn telephone(responses: &[&'static Response]) -> Option<Fact> {
    let cause = |response: &&'static Response| response.isdn.to.first().map(|to| to.cause);
    differ(responses, cause)?;
    let mapped = || {
        responses
            .iter()
            .filter_map(|response| Some((response, response.isdn.to.first()?)))
    };
    let parts: Vec<String> = mapped()
        .map(|(response, to)| {
            format!(
                "a {} becomes cause {} ({})",
                response.code, to.cause, to.name
            )
        })
        .collect();
    let cites = mapped().map(|(_, to)| to.cite).take(1).collect();
    (parts.len() > 1).then(|| (format!("Telephone network: {}.", parts.join(", ")), cites))
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
