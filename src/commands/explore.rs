//! Without a command: where the explorer opens.

use anyhow::Result;

use super::codes::{response, responses_to_compare};
use crate::app::Opening;
use crate::cli::Open;
use crate::text;

/// Returns what the explorer opens with; clap takes no more than one of them.
pub(super) fn opening(open: &Open) -> Result<Opening> {
    Ok(match (&open.query, &open.code, &open.compare[..]) {
        (Some(query), ..) => Opening::Query(text::clean_lines(query)),
        (_, Some(code), _) => Opening::Code(response(code)?.code),
        (.., []) => Opening::Nothing,
        (.., codes) => Opening::Compare(responses_to_compare(codes)?),
    })
}
