//! What `show` prints for a response: its page, fact by fact, as the model has them.

use serde::Serialize;

use super::parts::class;
use crate::catalog::{Response, Text};

#[derive(Serialize)]
struct PageForm {
    code: u16,
    phrase: Option<Text>,
    class: &'static str,
    #[serde(flatten)]
    facts: &'static Response,
}

/// Returns the form of a page.
pub fn page(response: &'static Response) -> impl Serialize {
    PageForm {
        code: response.code.get(),
        phrase: response.phrase,
        class: class(response),
        facts: response,
    }
}
