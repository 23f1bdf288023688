//! How the streams of a session description are protected: the keys of RFC 4568, DTLS, and the passwords of ICE.
//! No key is shown.

use super::passport::decoded;
use super::session::Line;
use crate::catalog::SdpPart;

/// Suites of SRTP by RFC 4568, RFC 6188, RFC 7714 and RFC 5669, and how many bytes key and salt have together.
const SUITES: &[(&str, usize)] = &[
    ("AES_CM_128_HMAC_SHA1_80", 30),
    ("AES_CM_128_HMAC_SHA1_32", 30),
    ("F8_128_HMAC_SHA1_80", 30),
    ("AES_192_CM_HMAC_SHA1_80", 38),
    ("AES_192_CM_HMAC_SHA1_32", 38),
    ("AES_256_CM_HMAC_SHA1_80", 46),
    ("AES_256_CM_HMAC_SHA1_32", 46),
    ("AEAD_AES_128_GCM", 28),
    ("AEAD_AES_256_GCM", 44),
    ("SEED_CTR_128_HMAC_SHA1_80", 30),
    ("SEED_128_CCM_80", 30),
    ("SEED_128_GCM_96", 28),
];

/// A line of keys: its tag, its suite, and its keys.
struct Crypto<'a> {
    tag: &'a str,
    suite: &'a str,
    keys: &'a str,
}

impl<'a> Crypto<'a> {
    fn of(line: &'a Line) -> Option<Self> {
        let value = line.1.strip_prefix("crypto:").filter(|_| line.0 == 'a')?;
        let value = value.trim_start();
        let mut words = value.split(' ').filter(|word| !word.is_empty());
        let mut word = || words.next().unwrap_or_default().trim_end();
        Some(Self {
            tag: word(),
            suite: word(),
            keys: word(),
        })
    }

    /// Returns each key with its salt, without its lifetime.
    fn keys(&self) -> impl Iterator<Item = &'a str> {
        let all = self
            .keys
            .split(';')
            .filter_map(|key| key.strip_prefix("inline:"));
        let own = all.map(|key| key.split('|').next().unwrap_or_default());
        own.filter(|key| !is_hidden(key))
    }

    /// Returns how long key and salt are to be.
    fn length(&self) -> Option<usize> {
        let row = SUITES.iter().find(|(suite, _)| *suite == self.suite);
        row.map(|(_, length)| *length)
    }

    fn fault(&self) -> Option<&'static str> {
        if is_hidden(self.tag) || is_hidden(self.suite) {
            return None;
        }
        if !is_tag(self.tag) {
            return Some("its tag is no number of up to nine digits");
        }
        if self.tag.len() > 1 && self.tag.starts_with('0') {
            return Some("its tag begins with a zero");
        }
        if self.suite.is_empty() {
            return Some("its suite is missing");
        }
        let is_keyed = self.keys.split(';').all(|key| key.starts_with("inline:"));
        (!is_keyed).then_some("no key stands behind inline:")
    }

    /// Returns what is wrong with the first key.
    fn key_fault(&self) -> Option<String> {
        let wanted = self.length()?;
        let (suite, tag) = (self.suite, self.tag);
        self.keys().find_map(|key| match decoded(key.as_bytes()) {
            None => Some(format!("the key of crypto {tag} is no base64")),
            Some(bytes) if bytes.len() != wanted => Some(format!(
                "key and salt of crypto {tag} have {} bytes, and {suite} takes {wanted}",
                bytes.len()
            )),
            Some(_) => None,
        })
    }
}

/// Returns what is wrong with the way in which streams are protected.
pub(super) fn fault(part: SdpPart, session: &[Line], streams: &[&[Line]]) -> Option<String> {
    let all = || {
        streams
            .iter()
            .flat_map(|stream| stream.iter().filter_map(Crypto::of))
    };
    match part {
        SdpPart::CryptoPlace => {
            // Above no stream it is of none.
            let mut above = session.iter().filter_map(Crypto::of);
            above
                .next()
                .filter(|_| !streams.is_empty())
                .map(|_| String::new())
        }
        SdpPart::Crypto => all().find_map(|line| line.fault()).map(str::to_owned),
        SdpPart::CryptoSuite => {
            let is_known = |line: &Crypto<'_>| {
                line.length().is_some() || is_hidden(line.suite) || is_hidden(line.tag)
            };
            let mut sound = all().filter(|line| line.fault().is_none() && !is_known(line));
            sound.next().map(|line| line.suite.to_owned())
        }
        SdpPart::CryptoKey => {
            let mut sound = all().filter(|line| line.fault().is_none());
            sound.find_map(|line| line.key_fault())
        }
        SdpPart::CryptoTag => streams.iter().find_map(|stream| {
            let tags: Vec<&str> = stream
                .iter()
                .filter_map(Crypto::of)
                .map(|line| line.tag)
                .filter(|tag| is_tag(tag))
                .collect();
            let again = (0..tags.len()).find(|at| tags[..*at].contains(&tags[*at]))?;
            Some(format!(
                "the tag {} stands twice in {}",
                tags[again],
                media(stream)
            ))
        }),
        SdpPart::CryptoAgain => {
            let lines: Vec<Crypto<'_>> = all().collect();
            let keys: Vec<(&str, &str)> = lines
                .iter()
                .flat_map(|line| line.keys().map(|key| (key, line.tag)))
                .filter(|(key, _)| !key.is_empty())
                .collect();
            let known = |at: usize| keys[..at].iter().find(|(key, _)| *key == keys[at].0);
            let again = (0..keys.len()).find_map(|at| Some((known(at)?.1, keys[at].1)));
            again.map(|(one, other)| format!("crypto {one} and crypto {other}"))
        }
        part => of_streams(part, session, streams),
    }
}

