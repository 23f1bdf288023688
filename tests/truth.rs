//! What a comparison says of its codes is true, for every pair: held against what the catalog knows of each.

use sipdex::catalog::{self, Response};
use sipdex::compare::Comparison;

#[path = "catalog/codes.rs"]
mod codes;
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
#[path = "catalog/words.rs"]
mod words;

use codes::{comparison_of, response};

fn of(codes: &[u16]) -> Comparison {
    comparison_of(&codes.iter().copied().map(response).collect::<Vec<_>>())
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
