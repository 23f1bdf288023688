//! The facts of each response in a few words, side by side.

use std::borrow::Cow;

use crate::catalog::{
    Branches, Class, HeaderField, Kin, Response, RouteStep, Status, Strength, Text, Travels,
    class_rule,
};

use super::compared::Compared;
use super::once::each_once;
use super::row::Row;
use super::words::condition;

type Fact = fn(&Response) -> Value;
type Value = Cow<'static, str>;

/// The value of a row that is about INVITE alone.
const NO_INVITE: &str = "not applicable: answers no INVITE";

/// How long the rules for header fields may be with their conditions.
const MOST_OF_FIELDS: usize = 240;

/// What each row is called, and where its value comes from.
const ROWS: [(&str, Fact); 13] = [
    ("Class", class),
    ("Finality", |response| {
        if response.class().is_final() {
            "final"
        } else {
            "provisional"
        }
        .into()
    }),
    ("Way back", way),
    ("Sender", sender),
    ("Methods", answered),
    ("Header fields", header_fields),
    ("Next step", next_step),
    ("Next route", next_route),
    ("Other branches", branches),
    ("Dialog", dialog),
    ("ISDN cause", isdn),
    ("HTTP cousin", http),
    ("Status", status),
];

pub(super) fn rows(compared: &Compared) -> Vec<Row> {
    ROWS.iter()
        .map(|(name, value)| {
            let values: Vec<Value> = compared.iter().map(|response| value(response)).collect();
            let differs = values.windows(2).any(|pair| pair[0] != pair[1]);
            Row {
                name,
                values,
                differs,
            }
        })
        .collect()
}

fn class(response: &Response) -> Value {
    let class = response.class();
    format!(
        "{} {}",
        class.pattern(),
        class_rule(class).title.to_lowercase()
    )
    .into()
}

/// Returns who sends a response, those of the first rows by name.
fn sender(response: &Response) -> Value {
    let who = each_once(response.sent_by.iter().map(|sender| sender.who.as_str()));
    match &who[..] {
        [] => "-".into(),
        [first, second, third, _, ..] => format!("{first}, {second}, {third} and others").into(),
        few => few.join(", ").into(),
    }
}

/// Returns how a response gets back to the client.
fn way(response: &Response) -> Value {
    match (response.travels, response.class()) {
        (Travels::ByClass, Class::Provisional | Class::Success) => "forwarded at once".into(),
        (Travels::ByClass, _) if !can_fork(response) => "hop by hop".into(),
        (Travels::ByClass, Class::GlobalFailure) => {
            "hop by hop, chosen before all but a 2xx".into()
        }
        (Travels::ByClass, _) => "hop by hop, a proxy may choose another".into(),
        (travels, _) => travels.as_str().into(),
    }
}

/// Returns whether a forking proxy can have a choice of the response.
fn can_fork(response: &Response) -> bool {
    response
        .branches()
        .is_some_and(|branches| branches != Branches::NoFork)
}

fn answered(response: &Response) -> Value {
    match response.methods() {
        methods if methods.is_empty() => "any".into(),
        methods => methods.join(", ").into(),
    }
}

/// Returns the header fields that a response has rules of its own for. Where they and their conditions are many,
/// the page has the conditions.
fn header_fields(response: &Response) -> Value {
    let names = each_once(response.own_fields().map(|header| header.name));
    let fields = |full| -> Vec<String> {
        let names = names.iter();
        names.map(|name| field(response, *name, full)).collect()
    };
    let full = fields(true).join("; ");
    if full.is_empty() {
        "none of its own".into()
    } else if full.len() <= MOST_OF_FIELDS {
        full.into()
    } else {
        fields(false).join("; ").into()
    }
}

