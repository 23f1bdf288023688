//! A phone that is to answer by itself, as for paging, and is not told so.

use super::attempts::Attempt;
use super::found::{Found, values};
use super::groups::{self, led};
use super::order::{SECOND, lasting};
use crate::explain::call::named;
use crate::explain::words::text;
use crate::message::Message;

/// Whoever answers by itself does it sooner.
const LONG: u64 = 5 * SECOND;
/// What asks a phone to answer by itself, by the word in it.
const FIELDS: [(&str, &str); 5] = [
    ("Answer-Mode", "auto"),
    ("Priv-Answer-Mode", "auto"),
    ("P-Auto-Answer", "normal"),
    ("Call-Info", "answer-after"),
    ("Alert-Info", "auto"),
];

/// Returns the header field of a request that asks for it.
fn asks(request: &Message<'_>) -> Option<&'static str> {
    let has = |(name, word): &&(&'static str, &str)| {
        let mut fields = request.all(name);
        fields.any(|field| text(field.value).to_ascii_lowercase().contains(*word))
    };
    FIELDS.iter().find(has).map(|(name, _)| *name)
}

pub(super) fn found(all: &[Attempt<'_>]) -> Option<Found> {
    all.iter().find_map(|leg| {
        let rang = leg.rang.filter(|_| leg.is_invite())?;
        let (_, until) = leg.cancel.or(leg.answer)?;
        let span = until.checked_sub(rang).filter(|span| *span >= LONG)?;
        let near = groups::near(leg, all).filter(|near| near.own.is_some() || leg.own.is_some())?;
        let field = asks(near.request).filter(|_| asks(leg.request).is_none())?;
        let group = groups::down(near, all)?;
        let values = values![
            ("by", leg.by()),
            ("leg", led(&group, leg)),
            ("to", leg.at()),
            ("name", named(near.request)),
            ("field", field.to_owned()),
            ("span", lasting(span)),
        ];
        let proof = groups::proof(&[near, leg]);
        Found::new("auto-answer-lost", &values, &proof).map(Found::that_decides)
    })
}
