//! What a request is for, as far as its fields and its body say more than its method does.

use super::call::tag;
use super::facts::Facts;
use super::syntax;
use super::words::{short, text};
use crate::message::{address, parameter};

/// Types of a body in an INFO, as they begin, and what it carries.
const CARRIED: &[(&str, &str)] = &[
    (
        "application/dtmf",
        "it carries a key that was pressed (DTMF)",
    ),
    (
        "application/media_control",
        "it asks for a new whole picture of the video",
    ),
    (
        "application/isup",
        "it carries signaling of the telephone network (ISUP)",
    ),
    (
        "application/qsig",
        "it carries signaling of the telephone network (QSIG)",
    ),
];

/// Returns what a request is for.
pub(super) fn says(facts: &Facts<'_>) -> Option<String> {
    if !facts.message.is_request() {
        return None;
    }
    match facts.method.as_str() {
        "REFER" => transfer(facts),
        "INVITE" => taken_over(facts),
        "REGISTER" | "SUBSCRIBE" | "PUBLISH" => ended(facts),
        "INFO" => {
            let kind = facts.value("Content-Type")?.to_lowercase();
            let row = CARRIED.iter().find(|(begins, _)| kind.starts_with(begins));
            row.map(|(_, says)| (*says).to_owned())
        }
        "NOTIFY" => told(facts),
        _ => None,
    }
}

fn transfer(facts: &Facts<'_>) -> Option<String> {
    let value = facts.message.value("Refer-To")?;
    let uri = text(syntax::address(value));
    let whom = short(&text(address(value)));
    let small = uri.to_lowercase();
    Some(if small.contains("replaces=") {
        format!("a transfer to {whom} in place of a call that runs there (attended, Replaces)")
    } else if let Some((_, method)) = small.split_once(";method=") {
        let method = method.split([';', '?', '>']).next().unwrap_or_default();
        format!("it is to send {} to {whom}", short(&method.to_uppercase()))
    } else {
        format!("a transfer to {whom} without a call there (blind)")
    })
}

fn taken_over(facts: &Facts<'_>) -> Option<String> {
    let is_new = tag(facts.message, "To").is_none();
    let row = [
        (
            "Replaces",
            "it takes the place of a call that runs (Replaces), as a pick-up or the end of an attended transfer does",
        ),
        (
            "Join",
            "it joins a call that runs (Join), as a conference does",
        ),
    ];
    let mut rows = row
        .iter()
        .filter(|(name, _)| is_new && facts.message.has(name));
    rows.next().map(|(_, says)| (*says).to_owned())
}

/// Returns that a time of zero ends something.
fn ended(facts: &Facts<'_>) -> Option<String> {
    let contacts = facts.message.values("Contact");
    let mut own = contacts.filter_map(|value| parameter(value, b';', "expires"));
    let is_zero = match own.next() {
        Some(first) => first == b"0" && own.all(|value| value == b"0"),
        None => facts.seconds("Expires") == Some(0),
    };
    let is_star = facts.message.value("Contact") == Some(b"*");
    let says = match facts.method.as_str() {
        "REGISTER" if is_star => "it removes every address of the account",
        "REGISTER" if facts.message.has("Contact") => {
            "it removes the address that it names (expires 0)"
        }
        "SUBSCRIBE" => "Expires: 0 ends the subscription, or asks for the state once",
        "PUBLISH" => "Expires: 0 removes what was published",
        _ => return None,
    };
    is_zero.then(|| says.to_owned())
}

fn told(facts: &Facts<'_>) -> Option<String> {
    let event = facts.value("Event")?.to_lowercase();
    let event = event.split(';').next().unwrap_or_default().trim();
    if event.starts_with("check-sync") {
        return Some("it tells the phone to load its configuration anew (check-sync)".to_owned());
    }
    let body = String::from_utf8_lossy(facts.message.body);
    let mut lines = body.lines().map(str::trim);
    let waiting = lines.find_map(|line| line.strip_prefix("Messages-Waiting:"));
    let waiting = waiting.filter(|_| event == "message-summary")?.trim();
    let is_yes = waiting.eq_ignore_ascii_case("yes");
    let says = if is_yes {
        "messages are"
    } else {
        "no message is"
    };
    Some(format!("{says} waiting in the mailbox"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Message;

    #[test]
    fn a_request_says_what_it_is_for() {
        for (method, fields, says) in [
            (
                "REFER",
                "Refer-To: <sip:c@example.com?Replaces=1%3Bto-tag%3D2>",
                "attended",
            ),
            ("REFER", "r: <sip:c@example.com;method=BYE>", "to send BYE"),
            ("REFER", "Refer-To: sip:c@example.com", "(blind)"),
            (
                "INVITE",
                "To: b\r\nReplaces: 1;to-tag=2;from-tag=3",
                "takes the place",
            ),
            ("REGISTER", "Contact: *\r\nExpires: 0", "every address"),
            (
                "REGISTER",
                "Contact: <sip:a@example.com>;expires=0",
                "removes the address",
            ),
            (
                "REGISTER",
                "Contact: <sip:a@example.com>;expires=9\r\nExpires: 0",
                "",
            ),
            ("SUBSCRIBE", "Expires: 0", "ends the subscription"),
            (
                "INFO",
                "Content-Type: application/dtmf-relay",
                "a key that was pressed",
            ),
            (
                "NOTIFY",
                "Event: check-sync;reboot=true",
                "configuration anew",
            ),
            (
                "NOTIFY",
                "Event: message-summary\r\n\r\nMessages-Waiting: yes",
                "messages are waiting",
            ),
            ("NOTIFY", "Event: dialog", ""),
        ] {
            let text = format!(
                "{method} sip:b@example.com SIP/2.0\r\nCSeq: 1 {method}\r\n{fields}\r\n\r\n"
            );
            let message = Message::of(text.as_bytes());
            let said = super::says(&Facts::of(&message)).unwrap_or_default();
            assert!(
                said.contains(says) && said.is_empty() == says.is_empty(),
                "{fields}: {said}"
            );
        }
    }
}
