//! The sections of a page about the telephone network: what the standard and what products make of a code there.

use super::block::Block;
use super::place;
use super::span::{Link, Role, Span};
use crate::catalog::{self, Class, Mapping, Response, TopicKind, Vendor};

/// How binding the tables of RFC 3398 are.
const NOTE: &str = "RFC 3398 recommends these causes; a gateway can be set otherwise.";

pub(super) fn isdn(response: &'static Response) -> Vec<Block> {
    if !response.answers_invite() {
        let says = format!("Not applicable: a {} answers no INVITE.", response.code);
        return vec![Block::paragraph(says)];
    }
    let isdn = &response.isdn;
    // To follow a redirection is what a gateway should rather do.
    let (note, leaves) = match response.class() {
        Class::Redirection => (None, "May leave as"),
        _ => (Some(NOTE), "Leaves as"),
    };
    let is_mapped = !isdn.to.is_empty() || !isdn.from.is_empty();
    let note = note.filter(|_| is_mapped).map(Block::paragraph);
    let to = mappings(leaves, isdn.to.as_slice());
    let from = mappings("Comes from", isdn.from.as_slice());
    let others = isdn.from_others.map(|cite| {
        let says = "SHOULD come from every cause that RFC 3398 does not list, but not from cause 44, which stays \
                    inside the gateway.";
        Block::cited(says, cite)
    });
    let round_trip = isdn.round_trip.map(|says| {
        Block::bullet(vec![
            Span::new("There and back:", Role::Muted),
            Span::plain(format!(" {says}")),
        ])
    });
    let rows = to.into_iter().chain(from).chain(others).chain(round_trip);
    note.into_iter().chain(rows).collect()
}

/// Returns what a code becomes or comes from; a section that several neighbours rest on is said once, above them.
fn mappings(lead: &str, mappings: &'static [Mapping]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for group in mappings.chunk_by(|one, other| one.cite == other.cite) {
        if let [one] = group {
            blocks.push(Block::bullet(vec![
                Span::plain(format!("{lead} ")),
                cause(one),
                Span::plain(format!(" ({}){}", one.name, condition(one))),
                Span::cite(one.cite),
            ]));
            continue;
        }
        let lead = vec![Span::plain(lead.to_owned()), Span::cite(group[0].cite)];
        blocks.push(Block::bullet(lead));
        blocks.extend(group.iter().map(|one| Block::Entry {
            label: vec![cause(one)],
            text: vec![Span::plain(format!("{}{}", one.name, condition(one)))],
            item: None,
        }));
    }
    blocks
}

/// Returns a cause, which leads to its page.
fn cause(mapping: &'static Mapping) -> Span {
    let number = mapping.cause.to_string();
    let cause = catalog::topic(TopicKind::Cause, &number);
    Span {
        link: cause.map(|cause| Link::Entry(cause.into())),
        ..Span::new(format!("cause {number}"), Role::Link)
    }
}

/// Says when it is that cause, and what comes first.
fn condition(mapping: &Mapping) -> String {
    let when = mapping
        .when
        .map_or(String::new(), |when| format!(", if {when}"));
    let first = mapping
        .first
        .map_or(String::new(), |first| format!(" {first}"));
    format!("{when}.{first}")
}

pub(super) fn products(response: &'static Response) -> Vec<Block> {
    let vendors = response.vendors.iter();
    vendors
        .flat_map(|vendor| product(response, vendor))
        .collect()
}

/// Returns a product and its version, and below it what it makes of the code and of which causes it makes it.
fn product(response: &Response, vendor: &Vendor) -> Vec<Block> {
    let mut blocks = vec![Block::bullet(vec![
        place::product(vendor.product),
        Span::plain(format!(", {}", vendor.version)),
    ])];
    if !vendor.to.is_empty() {
        let standard = response.isdn.to.as_slice();
        let same = vendor
            .to
            .iter()
            .all(|cause| standard.iter().any(|to| to.cause == cause.number));
        let remark = match (same, standard) {
            (true, _) => "",
            (false, []) => " (RFC 3398 has no cause for it)",
            (false, _) => " (differs from RFC 3398)",
        };
        let label = if vendor.to_by_default {
            "By default hangup cause"
        } else {
            "Hangup cause"
        };
        blocks.extend(vendor.to.iter().map(|cause| made(label, cause, remark)));
    }
    blocks.extend(vendor.from.iter().map(|cause| made(FROM, cause, "")));
    blocks.extend(vendor.from_others.then(|| {
        let text = "every cause that it does not list.";
        row(FROM, text.into())
    }));
    blocks
}

const FROM: &str = "Sent for";

fn made(label: &'static str, cause: &catalog::Cause, remark: &str) -> Block {
    row(label, format!("{} {}{remark}.", cause.number, cause.name))
}

fn row(label: &'static str, text: String) -> Block {
    Block::Entry {
        label: vec![Span::new(label, Role::Muted)],
        text: vec![Span::plain(text)],
        item: None,
    }
}
