//! What products do: which make a code up themselves, which try the next route, what they write, how long they wait, and
//! where they show it.

use std::path::Path;

use super::super::field::{CauseClass, Location, Look, MadeUp, Phrase, Route, SubCode, TimerValue};
use super::super::form::{Citation, StatusCode, Text};
use super::super::vocabulary::TopicKind;
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

pub(super) fn subcodes(assets: &Path) -> Result<Vec<SubCode>, String> {
    rows(
        &assets.join("field/subcodes.tsv"),
        |[code, product, version, subcode, text, seen, means, source]| {
            let (version, cite) = place(product, version);
            let is_seen = is_seen(seen);
            Ok(SubCode {
                product: product.into(),
                version,
                code: match given(code) {
                    Some(code) => Some(StatusCode(number(&code)?)),
                    None => None,
                },
                subcode: subcode.into(),
                text: given(text),
                seen: seen.into(),
                is_seen,
                telling: telling(text, subcode).filter(|_| is_seen).collect(),
                means: means.into(),
                source: given(source).filter(|_| cite.is_none()),
                cite,
            })
        },
    )
}

/// Returns whether what one meets in a place stands in messages; many are logs and records only.
fn is_seen(place: &str) -> bool {
    const ELSEWHERE: [&str; 4] = ["status", "accounting record", "name of the error", "log"];
    !ELSEWHERE.iter().any(|elsewhere| place.contains(elsewhere)) || place.contains("phrase")
}

/// Returns the words that tell a number of a product, in the form in which they are compared.
fn telling<'a>(text: &'a str, subcode: &'a str) -> impl Iterator<Item = Text> + 'a {
    /// Shorter texts stand in many places by chance.
    const LONGEST_BY_CHANCE: usize = 8;
    let all = [text, subcode].into_iter();
    let telling = all.filter(|words| words.len() > LONGEST_BY_CHANCE && words.contains(' '));
    telling.map(str::to_lowercase)
}

pub(super) fn timer_values(assets: &Path) -> Result<Vec<TimerValue>, String> {
    rows(
        &assets.join("field/timers.tsv"),
        |[
            timers,
            product,
            version,
            setting,
            value,
            condition,
            seen,
            source,
        ]| {
            let (version, cite) = place(product, version);
            Ok(TimerValue {
                timers: timers.into(),
                product: product.into(),
                version,
                setting: given(setting),
                value: value.into(),
                condition: given(condition),
                seen: given(seen),
                source: given(source).filter(|_| cite.is_none()),
                cite,
            })
        },
    )
}

/// Where a product shows something, and what it is about.
#[derive(Clone)]
pub(crate) struct LookRow {
    pub(crate) about: Vec<About>,
    pub(crate) look: Look,
}

#[derive(Clone, PartialEq, Eq)]
pub(crate) enum About {
    Codes(Codes),
    /// Any code at all.
    Any,
    Topic(TopicKind, String),
}

impl About {
    fn read(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            _ if text == "any" => Ok(Self::Any),
            Some((kind, id)) => Ok(Self::Topic(word(kind)?, id.to_owned())),
            None => Codes::read(text).map(Self::Codes),
        }
    }
}

pub(super) fn look(assets: &Path) -> Result<Vec<LookRow>, String> {
    rows(
        &assets.join("field/look.tsv"),
        |[about, product, version, place, shows, source]| {
            let (version, cite) = self::place(product, version);
            Ok(LookRow {
                about: about
                    .split(',')
                    .map(About::read)
                    .collect::<Result<_, _>>()?,
                look: Look {
                    about: about.replace(',', ", "),
                    product: product.into(),
                    version,
                    place: place.into(),
                    shows: shows.into(),
                    source: given(source).filter(|_| cite.is_none()),
                    cite,
                },
            })
        },
    )
}

pub(super) fn cause_classes(assets: &Path) -> Result<Vec<CauseClass>, String> {
    rows(
        &assets.join("cause-classes.tsv"),
        |[first, last, name, version, source]| {
            let (source, cite) = match given(source) {
                Some(source) => (Some(source), None),
                None => (None, Some(Citation(version.into()))),
            };
            Ok(CauseClass {
                first: number(first)?,
                last: number(last)?,
                name: name.into(),
                source,
                cite,
            })
        },
    )
}

pub(super) fn locations(assets: &Path) -> Result<Vec<Location>, String> {
    rows(
        &assets.join("cause-locations.tsv"),
        |[name, means, section]| {
            Ok(Location {
                name: name.into(),
                means: means.into(),
                cite: Citation(section.into()),
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
