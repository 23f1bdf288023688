//! What `show` prints for a response: its page, fact by fact, as the model has them.

use serde::Serialize;

use super::parts::{class, phrase, status};
use crate::catalog::{
    self, Citation, Dialog, Fix, Forking, HeaderField, Isdn, Response, Retry, Sender, Step, Vendor,
};

type Text = &'static str;
type List<T> = &'static [T];

#[derive(Serialize)]
struct Page {
    code: u16,
    phrase: Option<Text>,
    class: Text,
    status: Text,
    defined: Option<Citation>,
    sources: List<Text>,
    summary: Text,
    meaning: List<Text>,
    seen: List<Text>,
    fix: List<Fix>,
    use_when: Option<Text>,
    sent_by: List<Sender>,
    headers: List<HeaderField>,
    retry: List<Retry>,
    forking: List<Forking>,
    dialog: List<Dialog>,
    isdn: &'static Isdn,
    vendors: List<Vendor>,
    related: Vec<Related>,
    symptoms: Vec<Text>,
    example: Option<Text>,
    flow: List<Step>,
    references: List<Citation>,
}

#[derive(Serialize)]
struct Related {
    code: u16,
    phrase: Option<Text>,
    says: Text,
}

/// Returns the form of a page.
pub fn page(response: &'static Response) -> impl Serialize {
    Page {
        code: response.code.get(),
        phrase: phrase(response),
        class: class(response),
        status: status(response),
        defined: response.defined(),
        sources: response.sources(),
        summary: response.summary,
        meaning: response.meaning,
        seen: response.seen,
        fix: response.fix,
        use_when: response.use_when,
        sent_by: response.sent_by,
        headers: response.headers,
        retry: response.retry,
        forking: response.forking,
        dialog: response.dialog,
        isdn: &response.isdn,
        vendors: response.vendors,
        related: response.related.iter().map(related).collect(),
        symptoms: response.symptoms.lines().collect(),
        example: response.example,
        flow: response.flow,
        references: response.references,
    }
}

fn related(related: &catalog::Related) -> Related {
    Related {
        code: related.code.get(),
        phrase: phrase(catalog::response(related.code)),
        says: related.says,
    }
}
