//! What `list` prints: the head of each page.

use serde::Serialize;

use super::parts::{class, status};
use crate::catalog::{Citation, Response, Text};

#[derive(Serialize)]
struct EntryForm {
    code: u16,
    phrase: Option<Text>,
    class: &'static str,
    status: &'static str,
    summary: Text,
    defined: Option<Citation>,
}

/// Returns the form of a list of responses.
pub fn list(responses: &[&Response]) -> impl Serialize {
    let entry = |response: &&Response| EntryForm {
        code: response.code.get(),
        phrase: response.phrase,
        class: class(response),
        status: status(response),
        summary: response.summary,
        defined: response.defined(),
    };
    responses.iter().map(entry).collect::<Vec<_>>()
}
