//! The differences that the facts show, the most consequential first. Each clause is what a page says, from the
//! same field and with the same section.

use super::compared::Compared;
use super::difference::{Difference, Said};
use super::once::each_once;
use super::requests::{answers, can_meet_at_a_fork};
use super::words::{capitalized, condition, joined};
use crate::catalog::{
    Branches, Citation, Class, HeaderField, Mapping, Response, Rule, Sender, Strength, Text,
    Travels, Verdict, class_rule,
};

/// A 2xx has more conditions than anybody reads in a comparison.
const MOST_CONDITIONS: usize = 3;

/// What a page says of a matter.
type Row = Option<(Text, Option<Citation>)>;

pub(super) fn differences(compared: &Compared) -> impl Iterator<Item = Difference> {
    let branches = branches(compared);
    let way = way(compared, branches.as_ref());
    let facts = [
        finality(compared),
        next_step(compared),
        sender(compared),
        mandatory(compared),
        choice(compared),
        branches,
        way,
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
        verdict.is_some_and(|verdict| matches!(verdict, Verdict::Done | Verdict::Wait))
    };
    if compared.iter().all(is_plain) {
        differ(compared, |response| verdict(response))?;
    }
    in_sentences("Next step", compared, |response| {
        let retry = response.retry.first()?;
        Some((retry.says, Some(retry.cite)))
    })
}

/// Of several rules for a code the first counts whose requests the other codes can answer too.
fn sender(compared: &Compared) -> Option<Difference> {
    in_sentences("Sent when", compared, |response| {
        let others = || compared.iter().filter(|other| **other != response);
        let is_shared = |sender: &&Sender| {
            sender.methods.is_empty()
                || sender
                    .methods
                    .iter()
                    .any(|method| others().all(|other| answers(other, method)))
        };
        let shared = response.sent_by.iter().find(is_shared);
        let sender = shared.or(response.sent_by.first())?;
        Some((sender.says, sender.cite))
    })
}

