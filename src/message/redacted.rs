//! Numbers, addresses, names and hosts of messages replaced, each by the same token throughout.

use std::collections::BTreeMap;

use super::host::{HIDDEN, Host, NO_DOMAIN};
use super::value::{parameter, parts, unquoted};
use super::{Message, Start};

/// What was replaced until now. The tokens cannot pass for what they stand for: `.invalid` is no domain.
#[derive(Clone, Debug, Default)]
pub struct Redaction {
    tokens: BTreeMap<String, String>,
    counts: BTreeMap<&'static str, usize>,
}

/// Shorter words stand in many places by chance.
const SHORTEST: usize = 2;
/// A number of a telephone has so many digits.
const DIGITS: usize = 7;
/// What is no name, though it may stand where names stand.
const WORDS: [&str; 14] = [
    "sip",
    "sips",
    "tel",
    "udp",
    "tcp",
    "tls",
    "ws",
    "wss",
    "anonymous",
    "unknown",
    "invite",
    "register",
    "asterisk",
    "user",
];
/// Fields with versions, which look like addresses.
const PRODUCTS: [&str; 2] = ["Server", "User-Agent"];
/// Fields that hold addresses with a name before them.
const NAMED: [&str; 9] = [
    "From",
    "To",
    "Contact",
    "P-Asserted-Identity",
    "P-Preferred-Identity",
    "Remote-Party-ID",
    "Diversion",
    "Referred-By",
    "Refer-To",
];

impl Redaction {
    /// Returns a message with its tokens.
    pub fn redact(&mut self, bytes: &[u8]) -> Vec<u8> {
        let message = Message::of(bytes);
        self.learn(&message);
        let text = String::from_utf8_lossy(bytes);
        let mut written = String::with_capacity(text.len());
        for line in text.split_inclusive('\n') {
            let name = line.split(':').next().unwrap_or_default().trim();
            if PRODUCTS
                .iter()
                .any(|product| product.eq_ignore_ascii_case(name))
            {
                written.push_str(line);
            } else {
                self.write(line, &mut written);
            }
        }
        written.into_bytes()
    }

    /// Learns what a message names.
    fn learn(&mut self, message: &Message<'_>) {
        if let Some(Start::Request { uri, .. }) = message.start {
            self.uris(uri);
        }
        if let Some(call_id) = message.value("Call-ID") {
            self.know(call_id, "call");
        }
        for via in message.values("Via") {
            let sent_by = via.split(|byte| *byte == b';').next().unwrap_or_default();
            let host = sent_by
                .rsplit(u8::is_ascii_whitespace)
                .next()
                .unwrap_or_default();
            self.host(host);
            if let Some(received) = parameter(via, b';', "received") {
                self.host(received);
            }
        }
        for field in &message.fields {
            self.uris(field.value);
            if NAMED.iter().any(|name| field.is(name)) {
                parts(field.value, b',').for_each(|value| self.name(value));
            }
            let secrets = [("realm", "realm"), ("username", "user"), ("url", "host")];
            for (name, kind) in secrets {
                let value = field.value.splitn(2, |byte| *byte == b' ').last();
                let value = value.and_then(|value| parameter(value, b',', name));
                if let Some(value) = value {
                    self.know(value, kind);
                }
            }
        }
        self.uris(message.body);
        for line in message.body.split(|byte| *byte == b'\n') {
            let address = line.strip_prefix(b"c=IN IP6 ").unwrap_or_default();
            self.host(address.trim_ascii());
        }
    }

    /// Learns the name before an address.
    fn name(&mut self, value: &[u8]) {
        let Some(end) = value.iter().position(|byte| *byte == b'<') else {
            return;
        };
        let name = unquoted(value[..end].trim_ascii()).to_vec();
        self.know(&name, "name");
    }

    /// Learns user and host of each address in a text.
    fn uris(&mut self, text: &[u8]) {
        for scheme in [&b"sip:"[..], b"sips:", b"tel:"] {
            let mut rest = text;
            while let Some(at) = memchr::memmem::find(rest, scheme) {
                rest = &rest[at + scheme.len()..];
                let ends = |byte: &u8| b"<>;?, \"\t\r\n()'".contains(byte);
                let uri = &rest[..rest.iter().position(ends).unwrap_or(rest.len())];
                match uri.iter().position(|byte| *byte == b'@') {
                    Some(at) => {
                        let user = uri[..at].split(|byte| *byte == b':').next();
                        self.user(user.unwrap_or_default());
                        self.host(&uri[at + 1..]);
                    }
                    None if scheme == b"tel:" => self.user(uri),
                    None => self.host(uri),
                }
            }
        }
    }

    fn user(&mut self, user: &[u8]) {
        let digits = user.iter().filter(|byte| byte.is_ascii_digit()).count();
        let kind = if digits * 2 > user.len() {
            "number"
        } else {
            "user"
        };
        self.know(user, kind);
    }

    fn host(&mut self, host: &[u8]) {
        let port = host.iter().rposition(|byte| *byte == b':');
        let is_port = |at: &usize| {
            host[at + 1..].iter().all(u8::is_ascii_digit) && !host[..*at].contains(&b':')
        };
        let end = port.filter(is_port).unwrap_or(host.len());
        // In brackets an address of IPv6 has its port behind them.
        let inside = host.strip_prefix(b"[").map(|inside| {
            let end = inside.iter().position(|byte| *byte == b']');
            &inside[..end.unwrap_or(inside.len())]
        });
        let host = inside.unwrap_or(&host[..end]);
        self.know(host, kind_of(host));
    }

