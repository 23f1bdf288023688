//! Words put together to sentences.

use crate::catalog::Response;

/// Returns a text with its first letter in upper case.
pub(crate) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

/// Returns a condition after the name of a response: "if it answers a REGISTER".
pub(super) fn condition(when: &str, response: &Response) -> String {
    let own = format!("the {} ", response.code);
    match when.strip_prefix(&own) {
        Some(rest) => format!("if it {rest}"),
        None => format!("if {when}"),
    }
}

/// Returns the sentences of a text.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let ends = text.match_indices(['.', '?']).map(|(place, _)| place + 1);
        let mut ends = ends.filter(|end| {
            let next = text[*end..].strip_prefix(' ');
            next.is_some_and(|next| next.starts_with(|letter: char| letter.is_ascii_uppercase()))
        });
        let (sentence, next) = match ends.next() {
            Some(end) => (&text[..end], Some(&text[end + 1..])),
            None => (text, None),
        };
        rest = next;
        Some(sentence)
    })
}

/// Returns "a, b and c".
pub(super) fn joined(parts: &[impl AsRef<str>], last: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., end] => {
            let first: Vec<_> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {last} {}", first.join(", "), end.as_ref())
        }
    }
}
