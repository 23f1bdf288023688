//! How a number is written, as those tell that were reached by the same way: in another form, with something before it, or
//! with a zero that does not belong there.

use super::attempts::{Attempt, ago, distinct};
use super::found::values;
use super::legs;
use super::order::SECOND;
use super::trunks::{self, Told, Values};

/// What a peer says of a number that it does not know, and the causes of ISDN for that.
const UNKNOWN: [u16; 9] = [400, 403, 404, 410, 416, 484, 485, 502, 604];
const UNKNOWN_CAUSES: [u16; 3] = [1, 3, 28];
/// Which of them are about the number and nothing else.
const OF_NUMBER: [u16; 4] = [404, 484, 485, 604];
/// What may say the same where it comes at once.
const REFUSED: [u16; 5] = [480, 500, 503, 603, 606];
/// Shorter numbers are those of a house.
const LONG: usize = 6;
/// So many digits are of one subscriber, whatever stands before them.
const WHOLE: usize = 8;
/// So many are, with another prefix too.
const SUBSCRIBER: usize = 10;
/// A prefix and three digits are no longer: other numbers are.
const AREA: usize = 8;

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
    let is_before = number.strip_suffix(other).is_some() && other.len() >= WHOLE;
    if is_before && digits(other).is_some() || swapped(number, other).is_some() {
        return true;
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
    code.is_some_and(|code| UNKNOWN.contains(&code) || trunks::is_caused(one, &UNKNOWN_CAUSES))
}

/// Returns that numbers of one form pass, and those of another do not.
pub(super) fn told(one: &Attempt<'_>, invites: &[&Attempt<'_>]) -> Option<Told> {
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
    let is_soon = one.took().is_some_and(|took| took < SECOND) && !one.is_through();
    let is_at_once = is_soon && one.code().is_some_and(|code| REFUSED.contains(&code));
    let is_meant = is_at_once || is_unknown(one);
    let same = || through().filter(|other| is_meant && prefixed(&number, &other.callee()));
    let of_one = same().find_map(|other| Some((other, differs(&number, &other.callee())?)));
    let is_of_number = trunks::is_caused(one, &UNKNOWN_CAUSES)
        || one.code().is_some_and(|code| OF_NUMBER.contains(&code));
    let (id, values) = match (of_one, same().next()) {
        (Some((twin, own)), _) if is_of_number => {
            ("number-unfit", written_otherwise(one, twin, own, invites))
        }
        (Some((twin, own)), _) => ("number-form", written_otherwise(one, twin, own, invites)),
        (None, Some(twin)) => {
            let own = written(&number)?.to_owned();
            ("number-form", written_otherwise(one, twin, own, invites))
        }
        _ => ("number-form", rule(one, &way)?),
    };
    Some((id, values))
}

/// Returns in what a number differs from one that is of the same subscriber for sure.
fn differs(number: &str, known: &str) -> Option<String> {
    let (reached, is_whole) = digits(known)?;
    let before = number.strip_suffix(known);
    if let Some(before) = before.filter(|_| reached.len() >= WHOLE) {
        return Some(format!("with {before} before {known}"));
    }
    let (own, plus) = digits(number)?;
    if known.strip_prefix('+') == Some(number) {
        return Some(format!("without the + before {own}"));
    }
    if let Some(tail) = swapped(number, known) {
        let [own, other] = [&own, &reached].map(|all| all[..all.len() - tail].to_owned());
        return Some(format!(
            "with {own} before {}, where {other} stands in {known}",
            &reached[reached.len() - tail..]
        ));
    }
    let bare = |digits: &str| digits.trim_start_matches('0').to_owned();
    let zeros = own.len() - bare(&own).len();
    let country = bare(&reached);
    if bare(&own) == country {
        return Some(match (plus, zeros) {
            (false, 3..) => "with 0 before 00 and the country code".to_owned(),
            _ => written(number)?.to_owned(),
        });
    }
    let is_known = is_whole || reached.starts_with("00");
    let is_own = plus || zeros > 1;
    if let Some((code, how)) = inner(&bare(&own), &country).filter(|_| is_known && is_own) {
        return Some(format!("with {how} behind its country code {code}"));
    }
    // In its own country a number has a zero in the place of the code.
    let is_long = bare(&own).len().min(country.len()) >= WHOLE;
    let less = |long: &str, short: &str| -> Option<String> {
        let code = long
            .strip_suffix(short)
            .filter(|code| code.len() <= 3 && is_long);
        code.map(str::to_owned)
    };
    if let Some(code) = less(&bare(&own), &country).filter(|_| is_own && !is_known) {
        return Some(format!("with the country code {code} before it"));
    }
    let code = less(&country, &bare(&own)).filter(|_| is_known && !plus)?;
    Some(match zeros {
        0 | 1 => format!("{}, and no country code ({code})", written(number)?),
        _ => format!("with 0 before {} and no country code ({code})", &own[1..]),
    })
}

