//! What header fields say, in words.

use super::body;
use super::causes;
use super::challenge;
use super::done;
use super::facts::Facts;
use super::headers;
use super::nat;
use super::readings;
use super::sentence;
use super::way;
use super::words::{list, short, text};
use crate::catalog::{self, Citation, Entry, StatusCode, TopicKind};
use crate::message::{Field, Reason, reasons, warnings};

/// A header field, and what its value says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saying {
    pub name: String,
    /// As it was sent, without what nobody should see.
    pub value: String,
    pub says: String,
    pub cites: Vec<Citation>,
    /// The pages of what it names.
    pub links: Vec<Entry>,
}

/// What a value says; none where that is nothing.
type Reading = fn(&Facts<'_>, &[u8]) -> Option<String>;

/// A header field, how it is read, and what rests on which section.
struct Row {
    name: &'static str,
    reads: Reading,
    cite: &'static str,
    /// Whether its value is not shown: for nobody to see, or long and said in words.
    is_hidden: bool,
}

const fn row(name: &'static str, cite: &'static str, reads: Reading) -> Row {
    Row {
        name,
        reads,
        cite,
        is_hidden: false,
    }
}

const fn hidden(name: &'static str, cite: &'static str, reads: Reading) -> Row {
    Row {
        is_hidden: true,
        ..row(name, cite, reads)
    }
}

/// The fields that matter, in the order in which they are told.
const ROWS: &[Row] = &[
    row("Reason", "3326 2", readings::reason),
    row("Warning", "3261 20.43", readings::warning),
    row("Error-Info", "3261 20.18", |_, value| {
        Some(format!("more about the failure: {}", text(value)))
    }),
    row("Geolocation-Error", "6442 4.4", |_, value| {
        Some(format!("why the location is of no use: {}", text(value)))
    }),
    row("Retry-After", "3261 20.33", readings::retry_after),
    row("Unsupported", "3261 8.2.2.3", |_, value| {
        Some(format!(
            "the request demands {}, and the server lacks it",
            text(value)
        ))
    }),
    row("Require", "3261 20.32", readings::require),
    row("Proxy-Require", "3261 16.3", |_, value| {
        Some(format!(
            "each proxy must support {}, or answers with a 420",
            text(value)
        ))
    }),
    row("Min-Expires", "3261 20.23", |_, value| {
        readings::least(value, "the shortest lifetime that is accepted")
    }),
    row("Min-SE", "4028 5", |_, value| {
        readings::least(value, "the shortest session timer that is accepted")
    }),
    row("Session-Expires", "4028 4", readings::session_expires),
    row("Expires", "3261 20.19", readings::expires),
    hidden("WWW-Authenticate", "7616 3.3", |_, value| {
        Some(challenge::of(value).says())
    }),
    hidden("Proxy-Authenticate", "7616 3.8", |_, value| {
        Some(challenge::of(value).says())
    }),
    hidden("Authorization", "7616 3.4", |_, value| {
        Some(challenge::of(value).credentials())
    }),
    hidden("Proxy-Authorization", "7616 3.8", |_, value| {
        Some(challenge::of(value).credentials())
    }),
    hidden("Identity", "8224 6.1", |_, _| {
        Some("a signature of the caller's identity is there; it is not shown".to_owned())
    }),
    row("Contact", "3261 20.10", readings::contact),
    row("Path", "3327 5.3", readings::path),
    row("Service-Route", "3608 6.1", readings::service_route),
    row("P-Associated-URI", "7315 4.1.2", readings::associated),
    row("Allow", "3261 20.5", readings::allow),
    row("Accept", "3261 20.1", |_, value| {
        Some(format!("bodies are read as {}", text(value)))
    }),
    row("Accept-Encoding", "", |_, value| {
        Some(format!("bodies may be encoded as {}", text(value)))
    }),
    row("Accept-Language", "", |_, value| {
        Some(format!("bodies may be in the language {}", text(value)))
    }),
    row("Event", "6665 8.2.1", |_, value| {
        Some(format!("it is about the event package {}", text(value)))
    }),
    row("Allow-Events", "6665 8.2.2", |_, value| {
        Some(format!(
            "the event packages that it offers are {}",
            text(value)
        ))
    }),
    row(
        "Subscription-State",
        "6665 4.1.3",
        readings::subscription_state,
    ),
    row("Supported", "3261 20.37", readings::supported),
    row("Max-Forwards", "3261 16.3", readings::max_forwards),
    row("RSeq", "3262 7.1", |_, value| {
        Some(format!(
            "the response is reliable and wants a PRACK whose RAck begins with {}",
            text(value)
        ))
    }),
    row("Security-Server", "3329 2.3.1", |_, value| {
        Some(format!(
            "the agreements on security that it offers: {}",
            text(value)
        ))
    }),
    row("Call-Info", "8688 3.1", |facts, value| {
        (facts.code() == 608).then(|| {
            format!(
                "who blocked the call tells there how to reach him: {}",
                text(value)
            )
        })
    }),
    hidden("To", "3261 8.2.6.2", readings::to),
    row("P-Asserted-Identity", "3325 5", |_, value| {
        Some(format!(
            "a trusted network says that the sender is {}",
            text(value)
        ))
    }),
    row("Diversion", "5806 3.1", readings::diversion),
    row("History-Info", "7044 5", readings::history),
    row("Server", "3261 20.35", |_, value| {
        Some(format!(
            "the side that answered calls itself {}",
            text(value)
        ))
    }),
    row("User-Agent", "3261 20.41", readings::user_agent),
];

pub(super) fn fields(facts: &Facts<'_>) -> Vec<Saying> {
    let mut sayings: Vec<Saying> = Vec::new();
    for row in ROWS {
        let fields = facts.message.all(row.name);
        sayings.extend(fields.filter_map(|field| saying(facts, row, field)));
    }
    sayings.extend(told(facts));
    sayings.extend(beside(facts));
    sayings
}

/// Returns whether a header field is one that says something here.
pub(super) fn tells(field: &Field<'_>) -> bool {
    ROWS.iter().any(|row| field.is(row.name))
}

fn saying(facts: &Facts<'_>, row: &Row, field: &Field<'_>) -> Option<Saying> {
    let says = (row.reads)(facts, field.value).filter(|_| !field.value.is_empty())?;
    let value = if row.is_hidden {
        String::new()
    } else {
        text(field.value)
    };
    Some(Saying {
        name: row.name.to_owned(),
        value: short(&value),
        says: says.trim().to_owned(),
        cites: cites(row.cite),
        links: links(row.name, field.value),
    })
}

fn cites(written: &str) -> Vec<Citation> {
    Citation::find(written).into_iter().collect()
}

/// Returns the fields in which products tell a cause.
fn told(facts: &Facts<'_>) -> Vec<Saying> {
    let of = |(name, value): &(String, String)| {
        let says = headers::says(name, value);
        plain(
            name,
            value,
            format!("a field of the product, which says {says}"),
        )
    };
    facts.told.iter().map(of).collect()
}

/// Returns what stands in several fields, or in the body.
fn beside(facts: &Facts<'_>) -> Vec<Saying> {
    let way = way::says(facts).map(|(value, says)| Saying {
        cites: cites("3581 4"),
        ..plain("Via", &value, says)
    });
    let inner = body::sipfrag(facts.message);
    let inner = inner.and_then(|inner| sentence::of_inner(&inner));
    let inner = inner.map(|says| Saying {
        cites: cites("3515 2.4.5"),
        ..plain(
            "Body",
            "",
            format!("the request that REFER asked for came to {says}"),
        )
    });
    let streams = body::streams(facts.message);
    let streams = (!streams.is_empty()).then(|| plain("Body", "", streams.join("; ")));
    let private = nat::private_media(facts);
    let media = (!private.is_empty()).then(|| Saying {
        cites: cites("8866 5.7"),
        ..plain(
            "Body",
            "c=",
            format!(
                "media is to go to {} (private: only its own network reaches it)",
                list(&private)
            ),
        )
    });
    let contact = done::no_contact(facts).map(|says| Saying {
        cites: cites("3261 10.3"),
        ..plain("Contact", "", says)
    });
    [way, inner, streams, media, contact]
        .into_iter()
        .flatten()
        .collect()
}

fn plain(name: &str, value: &str, says: String) -> Saying {
    Saying {
        name: name.to_owned(),
        value: short(value),
        says,
        cites: Vec::new(),
        links: Vec::new(),
    }
}

/// Returns the pages of the causes and warn-codes that a value names.
fn links(name: &str, value: &[u8]) -> Vec<Entry> {
    let topic = |kind, number: u16| catalog::topic(kind, &number.to_string());
    match name {
        "Reason" => {
            let page = |reason: Reason<'_>| {
                let cause = reason.cause?;
                if reason.is_sip() {
                    let code = StatusCode::new(cause).ok()?;
                    return Some(Entry::from(catalog::response(code)));
                }
                causes::topic(&reason).map(Entry::from)
            };
            reasons(value).filter_map(page).collect()
        }
        "Warning" => warnings(value)
            .filter_map(|warning| topic(TopicKind::Warning, warning.code))
            .map(Entry::from)
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Message;

    #[test]
    fn each_section_exists() {
        for row in ROWS.iter().filter(|row| !row.cite.is_empty()) {
            assert!(
                Citation::find(row.cite).is_some(),
                "{} {}",
                row.name,
                row.cite
            );
        }
    }

    #[test]
    fn fields_are_said_in_words() {
        let text = b"SIP/2.0 503 x\r\nRetry-After: 18000 (at lunch);duration=3600\r\nCSeq: 1 INVITE\r\n\
                     Reason: Q.850;cause=34;location=TN\r\nAuthorization: Digest username=\"a\", response=\"5ecret\"\r\n\r\n";
        let message = Message::of(text);
        let said = fields(&Facts::of(&message));
        let of = |name: &str| said.iter().find(|one| one.name == name).expect("a field");
        assert_eq!(
            of("Retry-After").says,
            "do not try again for 5 h; then it can be reached for 1 h; remark: at lunch"
        );
        assert!(of("Reason").says.contains("released in: ") && of("Reason").links.len() == 1);
        assert!(
            said.iter()
                .all(|one| !format!("{one:?}").contains("5ecret")),
            "{said:?}"
        );
    }
}