/// Returns the header fields that a response must carry, in every case or else on a condition.
fn musts(response: &'static Response) -> impl Iterator<Item = &'static HeaderField> {
    let musts = || {
        let fields = response.own_fields();
        fields.filter(|header| header.strength == Strength::Must)
    };
    let always = move |name: Text| {
        let mut musts = musts();
        musts.any(|header| header.name == name && header.when.is_none())
    };
    musts().filter(move |header| header.when.is_none() || !always(header.name))
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

/// Says which header fields a response must carry, in a sentence for each of the first conditions.
fn carried(response: &'static Response) -> Vec<Said> {
    let code = response.code;
    let conditions = each_once(musts(response).map(|header| header.when)).into_iter();
    let (mut conditions, under): (Vec<_>, Vec<_>) = conditions.partition(Option::is_none);
    conditions.extend(under);
    let more = conditions.split_off(conditions.len().min(MOST_CONDITIONS));
    let said = conditions.into_iter().map(|when| {
        let names = musts(response).filter(|header| header.when == when);
        let names = each_once(names.map(|header| header.name));
        // The first rule for a field is that of its presence; others are about what stands in it.
        let rules = names.iter().filter_map(|name| {
            let mut rules = musts(response);
            rules.find(|header| header.when == when && header.name == *name)
        });
        let condition = when.map_or(String::new(), |when| {
            format!(" {}", condition(&when, response))
        });
        Said {
            says: format!("A {code} MUST carry {}{condition}.", joined(&names, "and")).into(),
            codes: vec![code],
            cites: each_once(rules.map(|header| header.cite)),
        }
    });
    said.chain(on_other_conditions(response, &more)).collect()
}

/// Says which header fields a response must carry on conditions that its page has.
fn on_other_conditions(response: &'static Response, conditions: &[Option<Text>]) -> Option<Said> {
    let code = response.code;
    let rules = || musts(response).filter(|header| conditions.contains(&header.when));
    let names = each_once(rules().map(|header| header.name));
    (!names.is_empty()).then(|| Said {
        says: format!(
            "On conditions that its page names a {code} MUST also carry {}.",
            joined(&names, "and")
        )
        .into(),
        codes: vec![code],
        cites: each_once(rules().map(|header| header.cite)),
    })
}

/// Says which of the compared responses a forking proxy takes where its branches brought them all.
fn choice(compared: &Compared) -> Option<Difference> {
    let meet = |a: &Response| compared.iter().all(|b| can_meet_at_a_fork(a, b));
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

/// Says what the final responses do to the other branches; a provisional one leaves them as they are.
fn branches(compared: &Compared) -> Option<Difference> {
    differ(compared, |response| response.branches().map(ends))?;
    if compared.iter().any(|response| !response.answers_invite()) {
        return None;
    }
    let of_class = |response: &Response| {
        let forking = &class_rule(response.class()).forking;
        (forking.says, Some(forking.cite))
    };
    in_sentences("Other branches", compared, |response| {
        let mut forking = response.forking.iter();
        let own = forking.find(|forking| forking.verdict.is_some());
        let own = own.map(|forking| (forking.says, Some(forking.cite)));
        let last = response.class().is_final();
        last.then(|| own.unwrap_or_else(|| of_class(response)))
    })
}

/// Returns whether a response ends the other branches, or which it adds.
fn ends(branches: Branches) -> Branches {
    match branches {
        Branches::NoFork => Branches::GoOn,
        other => other,
    }
}

/// Says how the responses get back to the client, where *Other branches* has not said it already.
fn way(compared: &Compared, branches: Option<&Difference>) -> Option<Difference> {
    let group = |response: &Response| response.class().min(Class::Redirection);
    differ(compared, |response| (response.travels, group(response)))?;
    let said = compared.iter().filter_map(|response| {
        if response.travels == Travels::ByClass {
            return Some(said_of_class(response, &class_rule(response.class()).way));
        }
        let forking = response.forking.first()?;
        Some(Said::of(response.code, forking.says, forking.cite))
    });
    let told = branches.into_iter().flat_map(|told| &told.clauses);
    let new = said.filter(|said| told.clone().all(|told| told.says != said.says));
    Difference::of("Way back", new)
}

/// What RFC 5057 says of failures comes before the rest, so that the same moments stand side by side.
fn dialog(compared: &Compared) -> Option<Difference> {
    let row = |response: &'static Response| {
        let mut rows = response.dialog.iter();
        let of_5057 = rows.find(|dialog| dialog.cite.rfc() == 5057);
        let fails = response.class() >= Class::Redirection;
        of_5057.filter(|_| fails).or(response.dialog.first())
    };
    differ(compared, |response| {
        row(response).map(|dialog| dialog.effect)
    })?;
    in_sentences("Dialog", compared, |response| {
        let dialog = row(response)?;
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

/// Says which cause a gateway is to make of a response, as binding as RFC 3398 has it (sections 8.2.5 and 8.2.6.1).
fn becomes(response: &Response, to: &Mapping) -> String {
    let code = response.code;
    let cause = format!("cause {} ({})", to.cause, to.name);
    let when = to.when.map_or(String::new(), |when| format!(" if {when}"));
    if response.class() == Class::Redirection {
        format!("A gateway MAY make {cause} of a {code} that it does not follow itself.")
    } else if !to.listed {
        format!("RFC 3398 does not list a {code}, and says that such a code should have {cause}.")
    } else if to.first.is_some() {
        format!("RFC 3398 recommends {cause} for a {code} that a gateway cannot deal with itself.")
    } else {
        format!("RFC 3398 recommends {cause} for a {code}{when}.")
    }
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
        let says = if response.is_written() {
            says.to_string()
        } else {
            says.replace(response.class().pattern(), &response.code.to_string())
        };
        Some(Said {
            says: capitalized(&says).into(),
            codes: vec![response.code],
            cites: cite.into_iter().collect(),
        })
    });
    Difference::of(topic, said)
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
