//! `header:retry-after`: the codes whose page has a rule for a header field.

use super::notation::Notation;
use super::pass::{BEST, Pass};
use crate::catalog::{HeaderField, PageSection, Place, Response, Strength, responses};

pub(super) const NOTATION: Notation = Notation {
    example: "header:retry-after",
    takes: "the name of a header field",
    finds: "codes whose page has a rule for the header field",
};

/// A header field of which some page says something.
#[derive(Clone, Debug)]
pub(in crate::search) struct Header {
    name: &'static str,
    /// Whether only a response that must carry it counts.
    only_musts: bool,
}

impl Header {
    /// Takes the name of a header field; one that no page has finds nothing, and says so.
    pub(super) fn parse(name: &str) -> Result<Self, String> {
        Self::known(name)
            .ok_or_else(|| format!("no page says anything of the header field \"{name}\""))
    }

    /// Takes the name of a header field that some page has.
    pub(super) fn known(name: &str) -> Option<Self> {
        let mut fields = responses().iter().flat_map(|response| response.headers);
        let field = fields.find(|field| field.name.eq_ignore_ascii_case(name))?;
        Some(Self {
            name: field.name.as_str(),
            only_musts: false,
        })
    }

    /// Takes each header field whose name begins so.
    pub(super) fn begun(start: &str) -> impl Iterator<Item = Self> {
        let fields = responses().iter().flat_map(|response| response.headers);
        let mut names: Vec<&'static str> = fields
            .map(|field| field.name.as_str())
            .filter(|name| {
                let beginning = name.get(..start.len());
                beginning.is_some_and(|beginning| beginning.eq_ignore_ascii_case(start))
            })
            .collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter().map(|name| Self {
            name,
            only_musts: false,
        })
    }

    /// Takes a header field that stands alone. A name that is also an English word stands for the codes that
    /// must carry it.
    pub(super) fn bare(term: &str) -> Option<Self> {
        let header = Self {
            only_musts: true,
            ..Self::known(term)?
        };
        let any = responses().iter().any(|r| header.pass(r).is_some());
        any.then_some(header)
    }

    pub(super) fn pass(&self, response: &Response) -> Option<Pass> {
        let fields = response.headers.iter().filter(|f| f.name == self.name);
        let field = fields.max_by_key(|field| weight(field))?;
        if self.only_musts && field.strength != Strength::Must {
            return None;
        }
        let named = self.name.to_ascii_lowercase();
        let said = response.symptoms.iter().any(|said| said.contains(&named));
        let weight = weight(field) + BEST * u32::from(said);
        let item = response.headers.iter().position(|f| std::ptr::eq(f, field));
        Some(Pass::new(in_words(field), weight).at(PageSection::Headers, item))
    }
}

/// Returns how telling a header field is: what the response must carry before what it may.
fn weight(field: &HeaderField) -> u32 {
    let strength = match field.strength {
        Strength::Must => 4,
        Strength::Should => 3,
        Strength::May => 2,
        Strength::MustNot | Strength::ShouldNot => 1,
    };
    let place = match field.place {
        Place::Response => 2,
        Place::NextRequest => 1,
        Place::Request => 0,
    };
    strength * 10 + u32::from(field.when.is_none()) * 5 + place
}

fn in_words(field: &HeaderField) -> String {
    let name = field.name;
    let strength = field.strength.as_str();
    let condition = if field.when.is_some() {
        ", on a condition"
    } else {
        ""
    };
    match field.place {
        Place::Response => format!("{strength} carry {name}{condition}"),
        Place::NextRequest => format!("the next request {strength} carry {name}{condition}"),
        Place::Request => format!("the request has {name}{condition}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{StatusCode, response};

    fn pass(header: &Header, code: u16) -> Option<Pass> {
        header.pass(response(StatusCode::of(code)))
    }

    #[test]
    fn what_must_be_carried_weighs_more_than_what_may() {
        let header = Header::parse("retry-after").expect("a header field");
        let [after, may] = [423, 600].map(|code| pass(&header, code));
        assert_eq!(after, None, "a 423 has Min-Expires");
        let may = may.expect("a 600 may");
        assert!(may.why.starts_with("MAY carry Retry-After"), "{}", may.why);
        let musts = Header::parse("WWW-Authenticate").expect("a header field");
        let must = pass(&musts, 401).expect("a 401 must");
        assert_eq!(must.why, "MUST carry WWW-Authenticate");
        assert!(must.weight % BEST > may.weight % BEST);
    }

    #[test]
    fn a_name_alone_means_the_codes_that_must_carry_it() {
        let bare = Header::bare("allow").expect("some must");
        assert!(pass(&bare, 405).is_some());
        for response in responses() {
            let why = bare.pass(response).map(|pass| pass.why);
            assert!(why.is_none_or(|why| why.contains("MUST")));
        }
        assert!(Header::bare("Warning").is_none(), "none must");
        assert!(Header::bare("busy").is_none(), "no header field");
    }

    #[test]
    fn an_unknown_name_is_said() {
        let refused = Header::parse("foo").expect_err("no header field");
        assert_eq!(refused, "no page says anything of the header field \"foo\"");
    }
}
