//! The facts of each response in a few words, side by side.

use std::borrow::Cow;

use crate::catalog::{Branches, Class, Kin, Response, Status, Travels, class_rule};

use super::compared::Compared;
use super::once::each_once;
use super::row::Row;

type Fact = fn(&Response) -> Value;
type Value = Cow<'static, str>;

/// The value of a row that is about INVITE alone.
const NO_INVITE: &str = "not applicable: answers no INVITE";

/// What each row is called, and where its value comes from.
const ROWS: [(&str, Fact); 12] = [
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
        (Travels::ByClass, _) => "hop by hop, a proxy may choose another".into(),
        (travels, _) => travels.as_str().into(),
    }
}

fn answered(response: &Response) -> Value {
    match response.methods() {
        methods if methods.is_empty() => "any".into(),
        methods => methods.join(", ").into(),
    }
}

/// Returns the header fields that a response has rules of its own for, each with the most binding of them.
fn header_fields(response: &Response) -> Value {
    let strongest = |name| {
        let rules = response
            .own_fields()
            .filter(move |header| header.name == name);
        rules.min_by_key(|header| (header.strength, header.when.is_some()))
    };
    let names = each_once(response.own_fields().map(|header| header.name));
    let fields = names.into_iter().filter_map(strongest).map(|header| {
        let condition = header
            .when
            .map_or(String::new(), |when| format!(" if {when}"));
        format!("{} {}{condition}", header.name, header.strength.as_str())
    });
    let fields: Vec<String> = fields.collect();
    if fields.is_empty() {
        "none of its own".into()
    } else {
        fields.join("; ").into()
    }
}

fn next_step(response: &Response) -> Value {
    response
        .retry
        .first()
        .map_or("-", |retry| retry.verdict.as_str())
        .into()
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
    status.map_or("not registered", Status::as_str).into()
}

/// Returns the first two of several effects; where there are more, the request decides, and the page says how.
fn distinct(values: impl Iterator<Item = &'static str>) -> Value {
    match &each_once(values)[..] {
        [] => "-".into(),
        [first, second, _, ..] => format!("{first}, or {second}, or else by the request").into(),
        values => values.join(", or ").into(),
    }
}
