//! When to send a response, and what to do on receiving it.

use std::borrow::Cow;

use crate::catalog::{Family, Response, StatusCode, Text};

use super::compared::Compared;
use super::words::{capitalized, sentences};

#[derive(Debug)]
pub struct Use {
    pub code: StatusCode,
    pub test: Option<&'static str>,
    pub send: Cow<'static, str>,
    pub received: Cow<'static, str>,
}

impl Use {
    /// Takes what the family says, or else the page.
    pub(super) fn of(
        response: &'static Response,
        compared: &Compared,
        family: Option<&'static Family>,
    ) -> Self {
        let code = response.code;
        let of_family = family.and_then(|family| {
            let advice = family.advice.iter().find(|advice| advice.code == code)?;
            Some(Self {
                code,
                test: family
                    .tests
                    .iter()
                    .find(|test| test.code == code)
                    .map(|test| test.says.as_str()),
                send: format!("Send it when {}", advice.send).into(),
                received: capitalized(&advice.received).into(),
            })
        });
        of_family.unwrap_or_else(|| Self {
            code,
            test: None,
            send: response
                .use_when
                .map_or_else(|| undefined(code), |says| send(says, code, compared)),
            received: received(response),
        })
    }
}

/// Returns when to send a response: what its page says first, and what it says there of the compared others.
fn send(says: Text, code: StatusCode, compared: &Compared) -> Cow<'static, str> {
    let names_one = |sentence: &&str| {
        let mut others = compared.codes().filter(|other| *other != code);
        others.any(|other| sentence.contains(&other.to_string()))
    };
    let mut sentences = sentences(says.as_str());
    let first = sentences.next();
    let said: Vec<&str> = first
        .into_iter()
        .chain(sentences.filter(names_one))
        .collect();
    said.join(" ").into()
}

/// Says that nobody knows when to send a bare number.
fn undefined(code: StatusCode) -> Cow<'static, str> {
    format!("Nobody has defined when to send a {code}.").into()
}

/// Returns what to do on receiving a response.
fn received(response: &'static Response) -> Cow<'static, str> {
    let received = response.received.map(Cow::from);
    received.unwrap_or_else(|| {
        format!("Treat a {} as a {}.", response.code, response.counts_as()).into()
    })
}
