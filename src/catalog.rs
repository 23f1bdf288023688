//! The reference: every response with all that is known of it, in static tables that the build wrote.

mod citation;
mod code;
mod entry;
mod form;
mod model;
mod response;
mod tables;
mod vocabulary;

pub use citation::Citation;
pub use code::{Class, Codes, NotACode, StatusCode};
pub use entry::Entry;
pub use form::{List, Text};
pub use model::{
    Advice, Cause, ClassRule, Clause, Dialog, Erratum, Family, FamilyDifference, Fix, Forking,
    HeaderField, Http, Isdn, MadeUp, Mapping, Mistake, Phrase, Related, Response, Retry, Route,
    Rule, Sender, Step, Test, Vendor, Warning,
};
pub use response::Standing;
pub use vocabulary::{
    Branches, DialogEffect, ErratumStatus, Kin, Place, RouteStep, Scope, Status, Strength, Travels,
    UNREGISTERED, Verdict, Wire,
};

/// Returns every response that has a name, registered or not, in the order of the codes.
pub fn responses() -> &'static [Response] {
    &tables::RESPONSES
}

/// Returns the responses of the IANA registry, in the order of the codes.
pub fn registered() -> impl DoubleEndedIterator<Item = &'static Response> {
    responses()
        .iter()
        .filter(|response| response.is_registered())
}

/// Returns the response of any code: one that nobody registered is answered by the rule of its class
/// (RFC 3261 section 8.1.3.2).
pub fn response(code: StatusCode) -> &'static Response {
    let number = usize::from(code.get() - StatusCode::FIRST);
    match responses().binary_search_by_key(&code, |response| response.code) {
        Ok(place) => &responses()[place],
        // Named codes have no row there; `before` of them are smaller than this one.
        Err(before) => &tables::NUMBERS[number - before],
    }
}

pub fn families() -> &'static [Family] {
    &tables::FAMILIES
}

/// Returns the families of two codes, which pages call confused with each other.
pub fn pairs() -> &'static [Family] {
    &tables::PAIRS
}

pub fn warnings() -> &'static [Warning] {
    &tables::WARNINGS
}

/// Returns every word of a symptom as it is compared, in order.
pub fn vocabulary() -> &'static [Text] {
    &tables::VOCABULARY
}

/// Returns the ISDN causes that SIP responses become or come from.
pub fn causes() -> &'static [Cause] {
    &tables::CAUSES
}

/// Returns what holds for every code of a class; the build has checked that the table is in their order.
pub fn class_rule(class: Class) -> &'static ClassRule {
    &tables::CLASSES[class as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_of_three_digits_from_100_to_699_has_an_answer() {
        for code in 100..700 {
            let code = StatusCode::new(code).expect("a response code");
            assert_eq!(response(code).code, code);
        }
    }

    #[test]
    fn the_tables_are_in_the_order_of_the_codes() {
        assert!(responses().is_sorted_by_key(|response| response.code));
    }

    #[test]
    fn a_citation_leads_to_its_section() {
        let cite = response(StatusCode::of(486))
            .defined()
            .expect("it is defined");
        assert_eq!(
            cite.url(),
            "https://www.rfc-editor.org/rfc/rfc3261#section-21.4.24"
        );
    }
}
