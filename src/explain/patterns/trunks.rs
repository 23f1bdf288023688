//! What a peer takes and what it refuses, as other calls by the same way tell: how many at once, and which form of a
//! number.

use super::accounts;
use super::attempts::{Attempt, ago, distinct};
use super::callers;
use super::found::Found;
use super::limits;
use super::order::{SECOND, lasting};
use crate::explain::causes;
use crate::explain::words::list;
use crate::message::{Reason, reasons};

/// Nobody who is asked himself answers in this time.
const AT_ONCE: u64 = SECOND / 2;
/// What a peer says that takes no more calls.
pub(super) const FULL: [u16; 7] = [403, 480, 486, 500, 503, 600, 603];
/// What it says of a number that it does not know, and the causes of ISDN for that.
const UNKNOWN: [u16; 9] = [400, 403, 404, 410, 416, 484, 485, 502, 604];
const UNKNOWN_CAUSES: [u16; 3] = [1, 3, 28];
/// Which of them are about the number and nothing else.
const OF_NUMBER: [u16; 4] = [404, 484, 485, 604];
/// The causes of ISDN for a way that has no channel left.
const NO_CHANNEL: [u16; 2] = [34, 44];
/// What may say the same where it comes at once.
const REFUSED: [u16; 5] = [480, 500, 503, 603, 606];
/// Shorter numbers are those of a house.
const LONG: usize = 6;
/// A prefix and three digits are no longer: other numbers are.
const AREA: usize = 8;

/// What is found of a request: the pattern and what its sentence says.
pub(super) type Told = (&'static str, Values);
pub(super) type Values = Vec<(&'static str, String)>;

/// Returns why a peer refuses a request.
pub(super) fn told(one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Told> {
    let invites: Vec<&Attempt<'_>> = all.iter().filter(|one| one.is_invite()).collect();
    let (id, values) = full(one, &invites)
        .or_else(|| form(one, &invites))
        .or_else(|| limits::rate(one, &invites))
        .or_else(|| accounts::called(one, &invites, all))
        .or_else(|| callers::told(one, &invites))
        .or_else(|| limits::barred(one, &invites))
        .or_else(|| limits::of_caller(one, &invites))?;
    let own = [
        ("name", one.name()),
        ("code", one.code().unwrap_or_default().to_string()),
        ("callee", one.callee()),
        ("from", one.by()),
        ("to", one.at()),
        ("reason", reason(one)),
    ];
    Some((id, values.into_iter().chain(own).collect()))
}

/// Returns it for a request of the call.
pub(super) fn found(one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let (id, values) = told(one, all)?;
    Found::new(id, &values, &one.proof()).map(Found::that_decides)
}

/// Returns what the Reason fields of its final response say, in brackets.
pub(super) fn reason(one: &Attempt<'_>) -> String {
    let fields = one
        .answer
        .into_iter()
        .flat_map(|(answer, _)| answer.all("Reason").collect::<Vec<_>>());
    let said: Vec<String> = fields
        .flat_map(|field| reasons(field.value))
        .map(|reason| causes::said(&reason))
        .collect();
    match said.as_slice() {
        [] => String::new(),
        said => format!(" (Reason {})", list(said)),
    }
}

/// Returns whether a request was refused at once, and as another one was.
pub(super) fn is_full(other: &Attempt<'_>, one: &Attempt<'_>) -> bool {
    let is_soon = other.took().is_some_and(|took| took < AT_ONCE);
    is_soon && !other.is_through() && other.code() == one.code()
}

/// Returns that refusals come only while so many calls are up.
fn full(one: &Attempt<'_>, invites: &[&Attempt<'_>]) -> Option<Told> {
    if !one.code().is_some_and(|code| FULL.contains(&code)) || !is_full(one, one) {
        return None;
    }
    let caller = one.user("From");
    let is_there = |other: &Attempt<'_>| other.server == one.server;
    let is_back =
        |other: &Attempt<'_>| (&other.client, &other.server) == (&one.server, &one.client);
    let all = |is_of: &dyn Fn(&Attempt<'_>) -> bool| -> Vec<&Attempt<'_>> {
        invites
            .iter()
            .copied()
            .filter(|other| is_of(other))
            .collect()
    };
    let between = all(&|other| other.is_on_way(one) || is_back(other));
    let of_caller = all(&|other| is_there(other) && other.user("From") == caller);
    let place = format!("between {} and {}", one.by(), one.at());
    at_most(one, &between, place)
        .or_else(|| at_most(one, &of_caller, format!("from {caller}")))
        .or_else(|| at_most(one, &all(&is_there), format!("by {}", one.at())))
}

/// Returns that of some calls no more are up at once.
fn at_most(one: &Attempt<'_>, of: &[&Attempt<'_>], place: String) -> Option<Told> {
    let up = |at: &Attempt<'_>| {
        let others = of.iter().filter(|other| other.call_id() != at.call_id());
        others.filter(|other| other.is_up(at.micros)).count()
    };
    let callee = one.callee();
    // Whoever is in a call himself is busy.
    let is_in = |other: &Attempt<'_>| {
        [other.callee(), other.user("From"), other.user("To")].contains(&callee)
    };
    let mut busy = of.iter().filter(|other| other.is_up(one.micros));
    let through = || of.iter().filter(|other| other.is_through());
    let (count, most) = (up(one), through().map(|other| up(other)).max()?);
    if busy.any(|other| is_in(other)) || count != most + 1 {
        return None;
    }
    let refused = || of.iter().filter(|other| is_full(other, one));
    let callees = distinct(&mut refused().map(|other| other.callee()));
    let reached = through().find(|other| other.callee() == callee);
    let is_enough = match count {
        1 => callees.len() > 1 && reached.is_some(),
        _ => callees.len() > 1 || reached.is_some(),
    };
    if !is_enough || refused().any(|other| up(other) < count) {
        return None;
    }
    let reached = reached.map(|other| {
        format!(
            "; {callee} itself was reached {}",
            ago(one.micros, other.micros)
        )
    });
    let refusals = match refused().count() {
        1 => String::new(),
        all => format!(
            " All {all} such refusals in this trace came while so many were up, and none with fewer."
        ),
    };
    let values = vec![
        ("took", lasting(one.took()?)),
        ("count", calls(count)),
        ("place", place),
        ("reached", reached.unwrap_or_default()),
        ("refusals", refusals),
        ("limit", count.to_string()),
    ];
    // What the network says itself is no guess.
    let id = if is_caused(one, &NO_CHANNEL) {
        "peer-full-told"
    } else {
        "peer-full"
    };
    Some((id, values))
}

