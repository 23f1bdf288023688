//! What products do on a code, from the rows of two tables.

use super::super::form::List;
use super::super::model::{MadeUp, Phrase, Response, Route};
use super::super::source::Source;

/// Returns who makes a code up; nobody a bare number.
pub(super) fn made_up(response: &Response, source: &Source) -> List<MadeUp> {
    let rows = source
        .made_up
        .iter()
        .filter(|row| row.codes.has(response.code.0));
    let rows = rows.filter(|_| response.phrase.is_some());
    rows.map(|row| row.made_up.clone()).collect()
}

/// Returns who tries the next route on a code and who stops.
pub(super) fn routes(response: &Response, source: &Source) -> List<Route> {
    let code = response.code.0;
    let rows = source.routes.iter();
    let rows = rows
        .filter(|row| response.phrase.is_some() && row.codes.iter().any(|codes| codes.has(code)));
    rows.map(|row| row.route.clone()).collect()
}

/// Returns what products write into the phrase of a code.
pub(super) fn phrases(response: &Response, source: &Source) -> List<Phrase> {
    let rows = source.phrases.iter();
    let rows = rows.filter(|row| row.code == response.code.0);
    rows.map(|row| row.phrase.clone()).collect()
}
