//! `warn:305`: the codes that carry a warn-code.

use super::notation::Notation;
use super::pass::Pass;
use crate::catalog::{Response, Warning, warnings};

pub(super) const NOTATION: Notation = Notation {
    example: "warn:305",
    takes: "a warn-code",
    finds: "codes that carry the warn-code",
};

pub(super) fn parse(value: &str) -> Result<&'static Warning, String> {
    let code: u16 = value.parse().map_err(|_| NOTATION.usage())?;
    let warning = warnings().iter().find(|warning| warning.code == code);
    warning.ok_or_else(|| format!("{code} is no registered warn-code"))
}

/// Returns each warn-code that begins so.
pub(super) fn begun(digits: &str) -> impl Iterator<Item = &'static Warning> {
    warnings()
        .iter()
        .filter(move |warning| warning.code.to_string().starts_with(digits))
}

pub(super) fn pass(warning: &Warning, response: &Response) -> Option<Pass> {
    let carries = warning.codes.contains(&response.code);
    carries.then(|| Pass::new(in_words(warning), 0))
}

pub(super) fn in_words(warning: &Warning) -> String {
    format!("carries warn-code {}, {}", warning.code, warning.text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{StatusCode, response};

    #[test]
    fn a_warn_code_finds_what_carries_it() {
        let warning = parse("305").expect("a warn-code");
        let found = pass(warning, response(StatusCode::of(488))).expect("it carries it");
        assert_eq!(
            found.why,
            "carries warn-code 305, Incompatible media format"
        );
        assert_eq!(pass(warning, response(StatusCode::of(486))), None);
    }

    #[test]
    fn what_is_no_warn_code_is_said() {
        let refused = ["999", "x"].map(|value| parse(value).expect_err(value));
        assert_eq!(refused[0], "999 is no registered warn-code");
        assert_eq!(refused[1], "warn: takes a warn-code, such as warn:305");
    }
}
