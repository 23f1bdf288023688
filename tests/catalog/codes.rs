//! Codes, responses and comparisons by number, for the tests that know them to be there.
#![allow(dead_code, reason = "each test needs another part")]

use sipdex::catalog::{self, Response, StatusCode};
use sipdex::compare::{Compared, Comparison, compare};

pub(crate) fn code(code: u16) -> StatusCode {
    StatusCode::new(code).expect("a code")
}

pub(crate) fn response(number: u16) -> &'static Response {
    catalog::response(code(number))
}

pub(crate) fn comparison_of(responses: &[&'static Response]) -> Comparison {
    compare(&Compared::new(responses).expect("two different codes"))
}
