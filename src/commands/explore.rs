//! Without a command: where the explorer opens.

use anyhow::Result;

use super::codes::{response, responses_to_compare};
use crate::app::Opening;
use crate::cli::Open;
use crate::text;

pub(super) fn opening(open: &Open) -> Result<Opening> {
    let compared = match &open.compare[..] {
        [] => None,
        codes => Some(responses_to_compare(codes)?),
    };
    let code = open.code.as_deref().map(response).transpose()?;
    Ok(Opening {
        query: open.query.as_deref().map(text::clean),
        code: code.map(|response| response.code),
        compare: compared,
        ..Opening::default()
    })
}
