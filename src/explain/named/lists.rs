//! Header fields whose values have to fit one another.

use super::super::found::{Terms, when};
use super::super::syntax::{self, Sip, address, scheme, shown};
use crate::catalog::Named;
use crate::message::Message;

pub(super) const TERMS: &Terms = &[
    (Named::SameProtocol, |message| {
        same(&heads("Reason", message))
    }),
    (Named::SameNamespace, |message| {
        let values = heads("Resource-Priority", message);
        let spaces: Vec<String> = values
            .iter()
            .map(|value| value.split('.').next().unwrap_or_default().to_owned())
            .collect();
        same(&spaces)
    }),
    (Named::SamePreference, |message| {
        let names = ["Security-Client", "Security-Server", "Security-Verify"];
        names.iter().find_map(|name| {
            let values = syntax::values(name, message);
            let weights = values
                .iter()
                .filter_map(|value| syntax::parameter_of(value, "q"));
            // 0.2 and 0.20 are one weight.
            let weights = weights
                .filter(|weight| syntax::is_weight(weight))
                .map(|weight| {
                    let text = shown(weight);
                    text.trim_end_matches('0').trim_end_matches('.').to_owned()
                });
            let weight = same(&weights.collect::<Vec<_>>())?;
            Some(format!(
                "q={} stands at two mechanisms of {name}",
                if weight.is_empty() { "0" } else { &weight }
            ))
        })
    }),
    (Named::PrivacyNone, |message| {
        let values = privacies(message);
        let is_none = |value: &String| value == "none";
        when(values.len() > 1 && values.iter().any(is_none))
    }),
    (Named::PrivacyTwice, |message| same(&privacies(message))),
    (Named::PrivacyCritical, |message| {
        when(privacies(message) == ["critical"])
    }),
    (Named::Asserted, |message| {
        identities("P-Asserted-Identity", message)
    }),
    (Named::Preferred, |message| {
        identities("P-Preferred-Identity", message)
    }),
    (Named::StarAndMore, |message| {
        let values = syntax::values("Contact", message);
        when(values.len() > 1 && values.contains(&&b"*"[..]))
    }),
    (Named::ReplacesTags, |message| {
        tags("Replaces", &["to-tag", "from-tag"], message)
    }),
    (Named::JoinTags, |message| {
        tags("Join", &["to-tag", "from-tag"], message)
    }),
    (Named::TargetTags, |message| {
        tags("Target-Dialog", &["local-tag", "remote-tag"], message)
    }),
    (Named::Remotes, |message| {
        when(
            message
                .value("Session-ID")
                .is_some_and(|value| count(value, "remote") > 1),
        )
    }),
    (Named::RequireTwice, |message| {
        let names = ["Accept-Contact", "Reject-Contact"];
        names.iter().find_map(|name| {
            let values = syntax::values(name, message);
            let mut flags = ["require", "explicit"].iter();
            let flag = flags.find(|flag| values.iter().any(|value| count(value, flag) > 1))?;
            Some(format!("{flag} stands twice in a value of {name}"))
        })
    }),
    (Named::OppositeDirectives, |message| {
        let values = heads("Request-Disposition", message);
        let pairs = [
            ("proxy", "redirect"),
            ("cancel", "no-cancel"),
            ("fork", "no-fork"),
            ("recurse", "no-recurse"),
            ("parallel", "sequential"),
            ("queue", "no-queue"),
        ];
        let has = |word: &str| values.iter().any(|value| value == word);
        let pair = pairs.iter().find(|(one, other)| has(one) && has(other))?;
        Some(format!("{} and {}", pair.0, pair.1))
    }),
    (Named::BadInstance, |message| {
        let values = syntax::values("Contact", message);
        let value = values
            .iter()
            .find_map(|value| syntax::parameter_of(value, "+sip.instance"))?;
        let is_good = value.len() > 4 && value.starts_with(b"\"<") && value.ends_with(b">\"");
        (!is_good).then(|| shown(value))
    }),
    (Named::RegIdAlone, |message| {
        let values = syntax::values("Contact", message);
        let has = |value: &&&[u8], name| syntax::parameter_of(value, name).is_some();
        let mut alone = values
            .iter()
            .filter(|value| has(value, "reg-id") && !has(value, "+sip.instance"));
        alone.next().map(|value| shown(value))
    }),
    (Named::RegId, |message| {
        let values = syntax::values("Contact", message);
        when(
            values
                .iter()
                .any(|value| syntax::parameter_of(value, "reg-id").is_some()),
        )
    }),
    (Named::HistoryIndex, |message| {
        let values = syntax::values("History-Info", message);
        let is_index = |value: &[u8]| {
            let index = syntax::parameter_of(value, "index").unwrap_or_default();
            let mut parts = index.split(|byte| *byte == b'.');
            parts.all(|part| !part.is_empty() && part.iter().all(u8::is_ascii_digit))
        };
        let odd = values.iter().find(|value| !is_index(value));
        odd.map(|value| shown(value))
    }),
    (Named::FirstIndex, |message| {
        let values = syntax::values("History-Info", message);
        let first = syntax::parameter_of(values.first()?, "index")?;
        let digits = first
            .iter()
            .all(|byte| byte.is_ascii_digit() || *byte == b'.');
        (digits && first.split(|byte| *byte == b'.').next() != Some(b"1")).then(|| shown(first))
    }),
    (Named::Jwscard, |message| {
        let values = syntax::values("Call-Info", message);
        let is_card = |value: &&[u8]| {
            syntax::parameter_of(value, "purpose")
                .is_some_and(|value| value.eq_ignore_ascii_case(b"jwscard"))
        };
        (!values.is_empty() && !values.iter().any(is_card)).then(|| shown(values[0]))
    }),
];

