//! Numbers, addresses, names and hosts of messages replaced, each by the same token throughout: in the messages, and in
//! what is said of them.

use super::field::{full_name, lines, name_length};
use super::free::{self, IsWord};
use super::naming::{
    ADDRESSES, ATTRIBUTES, CALLS, NUMBERS, PARAMETERS, PRODUCTS, WORDLESS, WRITTEN,
};
use super::tokens::Tokens;
use super::value::{address, cut, parameters, parts, unescaped, unquoted};
use super::{Field, Message, Start};

/// What was replaced until now. The tokens cannot pass for what they stand for: `.invalid` is no domain.
#[derive(Clone, Debug)]
pub struct Redaction {
    tokens: Tokens,
    is_word: IsWord,
}

impl Redaction {
    /// Begins with nothing known but the words that may stay in what somebody wrote.
    pub fn new(is_word: IsWord) -> Self {
        Self {
            tokens: Tokens::default(),
            is_word,
        }
    }

    /// Learns what a message names, before anything is said of it.
    pub fn learn(&mut self, bytes: &[u8]) {
        let message = Message::of(bytes);
        match message.start {
            Some(Start::Request { uri, .. }) => self.uris(uri),
            Some(Start::Status { .. }) => {}
            None => self.free(message.line),
        }
        for field in &message.fields {
            self.field(field);
        }
        // A name is one wherever it stands, and what it is was said above.
        match message.start {
            Some(Start::Request { .. }) => {}
            Some(Start::Status { phrase, .. }) => self.words(phrase, false),
            None => self.words(message.line, false),
        }
        for field in &message.fields {
            self.words_of(field);
        }
        // What is no header field was put there by somebody, too.
        for line in lines(message.rows).map(|line| &message.rows[line]) {
            if Field::parse(line).is_none() {
                self.free(line);
                self.words(line, false);
            }
        }
        let kind = message.value("Content-Type").unwrap_or_default();
        let kind = kind.to_ascii_lowercase();
        if kind.starts_with(b"message/sip") && !message.body.is_empty() {
            self.learn(message.body.trim_ascii_start());
        } else if kind.starts_with(b"text/") {
            self.words(message.body, false);
        }
        self.free(message.body);
        for line in message.body.split(|byte| *byte == b'\n') {
            if let [kind, b'=', value @ ..] = line {
                self.description(*kind, value.trim_ascii());
            }
        }
    }

    /// Puts tokens into a sentence on messages that it knows.
    pub fn put(&mut self, says: &mut String) {
        *says = self.tokens.write(says, false);
    }

    /// Puts tokens into the value of a header field.
    pub fn put_value(&mut self, name: &str, value: &mut String) {
        let name = full_name(name.as_bytes()).unwrap_or(name);
        let counts = NUMBERS.iter().any(|own| own.eq_ignore_ascii_case(name));
        *value = self.tokens.write(value, !counts);
    }

    /// Learns what the value of a header field names.
    pub fn learn_value(&mut self, name: &str, value: &str) {
        let field = Field {
            name: name.as_bytes(),
            value: value.as_bytes(),
        };
        self.field(&field);
        self.words_of(&field);
    }

    /// Learns what a text names that somebody wrote.
    pub fn learn_text(&mut self, text: &str) {
        self.free(text.as_bytes());
        self.words(text.as_bytes(), false);
    }

    /// Puts tokens into the name of a header field, which somebody may have called after himself.
    pub fn put_name(&mut self, name: &mut String) {
        let own = name.trim_end_matches([':', ' ']).to_ascii_lowercase();
        if own.len() > 1 && !(self.is_word)(&own) {
            *name = self.tokens.write(name, true);
        }
    }

    /// Returns the token of a Call-ID.
    pub fn call(&mut self, id: &str) -> String {
        self.tokens.know(id, "call").unwrap_or_default()
    }

    /// Returns the token of a file, with what is said behind its name.
    pub fn place(&mut self, place: &str) -> String {
        let mut ends = [" line ", " frame "].into_iter();
        let end = ends.find_map(|end| place.rfind(end));
        let (file, rest) = place.split_at(end.unwrap_or(place.len()));
        // A word of a text may be called as a file is.
        let token = self.tokens.know(&format!("\0{file}"), "file");
        token.map_or_else(String::new, |token| token + rest)
    }

