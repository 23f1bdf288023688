//! Reason and Warning, in words, and what they have to do with the code beside them.

use super::words::{clause, plain_words, quoted, text};
use crate::catalog::{self, Response, StatusCode, SubCode, Topic, TopicKind};
use crate::message::{Reason, Warning, parameter};

/// What a Reason has to do with the code of the response that carries it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bearing {
    /// Nobody makes this code of it.
    Against,
    /// It fits the code, or stands in a request.
    Fits,
    /// It names no cause.
    Empty,
}

/// Causes, and where to look for them.
const LOOK: &[(u16, u16, &str)] = &[
    (1, 1, "look at the number that was dialled and its form"),
    (2, 3, "look at the route to the number, not at the callee"),
    (17, 17, "the callee is busy"),
    (18, 18, "the called side gave no sign"),
    (19, 19, "it rang and nobody answered"),
    (
        20,
        20,
        "the callee cannot be reached at present, as where no phone of his is registered",
    ),
    (21, 21, "somebody, or a rule, refused the call"),
    (22, 22, "look for the new number"),
    (25, 25, "look at the routing for a loop"),
    (27, 27, "look at the line of the callee"),
    (
        28,
        28,
        "look at the form of the number: prefix, plus sign, length",
    ),
    (29, 29, "look at the service that was asked for"),
    (34, 34, "look at the trunk, not at the callee"),
    (38, 38, "look at the network behind the trunk"),
    (
        41,
        41,
        "look at the network or the trunk, not at the callee",
    ),
    (42, 42, "look at the load of the switch, not at the callee"),
    (43, 44, "look at the trunk, not at the callee"),
    (
        46,
        46,
        "look at the priorities of the calls, not at the callee",
    ),
    (
        47,
        47,
        "look at the capacity of the trunk or gateway, as its channels, DSPs and transcoders, not at the callee",
    ),
    (50, 57, "look at what this account or number may use"),
    (58, 63, "look at the service or the route that is asked for"),
    (65, 66, "look at the codecs and the bearer capability"),
    (69, 79, "look at the service that is asked for"),
    (88, 88, "look at the codecs and the media of the offer"),
    (95, 111, "look at the signaling between gateway and switch"),
];

/// No status code is greater.
const LAST_CODE: u16 = 699;

/// Causes that name none.
const EMPTY: [u16; 4] = [0, 16, 31, 127];

/// Returns the page of an ISDN cause.
pub(super) fn topic(reason: &Reason<'_>) -> Option<&'static Topic> {
    let cause = reason.cause.filter(|_| reason.is_q850())?;
    catalog::topic(TopicKind::Cause, &cause.to_string())
}

/// Returns where to look for an ISDN cause.
pub(super) fn look(cause: u16) -> Option<&'static str> {
    let row = LOOK
        .iter()
        .find(|(first, last, _)| (*first..=*last).contains(&cause));
    if cause == 102 {
        return Some("a timer ran out: look for the message that got no answer");
    }
    row.map(|(_, _, look)| *look)
}

/// Returns where to look for the cause of an end, which may be none that anybody minds.
pub(super) fn look_at_end(cause: u16) -> Option<&'static str> {
    look(cause).or((cause == 16).then_some("somebody hung up, as it should be"))
}

/// Returns how a Reason bears on the code that it stands beside.
pub(super) fn bearing(reason: &Reason<'_>, page: Option<&'static Response>) -> Bearing {
    let Some(cause) = reason.cause else {
        return Bearing::Fits;
    };
    let Some(page) = page else {
        return Bearing::Fits;
    };
    if reason.is_q850() {
        return match cause {
            cause if EMPTY.contains(&cause) => Bearing::Empty,
            cause if makes(page, cause) || page.code.get() < 300 => Bearing::Fits,
            _ => Bearing::Against,
        };
    }
    let is_other = reason.is_sip() && cause != page.code.get() && page.code.get() >= 300;
    if is_other {
        Bearing::Against
    } else {
        Bearing::Fits
    }
}

/// Returns whether gateways or products make a code of a cause, or the other way round.
fn makes(page: &Response, cause: u16) -> bool {
    let mut mappings = page.isdn.from.iter().chain(page.isdn.to);
    let mut products = page.vendors.iter();
    mappings.any(|mapping| mapping.cause == cause)
        || products.any(|product| {
            let mut causes = product.from.iter().chain(product.to);
            causes.any(|known| known.number == cause)
        })
}

/// Returns a Reason in words, with what a product means by it: "ISDN cause 34, no circuit or channel available".
pub(super) fn reason(reason: &Reason<'_>) -> String {
    let means = reason.cause.and_then(|_| of_product(reason));
    said(reason) + &means.map(in_product).unwrap_or_default()
}

