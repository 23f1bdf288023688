//! The new call of a transfer, held against the REFER that asked for it: what it was to replace, what became of it, and
//! whether that was reported.

use super::attempts::{Attempt, is_step};
use super::found::{Found, values};
use super::legs::is_number;
use super::misplaced;
use super::order::{Call, SECOND, TIMEOUT, lasting};
use super::refer;
use crate::explain::call::{named, tag};
use crate::explain::words::{quoted, short, text};
use crate::message::{address, user};

/// The new call begins so soon after the REFER.
const SOON: u64 = 5 * SECOND;

/// A REFER that was accepted, and the INVITE that came of it.
struct Transfer<'b, 'a> {
    refer: &'b Attempt<'a>,
    aim: &'a [u8],
    invite: Option<&'b Attempt<'a>>,
    /// The last report with its status, and when it was sent.
    report: Option<(&'b Attempt<'a>, String)>,
}

pub(super) fn found(call: &Call<'_>, all: &[Attempt<'_>]) -> Vec<Found> {
    let is_own = |one: &&Attempt<'_>| {
        let is_refer = one.request.method() == b"REFER" && one.own.is_some();
        is_refer && one.is_success() && tag(one.request, "To").is_some()
    };
    let mut each = all.iter().filter(is_own).filter_map(|refer| {
        let transfer = transfer(refer, all)?;
        unescaped(&transfer)
            .or_else(|| lost(&transfer))
            .or_else(|| misplaced::untranslated(refer, &transfer.report.as_ref()?.1, all))
            .or_else(|| told_early(&transfer, all))
            .or_else(|| cancelled(&transfer, all))
            .or_else(|| unreported(call, &transfer, all))
    });
    each.next().into_iter().collect()
}

fn transfer<'b, 'a>(refer: &'b Attempt<'a>, all: &'b [Attempt<'a>]) -> Option<Transfer<'b, 'a>> {
    let aim = refer.request.value("Refer-To")?;
    let callee = text(user(aim));
    let got = |other: &Attempt<'_>| {
        other.request.method() == b"REFER" && other.call_id() == refer.call_id()
    };
    let is_new = |one: &&Attempt<'_>| {
        let is_then = one.micros >= refer.micros && one.micros - refer.micros <= SOON;
        let mut refers = all.iter().filter(|other| got(other));
        one.is_invite()
            && is_then
            && one.call_id() != refer.call_id()
            && is_number(&one.callee(), &callee)
            && refers.any(|other| other.server == one.client)
    };
    let is_report = |one: &&Attempt<'_>| {
        let is_of = one.request.method() == b"NOTIFY" && one.call_id() == refer.call_id();
        is_of && one.micros >= refer.micros
    };
    let mut reports = all.iter().rev().filter(is_report);
    let report = reports.find_map(|one| Some((one, refer::status(one.request.body)?)));
    Some(Transfer {
        refer,
        aim,
        invite: last(all.iter().find(is_new), all),
        report,
    })
}

/// Returns the last INVITE of a call, which may come again with credentials.
fn last<'b, 'a>(one: Option<&Attempt<'a>>, all: &'b [Attempt<'a>]) -> Option<&'b Attempt<'a>> {
    let one = one?;
    let is_again = |other: &&Attempt<'_>| {
        other.is_invite() && other.call_id() == one.call_id() && other.client == one.client
    };
    all.iter().rfind(is_again)
}

/// Returns that a transfer was reported as done before its new call was answered, which it never was.
fn told_early(transfer: &Transfer<'_, '_>, all: &[Attempt<'_>]) -> Option<Found> {
    let (refer, invite) = (transfer.refer, transfer.invite?);
    let (report, status) = transfer.report.as_ref()?;
    let aim = text(user(transfer.aim));
    // Who was asked for may be reached by another call.
    let is_reached = all.iter().any(|one| {
        let is_then = one.is_invite() && one.micros >= refer.micros;
        is_then && one.is_success() && is_number(&one.callee(), &aim)
    });
    let (code, at) = match (invite.answer, invite.cancel) {
        (_, Some((_, at))) => (None, at),
        (Some((answer, at)), None) => (answer.code().filter(|code| !is_step(*code)), at),
        (None, None) => return None,
    };
    if !status.starts_with('2') || is_reached || invite.is_step() {
        return None;
    }
    let gap = lasting(report.micros.abs_diff(at));
    let had = match code {
        Some(code) if at < report.micros => format!("had got {code} {gap} before"),
        Some(code) => format!("was not answered yet, and got {code} {gap} later"),
        None if at < report.micros => format!("had been cancelled {gap} before"),
        None => format!("was not answered yet, and was cancelled {gap} later"),
    };
    let is_left = |one: &&Attempt<'_>| {
        let is_of = one.request.method() == b"BYE" && one.call_id() == refer.call_id();
        is_of && one.micros >= report.micros
    };
    let left = all.iter().find(is_left);
    let left = left.map(|bye| {
        let gap = lasting(bye.micros - report.micros);
        format!(
            "; {} had hung up by then ({}, {gap} after the report)",
            bye.by(),
            named(bye.request)
        )
    });
    let more = values![
        ("status", short(status)),
        ("notify", named(report.request)),
        ("had", had),
        ("left", left.unwrap_or_default()),
    ];
    told("refer-told-early", transfer, more)
}

