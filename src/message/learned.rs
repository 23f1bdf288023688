//! What messages name, learned field by field and line by line.

use super::field::{full_name, lines};
use super::free;
use super::naming::{
    ADDRESSES, ATTRIBUTES, CALLS, NUMBERS, PARAMETERS, PRODUCTS, WORDLESS, WRITTEN,
};
use super::tokens::Tokens;
use super::value::{address, cut, parameters, parts, unescaped, unquoted};
use super::{Field, Message, Start};

impl Tokens {
    /// Learns what a message names, and the messages in it as deep as is said.
    pub(super) fn learn(&mut self, bytes: &[u8], deep: usize) {
        let message = Message::of(bytes);
        match message.start {
            Some(Start::Request { uri, .. }) => self.uris(uri),
            Some(Start::Status { .. }) => {}
            None => self.free_text(message.line),
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
                self.free_text(line);
                self.words(line, false);
            }
        }
        let kind = message.value("Content-Type").unwrap_or_default();
        let kind = kind.to_ascii_lowercase();
        if kind.starts_with(b"message/sip") && deep > 0 {
            self.learn(message.body.trim_ascii_start(), deep - 1);
        } else if kind.starts_with(b"text/") {
            self.words(message.body, false);
        }
        self.free_text(message.body);
        for line in message.body.split(|byte| *byte == b'\n') {
            if let [kind, b'=', value @ ..] = line {
                self.description(*kind, value.trim_ascii());
            }
        }
    }

    pub(super) fn field(&mut self, field: &Field<'_>) {
        let value = field.value;
        let is = |names: &[&str]| names.iter().any(|name| field.is(name));
        if is(NUMBERS) {
            return self.keep_all(value);
        }
        if is(PRODUCTS) {
            return self.product(value);
        }
        if is(CALLS) {
            for call in parts(value, b',') {
                let call = call.split(|byte| *byte == b';').next().unwrap_or_default();
                self.know_as(call, "call");
                let at = call.iter().position(|byte| *byte == b'@');
                self.host_of(at.map_or(&[], |at| &call[at + 1..]));
            }
        }
        if is(WRITTEN) {
            self.know_as(value, "text");
        }
        for value in parts(value, b',') {
            let mut words = value
                .split(u8::is_ascii_whitespace)
                .filter(|word| !word.is_empty());
            if field.is("Via") {
                let sent_by = value.split(|byte| *byte == b';').next().unwrap_or_default();
                self.host_of(
                    sent_by
                        .rsplit(u8::is_ascii_whitespace)
                        .next()
                        .unwrap_or_default(),
                );
            } else if field.is("Warning") {
                self.host_of(words.nth(1).unwrap_or_default());
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
            self.free_text(value);
        }
    }

    /// Learns the words of a header field that the reference does not know.
    pub(super) fn words_of(&mut self, field: &Field<'_>) {
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
                let counts = free::counts(name);
                if !counts && !known.any(|known| known.eq_ignore_ascii_case(name)) {
                    self.words(own, false);
                }
            }
        } else if !is(CALLS) && !is(WORDLESS) {
            if name.len() > 3 && name[..3].eq_ignore_ascii_case(b"ms-") {
                self.keep_all(cut(value, b';').0);
            }
            self.words(value, false);
        }
    }

    /// Learns what somebody wrote, but for the words that may stay.
    pub(super) fn words(&mut self, value: &[u8], is_agent: bool) {
        let tokens = self;
        free::parts(&text(value), is_agent, tokens.is_word, &mut |part, text| {
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
                Some((_, "realm")) if value.contains(&b'.') => self.host_of(value),
                Some((_, "host")) => self.host_of(value),
                Some((_, "user")) => self.user(value),
                Some((_, "")) => self.keep(&text(value)),
                Some((_, kind)) => self.know_as(value, kind),
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
    pub(super) fn free_text(&mut self, text: &[u8]) {
        self.uris(text);
        self.marks(text);
        if text.contains(&b'%') {
            let plain = unescaped(text);
            self.uris(&plain);
            self.marks(&plain);
        }
        for run in runs(text, b"://") {
            self.know_as(run, "url");
            let host = run.split(|byte| b"/?:".contains(byte)).next();
            self.host_of(host.unwrap_or_default());
        }
        for run in runs(text, b"urn:uuid:").chain(runs(text, b"imei:")) {
            self.know_as(run, "device");
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
            self.host_of(&text[at + 1..][..end.unwrap_or(text.len() - at - 1)]);
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
                self.know_as(secret, "secret");
                self.parameters(user);
                let host = at.map_or(uri, |at| &uri[at + 1..]);
                let ends = |byte: &u8| b";?,)'".contains(byte);
                self.host_of(host.split(ends).next().unwrap_or_default());
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
        if let Some(token) = self.know(&plain, "user") {
            self.part(&text(user), &token);
        }
    }

    /// Learns a name, or the number that stands for one.
    fn named(&mut self, name: &str, kind: &'static str) {
        let digits = name.bytes().filter(u8::is_ascii_digit).count();
        if digits * 2 > name.len() {
            self.know(name, "number");
        } else {
            self.name(name, kind);
        }
    }

    fn host_of(&mut self, host: &[u8]) {
        // In brackets an address of IPv6 has its port behind them.
        let (host, port) = match host.strip_prefix(b"[") {
            Some(inside) => cut(inside, b']'),
            None if memchr::memchr_iter(b':', host).count() == 1 => cut(host, b':'),
            None => (host, &[][..]),
        };
        self.keep_all(port);
        let host = text(host).to_ascii_lowercase();
        // What may be dialled in a country is no host.
        if !host.starts_with('+') {
            self.host(host.trim_end_matches('.'));
        }
    }

    /// Learns the serial numbers of a product; its versions are none.
    fn product(&mut self, value: &[u8]) {
        self.free_text(value);
        let value = text(value);
        for word in value.split(|letter: char| !letter.is_ascii_alphanumeric()) {
            let digits = word.bytes().filter(u8::is_ascii_digit).count();
            if word.len() >= 8 && digits >= 4 && digits < word.len() {
                self.know(word, "device");
            }
        }
        let is_version = |letter: char| letter.is_ascii_digit() || letter == '.';
        for version in value.split(|letter| !is_version(letter)) {
            if version.contains('.') {
                self.keep(version);
            }
        }
    }

    /// Learns what a line of a session description names.
    fn description(&mut self, kind: u8, value: &[u8]) {
        let mut words = value.split(|byte| *byte == b' ');
        match kind {
            b'o' => {
                self.user(words.next().unwrap_or_default());
                self.host_of(words.next_back().unwrap_or_default());
                words.for_each(|word| self.keep_all(word));
            }
            b'c' => {
                let host = words.next_back().unwrap_or_default();
                self.host_of(cut(host, b'/').0);
            }
            b's' | b'i' | b'e' => {
                self.sentence(&text(value), "name");
                self.words(value, false);
            }
            b'p' => self.know_as(value, "number"),
            b'a' if is_worded(value) => self.words(value, false),
            _ => {
                self.parameters(value);
                self.keep_all(value);
            }
        }
    }

    fn know_as(&mut self, value: &[u8], kind: &'static str) {
        self.know(&text(value), kind);
    }

    fn keep_all(&mut self, value: &[u8]) {
        for number in value.split(|byte| !byte.is_ascii_digit()) {
            self.keep(&text(number));
        }
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Returns whether an attribute of a session description may say something in words.
pub(super) fn is_worded(attribute: &[u8]) -> bool {
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
