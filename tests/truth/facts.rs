//! What the catalog knows of a code, as a comparison has to say it.

use sipdex::catalog::{
    DialogEffect, HeaderField, Kin, Place, Response, Status, Strength, Travels, Verdict,
};

use super::digit;
use super::words::strength;

/// Returns the methods that a response answers; none means any.
pub(crate) fn methods(response: &Response) -> Vec<&'static str> {
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

/// Returns the rules of a response for its own header fields.
pub(crate) fn own(response: &'static Response) -> impl Iterator<Item = &'static HeaderField> {
    response
        .headers
        .iter()
        .filter(|header| header.place == Place::Response)
}

pub(crate) fn effect(effect: DialogEffect) -> &'static str {
    match effect {
        DialogEffect::None => "no effect",
        DialogEffect::EarlyDialog => "opens an early dialog",
        DialogEffect::ConfirmsDialog => "confirms the dialog",
        DialogEffect::TransactionOnly => "ends the transaction only",
        DialogEffect::EndsUsage => "ends the usage",
        DialogEffect::EndsDialog => "ends the dialog",
    }
}

pub(crate) fn verdict(verdict: Verdict) -> &'static str {
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
pub(crate) fn facts(response: &'static Response) -> Vec<(&'static str, String)> {
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

/// Returns the header fields that a response must carry whatever the case; To is in every response.
pub(crate) fn musts(response: &'static Response) -> Vec<&'static str> {
    let musts = own(response).filter(|header| header.strength == Strength::Must);
    let mut names: Vec<&str> = Vec::new();
    for header in musts.filter(|header| header.when.is_none() && header.name != "To") {
        if names.last() != Some(&header.name.as_str()) {
            names.push(header.name.as_str());
        }
    }
    names
}

pub(crate) fn joined(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
