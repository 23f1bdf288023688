//! A page as a whole.

use std::borrow::Cow;

use super::block::Block;
use super::span::Link;
use crate::catalog::{Citation, Class, Entry};

/// A page: a title, a strip of facts, a sentence that answers, and the rest in blocks.
#[derive(Clone, Debug, Default)]
pub struct Document {
    pub title: String,
    /// The class of the response that it is about, if it is about one.
    pub class: Option<Class>,
    /// Facts in a word or two each: class, finality, sender, next step.
    pub strip: Vec<Cow<'static, str>>,
    pub summary: Cow<'static, str>,
    /// What the user keeps of what it is about, where it is shown; the document itself has none.
    pub note: Option<String>,
    /// The heading of each column, where blocks have columns.
    pub columns: Vec<String>,
    pub blocks: Vec<Block>,
    /// The section to open for the whole page.
    pub source: Option<Citation>,
}

impl Document {
    /// Returns the page of an entry.
    pub fn of(entry: Entry) -> Self {
        match entry {
            Entry::Response(response) => Self::of_response(response),
            Entry::Topic(topic) => Self::of_topic(topic),
            Entry::Product(product) => Self::of_product(product),
        }
    }

    /// Returns every link, in the order of the text.
    pub fn links(&self) -> Vec<Link> {
        let mut links = Vec::new();
        for block in &self.blocks {
            block.each_link(&mut |link| links.push(link));
        }
        links
    }
}

/// Puts each heading above its blocks, where there are any.
pub(super) fn under_headings(
    sections: impl Iterator<Item = (&'static str, Vec<Block>)>,
) -> Vec<Block> {
    let filled = sections.filter(|(_, below)| !below.is_empty());
    let blocks = filled.flat_map(|(heading, below)| {
        let heading = Block::heading(heading);
        [heading].into_iter().chain(below)
    });
    blocks.collect()
}