    /// Returns a message with its tokens.
    pub fn redact(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.learn(bytes);
        let message = Message::of(bytes);
        let kind = message.value("Content-Type").unwrap_or(b"");
        let is_fragment = kind.to_ascii_lowercase().starts_with(b"message/sipfrag");
        // Other bodies hold what somebody wrote, or where somebody is.
        let is_shown = is_fragment || kind.is_empty() && message.body.starts_with(b"v=");
        let own = is_shown.then_some(message.body);
        let body = message.session().or(own).unwrap_or_default();
        let head = &bytes[..bytes.len() - message.body.len()];
        let mut written = String::with_capacity(bytes.len());
        for (at, line) in head.split_inclusive(|byte| *byte == b'\n').enumerate() {
            let own = match message.start {
                Some(Start::Status { .. }) if at == 0 => "SIP/2.0 486 ".len(),
                Some(Start::Request { method, .. }) if at == 0 => method.len(),
                _ => name_length(line).map_or(0, |length| length + 1),
            };
            let (own, value) = line.split_at(own.min(line.len()));
            let mut value = String::from_utf8_lossy(value).into_owned();
            let mut name = String::from_utf8_lossy(own).into_owned();
            self.put_value(name.trim_end_matches([':', ' ']), &mut value);
            if name.ends_with(':') {
                self.put_name(&mut name);
            }
            written.push_str(&name);
            written.push_str(&value);
        }
        for line in body.split_inclusive(|byte| *byte == b'\n') {
            let own = if line.get(1) == Some(&b'=') { 2 } else { 0 };
            let (own, value) = line.split_at(own);
            written.push_str(&String::from_utf8_lossy(own));
            let is_text = match own {
                b"a=" => is_worded(value),
                own => matches!(
                    own,
                    b"o=" | b"s=" | b"i=" | b"c=" | b"u=" | b"e=" | b"p=" | b""
                ),
            };
            written.push_str(&self.tokens.write(&String::from_utf8_lossy(value), is_text));
        }
        if body.len() < message.body.len() {
            written.push_str("(not shown)\r\n");
        }
        written.into_bytes()
    }

    fn field(&mut self, field: &Field<'_>) {
        let value = field.value;
        let is = |names: &[&str]| names.iter().any(|name| field.is(name));
        if is(NUMBERS) {
            return self.keep(value);
        }
        if is(PRODUCTS) {
            return self.product(value);
        }
        if is(CALLS) {
            for call in parts(value, b',') {
                let call = call.split(|byte| *byte == b';').next().unwrap_or_default();
                self.know(call, "call");
                let at = call.iter().position(|byte| *byte == b'@');
                self.host(at.map_or(&[], |at| &call[at + 1..]));
            }
        }
        if is(WRITTEN) {
            self.know(value, "text");
        }
        for value in parts(value, b',') {
            let mut words = value
                .split(u8::is_ascii_whitespace)
                .filter(|word| !word.is_empty());
            if field.is("Via") {
                let sent_by = value.split(|byte| *byte == b';').next().unwrap_or_default();
                self.host(
                    sent_by
                        .rsplit(u8::is_ascii_whitespace)
                        .next()
                        .unwrap_or_default(),
                );
            } else if field.is("Warning") {
                self.host(words.nth(1).unwrap_or_default());
            } else {
                self.display(value);
                let address = address(value);
                if is(ADDRESSES) && !address.contains(&b':') {
                    self.user(cut(address, b'@').0);
                }
            }
            self.parameters(value);
        }
        if !is(CALLS) {
            self.free(value);
        }
    }

    /// Learns the words of a header field that the reference does not know.
    fn words_of(&mut self, field: &Field<'_>) {
        let value = field.value;
        let is = |names: &[&str]| names.iter().any(|name| field.is(name));
        let name = full_name(field.name).map_or(field.name, str::as_bytes);
        if !(self.is_word)(&text(name).to_ascii_lowercase()) {
            self.words(name, true);
        }
        if is(PRODUCTS) {
            self.words(value, true);
        } else if is(NUMBERS) {
            // A comment may follow.
            let comment = memchr::memchr(b'(', value).unwrap_or(value.len());
            self.words(&value[comment..], false);
        } else if is(ADDRESSES) {
            for (name, own) in parameters(value, b';') {
                let mut known = PARAMETERS.iter().map(|(known, _)| known.as_bytes());
                let counts = own.len() < 8 && own.iter().all(u8::is_ascii_digit);
                if !counts && !known.any(|known| known.eq_ignore_ascii_case(name)) {
                    self.words(own, false);
                }
            }
        } else if !is(CALLS) && !is(WORDLESS) {
            if name.len() > 3 && name[..3].eq_ignore_ascii_case(b"ms-") {
                self.keep(cut(value, b';').0);
            }
            self.words(value, false);
        }
    }

