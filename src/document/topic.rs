//! The page of a cause, a warn-code or a timer.

use std::borrow::Cow;

use super::block::Block;
use super::field::{said, shown};
use super::place::{Row, bracketed, by_place};
use super::span::{Role, Span};
use super::whole::{Document, under_headings};
use crate::catalog::{
    self, Citation, CodeLink, Direction, Mapped, Statement, TimerValue, Topic, TopicKind,
};

/// A section: its heading, and what stands below it.
type Section = (&'static str, fn(&'static Topic) -> Vec<Block>);

/// The sections of a page, in their order.
const SECTIONS: &[Section] = &[
    ("Description", description),
    ("What to check", check),
    ("Often confused with", related),
    ("Response codes", codes),
    ("Products", products),
    ("Values", values),
    ("Where to look", look),
    ("Location", location),
    ("Names", names),
    ("Learn more", learn_more),
    ("Errata", errata),
];

impl Document {
    /// Returns the page of a cause, a warn-code or a timer.
    pub fn of_topic(topic: &'static Topic) -> Self {
        let sections = SECTIONS.iter().copied();
        Self {
            title: catalog::Entry::from(topic).title(),
            strip: strip(topic),
            summary: topic.summary.into(),
            blocks: under_headings(sections.map(|(heading, below)| (heading, below(topic)))),
            source: topic.references.first().copied(),
            ..Self::default()
        }
    }
}

