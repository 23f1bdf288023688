//! One paragraph that says what separates responses, and whether they are alternatives at all.

use crate::catalog::{Class, Family, Response, Text};

use super::compared::Compared;
use super::requests::{belong_apart, can_meet, share_a_method};
use super::words::joined;

pub(super) fn in_short(compared: &Compared, by_hand: Option<&Family>) -> String {
    if let Some(family) = by_hand
        && family.codes.len() == compared.len()
    {
        return family.in_short.into();
    }
    let gists = || compared.iter().map(|response| gist(response));
    match &compared[..] {
        [a, b] => {
            let told = related(a, b).map(|says| vec![says.to_owned()]);
            let mut sentences = told.unwrap_or_else(|| gists().collect());
            sentences.push(relation(a, b));
            sentences.retain(|sentence| !sentence.is_empty());
            sentences.join(" ")
        }
        several => {
            let gists: Vec<String> = gists().collect();
            format!("{} {}", gists.join(" "), relations(several))
        }
    }
}

/// Returns the sentence that a page has about the other of two codes.
fn related(a: &Response, b: &Response) -> Option<&'static str> {
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

/// Returns what a response says; a bare number says what the first of its class does, and a 1xx what a 183 does
/// (RFC 3261 section 8.1.3.2).
fn gist(response: &Response) -> String {
    response.gist.map_or_else(
        || {
            let (code, known) = (response.code, response.counts_as());
            format!("A {code} is not in IANA's list and counts as a {known}.")
        },
        String::from,
    )
}

/// Says whether two responses are alternatives, steps of one transaction, or strangers.
fn relation(a: &Response, b: &Response) -> String {
    // The same sentences in both orders.
    let (a, b) = if a.code < b.code { (a, b) } else { (b, a) };
    if !share_a_method(a, b) {
        return format!(
            "They answer different requests: {}, and {}.",
            answers(a),
            answers(b)
        );
    }
    if belong_apart(a, b) {
        let occurs = [a, b].map(|response| response.occurs.map_or("", Text::as_str));
        return format!("They belong to different moments. {}", occurs.join(" "));
    }
    match (a.class(), b.class()) {
        (Class::Provisional, Class::Provisional) => format!(
            "They are not alternatives: one transaction can have both a {} and a {} before its \
             final response.",
            a.code, b.code
        ),
        (Class::Provisional, last) => format!(
            "They are not alternatives: one transaction can have both, first the {} and then the \
             {}, which {}.",
            a.code,
            b.code,
            end(last)
        ),
        (Class::Success, Class::Success) => format!(
            "A request gets one of them: whether a {} or a {}, it has succeeded.",
            a.code, b.code
        ),
        (Class::Success, _) => format!(
            "A request gets one of them, as a {} grants it and a {} does not.",
            a.code, b.code
        ),
        _ => failures(a, b),
    }
}

/// Says what a final response does to a transaction, after "which".
fn end(class: Class) -> &'static str {
    match class {
        Class::Success => "ends it with success",
        Class::Redirection => "ends it and points elsewhere",
        _ => "ends it without success",
    }
}

/// Returns which requests a response answers: "a 469 answers an INFO".
fn answers(response: &Response) -> String {
    let requests = response.methods().into_iter().map(|method| {
        let vowel = method.starts_with(['I', 'O', 'U']);
        format!("{} {method}", if vowel { "an" } else { "a" })
    });
    let requests: Vec<String> = requests.collect();
    match &requests[..] {
        [] => format!("a {} answers any other", response.code),
        _ => format!("a {} answers {}", response.code, joined(&requests, "or")),
    }
}

/// Says of two final responses that are no success that they are alternatives. Of one class they need no word.
fn failures(a: &Response, b: &Response) -> String {
    if a.class() == b.class() {
        String::new()
    } else {
        "A request ends with only one of them.".to_owned()
    }
}

/// Says the same of three or four responses.
fn relations(responses: &[&Response]) -> String {
    let strangers = |a: &Response| responses.iter().any(|b| !can_meet(a, b));
    if responses.iter().any(|response| strangers(response)) {
        return "No single request can get all of them.".to_owned();
    }
    let codes = |last: bool| -> Vec<String> {
        let of = responses
            .iter()
            .filter(|response| response.class().is_final() == last);
        of.map(|response| response.code.to_string()).collect()
    };
    let (provisional, last) = (codes(false), codes(true));
    match (&provisional[..], &last[..]) {
        ([], _) => "All are final, so a request gets one of them.".to_owned(),
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
