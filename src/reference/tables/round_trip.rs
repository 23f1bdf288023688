//! What is left of a code after a trip through the telephone network.

use std::borrow::Cow;

use super::super::source::{Q850, ToIsdn};

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
pub(super) fn round_trip(q850: &Q850, of: u16) -> Option<String> {
    let ways: Vec<String> = to_isdn(q850, of)
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
