//! Numbers, addresses, names and hosts of messages replaced, each by the same token throughout: in the messages, and in
//! what is said of them.

use super::field::{full_name, name_length};
use super::free::IsWord;
use super::learned::is_worded;
use super::naming::NUMBERS;
use super::tokens::Tokens;
use super::{Field, Message, Start};

/// A message may bring another one, and that another.
const DEEPEST: usize = 2;
/// What was replaced until now. The tokens cannot pass for what they stand for: `.invalid` is no domain.
#[derive(Clone, Debug)]
pub struct Redaction(Tokens);

impl Redaction {
    /// Begins with nothing known but the words that may stay in what somebody wrote.
    pub fn new(is_word: IsWord) -> Self {
        Self(Tokens::new(is_word))
    }

    /// Learns what a message names, before anything is said of it.
    pub fn learn(&mut self, bytes: &[u8]) {
        self.0.learn(bytes, DEEPEST);
    }

    /// Puts tokens into a sentence on messages that it knows.
    pub fn put(&mut self, says: &mut String) {
        *says = self.0.write(says, false);
    }

    /// Puts tokens into the value of a header field.
    pub fn put_value(&mut self, name: &str, value: &mut String) {
        let name = full_name(name.as_bytes()).unwrap_or(name);
        let counts = NUMBERS.iter().any(|own| own.eq_ignore_ascii_case(name));
        *value = self.0.write(value, !counts);
    }

    /// Learns what the value of a header field names.
    pub fn learn_value(&mut self, name: &str, value: &str) {
        let field = Field {
            name: name.as_bytes(),
            value: value.as_bytes(),
        };
        self.0.field(&field);
        self.0.words_of(&field);
    }

    /// Learns what a text names that somebody wrote.
    pub fn learn_text(&mut self, text: &str) {
        self.0.free_text(text.as_bytes());
        self.0.words(text.as_bytes(), false);
    }

    /// Puts tokens into the name of a header field, which somebody may have called after himself.
    pub fn put_name(&mut self, name: &mut String) {
        let own = name.trim_end_matches([':', ' ']).to_ascii_lowercase();
        if own.len() > 1 && !(self.0.is_word)(&own) {
            *name = self.0.write(name, true);
        }
    }

    /// Returns the token of a Call-ID.
    pub fn call(&mut self, id: &str) -> String {
        self.0.know(id, "call").unwrap_or_default()
    }

    /// Returns the token of a file, with what is said behind its name.
    pub fn place(&mut self, place: &str) -> String {
        let mut ends = [" line ", " frame "].into_iter();
        let end = ends.find_map(|end| place.rfind(end));
        let (file, rest) = place.split_at(end.unwrap_or(place.len()));
        // A word of a text may be called as a file is.
        let token = self.0.know(&format!("\0{file}"), "file");
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
            written.push_str(&self.0.write(&String::from_utf8_lossy(value), is_text));
        }
        if body.len() < message.body.len() {
            written.push_str("(not shown)\r\n");
        }
        written.into_bytes()
    }
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
