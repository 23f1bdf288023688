//! A session or a body that was refused without a reason: what of it may be the fault, the way in which media is protected,
//! the codecs, the type.

use super::facts::Facts;
use super::words::{list, short};
use crate::message::Message;

/// Codecs of which most sides have one.
const COMMON: [&str; 6] = ["pcmu", "pcma", "g722", "g729", "opus", "amr"];
/// What is no voice.
const BESIDE: [&str; 3] = ["telephone-event", "cn", "red"];

/// How a stream protects its media.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Guard {
    Plain,
    /// Keys in the session description.
    Keys,
    /// Keys agreed on over DTLS.
    Dtls,
}

/// What a session description offers.
pub(super) struct Offered {
    /// The codecs of its sound.
    pub(super) voices: Vec<String>,
    /// The profile of its first stream.
    pub(super) profile: String,
    pub(super) guard: Guard,
    /// What its streams are: "audio", "video".
    pub(super) kinds: Vec<String>,
    pub(super) is_ip6: bool,
}

impl Offered {
    /// Returns what the session description of a message offers, if it has one.
    pub(super) fn of(message: &Message<'_>) -> Option<Self> {
        let text = String::from_utf8_lossy(message.session()?);
        let (profile, guard) = guard(&text)?;
        let mut kinds: Vec<String> = Vec::new();
        let lines = || text.lines().map(str::trim);
        for kind in lines().filter_map(|line| line.strip_prefix("m=")?.split(' ').next()) {
            if !kinds.iter().any(|known| known == kind) {
                kinds.push(kind.to_owned());
            }
        }
        Some(Self {
            voices: voices(&text),
            profile,
            guard,
            kinds,
            is_ip6: lines().any(|line| line.starts_with("c=IN IP6")),
        })
    }

    /// Returns how its media is protected, in a word.
    pub(super) fn guarded(&self) -> &'static str {
        match self.guard {
            Guard::Plain => "plain",
            Guard::Keys => "encrypted by keys",
            Guard::Dtls => "encrypted over DTLS",
        }
    }
}

/// Returns what of the offer may be the fault, where the refusal does not say it.
pub(super) fn says(facts: &Facts<'_>) -> Option<String> {
    let request = facts
        .request
        .filter(|_| matches!(facts.code(), 488 | 606))?;
    if request.body.trim_ascii().is_empty() {
        return Some("the request has no offer, so the fault is none of its codecs".to_owned());
    }
    let text = String::from_utf8_lossy(request.session().unwrap_or(request.body));
    let (profile, guard) = guard(&text)?;
    let voices = voices(&text);
    let common: Vec<String> = voices
        .iter()
        .filter(|codec| is_in(&COMMON, codec))
        .cloned()
        .collect();
    // A Warning says it better than a guess does.
    if !facts.warnings.is_empty() {
        return Some(format!(
            "the request offered {} in {profile}",
            short(&list(&voices))
        ));
    }
    let guarded = match guard {
        Guard::Plain => {
            format!("media without encryption ({profile}, no a=crypto, no a=fingerprint)")
        }
        Guard::Keys => format!("media with encryption by keys in the offer ({profile}, a=crypto)"),
        Guard::Dtls => format!("media with encryption over DTLS ({profile}, a=fingerprint)"),
    };
    let possibly = match guard {
        Guard::Plain => "possibly the side that answered demands SRTP",
        Guard::Keys => "possibly the side that answered takes no SRTP, or only over DTLS",
        Guard::Dtls => "possibly the side that answered takes no DTLS-SRTP, as browsers send it",
    };
    Some(if common.is_empty() {
        format!(
            "the request offered only the codecs {}: possibly none of them is known there; it offered {guarded}",
            short(&list(&voices))
        )
    } else {
        format!(
            "the request offered {guarded}, and with {} codecs that most sides have: {possibly}",
            short(&list(&common))
        )
    })
}

/// Returns whether the offer that was refused has none of the codecs that most sides have.
pub(super) fn lacks_codecs(facts: &Facts<'_>) -> bool {
    common(facts).is_some_and(|common| common.is_empty())
}