/// Returns a Reason in words.
pub(super) fn said(reason: &Reason<'_>) -> String {
    let words = reason.text.map(text).unwrap_or_default();
    let Some(cause) = reason.cause else {
        let protocol = text(reason.protocol);
        return match words.as_str() {
            "" => format!("{protocol}, which gives no cause"),
            words => format!("{protocol}, {}", quoted(words)),
        };
    };
    let (name, _) = named(reason, cause);
    if has_own_words(reason) {
        return format!("{} ({name})", quoted(&words));
    }
    name
}

/// Returns whether the text of a Reason says more than the names of its cause.
pub(super) fn has_own_words(reason: &Reason<'_>) -> bool {
    let words = reason.text.map(text).unwrap_or_default();
    // Names of Q.850 have another word in brackets: "Unallocated (unassigned) number".
    let words = match (words.split_once('('), words.split_once(')')) {
        (Some((before, _)), Some((_, after))) if !before.is_empty() => format!("{before} {after}"),
        _ => words,
    };
    let names = reason
        .cause
        .map(|cause| named(reason, cause).1)
        .unwrap_or_default();
    !plain_words(&words).is_empty() && !repeats(&words, &names)
}

/// Returns whether a text is a name of an ISDN cause, as far as its words go.
pub(super) fn is_name(cause: u16, words: &str) -> bool {
    let topic = catalog::topic(TopicKind::Cause, &cause.to_string());
    topic.is_some_and(|topic| repeats(words, &names(topic)))
}

/// Words that say nothing beside the name of a cause.
const IDLE: [&str; 13] = [
    "the", "a", "of", "to", "cause", "call", "default", "normal", "isdn", "q", "850", "sip", "code",
];

/// Returns whether all words of a text, but for idle ones, stand in the names, in any form.
fn repeats(words: &str, names: &[String]) -> bool {
    let known: Vec<String> = names.iter().flat_map(|name| plain_words(name)).collect();
    let stem = |word: &str| {
        let word = word.strip_prefix("un").unwrap_or(word);
        let word = word.trim_end_matches('s').trim_end_matches("ed");
        word.trim_end_matches("ion")
            .trim_end_matches("ing")
            .to_owned()
    };
    let is_known = |word: &String| {
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        let mut known = known.iter();
        is_number || IDLE.contains(&word.as_str()) || known.any(|known| stem(known) == stem(word))
    };
    plain_words(words).iter().all(is_known)
}

/// Returns all names of a cause.
fn names(topic: &Topic) -> Vec<String> {
    let aliases = topic.aliases.iter().map(ToString::to_string);
    [topic.name.to_string()]
        .into_iter()
        .chain(aliases)
        .collect()
}

/// Returns what a product means by a word such as `GATEWAY_DOWN`, in a clause behind a comma.
pub(super) fn of_word(words: &str) -> String {
    let reason = Reason {
        protocol: b"",
        cause: None,
        text: Some(words.as_bytes()),
    };
    of_product(&reason).map_or_else(String::new, in_product)
}

fn in_product(row: &SubCode) -> String {
    format!(", in {}: {}", row.product, clause(&row.means))
}

