//! What the other messages of a call say of a failure: a CANCEL and its Reason, tags that fit no dialog, a 2xx without
//! its ACK, a next hop that is silent, hops that come again.

use super::call::{branch, by_bye, is_request, is_same, named, number, tag, target};
use super::causes;
use super::facts::Facts;
use super::signals;
use super::sorted::sort_by;
use super::way;
use super::words::{list, quoted, short, text};
use crate::message::{Host, Message, Reason, address};

/// So many copies of a 2xx are no chance: its sender waits for an ACK.
const COPIES: usize = 3;

const NO_CANCEL: &str =
    "no CANCEL for it is in this trace: possibly it expired, or another side cancelled it";

/// Returns what the CANCEL of an INVITE says, for its 487.
pub(super) fn cancelled(facts: &Facts<'_>) -> Option<String> {
    let request = facts.request.filter(|_| facts.code() == 487)?;
    if signals::answered_elsewhere(facts).is_some() {
        return None;
    }
    let before = facts.beside.before().iter();
    let mut cancels = before
        .filter(|one| is_request(one, b"CANCEL") && number(one) == number(request))
        .rev();
    let of_hop = cancels.clone().find(|one| branch(one) == branch(request));
    let Some(cancel) = of_hop.or_else(|| cancels.next()) else {
        return Some(by_bye(facts, request).unwrap_or_else(|| NO_CANCEL.to_owned()));
    };
    let of_cancel = Facts::of(cancel);
    let reasons = of_cancel.reasons.iter().map(|(reason, _)| reason);
    let is_elsewhere = |reason: &&Reason<'_>| {
        reason.is_sip() && reason.cause == Some(200) || reason.is_q850() && reason.cause == Some(26)
    };
    let said: Vec<String> = reasons.clone().map(causes::reason).collect();
    let elsewhere = reasons.clone().find(is_elsewhere);
    let others = facts.beside.call.iter();
    let is_answer = |one: &&Message<'_>| {
        is_same(one, request) && one.code().is_some_and(|code| (200..300).contains(&code))
    };
    let answer = others.clone().find(is_answer);
    let answered = answer.and_then(|one| one.value("Contact"));
    let answered = answered.map(|value| format!(", at {}", short(&text(address(value)))));
    Some(match (elsewhere, said.as_slice()) {
        (Some(reason), _) => {
            let words = reason
                .text
                .map(|words| format!(" {}", quoted(&text(words))));
            format!(
                "its CANCEL says that the call was answered elsewhere{} (Reason: {};cause={}{})",
                answered.unwrap_or_default(),
                text(reason.protocol),
                reason.cause.unwrap_or_default(),
                words.unwrap_or_default()
            )
        }
        (None, []) if answer.is_some() => format!(
            "it was cancelled, and another branch has answered the call{}",
            answered.unwrap_or_default()
        ),
        (None, []) => {
            "a CANCEL without a Reason came before it: the caller gave up, or a proxy for him"
                .to_owned()
        }
        (None, said) => format!("Reason of its CANCEL says {}", list(said)),
    })
}

/// Returns whether the CANCEL of a 487 says that another phone has answered.
pub(super) fn is_answered_elsewhere(facts: &Facts<'_>) -> bool {
    cancelled(facts).is_some_and(|says| says.contains("answered elsewhere"))
}

/// Returns whether the tags of a request fit no dialog of the trace.
pub(super) fn has_other_tags(facts: &Facts<'_>) -> bool {
    let says = no_dialog(facts).filter(|_| !facts.is("CANCEL"));
    says.is_some_and(|says| !says.starts_with("both tags"))
}

/// The tags of a dialog, and the response that set it up.
struct Dialog<'a> {
    asking: String,
    asked: String,
    by: &'a Message<'a>,
}

