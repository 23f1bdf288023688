//! `sipdex show`: the page of each code.

use anyhow::Result;

use super::answer::{Answer, Data, Shown};
use super::codes::responses;
use super::input;
use super::messages::Messages;
use crate::catalog::Response;
use crate::document::Document;
use crate::output::json;

struct Pages(Vec<&'static Response>);

impl Data for Pages {
    fn shown(&self) -> Shown {
        let documents = self.0.iter().copied().map(Document::of_response);
        Shown::Pages(documents.collect())
    }

    fn json(&self) -> serde_json::Result<String> {
        let pages: Vec<_> = self.0.iter().copied().map(json::page).collect();
        json::pretty(&pages)
    }
}

pub(super) fn run(codes: &[String], messages: &mut Messages<'_>) -> Result<Answer> {
    let responses = responses(&input::codes(codes, messages)?)?;
    Ok(Answer::of(Pages(responses)))
}
