//! A message held against the reference: what it says, what is wrong with it, what to do next.

mod fields;
mod finding;
mod required;
mod sentence;

use crate::catalog::{self, Fix, Response, Retry, StatusCode};
use crate::message::Message;

pub use fields::Saying;
pub use finding::{Finding, Kind};

/// What there is to say about a message.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The page of its code, if it is a response.
    pub response: Option<&'static Response>,
    /// The method that is requested or answered; empty where it does not say.
    pub method: String,
    /// What happened, in a sentence.
    pub in_short: String,
    /// What its header fields say, in words.
    pub fields: Vec<Saying>,
    pub findings: Vec<Finding>,
    /// What the client may do, by the rules of the page.
    pub next: Vec<&'static Retry>,
    /// How to fix it, what the message proves first.
    pub fixes: Vec<&'static Fix>,
}

/// Explains a message.
pub fn explain(message: &Message<'_>) -> Explanation {
    let code = message.code().and_then(|code| StatusCode::new(code).ok());
    let response = code.map(catalog::response);
    Explanation {
        response,
        method: text(message.method()),
        in_short: sentence::in_short(message, response),
        fields: fields::fields(message),
        findings: findings(message),
        next: response.map_or_else(Vec::new, |page| page.retry.iter().collect()),
        fixes: response.map_or_else(Vec::new, |page| page.fix.iter().collect()),
    }
}

/// Returns the rules that a message breaks.
pub fn findings(message: &Message<'_>) -> Vec<Finding> {
    required::missing(message)
}

/// Returns bytes of a message as text.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
