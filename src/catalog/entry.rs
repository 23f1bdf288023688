//! What the reference has a page of.

use std::ptr;

use super::form::Part;
use super::{Citation, Product, Response, StatusCode, Text, Topic, tables};

/// What has a page: what a query finds, a row of the list stands for and a link leads to.
#[derive(Clone, Copy, Debug)]
pub enum Entry {
    Response(&'static Response),
    /// A cause, a warn-code or a timer.
    Topic(&'static Topic),
    Product(&'static Product),
}

impl Entry {
    /// Returns the response, where it is one.
    pub fn response(self) -> Option<&'static Response> {
        match self {
            Self::Response(response) => Some(response),
            Self::Topic(_) | Self::Product(_) => None,
        }
    }

    /// Returns the status code, where it has one.
    pub fn code(self) -> Option<StatusCode> {
        self.response().map(|response| response.code)
    }

    /// Returns what kind of thing it is, in a word.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Response(_) => "response",
            Self::Topic(topic) => topic.kind.as_str(),
            Self::Product(_) => "product",
        }
    }

    /// Returns what one calls it in a sentence: "486", "cause 34", "timer B".
    pub fn short(self) -> String {
        match self {
            Self::Response(response) => response.code.to_string(),
            Self::Topic(topic) => topic.short(),
            Self::Product(product) => product.name.into(),
        }
    }

    /// Returns what it is called, without its code.
    pub fn name(self) -> &'static str {
        match self {
            Self::Response(response) => response.phrase(),
            Self::Topic(topic) => topic.name.as_str(),
            Self::Product(_) => "product",
        }
    }

    /// Returns what stands at the head of its page, and in a list.
    pub fn title(self) -> String {
        match self {
            Self::Response(response) => response.title(),
            Self::Topic(topic) => format!("{} {}", topic.short(), topic.name),
            Self::Product(product) => format!("{} (product)", product.name),
        }
    }

    /// Returns the section that defines it.
    pub fn defined(self) -> Option<Citation> {
        match self {
            Self::Response(response) => response.defined(),
            Self::Topic(topic) => topic.references.first().copied(),
            Self::Product(_) => None,
        }
    }
}

impl Product {
    /// Returns the product that a row of a table is about: "Kamailio (tm)" is about Kamailio.
    pub fn of(row: Text) -> Option<&'static Self> {
        let name = without_remark(&row);
        let place =
            tables::PRODUCTS.binary_search_by(|product| small(&product.name).cmp(small(name)));
        Some(&tables::PRODUCTS[place.ok()?]).filter(|product| product.has(row))
    }

    /// Returns whether a row of a table is about it.
    pub fn has(&self, row: Text) -> bool {
        self.name == *without_remark(&row)
    }
}

/// Returns a name as products are put in order.
fn small(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().map(|letter| letter.to_ascii_lowercase())
}

fn without_remark(product: &str) -> &str {
    product.split_once(" (").map_or(product, |(name, _)| name)
}

impl Topic {
    /// Returns its kind with its number or name: "cause 34", "timer B".
    pub fn short(&self) -> String {
        format!("{} {}", self.kind.as_str(), self.id)
    }

    /// Returns every citation of its page.
    pub fn cites(&self) -> Vec<Citation> {
        let mut cites = Vec::new();
        self.each_cite(&mut |cite| cites.push(cite));
        cites
    }

    /// Returns the number of a cause or warn-code.
    pub fn number(&self) -> Option<u16> {
        self.id.parse().ok()
    }
}

/// Each thing is in the tables once.
impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        match (*self, *other) {
            (Self::Response(one), Self::Response(other)) => one.code == other.code,
            (Self::Topic(one), Self::Topic(other)) => ptr::eq(one, other),
            (Self::Product(one), Self::Product(other)) => ptr::eq(one, other),
            _ => false,
        }
    }
}

impl Eq for Entry {}

impl From<&'static Response> for Entry {
    fn from(response: &'static Response) -> Self {
        Self::Response(response)
    }
}

impl From<&'static Topic> for Entry {
    fn from(topic: &'static Topic) -> Self {
        Self::Topic(topic)
    }
}

impl From<&'static Product> for Entry {
    fn from(product: &'static Product) -> Self {
        Self::Product(product)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_product_is_found_by_its_name() {
        for product in &tables::PRODUCTS {
            let found = Product::of(product.name).expect("a product");
            assert!(ptr::eq(found, product), "{}", product.name);
        }
    }
}