/// Returns whether it has some.
pub(super) fn has_codecs(facts: &Facts<'_>) -> bool {
    common(facts).is_some_and(|common| !common.is_empty())
}

/// Returns the codecs of an offer that most sides have; none where the refusal itself says what is wrong.
fn common(facts: &Facts<'_>) -> Option<Vec<String>> {
    let request = facts
        .request
        .filter(|_| facts.warnings.is_empty() && facts.message.body.is_empty())?;
    let text = String::from_utf8_lossy(request.session().unwrap_or(request.body));
    guard(&text)?;
    let all = codecs(&text).into_iter();
    Some(all.filter(|codec| is_in(&COMMON, codec)).collect())
}

fn is_in(list: &[&str], codec: &str) -> bool {
    let name = codec.split('/').next().unwrap_or_default().to_lowercase();
    list.iter().any(|known| name.starts_with(known))
}

/// Returns the codecs that are voice.
fn voices(text: &str) -> Vec<String> {
    let mut all = codecs(text);
    all.retain(|codec| !is_in(&BESIDE, codec));
    all
}

/// Returns the codecs of the streams of sound: what an a=rtpmap calls each, or its name by RFC 3551.
fn codecs(text: &str) -> Vec<String> {
    const STATIC: [(&str, &str); 5] = [
        ("0", "PCMU/8000"),
        ("3", "GSM/8000"),
        ("8", "PCMA/8000"),
        ("9", "G722/8000"),
        ("18", "G729/8000"),
    ];
    let lines = || text.lines().map(str::trim);
    let streams = lines().filter_map(|line| line.strip_prefix("m=audio "));
    let formats = streams.flat_map(|media| media.split(' ').skip(2));
    let name = |format: &str| {
        let begins = format!("a=rtpmap:{format} ");
        let named = lines().find_map(|line| line.strip_prefix(begins.as_str()));
        let known = STATIC.iter().find(|(number, _)| *number == format);
        let name = named.or(known.map(|(_, name)| *name));
        name.unwrap_or(format).to_owned()
    };
    formats.map(name).collect()
}

/// Returns the profile of the first stream, and how it protects its media.
fn guard(text: &str) -> Option<(String, Guard)> {
    let media = text
        .lines()
        .find_map(|line| line.trim().strip_prefix("m="))?;
    let profile = media.split(' ').nth(2)?.to_owned();
    let has = |begins: &str| text.lines().any(|line| line.trim().starts_with(begins));
    let guard = if has("a=fingerprint:") || profile.contains("TLS") {
        Guard::Dtls
    } else if has("a=crypto:") || profile.contains("SAVP") {
        Guard::Keys
    } else {
        Guard::Plain
    };
    Some((short(&profile), guard))
}

/// Returns whether the body that was refused has several parts, or may have.
pub(super) fn may_be_multipart(facts: &Facts<'_>) -> bool {
    refused_type(facts).is_none_or(|kind| kind.starts_with(b"multipart"))
}

/// Returns whether the body that was refused is a session description, or may be one.
pub(super) fn may_be_session(facts: &Facts<'_>) -> bool {
    refused_type(facts).is_none_or(|kind| kind.starts_with(b"application/sdp"))
}

/// Returns whether Accept has the type of the body that was refused, or may have.
pub(super) fn may_be_accepted(facts: &Facts<'_>) -> bool {
    let has = |kind: Vec<u8>| {
        let kind = kind.split(|byte| *byte == b';').next().unwrap_or_default();
        let kind = String::from_utf8_lossy(kind.trim_ascii()).into_owned();
        facts.message.lists("Accept", &kind)
    };
    refused_type(facts).is_none_or(|kind| has(kind) || !facts.message.has("Accept"))
}

fn refused_type(facts: &Facts<'_>) -> Option<Vec<u8>> {
    let kind = facts.request?.value("Content-Type")?;
    Some(kind.to_ascii_lowercase())
}
