//! Terms of checks, as the files write them: "response; not code 1xx,200; bad CSeq". What the program would not understand
//! is refused here.

use serde::{Deserialize, Deserializer, de};

use super::form::{FieldName, Leaf, Part};
use super::tables::Tables;
use super::term::{Asks, Named, SdpPart, Span, Term};

/// The terms of a check, which hold all at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Terms(pub(crate) Vec<Term>);

impl<'de> Deserialize<'de> for Terms {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let terms = text.split("; ").map(term);
        terms
            .collect::<Result<_, _>>()
            .map(Self)
            .map_err(de::Error::custom)
    }
}

/// Returns the term that a text is.
pub(crate) fn term(text: &str) -> Result<Term, String> {
    let (is_not, words) = match text.strip_prefix("not ") {
        Some(words) => (true, words),
        None => (false, text),
    };
    let words: Vec<&str> = words.split(' ').collect();
    let is_whole = |word: &&str| word.split(',').all(|part| !part.is_empty());
    let asks = asks(&words).filter(|_| words.iter().all(is_whole));
    let asks = asks.ok_or_else(|| format!("no term {text:?}"))?;
    Ok(Term { is_not, asks })
}

fn asks(words: &[&str]) -> Option<Asks> {
    let name = |name: &str| FieldName(name.to_owned());
    let list = |list: &str| list.split(',').map(str::to_owned).collect();
    Some(match *words {
        ["request"] => Asks::Request,
        ["response"] => Asks::Response,
        ["code", codes] => Asks::Code(codes.split(',').map(span).collect::<Option<_>>()?),
        ["method", methods] => Asks::Method(list(methods)),
        ["over", transports] => Asks::Over(list(transports)),
        ["has", field] => Asks::Has(name(field)),
        ["lacks", field] => Asks::Lacks(name(field)),
        ["any", fields] => Asks::Any(fields.split(',').map(name).collect()),
        ["many", field] => Asks::Many(name(field)),
        ["several", field] => Asks::Several(name(field)),
        ["bad", field] => Asks::Bad(name(field)),
        ["faulty", field, parameter] => Asks::Faulty(name(field), parameter.to_owned()),
        ["is", field, words] => Asks::Is(name(field), list(words)),
        ["with", field, parameter] => Asks::With(name(field), parameter.to_owned()),
        ["without", field, parameter] => Asks::Without(name(field), parameter.to_owned()),
        ["other-scheme", field, schemes] => Asks::OtherScheme(name(field), list(schemes)),
        ["lists", field, token] => Asks::Lists(name(field), token.to_owned()),
        ["below", field, limit] => Asks::Below(name(field), limit.parse().ok()?),
        ["above", field, limit] => Asks::Above(name(field), limit.parse().ok()?),
        [word] => {
            let mut parts = SdpPart::ALL.iter();
            let mut named = Named::ALL.iter();
            let part = parts.find(|part| part.as_str() == word);
            let part = part.map(|part| Asks::Sdp(*part));
            part.or_else(|| {
                let named = named.find(|named| named.as_str() == word);
                named.map(|named| Asks::Named(*named))
            })?
        }
        _ => return None,
    })
}

/// Returns the codes of "486", or of the class "4xx".
fn span(codes: &str) -> Option<Span> {
    let (first, last) = match codes.strip_suffix("xx") {
        Some(class) => (format!("{class}00"), format!("{class}99")),
        None => (codes.to_owned(), codes.to_owned()),
    };
    let number = |text: String| {
        let number = text.parse().ok()?;
        (100..700).contains(&number).then_some(number)
    };
    Some(Span {
        first: number(first)?,
        last: number(last)?,
    })
}

impl Part for Terms {
    fn each(&self, at: &str, to: &mut dyn FnMut(&str, Leaf<'_>)) {
        if self.0.is_empty() {
            to(at, Leaf::Nothing);
        }
    }

    fn pack(&self, tables: &mut Tables) -> String {
        tables.list(&self.0)
    }

    fn kind() -> String {
        Vec::<Term>::kind()
    }
}

impl Part for Term {
    fn each(&self, _: &str, _: &mut dyn FnMut(&str, Leaf<'_>)) {}

    fn pack(&self, tables: &mut Tables) -> String {
        let Self { is_not, asks } = self;
        let asks = match asks {
            Asks::Request => "Request".to_owned(),
            Asks::Response => "Response".to_owned(),
            Asks::Code(codes) => format!("Code({})", codes.pack(tables)),
            Asks::Method(methods) => format!("Method({})", methods.pack(tables)),
            Asks::Over(transports) => format!("Over({})", transports.pack(tables)),
            Asks::Has(name) => format!("Has({})", name.pack(tables)),
            Asks::Lacks(name) => format!("Lacks({})", name.pack(tables)),
            Asks::Any(names) => format!("Any({})", names.pack(tables)),
            Asks::Many(name) => format!("Many({})", name.pack(tables)),
            Asks::Several(name) => format!("Several({})", name.pack(tables)),
            Asks::Bad(name) => format!("Bad({})", name.pack(tables)),
            Asks::Faulty(name, of) => two("Faulty", name, of, tables),
            Asks::Is(name, words) => two("Is", name, words, tables),
            Asks::With(name, of) => two("With", name, of, tables),
            Asks::Without(name, of) => two("Without", name, of, tables),
            Asks::OtherScheme(name, schemes) => two("OtherScheme", name, schemes, tables),
            Asks::Lists(name, token) => two("Lists", name, token, tables),
            Asks::Below(name, limit) => format!("Below({}, {limit})", name.pack(tables)),
            Asks::Above(name, limit) => format!("Above({}, {limit})", name.pack(tables)),
            Asks::Sdp(part) => format!("Sdp(SdpPart::{part:?})"),
            Asks::Named(named) => format!("Named(Named::{named:?})"),
        };
        format!("Term {{ is_not: {is_not}, asks: Asks::{asks} }}")
    }

    fn kind() -> String {
        "Term".into()
    }
}

/// Spells what asks something of a header field.
fn two(asks: &str, name: &FieldName, what: &impl Part, tables: &mut Tables) -> String {
    format!("{asks}({}, {})", name.pack(tables), what.pack(tables))
}

impl Part for Span {
    fn each(&self, _: &str, _: &mut dyn FnMut(&str, Leaf<'_>)) {}

    fn pack(&self, _: &mut Tables) -> String {
        format!("{self:?}")
    }

    fn kind() -> String {
        "Span".into()
    }
}

impl Part for FieldName {
    fn each(&self, _: &str, _: &mut dyn FnMut(&str, Leaf<'_>)) {}

    fn pack(&self, tables: &mut Tables) -> String {
        tables.field_name(&self.0)
    }

    fn kind() -> String {
        "FieldName".into()
    }
}