fn told(id: &str, transfer: &Transfer<'_, '_>, more: Vec<(&'static str, String)>) -> Option<Found> {
    let refer = transfer.refer;
    let mut values = values![
        ("name", named(refer.request)),
        ("code", refer.code()?.to_string()),
        ("by", refer.by()),
        ("from", refer.at()),
        ("target", short(&text(address(transfer.aim)))),
    ];
    if let Some(invite) = transfer.invite {
        values.push(("invite", named(invite.request)));
        values.push(("known", short(&text(invite.call_id()))));
    }
    values.extend(more);
    Found::new(id, &values, &refer.proof()).map(Found::that_decides)
}

/// Returns what the Replaces of the new call is.
fn replaces(transfer: &Transfer<'_, '_>) -> Option<String> {
    transfer.invite?.request.value("Replaces").map(text)
}

/// Returns that Refer-To is written so that Replaces is not read from it.
fn unescaped(transfer: &Transfer<'_, '_>) -> Option<Found> {
    let why = refer::malformed(transfer.refer.request);
    let is_failed = transfer
        .report
        .as_ref()
        .is_some_and(|(_, status)| !status.starts_with(['1', '2']));
    let is_whole = replaces(transfer)
        .is_some_and(|value| value.contains("to-tag=") && value.contains("from-tag="));
    if why.is_empty() || is_whole {
        return None;
    }
    let became = match (transfer.invite, replaces(transfer)) {
        (Some(invite), None) => format!(
            "{} of {} has no Replaces (Call-ID {})",
            named(invite.request),
            transfer.refer.at(),
            short(&text(invite.call_id()))
        ),
        (Some(invite), Some(value)) => {
            format!(
                "Replaces of {} is {}",
                named(invite.request),
                quoted(&value)
            )
        }
        (None, _) if is_failed => "the transfer failed".to_owned(),
        (None, _) => return None,
    };
    let more = values![
        ("why", why.trim_start_matches(": ").to_owned()),
        ("became", became),
    ];
    told("refer-unescaped", transfer, more)
}

/// Returns that the new call does not take the place that it was to take.
fn lost(transfer: &Transfer<'_, '_>) -> Option<Found> {
    let invite = transfer
        .invite
        .filter(|invite| !invite.request.has("Replaces"))?;
    let asked = text(&refer::asked(transfer.aim)?);
    let more = values![
        (
            "dialog",
            quoted(asked.split(';').next().unwrap_or_default()),
        ),
        ("to", invite.at()),
    ];
    told("refer-replaces-lost", transfer, more)
}

/// Returns that the new call was given up since whoever asked for it had hung up.
fn cancelled(transfer: &Transfer<'_, '_>, all: &[Attempt<'_>]) -> Option<Found> {
    let (refer, invite) = (transfer.refer, transfer.invite?);
    let is_bye = |one: &&Attempt<'_>| {
        let is_of = one.request.method() == b"BYE" && one.call_id() == refer.call_id();
        is_of && tag(one.request, "From") == tag(refer.request, "From") && one.micros > refer.micros
    };
    let bye = all.iter().find(is_bye)?;
    let ended = || {
        let answered = invite.answer.filter(|_| invite.is_success())?.1;
        let is_end = |one: &&Attempt<'_>| {
            let is_of = one.request.method() == b"BYE" && one.call_id() == invite.call_id();
            is_of && tag(one.request, "From") == tag(invite.request, "From")
        };
        let end = all.iter().find(is_end)?;
        let is_soon = end.micros.saturating_sub(answered) <= SOON / 5;
        is_soon.then_some((end.request, end.micros))
    };
    let (cancel, at) = invite.cancel.or_else(ended)?;
    let gap = at.checked_sub(bye.micros).filter(|gap| *gap <= SOON)?;
    let report = match &transfer.report {
        Some((one, _)) if one.code().is_some_and(|code| code >= 300) => format!(
            ", which refused the report of it too ({} got {})",
            named(one.request),
            one.code()?
        ),
        _ => String::new(),
    };
    let more = values![
        ("bye", named(bye.request)),
        ("end", named(cancel)),
        ("gap", lasting(gap)),
        ("left", lasting(bye.micros - refer.micros)),
        ("report", report),
    ];
    told("transfer-cancelled", transfer, more)
}

/// Returns that the end of the new call was not reported.
fn unreported(call: &Call<'_>, transfer: &Transfer<'_, '_>, all: &[Attempt<'_>]) -> Option<Found> {
    let (refer, invite) = (transfer.refer, transfer.invite?);
    let (answer, at) = invite.answer?;
    let code = answer.code().filter(|code| !is_step(*code))?;
    let (report, status) = transfer.report.as_ref()?;
    let is_told = !status.starts_with('1')
        || report
            .request
            .value("Subscription-State")
            .is_some_and(|state| state.starts_with(b"terminated"));
    let is_unasked = refer
        .request
        .value("Refer-Sub")
        .is_some_and(|value| value.starts_with(b"false"));
    let is_over = all.iter().any(|one| {
        let is_of = one.request.method() == b"BYE" && one.call_id() == refer.call_id();
        is_of && one.micros < at + TIMEOUT
    });
    // A report that is refused ends the others.
    let is_refused = report.code().is_some_and(|code| code >= 300);
    let rest = call.last?.checked_sub(at).filter(|rest| *rest >= TIMEOUT)?;
    if is_told || is_unasked || is_over || is_refused {
        return None;
    }
    let more = values![
        ("final", code.to_string()),
        ("after", lasting(at.saturating_sub(refer.micros))),
        ("status", short(status)),
        ("rest", lasting(rest)),
    ];
    told("refer-final-missing", transfer, more)
}
