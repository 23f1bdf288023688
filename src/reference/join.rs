//! Works out what no file says alone: joins of tables, round trips, and the pages of bare numbers.

mod field;
pub(super) mod isdn;
mod numbers;
mod topics;
mod vendors;

use std::collections::BTreeSet;

use super::field::{Product, Topic};
use super::form::{List, StatusCode, Text};
use super::model::{Http, Response};
use super::normal::{plain, telling, words};
use super::source::Source;

/// The responses as the program has them.
pub(crate) struct Joined {
    /// Those that somebody wrote, in the order of the codes.
    pub(crate) responses: List<Response>,
    /// The other numbers, in order.
    pub(crate) numbers: List<Response>,
    /// Every word of a symptom, in order.
    pub(crate) vocabulary: List<Text>,
    /// Causes, warn-codes and timers.
    pub(crate) topics: List<Topic>,
    pub(crate) products: List<Product>,
}

/// Joins the files, which must have passed `check`.
pub(crate) fn join(source: &Source) -> Joined {
    let pages = || source.pages.iter().chain(&source.unregistered);
    let symptoms = pages().flat_map(|(_, page)| page.symptoms.iter());
    let vocabulary: BTreeSet<Text> = symptoms
        .flat_map(|symptom| telling_words(symptom))
        .collect();
    let vocabulary: List<Text> = vocabulary.into_iter().collect();
    let mut responses: Vec<Response> = pages().map(|(_, page)| page.clone()).collect();
    responses.sort_by_key(|response| response.code);
    let mut numbers = numbers::numbers(source);
    for response in responses.iter_mut().chain(&mut numbers) {
        complete(response, source, &vocabulary);
    }
    Joined {
        responses,
        numbers,
        vocabulary,
        topics: topics::topics(source),
        products: field::products(source),
    }
}

/// Fills in what is `Joined` in a response.
fn complete(response: &mut Response, source: &Source, vocabulary: &[Text]) {
    let StatusCode(code) = response.code;
    let http = source.http.iter().find(|row| row.code == code);
    response.http.set(http.map(|row| Http {
        phrase: row.phrase.clone(),
        kin: row.kin,
    }));
    response.isdn.set(isdn::isdn(response, source));
    response.vendors.set(vendors::vendors(response, source));
    response.made_up.set(field::made_up(response, source));
    response.routes.set(field::routes(response, source));
    response.phrases.set(field::phrases(response, source));
    response.subcodes.set(field::subcodes(response, source));
    response.look.set(field::look(response, source));
    for related in response.related.iter_mut() {
        let pages = source.pages.iter().chain(&source.unregistered);
        let mut others = pages.map(|(_, page)| page);
        let other = others.find(|page| page.code == related.code);
        related
            .phrase
            .set(other.and_then(|page| page.phrase.clone()));
    }
    for step in &mut response.flow {
        let own = step.message.starts_with(&code.to_string());
        step.marked.set(own);
    }
    let numbers = response.symptoms.iter().map(|symptom| {
        let words = telling_words(symptom);
        let place = |word| vocabulary.binary_search(word).expect("every word is there");
        let places = words.iter().map(place);
        let numbers = places.map(|place| u16::try_from(place).expect("a few thousand words"));
        numbers.collect()
    });
    response.symptom_words.set(numbers.collect());
}

/// Returns the telling words of a symptom as they are compared.
fn telling_words(symptom: &str) -> Vec<Text> {
    let words = telling(&words(symptom).collect::<Vec<_>>());
    words.iter().map(|word| plain(word).to_owned()).collect()
}
