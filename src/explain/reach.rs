//! A Contact that names a host which nobody can reach, where no Record-Route knows another way.

use super::facts::Facts;
use super::syntax;
use super::words::{short, text};
use crate::message::{Host, address};

/// Hosts that no other machine can reach, and why.
const NOWHERE: &[(&str, &str)] = &[
    (
        ".invalid",
        "a name that nobody can look up, as clients in browsers make it",
    ),
    (".local", "a name of one network only"),
    ("localhost", "the machine itself"),
    ("127.", "the machine itself"),
    ("0.0.0.0", "no address"),
];

/// Returns what follows for the requests of a dialog.
pub(super) fn says(facts: &Facts<'_>) -> Option<String> {
    let (host, why) = nowhere(facts)?;
    let host = short(&host);
    Some(match facts.code() {
        0 => format!(
            "Contact is at {host}, {why}, and no Record-Route names a proxy that knows the way: the BYE and re-INVITE of the other side have nowhere to go"
        ),
        code => {
            let ends = if code >= 200 && facts.is("INVITE") {
                ", so the 2xx is repeated and the call ends after 32 s (64*T1)"
            } else {
                ""
            };
            format!(
                "Contact is at {host}, {why}, and no Record-Route names a proxy that knows the way: ACK, BYE and re-INVITE have nowhere to go{ends}"
            )
        }
    })
}

/// Returns what to do about it.
pub(super) fn next(facts: &Facts<'_>) -> Option<&'static str> {
    nowhere(facts).map(|_| {
        "Let the proxy beside that client put itself into Record-Route, or write an address of its own into Contact."
    })
}

fn nowhere(facts: &Facts<'_>) -> Option<(String, &'static str)> {
    let message = facts.message;
    let opens = ["INVITE", "SUBSCRIBE", "REFER"]
        .iter()
        .any(|method| facts.is(method));
    let is_target = opens && (facts.code() == 0 || (101..300).contains(&facts.code()));
    if !is_target || message.has("Record-Route") || !message.has("Via") {
        return None;
    }
    let vias = syntax::values("Via", message).len();
    let top = syntax::top_via(message)?;
    let over_socket =
        top.transport.eq_ignore_ascii_case(b"WS") || top.transport.eq_ignore_ascii_case(b"WSS");
    // Over the connection that is there a client of that kind is reached; so is the machine itself from itself.
    let is_first = vias == 1 && (message.is_request() || over_socket);
    let contact = message.values("Contact").next()?;
    let inside = text(address(syntax::address(contact)));
    let host = inside.rsplit('@').next()?.split(':').next()?.to_lowercase();
    let is_of = |part: &str| match part.as_bytes() {
        [b'.', ..] => host.ends_with(part),
        [.., b'.'] => host.starts_with(part),
        _ => host == part,
    };
    let (_, why) = NOWHERE.iter().find(|(part, _)| is_of(part))?;
    // Names that stand for others in what was redacted are none of theirs.
    let is_hidden = host.starts_with("host-") || Host::of(host.as_bytes()) != Host::Name;
    let via = text(message.value("Via")?);
    let is_own = via.contains("127.") || via.contains("localhost");
    let is_name = host.ends_with(".invalid");
    let is_fine = is_first || is_own || is_name && is_hidden;
    (!is_fine).then_some((host, *why))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Message;

    #[test]
    fn a_host_that_nobody_reaches_is_told_where_no_proxy_knows_the_way() {
        let says = |via: &str, contact: &str, more: &str| {
            let text = format!(
                "SIP/2.0 200 OK\r\nVia: {via}\r\nCSeq: 1 INVITE\r\nContact: <sip:{contact}>\r\n{more}\r\n"
            );
            let message = Message::of(text.as_bytes());
            super::says(&Facts::of(&message)).is_some()
        };
        let (udp, socket) = (
            "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1",
            "SIP/2.0/WSS x.invalid;branch=z9hG4bK1",
        );
        assert!(says(udp, "a@x7.invalid;transport=ws", ""));
        assert!(says(udp, "a@localhost:5060", ""));
        assert!(!says(
            udp,
            "a@x7.invalid",
            "Record-Route: <sip:p.example.com;lr>\r\n"
        ));
        assert!(
            !says(socket, "a@x7.invalid", ""),
            "over the connection that is there"
        );
        for hidden in ["host-1.invalid", "private-2.invalid", "public-1.invalid"] {
            assert!(!says(udp, hidden, ""), "{hidden}");
        }
        assert!(!says(
            "SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK1",
            "a@127.0.0.1",
            ""
        ));
    }
}
