//! Challenges and credentials: what they say without their secrets.

use super::words::{list, quoted, text};
use crate::message::{Message, parameters};

/// What a challenge asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Challenge {
    pub(super) scheme: String,
    pub(super) realm: Option<String>,
    pub(super) algorithm: Option<String>,
    pub(super) qop: Option<String>,
    pub(super) is_stale: bool,
    pub(super) user: Option<String>,
}

/// Returns the challenges of a response, those of registrars and servers first.
pub(super) fn challenges(message: &Message<'_>) -> Vec<Challenge> {
    let names = ["WWW-Authenticate", "Proxy-Authenticate"];
    let values = names.iter().flat_map(|name| message.all(name));
    values.map(|field| of(field.value)).collect()
}

/// Takes a value of a challenge, or of credentials.
pub(super) fn of(value: &[u8]) -> Challenge {
    let value = value.trim_ascii();
    let end = value.iter().position(u8::is_ascii_whitespace);
    let (scheme, rest) = value.split_at(end.unwrap_or(value.len()));
    let mut challenge = Challenge {
        scheme: text(scheme),
        ..Challenge::default()
    };
    for (name, value) in parameters(rest, b',') {
        let said = Some(text(value)).filter(|said| !said.is_empty());
        match name.to_ascii_lowercase().as_slice() {
            b"realm" => challenge.realm = said,
            b"algorithm" => challenge.algorithm = said,
            b"qop" => challenge.qop = said,
            b"username" => challenge.user = said,
            b"stale" => challenge.is_stale = value.eq_ignore_ascii_case(b"true"),
            _ => {}
        }
    }
    challenge
}

impl Challenge {
    /// Returns what it asks for, in words.
    pub(super) fn says(&self) -> String {
        let algorithm = self.algorithm.as_deref().unwrap_or("MD5, as none is named");
        let qop = match &self.qop {
            Some(qop) => format!("qop {qop}"),
            None => "no qop".to_owned(),
        };
        let mut says = vec![self.realm(), format!("algorithm {algorithm}"), qop];
        if self.is_stale {
            says.push(
                "stale=true: only the nonce had run out, the password is not in question"
                    .to_owned(),
            );
        }
        format!(
            "asks for credentials ({}) for {}",
            self.scheme,
            says.join("; ")
        )
    }

    /// Returns what credentials say of themselves; nonce, response and token stay unsaid.
    pub(super) fn credentials(&self) -> String {
        let user = self
            .user
            .as_ref()
            .map(|user| format!("user {}", quoted(user)));
        let realm = self.realm.as_ref().map(|_| self.realm());
        let parts: Vec<String> = [user, realm].into_iter().flatten().collect();
        match parts.as_slice() {
            [] => format!(
                "credentials ({}) are there; they are not shown",
                self.scheme
            ),
            parts => format!(
                "credentials ({}) of {} are there; the rest is not shown",
                self.scheme,
                list(parts)
            ),
        }
    }

    pub(super) fn realm(&self) -> String {
        match &self.realm {
            Some(realm) => format!("realm {}", quoted(realm)),
            None => "a realm that it does not name".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_says_what_it_asks_for_and_no_secret() {
        let value = b"Digest realm=\"pbx\",\r\n nonce=\"5ec, ret\", algorithm=SHA-256, qop=\"auth\", stale=TRUE";
        let challenge = of(value);
        assert!(challenge.is_stale);
        let says = challenge.says();
        assert!(
            says.contains("realm \"pbx\"; algorithm SHA-256; qop auth; stale=true"),
            "{says}"
        );
        let says = of(b"Digest username=\"1001\", realm=\"pbx\", response=\"abc\"").credentials();
        assert!(
            says.contains("user \"1001\" and realm \"pbx\"") && !says.contains("abc"),
            "{says}"
        );
        assert!(!of(b"Bearer s3cret").credentials().contains("s3cret"));
    }
}
