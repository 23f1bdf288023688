//! The reference: every response with all that is known of it, in static tables that the build wrote.

mod citation;
mod code;
mod entry;
mod field;
mod form;
mod index;
mod model;
mod numbers;
mod packing;
mod response;
mod spelled;
mod tables;
mod term;
mod texts;
mod vocabulary;
mod words;

pub use citation::Citation;
pub use code::{Class, Codes, NotACode, StatusCode};
pub use entry::Entry;
pub use field::{
    CauseClass, CodeLink, Kindred, Location, Look, MadeUp, Mapped, Phrase, Product, Route,
    Statement, SubCode, TimerValue, Topic,
};
pub use form::{FieldName, List, Terms, Text};
pub use index::{Stem, Thing, things};
pub use model::{
    Advice, Cause, Check, ClassRule, Clause, Dialog, Erratum, Family, FamilyDifference, Fix,
    Forking, HeaderField, Http, Isdn, Mapping, Mistake, Pattern, Related, Response, Retry, Rule,
    Sender, Step, Test, Vendor, Warning,
};
pub use response::Standing;
pub use term::{Asks, Named, SdpPart, Span, Term};
pub use vocabulary::{
    Branches, CheckKind, DialogEffect, Direction, ErratumStatus, Kin, Matter, PageSection,
    PatternKind, Place, RouteStep, Scope, Status, Strength, TopicKind, Travels, UNREGISTERED,
    Verdict, Wire,
};
pub use words::is_word;

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
    match responses().binary_search_by_key(&code, |response| response.code) {
        Ok(place) => &responses()[place],
        Err(_) => numbers::page(code),
    }
}

pub fn families() -> &'static [Family] {
    &tables::FAMILIES
}

/// Returns the families of two codes, which pages call confused with each other.
pub fn pairs() -> &'static [Family] {
    &tables::PAIRS
}

/// Returns the rules that any message is held against, in the order of their ids.
pub fn checks() -> &'static [Check] {
    &tables::CHECKS
}

/// Returns what several messages of a call may show together, in the order of their ids.
pub fn patterns() -> &'static [Pattern] {
    &tables::PATTERNS
}

/// Returns the names of the header fields that checks ask for, by their numbers.
pub fn field_names() -> &'static [Text] {
    &tables::FIELD_NAMES
}

pub fn warnings() -> &'static [Warning] {
    &tables::WARNINGS
}

/// Returns every word of a symptom as it is compared, in order.
pub fn vocabulary() -> &'static [Text] {
    &tables::VOCABULARY
}

/// Returns the ISDN causes, the warn-codes and the timers, in this order.
pub fn topics() -> &'static [Topic] {
    &tables::TOPICS
}

/// Returns the topics of a kind, by number or name.
pub fn topics_of(kind: TopicKind) -> impl Iterator<Item = &'static Topic> {
    topics().iter().filter(move |topic| topic.kind == kind)
}

/// Returns a cause, warn-code or timer by its number or name, in small letters or capitals.
pub fn topic(kind: TopicKind, id: &str) -> Option<&'static Topic> {
    let number: Option<u16> = id.parse().ok();
    topics_of(kind).find(|topic| {
        topic.id.eq_ignore_ascii_case(id) || number.is_some() && topic.number() == number
    })
}

/// Returns a cause, warn-code or timer also by what products or people call it: `fr_timer`, `NORMAL_CLEARING`.
pub fn topic_called(kind: TopicKind, name: &str) -> Option<&'static Topic> {
    let is_called = |topic: &&Topic| {
        let mut names = topic.aliases.iter().chain([&topic.name]);
        let fits = |other: &str| other.eq_ignore_ascii_case(name);
        names.any(|other| fits(other)) || fits(&topic.short())
    };
    topic(kind, name).or_else(|| topics_of(kind).find(is_called))
}

/// Returns where in the telephone network a call can have been released (RFC 8606 section 4).
pub fn locations() -> &'static [Location] {
    &tables::LOCATIONS
}

/// Returns the products of which some table says something, by name.
pub fn products() -> &'static [Product] {
    &tables::PRODUCTS
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