/// Returns the dialogs that responses to an INVITE set up before a message, those of a 2xx first.
fn dialogs<'a>(facts: &Facts<'a>) -> Vec<Dialog<'a>> {
    let sets_up = |one: &&Message<'_>| {
        let is_invite = one.cseq().is_some_and(|(_, method)| method == b"INVITE");
        is_invite && one.code().is_some_and(|code| (101..300).contains(&code))
    };
    let before = facts.beside.before().iter().filter(sets_up);
    let all = before.filter_map(|by| {
        let (asking, asked) = (tag(by, "From")?, tag(by, "To")?);
        Some(Dialog { asking, asked, by })
    });
    let (mut all, early): (Vec<_>, Vec<_>) = all.partition(|one| one.by.code() >= Some(200));
    all.extend(early);
    all
}

/// Returns what the tags of a request say that a 481 answers, or its branch where it is a CANCEL.
pub(super) fn no_dialog(facts: &Facts<'_>) -> Option<String> {
    let request = facts.request.filter(|_| facts.code() == 481)?;
    if facts.is("CANCEL") {
        return other_branch(facts, request);
    }
    let method = short(&facts.method);
    let Some(to) = tag(request, "To") else {
        return Some(if request.has("Replaces") {
            "its Replaces names no dialog of the side that answered".to_owned()
        } else {
            format!("the {method} has no tag in To, so it is of no dialog")
        });
    };
    let from = tag(request, "From").unwrap_or_default();
    let dialogs = dialogs(facts);
    let fits = |one: &&Dialog<'_>| {
        (&one.asking, &one.asked) == (&from, &to) || (&one.asked, &one.asking) == (&from, &to)
    };
    let first = dialogs.first()?;
    if let Some(dialog) = dialogs.iter().find(fits) {
        return Some(lost(facts, dialog, request));
    }
    let code = first.by.code().unwrap_or_default();
    let by = format!("{code} to {}", named(first.by));
    let differs = |field: &str, own: &str, known: &str| {
        format!(
            "the tag in {field} of the {method} is {}, and that of the dialog is {} ({by})",
            quoted(own),
            quoted(known)
        )
    };
    Some(match (&first.asking, &first.asked) {
        (asking, asked) if *asking == from => differs("To", &to, asked),
        (asking, asked) if *asked == from => differs("To", &to, asking),
        (asking, asked) if *asked == to => differs("From", &from, asking),
        (asking, asked) if *asking == to => differs("From", &from, asked),
        (asking, asked) => format!(
            "the tags of the {method} are {} and {}, and those of the dialog are {} and {} ({by})",
            quoted(&from),
            quoted(&to),
            quoted(asking),
            quoted(asked)
        ),
    })
}

/// Returns what may have ended a dialog whose tags fit.
fn lost(facts: &Facts<'_>, dialog: &Dialog<'_>, request: &Message<'_>) -> String {
    let fits = format!(
        "both tags are those of the dialog that {} set up",
        named(dialog.by)
    );
    let before = facts.beside.before().iter();
    let mut ends = before.filter(|one| is_request(one, b"BYE") && !is_same(one, request));
    match ends.next_back() {
        Some(bye) => format!("{fits}, and {} ended before", named(bye)),
        None => format!("{fits}, so possibly the side that answered has ended or lost it"),
    }
}

/// Returns that a request inside a dialog lacks the Route that the dialog has, where it was refused.
pub(super) fn no_route(facts: &Facts<'_>) -> Option<String> {
    let is_about_the_way = matches!(facts.code(), 403 | 404 | 408 | 480 | 481 | 500..=503);
    let request = facts.request.filter(|_| is_about_the_way)?;
    let (from, to) = (tag(request, "From")?, tag(request, "To")?);
    // A proxy takes its own Route away, so only the first hop tells.
    if request.has("Route") || request.values("Via").count() != 1 {
        return None;
    }
    let dialogs = dialogs(facts);
    let is_own = |one: &&Dialog<'_>| {
        [&one.asking, &one.asked]
            .iter()
            .all(|tag| **tag == from || **tag == to)
    };
    let own = dialogs.iter().find(is_own)?;
    let route = own.by.values("Record-Route").next()?;
    Some(format!(
        "the {} has no Route, and the dialog has one: Record-Route of the {} to {} names {}",
        short(&facts.method),
        own.by.code().unwrap_or_default(),
        named(own.by),
        short(&text(address(route)))
    ))
}

