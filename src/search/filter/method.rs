//! `method:register`: the codes that answer a method.

use super::notation::Notation;
use super::pass::{BEST, Pass};
use crate::catalog::{List, Response, Sender, Status, Text, responses};

pub(super) const NOTATION: Notation = Notation {
    example: "method:register",
    takes: "a method",
    finds: "codes that answer the method, then those of any method; REGISTER does the same",
};

/// A method that some page names.
#[derive(Clone, Copy, Debug)]
pub(in crate::search) struct Method(&'static str);

impl Method {
    pub(super) fn parse(name: &str) -> Result<Self, String> {
        Self::named(name).ok_or_else(|| {
            let name = name.to_ascii_uppercase();
            format!("no page says that it answers the method {name}")
        })
    }

    /// Returns the method of a name, whatever its case.
    pub(in crate::search) fn named(name: &str) -> Option<Self> {
        let senders = responses().iter().flat_map(|response| response.sent_by);
        let mut methods = senders.flat_map(|sender| sender.methods);
        let method = methods.find(|method| method.eq_ignore_ascii_case(name))?;
        Some(Self(method.as_str()))
    }

    /// Returns each method whose name begins so.
    pub(super) fn begun(start: &str) -> impl Iterator<Item = Self> {
        let start = start.to_ascii_uppercase();
        let senders = responses().iter().flat_map(|response| response.sent_by);
        let methods = senders.flat_map(|sender| sender.methods);
        let mut names: Vec<&'static str> = methods
            .map(|method| method.as_str())
            .filter(|method| method.starts_with(&start))
            .collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter().map(Self)
    }

    pub(in crate::search) fn name(self) -> &'static str {
        self.0
    }

    pub(super) fn pass(self, response: &'static Response) -> Option<Pass> {
        let Self(method) = self;
        let of = |sender: &&Sender| is_named(sender.methods, method);
        let Some(sender) = response.sent_by.iter().find(of) else {
            let sender = answers_any(response, method)?;
            let why = format!("answers any method, from {}", sender.who);
            return Some(Pass::new(why, 0));
        };
        // A page all about the method comes before one that names it among others.
        let senders = response.sent_by.iter().filter(of);
        let share: usize = senders.map(|sender| 100 / sender.methods.len()).sum();
        let share = u32::try_from(share / response.sent_by.len()).unwrap_or_default();
        let why = format!("answers {method}, from {}", sender.who);
        Some(Pass::new(why, BEST + share))
    }
}

fn is_named(methods: List<Text>, method: &str) -> bool {
    methods.iter().any(|named| named == method)
}

/// Returns who sends a response to any method, this one among them; nobody sends a reserved one.
fn answers_any(response: &'static Response, method: &str) -> Option<&'static Sender> {
    let is_reserved = response.status() == Some(Status::Reserved);
    let mut senders = response.sent_by.iter().filter(|_| !is_reserved);
    senders.find(|sender| sender.methods.is_empty() && !is_named(sender.except, method))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{StatusCode, response};

    fn pass(method: &str, code: u16) -> Option<Pass> {
        let method = Method::parse(method).expect("a method");
        method.pass(response(StatusCode::of(code)))
    }

    #[test]
    fn a_page_about_the_method_comes_before_one_that_names_it_and_any_method_last() {
        let weight = |code| pass("register", code).map(|pass| pass.weight);
        assert_eq!(weight(555), Some(BEST + 100), "a REGISTER alone");
        assert_eq!(weight(423), Some(BEST + 40), "two of five senders");
        assert_eq!(weight(477), Some(0), "any method");
        assert_eq!(weight(402), None, "reserved");
        assert_eq!(pass("cancel", 401), None, "a CANCEL is never challenged");
    }

    #[test]
    fn a_method_has_its_name_in_any_case() {
        let register = Method::named("Register").expect("a method");
        assert_eq!(register.name(), "REGISTER");
        let refused = Method::parse("foo").expect_err("no method");
        assert_eq!(refused, "no page says that it answers the method FOO");
    }
}
