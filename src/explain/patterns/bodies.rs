//! Calls that were refused for how they bring their offer: late, in the 2xx, or as one part of a body of several.

use super::attempts::{Attempt, ago};
use super::found::{Found, values};
use super::offers::is_mended;
use crate::explain::words::{list, text};
use crate::message::{Message, warnings};

/// What is said of a body.
const CODES: [u16; 9] = [400, 403, 406, 415, 488, 500, 501, 603, 606];
const SDP: &str = "application/sdp";

/// Returns that an INVITE of the call was refused for that.
pub(super) fn found(all: &[Attempt<'_>]) -> Option<Found> {
    let mut own = all.iter().rev().filter(|one| one.own.is_some());
    own.find_map(|one| of(one, all))
}

/// Returns the types of a body, those of its parts where it has several.
fn kinds(message: &Message<'_>) -> Vec<String> {
    let bare = |value: &str| {
        let bare = value.split(';').next().unwrap_or_default();
        bare.trim().to_ascii_lowercase()
    };
    let own = message.value("Content-Type").map(text).unwrap_or_default();
    let own = bare(&own);
    if !own.starts_with("multipart/") {
        return vec![own];
    }
    let body = String::from_utf8_lossy(message.body);
    let lines = body.lines().filter_map(|line| line.split_once(':'));
    let types = lines.filter(|(name, _)| name.eq_ignore_ascii_case("Content-Type"));
    types.map(|(_, value)| bare(value)).collect()
}

/// Returns whether the offer is to come in the answer.
fn is_late(message: &Message<'_>) -> bool {
    let is_bare = message.body.trim_ascii().is_empty() && message.length().unwrap_or(0) == 0;
    is_bare && message.is_ended
}

/// Returns whether a session description is one of several parts.
fn has_parts(message: &Message<'_>) -> bool {
    let kinds = kinds(message);
    kinds.len() > 1 && kinds.iter().any(|kind| kind == SDP)
}

/// Returns whether a refusal speaks of what is missing.
fn speaks(response: &Message<'_>) -> bool {
    let fields = response.all("Warning");
    let all = fields.flat_map(|field| warnings(field.value));
    let said: Vec<String> = all
        .map(|one| one.text.map(text).unwrap_or_default())
        .collect();
    let said = format!("{} {}", text(response.line), said.join(" ")).to_ascii_lowercase();
    said.contains("sdp") || said.contains("offer")
}

/// Returns a call that was taken with a session description alone, where that tells what was refused.
fn taken(
    one: &Attempt<'_>,
    all: &[Attempt<'_>],
    is_meant: fn(&Message<'_>) -> bool,
    is_told: bool,
) -> Option<String> {
    let (mut twin, mut like, mut passed, mut refused) = (None, None, 0, 0);
    let mut is_enough = true;
    let way = all
        .iter()
        .filter(|other| other.is_invite() && other.is_on_way(one));
    for other in way {
        let is_it = is_meant(other.request);
        if other.is_through() {
            // Who takes one such takes all.
            if is_it {
                return None;
            }
            passed += 1;
            like.get_or_insert(other);
            if other.callee() == one.callee() {
                twin.get_or_insert(other);
            }
        } else if other.code() == one.code() {
            refused += usize::from(is_it);
            is_enough &= is_it;
        }
    }
    let is_enough = is_enough && refused > 1 && passed > 1;
    if twin.is_none() && !is_told && !is_enough {
        return None;
    }
    let other = twin.or(like).map(|other| {
        format!(
            "; {}, {}, with its session description alone, was taken",
            other.name(),
            ago(one.micros, other.micros)
        )
    });
    Some(other.unwrap_or_default())
}

fn of(one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let code = one.code().filter(|code| CODES.contains(code))?;
    let (answer, _) = one.answer.filter(|_| one.is_invite())?;
    let is_late = is_late(one.request);
    let is_meant = if is_late { self::is_late } else { has_parts };
    if !is_meant(one.request) || one.rang.is_some() || is_mended(one, all) {
        return None;
    }
    let kinds = kinds(one.request);
    let listed = |kind: &String| answer.lists("Accept", kind);
    let is_told = if is_late {
        speaks(answer)
    } else {
        code == 415 && listed(&SDP.to_owned()) && !kinds.iter().all(listed)
    };
    let other = taken(one, all, is_meant, is_told)?;
    let mut beside = kinds;
    beside.retain(|kind| kind != SDP);
    let body = String::from_utf8_lossy(one.request.body).to_ascii_lowercase();
    let handling = if body.contains("handling=optional") {
        ", with handling=optional, by which who does not know it has to pass over it"
    } else {
        ", and nothing there says handling=optional, so who does not know it has to refuse all of it"
    };
    let id = if is_late {
        "offer-demanded"
    } else {
        "parts-refused"
    };
    let values = values![
        ("name", one.name()),
        ("code", code.to_string()),
        ("from", one.by()),
        ("to", one.at()),
        ("beside", list(&beside)),
        ("handling", handling.to_owned()),
        ("other", other),
    ];
    Found::new(id, &values, &one.proof()).map(Found::that_decides)
}
