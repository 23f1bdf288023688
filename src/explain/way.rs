//! What Via says of the way that a message took.

use super::facts::Facts;
use super::words::text;
use crate::message::{Host, parameter};

/// Returns what the Via values say: how many hops, and whether an address was translated.
pub(super) fn says(facts: &Facts<'_>) -> Option<(String, String)> {
    let values: Vec<&[u8]> = facts.message.values("Via").collect();
    let top = values.first()?;
    let count = match values.len() {
        1 => "one value: the client and the next server, which may be a proxy".to_owned(),
        several => format!("{several} values: {} between", proxies(several - 1)),
    };
    let translated = translated(top).map(|says| format!("; {says}"));
    Some((sent_by(top)?, count + &translated.unwrap_or_default()))
}

fn proxies(count: usize) -> String {
    match count {
        1 => "one proxy".to_owned(),
        several => format!("{several} proxies"),
    }
}

/// Returns what received and rport say against the address that the client wrote.
fn translated(via: &[u8]) -> Option<String> {
    let sent_by = sent_by(via)?;
    let received = parameter(via, b';', "received").map(text);
    let rport = parameter(via, b';', "rport").map(text);
    let rport = rport.filter(|port| !port.is_empty());
    let (host, port) = host_and_port(&sent_by);
    let other_host = received
        .as_ref()
        .is_some_and(|received| bare(received) != bare(host));
    let other_port = rport
        .as_ref()
        .is_some_and(|rport| rport != port.unwrap_or("5060"));
    let came_from = match (&received, &rport) {
        (Some(received), Some(rport)) => format!("{received} port {rport}"),
        (Some(received), None) => received.clone(),
        (None, Some(rport)) => format!("port {rport}"),
        (None, None) => return None,
    };
    Some(match (other_host, other_port) {
        (false, false) => format!("the request came from {came_from}, as its sender says: no NAT"),
        (true, _) if Host::of(host.as_bytes()) == Host::Name => {
            format!("the request of {host} came from {came_from}")
        }
        _ => format!(
            "the request came from {came_from}, and its sender calls itself {sent_by}: a NAT lies between"
        ),
    })
}

/// Returns the address that the client wrote.
pub(super) fn sent_by(via: &[u8]) -> Option<String> {
    let value = text(via.split(|byte| *byte == b';').next()?);
    value.split_whitespace().next_back().map(str::to_owned)
}

fn host_and_port(sent_by: &str) -> (&str, Option<&str>) {
    let is_port = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    match sent_by.rsplit_once(':') {
        Some((host, port)) if is_port(port) && !host.ends_with(':') => (host, Some(port)),
        _ => (sent_by, None),
    }
}

/// Returns an address of IPv6 without its brackets.
fn bare(host: &str) -> &str {
    host.trim_start_matches('[').trim_end_matches(']')
}

/// Returns whether a Via has a private address, and says that the request came from elsewhere.
pub(super) fn is_behind_nat(via: &[u8]) -> bool {
    let Some(sent_by) = sent_by(via) else {
        return false;
    };
    let host = host_and_port(&sent_by).0;
    let received = parameter(via, b';', "received").map(text);
    let is_elsewhere = received.is_some_and(|received| bare(&received) != bare(host));
    Host::of(host.as_bytes()) == Host::Private && is_elsewhere
}

/// Returns the hosts that a Via names: the one that its sender wrote, and the one that it came from.
pub(super) fn hosts(via: &[u8]) -> Vec<String> {
    let sent_by = sent_by(via).map(|sent_by| host_and_port(&sent_by).0.to_owned());
    let received = parameter(via, b';', "received").map(text);
    sent_by.into_iter().chain(received).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_translated_address_is_told() {
        let says = |via: &str| translated(via.as_bytes()).unwrap_or_default();
        let nat = "SIP/2.0/UDP 192.168.1.2:5060;rport=31337;received=203.0.113.7;branch=z9hG4bK1";
        assert!(
            says(nat).contains("203.0.113.7 port 31337")
                && says(nat).contains("a NAT lies between")
        );
        let plain = "SIP/2.0/UDP 203.0.113.7;rport=5060;received=203.0.113.7";
        assert!(says(plain).ends_with("no NAT"), "{}", says(plain));
        assert_eq!(says("SIP/2.0/UDP 203.0.113.7;rport"), "");
        let named = "SIP/2.0/WS abc.invalid;received=203.0.113.7";
        assert!(!says(named).contains("NAT"), "{}", says(named));
    }
}
