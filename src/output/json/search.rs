//! What `search` prints: each hit with its reason.

use serde::Serialize;

use crate::catalog::{Entry, Text};
use crate::search::{Hit, Layer};

#[derive(Serialize)]
struct HitForm<'a> {
    code: u16,
    phrase: Option<Text>,
    layer: Layer,
    why: &'a str,
}

/// Returns the form of what a search found.
pub fn hits(hits: &[Hit]) -> impl Serialize {
    hits.iter().map(found).collect::<Vec<_>>()
}

fn found(hit: &Hit) -> HitForm<'_> {
    let Entry::Response(response) = hit.entry;
    HitForm {
        code: response.code.get(),
        phrase: response.phrase,
        layer: hit.layer(),
        why: hit.why(),
    }
}
