//! Terms of checks as the files write them.

use std::fmt;

use super::form::{List, Text};
use super::term::{Asks, Span, Term};

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_not {
            f.write_str("not ")?;
        }
        self.asks.fmt(f)
    }
}

impl fmt::Display for Asks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |list: &List<Text>| list.join(",");
        match self {
            Self::Request => f.write_str("request"),
            Self::Response => f.write_str("response"),
            Self::Code(codes) => {
                let codes: Vec<String> = codes.iter().map(Span::to_string).collect();
                write!(f, "code {}", codes.join(","))
            }
            Self::Method(methods) => write!(f, "method {}", list(methods)),
            Self::Over(transports) => write!(f, "over {}", list(transports)),
            Self::Has(name) => write!(f, "has {}", name.as_str()),
            Self::Lacks(name) => write!(f, "lacks {}", name.as_str()),
            Self::Any(names) => {
                let names: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
                write!(f, "any {}", names.join(","))
            }
            Self::Many(name) => write!(f, "many {}", name.as_str()),
            Self::Several(name) => write!(f, "several {}", name.as_str()),
            Self::Bad(name) => write!(f, "bad {}", name.as_str()),
            Self::Faulty(name, of) => write!(f, "faulty {} {of}", name.as_str()),
            Self::Is(name, words) => write!(f, "is {} {}", name.as_str(), list(words)),
            Self::With(name, of) => write!(f, "with {} {of}", name.as_str()),
            Self::Without(name, of) => write!(f, "without {} {of}", name.as_str()),
            Self::OtherScheme(name, schemes) => {
                write!(f, "other-scheme {} {}", name.as_str(), list(schemes))
            }
            Self::Lists(name, token) => write!(f, "lists {} {token}", name.as_str()),
            Self::Below(name, limit) => write!(f, "below {} {limit}", name.as_str()),
            Self::Above(name, limit) => write!(f, "above {} {limit}", name.as_str()),
            Self::Sdp(part) => f.write_str(part.as_str()),
            Self::Named(named) => f.write_str(named.as_str()),
        }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.first, self.last) {
            (first, last) if first == last => first.fmt(f),
            (first, _) => write!(f, "{}xx", first / 100),
        }
    }
}
