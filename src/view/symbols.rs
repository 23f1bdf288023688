//! The characters of borders and marks: Unicode, or ASCII where that cannot be shown.

use ratatui::symbols::border;

#[derive(Debug, PartialEq)]
pub struct Symbols {
    pub border: border::Set<'static>,
    pub thumb: &'static str,
    pub prompt: &'static str,
    pub star: &'static str,
    pub mark: &'static str,
    pub bullet: &'static str,
    pub dot: &'static str,
    pub differs: &'static str,
    pub lifeline: &'static str,
    pub line: &'static str,
    pub to_right: &'static str,
    pub to_left: &'static str,
    pub column: &'static str,
    pub more: &'static str,
    /// Stands between a page and the section of it.
    pub within: &'static str,
    /// Stands for a line end where all is on one line.
    pub line_end: &'static str,
}

pub static UNICODE: Symbols = Symbols {
    border: border::PLAIN,
    thumb: "┃",
    prompt: "❯",
    star: "★",
    mark: "●",
    bullet: "•",
    dot: " · ",
    differs: "≠",
    lifeline: "│",
    line: "─",
    to_right: "▶",
    to_left: "◀",
    column: "│",
    more: "…",
    within: " › ",
    line_end: "⏎",
};

pub static ASCII: Symbols = Symbols {
    border: border::Set {
        top_left: "+",
        top_right: "+",
        bottom_left: "+",
        bottom_right: "+",
        vertical_left: "|",
        vertical_right: "|",
        horizontal_top: "-",
        horizontal_bottom: "-",
    },
    thumb: "#",
    prompt: ">",
    star: "*",
    mark: "+",
    bullet: "-",
    dot: " | ",
    differs: "!",
    lifeline: "|",
    line: "-",
    to_right: ">",
    to_left: "<",
    column: "|",
    more: "...",
    within: " > ",
    line_end: "\\n",
};
