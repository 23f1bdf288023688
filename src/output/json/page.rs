//! What `show` prints for a response: its page, fact by fact, as the model has them.

use serde::Serialize;

use super::field::Field;
use super::parts::class;
use crate::catalog::{Http, Response, Text, Travels, Warning};

#[derive(Serialize)]
pub(super) struct PageForm {
    code: u16,
    phrase: Option<Text>,
    class: &'static str,
    #[serde(flatten)]
    facts: &'static Response,
    travels: Travels,
    http: Option<&'static Http>,
    warnings: Vec<&'static Warning>,
    #[serde(flatten)]
    field: Field,
}

/// Returns the form of a page.
pub fn page(response: &'static Response) -> impl Serialize {
    PageForm::from(response)
}

impl From<&'static Response> for PageForm {
    fn from(response: &'static Response) -> Self {
        Self {
            code: response.code.get(),
            phrase: response.phrase,
            class: class(response),
            facts: response,
            travels: response.travels,
            http: response.http.as_ref(),
            warnings: response.warnings().collect(),
            field: response.into(),
        }
    }
}