    /// Learns what somebody wrote, but for the words that may stay.
    fn words(&mut self, value: &[u8], is_agent: bool) {
        let tokens = &mut self.tokens;
        free::parts(&text(value), is_agent, self.is_word, &mut |part, text| {
            tokens.free(part, text);
        });
    }

    fn parameters(&mut self, value: &[u8]) {
        for (name, value) in parameters(value, b';') {
            let name = name
                .rsplit(u8::is_ascii_whitespace)
                .next()
                .unwrap_or_default();
            let mut known = PARAMETERS.iter();
            let known = known.find(|(known, _)| known.as_bytes().eq_ignore_ascii_case(name));
            match known {
                Some((_, "realm")) if value.contains(&b'.') => self.host(value),
                Some((_, "host")) => self.host(value),
                Some((_, "user")) => self.user(value),
                Some((_, "")) => self.tokens.keep(&text(value)),
                Some((_, kind)) => self.know(value, kind),
                None => {}
            }
        }
    }

    /// Learns the name before an address.
    fn display(&mut self, value: &[u8]) {
        let end = value.iter().position(|byte| *byte == b'<').unwrap_or(0);
        let name = value[..end].trim_ascii();
        if name.starts_with(b"\"") || !name.iter().any(|byte| b"=;".contains(byte)) {
            let name = text(unquoted(name)).replace('\\', "");
            self.named(&name, "name");
        }
    }

    /// Learns what a text names that has no form of its own.
    fn free(&mut self, text: &[u8]) {
        self.uris(text);
        self.marks(text);
        if text.contains(&b'%') {
            let plain = unescaped(text);
            self.uris(&plain);
            self.marks(&plain);
        }
        for run in runs(text, b"://") {
            self.know(run, "url");
            let host = run.split(|byte| b"/?:".contains(byte)).next();
            self.host(host.unwrap_or_default());
        }
        for run in runs(text, b"urn:uuid:").chain(runs(text, b"imei:")) {
            self.know(run, "device");
        }
    }

    /// Learns user and host around each `@`.
    fn marks(&mut self, text: &[u8]) {
        for at in memchr::memchr_iter(b'@', text) {
            let is_user = |byte: &u8| byte.is_ascii_alphanumeric() || b"._+-%".contains(byte);
            let begin = text[..at].iter().rposition(|byte| !is_user(byte));
            self.user(&text[begin.map_or(0, |begin| begin + 1)..at]);
            let is_host = |byte: &u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(byte);
            let end = text[at + 1..].iter().position(|byte| !is_host(byte));
            self.host(&text[at + 1..][..end.unwrap_or(text.len() - at - 1)]);
        }
    }

    /// Learns user and host of each address in a text.
    fn uris(&mut self, text: &[u8]) {
        for scheme in [&b"sip:"[..], b"sips:"] {
            for uri in runs(text, scheme) {
                let at = uri.iter().position(|byte| *byte == b'@');
                let user = at.map_or(&[][..], |at| &uri[..at]);
                let (user, secret) = cut(user, b':');
                self.user(user);
                self.know(secret, "secret");
                self.parameters(user);
                let host = at.map_or(uri, |at| &uri[at + 1..]);
                let ends = |byte: &u8| b";?,)'".contains(byte);
                self.host(host.split(ends).next().unwrap_or_default());
            }
        }
        for number in runs(text, b"tel:") {
            self.user(number);
            self.parameters(number);
        }
    }

    fn user(&mut self, user: &[u8]) {
        let user = cut(user, b';').0;
        let plain = text(&unescaped(user));
        self.named(&plain, "user");
        if let Some(token) = self.tokens.know(&plain, "user") {
            self.tokens.part(&text(user), &token);
        }
    }

    /// Learns a name, or the number that stands for one.
    fn named(&mut self, name: &str, kind: &'static str) {
        let digits = name.bytes().filter(u8::is_ascii_digit).count();
        if digits * 2 > name.len() {
            self.tokens.know(name, "number");
        } else {
            self.tokens.name(name, kind);
        }
    }

    fn host(&mut self, host: &[u8]) {
        // In brackets an address of IPv6 has its port behind them.
        let (host, port) = match host.strip_prefix(b"[") {
            Some(inside) => cut(inside, b']'),
            None if memchr::memchr_iter(b':', host).count() == 1 => cut(host, b':'),
            None => (host, &[][..]),
        };
        self.keep(port);
        let host = text(host).to_ascii_lowercase();
        // What may be dialled in a country is no host.
        if !host.starts_with('+') {
            self.tokens.host(host.trim_end_matches('.'));
        }
    }

