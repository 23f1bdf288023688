//! The codes that a cause, a warn-code or a timer leads to.

use super::filter::Filter;
use super::sets::Sets;
use crate::catalog::{Direction, Matter, Response, Topic, TopicKind, response, responses};

/// A code that a cause, a warn-code or a timer leads to.
pub(super) struct Led {
    pub(super) response: &'static Response,
    /// How surely, in per cent.
    pub(super) per_cent: i32,
    /// How.
    pub(super) way: String,
}

/// Returns the codes that a topic leads to, of which something was found: the constant of a product leads to what
/// products send.
pub(super) fn led(topic: &'static Topic, found: Matter) -> Vec<Led> {
    if let (TopicKind::Cause, Some(number)) = (topic.kind, topic.number()) {
        let mut led = by_cause(number);
        if found == Matter::Alias {
            led.extend(by_products(number));
        }
        return led;
    }
    let links = topic.codes.iter().filter(|link| {
        let direction = link.direction;
        matches!(
            direction,
            Direction::Makes | Direction::CarriedBy | Direction::Becomes
        )
    });
    let led = links.map(|link| Led {
        response: response(link.code),
        per_cent: 90,
        way: format!("{}: {}", topic.short(), topic.name),
    });
    led.collect()
}

/// Returns the codes that products send for a cause.
fn by_products(number: u16) -> impl Iterator<Item = Led> {
    responses().iter().filter_map(move |response| {
        let mut vendors = response.vendors.iter();
        let (vendor, cause) = vendors.find_map(|vendor| {
            let mut causes = vendor.from.iter();
            Some((vendor, causes.find(|cause| cause.number == number)?))
        })?;
        let way = format!(
            "{} sends it for cause {number}, {}",
            vendor.product, cause.name
        );
        Some(Led {
            response,
            per_cent: 95,
            way,
        })
    })
}

fn by_cause(number: u16) -> Vec<Led> {
    let cause = Filter::cause(&number.to_string());
    let led = responses().iter().filter_map(|response| {
        let pass = cause.pass(response, &Sets::default())?;
        let per_cent = match pass.weight {
            0 => 35,
            1 => 75,
            2 => 80,
            _ => 92,
        };
        let way = pass.why.into();
        Some(Led {
            response,
            per_cent,
            way,
        })
    });
    led.collect()
}