/// Returns what a product means by a Reason: by its text, or by a number that is no status code.
fn of_product(reason: &Reason<'_>) -> Option<&'static SubCode> {
    let words = reason.text.map(text).unwrap_or_default();
    let number = reason.cause.filter(|cause| *cause > LAST_CODE);
    let written = number.map(|cause| format!("Reason: {};cause={cause}", text(reason.protocol)));
    if !words.contains('_') && (!words.is_empty() || written.is_none()) {
        return None;
    }
    let products = catalog::products().iter();
    let rows = products.flat_map(|product| product.subcodes);
    let mut rows = rows.filter(|row| row.seen.contains("Reason"));
    let is_text = |row: &SubCode| {
        let is_word = row.subcode.eq_ignore_ascii_case(&words);
        is_word || row.text.is_some_and(|own| own.eq_ignore_ascii_case(&words))
    };
    let is_number = |row: &SubCode| {
        written
            .as_ref()
            .is_some_and(|cause| row.seen.contains(cause.as_str()))
    };
    let by_text = rows.clone().find(|row| words.contains('_') && is_text(row));
    by_text.or_else(|| rows.find(|row| words.is_empty() && is_number(row)))
}

/// Returns what a cause is called, and all that means no more than that.
fn named(reason: &Reason<'_>, cause: u16) -> (String, Vec<String>) {
    if let Some(topic) = topic(reason) {
        return (format!("ISDN cause {cause}, {}", topic.name), names(topic));
    }
    if reason.is_q850() {
        return (
            format!("ISDN cause {cause}, which Q.850 does not have"),
            Vec::new(),
        );
    }
    let protocol = text(reason.protocol);
    let row = product_cause(&protocol, cause);
    if reason.is_sip() || protocol.eq_ignore_ascii_case("STIR") {
        let page = StatusCode::new(cause).ok().map(catalog::response);
        let title = page.map_or_else(|| cause.to_string(), Response::title);
        let names = page.map_or_else(Vec::new, |page| vec![page.phrase().to_owned()]);
        return (format!("{} {title}", protocol.to_uppercase()), names);
    }
    match row {
        Some(words) => (
            format!("{protocol} cause {cause}, {words}"),
            vec![words.to_owned()],
        ),
        None => (format!("{protocol} cause {cause}"), Vec::new()),
    }
}

/// The causes of RFC 4411.
const PREEMPTION: [(u16, &str); 4] = [
    (1, "a user agent preempted the session"),
    (2, "the network took the reserved resources away"),
    (3, "preempted, of a kind that is not told"),
    (4, "preempted in a part of the path that is not IP"),
];

/// Returns what the tables of products say of a cause of another protocol than Q.850 and SIP.
fn product_cause(protocol: &str, cause: u16) -> Option<&'static str> {
    if protocol.eq_ignore_ascii_case("preemption") {
        let row = PREEMPTION.iter().find(|(number, _)| *number == cause);
        return row.map(|(_, means)| *means);
    }
    let written = format!("{protocol};cause={cause}");
    let mut rows = catalog::products()
        .iter()
        .flat_map(|product| product.subcodes);
    let row = rows.find(|row| row.subcode.eq_ignore_ascii_case(&written))?;
    Some(row.means.as_str())
}

/// Returns where in the telephone network a call was released, if the Reason says so.
pub(super) fn location(value: &[u8]) -> Option<&'static str> {
    let name = text(parameter(value, b';', "location")?);
    let mut locations = catalog::locations().iter();
    let location = locations.find(|location| location.name.eq_ignore_ascii_case(&name))?;
    Some(location.means.as_str())
}

/// Returns whether a Warning has words that its number does not say: what stands for anything else has no other.
pub(super) fn warns_in_own_words(warning: &Warning<'_>) -> bool {
    let topic = catalog::topic(TopicKind::Warning, &warning.code.to_string());
    let names: Vec<String> = topic.map(names).unwrap_or_default();
    let words = warning.text.map(text).unwrap_or_default();
    !words.is_empty() && !repeats(&words, &names)
}

/// Returns a Warning in words: who says it, what its number means, and its own text.
pub(super) fn warning(warning: &Warning<'_>) -> String {
    let topic = catalog::topic(TopicKind::Warning, &warning.code.to_string());
    let agent = text(warning.agent);
    let agent = match agent.as_str() {
        "" | "-" => String::new(),
        agent => format!(" of {agent}"),
    };
    let words = warning.text.map(text);
    // 399 is for anything else: its name says nothing.
    let topic = topic.filter(|topic| topic.number() != Some(399));
    let name = topic.map(|topic| format!(", {}", clause(&topic.name)));
    let known = topic.map(|topic| plain_words(&topic.name));
    let words = words.filter(|words| known != Some(plain_words(words)));
    let words = words.map(|words| format!(": {}", quoted(&words)));
    let parts = [name, words].map(Option::unwrap_or_default).concat();
    format!("{}{agent}{parts}", warning.code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::reasons;

    fn of(value: &str) -> Vec<String> {
        reasons(value.as_bytes()).map(|one| reason(&one)).collect()
    }

    #[test]
    fn a_reason_is_said_by_its_protocol() {
        assert_eq!(
            of("Q.850;cause=34;text=\"NORMAL_CIRCUIT_CONGESTION\", SIP;cause=480"),
            [
                "ISDN cause 34, no circuit or channel available",
                "SIP 480 Temporarily Unavailable"
            ]
        );
        assert_eq!(of("STIR;cause=436")[0], "STIR 436 Bad Identity Info");
        assert!(of("preemption ;cause=1 ;text=\"x\"")[0].contains("preempted"));
        assert_eq!(
            of("Q.850;cause=300")[0],
            "ISDN cause 300, which Q.850 does not have"
        );
    }

    #[test]
    fn a_reason_fits_its_code_or_speaks_against_it() {
        let page = catalog::response(StatusCode::of(486));
        for (value, bears) in [
            ("Q.850;cause=17", Bearing::Fits),
            ("Q.850;cause=34", Bearing::Against),
            ("Q.850;cause=16", Bearing::Empty),
            ("SIP;cause=603", Bearing::Against),
        ] {
            let reason = reasons(value.as_bytes()).next().expect(value);
            assert_eq!(bearing(&reason, Some(page)), bears, "{value}");
        }
    }
}
