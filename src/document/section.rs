//! The sections of a page by their short names, so that one can ask for some of them.

use super::block::Block;
use super::span::{Role, Span};
use super::whole::Document;
use crate::catalog::PageSection;

/// Each heading of a page or comparison, and what it is called on the command line.
const NAMES: &[(&str, &str)] = &[
    ("Description", "description"),
    ("When you see it", "seen"),
    ("How to fix", "fix"),
    ("What to check", "check"),
    ("Often confused with", "confused"),
    ("Nearest registered codes", "nearest"),
    ("When to send it", "send"),
    ("Who sends it", "who"),
    ("Header fields", "headers"),
    ("What the client may do next", "next"),
    ("Other branches", "branches"),
    ("Dialog", "dialog"),
    ("Response codes", "codes"),
    ("Telephone network", "network"),
    ("ISDN causes", "network"),
    ("Warn-codes", "warnings"),
    ("Made by your own side", "local"),
    ("Made by its own side", "local"),
    ("Timers", "timers"),
    ("Next route", "route"),
    ("As it is sent", "sent"),
    ("Numbers", "numbers"),
    ("Where to look", "look"),
    ("Products", "products"),
    ("Values", "values"),
    ("Location", "location"),
    ("Names", "names"),
    ("Call flow", "flow"),
    ("On the wire", "wire"),
    ("In short", "short"),
    ("Key differences", "differences"),
    ("Side by side", "rows"),
    ("When to use which", "use"),
    ("Common mistakes", "mistakes"),
    ("Learn more", "more"),
    ("Near relatives", "relatives"),
    ("Errata", "errata"),
    ("In this trace", "traced"),
    ("Its calls", "calls"),
    ("What went wrong", "faults"),
    ("What failed", "failed"),
    ("Without a final response", "unanswered"),
    ("What requests came to", "outcomes"),
    ("What was not read", "unread"),
    ("What happened", "happened"),
    ("Messages", "messages"),
    ("What it says", "says"),
    ("What is wrong with it", "wrong"),
    ("What to do next", "do"),
    ("Read on", "read"),
];

/// Returns the names of all sections that a page can have, with their headings.
pub fn section_names() -> impl Iterator<Item = (&'static str, &'static str)> {
    NAMES.iter().map(|(heading, name)| (*name, *heading))
}

/// Returns the short name of the section that has a heading.
pub fn section_name(heading: &str) -> Option<&'static str> {
    let mut named = section_names();
    named.find(|(_, of)| *of == heading).map(|(name, _)| name)
}

fn name(block: &Block) -> Option<&'static str> {
    match block {
        Block::Heading(heading) => section_name(heading),
        _ => None,
    }
}

/// Returns the cause of which a block is a row.
fn cause_of(block: &Block) -> Option<&Span> {
    let (Block::Item { text, .. } | Block::Entry { label: text, .. }) = block else {
        return None;
    };
    let mut spans = text.iter();
    spans.find(|span| span.role == Role::Link && span.text.starts_with("cause "))
}

impl Document {
    /// Returns the number of the block that is an item of a section, or of the heading where the items stand otherwise.
    pub fn block_of(&self, section: PageSection, item: usize) -> Option<usize> {
        let name = match section {
            PageSection::Head => return None,
            PageSection::Description => "description",
            PageSection::Seen => "seen",
            PageSection::Fix => "fix",
            PageSection::Confused => "confused",
            PageSection::Send => "send",
            PageSection::Who => "who",
            PageSection::Headers => "headers",
            PageSection::Next => "next",
            PageSection::Branches => "branches",
            PageSection::Dialog => "dialog",
            PageSection::Network => "network",
            PageSection::Local => "local",
            PageSection::Sent => "sent",
            PageSection::Check => "check",
            PageSection::Codes => "codes",
        };
        let mut blocks = self.blocks.iter();
        let heading = blocks.position(|block| self::name(block) == Some(name))?;
        let below = self.blocks.iter().enumerate().skip(heading + 1);
        let below = below.take_while(|(_, block)| !matches!(block, Block::Heading(_)));
        let is_item = |block: &Block| match section {
            PageSection::Description | PageSection::Send => true,
            // Causes with one section stand below it.
            PageSection::Network => cause_of(block).is_some(),
            // What one product does stands together.
            PageSection::Local | PageSection::Sent => {
                matches!(block, Block::Entry { item: Some(place), .. } if *place == item)
            }
            _ => matches!(block, Block::Item { .. }),
        };
        let mut items = below.filter(|(_, block)| is_item(block));
        let item = match section {
            PageSection::Local | PageSection::Sent => 0,
            _ => item,
        };
        items.nth(item).map(|(at, _)| at).or(Some(heading))
    }

    /// Returns what an item is about: the text of it that the eye should find first.
    pub fn subject(&self, block: usize) -> Option<&str> {
        let (Block::Item { text, .. } | Block::Detail(text) | Block::Entry { label: text, .. }) =
            self.blocks.get(block)?
        else {
            return None;
        };
        let mut spans = text.iter();
        let subject = spans.find(|span| matches!(span.role, Role::Strong | Role::Link));
        subject.map(|span| span.text.as_ref())
    }

    /// Returns its headings, each with its number among the blocks.
    pub fn headings(&self) -> impl Iterator<Item = (usize, &str)> {
        let blocks = self.blocks.iter().enumerate();
        blocks.filter_map(|(at, block)| match block {
            Block::Heading(heading) => Some((at, heading.as_ref())),
            _ => None,
        })
    }

    /// Returns the names of its sections, in their order.
    pub fn sections(&self) -> Vec<&'static str> {
        self.blocks.iter().filter_map(name).collect()
    }

    /// Returns its title with only these of its sections.
    #[must_use]
    pub fn only(&self, names: &[&str]) -> Self {
        let mut is_wanted = false;
        let mut blocks = Vec::new();
        for block in &self.blocks {
            if matches!(block, Block::Heading(_)) {
                is_wanted = name(block).is_some_and(|name| names.contains(&name));
            }
            if is_wanted {
                blocks.push(block.clone());
            }
        }
        Self {
            title: self.title.clone(),
            class: self.class,
            columns: self.columns.clone(),
            blocks,
            source: self.source,
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Entry, StatusCode, TopicKind, products, response, topics_of};
    use crate::compare::{Compared, compare};

    #[test]
    fn every_heading_has_a_name_that_stands_once_on_its_page() {
        let codes = (100..700).filter_map(|code| StatusCode::new(code).ok());
        let kinds = [TopicKind::Cause, TopicKind::Warning, TopicKind::Timer];
        let mut pages: Vec<Document> = codes
            .map(|code| Document::of_response(response(code)))
            .chain(
                kinds
                    .into_iter()
                    .flat_map(topics_of)
                    .map(Document::of_topic),
            )
            .chain(
                products()
                    .iter()
                    .map(|product| Document::of(Entry::from(product))),
            )
            .collect();
        for codes in [[480, 486], [401, 407]] {
            let codes = codes.map(|code| response(StatusCode::new(code).expect("a code")));
            let compared = Compared::new(&codes).expect("two codes");
            pages.push(Document::of_comparison(&compare(&compared), false));
        }
        for page in pages {
            let headings = page.blocks.iter();
            let headings = headings.filter(|block| matches!(block, Block::Heading(_)));
            let mut names = page.sections();
            assert_eq!(headings.count(), names.len(), "{}", page.title);
            let all = page.only(&names);
            assert_eq!(all.sections(), names);
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), page.sections().len(), "{}", page.title);
        }
    }
}
