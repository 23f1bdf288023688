//! Words as a shell reads them, with its quotation marks and nothing else of it.

use std::str::Chars;

/// Cuts a command into words, up to its end or to what parts it from the next. Returns those that have ended, and
/// the one that is still open there, if there is one; a quotation mark need not have its other end.
pub(crate) fn words(
    letters: &mut Chars<'_>,
    between: Option<char>,
) -> (Vec<String>, Option<String>) {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (Some(open), _) if letter == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None | Some('"'), '\\') if !cfg!(windows) => {
                word.get_or_insert_default().extend(letters.next());
            }
            (None, _) if between == Some(letter) => break,
            (None, _) if letter.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    (words, word)
}

/// Returns words as they may be pasted into a shell: between quotation marks where it would take a sign for its own.
pub(crate) fn for_shell(words: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || " -_.,:/@%+".contains(letter);
    if words.chars().all(is_plain) && !words.starts_with('-') {
        return words.to_owned();
    }
    let dashes = if words.starts_with('-') { "-- " } else { "" };
    format!("{dashes}'{}'", words.replace('\'', r"'\''"))
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_a_shell() {
        for (line, ended, open) in [
            ("sipdex", &[][..], Some("sipdex")),
            ("sipdex  show ", &["sipdex", "show"], None),
            ("sipdex header:re", &["sipdex"], Some("header:re")),
            ("sipdex 'busy he", &["sipdex"], Some("busy he")),
            ("sipdex \"a b\" c", &["sipdex", "a b"], Some("c")),
            ("sipdex a\\ b 'c\\'", &["sipdex", "a b"], Some("c\\")),
            ("sipdex ''", &["sipdex"], Some("")),
            ("", &[], None),
        ] {
            let (words, last) = words(&mut line.chars(), None);
            assert_eq!(
                (&words[..], last.as_deref()),
                (
                    &ended.iter().map(ToString::to_string).collect::<Vec<_>>()[..],
                    open
                ),
                "{line}"
            );
        }
    }

    #[test]
    fn a_command_ends_where_the_next_begins() {
        let mut letters = "one 'a:b'\\::two".chars();
        let (ended, open) = words(&mut letters, Some(':'));
        assert_eq!(ended, ["one"]);
        assert_eq!(open.as_deref(), Some("a:b:"));
        assert_eq!(letters.as_str(), "two");
    }
}
