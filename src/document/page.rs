//! The page of one response.

use std::borrow::Cow;

use super::{Block, Document, Marker, Role, Span, Text, bullet, paragraph, reference, strip};
use crate::catalog::{self, Citation, Fix, HeaderField, Mapping, Response, Sender, Vendor};

pub(super) fn page(response: &'static Response) -> Document {
    let mut blocks = Vec::new();
    description(response, &mut blocks);
    seen(response, &mut blocks);
    how_to_fix(response.fix, &mut blocks);
    let heading = if response.written {
        "Often confused with"
    } else {
        "Nearest registered codes"
    };
    section(heading, related(response), &mut blocks);
    section(
        "When to send it",
        response.use_when.map(paragraph).into_iter(),
        &mut blocks,
    );
    section(
        "Who sends it",
        response.sent_by.iter().map(sender),
        &mut blocks,
    );
    section(
        "Header fields",
        response.headers.iter().map(header_field),
        &mut blocks,
    );
    section(
        "What the client may do next",
        response
            .retry
            .iter()
            .map(|retry| cited(retry.says, retry.cite)),
        &mut blocks,
    );
    section(
        "Other branches",
        response
            .forking
            .iter()
            .map(|forking| cited(forking.says, forking.cite)),
        &mut blocks,
    );
    section(
        "Dialog",
        response
            .dialog
            .iter()
            .map(|dialog| cited(dialog.says, dialog.cite)),
        &mut blocks,
    );
    section("Telephone network", isdn(response), &mut blocks);
    section(
        "Products",
        response
            .vendors
            .iter()
            .map(|vendor| bullet(vec![Span::plain(products(response, vendor))])),
        &mut blocks,
    );
    section("Warn-codes", warn_codes(response), &mut blocks);
    let ladder = (!response.flow.is_empty()).then_some(Block::Ladder(response.flow));
    section("Call flow", ladder.into_iter(), &mut blocks);
    section(
        "On the wire",
        response.example.map(Block::Message).into_iter(),
        &mut blocks,
    );
    section(
        "Learn more",
        learn_more(response).map(reference).chain(
            response
                .sources
                .iter()
                .map(|source| bullet(vec![Span::plain(*source)])),
        ),
        &mut blocks,
    );
    Document {
        title: response.title(),
        strip: strip(response),
        summary: response.summary.into(),
        columns: Vec::new(),
        blocks,
        source: response.defined.or(response.references.first().copied()),
    }
}

/// Adds a heading and what is below it, or nothing where there is nothing below.
fn section(heading: &'static str, below: impl Iterator<Item = Block>, blocks: &mut Vec<Block>) {
    let mut below = below.peekable();
    if below.peek().is_some() {
        blocks.push(Block::Heading(heading));
        blocks.extend(below);
    }
}

pub(super) fn description(response: &'static Response, blocks: &mut Vec<Block>) {
    let note = (!response.written).then(|| {
        format!(
            "No registry has a {}. What follows holds for its class.",
            response.code
        )
    });
    let paragraphs = note
        .into_iter()
        .map(Cow::Owned)
        .chain(response.meaning.iter().map(|text| Cow::Borrowed(*text)));
    section("Description", paragraphs.map(paragraph), blocks);
}

pub(super) fn seen(response: &'static Response, blocks: &mut Vec<Block>) {
    let situations = response
        .seen
        .iter()
        .map(|text| bullet(vec![Span::plain(*text)]));
    section("When you see it", situations, blocks);
}

pub(super) fn how_to_fix(fixes: &'static [Fix], blocks: &mut Vec<Block>) {
    let steps = fixes.iter().enumerate().flat_map(|(i, fix)| {
        let label = |name, text| {
            Block::Detail(vec![
                Span::new(name, Role::Muted),
                Span::plain(" "),
                Span::plain(text),
            ])
        };
        [
            Block::Item {
                marker: Marker::Number(i + 1),
                text: vec![Span::new(fix.cause, Role::Strong)],
            },
            label("Check:", fix.check),
            label("Then:", fix.remedy),
        ]
    });
    section("How to fix", steps, blocks);
}

fn related(response: &'static Response) -> impl Iterator<Item = Block> {
    response.related.iter().map(|related| {
        let other = catalog::response(related.code);
        bullet(vec![
            Span::response(other),
            Span::plain(": "),
            Span::plain(related.says),
        ])
    })
}

