//! Hosts and ports.

use core::net::Ipv6Addr;

use memchr::memchr_iter;

use super::reader::{Read, must, sign, wrong};

/// Reads a host: a name, or an address.
pub(super) fn host(text: &[u8]) -> Read {
    let shown = || String::from_utf8_lossy(text).into_owned();
    if text.is_empty() {
        return wrong("no host stands there");
    }
    if let Some(inside) = text.strip_prefix(b"[") {
        let inside = inside
            .strip_suffix(b"]")
            .and_then(|inside| str::from_utf8(inside).ok());
        if inside.is_some_and(|inside| inside.parse::<Ipv6Addr>().is_ok()) {
            return Ok(());
        }
        return wrong(format!("{} is no IPv6 address in brackets", shown()));
    }
    if memchr_iter(b':', text).count() > 1 {
        return wrong(format!("the IPv6 address {} is not in brackets", shown()));
    }
    if text
        .iter()
        .all(|byte| byte.is_ascii_digit() || *byte == b'.')
    {
        return if is_dotted(text) {
            Ok(())
        } else {
            wrong(format!("{} is no IPv4 address", shown()))
        };
    }
    // Those who hide names write * in their place.
    if text.contains(&b'*') {
        return Ok(());
    }
    if text.contains(&b'_') {
        return wrong(format!("the host {} has an underscore", shown()));
    }
    let is_sign = |byte: &u8| byte.is_ascii_alphanumeric() || b".-".contains(byte);
    if let Some(byte) = text.iter().find(|byte| !is_sign(byte)) {
        return wrong(format!("the host has {} in it", sign(*byte)));
    }
    let name = text.strip_suffix(b".").unwrap_or(text);
    let mut labels = name.split(|byte| *byte == b'.');
    let is_label =
        |label: &[u8]| !label.is_empty() && !label.starts_with(b"-") && !label.ends_with(b"-");
    if labels.all(is_label) {
        Ok(())
    } else {
        wrong(format!(
            "the host {} has an empty part, or one with a hyphen at its end",
            shown()
        ))
    }
}

/// Returns whether it is four numbers up to 255.
fn is_dotted(text: &[u8]) -> bool {
    let parts = text.split(|byte| *byte == b'.');
    let is_part = |part: &[u8]| {
        let text = str::from_utf8(part).ok().filter(|text| text.len() <= 3);
        text.is_some_and(|text| text.parse::<u8>().is_ok())
    };
    parts.clone().count() == 4 && parts.clone().all(is_part)
}

/// Reads a port.
pub(super) fn port(text: &[u8]) -> Read {
    let shown = String::from_utf8_lossy(text);
    must(!text.is_empty(), "no port stands behind the colon")?;
    if !text.iter().all(u8::is_ascii_digit) {
        return wrong(format!("the port {shown} is no number"));
    }
    let number = shown.trim_start_matches('0');
    if number.len() > 5 || number.parse::<u32>().is_ok_and(|number| number > 65535) {
        return wrong(format!("the port {shown} is above 65535"));
    }
    Ok(())
}

/// Reads a host, and a port behind a colon if there is one; blanks around the colon are for Via alone.
pub(super) fn host_port(text: &[u8]) -> Read {
    let end = match text.strip_prefix(b"[") {
        Some(inside) => inside
            .iter()
            .position(|byte| *byte == b']')
            .map(|end| end + 2),
        None => text.iter().position(|byte| *byte == b':'),
    };
    let is_bare = !text.starts_with(b"[") && memchr_iter(b':', text).count() > 1;
    let (name, behind) = text.split_at(end.filter(|_| !is_bare).unwrap_or(text.len()));
    host(name.trim_ascii())?;
    match behind.trim_ascii_start().split_first() {
        None => Ok(()),
        Some((b':', number)) => port(number.trim_ascii()),
        Some((byte, _)) => wrong(format!("{} stands behind the host", sign(*byte))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_name_or_an_address() {
        for text in [
            "a",
            "a.example.com",
            "a-b.example.com.",
            "192.0.2.1",
            "010.0.0.1",
            "[2001:db8::1]",
            "[::ffff:192.0.2.1]:5060",
            "3f2a.example:0",
            "a:65535",
            "***",
        ] {
            assert_eq!(host_port(text.as_bytes()), Ok(()), "{text}");
        }
        for (text, says) in [
            ("", "no host stands there"),
            ("a_b", "the host a_b has an underscore"),
            (
                "a..b",
                "the host a..b has an empty part, or one with a hyphen at its end",
            ),
            ("192.0.2.256", "192.0.2.256 is no IPv4 address"),
            ("192.0.2", "192.0.2 is no IPv4 address"),
            (
                "2001:db8::1",
                "the IPv6 address 2001:db8::1 is not in brackets",
            ),
            ("[2001:db8]", "[2001:db8] is no IPv6 address in brackets"),
            ("[::1", "[::1 is no IPv6 address in brackets"),
            ("a:", "no port stands behind the colon"),
            ("a:sip", "the port sip is no number"),
            ("a:70000", "the port 70000 is above 65535"),
            ("a/b", "the host has the sign / in it"),
            ("[::1]x", "the sign x stands behind the host"),
        ] {
            assert_eq!(host_port(text.as_bytes()), Err(says.into()), "{text}");
        }
    }
}
