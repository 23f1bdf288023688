//! Lines that mean one thing as a whole: of a message, or with a phrase in quotation marks.

use crate::catalog::{StatusCode, registered};
use crate::search::filter::Method;

/// Returns the code of a status line, with or without what stands around it in a log.
pub(super) fn status_line(text: &str) -> Option<StatusCode> {
    const START: &str = "sip/2.0 ";
    let at = text.to_ascii_lowercase().find(START)?;
    let rest = &text[at + START.len()..];
    rest.split_whitespace().next()?.parse().ok()
}

/// Returns the method of a request line, with or without what stands around it in a log.
pub(super) fn request_line(text: &str) -> Option<Method> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut lines = words.windows(3).filter(|line| {
        let version = line[2].get(..7).unwrap_or_default();
        version.eq_ignore_ascii_case("sip/2.0") && line[1].contains(':')
    });
    lines.find_map(|line| Method::named(line[0]))
}

/// Returns the code whose reason phrase stands in quotation marks, as products log it.
pub(super) fn quoted_phrase(text: &str) -> Option<StatusCode> {
    let mut quoted = text.split('"').skip(1).step_by(2);
    quoted.find_map(|quoted| {
        let mut all = registered();
        let response = all.find(|response| response.phrase().eq_ignore_ascii_case(quoted));
        response.map(|response| response.code)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_line_is_read_wherever_it_stands() {
        let code = |text: &str| status_line(text).map(StatusCode::get);
        assert_eq!(code("SIP/2.0 486 Busy Here"), Some(486));
        assert_eq!(code("10:00 << sip/2.0 603"), Some(603));
        assert_eq!(code("SIP/2.0 9"), None);
        assert_eq!(code("SIP/2.0"), None);
        assert_eq!(code("486 Busy Here"), None);
    }

    #[test]
    fn a_request_line_has_an_address_and_the_version() {
        let method = |text: &str| request_line(text).map(Method::name);
        assert_eq!(method("INVITE sip:a@b SIP/2.0"), Some("INVITE"));
        assert_eq!(method(">> bye tel:1 sip/2.0\r"), Some("BYE"));
        assert_eq!(method("INVITE a@b SIP/2.0"), None);
        assert_eq!(method("INVITE sip:a@b"), None);
        assert_eq!(method("FOO sip:a@b SIP/2.0"), None);
    }

    #[test]
    fn a_phrase_in_quotation_marks_is_its_code() {
        let code = |text: &str| quoted_phrase(text).map(StatusCode::get);
        assert_eq!(code("got \"x\" and \"not found\" of b"), Some(404));
        assert_eq!(code("x\"forbidden"), Some(403), "without an end");
        assert_eq!(code("forbidden"), None);
        assert_eq!(code("a \"b\" Forbidden \"c\""), None, "outside of them");
    }
}