/// Returns the first stream that lacks what it is to be protected with, or has it where it does not belong.
fn of_streams(part: SdpPart, session: &[Line], streams: &[&[Line]]) -> Option<String> {
    match part {
        SdpPart::CryptoProfile => {
            let mut open = streams
                .iter()
                .filter(|stream| stream.iter().any(|line| Crypto::of(line).is_some()));
            open.find(|stream| is_used(stream) && !profile(stream).contains("SAVP"))
                .map(|stream| profile(stream).to_owned())
        }
        SdpPart::Unkeyed => {
            let mut guarded = streams
                .iter()
                .filter(|stream| is_used(stream) && profile(stream).starts_with("RTP/SAVP"));
            let keys = ["crypto:", "fingerprint:", "key-mgmt:", "zrtp-hash:"];
            let has = |stream: &[Line]| keys.iter().any(|name| has(session, stream, name));
            guarded
                .find(|stream| !has(stream))
                .map(|stream| media(stream))
        }
        SdpPart::Setup => {
            let mut dtls = streams.iter().filter(|stream| is_used(stream));
            dtls.find(|stream| {
                has(session, stream, "fingerprint:") && !has(session, stream, "setup:")
            })
            .map(|stream| media(stream))
        }
        SdpPart::Ice => {
            let mut used = streams.iter().filter(|stream| is_used(stream));
            used.find_map(|stream| of_ice(session, stream))
        }
        _ => None,
    }
}

/// Returns what a stream lacks of the name and the password that ICE takes.
fn of_ice(session: &[Line], stream: &[Line]) -> Option<String> {
    let value = |name: &str| {
        let mut lines = stream.iter().chain(session).filter(|line| line.0 == 'a');
        lines
            .find_map(|line| line.1.strip_prefix(name))
            .map(str::trim_end)
    };
    match (value("ice-ufrag:"), value("ice-pwd:")) {
        (Some(_), None) => Some("ice-ufrag has no ice-pwd beside it".to_owned()),
        (None, Some(_)) => Some("ice-pwd has no ice-ufrag beside it".to_owned()),
        (Some(name), Some(_)) if name.len() < 4 => {
            Some("ice-ufrag has fewer than 4 signs".to_owned())
        }
        (Some(_), Some(word)) if word.len() < 22 && !is_hidden(word) => {
            Some("ice-pwd has fewer than 22 signs".to_owned())
        }
        _ => None,
    }
}

fn is_tag(text: &str) -> bool {
    (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns whether somebody has put something else in the place of a secret: signs that no key has, or one again and again.
fn is_hidden(text: &str) -> bool {
    let mut signs = text.chars();
    let first = signs.next();
    let is_one = first.is_some() && text.len() > 1 && signs.all(|sign| Some(sign) == first);
    text.contains(|sign: char| "()<>[]*\u{2026}".contains(sign))
        || is_one && !text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns whether a stream, or the session above it, has an attribute.
fn has(session: &[Line], stream: &[Line], name: &str) -> bool {
    let mut lines = stream.iter().chain(session);
    lines.any(|line| line.0 == 'a' && line.1.starts_with(name))
}

fn media(stream: &[Line]) -> String {
    format!("m={}", stream[0].1.trim_end())
}

fn profile(stream: &[Line]) -> &str {
    stream[0].1.split(' ').nth(2).unwrap_or_default().trim_end()
}

/// Returns whether a stream is not refused.
fn is_used(stream: &[Line]) -> bool {
    stream[0].1.split(' ').nth(1) != Some("0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_is_no_fault() {
        let line = |value: &str| ('a', value.to_owned());
        let media = ('m', "audio 4 RTP/SAVP 0".to_owned());
        for key in ["(not shown)", "xxxxxxxx", "***", "[key]", "d0\u{2026}"] {
            let crypto = |tag: &str| {
                line(&format!(
                    "crypto:{tag} AES_CM_128_HMAC_SHA1_80 inline:{key}"
                ))
            };
            let word = line(&format!("ice-pwd:{key}"));
            let stream = [
                media.clone(),
                crypto("1"),
                crypto("2"),
                line("ice-ufrag:8hhY"),
                word,
                line("crypto:(not shown)"),
            ];
            for part in SdpPart::ALL {
                assert_eq!(fault(*part, &[], &[&stream]), None, "{part:?} {key}");
            }
        }
    }
}
