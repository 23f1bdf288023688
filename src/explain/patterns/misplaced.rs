//! An INVITE with Replaces that comes to a side which has not the dialog that it names, or which takes it for a new call.

use super::attempts::Attempt;
use super::found::{Found, values};
use super::legs;
use super::order::{SECOND, lasting, target};
use super::refer;
use super::replaced;
use crate::explain::call::{named, tag};
use crate::explain::dialog::host;
use crate::explain::words::{short, text};
use crate::message::parameter;

/// So soon after it has accepted an INVITE with Replaces a side ends the old dialog.
const SOON: u64 = 10 * SECOND;

/// Returns what is found of them; `ends` is when the trace does.
pub(super) fn found(all: &[Attempt<'_>], ends: u64) -> Vec<Found> {
    let own = all
        .iter()
        .filter(|one| one.own.is_some() && one.is_invite());
    let mut each = own.filter_map(|one| {
        if let Some(value) = one.request.value("Join") {
            return unjoined(one, value, all, ends);
        }
        let value = one.request.value("Replaces")?;
        let id = replaced::named_id(value)?;
        let known = all
            .iter()
            .find(|other| other.is_invite() && other.is_success() && other.call_id() == id)?;
        // An element that sent it on has asked for it, and does not answer for itself.
        let is_last = !all
            .iter()
            .any(|other| other.call_id() == one.call_id() && other.client == one.server);
        let misplaced = || {
            other_leg(one, known, value, all)
                .or_else(|| passed_on(one, known, value, all))
                .or_else(|| elsewhere(one, known, value, all))
        };
        let ignored = || {
            let rang = || rang(one, known, value).filter(|_| is_last);
            ignored(one, known, value, all, ends).or_else(rang)
        };
        (is_last && one.is_refused())
            .then(misplaced)
            .flatten()
            .or_else(ignored)
    });
    each.next().into_iter().collect()
}

/// Returns whether an element is at an end of a call, by all that is seen of it.
fn is_in(name: &str, id: &[u8], all: &[Attempt<'_>]) -> bool {
    all.iter()
        .any(|one| one.call_id() == id && (one.client == name || one.server == name))
}

/// Returns the leg that another one became, or of which it became, at an element between, if a side has that.
fn leg<'b, 'a>(known: &Attempt<'a>, name: &str, all: &'b [Attempt<'a>]) -> Option<&'b Attempt<'a>> {
    all.iter().find(|other| {
        let is_there = other.client == name || other.server == name;
        let is_leg = legs::became(known, other) || legs::became(other, known);
        is_there && other.is_invite() && other.is_success() && is_leg
    })
}

fn told(
    id: &str,
    one: &Attempt<'_>,
    value: &[u8],
    more: Vec<(&'static str, String)>,
) -> Option<Found> {
    let mut values = more;
    // What is known better stands first.
    values.extend([
        ("name", named(one.request)),
        ("code", one.code()?.to_string()),
        ("to", one.at()),
        ("dialog", replaced::said(value)),
    ]);
    Found::new(id, &values, &one.proof()).map(Found::that_decides)
}

/// Returns that the dialog is the other leg of one that this side has.
fn other_leg(
    one: &Attempt<'_>,
    known: &Attempt<'_>,
    value: &[u8],
    all: &[Attempt<'_>],
) -> Option<Found> {
    let mut more = of_leg(known, &one.server, all)?;
    more.push(("asks", "is to take the place of".to_owned()));
    more.push(("became", format!("refused it with {}", one.code()?)));
    told("replaces-other-leg", one, value, more)
}

/// Returns that an element passed a Replaces on as it came, though it names the leg that it has itself.
fn passed_on(
    one: &Attempt<'_>,
    known: &Attempt<'_>,
    value: &[u8],
    all: &[Attempt<'_>],
) -> Option<Found> {
    let is_on = |on: &&Attempt<'_>| {
        let is_then = on.micros >= one.micros && on.micros - one.micros <= SOON;
        on.client == one.server
            && on.call_id() != one.call_id()
            && is_then
            && on.is_refused()
            && on.request.value("Replaces") == Some(value)
    };
    let on = all.iter().find(is_on)?;
    let mut more = of_leg(known, &on.server, all)?;
    more.push(("asks", "is to take the place of".to_owned()));
    more.push(("to", on.at()));
    more.push(("became", refused(on)?));
    told("replaces-other-leg", one, value, more)
}

/// Returns how what came of a request was refused.
fn refused(on: &Attempt<'_>) -> Option<String> {
    Some(format!(
        "refused what came of it ({} of Call-ID {}) with {}",
        named(on.request),
        short(&text(on.call_id())),
        on.code()?
    ))
}

/// Returns that a REFER which an element passed on still names the dialog of its other leg, so that the transfer failed.
pub(super) fn untranslated(
    refer: &Attempt<'_>,
    status: &str,
    all: &[Attempt<'_>],
) -> Option<Found> {
    let asked = |one: &Attempt<'_>| refer::asked(one.request.value("Refer-To")?);
    let value = asked(refer).filter(|_| status.starts_with("481"))?;
    let id = replaced::named_id(&value)?;
    let known = all
        .iter()
        .find(|other| other.is_invite() && other.is_success() && other.call_id() == id)?;
    // It names the dialog in what came of it too, if that is in the trace.
    let is_on = |other: &&Attempt<'_>| {
        let is_then = other.micros.abs_diff(refer.micros) <= SOON;
        let is_new = other.is_refused() && other.request.value("Replaces") == Some(&value[..]);
        let is_refer = other.request.method() == b"REFER" && asked(other).as_ref() == Some(&value);
        is_then && (is_refer || is_new)
    };
    let mut on = all.iter().filter(is_on);
    let (on, mut more) = on.find_map(|on| Some((on, of_leg(known, &on.server, all)?)))?;
    more.push(("asks", "asks for a call in the place of".to_owned()));
    let became = Some(format!("reports {status}")).filter(|_| !on.is_invite());
    more.push(("became", became.or_else(|| refused(on))?));
    more.push(("to", on.at()));
    told("replaces-other-leg", refer, &value, more)
}

/// Returns what there is to say of a dialog whose other leg a side has.
fn of_leg(
    known: &Attempt<'_>,
    name: &str,
    all: &[Attempt<'_>],
) -> Option<Vec<(&'static str, String)>> {
    let leg = leg(known, name, all)?;
    if is_in(name, known.call_id(), all) {
        return None;
    }
    Some(vec![
        ("client", known.by()),
        ("server", known.at()),
        ("other", short(&text(leg.call_id()))),
        (
            "by",
            if leg.client == name {
                leg.at()
            } else {
                leg.by()
            },
        ),
    ])
}

/// Returns that the dialog is at another device of the same user.
fn elsewhere(
    one: &Attempt<'_>,
    known: &Attempt<'_>,
    value: &[u8],
    all: &[Attempt<'_>],
) -> Option<Found> {
    let is_refused = matches!(one.code(), Some(404 | 480 | 481 | 486 | 603));
    let (answer, _) = known.answer?;
    let to = parameter(value, b';', "to-tag").map(text);
    let is_called = to.is_some() && to == tag(answer, "To");
    let is_theirs = to.is_some() && to == tag(answer, "From");
    let user = if is_called {
        known.callee()
    } else {
        known.user("From")
    };
    let hops = all.iter().filter(|other| {
        other.call_id() == known.call_id() && other.is_invite() && other.is_success()
    });
    // Of several hops the one at the side that has the dialog.
    let vias = |one: &&Attempt<'_>| one.request.values("Via").count();
    let device = if is_called {
        hops.max_by_key(vias)
            .map(|hop| (hop.server.clone(), hop.at()))
    } else {
        hops.min_by_key(vias)
            .map(|hop| (hop.client.clone(), hop.by()))
    };
    let (device, has) = device?;
    let is_user = legs::is_number(&one.user("To"), &user) || legs::is_number(&one.callee(), &user);
    let is_there = is_in(&one.server, known.call_id(), all) || device == one.server;
    // A server between is no device.
    let is_device = host(&text(target(one.request))) == one.server;
    let is_done = all
        .iter()
        .any(|other| other.call_id() == one.call_id() && other.is_success());
    if !is_refused || !is_device || !(is_called || is_theirs) || !is_user || is_there || is_done {
        return None;
    }
    let beside = all.iter().find(|other| {
        other.call_id() == one.call_id() && other.server == device && other.is_invite()
    });
    let beside = beside.map(|other| match other.code() {
        Some(code) => format!(", which got it too, and its {code}"),
        None => ", which got it too".to_owned(),
    });
    let more = values![
        ("has", has),
        ("user", user),
        ("beside", beside.unwrap_or_default()),
    ];
    told("replaces-elsewhere", one, value, more)
}

/// Returns that an INVITE with Replaces was accepted as a new call: the dialog that it names stays up.
fn ignored(
    one: &Attempt<'_>,
    known: &Attempt<'_>,
    value: &[u8],
    all: &[Attempt<'_>],
    ends: u64,
) -> Option<Found> {
    let (_, at) = one.answer.filter(|_| one.is_success())?;
    let is_in = is_in(&one.server, known.call_id(), all);
    let there = if is_in {
        known
    } else {
        leg(known, &one.server, all)?
    };
    let is_ended = |leg: &Attempt<'_>| leg.ends.is_some_and(|end| end < at + SOON);
    let until = [known.ends, there.ends, one.ends].into_iter().flatten();
    let until = until.min().unwrap_or(ends);
    let stays = until.checked_sub(at).filter(|stays| *stays >= SOON)?;
    // A BYE that takes a way which the trace does not show is no news.
    let is_seen = |leg: &Attempt<'_>| {
        let mut inside = all.iter().filter(|other| other.call_id() == leg.call_id());
        leg.ends.is_some() || inside.any(|other| tag(other.request, "To").is_some())
    };
    if is_ended(known) || is_ended(there) || known.micros > one.micros || !is_seen(there) {
        return None;
    }
    let why = if is_in {
        String::new()
    } else {
        format!(
            ". That dialog is between {} and {}, and what {} has of it is another leg (Call-ID {})",
            known.by(),
            known.at(),
            one.at(),
            short(&text(there.call_id()))
        )
    };
    let became = format!(
        "accepted it with {}, and the old one stays up for {} more",
        one.code()?,
        lasting(stays)
    );
    told(
        "replaces-ignored",
        one,
        value,
        vec![("became", became), ("why", why)],
    )
}

/// Returns that an INVITE with Replaces rang or was refused as busy, though its dialog was there to be replaced.
fn rang(one: &Attempt<'_>, known: &Attempt<'_>, value: &[u8]) -> Option<Found> {
    let (answer, answered) = known.answer?;
    let (_, ends) = one.cancel.or(one.answer)?;
    let is_up = answered < one.micros && known.ends.is_none_or(|end| end > ends);
    let tag_of = |name: &str| parameter(value, b';', name).map(text);
    let mut tags = [tag(answer, "To"), tag(answer, "From")];
    if one.server == known.client {
        tags.reverse();
    } else if one.server != known.server {
        return None;
    }
    let is_it = tags == ["to-tag", "from-tag"].map(tag_of) && known.server != known.client;
    let rang = one.rang.and_then(|rang| ends.checked_sub(rang));
    let rang = rang.filter(|rang| *rang >= SOON / 2 && !one.is_success());
    let became = match (one.code(), rang) {
        (Some(code @ (486 | 600)), None) => {
            format!("refused it with {code}, as a phone that is busy")
        }
        (_, Some(rang)) => format!("let it ring for {}", lasting(rang)),
        _ => return None,
    };
    if !is_it || !is_up || text(value).contains("early-only") {
        return None;
    }
    told("replaces-ignored", one, value, vec![("became", became)])
}

/// Returns that an INVITE with Join was accepted as a call of its own: nothing was joined.
fn unjoined(one: &Attempt<'_>, value: &[u8], all: &[Attempt<'_>], ends: u64) -> Option<Found> {
    let (answer, at) = one.answer.filter(|_| one.is_success())?;
    let id = replaced::named_id(value)?;
    let known = all
        .iter()
        .find(|other| other.is_invite() && other.is_success() && other.call_id() == id)?;
    let contact = answer.value("Contact").map(text).unwrap_or_default();
    let is_changed = all.iter().any(|other| {
        let is_inside = other.call_id() == id && tag(other.request, "To").is_some();
        is_inside && other.micros >= one.micros && other.micros <= at + SOON
    });
    let is_able = answer.lists("Supported", "join") || one.request.lists("Require", "join");
    let until = [known.ends, one.ends].into_iter().flatten().min();
    let stays = until.unwrap_or(ends).checked_sub(at)?;
    if is_able || is_changed || contact.contains("isfocus") || stays < SOON {
        return None;
    }
    told("join-ignored", one, value, vec![("stays", lasting(stays))])
}
