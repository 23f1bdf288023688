//! What a gateway makes of a code, and what is left of it after a trip through the telephone network.

use std::borrow::Cow;

use super::super::form::{Citation, StatusCode, Text};
use super::super::model::{Isdn, Mapping, Response};
use super::super::source::{Q850, Source, ToIsdn};

/// Joins the rows of both directions; nobody maps a bare number.
pub(crate) fn isdn(response: &Response, source: &Source) -> Isdn {
    let q850 = &source.q850;
    let StatusCode(code) = response.code;
    let causes = if answers_invite(response) {
        to_isdn(q850, code)
    } else {
        Vec::new()
    };
    let to = causes.iter().map(|row| Mapping {
        listed: matches!(row, Cow::Borrowed(_)),
        ..mapping(
            source,
            row.cause,
            row.when.as_ref(),
            row.first.as_ref(),
            &row.cite,
        )
    });
    let from = q850.to_sip.iter().filter(|row| row.code == code);
    let from = from.map(|row| mapping(source, row.cause, row.when.as_ref(), None, &row.cite));
    let others = &q850.unlisted;
    Isdn {
        to: to.collect(),
        from: from.collect(),
        from_others: (others.code == code).then(|| others.code_cite.clone()),
        round_trip: round_trip(q850, code, &causes),
    }
}

/// Returns whether a response can answer an INVITE; nobody knows that of a bare number.
pub(super) fn answers_invite(response: &Response) -> bool {
    let mut senders = response.sent_by.iter();
    response.phrase.is_some()
        && senders.any(|sender| {
            let named = |methods: &[String]| methods.iter().any(|method| method == "INVITE");
            named(&sender.methods) || sender.methods.is_empty() && !named(&sender.except)
        })
}

fn mapping(
    source: &Source,
    cause: u16,
    when: Option<&Text>,
    first: Option<&Text>,
    cite: &Citation,
) -> Mapping {
    let topic = source.cause(cause);
    Mapping {
        cause,
        name: topic.map(|topic| topic.name.clone()).unwrap_or_default(),
        listed: true,
        when: when.cloned(),
        first: first.cloned(),
        cite: cite.clone(),
    }
}

/// Returns the causes that a code leaves as; a failure that RFC 3398 does not list has the cause of all those.
pub(super) fn to_isdn(q850: &Q850, of: u16) -> Vec<Cow<'_, ToIsdn>> {
    let rows: Vec<_> = q850
        .to_isdn
        .iter()
        .filter(|row| row.code == of)
        .map(Cow::Borrowed)
        .collect();
    let unlisted = &q850.unlisted;
    if !rows.is_empty() || of < 400 || unlisted.without_cause.contains(&of) {
        return rows;
    }
    vec![Cow::Owned(ToIsdn {
        code: of,
        cause: unlisted.cause,
        when: None,
        first: Some(unlisted.first.clone()),
        back: None,
        cite: unlisted.cause_cite.clone(),
    })]
}

/// Says what becomes of a code on the way through the telephone network and back.
fn round_trip(q850: &Q850, of: u16, causes: &[Cow<'_, ToIsdn>]) -> Option<Text> {
    let ways: Vec<String> = causes
        .iter()
        .map(|row| {
            let back = q850.to_sip.iter().filter(|back| back.cause == row.cause);
            let codes: Vec<String> = match row.back {
                Some(code) => vec![code.to_string()],
                None => back
                    .map(|back| match &back.when {
                        None => back.code.to_string(),
                        Some(when) => format!("{} if {when}", back.code),
                    })
                    .collect(),
            };
            let codes = if codes.is_empty() {
                q850.unlisted.code.to_string()
            } else {
                codes.join(", or as ")
            };
            let when = row
                .when
                .as_ref()
                .map_or(String::new(), |when| format!(" if {when}"));
            format!(
                "{of} leaves as cause {}{when} and comes back as {codes}.",
                row.cause
            )
        })
        .collect();
    (!ways.is_empty()).then(|| ways.join(" "))
}
