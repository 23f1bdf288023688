//! What `compare` prints.

use std::borrow::Cow;

use serde::Serialize;

use crate::catalog::{Citation, StatusCode, Text};
use crate::compare;

#[derive(Serialize)]
struct ComparisonForm<'a> {
    codes: Vec<u16>,
    family: Option<Text>,
    in_short: &'a str,
    key_differences: Vec<DifferenceForm>,
    rows: Vec<RowForm<'a>>,
    when_to_use: Vec<UseForm<'a>>,
    learn_more: &'a [Citation],
}

#[derive(Serialize)]
struct DifferenceForm {
    says: String,
    codes: Vec<u16>,
    /// The first of its citations.
    cite: Option<Citation>,
}

#[derive(Serialize)]
struct RowForm<'a> {
    name: &'static str,
    values: &'a [Cow<'static, str>],
    differs: bool,
}

#[derive(Serialize)]
struct UseForm<'a> {
    code: u16,
    send: &'a str,
    received: &'a str,
}

/// Returns the form of a comparison.
pub fn comparison(comparison: &compare::Comparison) -> impl Serialize {
    ComparisonForm {
        codes: numbers(comparison.responses.iter().map(|response| response.code)),
        family: comparison.family.map(|family| family.id),
        in_short: &comparison.in_short,
        key_differences: comparison.differences.iter().map(difference).collect(),
        rows: comparison.rows.iter().map(row).collect(),
        when_to_use: comparison.when_to_use.iter().map(advice).collect(),
        learn_more: &comparison.learn_more,
    }
}

fn numbers(codes: impl Iterator<Item = StatusCode>) -> Vec<u16> {
    codes.map(StatusCode::get).collect()
}

fn difference(difference: &compare::Difference) -> DifferenceForm {
    DifferenceForm {
        says: difference.to_string(),
        codes: numbers(difference.codes.iter().copied()),
        cite: difference.cites.first().copied(),
    }
}

fn row(row: &compare::Row) -> RowForm<'_> {
    RowForm {
        name: row.name,
        values: &row.values,
        differs: row.differs,
    }
}

fn advice(advice: &compare::Use) -> UseForm<'_> {
    UseForm {
        code: advice.code.get(),
        send: &advice.send,
        received: &advice.received,
    }
}
