//! Filters as people write them without a colon: "rfc 3262", "q.850 17", "cause=17", "warning 305", "Retry-After".

use crate::search::filter::Filter;

type Parse = fn(&str) -> Filter;

/// What may stand before the number, glued to it.
const GLUED: [(&str, Parse); 5] = [
    ("rfc-", Filter::rfc),
    ("rfc", Filter::rfc),
    ("cause=", Filter::cause),
    ("cause", Filter::cause),
    ("warn=", Filter::warning),
];

/// Takes the filter that a term makes, perhaps with those behind it; says how many terms it was made of.
pub(super) fn free_form(term: &str, after: &[&str]) -> Option<(usize, Filter)> {
    let lower = term.to_ascii_lowercase();
    if let Some((parse, filler)) = lead(&lower) {
        let is_filler = |next: &&&str| next.eq_ignore_ascii_case(filler);
        let skipped = after.iter().take(1).filter(is_filler).count();
        if let Some(number) = after.get(skipped).filter(|next| is_number(next)) {
            return Some((skipped + 2, parse(number)));
        }
    }
    if lower == "timer"
        && let Some(name) = after.first()
        && let found @ Filter::Timer(_) = Filter::timer(name)
    {
        return Some((2, found));
    }
    for (start, parse) in GLUED {
        let rest = lower.strip_prefix(start).unwrap_or_default();
        let number = rest.split(';').next().unwrap_or_default();
        if is_number(number) {
            return Some((1, parse(number)));
        }
    }
    let is_name = term.contains('-');
    Some((1, Filter::known_header(term).filter(|_| is_name)?))
}

/// Returns what a number behind a word means, and the word that may stand between: "cause code 17".
fn lead(word: &str) -> Option<(Parse, &'static str)> {
    match word {
        "rfc" => Some((Filter::rfc, "")),
        "cause" => Some((Filter::cause, "code")),
        "q.850" | "q850" | "isdn" | "isup" => Some((Filter::cause, "cause")),
        "warning" | "warn" | "warn-code" => Some((Filter::warning, "")),
        _ => None,
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns what kind of filter a line begins with, and of how many terms.
    fn found(line: &str) -> Option<(&'static str, usize)> {
        let terms: Vec<&str> = line.split(' ').collect();
        let (taken, filter) = free_form(terms[0], &terms[1..])?;
        let kind = match filter {
            Filter::Rfc(_) => "rfc",
            Filter::Cause(_) => "cause",
            Filter::Warning(_) => "warn",
            Filter::Header(_) => "header",
            Filter::Nothing(_) => "nothing",
            _ => "another",
        };
        Some((kind, taken))
    }

    #[test]
    fn a_number_behind_a_word_or_glued_to_it_is_a_filter() {
        for (line, kind, taken) in [
            ("rfc 3262 prack", "rfc", 2),
            ("RFC-3262", "rfc", 1),
            ("rfc3262", "rfc", 1),
            ("q.850 17", "cause", 2),
            ("Q850 cause 17", "cause", 3),
            ("cause code 17", "cause", 3),
            ("cause=17;text=x", "cause", 1),
            ("cause17", "cause", 1),
            ("warn-code 305", "warn", 2),
            ("warn=305", "warn", 1),
            ("retry-after 5", "header", 1),
            ("rfc 1", "nothing", 2),
        ] {
            assert_eq!(found(line), Some((kind, taken)), "{line}");
        }
    }

    #[test]
    fn other_words_are_none() {
        for line in [
            "rfc",
            "rfc x",
            "cause",
            "cause cause 17",
            "isdn code 17",
            "warn",
            "Allow",
            "x-y",
        ] {
            assert_eq!(found(line), None, "{line}");
        }
    }
}
