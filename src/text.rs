//! The one cleaner of foreign text, and widths and wrapping of any text on a terminal.

mod clean;
mod shell;
mod width;
mod wrap;

pub use clean::{clean, clean_lines};
pub(crate) use shell::{for_shell, words};
pub use width::{fit, width};
pub use wrap::{Piece, wrap};

/// Returns foreign text between quotation marks, clean and otherwise as it was typed.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", clean(text))
}
