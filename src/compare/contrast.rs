//! One matter, said of each response beside the others.

use super::compared::Compared;
use super::difference::Difference;
use super::once::each_once;
use super::words::{capitalized, joined};
use crate::catalog::{Citation, Response};

/// What a page says of a matter.
type Said = Option<(&'static str, Option<Citation>)>;

/// Says of each group of codes that share a value what the value means: "a 480 and a 486 ...; a 600 ...".
pub(super) fn grouped<T: PartialEq>(
    responses: &[&'static Response],
    value: impl Fn(&'static Response) -> T,
    says: impl Fn(&T, bool) -> String,
) -> String {
    let mut groups: Vec<(T, Vec<String>)> = Vec::new();
    for response in responses {
        let (value, code) = (value(response), format!("a {}", response.code));
        match groups.iter_mut().find(|(other, _)| *other == value) {
            Some((_, codes)) => codes.push(code),
            None => groups.push((value, vec![code])),
        }
    }
    let parts: Vec<String> = groups
        .iter()
        .map(|(value, codes)| format!("{} {}", joined(codes, "and"), says(value, codes.len() > 1)))
        .collect();
    parts.join("; ")
}

/// Tells two responses apart by their own sentences, and more of them in a word or two each.
pub(super) fn in_a_word(
    topic: &'static str,
    compared: &Compared,
    said: impl Fn(&Response) -> Said,
    word: impl Fn(&'static Response) -> Option<&'static str>,
) -> Option<Difference> {
    if compared.len() <= 2 {
        return in_sentences(topic, compared, said);
    }
    let known = compared.iter().copied();
    let known: Vec<_> = known.filter(|response| word(response).is_some()).collect();
    let parts = grouped(
        &known,
        |response| word(response).unwrap_or_default(),
        |word, _| format!("({word})"),
    );
    let cites = known.iter().filter_map(|response| said(response)?.1);
    let says = format!("{}.", capitalized(&parts));
    Some(Difference::of_all(compared, topic, says, each_once(cites)))
}

/// Puts the responses' own sentences about one matter side by side, unless all say the same.
pub(super) fn in_sentences(
    topic: &'static str,
    compared: &Compared,
    said: impl Fn(&Response) -> Said,
) -> Option<Difference> {
    let said = || compared.iter().filter_map(|response| said(response));
    let texts = each_once(said().map(|(text, _)| text));
    let cites = each_once(said().filter_map(|(_, cite)| cite));
    (texts.len() > 1).then(|| Difference::of_all(compared, topic, texts.join(" "), cites))
}

/// Returns nothing where all responses have the same value.
pub(super) fn differ<T: PartialEq>(
    compared: &Compared,
    value: impl Fn(&&'static Response) -> T,
) -> Option<()> {
    let mut values = compared.iter().map(value);
    let first = values.next()?;
    values.any(|other| other != first).then_some(())
}
