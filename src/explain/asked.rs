//! What the header field says that a code brings: what is missing, what is too short, where to go.

use super::beside::lifetimes;
use super::facts::Facts;
use super::request;
use super::words::{short, text, time};
use crate::message::seconds;

/// Returns what the header field says that a code brings: what is missing, what is too short, where to go.
pub(super) fn asked_for(facts: &Facts<'_>) -> Option<String> {
    let rows = ASKED
        .iter()
        .filter(|row| (row.first..=row.last).contains(&facts.code()));
    let said = rows.filter_map(|row| {
        if let Some(says) = beside(facts, row) {
            return Some(says);
        }
        let value = match row.field {
            "Contact" => request::contacts(facts),
            field => facts.listed(field)?,
        };
        if value.is_empty() {
            return None;
        }
        let seconds = facts.seconds(row.field).map(time).unwrap_or_default();
        let value = short(&value);
        let says = row.says.replace("{}", &value).replace("{time}", &seconds);
        Some(says.replace("{method}", &facts.method))
    });
    let said: Vec<String> = said.collect();
    let is_allowed = facts.code() == 405 && facts.message.lists("Allow", &facts.method);
    if is_allowed {
        return Some(format!(
            "although Allow lists {}, which a rule or this address must forbid",
            facts.method
        ));
    }
    (!said.is_empty()).then(|| said.join("; "))
}

/// Returns what was asked for beside what is taken, where the trace has the request.
fn beside(facts: &Facts<'_>, row: &Asked) -> Option<String> {
    let request = facts.request?;
    let rows = BESIDE.iter().filter(|(field, ..)| *field == row.field);
    let mut rows = rows.filter(|(_, code, ..)| *code == row.first);
    let (_, _, own, says) = rows.find(|(_, _, own, _)| request.has(own))?;
    let asked = request.values(own).map(text).collect::<Vec<_>>().join(", ");
    let lasts = match *own {
        "Expires" | "Contact" => lifetimes(request)?,
        own => request
            .value(own)
            .and_then(seconds)
            .map(time)
            .unwrap_or_default(),
    };
    let value = facts.listed(row.field)?;
    let least = facts.seconds(row.field).map(time).unwrap_or_default();
    let says = if asked == value {
        says.replace(" ({asked})", "")
    } else {
        (*says).to_owned()
    };
    let says = says
        .replace("{asked}", &short(&asked))
        .replace("{lasts}", &lasts);
    Some(says.replace("{}", &short(&value)).replace("{time}", &least))
}

/// The field of a response, its code, the field of the request that it is about, and what both say together.
const BESIDE: &[(&str, u16, &str, &str)] = &[
    (
        "Accept",
        415,
        "Content-Type",
        "the body of the request is {asked}, and it reads {} only",
    ),
    (
        "Unsupported",
        420,
        "Require",
        "it does not support {}, which Require of the request demands ({asked})",
    ),
    (
        "Unsupported",
        420,
        "Proxy-Require",
        "it does not support {}, which Proxy-Require of the request demands ({asked})",
    ),
    (
        "Require",
        421,
        "Supported",
        "it insists on {}, and Supported of the request lists {asked}",
    ),
    (
        "Min-SE",
        422,
        "Session-Expires",
        "the session timer asked for is {lasts} (Session-Expires: {asked}), and the shortest that it accepts is {time} (Min-SE: {})",
    ),
    (
        "Min-Expires",
        423,
        "Expires",
        "the lifetime asked for is {lasts}, and the shortest that it accepts is {time} (Min-Expires: {})",
    ),
    (
        "Min-Expires",
        423,
        "Contact",
        "the lifetime asked for is {lasts}, and the shortest that it accepts is {time} (Min-Expires: {})",
    ),
    (
        "Recv-Info",
        469,
        "Info-Package",
        "the INFO package sent is {asked}, and those that it takes are {}",
    ),
    (
        "Accept-Resource-Priority",
        417,
        "Resource-Priority",
        "the priority asked for is {asked}, and those that it knows are {}",
    ),
    (
        "Security-Server",
        494,
        "Security-Verify",
        "Security-Verify of the request is {asked}, and its list is {}",
    ),
    (
        "Accept-Encoding",
        415,
        "Content-Encoding",
        "the body of the request is coded as {asked}, and it reads {} only",
    ),
    (
        "Allow-Events",
        489,
        "Event",
        "the event asked for is {asked}, and those that it offers are {}",
    ),
];

/// A header field, and what it says in a response with these codes.
struct Asked {
    first: u16,
    last: u16,
    field: &'static str,
    says: &'static str,
}

const fn asked(first: u16, last: u16, field: &'static str, says: &'static str) -> Asked {
    Asked {
        first,
        last,
        field,
        says,
    }
}

const ASKED: &[Asked] = &[
    asked(300, 304, "Contact", "the request is to go to {}"),
    asked(
        305,
        305,
        "Contact",
        "the request is to go through the proxy {}",
    ),
    asked(380, 380, "Contact", "another service may be had at {}"),
    asked(
        405,
        405,
        "Allow",
        "{method} is not among what this address takes: {}",
    ),
    asked(
        415,
        415,
        "Accept",
        "the body has another type than it reads: {}",
    ),
    asked(
        415,
        415,
        "Accept-Encoding",
        "it takes bodies in the encoding {} only",
    ),
    asked(
        415,
        415,
        "Accept-Language",
        "it takes bodies in the language {} only",
    ),
    asked(
        417,
        417,
        "Accept-Resource-Priority",
        "it knows the priorities {} only",
    ),
    asked(
        420,
        420,
        "Unsupported",
        "it does not support {}, which Require or Proxy-Require of the request demands",
    ),
    asked(
        421,
        421,
        "Require",
        "it insists on {}, which Supported of the request does not list",
    ),
    asked(
        422,
        422,
        "Min-SE",
        "the session timer asked for is shorter than the {time} that it accepts (Min-SE: {})",
    ),
    asked(
        423,
        423,
        "Min-Expires",
        "the lifetime asked for is shorter than the {time} that it accepts (Min-Expires: {})",
    ),
    asked(469, 469, "Recv-Info", "it takes the INFO packages {} only"),
    asked(
        489,
        489,
        "Allow-Events",
        "the event asked for is not among those that it offers: {}",
    ),
    asked(
        494,
        494,
        "Security-Server",
        "it wants an agreement on security and offers {}",
    ),
    asked(
        608,
        608,
        "Call-Info",
        "the element that blocked the call says at {} whom to ask",
    ),
];
