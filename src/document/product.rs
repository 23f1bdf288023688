//! The page of a product: all that the tables say of it.

use super::block::Block;
use super::field::{event, phrase, shown, subcode};
use super::place::{Place, Row, by_place};
use super::span::{Link, Span};
use super::topic::value;
use super::whole::{Document, under_headings};
use crate::catalog::{Product, Response, responses};
use crate::compare::capitalized;

impl Document {
    /// Returns the page of a product.
    pub fn of_product(product: &'static Product) -> Self {
        let sections = [
            ("Made by its own side", made_up(product)),
            ("Next route", routes(product)),
            ("As it is sent", sent(product)),
            ("Numbers", numbers(product)),
            ("Timers", timers(product)),
            ("ISDN causes", causes(product)),
            ("Where to look", look(product)),
        ];
        let mut blocks = under_headings(sections.into_iter());
        for block in &mut blocks {
            unlink(block, product);
        }
        Self {
            title: format!("{} (product)", product.name),
            strip: vec!["product".into()],
            summary: format!(
                "What the tables say of {}, with version and source",
                product.name
            )
            .into(),
            blocks,
            ..Self::default()
        }
    }
}

/// Takes away the links to the page that they stand on.
fn unlink(block: &mut Block, product: &'static Product) {
    let own = Some(Link::Entry(product.into()));
    if let Block::Item { text, .. } = block {
        for span in text.iter_mut().filter(|span| span.link == own) {
            span.link = None;
        }
    }
}

/// Puts the rows of each code below its title, which leads to its page.
fn by_code<T>(
    rows: impl Fn(&'static Response) -> Vec<T>,
    blocks: impl Fn(Vec<T>) -> Vec<Block>,
) -> Vec<Block> {
    let mut all = Vec::new();
    for response in responses() {
        let rows = rows(response);
        if !rows.is_empty() {
            all.push(Block::Paragraph(vec![Span::entry(response)]));
            all.extend(blocks(rows));
        }
    }
    all
}

fn made_up(product: &'static Product) -> Vec<Block> {
    by_code(
        |response| {
            response
                .made_up
                .iter()
                .filter(|row| product.has(row.product))
                .collect()
        },
        |rows| by_place(rows.into_iter().map(event)),
    )
}

fn routes(product: &'static Product) -> Vec<Block> {
    let mut said = Vec::new();
    for route in responses().iter().flat_map(|response| response.routes) {
        if !product.has(route.product) {
            continue;
        }
        let setting = route
            .setting
            .map_or(String::new(), |setting| format!("; {setting}"));
        let does = capitalized(route.does.as_str());
        let says = format!("{does} on {}{setting}.", route.codes);
        let place = Place::from(route);
        if !said
            .iter()
            .any(|row: &Row| row.place == place && row.says == says)
        {
            let lead = "".into();
            said.push(Row { place, lead, says });
        }
    }
    by_place(said.into_iter())
}

fn sent(product: &'static Product) -> Vec<Block> {
    by_code(
        |response| {
            response
                .phrases
                .iter()
                .filter(|row| product.has(row.product))
                .collect()
        },
        |rows| by_place(rows.into_iter().map(phrase)),
    )
}

fn numbers(product: &'static Product) -> Vec<Block> {
    by_place(product.subcodes.iter().map(|row| {
        let code = row.code.map_or(String::new(), |code| format!(" [{code}]"));
        let row = subcode(row);
        Row {
            says: format!("{}{code}", row.says),
            ..row
        }
    }))
}

fn timers(product: &'static Product) -> Vec<Block> {
    by_place(product.timers.iter().map(value))
}

fn causes(product: &'static Product) -> Vec<Block> {
    let rows = responses().iter().flat_map(|response| {
        let vendors = response.vendors.iter();
        let of_it = vendors.filter(|vendor| product.has(vendor.product));
        of_it.flat_map(move |vendor| {
            let causes = vendor.to.iter().map(|cause| ("becomes", cause));
            let causes = causes.chain(vendor.from.iter().map(|cause| ("comes from", cause)));
            causes.map(move |(way, cause)| {
                let says = format!(" {way} cause {} {}", cause.number, cause.name);
                Block::bullet(vec![Span::entry(response), Span::plain(says)])
            })
        })
    });
    rows.collect()
}

fn look(product: &'static Product) -> Vec<Block> {
    by_place(product.look.iter().map(|row| {
        let about = match row.about.as_str() {
            "any" => String::new(),
            about => format!(" [{about}]"),
        };
        let row = shown(row);
        Row {
            says: format!("{}{about}", row.says),
            ..row
        }
    }))
}
