//! `rfc:3262`: the codes that an RFC defines, or else those whose pages cite it.

use super::notation::Notation;
use super::pass::{BEST, Pass};
use crate::catalog::{Citation, Response, responses};

pub(super) const NOTATION: Notation = Notation {
    example: "rfc:3262",
    takes: "the number of an RFC",
    finds: "codes that the RFC defines, or else those whose page cites it",
};

/// An RFC that says something of a code.
#[derive(Debug)]
pub(in crate::search) enum Rfc {
    Defines(u16),
    IsCited(u16),
}

impl Rfc {
    pub(super) fn parse(value: &str) -> Result<Self, String> {
        let number = value.parse().map_err(|_| NOTATION.usage())?;
        let any = |rfc: Self| {
            responses()
                .iter()
                .any(|r| rfc.pass(r).is_some())
                .then_some(rfc)
        };
        any(Self::Defines(number))
            .or_else(|| any(Self::IsCited(number)))
            .ok_or_else(|| format!("no page cites RFC {number}"))
    }

    pub(super) fn pass(&self, response: &'static Response) -> Option<Pass> {
        match *self {
            Self::Defines(number) => {
                let defined = response.defined().filter(|cite| cite.rfc() == number)?;
                Some(Pass::new(format!("defined in {defined}"), BEST))
            }
            Self::IsCited(number) => {
                let cites = response.cites().into_iter();
                let mut cites = cites.filter(|cite| cite.rfc() == number);
                let section = cites.next()?.section();
                // The page that cites it most comes first.
                let count = u32::try_from(1 + cites.count()).unwrap_or(u32::MAX);
                let why = format!("cites RFC {number} section {section}");
                Some(Pass::new(why, count))
            }
        }
    }
}

/// Returns the number of each RFC that the filter finds something for, as often as it is named.
pub fn cited_rfcs() -> impl Iterator<Item = u16> {
    responses()
        .iter()
        .flat_map(Response::cites)
        .map(Citation::rfc)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{StatusCode, response};

    #[test]
    fn what_an_rfc_defines_hides_what_only_cites_it() {
        let prack = Rfc::parse("3262").expect("it is cited");
        assert!(matches!(prack, Rfc::IsCited(3262)), "{prack:?}");
        let push = Rfc::parse("8599").expect("it defines a code");
        let defined = push.pass(response(StatusCode::of(555))).expect("a pass");
        assert!(defined.why.starts_with("defined in RFC 8599 section "));
        assert_eq!(push.pass(response(StatusCode::of(486))), None);
    }

    #[test]
    fn a_page_weighs_what_it_cites_and_names_the_first_section() {
        let rfc = Rfc::parse("3398").expect("it is cited");
        for response in responses() {
            let sections: Vec<_> = response
                .cites()
                .into_iter()
                .filter(|cite| cite.rfc() == 3398)
                .map(Citation::section)
                .collect();
            let pass = rfc.pass(response);
            let why = sections
                .first()
                .map(|section| format!("cites RFC 3398 section {section}"));
            assert_eq!(pass.as_ref().map(|pass| &*pass.why), why.as_deref());
            let weight = pass.map_or(0, |pass| pass.weight);
            assert_eq!(usize::try_from(weight), Ok(sections.len()));
        }
    }

    #[test]
    fn what_is_no_rfc_or_in_no_page_is_said() {
        assert_eq!(
            Rfc::parse("x").expect_err("no number"),
            "rfc: takes the number of an RFC, such as rfc:3262"
        );
        assert_eq!(Rfc::parse("1").expect_err("unknown"), "no page cites RFC 1");
    }
}
