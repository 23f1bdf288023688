//! A command line that is being typed, cut into words as a shell does it.

/// Returns the words of a line; the last is the one that is typed, empty after a blank. A quotation mark need not
/// have its other end yet.
pub(super) fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = None;
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        let word = words.last_mut().expect("there is always one");
        match (quoted, letter) {
            (Some(mark), letter) if letter == mark => quoted = None,
            (None, '"' | '\'') => quoted = Some(letter),
            (None | Some('"'), '\\') => word.extend(letters.next()),
            (None, letter) if letter.is_whitespace() => {
                if !word.is_empty() {
                    words.push(String::new());
                }
            }
            (_, letter) => word.push(letter),
        }
    }
    words
}

/// Returns whether a word is in quotation marks from its first letter to its last.
pub(super) fn is_closed(word: &str) -> bool {
    let inside = |mark| word.strip_prefix(mark)?.strip_suffix(mark);
    ['"', '\''].into_iter().any(|mark| inside(mark).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_a_shell() {
        for (line, expected) in [
            ("sipdex", &["sipdex"][..]),
            ("sipdex  show ", &["sipdex", "show", ""]),
            (
                "sipdex search header:re",
                &["sipdex", "search", "header:re"],
            ),
            ("sipdex search 'busy he", &["sipdex", "search", "busy he"]),
            ("sipdex search \"a b\" c", &["sipdex", "search", "a b", "c"]),
            ("sipdex a\\ b 'c\\'", &["sipdex", "a b", "c\\"]),
            ("", &[""]),
        ] {
            assert_eq!(words(line), expected, "{line}");
        }
    }
}
