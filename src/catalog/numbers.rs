//! The pages of numbers that nobody named: each is that of its class, but for the code and its neighbours.

use std::sync::OnceLock;

use super::model::{Isdn, Response};
use super::tables::{NEIGHBOURS, NUMBERS};
use super::{List, StatusCode};

/// The pages of a class, once somebody has asked for one of them.
static PAGES: [OnceLock<Box<[Response]>>; NUMBERS.len()] = [const { OnceLock::new() }; _];

/// How many codes a class has.
const CODES: u16 = 100;

/// Returns the page of a number that has no name.
pub(super) fn page(code: StatusCode) -> &'static Response {
    let class = usize::from((code.get() - StatusCode::FIRST) / CODES);
    let pages = PAGES[class].get_or_init(|| {
        let first = code.get() / CODES * CODES;
        (first..first + CODES)
            .map(|code| of_class(&NUMBERS[class], StatusCode::of(code)))
            .collect()
    });
    &pages[usize::from(code.get() % CODES)]
}

fn of_class(page: &Response, code: StatusCode) -> Response {
    let related: &List<_> = &NEIGHBOURS[usize::from(code.get() - StatusCode::FIRST)];
    Response {
        code,
        related: *related,
        isdn: Isdn { ..page.isdn },
        http: None,
        ..*page
    }
}
