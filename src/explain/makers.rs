//! What products mean that make a cause or a code up themselves: by the pages of causes, and by the tables of codes.

use super::causes;
use super::facts::Facts;
use super::product::is_of;
use super::words::{plain_words, short};
use crate::catalog::{self, MadeUp, Statement, TopicKind, Wire};
use crate::message::{METHODS, Reason};

/// Causes that a product makes up, and how the statement begins on the page of the cause that says when.
const OWN: &[(u16, &str)] = &[
    (3, "Asterisk (chan_pjsip) takes"),
    (3, "FreeSWITCH takes"),
    (19, "FreeSWITCH takes"),
    (20, "Asterisk uses"),
    (20, "FreeSWITCH takes"),
    (25, "FreeSWITCH takes"),
    (26, "Asterisk calls"),
    (27, "FreeSWITCH takes"),
    (34, "Asterisk itself makes"),
    (38, "The general AST_CAUSE_FAILURE of Asterisk"),
    (41, "FreeSWITCH sets"),
    (42, "Asterisk (chan_pjsip) sets"),
    (44, "Asterisk (res_pjsip) sets"),
    (44, "FreeSWITCH (mod_sofia) sets"),
    (100, "FreeSWITCH sets"),
    (101, "FreeSWITCH ends"),
];

/// Products by their first words, which the sentence of a page names.
const PRODUCTS: [&str; 2] = ["Asterisk", "FreeSWITCH"];

/// Returns what the sender of a message means by a cause that it makes up itself.
pub(super) fn of_cause(facts: &Facts<'_>, cause: u16) -> Option<String> {
    let agent = facts.agent.to_lowercase();
    let mut products = PRODUCTS.iter();
    let product = products.find(|product| agent.contains(&product.to_lowercase()))?;
    let mut rows = OWN.iter().filter(|(known, _)| *known == cause);
    let says = rows
        .find_map(|(_, begins)| statement(cause, begins).filter(|says| says.contains(product)))?;
    Some(says.trim_end_matches('.').to_owned())
}

/// Returns a Reason in words: what its sender means by a cause that it makes up, and behind it what Q.850 calls it.
pub(super) fn reason(facts: &Facts<'_>, reason: &Reason<'_>) -> String {
    let cause = reason.cause.filter(|_| is_plain(reason));
    let own = cause.and_then(|cause| of_cause(facts, cause));
    match (cause, own, causes::topic(reason)) {
        (Some(cause), Some(own), Some(topic)) => {
            format!("ISDN cause {cause}: {own} (Q.850 calls it {})", topic.name)
        }
        _ => causes::reason(reason),
    }
}

/// Returns whether a Reason is a cause of Q.850 without words of its own.
pub(super) fn is_plain(reason: &Reason<'_>) -> bool {
    reason.is_q850() && !causes::has_own_words(reason)
}

/// Returns where to look in the telephone network for the first cause of Q.850 that Reason values name; nowhere if the
/// sender made it up.
pub(super) fn look<'a, 'b: 'a>(
    facts: &Facts<'_>,
    reasons: impl Iterator<Item = &'a Reason<'b>>,
) -> Option<String> {
    let mut causes = reasons
        .filter(|reason| reason.is_q850())
        .filter_map(|reason| reason.cause)
        .filter(|cause| of_cause(facts, *cause).is_none());
    causes.find_map(|cause| look_of(facts, cause))
}

/// Returns where to look for a cause.
pub(super) fn look_of(facts: &Facts<'_>, cause: u16) -> Option<String> {
    let general = match facts.page {
        Some(_) => causes::look(cause),
        None => causes::look_at_end(cause),
    };
    of_cause(facts, cause).or_else(|| general.map(str::to_owned))
}

/// Returns what it means that a side ends a call with cause 16 which nobody answered, in a clause behind a comma.
pub(super) fn ended_itself(facts: &Facts<'_>) -> Option<&'static str> {
    let mut reasons = facts.reasons.iter().map(|(reason, _)| reason);
    let is_normal = reasons.any(|reason| reason.is_q850() && reason.cause == Some(16));
    let is_failure = facts.is("INVITE") && facts.code() >= 400 && facts.code() != 487;
    let agent = facts.agent.to_lowercase();
    let names = |name: &str| agent.contains(name);
    (is_normal && is_failure).then_some(if names("freeswitch") {
        ", with which FreeSWITCH ended the call itself before anybody answered: look at its dialplan, where it came to its end or hung up, and not at the phone of the callee"
    } else if names("asterisk") || names("freepbx") {
        ", with which Asterisk ended the call itself before anybody answered: look at its dialplan (Hangup, or no step left) and at the leg behind it"
    } else {
        ", which a side writes that ended the call itself or knows no better: look at its own rules and at the leg behind it"
    })
}

fn statement(cause: u16, begins: &str) -> Option<&'static str> {
    let topic = catalog::topic(TopicKind::Cause, &cause.to_string())?;
    let mut all = topic.meaning.iter();
    let found = all.find(|statement: &&Statement| statement.says.starts_with(begins));
    found.map(|statement| statement.says.as_str())
}

