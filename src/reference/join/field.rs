//! What products do on a code, from the rows of the tables, and the products themselves.

use std::collections::BTreeSet;

use super::super::field::{Look, MadeUp, Phrase, Product, Route, SubCode};
use super::super::form::{List, Text};
use super::super::model::Response;
use super::super::source::Source;
use super::super::source::field::About;

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

/// Returns the numbers of products that stand beside a code, or for it.
pub(super) fn subcodes(response: &Response, source: &Source) -> List<SubCode> {
    let rows = source.subcodes.iter();
    let rows = rows.filter(|row| row.code == Some(response.code));
    rows.cloned().collect()
}

/// Returns where products show a code, or what in them causes it; nothing for a bare number.
pub(super) fn look(response: &Response, source: &Source) -> List<Look> {
    let code = response.code.0;
    let is_about = |about: &About| matches!(about, About::Codes(codes) if codes.has(code));
    let rows = source.look.iter();
    let rows = rows.filter(|row| response.phrase.is_some() && row.about.iter().any(is_about));
    rows.map(|row| row.look.clone()).collect()
}

/// Returns the name of a product without its module or version: "Kamailio" for "Kamailio (tm)"; an RFC is none.
fn product(name: &str) -> Option<&str> {
    let name = name.split_once(" (").map_or(name, |(name, _)| name);
    (!name.starts_with("RFC ")).then_some(name)
}

/// Returns the products that some table has, by name.
pub(super) fn products(source: &Source) -> List<Product> {
    let made_up = source.made_up.iter().map(|row| &row.made_up.product);
    let routes = source.routes.iter().map(|row| &row.route.product);
    let phrases = source.phrases.iter().map(|row| &row.phrase.product);
    let subcodes = source.subcodes.iter().map(|row| &row.product);
    let values = source.timer_values.iter().map(|row| &row.product);
    let look = source.look.iter().map(|row| &row.look.product);
    let vendors = source.vendors.iter().map(|row| &row.product);
    let all = made_up.chain(routes).chain(phrases).chain(subcodes);
    let all = all.chain(values).chain(look).chain(vendors);
    let names: BTreeSet<&str> = all.filter_map(|name| product(name)).collect();
    let mut names = Vec::from_iter(names);
    names.sort_by_key(|name| name.to_lowercase());
    let of = |name: &str| {
        let is = |other: &Text| product(other) == Some(name);
        let subcodes = source.subcodes.iter().filter(|row| is(&row.product));
        let values = source.timer_values.iter().filter(|row| is(&row.product));
        let look = source.look.iter().map(|row| &row.look);
        Product {
            name: name.to_owned(),
            subcodes: subcodes.cloned().collect(),
            timers: values.cloned().collect(),
            look: look.filter(|row| is(&row.product)).cloned().collect(),
        }
    };
    names.into_iter().map(of).collect()
}
