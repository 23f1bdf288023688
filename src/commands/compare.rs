//! `sipdex compare`: two to four codes told apart.

use anyhow::{Result, bail};

use super::{Out, Outcome, Usage, responses};
use crate::cli::{Format, Output};
use crate::compare::{MOST, compare};
use crate::document::Document;
use crate::output::json;

pub(super) fn run(codes: &[String], output: Output, out: &mut Out<'_>) -> Result<Outcome> {
    let mut responses = responses(codes)?;
    let mut seen = Vec::new();
    responses.retain(|response| {
        !seen.contains(&response.code) && {
            seen.push(response.code);
            true
        }
    });
    if !(2..=MOST).contains(&responses.len()) {
        bail!(Usage(format!(
            "{} different codes given; a comparison takes two to four",
            responses.len()
        )));
    }
    let comparison = compare(&responses);
    if output.format == Format::Json {
        out.json(&json::comparison(&comparison))?;
    } else {
        out.document(&Document::of_comparison(&comparison, false), output)?;
    }
    Ok(Outcome::Done)
}
