//! What a network says in the XML of 3GPP beside a failure: an emergency, or a registration that is lost (TS 24.229).

use super::facts::Facts;
use super::words::{quoted, short, text};

/// Words of `type` and `action`, what they mean, and what the phone does then.
const ROWS: &[(&str, &str, &str, &str)] = &[
    (
        "emergency",
        "emergency-registration",
        "the network takes the number for one of an emergency: the phone is to register for that and call again",
        "Place the call again as an emergency call, after an emergency registration; if no such call follows, look at the phone.",
    ),
    (
        "emergency",
        "anonymous-emergencycall",
        "the network takes the number for one of an emergency: the phone is to call again without a registration",
        "Place the call again as an emergency call, without a registration; if no such call follows, look at the phone.",
    ),
    (
        "emergency",
        "",
        "the network takes the number for one of an emergency: the phone is to call again as such, over the emergency access or another network",
        "Place the call again as an emergency call; if no such call follows, look at the phone.",
    ),
    (
        "restoration",
        "initial-registration",
        "a server of the network has lost what it knew of the phone, which is to register anew",
        "Register anew, as the first time, and then send the request again.",
    ),
    (
        "restoration",
        "",
        "a server of the network has lost what it knew of the phone",
        "Register anew, and then send the request again.",
    ),
];

/// Returns what the body says, in a clause.
pub(super) fn says(facts: &Facts<'_>) -> Option<String> {
    let (kind, action) = told(facts)?;
    let reason = element(facts, "reason").map(|reason| format!(" ({})", quoted(&reason)));
    let reason = reason.unwrap_or_default();
    let Some((_, _, says, _)) = row(&kind, &action) else {
        return Some(format!(
            "its body (3GPP) says {}{reason}",
            quoted(&short(&kind))
        ));
    };
    let also = if action.is_empty() {
        String::new()
    } else {
        format!(", action {action}")
    };
    Some(format!("its body (3GPP) says {kind}{also}{reason}: {says}"))
}

/// Returns what to do then.
pub(super) fn next(facts: &Facts<'_>) -> Option<&'static str> {
    let (kind, action) = told(facts)?;
    row(&kind, &action).map(|(.., next)| *next)
}

fn row(
    kind: &str,
    action: &str,
) -> Option<&'static (&'static str, &'static str, &'static str, &'static str)> {
    let mut rows = ROWS.iter();
    rows.find(|row| row.0 == kind && (row.1 == action || row.1.is_empty()))
}

fn told(facts: &Facts<'_>) -> Option<(String, String)> {
    let of_type = facts.value("Content-Type")?.to_lowercase();
    let is_ims =
        of_type.starts_with("application/3gpp-ims+xml") || of_type.starts_with("multipart/");
    let kind = element(facts, "type").filter(|_| is_ims && facts.code() >= 300)?;
    Some((kind, element(facts, "action").unwrap_or_default()))
}

/// Returns what stands in an element of the XML.
fn element(facts: &Facts<'_>, name: &str) -> Option<String> {
    let body = String::from_utf8_lossy(facts.message.body);
    let (_, ims) = body.split_once("<ims-3gpp")?;
    let (_, behind) = ims.split_once(&format!("<{name}>"))?;
    let (inside, _) = behind.split_once('<')?;
    Some(text(inside.as_bytes())).filter(|inside| !inside.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Message;

    #[test]
    fn the_body_of_a_network_is_read() {
        let says = |code: u16, body: &str| {
            let text = format!(
                "SIP/2.0 {code} x\r\nContent-Type: application/3gpp-ims+xml\r\nCSeq: 1 INVITE\r\n\r\n{body}"
            );
            let message = Message::of(text.as_bytes());
            super::says(&Facts::of(&message)).unwrap_or_default()
        };
        let body = |kind: &str, action: &str| {
            format!(
                "<ims-3gpp version=\"1\"><alternative-service><type>{kind}</type>{action}</alternative-service></ims-3gpp>"
            )
        };
        let emergency = says(
            380,
            &body(
                "emergency",
                "<reason>x</reason><action>emergency-registration</action>",
            ),
        );
        assert!(
            emergency.contains("register for that and call again") && emergency.contains("(\"x\")"),
            "{emergency}"
        );
        let other = says(380, &body("emergency", "<action>new</action>"));
        assert!(other.contains("over the emergency access"), "{other}");
        assert!(says(504, &body("restoration", "")).contains("lost what it knew"));
        assert!(says(380, &body("party", "")).ends_with("says \"party\""));
        for odd in [
            "",
            "<ims-3gpp",
            "<ims-3gpp><type>",
            "<type>emergency</type>",
        ] {
            assert_eq!(says(380, odd), "", "{odd}");
        }
    }
}
