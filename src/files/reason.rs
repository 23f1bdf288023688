//! Says in words of a user what is wrong in a file, where its parser says it in its own.

/// What a user is told, and under it how the messages of the parser of TOML begin that mean it; the first that fits counts.
const REASONS: &str = r#"
a name stands here without = and a value
  key with no value
  missing assignment
a value is missing after =
  missing value
a name and = belong before a value
  invalid key-value pair
  unquoted keys cannot be empty
  missing key
  invalid inline table element
there is a sign here that no name has
  invalid unquoted key
a name has one line
  keys cannot be multi-line
there is one = too many
  extra `=`
  extra assignment
  unexpected `=`
there is one comma too many
  extra comma
a comma is missing between two values
  missing comma
a text needs quotes
  string values must be quoted
  unquoted string
a quote is missing before the text
  missing opening quote
the text has no end
  invalid basic string, expected `"`
  invalid literal string, expected `'`
  invalid multi-line basic string, expected `"`
  invalid multi-line literal string, expected `'`
a control character stands here
  invalid basic string
  invalid literal string
  invalid multi-line
  invalid comment character
in a text between double quotes a \ is written \\
  missing escaped value
  too few unicode
  invalid value, expected unicode
the list has no end
  unclosed array
a { has no }
  unclosed inline table
there is more on the line than one field
  unexpected key or value
the same name stands here a second time
  duplicate key
  cannot extend
this is no number and no date, and a text needs quotes
  unexpected leading zero
  unexpected sign
  redundant
  radix
  integers
  `_` may only
  invalid
too many lists stand in one another
  cannot recurse
a line ends with a carriage return alone
  carriage return
"#;

/// Returns what a message of the parser means, in words of a user.
pub fn reason(message: &str) -> &'static str {
    let mut says = "";
    for line in REASONS.lines() {
        match line.strip_prefix("  ") {
            Some(begins) if message.starts_with(begins) => return says,
            Some(_) => {}
            None => says = line,
        }
    }
    "this cannot be read"
}
