//! A 503 for one call that an element takes for the end of its peer: it sends nothing there for a while, and refuses other calls.

use super::attempts::{Attempt, ago};
use super::found::{Found, values};
use super::legs;
use super::order::{SECOND, lasting};

/// Who answers so soon did not ask further on.
const AT_ONCE: u64 = 2 * SECOND;
/// No peer is left alone for longer.
const LONG: u64 = 600 * SECOND;
/// What an element answers that has no peer left.
const DOWN: [u16; 4] = [480, 500, 502, 503];

/// Returns that a call was refused since another one had got a 503.
pub(super) fn found(all: &[Attempt<'_>]) -> Option<Found> {
    let mut own = all
        .iter()
        .filter(|one| one.own.is_some() && one.is_invite());
    own.find_map(|one| {
        let code = one.code().filter(|code| DOWN.contains(code))?;
        let took = one
            .took()
            .filter(|took| *took < AT_ONCE && one.rang.is_none())?;
        let of = || all.iter().filter(|other| other.client == one.server);
        let mut before = of().filter(|other| other.is_invite() && other.micros < one.micros);
        let last = before.next_back()?;
        let (answer, at) = last.answer.filter(|_| last.code() == Some(503))?;
        if legs::further(one, all).is_some()
            || answer.has("Retry-After")
            || at + LONG < one.micros
            || at > one.micros
        {
            return None;
        }
        let there = || of().filter(|other| other.server == last.server);
        let is_his = |other: &&Attempt<'_>| {
            other.is_invite()
                && other.is_through()
                && legs::is_number(&other.callee(), &one.callee())
        };
        let known = there().find(is_his)?;
        let mut pings =
            there().filter(|other| other.request.method() == b"OPTIONS" && other.is_success());
        let ping = pings.find(|ping| (at..one.micros + took).contains(&ping.micros));
        let call = there()
            .find(|other| other.is_invite() && other.is_success() && other.is_up(one.micros));
        let sign = match (ping, call) {
            (Some(ping), _) => format!("answers {}", ping.name()),
            (_, Some(call)) => format!("has the call of {} up", call.name()),
            _ => return None,
        };
        let values = values![
            ("name", one.name()),
            ("code", code.to_string()),
            ("by", one.at()),
            ("peer", last.at()),
            ("other", last.name()),
            ("number", last.callee()),
            ("ago", lasting(one.micros - at)),
            ("sign", sign),
            ("callee", one.callee()),
            (
                "known",
                format!("{}, {}", known.name(), ago(one.micros, known.micros)),
            ),
        ];
        Found::new("peer-shut", &values, &one.proof()).map(Found::that_decides)
    })
}
