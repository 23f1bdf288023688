//! Whose calls a peer takes, as other calls by the same way tell: those from the numbers of a line.

use super::attempts::{Attempt, ago, distinct};
use super::found::values;
use super::legs;
use super::trunks::Told;

/// What a peer says to whom it does not let call.
const FORBIDDEN: [u16; 6] = [400, 403, 480, 503, 603, 606];
/// So many digits at its beginning make a line out of numbers.
const PREFIX: usize = 4;

/// Returns by which number a caller is to be known, and the field that has it.
fn caller(one: &Attempt<'_>) -> (String, &'static str) {
    let fields = [
        "P-Asserted-Identity",
        "P-Preferred-Identity",
        "Remote-Party-ID",
        "From",
    ];
    let field = fields
        .into_iter()
        .find(|field| one.request.has(field))
        .unwrap_or("From");
    (one.user(field), field)
}

/// The numbers from which calls pass.
struct Line {
    callers: Vec<String>,
    /// So many of their first letters are the same; none where they are not those of a line.
    shared: Option<usize>,
}

impl Line {
    fn of(passed: &[&Attempt<'_>]) -> Option<Self> {
        let callers = distinct(&mut passed.iter().map(|other| caller(other).0));
        let first = callers.first()?;
        let least = callers.iter().map(|number| shared(first, number)).min()?;
        // A line has its numbers one behind the other.
        let shared = match callers.len() {
            1 => least.saturating_sub(3),
            _ => least,
        };
        let digits = first.as_bytes()[..shared].iter();
        let is_line = digits.filter(|byte| byte.is_ascii_digit()).count() >= PREFIX;
        Some(Self {
            shared: is_line.then_some(shared),
            callers,
        })
    }

    fn has(&self, number: &String) -> bool {
        match self.shared {
            Some(least) => shared(&self.callers[0], number) >= least,
            None => self.callers.contains(number),
        }
    }
}

/// Returns how many of their first letters two numbers share.
fn shared(one: &str, other: &str) -> usize {
    let pairs = one.bytes().zip(other.bytes());
    pairs.take_while(|(one, other)| one == other).count()
}

/// Returns that calls pass from numbers of one line only.
pub(super) fn told(one: &Attempt<'_>, invites: &[&Attempt<'_>]) -> Option<Told> {
    let code = one.code().filter(|code| FORBIDDEN.contains(code))?;
    let (own, field) = caller(one);
    let way = || invites.iter().filter(|other| other.is_on_way(one));
    let passed: Vec<&Attempt<'_>> = way().copied().filter(|other| other.is_through()).collect();
    let line = Line::of(&passed)?;
    if own.is_empty() || line.has(&own) {
        return None;
    }
    let refused = way().filter(|other| other.code() == Some(code) && !line.has(&caller(other).0));
    let refused = refused.count();
    let callee = one.callee();
    let twin = passed.iter().find(|other| other.callee() == callee);
    let is_enough = match twin {
        Some(_) => line.shared.is_some() || refused > 1,
        None => line.shared.is_some() && refused > 1 && passed.len() > 1,
    };
    if !is_enough {
        return None;
    }
    let passed = match twin {
        Some(twin) => format!(
            "{callee} was reached by the same way {} from {}",
            ago(one.micros, twin.micros),
            caller(twin).0
        ),
        None => format!(
            "all calls that passed by the same way in this trace were from numbers such as {}",
            line.callers[0]
        ),
    };
    let refusals = match refused {
        0 | 1 => String::new(),
        all => format!(" All {all} calls with such a number were refused so."),
    };
    let without = match field {
        "From" => " and has no P-Asserted-Identity or P-Preferred-Identity with one of its own",
        _ => "",
    };
    let diverted = if one.request.has("Diversion") || one.request.has("History-Info") {
        "; that the call is forwarded (Diversion or History-Info) does not count there".to_owned()
    } else {
        forwarded(one, invites).unwrap_or_default()
    };
    let values = values![
        ("own", own),
        ("field", field.to_owned()),
        ("passed", passed),
        ("refusals", refusals),
        ("without", without.to_owned()),
        ("diverted", diverted),
    ];
    Some(("caller-foreign", values))
}

/// Returns that the call came from outside and is forwarded, where nothing in it says so.
fn forwarded(one: &Attempt<'_>, invites: &[&Attempt<'_>]) -> Option<String> {
    let is_of = |near: &&&Attempt<'_>| {
        let is_here = near.server == one.client && near.call_id() != one.call_id();
        let is_while = near.micros <= one.micros && one.is_while(near);
        let is_his = legs::is_number(&near.user("From"), &one.user("From"));
        is_here && is_while && is_his && !legs::is_number(&near.callee(), &one.callee())
    };
    let near = invites.iter().rfind(is_of)?;
    Some(format!(
        "; the call came from {} for {} and is forwarded, and neither Diversion nor History-Info says so",
        near.by(),
        near.callee()
    ))
}
