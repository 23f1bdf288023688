//! What is seen of a line of text into which several lines were pasted.

use crate::message::Field;
use crate::text::width;

/// Fields whose values nobody should see, not even over one's shoulder.
const SECRET: [&str; 3] = ["Authorization", "Proxy-Authorization", "Identity"];
const KEY: &str = "a=crypto:";

/// How a text begins, and the line of it that has the cursor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Glance<'a> {
    /// The first line, where the cursor is in another; else empty.
    pub first: &'a str,
    pub lines: usize,
    pub before: &'a str,
    pub after: &'a str,
    /// Whether the line ends with what is not shown: credentials, a key.
    pub is_hidden: bool,
    /// Whether line ends are shown as such; elsewhere they look like blanks.
    pub has_line_ends: bool,
}

impl<'a> Glance<'a> {
    /// Sees all of a text that has the cursor behind so many bytes.
    pub(super) fn whole(text: &'a str, cursor: usize) -> Self {
        let (before, after) = text.split_at(cursor);
        Self {
            before,
            after,
            ..Self::default()
        }
    }

    /// Glances at a text, and sees all of it where that has room and is for everybody.
    pub(super) fn at(text: &'a str, cursor: usize, room: usize) -> Self {
        if width(text) <= room && text.lines().all(|line| seen(line) == line) {
            return Self::whole(text, cursor);
        }
        // The end of a line that nothing follows is none.
        let (text, cursor) = match text.trim_end_matches('\n') {
            line if line.contains('\n') => (text, cursor),
            line => (line, cursor.min(line.len())),
        };
        let (above, below) = text.split_at(cursor);
        let start = above.rfind('\n').map_or(0, |end| end + 1);
        let end = below.find('\n').map_or(text.len(), |end| cursor + end);
        let line = &text[start..end];
        let lines = text.trim_end().lines().count().max(1);
        let is_written = text.starts_with(|letter: char| letter.is_ascii_uppercase());
        // Who types a filter in small letters sees what he types.
        let shown = if lines > 1 || is_written {
            seen(line)
        } else {
            line
        };
        let (before, after) = shown.split_at(shown.len().min(cursor - start));
        let mut filled = text.lines().filter(|line| !line.trim().is_empty());
        let first = filled.next().unwrap_or_default();
        Self {
            first: if text[..start].trim().is_empty() {
                ""
            } else {
                seen(first)
            },
            lines,
            before,
            after,
            is_hidden: shown.len() < line.len(),
            has_line_ends: false,
        }
    }
}

/// Returns how much of a line may be seen: of credentials the scheme, of a key nothing.
fn seen(line: &str) -> &str {
    let bare = line.trim_start();
    let is_secret = |field: Field<'_>| SECRET.iter().any(|name| field.is(name));
    let is_hidden = bare.starts_with(KEY) || Field::parse(bare.as_bytes()).is_some_and(is_secret);
    let Some(colon) = line.find(':').filter(|_| is_hidden) else {
        return line;
    };
    let value = &line[colon + 1..];
    let word = value.len() - value.trim_start().len();
    // A word that nothing follows is the secret itself.
    let scheme = value[word..].find(' ').map(|end| colon + 1 + word + end);
    &line[..scheme.unwrap_or(colon + 1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\nSIP/2.0 486 Busy Here\nAuthorization: Digest response=\"5ecret\"\nl: 0\n";

    fn at(text: &str, mark: &str) -> (String, String, bool) {
        let cursor = text.find(mark).expect("the mark") + mark.len();
        let glance = Glance::at(text, cursor, 10);
        let line = format!("{}|{}", glance.before, glance.after);
        (glance.first.to_owned(), line, glance.is_hidden)
    }

    #[test]
    fn the_first_line_and_that_with_the_cursor_are_seen() {
        let first = "SIP/2.0 486 Busy Here".to_owned();
        assert_eq!(at(TEXT, "l:"), (first.clone(), "l:| 0".into(), false));
        assert_eq!(at(TEXT, "\nl: 0\n"), (first, "|".into(), false));
        assert_eq!(
            at(TEXT, "486"),
            (String::new(), "SIP/2.0 486| Busy Here".into(), false)
        );
        assert_eq!(at("busy", "bu"), (String::new(), "bu|sy".into(), false));
        assert_eq!(Glance::at(TEXT, 0, 10).lines, 4);
        assert_eq!(at("busy or not busy\n", "\n").1, "busy or not busy|");
        assert_eq!(at("no\nbusy", "no\n").1, "no\n|busy", "it has room");
    }

    #[test]
    fn credentials_and_keys_are_not_seen() {
        assert_eq!(at(TEXT, "5ec").1, "Authorization: Digest|");
        assert!(at(TEXT, "5ec").2);
        for (text, seen) in [
            ("Identity: eyJhbGciOi", "Identity:|"),
            (
                "Proxy-Authorization: Bearer eyJh",
                "Proxy-Authorization: Bearer|",
            ),
            ("a\na=crypto:1 AES inline:abc", "a=crypto:1|"),
            ("identity: lost", "identity: lost|"),
        ] {
            assert_eq!(at(text, text).1, seen, "{text}");
        }
    }
}
