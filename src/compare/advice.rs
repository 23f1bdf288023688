//! When to send a response, and what to do on receiving it.

use std::borrow::Cow;

use crate::catalog::{Family, Response, StatusCode, Text};

use super::words::capitalized;

#[derive(Debug)]
pub struct Use {
    pub code: StatusCode,
    pub test: Option<&'static str>,
    pub send: Cow<'static, str>,
    pub received: Cow<'static, str>,
}

impl Use {
    /// Takes what the family says, or else the page.
    pub(super) fn of(response: &'static Response, family: Option<&'static Family>) -> Self {
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
                .map_or("No page says yet when to send it.", Text::as_str)
                .into(),
            received: response
                .retry
                .first()
                .map_or("", |retry| &retry.says)
                .into(),
        })
    }
}
