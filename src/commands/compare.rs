//! `sipdex compare`: two to four codes told apart.

use anyhow::Result;

use super::{Out, Outcome, responses_to_compare};
use crate::cli::{Format, Output};
use crate::compare::compare;
use crate::document::Document;
use crate::output::json;

pub(super) fn run(codes: &[String], output: Output, out: &mut Out<'_>) -> Result<Outcome> {
    let responses = responses_to_compare(codes)?;
    let comparison = compare(&responses);
    if output.format == Format::Json {
        out.json(&json::comparison(&comparison))?;
    } else {
        out.document(&Document::of_comparison(&comparison, false), output)?;
    }
    Ok(Outcome::Done)
}