/// Returns how a CANCEL differs from the INVITE that it is for.
fn other_branch(facts: &Facts<'_>, cancel: &Message<'_>) -> Option<String> {
    let before = facts.beside.before().iter();
    let mut invites = before.filter(|one| is_request(one, b"INVITE"));
    let invite = invites.next_back()?;
    let (own, known) = (branch(cancel)?, branch(invite)?);
    if number(cancel) != number(invite) {
        return Some(format!("its CSeq number is not that of {}", named(invite)));
    }
    Some(if own == known {
        format!(
            "its branch is that of {}, so possibly that had its final response already",
            named(invite)
        )
    } else {
        format!(
            "its branch is {}, and that of {} is {}: it is of no transaction",
            quoted(&text(own)),
            named(invite),
            quoted(&text(known))
        )
    })
}

/// Returns that a 2xx to an INVITE was sent again and again without an ACK that fits, and why: for this 2xx, and for the
/// BYE that ends the call.
pub(super) fn unacknowledged(facts: &Facts<'_>) -> Option<String> {
    let call = facts.beside.call;
    let is_answer = |one: &&Message<'_>| {
        let is_invite = one.cseq().is_some_and(|(_, method)| method == b"INVITE");
        is_invite && one.code().is_some_and(|code| (200..300).contains(&code))
    };
    let is_bye = facts.page.is_none() && facts.is("BYE");
    let own = is_answer(&facts.message).then_some(facts.message);
    let last = facts.beside.before().iter().rfind(is_answer);
    let answer = own.or(last.filter(|_| is_bye))?;
    let copy = |one: &Message<'_>| {
        is_answer(&one)
            && is_same(one, answer)
            && tag(one, "To") == tag(answer, "To")
            && one.values("Via").count() == answer.values("Via").count()
    };
    let copies = call.iter().filter(|one| copy(one)).count();
    let acks: Vec<usize> = (0..call.len())
        .filter(|at| is_request(&call[*at], b"ACK"))
        .collect();
    let left = acks.first().map_or(COPIES, |at| {
        call[*at..].iter().filter(|one| copy(one)).count()
    });
    if copies < COPIES || left + 1 < COPIES {
        return None;
    }
    let first = acks.first().map(|at| &call[*at]);
    let why = first.map_or_else(
        || "no ACK for it is in this trace".to_owned(),
        |ack| misses(facts, ack, answer),
    );
    let ended = call.iter().any(|one| is_request(one, b"BYE"));
    let ended = if ended && !is_bye {
        ", and a BYE ends the call"
    } else {
        ""
    };
    Some(format!(
        "the {} to {} was sent {copies} times and no ACK reached its sender: {why}{ended}",
        answer.code().unwrap_or_default(),
        named(answer)
    ))
}

