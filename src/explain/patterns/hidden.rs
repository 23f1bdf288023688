//! Callers who do not show who they are: refused for that by the callee or by a trunk that has to know it, and shown all the
//! same.

use super::attempts::{Attempt, ago};
use super::found::{Found, values};
use super::legs;
use super::order::SECOND;
use super::trunks::Told;
use crate::explain::words::{list, text};
use crate::message::{address, user};

/// What is refused for that is refused so soon.
const SOON: u64 = 2 * SECOND;
const REFUSED: [u16; 9] = [400, 403, 404, 433, 480, 486, 500, 600, 603];
/// Fields that name a caller beside From.
const NAMES: [&str; 3] = [
    "P-Asserted-Identity",
    "P-Preferred-Identity",
    "Remote-Party-ID",
];

fn is_nobody(value: &[u8]) -> bool {
    let bare = text(address(value)).to_ascii_lowercase();
    bare.starts_with("anonymous") || bare.ends_with("anonymous.invalid")
}

/// Returns the value by which a request asks that its caller is not shown.
fn asks(one: &Attempt<'_>) -> Option<String> {
    let mut values = one.request.values("Privacy").map(text);
    values.find(|value| {
        let mut each = value.split(';');
        each.any(|one| {
            matches!(
                one.trim().to_ascii_lowercase().as_str(),
                "id" | "user" | "header"
            )
        })
    })
}

fn hides(one: &Attempt<'_>) -> bool {
    asks(one).is_some() || one.request.value("From").is_some_and(is_nobody)
}

/// Returns the number of a caller, and the field that has it.
fn named(one: &Attempt<'_>) -> Option<(String, &'static str)> {
    let mut names = NAMES.into_iter().filter_map(|field| {
        let value = one.request.value(field).filter(|value| !is_nobody(value))?;
        Some((text(user(value)), field))
    });
    names.next()
}

/// Returns that a caller was refused since he does not show himself, to the callee or to the trunk.
pub(super) fn told(one: &Attempt<'_>, invites: &[&Attempt<'_>]) -> Option<Told> {
    let code = one.code().filter(|code| REFUSED.contains(code))?;
    let is_soon = one.took().is_some_and(|took| took < SOON);
    if !hides(one) || one.rang.is_some() || !is_soon {
        return None;
    }
    let passed = || {
        invites
            .iter()
            .filter(|other| other.is_on_way(one) && other.is_through())
    };
    let known = passed().find(|other| hides(other) && named(other).is_some());
    let own = named(one);
    if let (None, Some(other)) = (&own, known.filter(|_| !matches!(code, 433 | 486 | 600))) {
        let passed = format!(
            "{}, which hides its caller too and names him in {}, passed {}",
            other.name(),
            named(other)?.1,
            ago(one.micros, other.micros)
        );
        return Some(("identity-absent", vec![("passed", passed)]));
    }
    // Whom the way lets pass so to others, the callee does not take.
    let shown = passed().find(|other| !hides(other) && other.callee() == one.callee());
    let hidden = passed().find(|other| hides(other) && other.callee() != one.callee());
    let is_meant = matches!(code, 403 | 603);
    let why = match (shown, hidden) {
        (Some(shown), hidden) if code == 433 || is_meant && hidden.is_some() => format!(
            "{}, which shows a number, reached {} {}",
            shown.name(),
            one.callee(),
            ago(one.micros, shown.micros)
        ),
        (None, _) if code == 433 => "a 433 says just that".to_owned(),
        _ => return None,
    };
    Some(("anonymity-refused", vec![("why", why)]))
}

/// Returns that an element shows a caller to somebody although he asks not to be shown.
pub(super) fn shown(all: &[Attempt<'_>]) -> Option<Found> {
    let mut own = all.iter().filter(|one| one.is_invite());
    own.find_map(|far| {
        let is_near = |near: &&Attempt<'_>| {
            let vias = |one: &Attempt<'_>| one.request.values("Via").count();
            let is_one =
                near.call_id() == far.call_id() && vias(near) < vias(far) && far.is_while(near);
            let is_ours = near.own.is_some() || far.own.is_some();
            let is_there = near.server == far.client && near.is_invite() && is_ours;
            is_there && (is_one || legs::became(near, far))
        };
        let near = all.iter().rev().find(is_near)?;
        let (privacy, (number, _)) = (asks(near)?, named(near)?);
        near.request.value("From").filter(|from| is_nobody(from))?;
        let is_it = |value: &&[u8]| {
            let own = text(user(value));
            own.len() > 3 && legs::is_number(&own, &number)
        };
        let fields = ["From", NAMES[0], NAMES[1], NAMES[2]].into_iter();
        let fields = fields.filter(|field| far.request.values(field).any(|value| is_it(&value)));
        let fields: Vec<String> = fields.map(str::to_owned).collect();
        // A phone is of nobody's trust domain; another element may be.
        let is_phone = all.iter().any(|other| {
            let is_his = other.client == far.server && other.server == far.client;
            other.request.method() == b"REGISTER" && is_his && other.is_success()
        });
        let is_marked = asks(far).is_some()
            || text(far.request.value(NAMES[2]).unwrap_or_default()).contains("privacy=");
        let how = match (is_phone, is_marked) {
            (true, _) => ", which is a phone",
            (false, false) => " without Privacy",
            _ => return None,
        };
        let values = values![
            ("name", near.name()),
            ("privacy", privacy),
            ("by", far.by()),
            ("to", far.at()),
            ("fields", list(&fields)),
            ("how", how.to_owned()),
            ("number", number),
        ];
        let proof: Vec<usize> = near.proof().into_iter().chain(far.proof()).collect();
        (!fields.is_empty()).then(|| Found::new("caller-shown", &values, &proof))?
    })
}