/// Returns when the product that answered sends a code, where the message does not say why.
pub(super) fn of_code(facts: &Facts<'_>) -> Option<String> {
    // A challenge says by itself what it asks for.
    let page = facts.page.filter(|page| match page.code.get() {
        401 | 407 => false,
        code => code >= 400,
    })?;
    if facts.own_phrase().is_some() || facts.agent.is_empty() || !facts.reasons.is_empty() {
        return None;
    }
    let is_sent = |row: &&MadeUp| row.wire == Wire::Sent && row.cite.is_none();
    let fits = |row: &&MadeUp| {
        is_of(facts, &row.product)
            && !row.product.as_str().contains("chan_sip")
            && fits_phrase(facts, row)
            && fits_method(facts, row)
    };
    let rows: Vec<&MadeUp> = page.made_up.iter().filter(is_sent).filter(fits).collect();
    // What a row names by its sign tells it from the others.
    let shown: Vec<&MadeUp> = rows
        .iter()
        .copied()
        .filter(|row| is_signed(facts, row))
        .collect();
    if let [one] = shown[..] {
        let (product, event) = (&one.product, short(before_remark(&one.event)));
        let value = facts.value("Retry-After").unwrap_or_default();
        return Some(format!(
            "{product} sends it with Retry-After: {value} when {event}"
        ));
    }
    let rows: Vec<&MadeUp> = rows.into_iter().filter(|row| !names_retry(row)).collect();
    let product = rows.first()?.product.to_string();
    let events: Vec<String> = rows.iter().map(|row| short(&row.event)).collect();
    match events.as_slice() {
        [one] => Some(format!("{product} sends it when {one}")),
        [one, other] => Some(format!("{product} sends it when {one}, or when {other}")),
        _ => None,
    }
}

/// Returns what products that do not name themselves may mean by a value of Retry-After which is theirs.
pub(super) fn candidates(facts: &Facts<'_>) -> Option<String> {
    let page = facts.page.filter(|page| page.code.get() >= 400)?;
    let is_known = catalog::products()
        .iter()
        .any(|product| is_of(facts, &product.name));
    if is_known || facts.own_phrase().is_some() || !facts.reasons.is_empty() {
        return None;
    }
    let rows = page
        .made_up
        .iter()
        .filter(|row| row.wire == Wire::Sent && is_signed(facts, row));
    let said: Vec<String> = rows
        .take(3)
        .map(|row| format!("{}, when {}", row.product, short(before_remark(&row.event))))
        .collect();
    let value = facts.value("Retry-After")?;
    (!said.is_empty()).then(|| {
        format!(
            "Retry-After: {value} is possibly that of {}",
            said.join("; or of ")
        )
    })
}

/// Returns whether a row names the value of Retry-After that the message has.
fn is_signed(facts: &Facts<'_>, row: &MadeUp) -> bool {
    let value = facts.value("Retry-After").unwrap_or_default();
    let sign = row.sign.map(|sign| sign.to_string()).unwrap_or_default();
    let mut parts = sign.split([',', ';']).map(str::trim);
    !value.is_empty() && parts.any(|part| part.strip_prefix("Retry-After: ") == Some(&value))
}

fn names_retry(row: &MadeUp) -> bool {
    row.sign
        .is_some_and(|sign| sign.to_string().contains("Retry-After: "))
}

/// Returns an event without the remark behind its semicolon.
fn before_remark(event: &str) -> &str {
    event.split(';').next().unwrap_or(event)
}

/// Returns whether the phrase is the one that a row names, if it names one.
fn fits_phrase(facts: &Facts<'_>, row: &MadeUp) -> bool {
    let sign = row.sign.map(|sign| sign.to_string()).unwrap_or_default();
    let Some((_, named)) = sign.split_once("phrase ") else {
        return true;
    };
    let named = plain_words(named).join(" ");
    named.starts_with(&plain_words(&facts.phrase).join(" "))
}

/// Returns whether a row is about the method that is answered, if it names one; without a name it is about calls.
fn fits_method(facts: &Facts<'_>, row: &MadeUp) -> bool {
    let words = before_remark(&row.event);
    let mut named = METHODS
        .iter()
        .filter(|method| words.contains(**method))
        .peekable();
    match named.peek() {
        Some(_) => named.any(|method| facts.is(method)),
        None => facts.is("INVITE"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cause_of_a_product_is_said_on_its_page() {
        for (cause, begins) in OWN {
            let says = statement(*cause, begins).unwrap_or_else(|| panic!("{cause} {begins}"));
            assert!(
                PRODUCTS.iter().any(|product| says.contains(product)),
                "{says}"
            );
        }
    }
}
