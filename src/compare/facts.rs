//! The differences that the facts show, the most consequential first. Each clause is what a page says, from the
//! same field and with the same section.

use super::compared::Compared;
use super::difference::{Difference, Said};
use super::once::each_once;
use super::requests::can_meet;
use super::words::{capitalized, joined};
use crate::catalog::{
    Branches, Citation, Class, HeaderField, Mapping, Response, Rule, Strength, Text, Travels,
    Verdict, class_rule,
};

/// A 2xx has more conditions than anybody reads in a comparison.
const MOST_CONDITIONS: usize = 3;

/// What a page says of a matter.
type Row = Option<(Text, Option<Citation>)>;

pub(super) fn differences(compared: &Compared) -> impl Iterator<Item = Difference> {
    let facts = [
        finality(compared),
        next_step(compared),
        sender(compared),
        mandatory(compared),
        choice(compared),
        branches(compared),
        way(compared),
        dialog(compared),
        telephone(compared),
    ];
    facts.into_iter().flatten()
}

fn finality(compared: &Compared) -> Option<Difference> {
    differ(compared, |response| response.class().is_final())?;
    let rule = |of: &&'static Response| said_of_class(of, &class_rule(of.class()).finality);
    Difference::of("Finality", compared.iter().map(rule))
}

/// What to change on a retry separates two codes even where both ask for a change.
fn next_step(compared: &Compared) -> Option<Difference> {
    let verdict = |response: &Response| response.retry.first().map(|retry| retry.verdict);
    let is_plain = |response: &&'static Response| {
        let verdict = verdict(response);
        verdict.is_some_and(|verdict| {
            matches!(verdict, Verdict::Never | Verdict::Done | Verdict::Wait)
        })
    };
    if compared.iter().all(is_plain) {
        differ(compared, |response| verdict(response))?;
    }
    in_sentences("Next step", compared, |response| {
        let retry = response.retry.first()?;
        Some((retry.says, Some(retry.cite)))
    })
}

fn sender(compared: &Compared) -> Option<Difference> {
    in_sentences("Sent when", compared, |response| {
        let sender = response.sent_by.first()?;
        Some((sender.says, sender.cite))
    })
}

/// Returns the header fields that a response must carry, on a condition or in every case.
fn musts(response: &'static Response) -> impl Iterator<Item = &'static HeaderField> {
    let fields = response.own_fields();
    fields.filter(|header| header.strength == Strength::Must)
}

fn mandatory(compared: &Compared) -> Option<Difference> {
    let rules = |response: &'static Response| -> Vec<(Text, Option<Text>)> {
        musts(response)
            .map(|header| (header.name, header.when))
            .collect()
    };
    differ(compared, |response| rules(response))?;
    // Nobody knows what a number without a name must carry.
    if compared.iter().any(|response| !response.is_written()) {
        return None;
    }
    let clauses = compared.iter().flat_map(|response| carried(response));
    Difference::of("Header fields", clauses)
}

/// Says which header fields a response must carry, in a sentence for each condition; the page has all of them.
fn carried(response: &'static Response) -> Vec<Said> {
    let code = response.code;
    let mut conditions = each_once(musts(response).map(|header| header.when));
    conditions.sort_by_key(Option::is_some);
    conditions.truncate(MOST_CONDITIONS);
    let said = conditions.into_iter().map(|when| {
        let rules = || musts(response).filter(move |header| header.when == when);
        let names = each_once(rules().map(|header| header.name.as_str()));
        let condition = when.map_or(String::new(), |when| {
            format!(" if {}", when.replace(&format!("the {code}"), "it"))
        });
        Said {
            says: format!("A {code} MUST carry {}{condition}.", joined(&names, "and")).into(),
            codes: vec![code],
            cites: each_once(rules().map(|header| header.cite)),
        }
    });
    said.collect()
}

/// Says which of the compared responses a forking proxy takes where its branches brought them all.
fn choice(compared: &Compared) -> Option<Difference> {
    let meet = |a: &Response| compared.iter().all(|b| can_meet(a, b));
    let is_chosen = |response: &&'static Response| response.class() >= Class::Redirection;
    if !compared
        .iter()
        .all(|response| is_chosen(response) && meet(response))
    {
        return None;
    }
    differ(compared, |response| response.class())?;
    let classes = || compared.iter().map(|response| response.class());
    let global = classes().find(|class| *class == Class::GlobalFailure);
    let class = global.or_else(|| classes().min())?;
    let chosen = compared.iter().filter(|response| response.class() == class);
    let chosen: Vec<String> = chosen
        .map(|response| format!("a {}", response.code))
        .collect();
    let (chosen, all) = (
        joined(&chosen, "or"),
        if compared.len() == 2 {
            "both"
        } else {
            "all of them"
        },
    );
    let says = if global.is_some() {
        format!("A forking proxy whose branches brought {all} MUST choose {chosen}.")
    } else {
        format!(
            "A forking proxy whose branches brought {all} SHOULD choose from the lowest class, so {chosen}."
        )
    };
    let said = Said {
        says: says.into(),
        codes: compared.codes().collect(),
        cites: vec![class_rule(class).choice.cite],
    };
    Difference::of("Choice of a forking proxy", [said])
}

