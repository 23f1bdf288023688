//! The sections of a page about what products do: these are facts of a product at a version, and no rules.

use super::block::Block;
use super::place::{Row, bracketed, by_place, product};
use super::span::{Role, Span};
use crate::catalog::{
    CodeLink, Entry, Look, MadeUp, Phrase, Response, Route, RouteStep, SubCode, Text, TopicKind,
    topics_of,
};
use crate::compare::capitalized;

/// How many codes of a row are named.
const MOST_CODES: usize = 6;
/// The most codes of a row that still says something of each.
const WIDE: usize = 12;

/// What a word before each row means.
const LOCAL: &str = "Local: never on the wire. Sent: a response that a trace has.";

pub(super) fn made_up(response: &'static Response) -> Vec<Block> {
    let rows = by_place(response.made_up.iter().map(event));
    let note = (!rows.is_empty()).then(|| Block::paragraph(LOCAL));
    note.into_iter().chain(rows).collect()
}

/// Says what makes a product make a code up, behind whether it is on the wire.
pub(super) fn event(row: &'static MadeUp) -> Row {
    let sign = row.sign.map_or(String::new(), |sign| format!("; {sign}"));
    Row {
        place: row.into(),
        lead: row.wire.as_str().into(),
        says: format!("when {}{sign}.", row.event),
    }
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
        let (wide, narrow): (Vec<&Route>, Vec<&Route>) = routes.partition(|route| is_wide(route));
        let rows = narrow.into_iter().map(|route| step_of(response, route));
        let rows = rows.chain(names(
            "By a rule for many codes",
            wide.into_iter().map(|route| route.product),
        ));
        let rows: Vec<Block> = rows.collect();
        let lead = (!rows.is_empty())
            .then(|| Block::bullet(vec![Span::new(capitalized(step.as_str()), Role::Strong)]));
        lead.into_iter().chain(rows)
    });
    rules.chain(products).collect()
}

/// Returns whether a row says nothing of a code that it does not say of a whole class, or of a long list.
fn is_wide(route: &Route) -> bool {
    let mut codes = route.codes.split(", ");
    codes.clone().count() > WIDE || codes.any(|code| code.ends_with("xx"))
}

/// Names products, each of which leads to its page, where the rows are with their sources.
fn names(lead: &'static str, products: impl Iterator<Item = Text>) -> Option<Block> {
    let mut named: Vec<Text> = Vec::new();
    for name in products {
        if !named.contains(&name) {
            named.push(name);
        }
    }
    let mut text = vec![Span::plain(lead), Span::plain(": ")];
    for (place, name) in named.iter().enumerate() {
        text.extend((place > 0).then(|| Span::plain(", ")));
        text.push(product(*name));
    }
    text.push(Span::plain("."));
    (!named.is_empty()).then_some(Block::Detail(text))
}

/// Returns what a rule says of the next server: "tries the next; SHOULD go as a new request".
fn step(route: &Route) -> String {
    let setting = route
        .setting
        .map_or(String::new(), |setting| format!("; {setting}"));
    capitalized(&format!("{}{setting}", route.does.as_str()))
}

/// Returns what a product does, where it says so, and the other codes that it does the same with.
fn step_of(response: &Response, route: &Route) -> Block {
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
    let version = route.version.map_or("", Text::as_str);
    let mut text = vec![Span::plain(format!("{version}{others}{setting}."))];
    text.extend(route.source.map(|source| bracketed(source.as_str())));
    Block::Entry {
        label: vec![product(route.product)],
        text,
        item: None,
    }
}

pub(super) fn as_sent(response: &'static Response) -> Vec<Block> {
    let phrases = response.phrases.iter().map(phrase);
    by_place(phrases.chain(response.subcodes.iter().map(subcode)))
}

pub(super) fn phrase(row: &'static Phrase) -> Row {
    Row {
        place: row.into(),
        lead: row.sent.into(),
        says: format!("{}.", row.means),
    }
}

/// Says what a number of a product means; the heading says where one meets it.
pub(super) fn subcode(row: &'static SubCode) -> Row {
    let text = row.text.map_or(String::new(), |text| format!(" {text}"));
    Row {
        place: row.into(),
        lead: format!("{}{text}", row.subcode).into(),
        says: format!("{}.", row.means),
    }
}

/// Returns the timers that make the code, or that it stops.
pub(super) fn timers(response: &'static Response) -> Vec<Block> {
    let timers = topics_of(TopicKind::Timer);
    let links = timers.flat_map(|timer| {
        let codes = timer.codes.iter();
        let of_it = codes.filter(|link| link.code == response.code);
        of_it.map(move |link| (timer, link))
    });
    let (rules, sources): (Vec<_>, Vec<_>) = links.partition(|(_, link)| link.cite.is_some());
    rules
        .into_iter()
        .chain(sources)
        .map(|(timer, link)| {
            let mut text = vec![Span::entry(Entry::from(timer)), Span::plain(": ")];
            text.extend(said(link));
            Block::bullet(text)
        })
        .collect()
}

/// Returns what a topic says of a code, with what it rests on.
pub(super) fn said(link: &CodeLink) -> Vec<Span> {
    let mut text = vec![Span::plain(link.says)];
    text.extend(link.cite.map(Span::cite));
    text.extend(link.source.map(|source| bracketed(source.as_str())));
    text
}

/// Says where products show the code itself, and names those that show all of its class.
pub(super) fn look(response: &'static Response) -> Vec<Block> {
    let own = response.code.to_string();
    let is_own = |row: &&Look| row.about.split(", ").any(|about| about == own);
    let (own, of_class): (Vec<&'static Look>, Vec<&'static Look>) =
        response.look.iter().partition(is_own);
    let of_class = of_class.into_iter().map(|row| row.product);
    let mut blocks = by_place(own.into_iter().map(shown));
    if let Some(Block::Detail(text)) = names("As all of its class", of_class) {
        blocks.push(Block::bullet(text));
    }
    blocks
}

/// Says where a product shows something, and what.
pub(super) fn shown(row: &'static Look) -> Row {
    Row {
        place: row.into(),
        lead: row.place.into(),
        says: format!("{}.", row.shows),
    }
}
