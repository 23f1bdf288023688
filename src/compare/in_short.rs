//! One paragraph that says what separates responses, and whether they are alternatives at all.

use crate::catalog::{Class, Family, Response};

use super::compared::Compared;
use super::requests::{can_meet, methods};
use super::words::joined;

pub(super) fn in_short(compared: &Compared, family: Option<&Family>) -> String {
    if let Some(family) = family
        && family.codes.len() == compared.len()
    {
        return family.in_short.into();
    }
    let (mut sentences, told_apart) = match &compared[..] {
        [a, b] => (vec![relation(a, b)], related(a, b)),
        _ => (vec![relations(compared)], None),
    };
    match told_apart {
        Some(says) => sentences.push(says.to_owned()),
        None => sentences.extend(compared.iter().filter_map(|response| gist(response))),
    }
    sentences.join(" ")
}

/// Returns the sentence that a page has about the other of two codes.
pub(super) fn related(a: &Response, b: &Response) -> Option<&'static str> {
    let about = |of: &Response, other: &Response| {
        of.related
            .iter()
            .find(|related| related.code == other.code)
            .map(|related| related.says.as_str())
    };
    if !a.is_written() || !b.is_written() {
        return None;
    }
    // The same sentence in both orders.
    let (low, high) = if a.code < b.code { (a, b) } else { (b, a) };
    about(low, high).or_else(|| about(high, low))
}

/// Returns what a response says, in a few words.
fn gist(response: &Response) -> Option<String> {
    let mut letters = response.summary.chars();
    let first = letters.next().filter(|_| response.is_written())?;
    let rest = letters.as_str();
    let word = response.summary.split(' ').next().unwrap_or_default();
    let is_sender = response.sent_by.iter().any(|sender| sender.who == word);
    let lower = rest.starts_with(char::is_lowercase) || rest.starts_with(' ');
    let first = if lower && !is_sender {
        first.to_ascii_lowercase()
    } else {
        first
    };
    Some(format!("A {} says: {first}{rest}.", response.code))
}

/// Says whether two responses are alternatives, steps of one transaction, or strangers.
fn relation(a: &Response, b: &Response) -> String {
    let (a_code, b_code) = (a.code, b.code);
    if !can_meet(a, b) {
        return format!(
            "They answer different requests: a {a_code} answers {}, a {b_code} answers {}.",
            joined(&methods(a), "or"),
            joined(&methods(b), "or")
        );
    }
    match (a.class(), b.class()) {
        (Class::Provisional, Class::Provisional) => format!(
            "They are not alternatives: a {a_code} and a {b_code} are both provisional, and one \
             transaction can have both before its final response."
        ),
        (Class::Provisional, _) => not_alternatives(a, b),
        (_, Class::Provisional) => not_alternatives(b, a),
        (Class::Success, Class::Success) => {
            "A request gets one of them: both are final, and both say that it succeeded.".to_owned()
        }
        (Class::Success, other) => outcomes(a, b, other),
        (other, Class::Success) => outcomes(b, a, other),
        (Class::Redirection, Class::Redirection) => {
            "A request gets one of them: both are final, and both send the client elsewhere."
                .to_owned()
        }
        (Class::Redirection, _) => sent_on(a, b),
        (_, Class::Redirection) => sent_on(b, a),
        _ => format!(
            "A request gets one of them: both are final, and with both it failed.{}",
            parties(a, b)
        ),
    }
}

/// Returns whether a word is a name, such as that of a product; "UAS" is none.
fn is_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase)
}

fn sent_on(redirection: &Response, failure: &Response) -> String {
    format!(
        "A request gets one of them: with a {} it was sent elsewhere, with a {} it failed.",
        redirection.code, failure.code
    )
}

/// Says who sends two responses, where that is not the same.
fn parties(a: &Response, b: &Response) -> String {
    match (a.sender(), b.sender()) {
        (Some(of_a), Some(of_b)) if of_a != of_b => format!(
            " As a rule a {} comes from {}, a {} from {}.",
            a.code,
            with_article(of_a),
            b.code,
            with_article(of_b)
        ),
        _ => String::new(),
    }
}

/// Returns a sender with its article: "a UAS", "an authentication service", "your own client".
fn with_article(who: &str) -> String {
    if who.starts_with("your ") || who.starts_with("any ") || who == "nobody" || is_name(who) {
        return who.to_owned();
    }
    let vowel = who.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']) || who == "SBC";
    let article = if vowel { "an" } else { "a" };
    format!("{article} {who}")
}

fn not_alternatives(provisional: &Response, last: &Response) -> String {
    let (early, late) = (provisional.code, last.code);
    format!(
        "They are not alternatives: a {early} is provisional and a {late} is final, so one \
         transaction can have both, first the {early} and then the {late}."
    )
}

fn outcomes(success: &Response, other: &Response, class: Class) -> String {
    let end = if class == Class::Redirection {
        "was sent elsewhere"
    } else {
        "failed"
    };
    format!(
        "They are opposite ends of a request: with a {} it succeeded, with a {} it {end}.",
        success.code, other.code
    )
}

/// Says the same of three or four responses.
fn relations(responses: &[&Response]) -> String {
    let codes = |last: bool| -> Vec<String> {
        let of = responses
            .iter()
            .filter(|response| response.class().is_final() == last);
        of.map(|response| response.code.to_string()).collect()
    };
    let (provisional, last) = (codes(false), codes(true));
    match (&provisional[..], &last[..]) {
        ([], _) => "A request gets one of them, since all are final.".to_owned(),
        (_, []) => {
            "They are not alternatives: all are provisional, and one transaction can have several \
             of them before its final response."
                .to_owned()
        }
        (early, late) => {
            let (are, end) = (verb(early), verb(late));
            format!(
                "They are not all alternatives: {} {are} provisional and can come first, {} {end} \
                 final and {} the transaction.",
                joined(early, "and"),
                joined(late, "and"),
                if late.len() == 1 { "ends" } else { "end" },
            )
        }
    }
}

fn verb(codes: &[String]) -> &'static str {
    if codes.len() == 1 { "is" } else { "are" }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::catalog::responses;

    /// A word that the pages write in lower case somewhere is no name.
    #[test]
    fn a_summary_inside_a_sentence_begins_in_lower_case_unless_with_a_name() {
        let texts = responses().iter().flat_map(|of| {
            let texts = of.meaning.iter().chain(of.seen).chain(of.use_when.iter());
            texts.map(|text| text.as_str()).chain([of.summary.as_str()])
        });
        let words: BTreeSet<&str> = texts
            .flat_map(|text| text.split(|letter: char| !letter.is_alphanumeric()))
            .collect();
        let mut told = 0;
        for response in responses().iter().filter(|response| response.is_written()) {
            let gist = gist(response).expect("a summary");
            let (_, says) = gist.split_once(" says: ").expect("what it says");
            let first = says.split([' ', ',']).next().expect("a word");
            let is_name = !words.contains(first.to_lowercase().as_str());
            assert_eq!(first.starts_with(char::is_uppercase), is_name, "{gist}");
            told += 1;
        }
        assert!(told > 0);
    }
}
