//! What is said of values: times, lists, quotations.

/// A quotation is no longer than this.
const LONGEST: usize = 160;

/// Returns bytes of a message as text of one line.
pub(super) fn text(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns a text between quotation marks, cut where it is long.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", short(text))
}

/// Returns a text, cut where it is long.
pub(super) fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}\u{2026}", &text[..end]),
        None => text.to_owned(),
    }
}

/// Returns a time as people say it: 18000 is "5 h".
pub(super) fn time(seconds: u32) -> String {
    const UNITS: [(u32, &str); 4] = [(86400, "d"), (3600, "h"), (60, "min"), (1, "s")];
    let mut left = seconds;
    let mut parts = Vec::new();
    for (unit, name) in UNITS {
        if left >= unit {
            parts.push(format!("{} {name}", left / unit));
            left %= unit;
        }
    }
    match parts.as_slice() {
        [] => "0 s".to_owned(),
        parts => parts.join(" "),
    }
}

/// Returns things as one says them: "a, b and c".
pub(super) fn list(things: &[String]) -> String {
    match things {
        [] => String::new(),
        [one] => one.clone(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}

/// Returns a sentence as a clause: "The trunk is full." is "the trunk is full".
pub(super) fn clause(sentence: &str) -> String {
    let sentence = sentence.trim_end_matches('.');
    let mut letters = sentence.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().collect::<String>() + letters.as_str()
        }
        _ => sentence.to_owned(),
    }
}

/// Returns the words of a text in small letters, without signs.
pub(super) fn plain_words(text: &str) -> Vec<String> {
    let apart = |letter: char| !letter.is_alphanumeric();
    let words = text.split(apart).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Returns whether two texts have the same words, but for their signs and capitals.
pub(super) fn alike(one: &str, other: &str) -> bool {
    if !one.is_ascii() || !other.is_ascii() {
        return plain_words(one) == plain_words(other);
    }
    let mut others = ascii_words(other);
    let is_next = |word: &str| {
        others
            .next()
            .is_some_and(|other| other.eq_ignore_ascii_case(word))
    };
    ascii_words(one).all(is_next) && others.next().is_none()
}

fn ascii_words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    words.filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_said_in_its_units() {
        for (seconds, said) in [
            (0, "0 s"),
            (18000, "5 h"),
            (90, "1 min 30 s"),
            (604_800, "7 d"),
        ] {
            assert_eq!(time(seconds), said);
        }
    }

    #[test]
    fn texts_are_alike_by_their_words() {
        for (one, other) in [
            ("Busy Here", " busy-HERE!"),
            ("", "..."),
            ("caf\u{c9} 1", "CAF\u{e9}, 1"),
        ] {
            assert!(alike(one, other) && alike(other, one), "{one}");
        }
        for (one, other) in [("Busy", "Busy Here"), ("a b", "ab"), ("", "x")] {
            assert!(!alike(one, other) && !alike(other, one), "{one}");
        }
    }

    #[test]
    fn a_sentence_becomes_a_clause() {
        assert_eq!(clause("The trunk is full."), "the trunk is full");
        assert_eq!(clause("DNS is down"), "DNS is down");
        assert_eq!(list(&["a".into(), "b".into(), "c".into()]), "a, b and c");
        assert_eq!(short(&"é".repeat(200)).chars().count(), LONGEST + 1);
    }
}
