//! The page where there is no response to show.

use super::block::Block;
use super::span::Span;
use super::whole::Document;
use crate::catalog::Response;

impl Document {
    /// Returns what there is to say where a query found nothing, or where there is neither query nor bookmark.
    pub fn of_nothing(query: &str, remark: Option<&str>, nearest: &[&'static Response]) -> Self {
        if query.trim().is_empty() {
            return Self {
                title: "No bookmarks".into(),
                blocks: vec![Block::paragraph("There are no bookmarks any more.")],
                ..Self::default()
            };
        }
        let offer = if nearest.is_empty() {
            "Try a code (486), a class (4xx), a word of the reason phrase (busy), a header field (min-expires), \
             a cause (q.850 17), or what you saw (no answer)."
        } else {
            "The nearest by their reason phrases:"
        };
        let remark = remark
            .map(|remark| Block::paragraph(format!("{}.", crate::compare::capitalized(remark))));
        let mut blocks: Vec<Block> = remark.into_iter().collect();
        blocks.push(Block::paragraph(offer));
        let entries = nearest.iter().copied().map(Span::entry);
        blocks.extend(entries.map(|entry| Block::bullet(vec![entry])));
        Self {
            title: format!("Nothing fits \"{query}\""),
            blocks,
            ..Self::default()
        }
    }
}
