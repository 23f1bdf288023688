//! What products make of a code, from the rows of one table.

use super::super::form::List;
use super::super::model::{Cause, Response, Vendor};
use super::super::source::{Source, VendorCodes, VendorRow};
use super::isdn::answers_invite;

/// Returns what each product maps a response to and from, in the order of the table; none maps what answers no INVITE.
pub(super) fn vendors(response: &Response, source: &Source) -> List<Vendor> {
    if !answers_invite(response) {
        return Vec::new();
    }
    let code = response.code.0;
    let rows = &source.vendors;
    let mut products: Vec<&VendorRow> = Vec::new();
    for row in rows {
        if !products.iter().any(|first| first.product == row.product) {
            products.push(row);
        }
    }
    let vendor = |first: &VendorRow| {
        let find = |to_isdn: bool, codes: VendorCodes| -> Vec<&VendorRow> {
            rows.iter()
                .filter(|row| row.product == first.product && row.to_isdn == to_isdn)
                .filter(|row| row.codes == codes)
                .collect()
        };
        let mut to = find(true, VendorCodes::One(code));
        let by_default = to.is_empty();
        if by_default {
            to = find(true, VendorCodes::OthersOf(code / 100));
        }
        let from = find(false, VendorCodes::One(code));
        (!to.is_empty() || !from.is_empty()).then(|| Vendor {
            product: first.product.clone(),
            version: first.version.clone(),
            to: causes(&to),
            to_by_default: by_default && !to.is_empty(),
            from: causes(&from),
            from_others: from.iter().any(|row| row.cause.is_none()),
        })
    };
    products.into_iter().filter_map(vendor).collect()
}

/// Returns the causes of rows that name one.
fn causes(rows: &[&VendorRow]) -> List<Cause> {
    let cause = |row: &&VendorRow| {
        Some(Cause {
            number: row.cause?,
            name: row.name.clone(),
        })
    };
    rows.iter().filter_map(cause).collect()
}
