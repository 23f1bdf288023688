//! The sections of a page about the telephone network: what the standard and what products make of a code there.

use super::block::Block;
use super::span::{Link, Role, Span};
use crate::catalog::{self, Class, List, Mapping, Response, TopicKind, Vendor};

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
    let to = isdn.to.iter().map(|to| mapping(leaves, to));
    let from = isdn.from.iter().map(|from| mapping("Comes from", from));
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
    let rows = to.chain(from).chain(others).chain(round_trip);
    note.into_iter().chain(rows).collect()
}

fn mapping(lead: &str, mapping: &'static Mapping) -> Block {
    let when = mapping
        .when
        .map_or(String::new(), |when| format!(", if {when}"));
    let first = mapping
        .first
        .map_or(String::new(), |first| format!(" {first}"));
    let number = mapping.cause.to_string();
    let cause = catalog::topic(TopicKind::Cause, &number);
    Block::bullet(vec![
        Span::plain(format!("{lead} ")),
        Span {
            link: cause.map(|cause| Link::Entry(cause.into())),
            ..Span::new(format!("cause {number}"), Role::Link)
        },
        Span::plain(format!(" ({}){when}.{first}", mapping.name)),
        Span::cite(mapping.cite),
    ])
}

pub(super) fn products(response: &'static Response) -> Vec<Block> {
    let vendors = response.vendors.iter();
    vendors
        .map(|vendor| Block::item(product(response, vendor)))
        .collect()
}

fn product(response: &Response, vendor: &Vendor) -> String {
    let causes = |causes: List<catalog::Cause>, others: Option<&str>| {
        let causes: Vec<String> = causes
            .iter()
            .map(|cause| format!("{} {}", cause.number, cause.name))
            .chain(others.map(str::to_owned))
            .collect();
        causes.join(", ")
    };
    let mut parts = Vec::new();
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
