//! What there is to say about a response or a comparison, said once and drawn by many.
//! Nothing here knows where it is shown.

mod comparison;
mod page;

use std::borrow::Cow;

use crate::catalog::{Citation, Class, Response, Status, Step};
use crate::compare::Comparison;

/// A page: a title, a strip of facts, a sentence that answers, and the rest in blocks.
#[derive(Debug, Default)]
pub struct Document {
    pub title: String,
    /// Facts in a word or two each: class, finality, sender, next step.
    pub strip: Vec<Cow<'static, str>>,
    pub summary: Cow<'static, str>,
    /// The heading of each column, where blocks have columns.
    pub columns: Vec<String>,
    pub blocks: Vec<Block>,
    /// The section to open for the whole page.
    pub source: Option<Citation>,
}

#[derive(Debug)]
pub enum Block {
    Heading(&'static str),
    Paragraph(Text),
    Item {
        marker: Marker,
        text: Text,
    },
    /// What belongs to the item before it.
    Detail(Text),
    Ladder(&'static [Step]),
    /// A message in wire form.
    Message(&'static str),
    /// One fact of each column. Rows that differ say so by a sign.
    Row {
        name: &'static str,
        values: Vec<Cow<'static, str>>,
        differs: bool,
    },
    /// Blocks side by side, one list for each column.
    Columns(Vec<Vec<Block>>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    Bullet,
    Number(usize),
}

/// A run of text, piece by piece.
pub type Text = Vec<Span>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub text: Cow<'static, str>,
    pub role: Role,
    pub link: Option<Link>,
}

/// What a piece of text is, so that whoever draws it knows how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Plain,
    /// What the eye should find first: names, causes.
    Strong,
    Muted,
    /// MUST, SHOULD and their kin.
    Strength,
    Citation,
    Link,
}

/// Where a piece of text leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    Response(&'static Response),
    Section(Citation),
}

impl Link {
    /// Returns the section that it leads to, or that defines the response.
    pub fn section(self) -> Option<Citation> {
        match self {
            Self::Response(response) => response.defined,
            Self::Section(cite) => Some(cite),
        }
    }
}

impl Document {
    /// Returns the page of a response.
    pub fn of_response(response: &'static Response) -> Self {
        page::page(response)
    }

    /// Returns the page of a comparison; `fold` leaves out the rows that are equal.
    pub fn of_comparison(comparison: &Comparison, fold: bool) -> Self {
        comparison::page(comparison, fold)
    }

    /// Returns what there is to say where a query found nothing, or where there is neither query nor bookmark.
    pub fn of_nothing(query: &str, remark: Option<&str>, nearest: &[&'static Response]) -> Self {
        if query.trim().is_empty() {
            return Self {
                title: "No bookmarks".into(),
                blocks: vec![paragraph("There are no bookmarks any more.")],
                ..Self::default()
            };
        }
        let offer = if nearest.is_empty() {
            "Try a code (486), a class (4xx), a word of the reason phrase (busy), a header field (min-expires), \
             a cause (q.850 17), or what you saw (no answer)."
        } else {
            "The nearest by their reason phrases:"
        };
        let remark =
            remark.map(|remark| paragraph(format!("{}.", crate::compare::capitalized(remark))));
        let mut blocks: Vec<Block> = remark.into_iter().collect();
        blocks.push(paragraph(offer));
        blocks.extend(
            nearest
                .iter()
                .map(|response| bullet(vec![Span::response(response)])),
        );
        Self {
            title: format!("Nothing fits \"{query}\""),
            blocks,
            ..Self::default()
        }
    }

    /// Returns every link, in the order of the text.
    pub fn links(&self) -> Vec<Link> {
        let mut links = Vec::new();
        collect(&self.blocks, &mut links);
        links
    }
}

fn collect(blocks: &[Block], links: &mut Vec<Link>) {
    for block in blocks {
        match block {
            Block::Paragraph(text) | Block::Item { text, .. } | Block::Detail(text) => {
                links.extend(text.iter().filter_map(|span| span.link));
            }
            Block::Columns(columns) => columns.iter().for_each(|column| collect(column, links)),
            Block::Heading(_) | Block::Ladder(_) | Block::Message(_) | Block::Row { .. } => {}
        }
    }
}

impl Span {
    fn new(text: impl Into<Cow<'static, str>>, role: Role) -> Self {
        Self {
            text: text.into(),
            role,
            link: None,
        }
    }

    fn plain(text: impl Into<Cow<'static, str>>) -> Self {
        Self::new(text, Role::Plain)
    }

