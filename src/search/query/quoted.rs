//! Reason phrases in quotation marks, as products log them.

use super::reading::Reading;
use crate::catalog::{StatusCode, registered};

/// Returns the code whose reason phrase stands in quotation marks.
pub(super) fn phrase(reading: &Reading<'_>) -> Option<StatusCode> {
    let marks = reading.left().filter(|at| reading.sign(*at) == Some('"'));
    let marks: Vec<usize> = marks.collect();
    let mut quoted = marks.chunks(2).map(|marks| {
        let end = marks.get(1).copied();
        reading.between(&(marks[0] + 1..end.unwrap_or(reading.len())))
    });
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
    fn a_phrase_in_quotation_marks_is_its_code() {
        let code = |text: &str| phrase(&Reading::of(text)).map(StatusCode::get);
        assert_eq!(code("got \"x\" and \"not found\" of b"), Some(404));
        assert_eq!(code("x\"forbidden"), Some(403), "without an end");
        assert_eq!(code("forbidden"), None);
        assert_eq!(code("a \"b\" Forbidden \"c\""), None, "outside of them");
    }
}
