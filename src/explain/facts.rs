//! What is taken out of a message once, for whoever explains it.

use std::cell::OnceCell;

use super::call::Beside;
use super::words::{alike, plain_words, text};
use crate::catalog::{self, Response, StatusCode};
use crate::message::{Message, Reason, Start, Warning, reasons, seconds, warnings};

/// A message, the page of its code, and what its fields hold.
pub(super) struct Facts<'a> {
    pub(super) message: &'a Message<'a>,
    /// What the trace has beside it.
    pub(super) beside: Beside<'a>,
    /// The request that it answers.
    pub(super) request: Option<&'a Message<'a>>,
    pub(super) page: Option<&'static Response>,
    pub(super) method: String,
    /// The reason phrase of a response, as it was sent.
    pub(super) phrase: String,
    /// What its sender calls itself.
    pub(super) agent: String,
    /// The values of Reason, each with its own text.
    pub(super) reasons: Vec<(Reason<'a>, &'a [u8])>,
    pub(super) warnings: Vec<Warning<'a>>,
    /// Fields of products that tell a cause: name and value.
    pub(super) told: Vec<(String, String)>,
    /// What the tables of products say, once somebody has asked.
    pub(super) of_product: OnceCell<Option<String>>,
    has_own: OnceCell<bool>,
}

/// What the names of header fields have in them by which products tell why.
const TELLING: [&str; 10] = [
    "cause",
    "error",
    "diagnos",
    "hangup",
    "disconnect",
    "failure",
    "reject",
    "reason",
    "denied",
    "release",
];

/// Fields that are told for themselves.
const OWN: [&str; 3] = ["Reason", "Error-Info", "Geolocation-Error"];

/// Reason phrases of old or borrowed standards, which say no more than the code.
const STOCK: [&str; 14] = [
    "Proxy Authorization Required",
    "User Busy",
    "Call Leg/Transaction Does Not Exist",
    "Request Cancelled",
    "Request Canceled",
    "Session In Progress",
    "Gateway Timeout",
    "Authentication Required",
    "Temporarily not available",
    "Trying to find your party",
    "Your call is important to us",
    "Giving a try",
    "Call Is Being Forwarded",
    "Not Acceptable Here",
];

impl<'a> Facts<'a> {
    pub(super) fn of(message: &'a Message<'a>) -> Self {
        let code = message.code().and_then(|code| StatusCode::new(code).ok());
        let phrase = match message.start {
            Some(Start::Status { phrase, .. }) => text(phrase),
            _ => String::new(),
        };
        let agent = message.value("Server").or(message.value("User-Agent"));
        let all_reasons = message.values("Reason").flat_map(|value| {
            let of_value = reasons(value);
            of_value.map(move |reason| (reason, value))
        });
        let reasons = all_reasons.collect();
        let fields = message.all("Warning");
        Self {
            page: code.map(catalog::response),
            method: text(message.method()),
            phrase,
            agent: agent.map(text).unwrap_or_default(),
            reasons,
            warnings: fields.flat_map(|field| warnings(field.value)).collect(),
            told: told(message),
            beside: Beside::default(),
            request: None,
            of_product: OnceCell::new(),
            has_own: OnceCell::new(),
            message,
        }
    }

    pub(super) fn beside(self, beside: Beside<'a>) -> Self {
        Self {
            request: beside.request(self.message),
            beside,
            ..self
        }
    }

    pub(super) fn code(&self) -> u16 {
        self.page.map_or(0, |page| page.code.get())
    }

    pub(super) fn value(&self, name: &str) -> Option<String> {
        let value = self.message.value(name).map(text);
        value.filter(|value| !value.is_empty())
    }

    /// Returns all values of a header field that is a list, with commas between.
    pub(super) fn listed(&self, name: &str) -> Option<String> {
        let values: Vec<String> = self.message.values(name).map(text).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    pub(super) fn seconds(&self, name: &str) -> Option<u32> {
        self.message.value(name).and_then(seconds)
    }

    pub(super) fn is(&self, method: &str) -> bool {
        self.method.eq_ignore_ascii_case(method)
    }

    /// Returns whether words are those of the code, as it is called or as the message calls it.
    pub(super) fn is_usual(&self, words: &str) -> bool {
        let page = self.page.map_or("", |page| page.phrase());
        alike(words, &self.phrase) || alike(words, page)
    }

    /// Returns the reason phrase if it says more than the code does.
    pub(super) fn own_phrase(&self) -> Option<&str> {
        let has_own = *self.has_own.get_or_init(|| self.has_own_phrase());
        has_own.then_some(self.phrase.as_str())
    }

    fn has_own_phrase(&self) -> bool {
        let Some(page) = self.page else {
            return false;
        };
        let sent = plain_words(&self.phrase);
        let known = |phrase: &str| {
            let words = plain_words(phrase);
            let is_in = |word: &String| {
                let mut words = words.iter();
                words.any(|known| known == word || word.strip_suffix('d') == Some(known))
            };
            sent.iter().all(is_in)
        };
        !known(page.phrase()) && !STOCK.iter().any(|stock| known(stock))
    }
}

/// Returns the header fields in which products tell a cause.
fn told(message: &Message<'_>) -> Vec<(String, String)> {
    let mut told = Vec::new();
    for field in &message.fields {
        let name = String::from_utf8_lossy(field.name).to_lowercase();
        let is_own = OWN.iter().any(|own| field.is(own));
        if !is_own && TELLING.iter().any(|part| name.contains(part)) && !field.value.is_empty() {
            told.push((text(field.name), text(field.value)));
        }
    }
    told
}
