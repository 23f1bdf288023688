//! `class:4xx`: the codes of a class.

use super::notation::Notation;
use super::pass::Pass;
use crate::catalog::{Class, Response};

pub(super) const NOTATION: Notation = Notation {
    example: "class:4xx",
    takes: "a class",
    finds: "codes of the class; 4xx alone does the same",
};

pub(super) fn parse(value: &str) -> Result<Class, String> {
    Class::parse(value).ok_or_else(|| NOTATION.usage())
}

/// Returns the class of which "4x" is the beginning.
pub(super) fn begun(start: &str) -> impl Iterator<Item = Class> {
    let start = start.to_ascii_lowercase();
    let classes = Class::ALL.into_iter();
    classes.filter(move |class| class.pattern().starts_with(&start))
}

pub(super) fn pass(class: Class, response: &Response) -> Option<Pass> {
    (response.class() == class).then(|| Pass::new(class.pattern(), 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{StatusCode, response};

    #[test]
    fn a_class_is_that_of_the_code() {
        let class = parse("4").expect("a class");
        let busy = pass(class, response(StatusCode::of(486)));
        assert_eq!(busy, Some(Pass::new("4xx", 0)));
        assert_eq!(pass(class, response(StatusCode::of(600))), None);
        let refused = parse("9xx").expect_err("no class");
        assert_eq!(refused, "class: takes a class, such as class:4xx");
    }
}