/// Returns the words with which the values of a header field begin, in small letters.
fn heads(name: &str, message: &Message<'_>) -> Vec<String> {
    let values = syntax::values(name, message).into_iter();
    let head = |value: &[u8]| {
        let end = value
            .iter()
            .position(|byte| *byte == b';' || byte.is_ascii_whitespace());
        shown(&value[..end.unwrap_or(value.len())]).to_lowercase()
    };
    values.map(head).collect()
}

/// Returns the first of the words that stands twice.
fn same(words: &[String]) -> Option<String> {
    let mut numbered = words.iter().enumerate();
    let twice = numbered.find(|(at, word)| words[..*at].contains(word));
    twice.map(|(_, word)| word.clone())
}

/// Returns the values of Privacy, in small letters.
fn privacies(message: &Message<'_>) -> Vec<String> {
    let rows = message.all("Privacy");
    let words = rows.flat_map(|field| field.value.split(|byte| *byte == b';'));
    words
        .map(|word| shown(word).to_lowercase())
        .filter(|word| !word.is_empty())
        .collect()
}

/// Returns what is wrong with one or two identities: each has its scheme.
fn identities(name: &str, message: &Message<'_>) -> Option<String> {
    if syntax::bad(name, message).is_some() {
        return None;
    }
    let uris: Vec<&[u8]> = syntax::values(name, message)
        .into_iter()
        .map(address)
        .collect();
    let is_tel = |uri: &&&[u8]| scheme(uri).eq_ignore_ascii_case(b"tel");
    let is_sip = |uri: &&&[u8]| Sip::of(uri).is_some();
    if let Some(odd) = uris.iter().find(|uri| !is_tel(uri) && !is_sip(uri)) {
        return Some(format!("{} is no SIP, SIPS or tel URI", shown(odd)));
    }
    let tels = uris.iter().filter(is_tel).count();
    match uris.len() {
        0 | 1 => None,
        2 if tels == 1 => None,
        2 if tels == 2 => Some("both values are tel URIs".to_owned()),
        2 => Some("both values are SIP URIs".to_owned()),
        more => Some(format!("{more} values stand there")),
    }
}

/// Returns the tag that a header field lacks, or has twice.
fn tags(name: &str, needed: &[&str], message: &Message<'_>) -> Option<String> {
    let value = message.value(name)?;
    if syntax::bad(name, message).is_some() {
        return None;
    }
    needed.iter().find_map(|tag| match count(value, tag) {
        0 => Some(format!("{name} has no {tag}")),
        1 => None,
        _ => Some(format!("{name} has {tag} twice")),
    })
}

/// Returns how often a parameter stands behind a value.
fn count(value: &[u8], name: &str) -> usize {
    let parts = value.split(|byte| *byte == b';').skip(1);
    let names = parts.map(|part| part.split(|byte| *byte == b'=').next().unwrap_or_default());
    names
        .filter(|known| known.trim_ascii().eq_ignore_ascii_case(name.as_bytes()))
        .count()
}
