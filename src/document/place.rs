//! Where a row of what products do is from: the product with its version and source, or the section of an RFC.

use std::borrow::Cow;

use super::block::Block;
use super::span::{Link, Role, Span};
use crate::catalog::{
    Citation, Entry, Look, MadeUp, Mapped, Phrase, Product, Route, SubCode, Text, TimerValue,
};

/// The product and its version, or the section; the source stands with the row.
#[derive(PartialEq, Eq)]
pub(super) struct Place {
    product: Text,
    version: Option<Text>,
    cite: Option<Citation>,
    /// Where all of the rows are met, if each says so.
    seen: Option<Text>,
    source: Option<Text>,
}

impl Place {
    fn is_beside(&self, other: &Self) -> bool {
        let key = |place: &Self| (place.product, place.version, place.cite, place.seen);
        key(self) == key(other)
    }
}

/// What a product has, and what is said of it.
pub(super) struct Row {
    pub(super) place: Place,
    /// The phrase, number or setting itself, where there is one.
    pub(super) lead: Cow<'static, str>,
    pub(super) says: String,
}

/// Puts what one product does below its name and version, which are said once, as is a source that all of it has; the
/// sections of RFCs come first.
pub(super) fn by_place(rows: impl Iterator<Item = Row>) -> Vec<Block> {
    grouped(rows.collect())
}

fn grouped(rows: Vec<Row>) -> Vec<Block> {
    let mut groups: Vec<Vec<(usize, Row)>> = Vec::new();
    for (item, row) in rows.into_iter().enumerate() {
        let mut found = groups.iter_mut();
        match found.find(|group| group[0].1.place.is_beside(&row.place)) {
            Some(group) => group.push((item, row)),
            None => groups.push(vec![(item, row)]),
        }
    }
    let groups = groups.into_iter();
    let (cited, others): (Vec<_>, Vec<_>) =
        groups.partition(|group| group[0].1.place.cite.is_some());
    cited.into_iter().chain(others).flat_map(blocks).collect()
}

/// Returns the heading of rows from one place, and the rows.
fn blocks(group: Vec<(usize, Row)>) -> Vec<Block> {
    let place = &group[0].1.place;
    let first = place.source;
    let mut rows = group.iter().map(|(_, row)| row);
    let once = first.filter(|first| rows.clone().all(|row| row.place.source == Some(*first)));
    let file = |row: &Row| row.place.source.map(|source| file(source.as_str()));
    let same_file = group.len() > 1 && rows.all(|row| file(row) == file(&group[0].1));
    let mut heading = heading(place);
    heading.extend(match (once, first) {
        (Some(source), _) => Some(bracketed(source.as_str())),
        (None, Some(source)) if same_file => Some(bracketed(self::file(source.as_str()))),
        _ => None,
    });
    let mut blocks = vec![Block::bullet(heading)];
    for (item, Row { place, lead, says }) in group {
        let mut text = vec![Span::plain(says)];
        if once.is_none() && !same_file {
            text.extend(place.source.map(|source| bracketed(source.as_str())));
        }
        blocks.push(if lead.is_empty() {
            Block::Detail(text)
        } else {
            let label = vec![Span::new(lead, Role::Strong)];
            let item = Some(item);
            Block::Entry { label, text, item }
        });
    }
    blocks
}

/// Returns the file of a source without its lines.
fn file(source: &'static str) -> &'static str {
    source.split_once(':').map_or(source, |(file, _)| file)
}

/// Returns where a row is from, in brackets.
pub(super) fn bracketed(source: &str) -> Span {
    Span::new(format!(" ({source})"), Role::Muted)
}

fn heading(place: &Place) -> Vec<Span> {
    if let Some(cite) = place.cite {
        return vec![
            Span::section(cite),
            Span::plain(format!("  {}", cite.title())),
        ];
    }
    let mut text = vec![product(place.product)];
    text.extend(
        place
            .version
            .map(|version| Span::plain(format!(", {version}"))),
    );
    text.extend(place.seen.map(|seen| Span::plain(format!(", {seen}"))));
    text
}

/// Returns the name of a product, which leads to all that is known of it.
pub(super) fn product(name: Text) -> Span {
    Span {
        link: Product::of(name).map(|product| Link::Entry(Entry::from(product))),
        ..Span::new(name, Role::Strong)
    }
}

macro_rules! placed {
    ($($row:ident $seen:expr;)*) => {
        $(impl From<&'static $row> for Place {
            fn from(row: &'static $row) -> Self {
                let seen: fn(&$row) -> Option<Text> = $seen;
                Self {
                    product: row.product,
                    version: row.version,
                    cite: row.cite,
                    seen: seen(row),
                    source: row.source,
                }
            }
        })*
    };
}

placed! {
    MadeUp |_| None;
    Phrase |_| None;
    Route |_| None;
    SubCode |row| Some(row.seen);
    TimerValue |_| None;
    Look |_| None;
}

impl From<&'static Mapped> for Place {
    fn from(row: &'static Mapped) -> Self {
        Self {
            product: row.product,
            version: Some(row.version),
            cite: None,
            seen: None,
            source: None,
        }
    }
}