    /// Returns a citation that leads to its section.
    fn cite(cite: Citation) -> Self {
        let text = format!(" [RFC {} {}]", cite.rfc(), cite.section());
        Self {
            text: text.into(),
            role: Role::Citation,
            link: Some(Link::Section(cite)),
        }
    }

    fn response(response: &'static Response) -> Self {
        let link = Some(Link::Response(response));
        Self {
            text: response.title().into(),
            role: Role::Link,
            link,
        }
    }
}

fn bullet(text: Text) -> Block {
    Block::Item {
        marker: Marker::Bullet,
        text,
    }
}

fn paragraph(text: impl Into<Cow<'static, str>>) -> Block {
    Block::Paragraph(vec![Span::plain(text)])
}

/// Returns a section to read: its number, its title, and where it is.
fn reference(cite: Citation) -> Block {
    let number = Span {
        text: format!("RFC {} {}", cite.rfc(), cite.section()).into(),
        role: Role::Link,
        link: Some(Link::Section(cite)),
    };
    bullet(vec![number, Span::plain(format!("  {}", cite.title()))])
}

/// Returns the facts of a response in a word or two each.
fn strip(response: &'static Response) -> Vec<Cow<'static, str>> {
    let class = response.class();
    let title = crate::catalog::class_rule(class).title.to_lowercase();
    let mut strip: Vec<Cow<'static, str>> = vec![format!("{} {title}", class.pattern()).into()];
    // "1xx provisional" has said it.
    if class != Class::Provisional {
        strip.push("final".into());
    }
    strip.extend(match response.status {
        Status::Current => None,
        Status::Deprecated => Some("deprecated".into()),
        Status::Reserved => Some("reserved".into()),
        Status::Unregistered => Some("not registered".into()),
    });
    strip.extend(
        response
            .sender()
            .map(|sender| format!("from {sender}").into()),
    );
    strip.extend(
        response
            .retry
            .first()
            .map(|retry| retry.verdict.as_str().into()),
    );
    strip
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{StatusCode, registered, response};
    use crate::compare::{self, Compared};

    fn of(code: u16) -> &'static Response {
        response(StatusCode::new(code).expect("a code"))
    }

    fn headings(document: &Document) -> Vec<&'static str> {
        let heading = |block: &Block| match block {
            Block::Heading(text) => Some(*text),
            _ => None,
        };
        document.blocks.iter().filter_map(heading).collect()
    }

    #[test]
    fn a_page_says_first_what_it_is_then_what_to_check_then_the_rules() {
        let document = Document::of_response(of(486));
        let headings = headings(&document);
        let place = |name| {
            headings
                .iter()
                .position(|heading| *heading == name)
                .expect(name)
        };
        assert!(place("Description") < place("When you see it"));
        assert!(place("When you see it") < place("How to fix"));
        assert!(place("How to fix") < place("What the client may do next"));
    }

    #[test]
    fn no_section_is_empty() {
        for response in registered() {
            let blocks = Document::of_response(response).blocks;
            for pair in blocks.windows(2) {
                let both = matches!(pair, [Block::Heading(_), Block::Heading(_)]);
                assert!(!both, "{}: {pair:?}", response.code);
            }
            assert!(
                !matches!(blocks.last(), Some(Block::Heading(_))),
                "{}",
                response.code
            );
        }
    }

    #[test]
    fn related_codes_and_citations_are_links() {
        let links = Document::of_response(of(486)).links();
        assert!(links.contains(&Link::Response(of(600))));
        assert!(
            links
                .iter()
                .any(|link| matches!(link, Link::Section(cite) if cite.rfc() == 3261))
        );
    }

    #[test]
    fn the_strip_answers_in_a_line() {
        let strip = Document::of_response(of(486)).strip.join(" · ");
        assert_eq!(
            strip,
            "4xx request failure · final · from UAS · retry later"
        );
    }

    #[test]
    fn folding_leaves_out_equal_rows_only() {
        let compared = Compared::new(&[of(486), of(600)]).expect("two codes");
        let comparison = compare::compare(&compared);
        let rows = |fold| {
            let document = Document::of_comparison(&comparison, fold);
            document
                .blocks
                .iter()
                .filter(|block| matches!(block, Block::Row { .. }))
                .count()
        };
        let differing = comparison.rows.iter().filter(|row| row.differs).count();
        assert_eq!(rows(false), comparison.rows.len());
        assert_eq!(rows(true), differing);
    }
}