    fn know(&mut self, value: &[u8], kind: &'static str) {
        let value = String::from_utf8_lossy(value).trim().to_owned();
        let is_word = WORDS.iter().any(|word| word.eq_ignore_ascii_case(&value));
        if value.len() >= SHORTEST && !is_word && !self.tokens.contains_key(&value) {
            let token = self.token(kind);
            self.tokens.insert(value, token);
        }
    }

    fn token(&mut self, kind: &'static str) -> String {
        let count = self.counts.entry(kind).or_default();
        *count += 1;
        match kind {
            "host" | "private" | "public" => format!("{kind}-{count}{NO_DOMAIN}"),
            kind => format!("{kind}-{count}"),
        }
    }

    /// Writes a line with the tokens of what is known, and of addresses and long numbers anywhere.
    fn write(&mut self, line: &str, to: &mut String) {
        let mut rest = line;
        let mut before = ' ';
        while let Some(first) = rest.chars().next() {
            let found = if is_inner(before) {
                None
            } else {
                self.known(rest).or_else(|| self.address(rest))
            };
            let (length, token) = found.unwrap_or((first.len_utf8(), String::new()));
            let (own, behind) = rest.split_at(length);
            to.push_str(if token.is_empty() { own } else { &token });
            before = own.chars().next_back().unwrap_or(' ');
            rest = behind;
        }
    }

    /// Returns the longest known value that begins here, as a whole word.
    fn known(&self, rest: &str) -> Option<(usize, String)> {
        let fits = |value: &String| {
            rest.starts_with(value.as_str()) && !rest[value.len()..].starts_with(is_inner)
        };
        let first = rest.chars().next()?.to_string();
        let alike = self.tokens.range(first.clone()..);
        let alike = alike.take_while(|(value, _)| value.starts_with(&first));
        let known = alike.filter(|(value, _)| fits(value));
        let (longest, token) = known.max_by_key(|(value, _)| value.len())?;
        Some((longest.len(), token.clone()))
    }

    /// Returns an address of IPv4, or a long number, that begins here.
    fn address(&mut self, rest: &str) -> Option<(usize, String)> {
        let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.');
        let word = rest[..end.unwrap_or(rest.len())].trim_end_matches('.');
        let is_whole = !rest[word.len()..].starts_with(is_inner);
        let octets = word.split('.').filter(|part| part.parse::<u8>().is_ok());
        let kind = match word.split('.').count() {
            4 if octets.count() == 4 => kind_of(word.as_bytes()),
            1 if word.len() >= DIGITS => "number",
            _ => return None,
        };
        self.know(word.as_bytes(), kind);
        let token = self.tokens.get(word).filter(|_| is_whole)?;
        Some((word.len(), token.clone()))
    }
}

/// Returns what a host is called: whether an address is private is no secret, and part of the cause.
fn kind_of(host: &[u8]) -> &'static str {
    let own = Host::of(host);
    let mut kinds = HIDDEN.iter().filter(|(_, kind)| *kind == own);
    kinds
        .next()
        .map_or("host", |(begins, _)| begins.trim_end_matches('-'))
}

/// Returns whether a letter is a part of the word before it.
fn is_inner(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_somebody_is_replaced_the_same_way_everywhere() {
        let text = "SIP/2.0 403 No +4930123456 here\r\nVia: SIP/2.0/UDP pbx.corp.example:5060;received=192.0.2.7\r\n\
                    From: \"Alice B\" <sip:alice@corp.example>;tag=1\r\nTo: <sip:+4930123456@corp.example>\r\n\
                    Call-ID: abc@192.0.2.7\r\nServer: Acme 1.2.3.4\r\nWarning: 399 192.0.2.7 \"alice is 0301234567\"\r\n\r\n";
        let mut redaction = Redaction::default();
        let written = redaction.redact(text.as_bytes());
        let written = String::from_utf8(written).expect("text");
        for secret in [
            "+4930123456",
            "corp.example",
            "192.0.2.7",
            "Alice",
            "alice",
            "abc@",
            "0301234567",
        ] {
            assert!(!written.contains(secret), "{secret} in {written}");
        }
        assert!(
            written.contains("Server: Acme 1.2.3.4")
                && written.contains("SIP/2.0 403 No number-1 here")
        );
        assert_eq!(
            redaction.redact(text.as_bytes()),
            written.as_bytes(),
            "stable"
        );
    }

    #[test]
    fn whether_an_address_is_private_stays_to_be_seen() {
        let text = "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP [fd00::9]:5060;received=2001:db8::7\r\n\
                    Contact: <sip:a@10.0.0.5:5062>\r\n\r\nv=0\r\nc=IN IP6 fe80::5\r\nc=IN IP4 198.51.100.7\r\n";
        let written = Redaction::default().redact(text.as_bytes());
        let written = String::from_utf8(written).expect("text");
        for secret in ["fd00", "2001", "10.0", "fe80", "198.51"] {
            assert!(!written.contains(secret), "{secret} in {written}");
        }
        for kept in [
            "[private-",
            "received=public-",
            "invalid:5062",
            "IP6 private-",
            "IP4 public-",
        ] {
            assert!(written.contains(kept), "{kept} in {written}");
        }
    }
}
