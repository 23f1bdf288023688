//! What the counts of traces do not say: what of them was not asked for, and what they cannot prove.

use crate::calls::Outcome;
use crate::catalog::{self, StatusCode};
use crate::cli::Asked;
use crate::message::Method;
use crate::tally::{Clock, Kind, Methods, Sum, total};
use crate::text;

/// Returns why nothing is left of what is asked for, if nothing is; `all` are the outcomes before, and so many messages
/// were read.
pub(super) fn in_vain(sum: &Sum, asked: &Asked, all: &Methods, read: u64) -> Option<String> {
    if read == 0 {
        return None;
    }
    if sum.counts.messages() == 0 {
        let window = asked.since.is_some() || asked.until.is_some();
        let between = if window {
            " in the time that is asked for"
        } else {
            ""
        };
        let method = asked.method.as_deref().map(text::clean);
        let method = method.map_or_else(String::new, |method| format!(" of {method}"));
        return Some(format!("none of {read} messages is{method}{between}"));
    }
    let is_left = match sum.kind {
        Kind::Messages => true,
        Kind::Failed | Kind::All => !sum.attempts.is_empty(),
        Kind::Outcomes => !sum.methods.is_empty(),
        _ => !sum.groups.is_empty(),
    };
    if is_left {
        return None;
    }
    Some(match asked.code() {
        Some(code) => came_to_another(code, sum, all),
        None if sum.kind == Kind::Failed => {
            "no attempt failed: none came to a final response from 300 on".to_owned()
        }
        None => "no attempt is in what was read: no message names its transaction, or all are ACK"
            .to_owned(),
    })
}

/// Says that no attempt came to a code, and to which they came.
fn came_to_another(code: u16, sum: &Sum, all: &Methods) -> String {
    let responses = sum.counts.responses.values();
    let responses = total(responses.filter_map(|codes| codes.get(&code)));
    let mut others: Vec<u16> = Vec::new();
    for outcome in all.values().flat_map(|came| came.attempts.keys()) {
        if let Outcome::Final(code) = outcome
            && let Err(place) = others.binary_search(code)
        {
            others.insert(place, *code);
        }
    }
    let known = StatusCode::new(code).map(|code| catalog::response(code).title());
    let title = known.unwrap_or_else(|_| code.to_string());
    let failed = others.contains(&code);
    let why = match (failed, responses, others.as_slice()) {
        (true, ..) => "; --failed lists what came to a final response from 300 on".to_owned(),
        (_, 0, []) => "; none has a final response".to_owned(),
        (_, 0, others) => {
            let others: Vec<String> = others.iter().map(u16::to_string).collect();
            format!("; they came to {}", others.join(", "))
        }
        (_, 1, _) => ": 1 response has it, and the attempt went on".to_owned(),
        (_, several, _) => format!(": {several} responses have it, and the attempts went on"),
    };
    format!("no attempt came to {title}{why}")
}

/// Fewer attempts tell nothing.
const SOME: u64 = 3;

/// Returns what the whole cannot prove.
pub(super) fn of_all(sum: &Sum) -> Vec<String> {
    let counts = &sum.counts;
    let requests = total(counts.requests.values());
    let codes = counts.responses.values();
    let responses = total(codes.flat_map(|codes| codes.values()));
    let mut says = Vec::new();
    match (requests, responses) {
        (0, 1..) => says.push(
            "there are responses only: one direction of the traffic, so whether more was asked is not known".to_owned(),
        ),
        (1.., 0) if counts.requests.keys().any(|method| *method != Method::ACK) => says.push(
            "there are requests only: one direction of the traffic, or nobody answered".to_owned(),
        ),
        _ => {}
    }
    let messages = counts.messages();
    if counts.unnamed > 0 && !sum.methods.is_empty() {
        says.push(format!(
            "no transaction is named by {} of {messages} messages, without Call-ID or CSeq: they belong to no attempt; \
             sipdex explain FILE --nth N shows one",
            counts.unnamed
        ));
    }
    if counts.malformed > 0 {
        says.push(format!(
            "a start line that is wrong stands in {} of {messages} messages: of no method, and of no code",
            counts.malformed
        ));
    }
    let outcomes = || sum.methods.values().flat_map(|came| &came.attempts);
    let attempts = total(outcomes().map(|(_, count)| count));
    let open = outcomes().filter(|(outcome, _)| matches!(outcome, Outcome::Open(_)));
    let open = total(open.map(|(_, count)| count));
    if requests > 0 && responses > 0 && attempts >= SOME && open > attempts / 2 {
        says.push(format!(
            "{open} of {attempts} attempts have no final response here: what was read may hold one direction or one \
             side only"
        ));
    }
    says.extend(clocks(sum));
    says
}

/// Says why there is no first and last time of all files.
fn clocks(sum: &Sum) -> Option<String> {
    if sum.has_order() {
        return None;
    }
    let clocks: Vec<&str> = sum
        .clocks()
        .into_iter()
        .map(|clock| match clock {
            Clock::Epoch => "that of a capture",
            Clock::Dated => "date and time",
            Clock::Yearless => "date without a year",
            Clock::Daily => "time without a date",
        })
        .collect();
    Some(match clocks.as_slice() {
        [_] => "times have no date and go past midnight: which file is the first is not known"
            .to_owned(),
        clocks => format!(
            "the files have unlike clocks ({}): their times are not put into one order",
            clocks.join(", ")
        ),
    })
}
