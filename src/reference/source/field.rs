//! What products do on a code: which make it up themselves, and which try the next route.

use std::path::Path;

use super::super::form::{Citation, Text};
use super::super::model::{MadeUp, Phrase, Route};
use super::rows::{number, rows, word};

/// A code that a side makes up.
#[derive(Clone)]
pub(crate) struct MadeUpRow {
    pub(crate) codes: Codes,
    pub(crate) made_up: MadeUp,
}

/// Codes that one row is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Codes {
    One(u16),
    Class(u16),
    /// No response at all, which counts as a 408 (RFC 3261 section 8.1.3.1).
    Timeout,
    /// A failure of the transport, which counts as a 503.
    Transport,
}

#[derive(Clone)]
pub(crate) struct RouteRow {
    pub(crate) codes: Vec<Codes>,
    pub(crate) route: Route,
}

impl Codes {
    /// Returns whether a row about these codes belongs on the page of a code.
    pub(crate) fn has(self, code: u16) -> bool {
        match self {
            Self::One(one) => one == code,
            Self::Class(digit) => digit == code / 100,
            Self::Timeout => code == 408,
            Self::Transport => code == 503,
        }
    }

    fn read(text: &str) -> Result<Self, String> {
        match text {
            "timeout" => Ok(Self::Timeout),
            "transport" => Ok(Self::Transport),
            text => match text.strip_suffix("xx") {
                Some(digit) => number(digit).map(Self::Class),
                None => number(text).map(Self::One),
            },
        }
    }
}

pub(super) fn made_up(assets: &Path) -> Result<Vec<MadeUpRow>, String> {
    rows(
        &assets.join("field/local.tsv"),
        |[code, product, version, event, wire, sign, source]| {
            let (version, cite) = place(product, version);
            Ok(MadeUpRow {
                codes: Codes::read(code)?,
                made_up: MadeUp {
                    product: product.into(),
                    version,
                    event: event.into(),
                    wire: word(wire)?,
                    sign: given(sign),
                    source: given(source).filter(|_| cite.is_none()),
                    cite,
                },
            })
        },
    )
}

/// A phrase, and the code that it is sent with.
#[derive(Clone)]
pub(crate) struct PhraseRow {
    pub(crate) code: u16,
    pub(crate) phrase: Phrase,
}

pub(super) fn phrases(assets: &Path) -> Result<Vec<PhraseRow>, String> {
    rows(
        &assets.join("field/phrases.tsv"),
        |[code, product, version, sent, means, source]| {
            let (version, cite) = place(product, version);
            Ok(PhraseRow {
                code: number(code)?,
                phrase: Phrase {
                    product: product.into(),
                    version,
                    sent: sent.into(),
                    means: means.into(),
                    source: given(source).filter(|_| cite.is_none()),
                    cite,
                },
            })
        },
    )
}

pub(super) fn routes(assets: &Path) -> Result<Vec<RouteRow>, String> {
    rows(
        &assets.join("field/routes.tsv"),
        |[codes, product, version, does, setting, source]| {
            let (version, cite) = place(product, version);
            Ok(RouteRow {
                codes: codes
                    .split(',')
                    .map(Codes::read)
                    .collect::<Result<_, _>>()?,
                route: Route {
                    product: product.into(),
                    version,
                    codes: codes.replace(',', ", "),
                    does: word(does)?,
                    setting: given(setting),
                    source: given(source).filter(|_| cite.is_none()),
                    cite,
                },
            })
        },
    )
}

/// Returns the version of a product, or the section of an RFC.
fn place(product: &str, version: &str) -> (Option<Text>, Option<Citation>) {
    if product.starts_with("RFC ") {
        (None, Some(Citation(version.into())))
    } else {
        (given(version), None)
    }
}

fn given(text: &str) -> Option<Text> {
    (text != "-").then(|| text.into())
}
