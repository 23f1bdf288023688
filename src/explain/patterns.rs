//! What several messages of a call show together: the sentences are data, the conditions are here, a family a file.

mod accounts;
mod acks;
mod admitted;
mod agreed;
mod aka;
mod altered;
mod answers;
mod asks;
mod attempts;
mod behind;
mod between;
mod beyond;
mod bindings;
mod bodies;
mod boxes;
mod browsers;
mod byes;
mod byself;
mod callers;
mod cancel;
mod challenges;
mod chosen;
mod circles;
mod conditions;
mod declines;
mod devices;
mod dialogs;
mod digests;
mod digits;
mod disobeyed;
mod documents;
mod domains;
mod drops;
mod ends;
mod fax;
mod flows;
mod forall;
mod forks;
mod forms;
mod found;
mod framed;
mod glare;
mod groups;
mod held;
mod hidden;
mod holds;
mod hops;
mod identities;
mod isdn;
mod legs;
mod lengths;
mod limits;
mod loss;
mod lost;
mod made;
mod malformed;
mod matched;
mod media;
mod misplaced;
mod nodes;
mod nonces;
mod notified;
mod numbers;
mod obeyed;
mod offers;
mod once;
mod opened;
mod order;
mod others;
mod overdue;
mod passed;
mod passing;
mod peers;
mod places;
mod pointed;
mod preconditions;
mod published;
mod reached;
mod refer;
mod referred;
mod refresh;
mod refused;
mod registers;
mod relayed;
mod reliable;
mod replaced;
mod resent;
mod resolved;
mod retry;
mod reused;
mod rings;
mod rounds;
mod routes;
mod rung;
mod said;
mod severed;
mod shed;
mod shortened;
mod shut;
mod silence;
mod subscribes;
mod success;
mod targets;
mod texts;
mod tokens;
mod tried;
mod trunks;
mod undelivered;
mod unlike;
mod unreached;
mod versions;
mod watched;
mod ways;
mod whose;
mod withheld;

use super::sorted::sort_by_key;
pub(super) use found::Found;
pub(super) use order::{Call, PRINT};
pub(super) use others::Others;
pub(super) use resolved::goes_to;

/// Families, what decides a call first.
const FAMILIES: [fn(&Call<'_>) -> Vec<Found>; 45] = [
    undelivered::found,
    resolved::found,
    crossed,
    matched::found,
    beyond::found,
    passing::found,
    success::found,
    overdue::found,
    resent::found,
    answers::found,
    challenges::found,
    subscribes::found,
    published::found,
    documents::found,
    texts::found,
    digits::found,
    registers::found,
    reliable::found,
    conditions::found,
    refresh::found,
    drops::found,
    refused::found,
    fax::found,
    dialogs::found,
    forks::found,
    cancel::found,
    obeyed::found,
    altered::found,
    malformed::found,
    tokens::found,
    bindings::found,
    retry::found,
    passed::found,
    shed::found,
    rings::found,
    hops::found,
    agreed::found,
    preconditions::found,
    media::found,
    browsers::found,
    holds::found,
    held::found,
    refer::found,
    ends::found,
    loss::found,
];

/// Returns what other calls of the trace say of a call.
fn crossed(call: &Call<'_>) -> Vec<Found> {
    let all = attempts::attempts(call);
    let ends = call.last.unwrap_or_default();
    let mut each = groups::found(&all, ends);
    each.extend(lengths::found(&all));
    each.extend(reused::found(&all));
    each.extend(targets::found(&all));
    each.extend(isdn::found(&all));
    each.extend(hidden::shown(&all));
    each.extend(pointed::unbracketed(&all));
    each.extend(boxes::found(&all));
    each.extend(offers::found(&all));
    each.extend(bodies::found(&all));
    if call.others.is_empty() {
        each.extend(pointed::found(&all));
        return each;
    }
    each.extend(severed::found(call, &all));
    each.extend(circles::found(&all));
    each.extend(relayed::found(&all, ends));
    each.extend(referred::found(call, &all));
    each.extend(misplaced::found(&all, ends));
    each.extend(devices::found(&all));
    each.extend(silence::found(&all));
    each.extend(peers::found(&all));
    each.extend(shut::found(&all));
    each.extend(framed::found(call, &all));
    each.extend(flows::found(&all));
    each.extend(tried::found(&all));
    each.extend(opened::found(&all, ends));
    each.extend(rung::found(call, &all));
    each.extend(watched::found(call, &all));
    each.extend(watched::unknown(&all));
    each.extend(identities::found(call, &all));
    each.extend(withheld::found(call, &all));
    each.extend(whose::found(&all));
    each.extend(declines::found(&all));
    each.extend(byself::found(&all));
    let legs = legs::found(&all, &|id| behind::shown(call, id, found));
    each.extend(between::found(&all));
    let is_told = legs.iter().any(|one| one.decides);
    each.extend(legs);
    if !is_told {
        each.extend(domains::found(&all));
        each.extend(admitted::found(&all));
    }
    if !each.iter().any(|one| one.decides) {
        each.extend(unlike::found(&all));
    }
    each
}

/// Returns what a call shows, faults first, and each but once.
pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let mut each: Vec<Found> = FAMILIES.iter().flat_map(|family| family(call)).collect();
    once::said(call, &mut each);
    let mut all: Vec<Found> = Vec::new();
    for found in each {
        let same = all
            .iter_mut()
            .find(|known| core::ptr::eq(known.pattern, found.pattern));
        match same {
            Some(known) => known.more += 1,
            None => all.push(found),
        }
    }
    for found in &mut all {
        let more = match found.more {
            0 => String::new(),
            1 => " It is so once more in this call.".to_owned(),
            more => format!(" It is so {more} more times in this call."),
        };
        found.says += more.as_str();
    }
    sort_by_key(&mut all, |found| found.pattern.kind);
    all
}
