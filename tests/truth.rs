//! What a comparison says of its codes is true, for every pair: held against what the catalog knows of each.

use sipdex::catalog::{self, Response, StatusCode};
use sipdex::compare::{Compared, Comparison, compare};

#[path = "truth/differences.rs"]
mod differences;
#[path = "truth/facts.rs"]
mod facts;
#[path = "truth/families.rs"]
mod families;
#[path = "truth/in_short.rs"]
mod in_short;
#[path = "truth/page.rs"]
mod page;
#[path = "truth/rows.rs"]
mod rows;
#[path = "pages/words.rs"]
mod words;

fn response(code: u16) -> &'static Response {
    catalog::response(StatusCode::new(code).expect("a code"))
}

fn of(codes: &[u16]) -> Comparison {
    comparison_of(&codes.iter().map(|code| response(*code)).collect::<Vec<_>>())
}

fn comparison_of(responses: &[&'static Response]) -> Comparison {
    compare(&Compared::new(responses).expect("two different codes"))
}

/// Calls a function with every pair of codes that have a page, and with some that have none.
fn pairs(mut each: impl FnMut(&'static Response, &'static Response, &Comparison)) {
    let unnamed = [150, 299, 399, 431, 599, 699].map(response);
    let all: Vec<&'static Response> = catalog::responses().iter().chain(unnamed).collect();
    for (i, a) in all.iter().enumerate() {
        for b in &all[i + 1..] {
            each(a, b, &comparison_of(&[a, b]));
        }
    }
}

fn digit(response: &Response) -> u16 {
    response.code.get() / 100
}

/// Returns what became of a request with this response.
fn outcome(response: &Response) -> &'static str {
    match digit(response) {
        1 => "is provisional",
        2 => "succeeded",
        3 => "was sent elsewhere",
        _ => "failed",
    }
}
