//! What header fields say, in words.

use super::body;
use super::causes;
use super::challenge;
use super::facts::Facts;
use super::request;
use super::sentence;
use super::way;
use super::words::{clause, short, text, time};
use crate::catalog::{self, Citation, Entry, StatusCode, TopicKind};
use crate::message::{Field, address, parameter, reasons, seconds, warnings};

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
    row("Reason", "3326 2", reason),
    row("Warning", "3261 20.43", warning),
    row("Error-Info", "3261 20.18", |_, value| {
        Some(format!("more about the failure: {}", text(value)))
    }),
    row("Geolocation-Error", "6442 4.4", |_, value| {
        Some(format!("why the location is of no use: {}", text(value)))
    }),
    row("Retry-After", "3261 20.33", retry_after),
    row("Unsupported", "3261 8.2.2.3", |_, value| {
        Some(format!(
            "the request demands {}, and the server lacks it",
            text(value)
        ))
    }),
    row("Require", "3261 20.32", require),
    row("Proxy-Require", "3261 20.29", |_, value| {
        Some(format!(
            "each proxy must support {}, or answers with a 420",
            text(value)
        ))
    }),
    row("Min-Expires", "3261 20.23", |_, value| {
        least(value, "the shortest lifetime that is accepted")
    }),
    row("Min-SE", "4028 5", |_, value| {
        least(value, "the shortest session timer that is accepted")
    }),
    row("Session-Expires", "4028 4", session_expires),
    row("Expires", "3261 20.19", expires),
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
    hidden("Identity", "8224 4", |_, _| {
        Some("a signature of the caller's identity is there; it is not shown".to_owned())
    }),
    row("Contact", "3261 20.10", contact),
    row("Allow", "3261 20.5", allow),
    row("Accept", "3261 20.1", |_, value| {
        Some(format!("bodies are read as {}", text(value)))
    }),
    row("Accept-Encoding", "3261 20.2", |_, value| {
        Some(format!("bodies may be encoded as {}", text(value)))
    }),
    row("Accept-Language", "3261 20.3", |_, value| {
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
    row("Subscription-State", "6665 4.1.3", subscription_state),
    row("Supported", "3261 20.37", supported),
    row("Max-Forwards", "3261 20.22", max_forwards),
    row("RSeq", "3262 7.1", |_, value| {
        Some(format!(
            "the response is reliable and wants a PRACK with RAck {}",
            text(value)
        ))
    }),
    row("Security-Server", "3329 2.2", |_, value| {
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
    hidden("To", "3261 8.2.6.2", to),
    row("P-Asserted-Identity", "3325 9.1", |_, value| {
        Some(format!(
            "a trusted network says that the sender is {}",
            text(value)
        ))
    }),
    row("Diversion", "", |_, value| {
        Some(format!("the call was forwarded before, by {}", text(value)))
    }),
    row("History-Info", "", |_, value| {
        Some(format!(
            "the targets that the request was sent to: {}",
            text(value)
        ))
    }),
    row("Server", "3261 20.35", |_, value| {
        Some(format!(
            "the side that answered calls itself {}",
            text(value)
        ))
    }),
    row("User-Agent", "3261 20.41", user_agent),
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
pub fn tells(field: &Field<'_>) -> bool {
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
        let says = request::told(name, value);
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
    let streams = body::streams(facts);
    let streams = (!streams.is_empty()).then(|| plain("Body", "", streams.join("; ")));
    [way, inner, streams].into_iter().flatten().collect()
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
            let page = |reason: crate::message::Reason<'_>| {
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

fn reason(_: &Facts<'_>, value: &[u8]) -> Option<String> {
    let said = reasons(value).map(|reason| {
        let summary = causes::topic(&reason).map(|topic| format!(": {}", clause(&topic.summary)));
        causes::reason(&reason) + &summary.unwrap_or_default()
    });
    let said = said.collect::<Vec<_>>().join("; ");
    let location = causes::location(value).map(|means| format!("; released in: {means}"));
    (!said.is_empty()).then(|| said + &location.unwrap_or_default())
}

fn warning(_: &Facts<'_>, value: &[u8]) -> Option<String> {
    let said: Vec<String> = warnings(value)
        .map(|warning| causes::warning(&warning))
        .collect();
    (!said.is_empty()).then(|| said.join("; "))
}

fn retry_after(_: &Facts<'_>, value: &[u8]) -> Option<String> {
    let after = seconds(value)?;
    let says = match after {
        0 => "one may try again at once".to_owned(),
        after => format!("do not try again for {}", time(after)),
    };
    let lasts = parameter(value, b';', "duration").and_then(seconds);
    let lasts = lasts.map(|lasts| format!("; then it can be reached for {}", time(lasts)));
    let comment = text(value);
    let comment = comment
        .split_once('(')
        .and_then(|(_, rest)| rest.split_once(')'));
    let comment = comment.map(|(comment, _)| format!("; remark: {comment}"));
    Some(says + &lasts.unwrap_or_default() + &comment.unwrap_or_default())
}

fn least(value: &[u8], what: &str) -> Option<String> {
    Some(format!("{what} is {}", time(seconds(value)?)))
}

fn session_expires(_: &Facts<'_>, value: &[u8]) -> Option<String> {
    let lasts = time(seconds(value)?);
    let who = match parameter(value, b';', "refresher").map(text).as_deref() {
        Some("uac") => "; the caller's side of the request refreshes it",
        Some("uas") => "; the side that answers refreshes it",
        _ => "",
    };
    Some(format!(
        "the session ends after {lasts} without a refresh{who}"
    ))
}

fn expires(facts: &Facts<'_>, value: &[u8]) -> Option<String> {
    let lasts = seconds(value)?;
    let time = time(lasts);
    Some(match facts.method.as_str() {
        "REGISTER" if lasts == 0 => "the binding is to be removed".to_owned(),
        "REGISTER" => format!("a binding without a time of its own holds for {time}"),
        "INVITE" if facts.page.is_none() => {
            format!("after {time} without a final response the call is given up, with a 487")
        }
        "SUBSCRIBE" if lasts == 0 => "the subscription is to end".to_owned(),
        "SUBSCRIBE" => format!("the subscription holds for {time}"),
        _ => format!("it holds for {time}"),
    })
}

fn require(facts: &Facts<'_>, value: &[u8]) -> Option<String> {
    let tags = text(value);
    Some(match facts.page {
        Some(page) if page.code.get() == 421 => {
            format!("the request must list {tags} in Supported")
        }
        Some(_) => format!("the response uses {tags}, which the client has to understand"),
        None => format!("the other side must support {tags}, or answers with a 420"),
    })
}

fn supported(facts: &Facts<'_>, value: &[u8]) -> Option<String> {
    let tags = text(value);
    Some(match facts.page {
        Some(_) => format!("the side that answered supports {tags}"),
        None => format!("the response may use or require {tags}, and no other extension"),
    })
}

fn allow(facts: &Facts<'_>, value: &[u8]) -> Option<String> {
    let methods = text(value);
    let is_there = facts.message.lists("Allow", &facts.method);
    let own = match facts.page {
        Some(page) if page.code.get() == 405 && is_there => {
            format!(", and so {} too", facts.method)
        }
        Some(page) if page.code.get() == 405 => format!(", and not {}", facts.method),
        _ => String::new(),
    };
    Some(format!("the methods that it takes are {methods}{own}"))
}

fn max_forwards(facts: &Facts<'_>, value: &[u8]) -> Option<String> {
    let left = seconds(value).filter(|_| facts.page.is_none())?;
    Some(match left {
        0 => "no proxy may forward it: the next one answers with a 483".to_owned(),
        1 => "one proxy may forward it, the one after it answers with a 483".to_owned(),
        left => format!("{left} proxies may forward it, the one after them answers with a 483"),
    })
}

fn contact(facts: &Facts<'_>, value: &[u8]) -> Option<String> {
    let target = text(address(value));
    let lasts = parameter(value, b';', "expires").and_then(seconds);
    let lasts = lasts
        .map(|lasts| format!(" for {}", time(lasts)))
        .unwrap_or_default();
    match facts.page.map(|page| page.code.get()) {
        Some(300..400) => {
            let weight = parameter(value, b';', "q").map(text);
            let weight = weight
                .map(|weight| format!(", preference q={weight}"))
                .unwrap_or_default();
            Some(format!("try {target}{weight}{lasts}"))
        }
        Some(200..300) if facts.is("REGISTER") => Some(format!("{target} is registered{lasts}")),
        Some(_) => None,
        None if facts.is("REGISTER") => Some(format!("{target} is to be registered{lasts}")),
        None => Some(format!("later requests of the dialog go to {target}")),
    }
}

fn to(facts: &Facts<'_>, value: &[u8]) -> Option<String> {
    let has_tag = parameter(value, b';', "tag").is_some();
    let says = match (facts.page.is_some(), has_tag) {
        (true, true) => {
            "its tag comes from the side that answered, or from the dialog of the request"
        }
        (true, false) => "it has no tag",
        (false, true) => "it has a tag: the request belongs to a dialog",
        (false, false) => "it has no tag: the request begins something new",
    };
    Some(says.to_owned())
}

fn subscription_state(_: &Facts<'_>, value: &[u8]) -> Option<String> {
    let state = text(value.split(|byte| *byte == b';').next()?);
    let why = parameter(value, b';', "reason").map(text);
    let why = why
        .map(|why| format!(", because: {why}"))
        .unwrap_or_default();
    let lasts = parameter(value, b';', "expires").and_then(seconds);
    let lasts = lasts
        .map(|lasts| format!(", for another {}", time(lasts)))
        .unwrap_or_default();
    Some(format!("the subscription is {state}{lasts}{why}"))
}

fn user_agent(facts: &Facts<'_>, value: &[u8]) -> Option<String> {
    let whose = match facts.page {
        Some(_) => "the side that answered (some write User-Agent for Server)",
        None => "the sender",
    };
    Some(format!("{whose} calls itself {}", text(value)))
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
