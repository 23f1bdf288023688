//! The differences that the facts show, the most consequential first.

use super::compared::Compared;
use super::contrast::{differ, grouped, in_a_word, in_sentences};
use super::difference::Difference;
use super::once::each_once;
use super::words::{capitalized, joined};
use crate::catalog::{
    Citation, DialogEffect, HeaderField, Place, Response, Strength, Travels, Verdict, class_rule,
};

pub(super) fn differences(compared: &Compared) -> impl Iterator<Item = Difference> {
    let facts = [
        finality(compared),
        reach(compared),
        sender(compared),
        mandatory(compared),
        next_step(compared),
        branches(compared),
        dialog(compared),
        telephone(compared),
    ];
    facts.into_iter().flatten()
}

fn finality(compared: &Compared) -> Option<Difference> {
    differ(compared, |response| response.class().is_final())?;
    let parts = grouped(
        compared,
        |response| response.class().is_final(),
        |last, several| match (last, several) {
            (false, false) => "is provisional and leaves the request open".into(),
            (false, true) => "are provisional and leave the request open".into(),
            (true, false) => "is final and ends the request".into(),
            (true, true) => "are final and end the request".into(),
        },
    );
    let classes = compared.iter().map(|response| response.class());
    let cites = each_once(classes.map(|class| class_rule(class).defined));
    let says = format!("{}.", capitalized(&parts));
    Some(Difference::of_all(compared, "Finality", says, cites))
}

fn reach(compared: &Compared) -> Option<Difference> {
    differ(compared, |response| response.travels)?;
    let (far, near): (Vec<&Response>, Vec<&Response>) = compared
        .iter()
        .partition(|response| response.travels == Travels::EndToEnd);
    let rules = || near.iter().filter_map(|response| response.forking.first());
    let mut says: Vec<String> = rules().map(|forking| forking.says.into()).collect();
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
    Some(Difference::of_all(compared, "Reach", says.join(" "), cites))
}

fn sender(compared: &Compared) -> Option<Difference> {
    differ(compared, |response| response.sender())?;
    in_sentences("Sender", compared, |response| {
        let sender = response.sent_by.first()?;
        Some((sender.says.as_str(), sender.cite))
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

fn mandatory(compared: &Compared) -> Option<Difference> {
    let names = |response: &'static Response| {
        let mut names: Vec<&str> = musts(response).map(|header| header.name.as_str()).collect();
        names.dedup();
        names
    };
    differ(compared, |response| names(response))?;
    // Nobody knows what a number without a name must carry.
    if compared.iter().any(|response| !response.is_written()) {
        return None;
    }
    let parts = grouped(compared, names, |names, several| {
        match (&names[..], several) {
            ([], false) => "has none that it must carry".into(),
            ([], true) => "have none that they must carry".into(),
            (names, _) => format!("MUST carry {}", joined(names, "and")),
        }
    });
    let musts = compared.iter().flat_map(|response| musts(response));
    let cites: Vec<Citation> = musts.map(|header| header.cite).collect();
    let says = format!("{}.", capitalized(&parts));
    Some(Difference::of_all(compared, "Header fields", says, cites))
}

fn next_step(compared: &Compared) -> Option<Difference> {
    let verdict = |response: &Response| response.retry.first().map(|retry| retry.verdict);
    differ(compared, |response| verdict(response))?;
    in_a_word(
        "Next step",
        compared,
        |response| {
            let retry = response.retry.first()?;
            Some((retry.says.as_str(), Some(retry.cite)))
        },
        |response| verdict(response).map(Verdict::as_str),
    )
}

fn branches(compared: &Compared) -> Option<Difference> {
    let others = |response: &Response| class_rule(response.class()).others;
    differ(compared, |response| others(response))?;
    // *Reach* has said it already.
    if differ(compared, |response| response.travels).is_some() {
        return None;
    }
    in_a_word(
        "Other branches",
        compared,
        |response| {
            let forking = response.forking.first()?;
            Some((forking.says.as_str(), Some(forking.cite)))
        },
        |response| Some(others(response).as_str()),
    )
}

fn dialog(compared: &Compared) -> Option<Difference> {
    let effect = |response: &Response| response.dialog.first().map(|dialog| dialog.effect);
    differ(compared, |response| effect(response))?;
    in_a_word(
        "Dialog",
        compared,
        |response| {
            let dialog = response.dialog.first()?;
            Some((dialog.says.as_str(), Some(dialog.cite)))
        },
        |response| effect(response).map(DialogEffect::as_str),
    )
}

fn telephone(compared: &Compared) -> Option<Difference> {
    let first = |response: &Response| response.isdn.to.first();
    differ(compared, |response| first(response).map(|to| to.cause))?;
    let mapped = compared.iter().copied();
    let mapped: Vec<_> = mapped
        .filter(|response| first(response).is_some())
        .collect();
    if mapped.len() < 2 {
        return None;
    }
    let parts = grouped(
        &mapped,
        |response| first(response).map(|to| (to.cause, to.name.as_str())),
        |cause, several| {
            let (number, name) = cause.unwrap_or_default();
            let verb = if several { "become" } else { "becomes" };
            format!("{verb} cause {number} ({name})")
        },
    );
    let cites = mapped
        .iter()
        .filter_map(|response| Some(first(response)?.cite));
    let says = format!("{}.", capitalized(&parts));
    let cites = cites.take(1).collect();
    Some(Difference::of_all(
        compared,
        "Telephone network",
        says,
        cites,
    ))
}
