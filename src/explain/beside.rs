//! What a trace has beside a message: the request that it answers, and what became of a challenge.

use super::facts::Facts;
use super::words::{list, short, text, time};
use crate::catalog::{self, StatusCode};
use crate::message::{Message, Start, parameter, seconds};

/// A header field of the request that bears on a code, and what is said of its value.
type Row = (&'static [u16], &'static str, &'static str);

const FIELDS: &[Row] = &[
    (&[406], "Accept", "Accept of the request is {}"),
    (&[412], "SIP-If-Match", "SIP-If-Match of the request is {}"),
    (&[429], "Referred-By", "Referred-By of the request is {}"),
    (&[493], "Content-Type", "the body of the request is {}"),
    (
        &[483],
        "Max-Forwards",
        "the request had Max-Forwards {} here",
    ),
    (
        &[428, 436, 437, 438],
        "Identity",
        "the request has an Identity",
    ),
];

/// Returns what the request says of the cause.
pub(super) fn of_request(facts: &Facts<'_>) -> Option<String> {
    let request = facts.request?;
    let code = facts.code();
    let rows = FIELDS.iter().filter(|(codes, ..)| codes.contains(&code));
    let said = rows.filter_map(|(_, name, says)| {
        let value = request.value(name)?;
        let lasts = seconds(value).map(time).unwrap_or_default();
        Some(
            says.replace("{time}", &lasts)
                .replace("{}", &short(&text(value))),
        )
    });
    let mut said: Vec<String> = said.collect();
    said.extend(match code {
        403 | 404 | 410 | 414 | 416 | 484 | 485 | 604 => target(request),
        413 | 513 => Some(format!("the request has {} bytes", size(request))),
        439 => outbound(request),
        421 if !request.has("Supported") => Some("the request has no Supported".to_owned()),
        428 if !request.has("Identity") => Some("the request has no Identity".to_owned()),
        _ => None,
    });
    (!said.is_empty()).then(|| said.join("; "))
}

/// Returns the lifetimes that a request asked for.
pub(super) fn lifetimes(request: &Message<'_>) -> Option<String> {
    let contacts = request.values("Contact");
    let contacts = contacts.filter_map(|value| parameter(value, b';', "expires").and_then(seconds));
    let expires = request.value("Expires").and_then(seconds);
    let mut all: Vec<u32> = contacts.chain(expires).collect();
    all.dedup();
    let all: Vec<String> = all.into_iter().map(time).collect();
    (!all.is_empty()).then(|| list(&all))
}

/// Returns how many bytes a message has, but for line ends that its writer may have changed.
fn size(message: &Message<'_>) -> usize {
    message.line.len() + 2 + message.rows.len() + 2 + message.body.len()
}

fn outbound(request: &Message<'_>) -> Option<String> {
    let id = parameter(request.value("Contact")?, b';', "reg-id")?;
    let id = short(&text(id));
    Some(format!(
        "Contact of the request has reg-id={id}, and the first hop does not know outbound"
    ))
}

fn target(request: &Message<'_>) -> Option<String> {
    match request.start {
        Some(Start::Request { uri, .. }) => {
            Some(format!("the request went to {}", short(&text(uri))))
        }
        _ => None,
    }
}

/// Returns what became of a challenge with a new nonce, behind a semicolon.
pub(super) fn of_stale(facts: &Facts<'_>) -> String {
    became(facts).map_or_else(String::new, |became| format!("; {became}"))
}

/// Returns what became of a challenge, as far as the trace has it.
pub(super) fn of_challenge(facts: &Facts<'_>) -> Option<String> {
    became(facts).filter(|_| matches!(facts.code(), 401 | 407))
}

/// Returns what became of a challenge where a request with credentials follows it.
pub(super) fn became_again(facts: &Facts<'_>) -> Option<String> {
    facts.beside.again(facts.message)?;
    became(facts)
}

fn became(facts: &Facts<'_>) -> Option<String> {
    if !matches!(facts.code(), 401 | 407) {
        return None;
    }
    let method = short(&facts.method);
    let again = facts.beside.again(facts.message);
    Some(match again {
        Some((number, Some(code))) => {
            let title = StatusCode::new(code).ok().map(catalog::response);
            let title = title.map_or_else(|| code.to_string(), catalog::Response::title);
            let number = short(&number);
            match code {
                401 | 407 => {
                    format!("{method} {number} brought credentials and was asked again ({title})")
                }
                200..300 => format!(
                    "it was answered: {method} {number} brought credentials and got {title}"
                ),
                _ => format!(
                    "{method} {number} brought credentials and got {title}, so these were not the fault"
                ),
            }
        }
        Some((number, None)) => format!(
            "{method} {} brought credentials, and no final response to it is in this trace",
            short(&number)
        ),
        None if facts.request.is_some() => {
            "no request with credentials follows it in this trace".to_owned()
        }
        None => return None,
    })
}

/// Returns what a REGISTER asked for whose 200 names no address.
pub(super) fn of_register(facts: &Facts<'_>) -> Option<&'static str> {
    let request = facts.request?;
    let expires = request.value("Expires").and_then(seconds);
    let contacts: Vec<&[u8]> = request.values("Contact").collect();
    let ends = |value: &&[u8]| parameter(value, b';', "expires") == Some(b"0");
    Some(match contacts.first() {
        None => "the REGISTER only asked what is there",
        Some(_) if expires == Some(0) => "the REGISTER removed it",
        Some(_) if contacts.iter().all(ends) => "the REGISTER removed it",
        Some(_) => "although the REGISTER brought one",
    })
}
