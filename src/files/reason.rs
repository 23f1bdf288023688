//! Says in words of a user what is wrong in a file, where its parser says it in its own.

/// How a message of the parser of TOML begins, and what a user is told; the first that fits counts.
const REASONS: &[(&str, &str)] = &[
    ("key with no value", NO_VALUE),
    ("missing assignment", NO_VALUE),
    ("missing value", "a value is missing after ="),
    ("invalid key-value pair", NO_NAME),
    ("unquoted keys cannot be empty", NO_NAME),
    ("missing key", NO_NAME),
    ("invalid inline table element", NO_NAME),
    (
        "invalid unquoted key",
        "there is a sign here that no name has",
    ),
    ("keys cannot be multi-line", "a name has one line"),
    ("extra `=`", "there is one = too many"),
    ("extra assignment", "there is one = too many"),
    ("unexpected `=`", "there is one = too many"),
    ("extra comma", "there is one comma too many"),
    ("missing comma", "a comma is missing between two values"),
    ("string values must be quoted", "a text needs quotes"),
    ("unquoted string", "a text needs quotes"),
    (
        "missing opening quote",
        "a quote is missing before the text",
    ),
    ("invalid basic string, expected `\"`", NO_END),
    ("invalid literal string, expected `'`", NO_END),
    ("invalid multi-line basic string, expected `\"`", NO_END),
    ("invalid multi-line literal string, expected `'`", NO_END),
    ("invalid basic string", CONTROL),
    ("invalid literal string", CONTROL),
    ("invalid multi-line", CONTROL),
    ("invalid comment character", CONTROL),
    ("missing escaped value", BACKSLASH),
    ("too few unicode", BACKSLASH),
    ("invalid value, expected unicode", BACKSLASH),
    ("unclosed array", "the list has no end"),
    ("unclosed inline table", "a { has no }"),
    (
        "unexpected key or value",
        "there is more on the line than one field",
    ),
    ("duplicate key", TWICE),
    ("cannot extend", TWICE),
    ("unexpected leading zero", NO_NUMBER),
    ("unexpected sign", NO_NUMBER),
    ("redundant", NO_NUMBER),
    ("radix", NO_NUMBER),
    ("integers", NO_NUMBER),
    ("`_` may only", NO_NUMBER),
    ("invalid", NO_NUMBER),
    ("cannot recurse", "too many lists stand in one another"),
    (
        "carriage return",
        "a line ends with a carriage return alone",
    ),
];
const NO_VALUE: &str = "a name stands here without = and a value";
const NO_NAME: &str = "a name and = belong before a value";
const NO_END: &str = "the text has no end";
const NO_NUMBER: &str = "this is no number and no date, and a text needs quotes";
const CONTROL: &str = "a control character stands here";
const BACKSLASH: &str = r"in a text between double quotes a \ is written \\";
const TWICE: &str = "the same name stands here a second time";

/// Returns what a message of the parser means, in words of a user.
pub fn reason(message: &str) -> &'static str {
    let mut known = REASONS.iter();
    let known = known.find(|(begins, _)| message.starts_with(begins));
    known.map_or("this cannot be read", |(_, says)| says)
}
