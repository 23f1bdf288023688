//! What is left of a code after a trip through the telephone network.

use super::super::source::Q850;

/// Says what becomes of a code on the way through the telephone network and back.
pub(super) fn round_trip(q850: &Q850, of: u16) -> Option<String> {
    let ways: Vec<String> = q850
        .to_isdn
        .iter()
        .filter(|row| row.code == of)
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
            // RFC 3398 section 7.2.4.1: 500 stands for every cause without a row.
            let codes = if codes.is_empty() {
                "500".into()
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