/// Returns why an ACK does not count for a 2xx.
fn misses(facts: &Facts<'_>, ack: &Message<'_>, answer: &Message<'_>) -> String {
    if number(ack) != number(answer) {
        return format!(
            "the ACK has the CSeq number {}",
            number(ack).unwrap_or_default()
        );
    }
    let (own, known) = (tag(ack, "To"), tag(answer, "To"));
    if own != known {
        let shown = |tag: Option<String>| tag.map_or("missing".to_owned(), |tag| quoted(&tag));
        return format!(
            "the tag in To of the ACK is {} and not {}",
            shown(own),
            shown(known)
        );
    }
    let to = target(ack).unwrap_or_default();
    let invites = facts.beside.call.iter();
    let mut invites =
        invites.filter(|one| is_request(one, b"INVITE") && number(one) == number(answer));
    let sent = invites.next().and_then(target).unwrap_or_default();
    let (ack_host, own_host) = (host(&to), host(&sent));
    let contact = answer.value("Contact").map(|value| text(address(value)));
    let is_of_contact = contact.is_some_and(|contact| host(&contact) == ack_host);
    let whose = if is_of_contact {
        ", as Contact of the response asks"
    } else {
        ""
    };
    let private = match Host::of(ack_host.as_bytes()) {
        Host::Private => " (private)",
        _ => "",
    };
    if ack_host == own_host || own_host.is_empty() {
        return format!(
            "the ACK to {} does not get there, or does not fit",
            short(&to)
        );
    }
    format!(
        "the ACK goes to {}{private}{whose}, and the INVITE went to {}",
        short(&to),
        short(&sent)
    )
}

/// Returns the host of a URI, with or without its scheme, without user, port and parameters.
pub(super) fn host(uri: &str) -> String {
    let (_, behind) = uri.rsplit_once('@').unwrap_or(("", uri));
    let behind = behind
        .trim_start_matches("sips:")
        .trim_start_matches("sip:");
    let end = match behind.find(']') {
        Some(end) => end + 1,
        None => behind.find([':', ';', '?', '>']).unwrap_or(behind.len()),
    };
    behind[..end].to_lowercase()
}

/// Returns whither a proxy sent a request on that it answered with a timeout of its own.
pub(super) fn silent_hop(facts: &Facts<'_>) -> Option<String> {
    let request = facts
        .request
        .filter(|_| matches!(facts.code(), 408 | 504))?;
    let hops = request.values("Via").count();
    let before = facts.beside.before();
    let is_on = |one: &&Message<'_>| {
        one.is_request() && is_same(one, request) && one.values("Via").count() > hops
    };
    let on: Vec<&Message<'_>> = before.iter().filter(is_on).collect();
    let answers = |one: &Message<'_>, least: u16| {
        let is_it = |answer: &Message<'_>| {
            answer.code() >= Some(least) && is_same(answer, one) && branch(answer) == branch(one)
        };
        before.iter().any(is_it)
    };
    let silent = on.iter().filter(|one| !answers(one, 200));
    let last = silent.clone().next_back()?;
    let times = silent.filter(|one| branch(one) == branch(last)).count();
    let times = match times {
        1 => String::new(),
        several => format!(", sent {several} times,"),
    };
    let got = if answers(last, 100) {
        "no final response"
    } else {
        "no answer at all"
    };
    let hop = last
        .value("Route")
        .map_or_else(|| target(last), |route| Some(text(address(route))));
    Some(format!(
        "a proxy made it itself: its own {} to {}{times} got {got} in this trace",
        short(&facts.method),
        short(&hop.unwrap_or_default())
    ))
}

/// Returns the hosts between which a request goes round in this trace.
pub(super) fn round(facts: &Facts<'_>) -> Option<String> {
    let request = facts
        .request
        .filter(|_| matches!(facts.code(), 482 | 483))?;
    let before = facts.beside.before().iter();
    let hops = before.filter(|one| one.is_request() && is_same(one, request));
    let longest = hops.max_by_key(|one| one.values("Via").count())?;
    let hosts: Vec<String> = longest.values("Via").filter_map(way::sent_by).collect();
    let mut again: Vec<String> = Vec::new();
    for host in &hosts {
        let times = hosts.iter().filter(|other| *other == host).count();
        if times > 1 && !again.contains(host) {
            again.push(host.clone());
        }
    }
    sort_by(&mut again, String::cmp);
    Some(match again.as_slice() {
        [] => return None,
        [one] => format!("the request comes to {one} again and again in this trace"),
        several => format!(
            "in this trace the request goes round between {} ({} Via values in the end)",
            short(&list(several)),
            hosts.len()
        ),
    })
}
