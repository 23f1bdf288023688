//! What a success means by what it carries: addresses that are registered, and what ends or lasts.

use super::beside;
use super::change;
use super::facts::Facts;
use super::words::{list, short, text, time};
use crate::message::{address, parameter, seconds};

/// So many addresses are named.
const MOST: usize = 4;

/// Returns what a 2xx says by its method.
pub(super) fn says(facts: &Facts<'_>) -> Option<String> {
    if !(200..300).contains(&facts.code()) || !facts.message.has("CSeq") {
        return None;
    }
    let lasts = facts.seconds("Expires");
    match facts.method.as_str() {
        "REGISTER" => Some(bindings(facts)),
        "INVITE" | "UPDATE" => change::of_answer(facts),
        "SUBSCRIBE" => Some(match lasts? {
            0 => "the subscription ends (Expires: 0); one last NOTIFY follows".to_owned(),
            lasts => format!(
                "the subscription holds for {}; a NOTIFY with the state follows at once",
                time(lasts)
            ),
        }),
        "PUBLISH" => Some(match lasts? {
            0 => "the state that was published is removed (Expires: 0)".to_owned(),
            lasts => format!("the state is kept for {}", time(lasts)),
        }),
        _ => None,
    }
}

/// Returns what is said of a Contact that is not there.
pub(super) fn no_contact(facts: &Facts<'_>) -> Option<String> {
    let is_registered = facts.is("REGISTER") && (200..300).contains(&facts.code());
    let is_whole = facts.message.has("CSeq") && facts.message.has("Via");
    (is_registered && is_whole && !facts.message.has("Contact")).then(|| none(facts))
}

fn none(facts: &Facts<'_>) -> String {
    let why = beside::of_register(facts);
    let why = why.unwrap_or("the last one was removed, or the REGISTER only asked what is there");
    format!("no address is registered now (no Contact): {why}")
}

fn bindings(facts: &Facts<'_>) -> String {
    let default = facts.seconds("Expires");
    let one = |value: &[u8]| {
        let lasts = parameter(value, b';', "expires").and_then(seconds);
        let lasts = match lasts.or(default) {
            Some(0) => " (ended)".to_owned(),
            Some(lasts) => format!(" for {}", time(lasts)),
            None => " for a time that it does not say".to_owned(),
        };
        short(&text(address(value))) + &lasts
    };
    let all: Vec<String> = facts.message.values("Contact").map(one).collect();
    let named: Vec<String> = all.iter().take(MOST).cloned().collect();
    let more = all.len() - named.len();
    match (all.len(), more) {
        (0, _) => none(facts),
        (1, _) => format!("registered is {}", list(&named)),
        (count, 0) => format!("{count} addresses are registered: {}", list(&named)),
        (count, more) => format!(
            "{count} addresses are registered: {}, and {more} more",
            named.join(", ")
        ),
    }
}