fn calls(count: usize) -> String {
    match count {
        1 => "one call was".to_owned(),
        count => format!("{count} calls were"),
    }
}

/// Returns the digits of a number, and whether a plus stands before them; none of a name.
pub(super) fn digits(number: &str) -> Option<(String, bool)> {
    let (plus, rest) = match number.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, number),
    };
    let is_sign = |letter: char| letter.is_ascii_digit() || "-.()*# ".contains(letter);
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    (rest.chars().all(is_sign) && !digits.is_empty()).then_some((digits, plus))
}

/// Returns how a number is written.
fn written(number: &str) -> Option<&'static str> {
    let (digits, plus) = digits(number)?;
    let zeros = digits.bytes().take_while(|digit| *digit == b'0').count();
    let has_signs = number
        .bytes()
        .any(|byte| !byte.is_ascii_digit() && byte != b'+');
    Some(match (plus, zeros) {
        _ if has_signs => "with signs between its digits",
        (true, 1..) => "with + and a zero behind it",
        (true, 0) => "with + and the country code",
        (false, 0) => "without + and zeros before it",
        (false, 1) => "with one zero before it",
        (false, _) => "with 00 before it",
    })
}

/// Returns whether a number is one of three digits that calls for help or for a service.
fn is_short(number: &str) -> bool {
    number.len() == 3
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && (number.starts_with("11") || ["000", "144", "911", "999"].contains(&number))
}

/// Returns what stands before the same number in one that is written otherwise: a prefix, or nothing.
fn prefixed(number: &str, other: &str) -> bool {
    if number == other {
        return false;
    }
    if is_short(other) {
        let digits = digits(number).map(|(digits, _)| digits);
        let is_prefix = digits.is_some_and(|digits| digits.trim_start_matches('0').len() <= AREA);
        return is_prefix && number.ends_with(other);
    }
    let bare = |number: &str| {
        let digits = digits(number)?.0;
        let bare = digits.trim_start_matches('0').to_owned();
        (bare.len() >= LONG).then_some(bare)
    };
    let (Some(one), Some(other)) = (bare(number), bare(other)) else {
        return false;
    };
    let pairs = one.bytes().rev().zip(other.bytes().rev());
    let same = pairs.take_while(|(one, other)| one == other).count();
    let [one, other] =
        [&one, &other].map(|digits| digits[..digits.len() - same].trim_end_matches('0'));
    // A country code, a prefix, or a zero stands before one of both.
    same >= LONG && (one == other || one.is_empty() || other.is_empty())
}

