//! What `product` prints: all that the tables say of it.

use serde::Serialize;

use super::field::{AsSent, Local, NextRoute};
use crate::catalog::{
    Cause, List, Look, Product, Response, StatusCode, Text, TimerValue, responses,
};

#[derive(Serialize)]
pub(super) struct ProductForm {
    kind: &'static str,
    name: Text,
    local: Vec<OfCode<Local>>,
    next_route: Vec<OfCode<NextRoute>>,
    as_sent: Vec<OfCode<AsSent>>,
    causes: Vec<OfCode<Causes>>,
    timers: List<TimerValue>,
    look: List<Look>,
}

/// A row of a table, with the code on whose page it stands; a number of a product can have none.
#[derive(Serialize)]
struct OfCode<T> {
    code: Option<u16>,
    #[serde(flatten)]
    row: T,
}

/// The ISDN causes that a product maps a code to and from.
#[derive(Serialize)]
struct Causes {
    version: Text,
    to: List<Cause>,
    from: List<Cause>,
}

impl From<&'static Product> for ProductForm {
    fn from(product: &'static Product) -> Self {
        let phrases = of_codes(|response| {
            let rows = response.phrases.iter();
            rows.filter(|row| product.has(row.product))
                .map(AsSent::from)
                .collect()
        });
        let numbers = product.subcodes.iter().map(|row| OfCode {
            code: row.code.map(StatusCode::get),
            row: AsSent::from(row),
        });
        Self {
            kind: "product",
            name: product.name,
            local: of_codes(|response| {
                let rows = response.made_up.iter();
                rows.filter(|row| product.has(row.product))
                    .map(Local::from)
                    .collect()
            }),
            next_route: of_codes(|response| {
                let rows = response.routes.iter();
                rows.filter(|row| product.has(row.product))
                    .map(NextRoute::from)
                    .collect()
            }),
            as_sent: phrases.into_iter().chain(numbers).collect(),
            causes: of_codes(|response| {
                let rows = response.vendors.iter();
                let rows = rows.filter(|row| product.has(row.product));
                rows.map(|row| Causes {
                    version: row.version,
                    to: row.to,
                    from: row.from,
                })
                .collect()
            }),
            timers: product.timers,
            look: product.look,
        }
    }
}

/// Returns what the page of each code has, in the order of the codes.
fn of_codes<T>(rows: impl Fn(&'static Response) -> Vec<T>) -> Vec<OfCode<T>> {
    let rows = responses().iter().flat_map(|response| {
        let code = Some(response.code.get());
        rows(response)
            .into_iter()
            .map(move |row| OfCode { code, row })
    });
    rows.collect()
}