/// Returns how many digits two numbers share that have other prefixes, as those of two routes; none where these are country
/// codes.
fn swapped(number: &str, known: &str) -> Option<usize> {
    let of = |number: &str| {
        let (digits, plus) = digits(number)?;
        (!plus && !digits.starts_with('0')).then_some(digits)
    };
    let (one, other) = (of(number)?, of(known)?);
    let pairs = one.bytes().rev().zip(other.bytes().rev());
    let same = pairs.take_while(|(one, other)| one == other).count();
    let is_prefix = |digits: &str| (1..=6).contains(&(digits.len() - same));
    // What has no such sign, or no long prefix, may begin with a country code.
    let is_route = number.contains(['#', '*']) || one.len().max(other.len()) > same + 3;
    (same >= SUBSCRIBER && is_route && is_prefix(&one) && is_prefix(&other)).then_some(same)
}

/// Returns the country code behind which one of two numbers has a zero that the other does not have, and how that is said.
fn inner<'a>(number: &'a str, known: &str) -> Option<(&'a str, &'static str)> {
    let is_with = |with: &str, without: &str, at: usize| {
        with.get(..at) == without.get(..at)
            && with.get(at..at + 1) == Some("0")
            && with.get(at + 1..) == without.get(at..)
    };
    // Codes of one digit are 1 and 7.
    let codes = || (1..=3).filter(|at| *at > 1 || number.starts_with(['1', '7']));
    let at = codes().find(|at| is_with(number, known, *at));
    if let Some(at) = at {
        return Some((&number[..at], "a 0"));
    }
    let at = codes().find(|at| is_with(known, number, *at))?;
    Some((&number[..at], "no 0"))
}

/// Returns what is said where the same number was reached, and is written otherwise.
fn written_otherwise(
    one: &Attempt<'_>,
    twin: &Attempt<'_>,
    own: String,
    invites: &[&Attempt<'_>],
) -> Values {
    let (number, known) = (one.callee(), twin.callee());
    // What the client got, of which it made this.
    let dialled = |far: &Attempt<'_>| {
        let mut nears = invites.iter().rev().filter(|near| {
            let is_soon = far
                .micros
                .checked_sub(near.micros)
                .is_some_and(|gap| gap <= SECOND);
            let is_there = near.server == far.client && near.client != far.server && is_soon;
            is_there && legs::is_number(&near.callee(), &far.callee()) || legs::became(near, far)
        });
        nears.next().map(|near| (near.callee(), near.user("From")))
    };
    let sent = match (dialled(one), dialled(twin)) {
        (Some((before, who)), other) if before == number => {
            let other = other.filter(|(before, _)| *before != known);
            let made =
                other.map(|(before, who)| format!(", and made {known} of {before} for {who}"));
            format!(
                "; {} sent it on as {who} had dialled it{}",
                one.by(),
                made.unwrap_or_default()
            )
        }
        (Some((before, who)), _) => format!(
            "; {} made it of {before}, which {who} had dialled",
            one.by()
        ),
        _ => String::new(),
    };
    let passed = format!(
        "{known}, which is the same number, was reached by the same way {}",
        ago(one.micros, twin.micros)
    );
    vec![
        ("own", own),
        ("known", known),
        ("passed", passed),
        ("sent", sent),
    ]
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
    let values = values![("own", own.to_owned()), ("known", like), ("passed", passed)];
    (is_one && is_rule && is_long(&number)).then_some(values)
}
