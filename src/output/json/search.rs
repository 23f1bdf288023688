//! What `search` prints: each hit with its reason.

use serde::Serialize;

use crate::catalog::{Entry, PageSection, StatusCode, Text};
use crate::search::{Hit, Layer};

#[derive(Serialize)]
struct HitForm<'a> {
    /// None for what is no response.
    code: Option<u16>,
    phrase: Option<Text>,
    layer: Layer,
    why: &'a str,
    kind: &'static str,
    /// What it is called within its kind: "34" of a cause, "B" of a timer.
    name: Option<Text>,
    /// The words of the query that found it, and those that have no part in it.
    used: &'a [String],
    ignored: &'a [String],
    /// Where on its page the words stand, if a text of the page has them.
    place: Option<PlaceForm>,
}

#[derive(Serialize)]
struct PlaceForm {
    section: PageSection,
    item: usize,
}

/// Returns the form of what a search found.
pub fn hits(hits: &[Hit]) -> impl Serialize {
    hits.iter().map(found).collect::<Vec<_>>()
}

fn found(hit: &Hit) -> HitForm<'_> {
    let (phrase, name) = match hit.entry {
        Entry::Response(response) => (response.phrase, None),
        Entry::Topic(topic) => (Some(topic.name), Some(topic.id)),
        Entry::Product(product) => (None, Some(product.name)),
    };
    HitForm {
        code: hit.entry.code().map(StatusCode::get),
        phrase,
        layer: hit.layer(),
        why: hit.why(),
        kind: hit.entry.kind(),
        name,
        used: hit.used(),
        ignored: hit.ignored(),
        place: hit.place().map(|place| PlaceForm {
            section: place.section,
            item: place.item,
        }),
    }
}
