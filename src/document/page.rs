//! The page of one response.

use std::borrow::Cow;

use super::block::{Arrow, Block};
use super::field::{as_sent, look, made_up, next_route, timers};
use super::span::{Link, Role, Span};
use super::telephone::{isdn, products};
use super::whole::{Document, under_headings};
use crate::catalog::{self, Class, HeaderField, Response, Sender, Status, TopicKind, Warning};

/// A section: its heading, and what stands below it. Where that is nothing, there is no heading either.
pub(super) type Section = (&'static str, fn(&'static Response) -> Vec<Block>);

pub(super) const DESCRIPTION: Section = ("Description", description);
pub(super) const SEEN: Section = ("When you see it", seen);
pub(super) const HOW_TO_FIX: Section = ("How to fix", how_to_fix);

/// The sections of a page, in their order.
const SECTIONS: &[Section] = &[
    DESCRIPTION,
    SEEN,
    HOW_TO_FIX,
    ("Often confused with", confused),
    ("Nearest registered codes", nearest),
    ("When to send it", when_to_send),
    ("Who sends it", senders),
    ("Header fields", header_fields),
    ("What the client may do next", next_step),
    ("Other branches", other_branches),
    ("Dialog", dialog),
    ("Telephone network", isdn),
    ("Warn-codes", warn_codes),
    ("Made by your own side", made_up),
    ("Timers", timers),
    ("Next route", next_route),
    ("As it is sent", as_sent),
    ("Where to look", look),
    ("Products", products),
    ("Call flow", call_flow),
    ("On the wire", on_the_wire),
    ("Learn more", learn_more),
    ("Errata", errata),
];

impl Document {
    /// Returns the page of a response.
    pub fn of_response(response: &'static Response) -> Self {
        let first = response.sent_or_made_up;
        let first = first.map(|says| Block::labelled("Sent or made up:", says));
        let mut blocks = Vec::from_iter(first);
        let sections = SECTIONS.iter().copied();
        let sections = sections.map(|(heading, below)| (heading, below(response)));
        blocks.extend(under_headings(sections));
        Self {
            title: response.title(),
            class: Some(response.class()),
            strip: strip(response),
            summary: response.summary.into(),
            blocks,
            source: response.defined().or(response.references.first().copied()),
            ..Self::default()
        }
    }
}

