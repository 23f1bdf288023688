//! The page where there is no response to show.

use super::block::Block;
use super::whole::Document;

/// What a query can be, where one found nothing.
const OFFER: &str = "Try a code (486), a class (4xx), a word of the reason phrase (busy), a header field (min-expires), \
    a cause (q.850 17), or what you saw (no answer).";

impl Document {
    /// Returns what there is to say where a query found nothing, or where there is neither query nor bookmark.
    pub fn of_nothing(query: &str, remark: Option<&str>) -> Self {
        if query.trim().is_empty() {
            return Self {
                title: "No bookmarks".into(),
                blocks: vec![Block::paragraph("There are no bookmarks any more.")],
                ..Self::default()
            };
        }
        let remark = remark
            .map(|remark| Block::paragraph(format!("{}.", crate::compare::capitalized(remark))));
        let mut blocks: Vec<Block> = remark.into_iter().collect();
        blocks.push(Block::paragraph(OFFER));
        Self {
            title: format!("Nothing fits \"{query}\""),
            blocks,
            ..Self::default()
        }
    }

    /// Returns what there is to say where something is not there yet, or no more.
    pub fn of_absent(title: &str, why: &str) -> Self {
        Self {
            title: title.to_owned(),
            blocks: vec![Block::paragraph(format!(
                "{}.",
                crate::compare::capitalized(why)
            ))],
            ..Self::default()
        }
    }
}
