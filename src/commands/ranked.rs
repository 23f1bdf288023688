//! Which of the messages that matter are explained, and in which order.

use super::picking::Seen;
use crate::explain::{self, Beside, MOST};
use crate::message::Message;
use crate::search::sort_by_key;

/// So often a success of an INVITE comes where its sender waits for an ACK.
pub(super) const COPIES: usize = 4;

/// Returns whether a message is one that was seen before, at another hop or once more.
pub(super) fn is_again(one: &Seen, other: &Seen) -> bool {
    !one.key.call_id.is_empty()
        && one.key.is_of(&other.key)
        && (one.bytes == other.bytes
            || one.key.hops != other.key.hops && start(&one.bytes) == start(&other.bytes))
}

/// Returns the start line, but for what may stand behind the code.
fn start(bytes: &[u8]) -> &[u8] {
    bytes.get(..11).unwrap_or(bytes)
}

/// Returns what is explained, what decides first: the end of a call before the responses that led to it, a challenge that
/// was not met before one that was; what is settled only where nothing else is there.
pub(super) fn in_order(kept: [Vec<Seen>; 3], asks: bool) -> Vec<Seen> {
    let [mut failures, mut challenges, others] = kept;
    if !asks {
        let ended: Vec<Vec<u8>> = failures
            .iter()
            .filter(|seen| is_bye(seen))
            .map(|seen| seen.key.call_id.clone())
            .collect();
        failures.retain(|seen| !is_success(seen) || !ended.contains(&seen.key.call_id));
    }
    sort_by_key(&mut challenges, settled);
    if !asks {
        let is_open = challenges.iter().any(|seen| settled(seen) == 0);
        challenges.retain(|seen| settled(seen) == 0 || !is_open && failures.is_empty());
    }
    let fails = !failures.is_empty() || !challenges.is_empty();
    let others = others.into_iter().filter(|_| !fails || asks);
    let all = failures.into_iter().chain(challenges).chain(others);
    all.take(MOST).collect()
}

fn is_bye(seen: &Seen) -> bool {
    seen.bytes.starts_with(b"BYE ")
}

fn is_success(seen: &Seen) -> bool {
    seen.bytes.starts_with(b"SIP/2.0 2")
}

/// Returns how far a challenge is settled: not met, or met and asked again, or met for good.
fn settled(seen: &Seen) -> u8 {
    let own = Message::of(&seen.bytes);
    let calls: Vec<Message<'_>> = seen.call.iter().map(|bytes| Message::of(bytes)).collect();
    let beside = Beside {
        call: &calls,
        at: seen.at,
    };
    match explain::again(&own, beside) {
        None => 0,
        Some(None | Some(401 | 407)) => 1,
        Some(Some(_)) => 2,
    }
}
