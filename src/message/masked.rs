//! A message to be shown: as it is, but for credentials, tokens and keys.

use super::Message;

/// Header fields whose values prove who somebody is; the first word, which says how, may be seen.
const SECRET: [&str; 5] = [
    "Authorization",
    "Proxy-Authorization",
    "Identity",
    "Authentication-Info",
    "P-Access-Token",
];
/// Lines of a session description that hold a key, up to where it begins.
const KEYS: [&str; 4] = ["a=crypto:", "a=ice-pwd:", "a=key-mgmt:", "k="];
const HIDDEN: &str = "(not shown)";

/// Returns a message as text without what it keeps secret.
pub fn masked(bytes: &[u8]) -> String {
    let head = bytes.len() - Message::of(bytes).body.len();
    let mut written = String::with_capacity(bytes.len());
    let (mut at, mut hides) = (0, false);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let in_head = at < head;
        at += line.len();
        let line = &*String::from_utf8_lossy(line);
        let ending = &line[line.trim_end_matches(['\r', '\n']).len()..];
        if in_head && line.starts_with([' ', '\t']) {
            // What is folded goes on with the line before.
            if !hides {
                written.push_str(line);
            }
            continue;
        }
        let shown = if in_head { field(line) } else { key(line) };
        hides = in_head && shown.is_some();
        match shown {
            Some(shown) => {
                written.push_str(shown);
                written.push_str(HIDDEN);
                written.push_str(ending);
            }
            None => written.push_str(line),
        }
    }
    written
}

/// Returns what may be seen of a header field that is a secret.
fn field(line: &str) -> Option<&str> {
    let (name, value) = line.split_once(':')?;
    let is_secret = SECRET
        .iter()
        .any(|secret| secret.eq_ignore_ascii_case(name.trim()));
    if !is_secret {
        return None;
    }
    let start = line.len() - value.trim_start().len();
    let word = line[start..].find(' ');
    // A scheme is a word before parameters; a token alone is all secret.
    Some(word.map_or(&line[..start], |end| &line[..=start + end]))
}

/// Returns what may be seen of a line of a session description that is a secret.
fn key(line: &str) -> Option<&str> {
    let begin = KEYS.iter().find(|begin| line.starts_with(**begin))?;
    let end = line.find("inline:").map(|at| at + "inline:".len());
    Some(&line[..end.unwrap_or(begin.len())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_shown_and_all_else_is() {
        let message = "REGISTER sip:a@b SIP/2.0\r\nFrom: <sip:a@b>;tag=1\r\nauthorization: Digest username=\"a\",\r\n \
                       response=\"f00\"\r\nIdentity: eyJh.bGci\r\nTo: <sip:a@b>\r\n\r\nv=0\r\n\
                       a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:c2VjcmV0\r\na=sendrecv\r\n";
        let shown = masked(message.as_bytes());
        assert_eq!(
            shown,
            "REGISTER sip:a@b SIP/2.0\r\nFrom: <sip:a@b>;tag=1\r\nauthorization: Digest (not shown)\r\n\
             Identity: (not shown)\r\nTo: <sip:a@b>\r\n\r\nv=0\r\n\
             a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:(not shown)\r\na=sendrecv\r\n"
        );
    }
}
