//! What a page says of products and of timers, row by row.

use serde::Serialize;

use crate::catalog::{
    Citation, CodeLink, Direction, Look, MadeUp, Phrase, Response, Route, RouteStep, SubCode, Text,
    TopicKind, Wire, topics_of,
};

/// A code that a side makes up itself.
#[derive(Serialize)]
pub(super) struct Local {
    stack: Text,
    version: Option<Text>,
    event: Text,
    wire: Wire,
    tell: Option<Text>,
    says: String,
    source: Option<Text>,
    cite: Option<Citation>,
}

/// Whether a platform tries its next route.
#[derive(Serialize)]
pub(super) struct NextRoute {
    platform: Text,
    version: Option<Text>,
    codes: Text,
    does: RouteStep,
    setting: Option<Text>,
    source: Option<Text>,
    cite: Option<Citation>,
}

/// What a product writes: a phrase, or a number beside the code.
#[derive(Serialize)]
pub(super) struct AsSent {
    product: Text,
    version: Option<Text>,
    phrase: Option<Text>,
    subcode: Option<Text>,
    /// The constant or the words of a number.
    text: Option<Text>,
    /// Where one meets a number.
    seen: Option<Text>,
    says: Text,
    source: Option<Text>,
    cite: Option<Citation>,
}

/// A timer that makes the code, or that it stops.
#[derive(Serialize)]
pub(super) struct TimerOf {
    name: Text,
    direction: Direction,
    says: Text,
    source: Option<Text>,
    cite: Option<Citation>,
}

/// What is known of a code beside the rules.
#[derive(Serialize)]
pub(super) struct Field {
    local: Vec<Local>,
    next_route: Vec<NextRoute>,
    as_sent: Vec<AsSent>,
    look: Vec<&'static Look>,
    timers: Vec<TimerOf>,
}

impl From<&'static Response> for Field {
    fn from(response: &'static Response) -> Self {
        let phrases = response.phrases.iter().map(AsSent::from);
        let timers = topics_of(TopicKind::Timer).flat_map(|timer| {
            let links = timer.codes.iter();
            let of_it = links.filter(|link| link.code == response.code);
            of_it.map(|link| TimerOf::new(timer.id, link))
        });
        Self {
            local: response.made_up.iter().map(Local::from).collect(),
            next_route: response.routes.iter().map(NextRoute::from).collect(),
            as_sent: phrases
                .chain(response.subcodes.iter().map(AsSent::from))
                .collect(),
            look: response.look.iter().collect(),
            timers: timers.collect(),
        }
    }
}

impl TimerOf {
    fn new(name: Text, link: &CodeLink) -> Self {
        Self {
            name,
            direction: link.direction,
            says: link.says,
            source: link.source,
            cite: link.cite,
        }
    }
}

impl From<&MadeUp> for Local {
    fn from(row: &MadeUp) -> Self {
        Self {
            stack: row.product,
            version: row.version,
            event: row.event,
            wire: row.wire,
            tell: row.sign,
            says: format!("When {}: {}.", row.event, row.wire.as_str()),
            source: row.source,
            cite: row.cite,
        }
    }
}

impl From<&Route> for NextRoute {
    fn from(row: &Route) -> Self {
        Self {
            platform: row.product,
            version: row.version,
            codes: row.codes,
            does: row.does,
            setting: row.setting,
            source: row.source,
            cite: row.cite,
        }
    }
}

impl From<&Phrase> for AsSent {
    fn from(row: &Phrase) -> Self {
        Self {
            product: row.product,
            version: row.version,
            phrase: Some(row.sent),
            subcode: None,
            text: None,
            seen: None,
            says: row.means,
            source: row.source,
            cite: row.cite,
        }
    }
}

impl From<&SubCode> for AsSent {
    fn from(row: &SubCode) -> Self {
        Self {
            product: row.product,
            version: row.version,
            phrase: None,
            subcode: Some(row.subcode),
            text: row.text,
            seen: Some(row.seen),
            says: row.means,
            source: row.source,
            cite: row.cite,
        }
    }
}
