//! What leads from a call to others, and the page of two calls side by side.

use super::block::Block;
use super::span::{Link, Role, Span};
use super::whole::Document;
use crate::explain::Differences;
use crate::text;

/// A call that is named on the page of another one.
#[derive(Clone, Debug)]
pub struct Other {
    /// What it is there for: "Beside a call that worked:".
    pub label: &'static str,
    /// Where it leads to, in the explorer.
    pub link: Option<Link>,
    pub title: String,
    /// How both have to do with each other.
    pub why: String,
}

impl Document {
    /// Puts other calls before all that the page says.
    #[must_use]
    pub fn with_others(mut self, others: &[Other]) -> Self {
        let block = |other: &Other| {
            Block::Detail(vec![
                Span::new(other.label, Role::Label),
                Span::plain(" "),
                match other.link {
                    Some(link) => Span::link(text::clean(&other.title), link),
                    None => Span::plain(text::clean(&other.title)),
                },
                Span::new(format!(", {}", text::clean(&other.why)), Role::Muted),
            ])
        };
        let mut blocks: Vec<Block> = others.iter().map(block).collect();
        blocks.append(&mut self.blocks);
        self.blocks = blocks;
        self
    }

    /// Returns what a call that failed has otherwise than one that worked, which a link leads to.
    pub fn of_differences(differences: &Differences, worked: Link) -> Self {
        let [failed, title] = &differences.titles;
        let mut blocks = vec![
            Block::labelled("Failed:", text::clean(failed)),
            Block::Detail(vec![
                Span::new("Worked: ", Role::Label),
                Span::link(text::clean(title), worked),
            ]),
            Block::heading("Side by side"),
        ];
        for row in &differences.rows {
            let [one, other] = &row.values;
            blocks.push(Block::Row {
                name: text::clean(&row.name).into(),
                values: vec![text::clean(one).into(), text::clean(other).into()],
                differs: true,
            });
        }
        if !differences.alike.is_empty() {
            let alike = text::clean(&differences.alike.join(", "));
            let alike = format!("Alike in both requests: {alike}.");
            blocks.push(Block::Paragraph(vec![Span::new(alike, Role::Muted)]));
        }
        let summary = match differences.rows.first() {
            Some(row) if row.name != "Answer" => {
                format!(
                    "What differs first in their requests: {}",
                    text::clean(&row.name)
                )
            }
            _ => "Nothing that matters differs in their requests".to_owned(),
        };
        Self {
            title: "A call beside one that worked".to_owned(),
            strip: vec![
                "tags, numbers, times, ports and cookies are left out".into(),
                "words in *stars* are in one only".into(),
            ],
            summary: summary.into(),
            columns: differences
                .came_to
                .iter()
                .map(|title| text::clean(title))
                .collect(),
            blocks,
            ..Self::default()
        }
    }
}
