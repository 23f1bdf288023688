//! `sipdex show`: the page of each code.

use anyhow::Result;

use super::{Out, Outcome, input, responses};
use crate::cli::Format;
use crate::document::Document;
use crate::output::json;

pub(super) fn run(codes: &[String], format: Format, out: &mut Out<'_>) -> Result<Outcome> {
    let responses = responses(&input::codes(codes)?)?;
    if format == Format::Json {
        let pages: Vec<_> = responses.into_iter().map(json::page).collect();
        out.json(&pages)?;
        return Ok(Outcome::Done);
    }
    for (i, response) in responses.into_iter().enumerate() {
        if i > 0 {
            out.line("")?;
        }
        out.document(&Document::of_response(response), format)?;
    }
    Ok(Outcome::Done)
}
