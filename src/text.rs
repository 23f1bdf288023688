//! The one cleaner of foreign text, and widths and wrapping of any text on a terminal.

mod clean;
mod shell;
mod wrap;

pub use clean::{clean, clean_lines};
pub(crate) use shell::{for_shell, words};
pub use wrap::{Piece, wrap};

use unicode_width::UnicodeWidthStr;

/// Returns foreign text between quotation marks, clean and otherwise as it was typed.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", clean(text))
}

/// Returns how many cells a clean text takes.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.width()
    }
}

/// Returns as much of a clean text as fits into a number of cells.
pub fn fit(text: &str, cells: usize) -> &str {
    use unicode_segmentation::UnicodeSegmentation;
    if text.is_ascii() {
        return &text[..cells.min(text.len())];
    }
    let mut used = 0;
    let end = text
        .grapheme_indices(true)
        .find(|(_, grapheme)| {
            used += grapheme.width();
            used > cells
        })
        .map_or(text.len(), |(at, _)| at);
    &text[..end]
}