fn sender(sender: &'static Sender) -> Block {
    let methods = match sender.methods {
        [] => "any method".into(),
        methods => methods.join(", "),
    };
    let mut text: Text = vec![
        Span::new(sender.who, Role::Strong),
        Span::plain(format!(", for {methods}: ")),
        Span::plain(sender.says),
    ];
    text.extend(sender.cite.map(Span::cite));
    bullet(text)
}

fn header_field(header: &'static HeaderField) -> Block {
    let when = header
        .when
        .map_or(String::new(), |when| format!(", if {when}"));
    bullet(vec![
        Span::new(header.name, Role::Strong),
        Span::plain(" "),
        Span::new(header.strength.as_str(), Role::Strength),
        Span::plain(format!(" {}{when}. ", header.place.as_str())),
        Span::plain(header.says),
        Span::cite(header.cite),
    ])
}

fn cited(says: &'static str, cite: Citation) -> Block {
    bullet(vec![Span::plain(says), Span::cite(cite)])
}

fn isdn(response: &'static Response) -> impl Iterator<Item = Block> {
    let line = |lead: &str, mapping: &'static Mapping| {
        let when = mapping
            .when
            .map_or(String::new(), |when| format!(", if {when}"));
        let first = mapping
            .first
            .map_or(String::new(), |first| format!(" {first}"));
        let text = format!(
            "{lead} cause {} ({}){when}.{first}",
            mapping.cause, mapping.name
        );
        bullet(vec![Span::plain(text), Span::cite(mapping.cite)])
    };
    let isdn = &response.isdn;
    let to = isdn
        .to
        .iter()
        .map(move |mapping| line("Leaves as", mapping));
    let from = isdn
        .from
        .iter()
        .map(move |mapping| line("Comes from", mapping));
    let others = isdn.from_others.map(|cite| {
        let says = "Comes from every cause that RFC 3398 does not list.";
        bullet(vec![Span::plain(says), Span::cite(cite)])
    });
    let round_trip = isdn.round_trip.map(|says| {
        bullet(vec![
            Span::new("There and back:", Role::Muted),
            Span::plain(format!(" {says}")),
        ])
    });
    to.chain(from).chain(others).chain(round_trip)
}

fn products(response: &Response, vendor: &Vendor) -> String {
    let causes = |causes: &[catalog::Cause], others: Option<&str>| {
        let causes: Vec<String> = causes
            .iter()
            .map(|cause| format!("{} {}", cause.number, cause.name))
            .chain(others.map(str::to_owned))
            .collect();
        causes.join(", ")
    };
    let mut parts = Vec::new();
    if !vendor.to.is_empty() {
        let standard = response.isdn.to;
        let same = vendor
            .to
            .iter()
            .all(|cause| standard.iter().any(|to| to.cause == cause.number));
        let remark = match (same, standard) {
            (true, _) => "",
            (false, []) => " (RFC 3398 has no cause for it)",
            (false, _) => " (differs from RFC 3398)",
        };
        let default = if vendor.to_by_default {
            "by default "
        } else {
            ""
        };
        let causes = causes(vendor.to, None);
        parts.push(format!("{default}hangup cause {causes}{remark}"));
    }
    if !vendor.from.is_empty() || vendor.from_others {
        let others = vendor
            .from_others
            .then_some("every cause that it does not list");
        parts.push(format!("sent for {}", causes(vendor.from, others)));
    }
    format!(
        "{}, {}: {}.",
        vendor.product,
        vendor.version,
        parts.join("; ")
    )
}

fn warn_codes(response: &'static Response) -> impl Iterator<Item = Block> {
    response.warnings().map(|warning| {
        bullet(vec![
            Span::new(format!("{} {}", warning.code, warning.text), Role::Strong),
            Span::plain(": "),
            Span::plain(warning.says),
            Span::cite(warning.cite),
        ])
    })
}

fn learn_more(response: &'static Response) -> impl Iterator<Item = Citation> {
    let defined = response.defined;
    let further = response
        .references
        .iter()
        .copied()
        .filter(move |cite| Some(*cite) != defined);
    defined.into_iter().chain(further)
}