fn branches(compared: &Compared) -> Option<Difference> {
    differ(compared, |response| response.branches().map(ends))?;
    if compared.iter().any(|response| !response.answers_invite()) {
        return None;
    }
    in_sentences("Other branches", compared, |response| {
        let forking = response.forking.first()?;
        Some((forking.says, Some(forking.cite)))
    })
}

/// Returns whether a response ends the other branches, or which it adds.
fn ends(branches: Branches) -> Branches {
    match branches {
        Branches::NoFork => Branches::GoOn,
        other => other,
    }
}

/// Says how the responses get back to the client.
fn way(compared: &Compared) -> Option<Difference> {
    let group = |response: &Response| response.class().min(Class::Redirection);
    differ(compared, |response| (response.travels, group(response)))?;
    let said = compared.iter().filter_map(|response| {
        if response.travels == Travels::ByClass {
            return Some(said_of_class(response, &class_rule(response.class()).way));
        }
        let forking = response.forking.first()?;
        Some(Said::of(response.code, forking.says, forking.cite))
    });
    // *Other branches* may have said it already.
    let told = branches(compared).map_or_else(Vec::new, |difference| difference.clauses);
    let new = said.filter(|said| told.iter().all(|told| told.says != said.says));
    Difference::of("Way back", new)
}

fn dialog(compared: &Compared) -> Option<Difference> {
    differ(compared, |response| {
        response.dialog.first().map(|dialog| dialog.effect)
    })?;
    in_sentences("Dialog", compared, |response| {
        let dialog = response.dialog.first()?;
        Some((dialog.says, Some(dialog.cite)))
    })
}

fn telephone(compared: &Compared) -> Option<Difference> {
    differ(compared, |response| {
        let causes = response.isdn.to.iter().map(|to| to.cause);
        causes.collect::<Vec<_>>()
    })?;
    if compared.iter().any(|response| response.isdn.to.is_empty()) {
        return None;
    }
    let clauses = compared.iter().flat_map(|response| {
        let mappings = response.isdn.to.iter();
        mappings.map(|to| Said::of(response.code, becomes(response, to), to.cite))
    });
    Difference::of("Telephone network", clauses)
}

/// Says which cause a response becomes; where a gateway should try something first, it may.
fn becomes(response: &Response, to: &Mapping) -> String {
    let verb = if to.first.is_some() {
        "may become"
    } else {
        "becomes"
    };
    let when = to.when.map_or(String::new(), |when| format!(" if {when}"));
    let name = to.name;
    format!(
        "At a gateway a {} {verb} cause {} ({name}){when}.",
        response.code, to.cause
    )
}

/// Returns what a class says, of one of its codes.
fn said_of_class(response: &Response, rule: &Rule) -> Said {
    let pattern = response.class().pattern();
    let says = rule.says.replace(pattern, &response.code.to_string());
    Said::of(response.code, says, rule.cite)
}

/// Puts the rows of pages about one matter side by side, unless all say the same.
fn in_sentences(
    topic: &'static str,
    compared: &Compared,
    row: impl Fn(&'static Response) -> Row,
) -> Option<Difference> {
    let without_code = |response: &&'static Response| {
        let (says, _) = row(response)?;
        Some(says.replace(&response.code.to_string(), ""))
    };
    differ(compared, without_code)?;
    let said = compared.iter().filter_map(|response| {
        let (says, cite) = row(response)?;
        Some(Said {
            says: capitalized(&says).into(),
            codes: vec![response.code],
            cites: cite.into_iter().collect(),
        })
    });
    let mut clauses: Vec<Said> = Vec::new();
    for said in said {
        match clauses.iter_mut().find(|other| other.says == said.says) {
            Some(other) => other.codes.extend(said.codes),
            None => clauses.push(said),
        }
    }
    Difference::of(topic, clauses)
}

/// Returns nothing where all responses have the same value.
fn differ<T: PartialEq>(
    compared: &Compared,
    value: impl Fn(&&'static Response) -> T,
) -> Option<()> {
    let mut values = compared.iter().map(value);
    let first = values.next()?;
    values.any(|other| other != first).then_some(())
}
