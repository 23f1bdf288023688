//! `sipdex compare`: two to four codes told apart.

use anyhow::Result;

use super::answer::{Answer, Data, Shown};
use super::codes::responses_to_compare;
use super::input;
use super::messages::Messages;
use crate::compare::{Comparison, compare};
use crate::document::Document;
use crate::output::json;

impl Data for Comparison {
    fn shown(&self) -> Shown {
        Shown::Pages(vec![Document::of_comparison(self, false)])
    }

    fn json(&self) -> serde_json::Result<String> {
        json::pretty(&json::comparison(self))
    }
}

pub(super) fn run(codes: &[String], messages: &mut Messages<'_>) -> Result<Answer> {
    let compared = responses_to_compare(&input::codes(codes, messages)?)?;
    Ok(Answer::of(compare(&compared)))
}
