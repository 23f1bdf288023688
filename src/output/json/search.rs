//! What `search` prints: each hit with its reason.

use serde::Serialize;

use crate::catalog::{Entry, Text};
use crate::search::{Hit, Layer};

#[derive(Serialize)]
struct Found<'a> {
    code: u16,
    phrase: Option<Text>,
    layer: Layer,
    why: &'a str,
}

/// Returns the form of what a search found.
pub fn hits(hits: &[Hit]) -> impl Serialize {
    hits.iter().map(found).collect::<Vec<_>>()
}

fn found(hit: &Hit) -> Found<'_> {
    let Entry::Response(response) = hit.entry;
    Found {
        code: response.code.get(),
        phrase: response.phrase,
        layer: hit.layer(),
        why: hit.why(),
    }
}
