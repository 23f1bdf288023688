//! `sipdex compare`: two to four codes told apart.

use anyhow::Result;

use super::{Out, Outcome, input, responses_to_compare};
use crate::cli::Format;
use crate::compare::compare;
use crate::document::Document;
use crate::output::json;

pub(super) fn run(codes: &[String], format: Format, out: &mut Out<'_>) -> Result<Outcome> {
    let comparison = compare(&responses_to_compare(&input::codes(codes)?)?);
    if format == Format::Json {
        out.json(&json::comparison(&comparison))?;
    } else {
        out.document(&Document::of_comparison(&comparison, false), format)?;
    }
    Ok(Outcome::Done)
}
