//! A number that an element cut, or put a prefix before that it has already, as numbers tell that went the same way.

use super::attempts::{Attempt, distinct};
use super::forms;
use super::found::{Found, values};
use super::legs;
use super::order::SECOND;
use super::trunks;
use crate::explain::call::named;
use crate::explain::words::{short, text};

/// What became of a call with another number came within this time.
const SOON: u64 = SECOND / 5;
/// Shorter numbers are parts of others by chance.
const LEAST: usize = 3;
/// A prefix of one digit stands twice by chance.
const PREFIX: usize = 2;

/// What became of a number.
#[derive(PartialEq, Eq)]
enum Cut {
    /// So many of its first digits are left.
    First(usize),
    /// So many of its first digits are gone.
    Last(usize),
    /// This stands before it once more.
    Twice(String),
}

/// Returns that an element sent another number than was dialled.
pub(super) fn found(one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let is_asked = |one: &Attempt<'_>| one.is_invite() && one.is_refused();
    if !is_asked(one) || digits(&one.callee()).is_none() {
        return None;
    }
    if let Some((far, cut)) = sent_on(one, all) {
        return told(one, one, far, &cut, all);
    }
    all.iter().filter(|near| is_asked(near)).find_map(|near| {
        let (far, cut) = sent_on(near, all).filter(|(far, _)| core::ptr::eq(*far, one))?;
        told(one, near, far, &cut, all)
    })
}

/// Returns the digits of a number, but for a plus before them.
fn digits(number: &str) -> Option<&str> {
    let bare = number.strip_prefix('+').unwrap_or(number);
    let is_number = bare.len() >= LEAST && bare.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some(bare)
}

/// Returns what was made of a number.
fn cut(dialled: &str, sent: &str) -> Option<Cut> {
    let (dialled, sent) = (digits(dialled)?, digits(sent)?);
    if let Some(lost) = dialled.strip_prefix(sent) {
        return (!lost.is_empty()).then_some(Cut::First(sent.len()));
    }
    if let Some(lost) = dialled.strip_suffix(sent) {
        // Zeros are how it is written.
        let is_lost = lost.bytes().any(|byte| byte != b'0');
        return is_lost.then_some(Cut::Last(lost.len()));
    }
    let prefix = sent.strip_suffix(dialled)?;
    let bare = prefix.trim_start_matches('0');
    let is_twice = bare.len() >= PREFIX && dialled.trim_start_matches('0').starts_with(bare)
        || bare.is_empty() && dialled.starts_with(prefix);
    is_twice.then(|| Cut::Twice(prefix.to_owned()))
}

/// Returns whether one number may have been made of the other.
fn is_of(dialled: &str, sent: &str) -> bool {
    let digits = [dialled, sent].map(digits);
    digits[0].is_some() && digits[0] == digits[1] || cut(dialled, sent).is_some()
}

/// Returns whether a request may have been sent on as another one: soon, by the element that got it, before it answered.
fn is_on(near: &Attempt<'_>, far: &Attempt<'_>) -> bool {
    let apart = far.micros.checked_sub(near.micros);
    let is_before = near.answer.is_none_or(|(_, at)| far.micros <= at);
    far.is_invite()
        && apart.is_some_and(|apart| apart <= SOON)
        && is_before
        && near.call_id() != far.call_id()
        && near.server == far.client
        && near.client != far.server
}

/// Returns what was sent on with another number, if no other call can have become of it.
fn sent_on<'b, 'a>(near: &Attempt<'_>, all: &'b [Attempt<'a>]) -> Option<(&'b Attempt<'a>, Cut)> {
    let from = all.partition_point(|far| far.micros < near.micros);
    let soon = all[from..].iter();
    let soon = soon.take_while(|far| far.micros <= near.micros + SOON);
    let mut on = soon.filter(|far| is_on(near, far) && is_of(&near.callee(), &far.callee()));
    let far = on.next().filter(|_| on.next().is_none())?;
    let cut = cut(&near.callee(), &far.callee())?;
    let mut nears = all.iter().filter(|other| {
        other.is_invite() && is_on(other, far) && is_of(&other.callee(), &far.callee())
    });
    let is_only = nears.all(|other| other.call_id() == near.call_id());
    let is_passed = far.is_refused() && legs::passed_on(near, far).is_some();
    (is_only && is_passed && forms::is_unknown(far)).then_some((far, cut))
}

fn told(
    one: &Attempt<'_>,
    near: &Attempt<'_>,
    far: &Attempt<'_>,
    cut: &Cut,
    all: &[Attempt<'_>],
) -> Option<Found> {
    let (dialled, sent) = (near.callee(), far.callee());
    let through = passed(near, far, all);
    let kept = through
        .iter()
        .filter(|(one, other)| digits(one) == digits(other));
    let kept = distinct(&mut kept.map(|(number, _)| number.clone()));
    let is_usual = through
        .iter()
        .any(|(one, other)| self::cut(one, other).as_ref() == Some(cut));
    let longest = kept
        .iter()
        .filter_map(|number| digits(number))
        .map(str::len);
    let longest = longest.max().filter(|_| !is_usual)?;
    let length = digits(&dialled)?.len();
    let how = match cut {
        Cut::First(left) => format!("sent the first {left} of its {length} digits only"),
        Cut::Last(lost) => format!("sent it without its first {lost} digits"),
        Cut::Twice(prefix) => format!("put {prefix} before it, with which it begins already"),
    };
    let rule = match cut {
        Cut::First(left) if longest <= *left => {
            format!(
                ", with no more than {longest} digits, so possibly a rule there takes no more than {left}"
            )
        }
        Cut::First(_) | Cut::Last(_) => ", so possibly a rule there cuts this one".to_owned(),
        Cut::Twice(_) => ", so possibly a rule there takes this one for another form".to_owned(),
    };
    let values = values![
        ("name", named(near.request)),
        ("from", near.by()),
        ("dialled", dialled),
        ("by", far.by()),
        ("how", how),
        ("sent", sent),
        ("leg", named(far.request)),
        ("known", short(&text(far.call_id()))),
        ("to", far.at()),
        ("code", far.code()?.to_string()),
        ("reason", trunks::reason(far)),
        (
            "count",
            match kept.len() {
                1 => format!("the number {} went", kept[0]),
                count => format!("{count} numbers, such as {}, went", kept[0]),
            },
        ),
        ("rule", rule),
    ];
    Found::new("number-cut", &values, &one.proof()).map(Found::that_decides)
}

/// Returns the numbers that were reached by the same way: as they came, and as they were sent.
fn passed(near: &Attempt<'_>, far: &Attempt<'_>, all: &[Attempt<'_>]) -> Vec<(String, String)> {
    let fars = all.iter().enumerate();
    let fars = fars.filter(|(_, other)| other.is_on_way(far) && other.is_through());
    fars.filter_map(|(at, other)| {
        let before = all[..at].iter().rev();
        let mut before = before.take_while(|one| one.micros + SOON >= other.micros);
        let one = before.find(|one| {
            one.is_invite()
                && one.server == near.server
                && is_on(one, other)
                && is_of(&one.callee(), &other.callee())
        })?;
        Some((one.callee(), other.callee()))
    })
    .collect()
}
