//! Pages for numbers that nobody named: the rule of the class, and the nearest codes that are registered.

use super::super::form::{Joined, NonEmpty, Sentence, StatusCode};
use super::super::model::{Related, Response};
use super::super::source::Source;

/// Returns the page of each number from 100 to 699 that has no file.
pub(super) fn numbers(source: &Source) -> Vec<Response> {
    let named = |code: &u16| {
        let mut pages = source.pages.iter().chain(&source.unregistered);
        pages.any(|(_, page)| page.code.0 == *code)
    };
    let codes = (100..700).filter(|code| !named(code));
    codes.map(|code| number(code, source)).collect()
}

fn number(code: u16, source: &Source) -> Response {
    let mut rules = source.classes.class.iter();
    let rule = rules.find(|rule| rule.digit == code / 100);
    let rule = rule.expect("there are six classes").clone();
    Response {
        code: StatusCode(code),
        summary: "Not registered; its class says what to do".into(),
        meaning: NonEmpty(vec![rule.unknown]),
        retry: NonEmpty(vec![rule.retry]),
        forking: NonEmpty(vec![rule.forking]),
        dialog: NonEmpty(vec![rule.dialog]),
        related: NonEmpty(nearest(code, source)),
        references: NonEmpty(vec![rule.cite]),
        ..Response::default()
    }
}

/// Returns the registered codes of the class on both sides of a number.
fn nearest(code: u16, source: &Source) -> Vec<Related> {
    let pages = source.pages.iter().map(|(_, page)| page);
    let of_class = pages.filter(|page| page.code.0 / 100 == code / 100);
    let (below, above): (Vec<_>, Vec<_>) = of_class.partition(|page| page.code.0 < code);
    let below = below.into_iter().max_by_key(|page| page.code);
    let above = above.into_iter().min_by_key(|page| page.code);
    let related = below.into_iter().chain(above).map(|page| Related {
        code: page.code,
        phrase: Joined::default(),
        says: Sentence(page.summary.clone()),
    });
    related.collect()
}