    /// Learns the serial numbers of a product; its versions are none.
    fn product(&mut self, value: &[u8]) {
        self.free(value);
        let value = text(value);
        for word in value.split(|letter: char| !letter.is_ascii_alphanumeric()) {
            let digits = word.bytes().filter(u8::is_ascii_digit).count();
            if word.len() >= 8 && digits >= 4 && digits < word.len() {
                self.tokens.know(word, "device");
            }
        }
        let is_version = |letter: char| letter.is_ascii_digit() || letter == '.';
        for version in value.split(|letter| !is_version(letter)) {
            if version.contains('.') {
                self.tokens.keep(version);
            }
        }
    }

    /// Learns what a line of a session description names.
    fn description(&mut self, kind: u8, value: &[u8]) {
        let mut words = value.split(|byte| *byte == b' ');
        match kind {
            b'o' => {
                self.user(words.next().unwrap_or_default());
                self.host(words.next_back().unwrap_or_default());
                words.for_each(|word| self.keep(word));
            }
            b'c' => {
                let host = words.next_back().unwrap_or_default();
                self.host(cut(host, b'/').0);
            }
            b's' | b'i' | b'e' => {
                self.tokens.sentence(&text(value), "name");
                self.words(value, false);
            }
            b'p' => self.know(value, "number"),
            b'a' if is_worded(value) => self.words(value, false),
            _ => {
                self.parameters(value);
                self.keep(value);
            }
        }
    }

    fn know(&mut self, value: &[u8], kind: &'static str) {
        self.tokens.know(&text(value), kind);
    }

    fn keep(&mut self, value: &[u8]) {
        for number in value.split(|byte| !byte.is_ascii_digit()) {
            self.tokens.keep(&text(number));
        }
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Returns whether an attribute of a session description may say something in words.
fn is_worded(attribute: &[u8]) -> bool {
    let name = cut(attribute.trim_ascii_end(), b':').0;
    !ATTRIBUTES.iter().any(|own| own.as_bytes() == name)
}

/// Returns what stands behind each beginning in a text, up to what cannot be in an address.
fn runs<'a>(text: &'a [u8], begins: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    memchr::memmem::find_iter(text, begins).map(move |at| {
        let rest = &text[at + begins.len()..];
        let ends = |byte: &u8| b"<>\"\\".contains(byte) || byte.is_ascii_whitespace();
        let end = rest.iter().position(ends);
        &rest[..end.unwrap_or(rest.len())]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_somebody_is_replaced_the_same_way_everywhere() {
        let text = "SIP/2.0 403 No +4930123456 here\r\nVia: SIP/2.0/UDP pbx.corp.example:5060;received=192.0.2.7\r\n\
                    From: \"Alice B\" <sip:alice@corp.example>;tag=1\r\nTo: <sip:+4930123456@corp.example>\r\n\
                    Call-ID: abc@192.0.2.7\r\nServer: Acme 1.2.3.4\r\nWarning: 399 192.0.2.7 \"alice is 0301234567\"\r\n\r\n";
        let mut redaction = Redaction::new(|_| true);
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
        let written = Redaction::new(|_| true).redact(text.as_bytes());
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

    #[test]
    fn a_number_has_one_token_however_it_is_written() {
        let text = "INVITE tel:+49-30-555.1234 SIP/2.0\r\nFrom: \"Bob  Miller\" <sip:b.miller@a.example>;tag=1\r\n\
                    CSeq: 3055512 INVITE\r\nX-More: 0049 30 5551234, (030) 5551234, 305551234x, MILLER, a mill\r\n\r\n";
        let mut redaction = Redaction::new(|_| true);
        let written = redaction.redact(text.as_bytes());
        let written = String::from_utf8(written).expect("text");
        assert!(
            written.contains("X-More: number-1, number-1, number-1x, name-1, a mill"),
            "{written}"
        );
        assert!(written.contains("CSeq: 3055512 INVITE"), "{written}");
        for (says, hidden) in [
            ("Bob Miller calls 5551234", "name-1 calls number-1"),
            (
                "to \"sip:b.mil\u{2026}\" 3 times",
                "to \"sip:user-1\u{2026}\" 3 times",
            ),
            ("RFC 3261, section 17.1.1.2", "RFC 3261, section 17.1.1.2"),
            (
                "from 10.0.0.9:5060 [fe80::1]",
                "from private-1.invalid:5060 [private-2.invalid]",
            ),
            (
                "of 00:15:65:ab:cd:ef at gw.a.example",
                "of device-1 at host-2.invalid",
            ),
        ] {
            let mut put = says.to_owned();
            redaction.put(&mut put);
            assert_eq!(put, hidden);
        }
    }
}