/// Returns the facts in a word or two each.
fn strip(topic: &'static Topic) -> Vec<Cow<'static, str>> {
    let codes = |direction| {
        // What a cause becomes is what RFC 3398 makes of it; others stand on the page.
        let links = match topic.kind {
            TopicKind::Cause => topic.gateway.iter(),
            TopicKind::Warning | TopicKind::Timer => topic.codes.iter(),
        };
        let rules = links.filter(|link| link.source.is_none());
        let mut codes = Vec::new();
        for link in rules.filter(|link| link.direction == direction) {
            let code = link.code.to_string();
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        let way = direction.as_str().trim_start_matches("is ");
        let says = format!("{way} {}", codes.join(", "));
        (!codes.is_empty()).then_some(Cow::from(says))
    };
    let kind = match topic.kind {
        TopicKind::Cause => "Q.850 cause",
        TopicKind::Warning => "warn-code of the Warning header field",
        TopicKind::Timer => "timer",
    };
    let mut strip: Vec<Cow<'static, str>> = vec![kind.into()];
    strip.extend(topic.class.as_ref().map(|class| Cow::from(class.name)));
    strip.extend(topic.value.map(Cow::from));
    strip.extend(match topic.kind {
        TopicKind::Cause => codes(Direction::Becomes),
        TopicKind::Warning => codes(Direction::CarriedBy),
        TopicKind::Timer => codes(Direction::Makes),
    });
    strip
}

fn description(topic: &'static Topic) -> Vec<Block> {
    topic
        .meaning
        .iter()
        .map(|says| Block::Paragraph(statement(says)))
        .collect()
}

/// Returns a sentence with what it rests on.
fn statement(statement: &'static Statement) -> Vec<Span> {
    let mut text = vec![Span::plain(statement.says)];
    text.extend(statement.cite.map(Span::cite));
    text.extend(statement.source.map(|source| bracketed(source.as_str())));
    text
}

fn check(topic: &'static Topic) -> Vec<Block> {
    let checks = topic.check.iter().enumerate();
    checks
        .map(|(place, says)| Block::numbered(place, statement(says)))
        .collect()
}

fn related(topic: &'static Topic) -> Vec<Block> {
    let related = topic.related.iter().filter_map(|kindred| {
        let other = catalog::topic(kindred.kind, &kindred.id)?;
        Some(Block::bullet(vec![
            Span::entry(other),
            Span::plain(": "),
            Span::plain(kindred.says),
        ]))
    });
    related.collect()
}

/// Returns the codes that the topic has to do with by an RFC; RFC 3398 comes first.
fn codes(topic: &'static Topic) -> Vec<Block> {
    let links = topic.gateway.iter().chain(topic.codes);
    let links = links.filter(|link| link.source.is_none()).map(code);
    let round_trip = topic.round_trip.map(|says| {
        Block::bullet(vec![
            Span::new("There and back:", Role::Muted),
            Span::plain(format!(" {says}")),
        ])
    });
    links.chain(round_trip).collect()
}

fn code(link: &'static CodeLink) -> Block {
    let lead = match link.direction {
        Direction::Becomes => "To SIP, ",
        Direction::ComesFrom => "From SIP, ",
        Direction::CarriedBy
        | Direction::Makes
        | Direction::Stops
        | Direction::Starts
        | Direction::Answers => "",
    };
    let mut text = vec![
        Span::new(lead, Role::Muted),
        Span::entry(catalog::response(link.code)),
        Span::plain(": "),
    ];
    text.extend(said(link));
    Block::bullet(text)
}

fn products(topic: &'static Topic) -> Vec<Block> {
    let links = topic.codes.iter().filter(|link| link.source.is_some());
    let links = links.map(code);
    by_place(topic.products.iter().map(mapped))
        .into_iter()
        .chain(links)
        .collect()
}

fn mapped(row: &'static Mapped) -> Row {
    let lead = match row.direction {
        Direction::ComesFrom => "From SIP",
        _ => "To SIP",
    };
    Row {
        place: row.into(),
        lead: lead.into(),
        says: format!("{} ({}).", row.codes, row.name),
    }
}

fn values(topic: &'static Topic) -> Vec<Block> {
    by_place(topic.values.iter().map(value))
}

/// Says how long a timer runs, on which condition, and what one sees then.
pub(super) fn value(row: &'static TimerValue) -> Row {
    let condition = row
        .condition
        .map_or(String::new(), |condition| format!("; {condition}"));
    let seen = row
        .seen
        .map_or(String::new(), |seen| format!("; seen: {seen}"));
    Row {
        place: row.into(),
        lead: row.setting.map_or_else(Cow::default, Cow::from),
        says: format!("{}{condition}{seen}.", row.value),
    }
}

fn look(topic: &'static Topic) -> Vec<Block> {
    by_place(topic.look.iter().map(shown))
}

/// Says what the parameter beside a cause means.
fn location(topic: &'static Topic) -> Vec<Block> {
    if topic.kind != TopicKind::Cause {
        return Vec::new();
    }
    let mut text = vec![Span::plain(
        "The parameter location of Reason says where the call was released:",
    )];
    let mut sign = " ";
    for location in catalog::locations() {
        text.push(Span::plain(sign));
        text.push(Span::new(location.name, Role::Strong));
        text.push(Span::plain(format!(" {}", location.means)));
        sign = "; ";
    }
    text.push(Span::plain("."));
    text.extend(
        catalog::locations()
            .first()
            .map(|location| Span::cite(location.cite)),
    );
    vec![Block::Paragraph(text)]
}

/// Says who calls it so, and what else it is called.
fn names(topic: &'static Topic) -> Vec<Block> {
    let class = topic.class.iter().map(|class| {
        let (first, last, name) = (class.first, class.last, class.name);
        let says = format!("Causes {first} to {last} are those of the class {name}.");
        let mut text = vec![Span::plain(says)];
        text.extend(class.cite.map(Span::cite));
        text.extend(class.source.map(|source| bracketed(source.as_str())));
        Block::bullet(text)
    });
    let named = topic
        .named
        .iter()
        .map(|named| Block::bullet(statement(named)));
    let also = (!topic.aliases.is_empty()).then(|| {
        let says = format!("Products write {}.", topic.aliases.join(", "));
        Block::item(says)
    });
    named.chain(class).chain(also).collect()
}

fn learn_more(topic: &'static Topic) -> Vec<Block> {
    topic
        .references
        .iter()
        .copied()
        .map(Block::reference)
        .collect()
}

fn errata(topic: &'static Topic) -> Vec<Block> {
    Block::errata(&cites(topic))
}

/// Returns every section that the page names.
fn cites(topic: &'static Topic) -> Vec<Citation> {
    let statements = topic
        .meaning
        .iter()
        .chain(topic.check)
        .chain(topic.named.iter());
    let links = topic.gateway.iter().chain(topic.codes);
    let values = topic.values.iter().filter_map(|row| row.cite);
    let mut cites: Vec<Citation> = statements.filter_map(|says| says.cite).collect();
    cites.extend(links.filter_map(|link| link.cite));
    cites.extend(values);
    cites.extend(topic.references);
    cites
}
