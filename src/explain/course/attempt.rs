//! Why one attempt of a call came to what it came to, which need not be what the call came to.

use super::finding::{CallFinding, Sureness};
use super::order::{Order, in_time};
use super::summary;
use crate::calls::Recorded;
use crate::catalog::{Citation, Response};
use crate::explain::call::{Beside, is_same, tag};
use crate::explain::facts::Facts;
use crate::explain::sentence;
use crate::message::Message;

/// Returns what is said of the attempt to which the message with a number belongs, and which ended with a code, and the
/// sections that say so, by what was found in its call; none where the call as a whole came to it.
pub fn attempt(
    messages: &[Recorded],
    findings: &[CallFinding],
    at: usize,
    code: u16,
) -> Option<(String, Vec<Citation>)> {
    let order = match in_time(messages) {
        Order::Other(order) => order,
        Order::AsTold | Order::Untold => (0..messages.len()).collect(),
    };
    let all: Vec<Message<'_>> = order
        .iter()
        .map(|at| Message::of(&messages[*at].bytes))
        .collect();
    let own = &all[order.iter().position(|one| *one == at)?];
    let is_own = |one: &Message<'_>| is_same(one, own) && tag(one, "From") == tag(own, "From");
    let is_end = |one: &Message<'_>| is_own(one) && one.code() == Some(code);
    if summary::final_response(&all).is_none_or(is_end) {
        return None;
    }
    let hops = |place: &usize| all[*place].values("Via").count();
    let ends = (0..all.len()).filter(|place| is_end(&all[*place]));
    let nearest = ends.clone().map(|place| hops(&place)).min();
    let last = ends.rev().find(|place| Some(hops(place)) == nearest)?;
    let proves = |finding: &&CallFinding, is_it: &dyn Fn(&Message<'_>) -> bool| {
        let mut proof = finding.proof.iter();
        proof.any(|at| {
            let place = order.iter().position(|one| one == at);
            place.is_some_and(|place| is_it(&all[place]))
        })
    };
    let faults = || {
        findings
            .iter()
            .filter(|one| one.sureness == Sureness::Proven)
    };
    let of_end = faults().find(|one| proves(one, &is_end));
    let decides = || {
        findings
            .iter()
            .find(|one| one.decides && proves(one, &is_end))
    };
    let of_own = || faults().find(|one| proves(one, &is_own));
    if let Some(found) = of_end.or_else(decides).or_else(of_own) {
        return Some((found.says.clone(), found.cites.clone()));
    }
    let beside = Beside {
        call: &all,
        at: last,
    };
    let facts = Facts::of(&all[last]).beside(beside);
    let page = facts.page.and_then(Response::defined);
    Some((sentence::in_short(&facts), page.into_iter().collect()))
}
