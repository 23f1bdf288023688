//! What `compare` prints.

use std::borrow::Cow;

use serde::Serialize;

use crate::catalog::{Citation, Mistake, StatusCode, Text};
use crate::compare;

#[derive(Serialize)]
struct ComparisonForm<'a> {
    codes: Vec<u16>,
    /// The family that tells them apart, or the pair.
    family: Option<Text>,
    pair: Option<Text>,
    question: Option<&'static str>,
    in_short: &'a str,
    key_differences: Vec<DifferenceForm<'a>>,
    rows: Vec<RowForm<'a>>,
    when_to_use: Vec<UseForm<'a>>,
    tests: Vec<TestForm>,
    mistakes: &'a [&'static Mistake],
    learn_more: &'a [Citation],
}

#[derive(Serialize)]
struct DifferenceForm<'a> {
    topic: &'static str,
    says: String,
    codes: Vec<u16>,
    cites: Vec<Citation>,
    clauses: Vec<ClauseForm<'a>>,
}

#[derive(Serialize)]
struct ClauseForm<'a> {
    says: &'a str,
    codes: Vec<u16>,
    cites: &'a [Citation],
}

#[derive(Serialize)]
struct TestForm {
    code: u16,
    says: &'static str,
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
        pair: comparison.pair.map(|pair| pair.id),
        question: comparison.question(),
        in_short: &comparison.in_short,
        key_differences: comparison.differences.iter().map(difference).collect(),
        rows: comparison.rows.iter().map(row).collect(),
        when_to_use: comparison.when_to_use.iter().map(advice).collect(),
        tests: comparison.when_to_use.iter().filter_map(test).collect(),
        mistakes: &comparison.mistakes,
        learn_more: &comparison.learn_more,
    }
}

fn numbers(codes: impl Iterator<Item = StatusCode>) -> Vec<u16> {
    codes.map(StatusCode::get).collect()
}

fn difference(difference: &compare::Difference) -> DifferenceForm<'_> {
    DifferenceForm {
        topic: difference.topic,
        says: difference.says(),
        codes: numbers(difference.codes().into_iter()),
        cites: difference.cites(),
        clauses: difference.clauses.iter().map(clause).collect(),
    }
}

fn clause(said: &compare::Said) -> ClauseForm<'_> {
    ClauseForm {
        says: &said.says,
        codes: numbers(said.codes.iter().copied()),
        cites: &said.cites,
    }
}

fn test(advice: &compare::Use) -> Option<TestForm> {
    Some(TestForm {
        code: advice.code.get(),
        says: advice.test?,
    })
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
