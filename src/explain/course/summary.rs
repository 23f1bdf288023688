//! What a call was about, and what it came to: the attempt that matters most.

use super::finding::Advice;
use crate::catalog::{self, Entry, PatternKind, Response, StatusCode};
use crate::explain::call::{Beside, is_ack, number};
use crate::explain::facts::Facts;
use crate::explain::fixes::{self, Proof};
use crate::explain::patterns::Found;
use crate::explain::words::{short, text};
use crate::explain::{next, sentence};
use crate::message::{Message, address};

/// So many rules of a page, and so many of its fixes, are said of a call.
const STEPS: usize = 3;
const FIXES: usize = 2;

/// Returns the request that a call is about: its first INVITE outside of a dialog, or its first request.
pub(super) fn subject<'a, 'b>(all: &'b [Message<'a>]) -> Option<&'b Message<'a>> {
    let requests = || all.iter().filter(|one| one.is_request() && !is_ack(one));
    let begins = |one: &&Message<'_>| one.method() == b"INVITE" || one.method() == b"REGISTER";
    requests()
        .find(begins)
        .or_else(|| requests().next())
        .or(all.first())
}

/// Returns the final response that its subject came to: the success that set up a call, or what came to the last request
/// of its kind, nearest to its client.
pub(super) fn final_response<'a, 'b>(all: &'b [Message<'a>]) -> Option<&'b Message<'a>> {
    let subject = subject(all)?;
    let method = subject.method();
    let is_of = |one: &&Message<'_>| one.cseq().is_some_and(|(_, own)| own == method);
    let finals = || {
        all.iter()
            .filter(is_of)
            .filter(|one| one.code() >= Some(200))
    };
    let is_success = |one: &&Message<'_>| one.code() < Some(300);
    if method == b"INVITE"
        && let Some(success) = finals().find(is_success)
    {
        return Some(success);
    }
    let requests = all
        .iter()
        .filter(|one| one.is_request() && one.method() == method);
    let last = requests.filter_map(number).max();
    let of_last = || finals().filter(|one| last.is_none() || number(one) == last);
    let hops = |one: &Message<'_>| one.values("Via").count();
    let fewest = of_last().map(hops).min();
    let mut nearest = of_last().filter(|one| Some(hops(one)) == fewest);
    of_last().find(is_success).or_else(|| nearest.next_back())
}

pub(super) fn outcome(all: &[Message<'_>]) -> Option<&'static Response> {
    page(final_response(all)?)
}

fn page(response: &Message<'_>) -> Option<&'static Response> {
    let code = StatusCode::new(response.code()?).ok()?;
    Some(catalog::response(code))
}

/// Returns who calls whom, and what it came to.
pub(super) fn title(all: &[Message<'_>]) -> String {
    let Some(subject) = subject(all) else {
        return "A call without messages".to_owned();
    };
    let user = |name: &str| subject.value(name).map(user).unwrap_or_default();
    let (from, to) = (user("From"), user("To"));
    let between = match (from.as_str(), to.as_str()) {
        ("", "") => String::new(),
        (one, other) if one == other || other.is_empty() => format!(" {one}"),
        (one, other) => format!(" {one} -> {other}"),
    };
    let came_to = match final_response(all) {
        Some(response) => came_to(response),
        None => "no final response in this trace".to_owned(),
    };
    short(&format!("{}{between}: {came_to}", text(subject.method())))
}

/// Returns a response as it is called: "486 Busy Here".
pub(super) fn came_to(response: &Message<'_>) -> String {
    let code = response.code().unwrap_or_default();
    page(response).map_or_else(|| code.to_string(), Response::title)
}

/// Returns the user of an address, or its host.
pub(super) fn user(value: &[u8]) -> String {
    let address = text(address(value));
    let user = address.split('@').next().unwrap_or_default();
    short(user)
}

/// Returns what happened: a fault that the messages prove, or why the call came to what it came to, or what its final
/// response says.
pub(super) fn in_short(all: &[Message<'_>], found: &[Found]) -> String {
    let is_fault = |one: &&Found| one.pattern.kind == PatternKind::Fault;
    let decides = |one: &&Found| one.decides;
    let mut first = found.iter().filter(is_fault).filter(decides);
    let first = first.next().or_else(|| found.iter().find(is_fault));
    if let Some(fault) = first.or_else(|| found.iter().find(decides)) {
        return fault.says.clone();
    }
    match failure(all) {
        Some(facts) => sentence::in_short(&facts),
        None => plainly(all),
    }
}

/// Returns the final response with all that is beside it, if it is a failure.
fn failure<'a>(all: &'a [Message<'a>]) -> Option<Facts<'a>> {
    let last = final_response(all).filter(|one| one.code() >= Some(300))?;
    let at = all.iter().position(|one| core::ptr::eq(one, last))?;
    Some(Facts::of(last).beside(Beside { call: all, at }))
}

/// Returns what to do next: what the findings ask for, then what the final response does.
pub(super) fn next(all: &[Message<'_>], found: &[Found]) -> Vec<Advice> {
    let of_found = found.iter().filter_map(|one| {
        let says = one.next.clone()?;
        let cites = one.cites().into_iter().take(1).collect();
        Some(Advice { says, cites })
    });
    let mut next: Vec<Advice> = of_found.collect();
    let Some(facts) = failure(all) else {
        return next;
    };
    // The code was made of what happened elsewhere, and its own page guesses.
    let elsewhere = ["busy-left-open", "leg-fault", "leg-hung-up", "number-cut"];
    let is_of_leg = |one: &Found| elsewhere.contains(&one.pattern.id.as_str());
    if found.iter().any(is_of_leg) {
        return next;
    }
    // Only times show that an INVITE ran out, and then nobody cancelled it.
    let has_expired = found
        .iter()
        .any(|one| one.pattern.id.as_str() == "invite-expired");
    let steps = next::steps(&facts).into_iter();
    let steps = steps.filter(|step| !has_expired || !step.says.contains("Timer C"));
    let steps = steps.take(STEPS);
    next.extend(steps.map(|step| Advice {
        says: step.says,
        cites: vec![step.cite],
    }));
    // Other calls tell more of an offer than the refusal alone.
    let is_compared = |one: &Found| one.pattern.id.as_str().starts_with("offer-") && one.decides;
    if found.iter().any(is_compared) {
        return next;
    }
    let fixes = fixes::weighed(&facts);
    let proven = fixes.iter().filter(|fix| fix.proof == Proof::Proven);
    next.extend(proven.take(FIXES).map(|weighed| Advice {
        says: format!("{} {}", weighed.fix.check, weighed.fix.remedy),
        cites: Vec::new(),
    }));
    next
}

fn plainly(all: &[Message<'_>]) -> String {
    let Some(subject) = subject(all) else {
        return String::new();
    };
    let method = text(subject.method());
    match final_response(all) {
        Some(response) => {
            let number = number(response).map_or_else(String::new, |number| format!(" {number}"));
            format!("{method}{number} came to {}", came_to(response))
        }
        None => format!("No final response to {method} is in this trace"),
    }
}

/// Returns the pages of its codes, the outcome first.
pub(super) fn pages(all: &[Message<'_>]) -> Vec<Entry> {
    let codes = all.iter().filter(|one| one.code() >= Some(300));
    let mut pages: Vec<Entry> = Vec::new();
    for response in final_response(all).into_iter().chain(codes) {
        if let Some(page) = page(response)
            && !pages.contains(&page.into())
        {
            pages.push(page.into());
        }
    }
    pages
}
