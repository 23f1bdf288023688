//! The sections of a page about what products do: these are facts of a product at a version, and no rules.

use super::block::Block;
use super::span::{Role, Span};
use crate::catalog::{Citation, MadeUp, Phrase, Response, Route, RouteStep, Text};
use crate::compare::capitalized;

/// How many codes of a row are named.
const MOST_CODES: usize = 6;

/// Where a row is from: the product, its version, or the section.
struct Place {
    product: Text,
    version: Option<Text>,
    source: Option<Text>,
    cite: Option<Citation>,
}

pub(super) fn made_up(response: &'static Response) -> Vec<Block> {
    by_place(response.made_up.iter().map(|row| (row.into(), event(row))))
}

fn event(row: &MadeUp) -> String {
    let sign = row.sign.map_or(String::new(), |sign| format!("; {sign}"));
    format!("When {}: {}{sign}.", row.event, row.wire.as_str())
}

/// Says what the RFCs rule, and then which products go on, which stop, and which do as they are set.
pub(super) fn next_route(response: &'static Response) -> Vec<Block> {
    let (rules, products): (Vec<&Route>, Vec<&Route>) = response
        .routes
        .iter()
        .partition(|route| route.cite.is_some());
    let rules = rules.into_iter().flat_map(|rule| {
        let cite = rule.cite.map(Block::reference);
        let says = Block::Detail(vec![Span::plain(format!("{}.", step(rule)))]);
        cite.into_iter().chain([says])
    });
    let steps = [RouteStep::Next, RouteStep::Stop, RouteStep::Configurable];
    let products = steps.iter().flat_map(|step| {
        let routes = products.iter().filter(|route| route.does == *step);
        let rows: Vec<Block> = routes.map(|route| product(response, route)).collect();
        let lead = (!rows.is_empty())
            .then(|| Block::bullet(vec![Span::new(capitalized(step.as_str()), Role::Strong)]));
        lead.into_iter().chain(rows)
    });
    rules.chain(products).collect()
}

/// Returns what a rule says of the next server: "tries the next; SHOULD go as a new request".
fn step(route: &Route) -> String {
    let setting = route
        .setting
        .map_or(String::new(), |setting| format!("; {setting}"));
    capitalized(&format!("{}{setting}", route.does.as_str()))
}

/// Returns what a product does, where it says so, and the other codes that it does the same with.
fn product(response: &Response, route: &Route) -> Block {
    let own = response.code.to_string();
    let others: Vec<&str> = route
        .codes
        .as_str()
        .split(", ")
        .filter(|code| *code != own)
        .collect();
    let others = match others.len() {
        0 => String::new(),
        1..=MOST_CODES => format!(", also on {}", others.join(", ")),
        many => format!(", also on {many} other codes"),
    };
    let setting = route
        .setting
        .map_or(String::new(), |setting| format!(": {setting}"));
    let mut text = vec![Span::new(route.product, Role::Strong)];
    text.extend(
        route
            .version
            .map(|version| Span::plain(format!(", {version}"))),
    );
    text.push(Span::plain(format!("{others}{setting}.")));
    text.extend(
        route
            .source
            .map(|source| Span::new(format!(" ({source})"), Role::Muted)),
    );
    Block::Detail(text)
}

pub(super) fn as_sent(response: &'static Response) -> Vec<Block> {
    by_place(response.phrases.iter().map(|row| (row.into(), phrase(row))))
}

fn phrase(row: &Phrase) -> String {
    format!("{}: {}.", row.sent, row.means)
}

/// Puts what one product does below its name, version and source, which are said once.
fn by_place(rows: impl Iterator<Item = (Place, String)>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut last: Option<Place> = None;
    for (place, says) in rows {
        let is_same = last.as_ref().is_some_and(|last| {
            (last.product, last.version, last.source)
                == (place.product, place.version, place.source)
                && last.cite == place.cite
        });
        if !is_same {
            blocks.push(heading(&place));
        }
        blocks.push(Block::Detail(vec![Span::plain(says)]));
        last = Some(place);
    }
    blocks
}

fn heading(place: &Place) -> Block {
    if let Some(cite) = place.cite {
        return Block::reference(cite);
    }
    let mut text = vec![Span::new(place.product, Role::Strong)];
    text.extend(
        place
            .version
            .map(|version| Span::plain(format!(", {version}"))),
    );
    text.extend(
        place
            .source
            .map(|source| Span::new(format!(" ({source})"), Role::Muted)),
    );
    Block::bullet(text)
}

impl From<&'static MadeUp> for Place {
    fn from(row: &'static MadeUp) -> Self {
        Self {
            product: row.product,
            version: row.version,
            source: row.source,
            cite: row.cite,
        }
    }
}

impl From<&'static Phrase> for Place {
    fn from(row: &'static Phrase) -> Self {
        Self {
            product: row.product,
            version: row.version,
            source: row.source,
            cite: row.cite,
        }
    }
}
