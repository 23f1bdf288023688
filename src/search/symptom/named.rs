//! Warn-codes and causes by their names, which are found beside symptoms.

use std::cmp::Reverse;

use super::heard::Extent;
use crate::catalog::{Response, response, warnings};
use crate::search::filter::Cause;
use crate::search::hit::{Found, Hit};
use crate::search::rank::Rank;
use crate::search::words::words as words_of;

/// Adds the responses that carry a warn-code with these words.
pub(super) fn add_warn_codes(
    words: &[String],
    responses: &[&'static Response],
    found: &mut Vec<(Extent, Hit)>,
) {
    for warning in warnings() {
        let text: Vec<String> = words_of(&warning.text).collect();
        if words.len() < 2 || !words.iter().all(|word| text.contains(word)) {
            continue;
        }
        for (place, code) in warning.codes.iter().enumerate() {
            let response = response(*code);
            let is_response = |(_, hit): &(Extent, Hit)| hit.entry == response.into();
            if found.iter().any(is_response) || !responses.contains(&response) {
                continue;
            }
            let weight = Reverse(0);
            let why = format!("warn-code {}: {}", warning.code, warning.text);
            let hit = Hit::new(response, Found::new(Rank::Name { weight, place }, why));
            found.push((Extent::Part, hit));
        }
    }
}

/// Adds the responses of an ISDN cause whose name has these words.
pub(super) fn add_causes(
    words: &[String],
    responses: &[&'static Response],
    found: &mut Vec<(Extent, Hit)>,
) {
    let Some(cause) = Cause::named(words) else {
        return;
    };
    for response in responses.iter().copied() {
        let is_response = |hit: &Hit| hit.entry == response.into();
        let strong = |(extent, hit): &(Extent, Hit)| *extent >= Extent::Part && is_response(hit);
        if let Some(pass) = cause.pass(response)
            && !found.iter().any(strong)
        {
            let (weight, place) = (Reverse(pass.weight), 0);
            let hit = Hit::new(response, Found::new(Rank::Name { weight, place }, pass.why));
            found.retain(|(_, other)| !is_response(other));
            found.push((Extent::Part, hit));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{StatusCode, responses};

    type Add = fn(&[String], &[&'static Response], &mut Vec<(Extent, Hit)>);

    fn found(add: Add, query: &str) -> Vec<(u16, String)> {
        let words: Vec<String> = query.split(' ').map(str::to_owned).collect();
        let responses: Vec<_> = responses().iter().collect();
        let mut found = Vec::new();
        add(&words, &responses, &mut found);
        found.sort_by_key(|(_, hit)| hit.rank());
        let code = |hit: &Hit| hit.entry.code().map_or(0, StatusCode::get);
        let found = found.iter();
        found
            .map(|(_, hit)| (code(hit), hit.why().to_owned()))
            .collect()
    }

    #[test]
    fn a_warn_code_is_found_by_two_words_of_its_text() {
        let hits = found(add_warn_codes, "media format");
        let why = "warn-code 305: Incompatible media format".to_owned();
        assert_eq!(hits.first(), Some(&(488, why)));
        assert_eq!(found(add_warn_codes, "incompatible"), []);
        assert_eq!(found(add_warn_codes, "media zebra"), []);
    }

    #[test]
    fn a_cause_is_found_by_its_name_what_comes_from_it_first() {
        let hits = found(add_causes, "user busy");
        let why = "comes from ISDN cause 17, user busy".to_owned();
        assert_eq!(hits.first(), Some(&(486, why)));
        assert!(hits.iter().any(|(code, _)| *code == 600), "{hits:?}");
        assert_eq!(found(add_causes, "zebra"), []);
    }
}
