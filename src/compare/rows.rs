//! The facts of each response in a few words, side by side.

use std::borrow::Cow;

use crate::catalog::{Kin, Place, Response, Status, class_rule};

use super::compared::Compared;
use super::once::each_once;
use super::requests::methods;
use super::row::Row;

type Fact = fn(&Response) -> Value;
type Value = Cow<'static, str>;

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
    ("Reach", |response| response.travels.as_str().into()),
    ("Sender", |response| response.sender().unwrap_or("-").into()),
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

fn answered(response: &Response) -> Value {
    match methods(response) {
        methods if methods.is_empty() => "any".into(),
        methods => methods.join(", ").into(),
    }
}

/// Returns the header fields of a response, each once with the most binding of its rules.
fn header_fields(response: &Response) -> Value {
    let own = || {
        let headers = response.headers.iter();
        headers.filter(|header| header.place == Place::Response)
    };
    let strongest = |name| {
        let rules = own().filter(move |header| header.name == name);
        rules.min_by_key(|header| (header.strength, header.when.is_some()))
    };
    let names = each_once(own().map(|header| header.name));
    let fields = names.into_iter().filter_map(strongest).map(|header| {
        let condition = header.when.map_or("", |_| " (conditional)");
        format!("{} {}{condition}", header.name, header.strength.as_str())
    });
    let fields: Vec<String> = fields.collect();
    if fields.is_empty() {
        "none of its own".into()
    } else {
        fields.join(", ").into()
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
    class_rule(response.class()).others.as_str().into()
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
    if causes.is_empty() {
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

fn distinct(values: impl Iterator<Item = &'static str>) -> Value {
    match &each_once(values)[..] {
        [] => "-".into(),
        values => values.join(", or ").into(),
    }
}
