//! The words of RFC 2119 in a sentence, so that they can be seen.

/// Returns the pieces of a text, each with whether it says how binding a rule is.
pub(super) fn pieces(text: &str) -> Vec<(&str, bool)> {
    let mut pieces = Vec::new();
    let (mut plain, mut at) = (0, 0);
    while let Some((start, end)) = next(text, at) {
        if plain < start {
            pieces.push((&text[plain..start], false));
        }
        pieces.push((&text[start..end], true));
        (plain, at) = (end, end);
    }
    if plain < text.len() {
        pieces.push((&text[plain..], false));
    }
    pieces
}

const WORDS: [&str; 10] = [
    "MUST NOT",
    "SHOULD NOT",
    "SHALL NOT",
    "NOT RECOMMENDED",
    "MUST",
    "SHOULD",
    "SHALL",
    "MAY",
    "RECOMMENDED",
    "REQUIRED",
];

/// Returns where the next of the words begins and ends.
fn next(text: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let is_apart = |at: Option<&u8>| at.is_none_or(|byte| !byte.is_ascii_alphanumeric());
    let starts = (from..bytes.len()).filter(|at| matches!(bytes[*at], b'M' | b'S' | b'N' | b'R'));
    let mut starts = starts.filter(|at| is_apart(at.checked_sub(1).and_then(|at| bytes.get(at))));
    starts.find_map(|start| {
        let word = WORDS
            .iter()
            .find(|word| bytes[start..].starts_with(word.as_bytes()))?;
        let end = start + word.len();
        is_apart(bytes.get(end)).then_some((start, end))
    })
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn the_words_are_found_and_nothing_that_looks_like_them() {
        let text = "It MUST NOT wait, but MAY; \u{2026}MUSTARD, NOT this, SHOULD.";
        let words: Vec<&str> = pieces(text)
            .into_iter()
            .filter_map(|(piece, is_word)| is_word.then_some(piece))
            .collect();
        assert_eq!(words, ["MUST NOT", "MAY", "SHOULD"]);
        let whole: String = pieces(text).into_iter().map(|(piece, _)| piece).collect();
        assert_eq!(whole, text);
        assert!(pieces("").is_empty());
    }
}