/// Returns the facts of a response in a word or two each.
fn strip(response: &'static Response) -> Vec<Cow<'static, str>> {
    let class = response.class();
    let title = catalog::class_rule(class).title.to_lowercase();
    let mut strip: Vec<Cow<'static, str>> = vec![format!("{} {title}", class.pattern()).into()];
    // "1xx provisional" has said it.
    if class != Class::Provisional {
        strip.push("final".into());
    }
    strip.extend(match response.status() {
        Some(Status::Current) => None,
        Some(Status::Deprecated) => Some("deprecated".into()),
        Some(Status::Reserved) => Some("reserved".into()),
        None => Some("not in IANA's list".into()),
    });
    strip.extend(from(response));
    strip.extend(
        response
            .retry
            .first()
            .map(|retry| retry.verdict.as_str().into()),
    );
    strip
}

/// Returns who sends it, two at the most.
fn from(response: &'static Response) -> Option<Cow<'static, str>> {
    let first = response.sender()?;
    let mut senders = response.sent_by.iter().map(|sender| sender.who);
    let from = match senders.find(|who| *who != first) {
        Some(second) => format!("from {first} or {second}"),
        None => format!("from {first}"),
    };
    Some(from.into())
}

fn description(response: &'static Response) -> Vec<Block> {
    let note = (!response.is_written()).then(|| {
        format!(
            "No registry has a {}. What follows holds for its class.",
            response.code
        )
    });
    let meaning = response.meaning.iter().copied();
    note.map(Block::paragraph)
        .into_iter()
        .chain(meaning.map(Block::paragraph))
        .collect()
}

fn seen(response: &'static Response) -> Vec<Block> {
    response.seen.iter().copied().map(Block::item).collect()
}

fn how_to_fix(response: &'static Response) -> Vec<Block> {
    let steps = response.fix.iter().enumerate().flat_map(|(place, fix)| {
        [
            Block::numbered(place, vec![Span::new(fix.cause, Role::Strong)]),
            Block::labelled("Check:", fix.check),
            Block::labelled("Then:", fix.remedy),
        ]
    });
    steps.collect()
}

/// Returns what a written page says of other codes.
fn confused(response: &'static Response) -> Vec<Block> {
    if response.is_written() {
        related(response)
    } else {
        Vec::new()
    }
}

/// Returns the codes next to one that nobody has written a page of.
fn nearest(response: &'static Response) -> Vec<Block> {
    if response.is_written() {
        Vec::new()
    } else {
        related(response)
    }
}

fn related(response: &'static Response) -> Vec<Block> {
    let related = response.related.iter().map(|related| {
        Block::bullet(vec![
            Span::entry(catalog::response(related.code)),
            Span::plain(": "),
            Span::plain(related.says),
        ])
    });
    related.collect()
}

fn when_to_send(response: &'static Response) -> Vec<Block> {
    response
        .use_when
        .map(Block::paragraph)
        .into_iter()
        .collect()
}

fn senders(response: &'static Response) -> Vec<Block> {
    response.sent_by.iter().map(sender).collect()
}

fn sender(sender: &'static Sender) -> Block {
    let methods = match sender.methods.as_slice() {
        [] => "any method".into(),
        methods => methods.join(", "),
    };
    let mut text = vec![
        Span::new(sender.who, Role::Strong),
        Span::plain(format!(", for {methods}: ")),
        Span::plain(sender.says),
    ];
    text.extend(sender.cite.map(Span::cite));
    Block::bullet(text)
}

fn header_fields(response: &'static Response) -> Vec<Block> {
    response.headers.iter().map(header_field).collect()
}

fn header_field(header: &'static HeaderField) -> Block {
    let when = header
        .when
        .map_or(String::new(), |when| format!(", if {when}"));
    Block::bullet(vec![
        Span::new(header.name, Role::Strong),
        Span::plain(" "),
        Span::new(header.strength.as_str(), Role::Strength),
        Span::plain(format!(" {}{when}. ", header.place.as_str())),
        Span::plain(header.says),
        Span::cite(header.cite),
    ])
}

fn next_step(response: &'static Response) -> Vec<Block> {
    let retry = response.retry.iter();
    retry
        .map(|retry| Block::cited(retry.says, retry.cite))
        .collect()
}

fn other_branches(response: &'static Response) -> Vec<Block> {
    let forking = response.forking.iter();
    forking
        .map(|forking| Block::cited(forking.says, forking.cite))
        .collect()
}

fn dialog(response: &'static Response) -> Vec<Block> {
    let dialog = response.dialog.iter();
    dialog
        .map(|dialog| Block::cited(dialog.says, dialog.cite))
        .collect()
}

fn warn_codes(response: &'static Response) -> Vec<Block> {
    let warnings = response.warnings().map(|warning| {
        Block::bullet(vec![
            warn_code(warning),
            Span::plain(": "),
            Span::plain(warning.says),
            Span::cite(warning.cite),
        ])
    });
    warnings.collect()
}

/// Returns the number and the text of a warn-code, which lead to its page.
fn warn_code(warning: &'static Warning) -> Span {
    let topic = catalog::topic(TopicKind::Warning, &warning.code.to_string());
    Span {
        link: topic.map(|topic| Link::Entry(topic.into())),
        ..Span::new(format!("{} {}", warning.code, warning.text), Role::Strong)
    }
}

fn call_flow(response: &'static Response) -> Vec<Block> {
    if response.flow.is_empty() {
        return Vec::new();
    }
    vec![Block::Ladder(
        response.flow.iter().map(Arrow::from).collect(),
    )]
}

fn on_the_wire(response: &'static Response) -> Vec<Block> {
    let example = response.example.into_iter();
    example
        .map(|example| Block::Message(example.into()))
        .collect()
}

/// Returns what is known to be wrong in the sections that the page cites.
fn errata(response: &'static Response) -> Vec<Block> {
    let mappings = response.isdn.to.iter().chain(response.isdn.from);
    let mut cites = response.cites();
    cites.extend(mappings.map(|mapping| mapping.cite));
    cites.extend(response.warnings().map(|warning| warning.cite));
    Block::errata(&cites)
}

fn learn_more(response: &'static Response) -> Vec<Block> {
    let defined = response.defined();
    let references = response.references.iter().copied();
    let further = references.filter(|cite| Some(*cite) != defined);
    let sections = defined.into_iter().chain(further).map(Block::reference);
    sections
        .chain(response.sources().iter().copied().map(Block::item))
        .collect()
}
