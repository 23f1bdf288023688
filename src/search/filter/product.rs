//! `product:kamailio` and `failover:telnyx`: the codes that a product makes up, writes in its own way, maps to
//! causes, or tries the next route on.

use super::notation::Notation;
use super::pass::{BEST, Pass};
use crate::catalog::{Response, products, responses};

pub(super) const NOTATION: Notation = Notation {
    example: "product:kamailio",
    takes: "a product",
    finds: "codes of which the tables say what the product does",
};

pub(super) const FAILOVER: Notation = Notation {
    example: "failover:kamailio",
    takes: "a product or platform",
    finds: "codes on which the product tries the next route, or stops",
};

/// Products that some page names, by the beginning of a word and in small letters.
#[derive(Clone, Debug)]
pub(in crate::search) struct Product {
    name: String,
    /// Whether only the next route counts.
    only_routes: bool,
}

impl Product {
    pub(super) fn parse(name: &str, only_routes: bool) -> Result<Self, String> {
        let product = Self {
            name: name.to_lowercase(),
            only_routes,
        };
        if responses()
            .iter()
            .any(|response| product.pass(response).is_some())
            || products().iter().any(|other| product.is(&other.name))
        {
            Ok(product)
        } else {
            Err(format!("no page says what \"{}\" does", product.name))
        }
    }

    pub(super) fn is(&self, product: &str) -> bool {
        let product = product.to_lowercase();
        let mut words = product.split([' ', '(']);
        words.any(|word| word.starts_with(&self.name)) || product == self.name
    }

    pub(super) fn pass(&self, response: &Response) -> Option<Pass> {
        let mut routes = response.routes.iter();
        let route = routes.find(|route| self.is(&route.product));
        let route = route.map(|route| {
            let why = format!(
                "{} {} on {}",
                route.product,
                route.does.as_str(),
                route.codes
            );
            Pass::new(why, BEST)
        });
        if self.only_routes {
            return route;
        }
        let made_up = response.made_up.iter().find(|row| self.is(&row.product));
        let made_up = made_up.map(|row| format!("{} when {}", row.product, row.event));
        let sent = response.phrases.iter().find(|row| self.is(&row.product));
        let sent = sent.map(|row| format!("{} sends {}", row.product, row.sent));
        let mapped = response.vendors.iter().find(|row| self.is(&row.product));
        let mapped = mapped.map(|row| format!("{} maps it to a cause", row.product));
        let said = [(made_up, BEST + 2), (sent, BEST + 1), (mapped, 0)];
        let mut said = said
            .into_iter()
            .filter_map(|(why, weight)| Some(Pass::new(why?, weight)));
        said.next().or(route)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{StatusCode, response};

    #[test]
    fn a_product_is_found_by_the_beginning_of_a_word_of_its_name() {
        let asterisk = Product::parse("Aster", false).expect("a product");
        let pass = asterisk.pass(response(StatusCode::of(408)));
        assert!(pass.is_some_and(|pass| pass.why.starts_with("Asterisk")));
        let refused = Product::parse("Zebra", false).expect_err("no product");
        assert_eq!(refused, "no page says what \"zebra\" does");
    }

    #[test]
    fn a_route_is_one_of_the_product_and_nothing_else() {
        let kamailio = Product::parse("kamailio", true).expect("a product");
        for response in responses() {
            let has = response
                .routes
                .iter()
                .any(|route| kamailio.is(&route.product));
            assert_eq!(kamailio.pass(response).is_some(), has, "{}", response.code);
        }
    }
}
