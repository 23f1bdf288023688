//! Checks an example message to the letter: what RFC 3261 demands of every response.

/// Returns the message as it goes on the wire: CRLF line ends and an empty line after the header.
pub(crate) fn wire(example: &str) -> String {
    let mut wire = example.replace('\n', "\r\n");
    if !wire.contains("\r\n\r\n") {
        wire.push_str("\r\n");
    }
    wire
}

/// Returns the header fields of a message in wire form, in order.
pub(crate) fn header_fields(wire: &str) -> impl Iterator<Item = (&str, &str)> {
    let head = wire.split("\r\n\r\n").next().unwrap_or_default();
    head.split("\r\n")
        .skip(1)
        .filter_map(|line| line.split_once(": "))
}

/// Returns what is wrong with a response in wire form.
pub(crate) fn faults(code: u16, phrase: &str, wire: &str) -> Vec<String> {
    let Some((head, body)) = wire.split_once("\r\n\r\n") else {
        return vec!["no empty line after the header fields".into()];
    };
    let mut faults = line_faults(head, &format!("SIP/2.0 {code} {phrase}"));
    faults.extend(field_faults(code, wire, body));
    faults.extend(via_faults(wire));
    for host in hosts(wire) {
        if !is_for_documentation(host) {
            faults.push(format!("{host:?} is no name or address for documentation"));
        }
    }
    faults
}

/// Returns what is wrong with the first line, and with the form of the others.
fn line_faults(head: &str, start: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut lines = head.split("\r\n");
    if lines.next() != Some(start) {
        faults.push(format!("the first line is not {start:?}"));
    }
    for line in lines {
        if !line
            .split_once(": ")
            .is_some_and(|(name, value)| is_token(name) && !value.is_empty())
        {
            faults.push(format!("{line:?} is no header field"));
        }
        if line.ends_with(' ') {
            faults.push(format!("{line:?} ends with a space"));
        }
    }
    faults
}

/// Returns what is wrong with the header fields that belong into each response once.
fn field_faults(code: u16, wire: &str, body: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut once = |name: &str| -> Option<&str> {
        match values(wire, name)[..] {
            [value] => Some(value),
            ref found => {
                faults.push(format!(
                    "{} {name} header fields where one belongs",
                    found.len()
                ));
                None
            }
        }
    };
    let (from, to) = (once("From"), once("To"));
    let (call_id, cseq, length) = (once("Call-ID"), once("CSeq"), once("Content-Length"));

    if from.is_some_and(|from| !is_address(from) || !from.contains(";tag=")) {
        faults.push("From is no address with a tag".into());
    }
    if to.is_some_and(|to| !is_address(to) || (code != 100 && !to.contains(";tag="))) {
        faults.push("To is no address with a tag".into());
    }
    if call_id.is_some_and(|id| id.contains(' ')) {
        faults.push("Call-ID holds a space".into());
    }
    if cseq.is_some_and(|cseq| !is_cseq(cseq)) {
        faults.push("CSeq is no number and method".into());
    }
    if length.is_some_and(|length| length != body.len().to_string()) {
        faults.push(format!(
            "Content-Length is not the {} octets of the body",
            body.len()
        ));
    }
    if body.is_empty() == header_fields(wire).any(|(name, _)| name == "Content-Type") {
        faults.push("Content-Type goes with a body, and with nothing else".into());
    }
    faults
}

fn via_faults(wire: &str) -> Vec<String> {
    let vias = values(wire, "Via");
    if vias.is_empty() {
        return vec!["no Via".into()];
    }
    let has_no_branch =
        |via: &&&str| !via.starts_with("SIP/2.0/") || !via.contains(";branch=z9hG4bK");
    let vias = vias.iter().filter(has_no_branch);
    vias.map(|via| format!("Via {via:?} has no branch of RFC 3261"))
        .collect()
}

/// Returns what the header fields of a name say.
fn values<'a>(wire: &'a str, name: &str) -> Vec<&'a str> {
    header_fields(wire)
        .filter(|(n, _)| *n == name)
        .map(|(_, value)| value)
        .collect()
}

fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-.!%*_+`'~".contains(&b))
}

fn is_address(value: &str) -> bool {
    let uri = value.split_once('<').map_or(value, |(_, rest)| rest);
    let scheme = ["sip:", "sips:", "tel:"]
        .iter()
        .any(|scheme| uri.starts_with(scheme));
    scheme && value.matches('<').count() == value.matches('>').count()
}

fn is_cseq(value: &str) -> bool {
    value.split_once(' ').is_some_and(|(number, method)| {
        number.parse::<u32>().is_ok_and(|number| number < 1 << 31)
            && method.bytes().all(|b| b.is_ascii_uppercase())
            && !method.is_empty()
    })
}

/// Returns each host of a SIP URI, a Via or a Call-ID.
fn hosts(wire: &str) -> impl Iterator<Item = &str> {
    let after = |mark: &'static str| wire.split(mark).skip(1);
    let uris = after("sip:").chain(after("sips:")).filter_map(|rest| {
        let uri = rest.split(['>', ';', '"', '\r', ' ', ',', '?']).next()?;
        let host = uri.rsplit('@').next()?;
        (!host.starts_with('-')).then_some(host)
    });
    let vias = header_fields(wire)
        .filter(|(name, _)| *name == "Via")
        .filter_map(|(_, value)| value.split_once(' ')?.1.split(';').next());
    let calls = header_fields(wire)
        .filter(|(name, _)| *name == "Call-ID")
        .filter_map(|(_, value)| Some(value.split_once('@')?.1));
    uris.chain(vias).chain(calls)
}

fn is_for_documentation(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let domains = ["example.com", "example.net", "example.org"];
    domains.iter().any(|domain| {
        name.strip_suffix(domain)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }) || ["192.0.2.", "198.51.100.", "203.0.113.", "2001:db8:"]
        .iter()
        .any(|network| name.starts_with(network))
        || name.ends_with(".invalid")
}