/// Returns whether a number was made of one of three digits by what stands before it.
pub(super) fn is_spoiled(number: &str, dialled: &str) -> bool {
    is_short(dialled) && prefixed(number, dialled)
}

/// Returns whether a number was refused as one that is not known.
pub(super) fn is_unknown(one: &Attempt<'_>) -> bool {
    let code = one.code().filter(|_| one.is_refused());
    code.is_some_and(|code| UNKNOWN.contains(&code) || is_caused(one, &UNKNOWN_CAUSES))
}

/// Returns whether the Reason of a final response names one of these causes of ISDN.
fn is_caused(one: &Attempt<'_>, causes: &[u16]) -> bool {
    let is_it = |reason: &Reason| {
        reason.is_q850() && reason.cause.is_some_and(|cause| causes.contains(&cause))
    };
    one.answer.is_some_and(|(answer, _)| {
        let mut all = answer.all("Reason").flat_map(|field| reasons(field.value));
        all.any(|reason| is_it(&reason))
    })
}

/// Returns that numbers of one form pass, and those of another do not.
fn form(one: &Attempt<'_>, invites: &[&Attempt<'_>]) -> Option<Told> {
    let number = one.callee();
    let way: Vec<&Attempt<'_>> = invites
        .iter()
        .copied()
        .filter(|other| other.is_on_way(one))
        .collect();
    let through = || way.iter().filter(|other| other.is_through());
    if through().any(|other| other.callee() == number) {
        return None;
    }
    let is_soon = one.took().is_some_and(|took| took < 2 * AT_ONCE) && !one.is_through();
    let is_at_once = is_soon && one.code().is_some_and(|code| REFUSED.contains(&code));
    let twin = through().find(|other| prefixed(&number, &other.callee()));
    let values = match twin.filter(|_| is_at_once || is_unknown(one)) {
        Some(twin) => written_otherwise(one, twin)?,
        None => rule(one, &way)?,
    };
    // The same digits behind + or 00 are one number, and a refusal as unknown is one of the number.
    let is_one = twin.is_some_and(|twin| whole(&twin.callee()) == whole(&number));
    let is_of_number =
        is_caused(one, &UNKNOWN_CAUSES) || one.code().is_some_and(|code| OF_NUMBER.contains(&code));
    let id = if is_one && is_of_number && whole(&number).is_some() {
        "number-unfit"
    } else {
        "number-form"
    };
    Some((id, values))
}

/// Returns the digits of a number with its country code, as + or 00 tells.
fn whole(number: &str) -> Option<String> {
    let (digits, plus) = digits(number)?;
    if plus {
        return Some(digits);
    }
    digits.strip_prefix("00").map(str::to_owned)
}

/// Returns what is said where the same number was reached, and is written otherwise.
fn written_otherwise(one: &Attempt<'_>, twin: &Attempt<'_>) -> Option<Values> {
    let (number, known) = (one.callee(), twin.callee());
    let before = number.strip_suffix(known.as_str());
    let before = before.filter(|before| !before.is_empty());
    let own = match before {
        Some(before) => format!("with {before} before {known}"),
        None => written(&number)?.to_owned(),
    };
    let passed = format!(
        "{known}, which is the same number, was reached by the same way {}",
        ago(one.micros, twin.micros)
    );
    Some(vec![("own", own), ("known", known), ("passed", passed)])
}

/// Returns what is said where all numbers that pass have one form, and those that are refused another.
fn rule(one: &Attempt<'_>, way: &[&Attempt<'_>]) -> Option<Values> {
    let number = one.callee();
    let own = written(&number).filter(|_| is_unknown(one))?;
    let is_long = |number: &String| digits(number).is_some_and(|(digits, _)| digits.len() >= LONG);
    let through = way.iter().filter(|other| other.is_through());
    let numbers = distinct(&mut through.map(|other| other.callee()).filter(is_long));
    let like = numbers.first()?.clone();
    let known = written(&like).filter(|known| *known != own)?;
    let refused = way
        .iter()
        .filter(|other| is_unknown(other) && written(&other.callee()) == Some(own));
    let refused = distinct(&mut refused.map(|other| other.callee()));
    let is_one = numbers.iter().all(|number| written(number) == Some(known));
    let is_rule = numbers.len() > 1 && numbers.len() + refused.len() > 3;
    let passed = format!(
        "all {} numbers that were reached by the same way in this trace are written {known}, such as {like}",
        numbers.len()
    );
    let values = vec![("own", own.to_owned()), ("known", like), ("passed", passed)];
    (is_one && is_rule && is_long(&number)).then_some(values)
}
