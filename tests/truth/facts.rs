//! What the catalog knows of a code, as a comparison has to say it.

use sipdex::catalog::{
    Branches, DialogEffect, HeaderField, Kin, Place, Response, RouteStep, Status, Strength,
    Travels, Verdict,
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

/// What a response of any code can carry, and how binding that is.
const COMMON: [(&str, Strength); 7] = [
    ("Reason", Strength::May),
    ("Error-Info", Strength::May),
    ("Warning", Strength::May),
    ("Alert-Info", Strength::May),
    ("To", Strength::Must),
    ("History-Info", Strength::Must),
    ("Content-Type", Strength::Must),
];

/// Returns the rules of a response for header fields that not every response can carry.
pub(crate) fn own(response: &'static Response) -> impl Iterator<Item = &'static HeaderField> {
    response.headers.iter().filter(|header| {
        let is_common = COMMON.contains(&(&header.name, header.strength));
        header.place == Place::Response && !is_common
    })
}

/// Returns a condition that calls the response "it" where it is about the response.
pub(crate) fn about_itself(when: &str, response: &Response) -> String {
    let own = format!("the {} ", response.code);
    let rest = when.strip_prefix(&own);
    rest.map_or_else(|| when.to_owned(), |rest| format!("it {rest}"))
}

/// Returns whether a response can answer an INVITE.
pub(crate) fn answers_invite(response: &Response) -> bool {
    let methods = methods(response);
    methods.is_empty() || methods.contains(&"INVITE")
}

pub(crate) fn effect(effect: DialogEffect) -> &'static str {
    match effect {
        DialogEffect::None => "no effect",
        DialogEffect::EarlyDialog => "opens an early dialog",
        DialogEffect::ConfirmsDialog => "confirms the dialog",
        DialogEffect::TransactionOnly => "ends the transaction only",
        DialogEffect::EndsUsage => "ends the usage",
        DialogEffect::EndsDialog => "ends the dialog",
        DialogEffect::LeftOpen => "left open inside a dialog",
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
    let in_words = |name: &str, full: bool| {
        let rules: Vec<_> = own(response).filter(|header| header.name == name).collect();
        let place = |header: &HeaderField| order.iter().position(|s| *s == header.strength);
        let always = rules.iter().filter(|rule| rule.when.is_none());
        let always = always.map(|rule| place(rule)).min();
        let mut parts: Vec<String> = Vec::new();
        parts.extend(
            always
                .flatten()
                .map(|place| strength(order[place]).to_owned()),
        );
        for (at, word) in order.into_iter().enumerate() {
            let forbids = matches!(word, Strength::MustNot | Strength::ShouldNot);
            if !forbids && always.flatten().is_some_and(|always| at >= always) {
                continue;
            }
            let rules = rules.iter().filter(|rule| rule.strength == word);
            let conditions: Vec<String> = rules
                .filter_map(|rule| Some(format!("if {}", about_itself(&rule.when?, response))))
                .collect();
            if conditions.is_empty() {
                continue;
            }
            let when = if full {
                conditions.join(", or ")
            } else {
                "on a condition".into()
            };
            parts.push(format!("{} {when}", strength(word)));
        }
        // Those on a condition stand in the order of the page.
        let order = rules.iter().filter(|rule| rule.when.is_some());
        let mut seen: Vec<Strength> = Vec::new();
        for strength in order.map(|rule| rule.strength) {
            if !seen.contains(&strength) {
                seen.push(strength);
            }
        }
        let rank = |word: &String| {
            seen.iter()
                .position(|s| word.starts_with(&format!("{} ", strength(*s))))
        };
        let conditional = usize::from(always.is_some());
        parts[conditional..].sort_by_key(rank);
        format!("{name} {}", parts.join(", "))
    };
    let in_full: Vec<String> = fields.iter().map(|name| in_words(name, true)).collect();
    let fields: Vec<String> = if in_full.join("; ").len() > 240 {
        fields.iter().map(|name| in_words(name, false)).collect()
    } else {
        in_full
    };
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
    let forks = answers_invite(response)
        && response.forking.iter().find_map(|forking| forking.verdict) != Some(Branches::NoFork);
    let way = match (response.travels, digit(response)) {
        (Travels::ByClass, 1 | 2) => "forwarded at once",
        (Travels::ByClass, _) if !forks => "hop by hop",
        (Travels::ByClass, 6) => "hop by hop, chosen before all but a 2xx",
        (Travels::ByClass, _) => "hop by hop, a proxy may choose another",
        (Travels::HopByHop, _) => "to the next hop only",
        (Travels::RarelyForwarded, _) => "rarely forwarded",
        (Travels::BetweenProxies, _) => "between proxies",
    };
    let no_invite = "not applicable: answers no INVITE";
    let status = match response.status() {
        Some(Status::Current) => "current",
        Some(Status::Deprecated) => "deprecated",
        Some(Status::Reserved) => "reserved",
        None => "not in IANA's list",
    };
    let own = response.forking.iter().find_map(|forking| forking.verdict);
    let branches = match digit(response) {
        _ if !answers_invite(response) => no_invite,
        _ if own == Some(Branches::NoFork) => "none, it never forks",
        _ if own == Some(Branches::GoOn) => "go on",
        _ if own == Some(Branches::MayAdd) => "go on; more may be added",
        2 => "cancelled",
        3 => "go on; more may be added",
        6 => "cancelled, none added",
        _ => "go on",
    };
    let isdn = if answers_invite(response) {
        or(causes.collect(), "none", " or ")
    } else {
        no_invite.to_owned()
    };
    let effects = match &effects[..] {
        [first, second, _, ..] => format!("{first}, or {second}, or another, by the request"),
        few => or(few.to_vec(), "-", ", or "),
    };
    let first = usize::from(digit(response)) - 1;
    let finality = if first == 0 { "provisional" } else { "final" };
    let mut senders: Vec<String> = Vec::new();
    for sender in response.sent_by {
        if !senders.contains(&sender.who.to_string()) {
            senders.push(sender.who.into());
        }
    }
    let others = senders.len() > 3;
    senders.truncate(3);
    let senders = or(senders, "-", ", ") + if others { " and others" } else { "" };
    let next = response
        .retry
        .first()
        .map_or("-", |retry| verdict(retry.verdict));
    let any: Vec<String> = methods(response).into_iter().map(str::to_owned).collect();
    vec![
        ("Class", format!("{}xx {}", digit(response), class[first])),
        ("Finality", finality.into()),
        ("Way back", way.into()),
        ("Sender", senders),
        ("Methods", or(any, "any", ", ")),
        ("Header fields", or(fields, "none of its own", "; ")),
        ("Next step", next.into()),
        ("Next route", next_route(response)),
        ("Other branches", branches.into()),
        ("Dialog", effects),
        ("ISDN cause", isdn),
        ("HTTP cousin", http.unwrap_or_else(|| "none".into())),
        ("Status", status.into()),
    ]
}

/// Returns the rule of an RFC for the next server, that which goes on first, and what products do, in numbers.
fn next_route(response: &Response) -> String {
    let rules = || {
        let routes = response.routes.iter();
        routes.filter(|route| route.product.starts_with("RFC "))
    };
    let words = |step: RouteStep| match step {
        RouteStep::Next => "tries the next",
        RouteStep::Stop => "stops",
        RouteStep::Configurable => "as it is set",
    };
    let next = rules().find(|route| route.does == RouteStep::Next);
    let next = next.or(rules().next());
    let mut parts: Vec<String> = Vec::new();
    parts.extend(next.map(|rule| format!("{}: {}", rule.product, words(rule.does))));
    let mut counts = Vec::new();
    for (step, one, many) in [
        (RouteStep::Next, "goes on", "go on"),
        (RouteStep::Stop, "stops", "stop"),
        (RouteStep::Configurable, "as set", "as set"),
    ] {
        let mut products: Vec<&str> = Vec::new();
        for route in response.routes.iter().filter(|route| route.does == step) {
            let product = route.product.as_str();
            if !product.starts_with("RFC ") && !products.contains(&product) {
                products.push(product);
            }
        }
        match products.len() {
            0 => {}
            1 => counts.push(format!("1 {one}")),
            count => counts.push(format!("{count} {many}")),
        }
    }
    if !counts.is_empty() {
        parts.push(format!("of products {}", counts.join(", ")));
    }
    if parts.is_empty() {
        "-".into()
    } else {
        parts.join("; ")
    }
}