/// Returns a header field with the rule of every case, and those on a condition that are more binding or forbid
/// it: "Retry-After MAY, SHOULD if it answers a PUBLISH".
fn field(response: &Response, name: Text, full: bool) -> String {
    let rules = || response.own_fields().filter(|header| header.name == name);
    let always = rules().filter(|header| header.when.is_none());
    let always = always.map(|header| header.strength).min();
    let more = rules().filter(|header| {
        let forbids = matches!(header.strength, Strength::MustNot | Strength::ShouldNot);
        let counts = forbids || always.is_none_or(|always| header.strength < always);
        header.when.is_some() && counts
    });
    let more: Vec<&HeaderField> = more.collect();
    let strengths = each_once(more.iter().map(|header| header.strength));
    let more = strengths.into_iter().map(|strength| {
        let rules = more.iter().filter(|header| header.strength == strength);
        let conditions = rules.filter_map(|header| Some(condition(&header.when?, response)));
        let conditions = if full {
            conditions.collect::<Vec<_>>().join(", or ")
        } else {
            "on a condition".into()
        };
        format!("{} {conditions}", strength.as_str())
    });
    let always = always.map(|strength| strength.as_str().to_owned());
    let rules: Vec<String> = always.into_iter().chain(more).collect();
    format!("{name} {}", rules.join(", "))
}

fn next_step(response: &Response) -> Value {
    response
        .retry
        .first()
        .map_or("-", |retry| retry.verdict.as_str())
        .into()
}

/// Returns the rule of an RFC for the next server, and how many products go on, stop, or do as they are set.
fn next_route(response: &Response) -> Value {
    let rules = || response.routes.iter().filter(|route| route.cite.is_some());
    let next = rules().find(|route| route.does == RouteStep::Next);
    let rule = next.or_else(|| rules().next());
    let rule = rule.map(|route| format!("{}: {}", route.product, route.does.as_str()));
    let steps = [RouteStep::Next, RouteStep::Stop, RouteStep::Configurable];
    let counts = steps.iter().filter_map(|step| {
        let routes = response.routes.iter().filter(|route| route.cite.is_none());
        let products = each_once(
            routes
                .filter(|route| route.does == *step)
                .map(|route| route.product),
        );
        let verb = match (step, products.len()) {
            (_, 0) => return None,
            (RouteStep::Next, 1) => "goes on",
            (RouteStep::Next, _) => "go on",
            (RouteStep::Stop, 1) => "stops",
            (RouteStep::Stop, _) => "stop",
            (RouteStep::Configurable, _) => "as set",
        };
        Some(format!("{} {verb}", products.len()))
    });
    let counts: Vec<String> = counts.collect();
    let products = (!counts.is_empty()).then(|| format!("of products {}", counts.join(", ")));
    let parts: Vec<String> = rule.into_iter().chain(products).collect();
    if parts.is_empty() {
        "-".into()
    } else {
        parts.join("; ").into()
    }
}

fn branches(response: &Response) -> Value {
    let branches = response.branches();
    branches.map_or(NO_INVITE, Branches::as_str).into()
}

fn dialog(response: &Response) -> Value {
    distinct(response.dialog.iter().map(|dialog| dialog.effect.as_str()))
}

fn isdn(response: &Response) -> Value {
    let causes: Vec<String> = response
        .isdn
        .to
        .iter()
        .map(|to| format!("{} {}", to.cause, to.name))
        .collect();
    if !response.answers_invite() {
        NO_INVITE.into()
    } else if causes.is_empty() {
        "none".into()
    } else {
        causes.join(" or ").into()
    }
}

fn http(response: &Response) -> Value {
    match &response.http {
        None => "none".into(),
        Some(http) => {
            let kin = if http.kin == Kin::Same {
                ""
            } else {
                ", another meaning"
            };
            format!("{} {}{kin}", response.code, http.phrase).into()
        }
    }
}

fn status(response: &Response) -> Value {
    let status = response.status();
    status.map_or("not in IANA's list", Status::as_str).into()
}

/// Returns the first two of several effects; where there are more, the request decides, and the page says how.
fn distinct(values: impl Iterator<Item = &'static str>) -> Value {
    match &each_once(values)[..] {
        [] => "-".into(),
        [first, second, _, ..] => {
            format!("{first}, or {second}, or another, by the request").into()
        }
        values => values.join(", or ").into(),
    }
}
