//! `rfc:3262`: the codes that an RFC defines, or else those whose pages cite it.

use super::notation::Notation;
use super::pass::{BEST, Pass};
use crate::catalog::{Citation, Response, Topic, responses, topics};

pub(super) const NOTATION: Notation = Notation {
    example: "rfc:3262",
    takes: "the number of an RFC",
    finds: "codes that the RFC defines, or else those whose page cites it",
};

/// An RFC that says something of a code.
#[derive(Clone, Debug)]
pub(in crate::search) enum Rfc {
    Defines(u16),
    IsCited(u16),
    /// A section of it, with those below.
    Section(u16, String),
    /// Those whose number begins so, while it is being typed.
    Begun(String),
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

    /// Takes a section that some page cites.
    pub(super) fn section(rfc: &str, section: &str) -> Option<Self> {
        let rfc = Self::Section(rfc.parse().ok()?, section.to_ascii_uppercase());
        let in_pages = responses().iter().any(|r| rfc.pass(r).is_some());
        (in_pages || rfc.topics().next().is_some()).then_some(rfc)
    }

    /// Takes the beginning of a number.
    pub(super) fn begun(digits: &str) -> Option<Self> {
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
        let rfc = Self::Begun(digits.to_owned());
        let any = || responses().iter().any(|r| rfc.pass(r).is_some());
        (is_number && any()).then_some(rfc)
    }

    pub(super) fn pass(&self, response: &'static Response) -> Option<Pass> {
        match self {
            Self::Defines(number) => {
                let defined = response.defined().filter(|cite| cite.rfc() == *number)?;
                Some(Pass::new(format!("defined in {defined}"), BEST))
            }
            Self::IsCited(number) => {
                let cites = response.cites().into_iter();
                let mut cites = cites.filter(|cite| cite.rfc() == *number);
                let section = cites.next()?.section();
                // The page that cites it most comes first.
                let count = u32::try_from(1 + cites.count()).unwrap_or(u32::MAX);
                let why = format!("cites RFC {number} section {section}");
                Some(Pass::new(why, count))
            }
            Self::Section(..) => {
                let defined = response.defined().filter(|cite| self.is_of(*cite));
                if let Some(defined) = defined {
                    return Some(Pass::new(format!("defined in {defined}"), BEST));
                }
                let all = response.cites().into_iter();
                let mut cites = all.filter(|cite| self.is_of(*cite));
                let first = cites.next()?;
                let count = u32::try_from(1 + cites.count()).unwrap_or(u32::MAX);
                Some(Pass::new(format!("cites {first}"), count.min(BEST - 1)))
            }
            Self::Begun(digits) => {
                let is_so = |cite: &Citation| cite.rfc().to_string().starts_with(digits);
                let defined = response.defined().filter(is_so);
                if let Some(defined) = defined {
                    return Some(Pass::new(format!("defined in {defined}"), BEST));
                }
                let first = response.cites().into_iter().find(is_so)?;
                Some(Pass::new(format!("cites {first}"), 0))
            }
        }
    }

    /// Returns the causes, warn-codes and timers whose pages cite the section.
    pub(super) fn topics(&self) -> impl Iterator<Item = &'static Topic> {
        let is_section = matches!(self, Self::Section(..));
        let topics = topics().iter().filter(move |_| is_section);
        topics.filter(|topic| topic.cites().into_iter().any(|cite| self.is_of(cite)))
    }

    /// Returns whether a citation is of the section, or of one below it.
    fn is_of(&self, cite: Citation) -> bool {
        let Self::Section(rfc, section) = self else {
            return false;
        };
        let below = cite.section().strip_prefix(&**section);
        cite.rfc() == *rfc && below.is_some_and(|below| below.is_empty() || below.starts_with('.'))
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
    fn a_section_is_found_with_those_below_it_and_in_the_rows_of_the_telephone_network() {
        let codes = |section: &str| -> Vec<u16> {
            let (rfc, section) = section.split_once(' ').expect("an RFC and a section");
            let rfc = Rfc::section(rfc, section).expect("it is cited");
            let passing = responses().iter().filter(|r| rfc.pass(r).is_some());
            passing.map(|response| response.code.get()).collect()
        };
        assert!(codes("3261 21.4.24").contains(&486));
        assert!(codes("3261 21.4").len() > 20);
        assert!(codes("3398 7.2.4.1").contains(&404), "a row of its table");
        assert!(Rfc::section("3261", "99.9").is_none());
        let timers = Rfc::section("3261", "17.1.1.2").expect("it is cited");
        assert!(timers.topics().any(|topic| topic.id == "B"));
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
