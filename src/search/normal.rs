//! Words as they are compared: without case, hyphens, and what says nothing.
//! The build shares this file, so that the words of symptoms are ready when somebody types.

/// Words that say nothing of what is looked for.
const STOP: [&str; 43] = [
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "did", "do", "does",
    "for", "from", "get", "getting", "gets", "got", "had", "has", "have", "how", "i", "in", "is",
    "it", "me", "my", "of", "on", "or", "that", "the", "this", "to", "was", "we", "what", "when",
    "why", "with",
];

/// Words that every code could claim.
const GENERIC: [&str; 6] = ["sip", "error", "errors", "code", "status", "response"];

/// Returns the words of a text as they are compared: in lower case, without hyphens and what stands around them.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| c.is_whitespace() || c == '/' || c == ',')
        .map(|word| {
            word.trim_matches(|c: char| !c.is_alphanumeric())
                .chars()
                .filter(|letter| *letter != '-' && *letter != '\'')
                .flat_map(char::to_lowercase)
                .collect::<String>()
        })
        .filter(|word| !word.is_empty())
}

/// Leaves out what says nothing, unless nothing would be left.
pub(crate) fn telling(words: &[String]) -> Vec<String> {
    let without = |idle: &[&str], words: &[String]| -> Vec<String> {
        let left: Vec<String> = words
            .iter()
            .filter(|word| !idle.contains(&word.as_str()))
            .cloned()
            .collect();
        if left.is_empty() {
            words.to_vec()
        } else {
            left
        }
    };
    without(&GENERIC, &without(&STOP, words))
}
