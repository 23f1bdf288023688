//! `cause:17`: the codes that come from or become an ISDN cause.

use super::notation::Notation;
use super::pass::{BEST, Pass};
use crate::catalog::{self, List, PageSection, Response, StatusCode, Text, TopicKind, responses};

pub(super) const NOTATION: Notation = Notation {
    example: "cause:17",
    takes: "a cause of Q.850 from 1 to 127",
    finds: "codes that come from or become the ISDN cause",
};

/// The highest cause that Q.850 has.
const LAST: u16 = 127;

/// A cause of Q.850 or of a product, by what gives it a meaning.
#[derive(Clone, Debug)]
pub(in crate::search) enum Cause {
    /// What a product calls a cause is a status code.
    Code(StatusCode),
    /// RFC 3398 has it.
    Mapped(u16),
    /// Only products have it.
    OfProducts(u16),
}

impl Cause {
    pub(super) fn parse(value: &str) -> Result<Self, String> {
        let number: u16 = value.parse().map_err(|_| NOTATION.usage())?;
        if let Ok(code) = StatusCode::new(number)
            && number > LAST
        {
            return Ok(Self::Code(code));
        }
        let any = |cause: Self| {
            responses()
                .iter()
                .any(|r| cause.pass(r).is_some())
                .then_some(cause)
        };
        let topic = catalog::topic(TopicKind::Cause, &number.to_string());
        any(Self::Mapped(number))
            .or_else(|| any(Self::OfProducts(number)))
            .or_else(|| topic.map(|_| Self::Mapped(number)))
            .ok_or_else(|| format!("no page has the cause {number}"))
    }

    /// Returns the status code, where it is one.
    pub(super) fn code(&self) -> Option<StatusCode> {
        match self {
            Self::Code(code) => Some(*code),
            Self::Mapped(_) | Self::OfProducts(_) => None,
        }
    }

    /// Returns the number, where it is one of Q.850.
    pub(super) fn number(&self) -> Option<u16> {
        match self {
            Self::Code(_) => None,
            Self::Mapped(number) | Self::OfProducts(number) => Some(*number),
        }
    }

    /// Returns whether a word stands in a name of the cause.
    pub(in crate::search) fn is_called(&self, word: &str) -> bool {
        match self {
            Self::Code(_) => false,
            Self::Mapped(number) | Self::OfProducts(number) => {
                causes().any(|(cause, name)| cause == *number && has_word(name, word))
            }
        }
    }

    pub(in crate::search) fn pass(&self, response: &Response) -> Option<Pass> {
        match *self {
            Self::Code(code) => (response.code == code).then(|| Pass::new("the code itself", 0)),
            Self::Mapped(number) => mapped(response, number),
            Self::OfProducts(number) => of_products(response, number),
        }
    }
}

/// Returns every cause with its names, those of Q.850 and those of products.
fn causes() -> impl Iterator<Item = (u16, Text)> {
    let vendors = responses().iter().flat_map(|response| response.vendors);
    let of_products = vendors.flat_map(|vendor| vendor.from.iter().chain(vendor.to));
    let of_products = of_products.map(|cause| (cause.number, cause.name));
    let topics = catalog::topics_of(TopicKind::Cause);
    let topics = topics.filter_map(|topic| Some((topic.number()?, topic.name)));
    topics.chain(of_products)
}

fn has_word(name: Text, word: &str) -> bool {
    let mut words = name.split([' ', '_', ',']);
    words.any(|other| other.eq_ignore_ascii_case(word))
}

/// Returns what RFC 3398 makes of a cause, one way or the other.
fn mapped(response: &Response, cause: u16) -> Option<Pass> {
    let isdn = &response.isdn;
    let comes = isdn.from.iter().find(|mapping| mapping.cause == cause);
    let mut leaves = isdn.to.iter();
    let leaves = leaves.find(|mapping| mapping.listed && mapping.cause == cause);
    let name = comes.or(leaves)?.name;
    let (way, weight) = match (comes, leaves) {
        (Some(from), _) if from.when.is_none() => ("comes from", 3),
        (Some(_), leaves) => ("may come from", 1 + u32::from(leaves.is_some())),
        (None, _) => ("leaves as", 0),
    };
    let why = format!("{way} ISDN cause {cause}, {name}");
    let mut rows = isdn.to.iter().chain(isdn.from);
    let shown = comes.or(leaves)?;
    let item = rows.position(|mapping| std::ptr::eq(mapping, shown));
    Some(Pass::new(why, weight).at(PageSection::Network, item))
}

/// Returns what products make of a cause.
fn of_products(response: &Response, cause: u16) -> Option<Pass> {
    response.vendors.iter().find_map(|vendor| {
        let of = |causes: List<catalog::Cause>| causes.iter().find(|c| c.number == cause);
        let comes = of(vendor.from).map(|cause| (cause, BEST));
        let (found, weight) = comes.or_else(|| Some((of(vendor.to)?, 0)))?;
        let why = format!("{}: cause {cause}, {}", vendor.product, found.name);
        Some(Pass::new(why, weight))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::response;

    fn pass(value: &str, code: u16) -> Option<Pass> {
        let cause = Cause::parse(value).expect("a cause");
        cause.pass(response(StatusCode::of(code)))
    }

    #[test]
    fn what_comes_from_a_cause_weighs_more_than_what_becomes_it() {
        let busy = pass("17", 486).expect("a 486");
        assert_eq!(busy.why, "comes from ISDN cause 17, user busy");
        assert_eq!(busy.weight, 3);
        let place = busy.place.expect("a place");
        assert_eq!(place.section, PageSection::Network);
        let [may, leaves] = [pass("18", 480), pass("17", 600)].map(|pass| pass.expect("a pass"));
        assert!(leaves.why.starts_with("leaves as ISDN cause 17"));
        assert_eq!(leaves.weight, 0);
        assert!(may.weight < busy.weight, "{may:?}");
        assert_eq!(pass("17", 404), None);
    }

    #[test]
    fn a_number_beyond_q_850_is_a_status_code() {
        let cause = Cause::parse("487").expect("a code");
        assert_eq!(cause.code(), Some(StatusCode::of(487)));
        assert!(!cause.is_called("originator_cancel"), "it is no cause then");
        assert_eq!(pass("487", 487), Some(Pass::new("the code itself", 0)));
        assert_eq!(pass("487", 486), None);
        assert!(Cause::parse("102").is_ok_and(|cause| cause.code().is_none()));
    }

    #[test]
    fn a_cause_that_means_nothing_here_is_said() {
        for (value, says) in [
            (
                "x",
                "cause: takes a cause of Q.850 from 1 to 127, such as cause:17",
            ),
            ("999", "no page has the cause 999"),
            ("0", "no page has the cause 0"),
        ] {
            assert_eq!(Cause::parse(value).expect_err(value), says);
        }
    }
}
