//! Who watches the calls of another user, and is told of one that has ended, or not of one that has: the last document of a
//! subscription against the calls of the trace.

use super::attempts::{Attempt, ago, distinct};
use super::documents::{attribute, head};
use super::found::{Found, values};
use super::notified::state;
use super::order::{Call, Hop, SECOND, lasting};
use super::others::event;
use super::trunks::reason;
use crate::explain::call::tag;
use crate::explain::words::{list, quoted, text};
use crate::message::{parameter, seconds, user};

/// What is to be told is told in this time.
const TOLD: u64 = 10 * SECOND;

/// A dialog as a document tells of it.
struct Row {
    id: String,
    /// The Call-ID, where the document has it.
    call_id: Option<String>,
    state: String,
    /// The NOTIFY that said so.
    at: usize,
}

/// What a subscription was told at last.
struct Watch<'b, 'a> {
    hop: &'b Hop<'a>,
    rows: Vec<Row>,
    entity: String,
    last: usize,
    /// A call was told of once.
    has_told: bool,
}

pub(super) fn found(call: &Call<'_>, all: &[Attempt<'_>]) -> Vec<Found> {
    let mut tags: Vec<&Option<String>> = Vec::new();
    let mut watches: Vec<Watch<'_, '_>> = Vec::new();
    for hop in call.requests(b"NOTIFY") {
        let Some(at) = hop.requests.first().copied() else {
            continue;
        };
        if event(call.message(at)).as_deref() != Some("dialog") {
            continue;
        }
        let known = tags.iter().position(|tag| *tag == &hop.from);
        let known = known.unwrap_or_else(|| {
            tags.push(&hop.from);
            watches.push(Watch {
                hop,
                rows: Vec::new(),
                entity: String::new(),
                last: at,
                has_told: false,
            });
            watches.len() - 1
        });
        watches[known].take(call, hop, at);
    }
    let stuck = watches
        .iter()
        .filter_map(|watch| watch.stuck(call, all).or_else(|| watch.unlit(call, all)));
    stuck.take(1).collect()
}

/// Returns that a subscription was refused since nobody is known by that name, though the same server knows that user.
pub(super) fn unknown(all: &[Attempt<'_>]) -> Option<Found> {
    let mut own = all.iter().filter(|one| one.own.is_some());
    own.find_map(|one| {
        let code = one
            .code()
            .filter(|code| matches!(code, 404 | 410 | 480 | 604))?;
        let callee = one.callee();
        let is_subscribe = one.method() == "SUBSCRIBE";
        let is_meant =
            is_subscribe || one.method() == "MESSAGE" && tag(one.request, "To").is_none();
        let is_known = |other: &&Attempt<'_>| match other.request.method() {
            b"REGISTER" => other.is_success() && other.user("To") == callee,
            b"INVITE" => other.is_through() && other.callee() == callee,
            _ => false,
        };
        let mut there = all.iter().filter(|other| other.server == one.server);
        let known = there
            .find(is_known)
            .filter(|_| is_meant && !callee.is_empty())?;
        let package = if is_subscribe {
            event(one.request)?
        } else {
            "a text".to_owned()
        };
        let what = match package.as_str() {
            "a text" => {
                "a way for MESSAGE to that user, which a rule of its own may need".to_owned()
            }
            "message-summary" => "a mailbox of that user".to_owned(),
            "dialog" => "the state of that user's calls (a hint)".to_owned(),
            package => format!("what {package} tells of that user"),
        };
        let values = values![
            ("name", one.name()),
            ("event", package),
            ("code", code.to_string()),
            ("reason", reason(one)),
            ("user", callee),
            ("to", one.at()),
            ("known", known.name()),
            ("ago", ago(one.micros, known.micros)),
            ("what", what),
        ];
        Found::new("watch-unknown", &values, &one.proof()).map(Found::that_decides)
    })
}

impl<'b, 'a> Watch<'b, 'a> {
    /// Takes what a NOTIFY tells.
    fn take(&mut self, call: &Call<'a>, hop: &'b Hop<'a>, at: usize) {
        (self.hop, self.last) = (hop, at);
        let Ok(body) = str::from_utf8(call.message(at).body) else {
            return;
        };
        let Some(root) = head(body, "dialog-info") else {
            return;
        };
        let entity = attribute(root, "entity").unwrap_or_default();
        entity.clone_into(&mut self.entity);
        if attribute(root, "state") != Some("partial") {
            self.rows.clear();
        }
        let dialogs = body.split("<dialog ").skip(1);
        for dialog in dialogs {
            let tag = dialog.split('>').next().unwrap_or_default();
            let id = attribute(tag, "id").unwrap_or_default().to_owned();
            let state = dialog.split_once("<state").map(|(_, rest)| rest);
            let state = state.and_then(|rest| rest.split_once('>')?.1.split_once('<'));
            self.rows.retain(|row| row.id != id);
            self.rows.push(Row {
                id,
                call_id: attribute(tag, "call-id").map(str::to_owned),
                state: state.map_or_else(String::new, |(state, _)| state.trim().to_owned()),
                at,
            });
        }
        self.rows.retain(|row| row.state != "terminated");
        self.has_told |= !self.rows.is_empty();
    }

    /// Returns that the last that was told is of calls which have ended long before the trace does.
    fn stuck(&self, call: &Call<'_>, all: &[Attempt<'_>]) -> Option<Found> {
        let is_over = state(call, self.last).is_some_and(|state| state == "terminated");
        let refused = self
            .hop
            .last(call, 300)
            .is_some_and(|at| !call.is_success(at));
        let row = self.rows.first().filter(|_| !is_over && !refused)?;
        let told = call.micros(row.at)?;
        let invites = || all.iter().filter(|one| one.is_invite());
        let watched = user(self.entity.as_bytes());
        let named =
            |one: &&Attempt<'_>| row.call_id.as_deref().map(str::as_bytes) == Some(one.call_id());
        let is_user = |one: &Attempt<'_>| {
            let users = [one.callee(), one.user("From"), one.user("To")];
            !watched.is_empty() && users.iter().any(|user| user.as_bytes() == watched)
        };
        let of_call: Vec<&Attempt<'_>> = invites().filter(named).collect();
        let is_named = !of_call.is_empty();
        let of_call = if is_named {
            of_call
        } else {
            invites().filter(|one| is_user(one)).collect()
        };
        // Some begin when they are told of, and one of them is enough to keep it so.
        let begun = of_call.iter().any(|one| one.micros <= told + SECOND);
        let ends: Option<Vec<u64>> = of_call.iter().map(|one| end(one)).collect();
        let end = ends?.into_iter().max().filter(|end| begun && *end > told)?;
        let quiet = call.last?.checked_sub(end)?;
        let later = call.micros(self.last)? + SECOND > end;
        if quiet < TOLD || later || self.is_expired(call, end) {
            return None;
        }
        let others = self.others(call, end);
        let users = of_call.iter().map(|one| text(one.call_id()));
        let mut ids = distinct(&mut users.take(3));
        for id in &mut ids {
            *id = quoted(id);
        }
        let values = values![
            ("state", row.state.clone()),
            ("user", text(watched)),
            ("ids", list(&ids)),
            ("gap", lasting(end - told)),
            ("quiet", lasting(quiet)),
            ("others", others),
        ];
        let id = if is_named {
            "state-kept"
        } else {
            "state-kept-open"
        };
        let found = Found::told(call, id, self.hop, row.at, &values, &[row.at])?;
        Some(found.that_decides())
    }

    /// Returns that a call begins and goes on for long, of which nothing was told.
    fn unlit(&self, call: &Call<'_>, all: &[Attempt<'_>]) -> Option<Found> {
        let is_over = state(call, self.last).is_some_and(|state| state == "terminated");
        let refused = self
            .hop
            .last(call, 300)
            .is_some_and(|at| !call.is_success(at));
        let told = call.micros(self.last)?;
        let watched = user(self.entity.as_bytes());
        if !self.rows.is_empty() || is_over || refused || watched.is_empty() {
            return None;
        }
        let is_user = |one: &&Attempt<'_>| {
            let users = [one.callee(), one.user("From"), one.user("To")];
            users.iter().any(|user| user.as_bytes() == watched)
        };
        let answered = |one: &Attempt<'_>| {
            let (_, begins) = one.answer.filter(|_| one.is_success())?;
            let ends = one.ends.or(call.last)?;
            let is_long = ends >= begins + TOLD && begins > told + SECOND;
            is_long.then_some((begins, ends))
        };
        let mut invites = all.iter().filter(|one| one.is_invite()).filter(is_user);
        let (one, (begins, ends)) = invites.find_map(|one| Some((one, answered(one)?)))?;
        let others = self.others(call, begins);
        // What is told of no call at all may be meant so.
        if self.is_expired(call, begins) || !self.has_told && others.is_empty() {
            return None;
        }
        let values = values![
            ("user", text(watched)),
            ("ids", quoted(&text(one.call_id()))),
            ("gap", lasting(begins - told)),
            ("quiet", lasting(ends - begins)),
            ("others", others),
        ];
        let found = Found::told(
            call,
            "state-untold",
            self.hop,
            self.last,
            &values,
            &[self.last],
        )?;
        Some(found.that_decides())
    }

    /// Returns whether the subscription had run out at a time, as its last NOTIFY says.
    fn is_expired(&self, call: &Call<'_>, end: u64) -> bool {
        let value = call.message(self.last).value("Subscription-State");
        let left = value.and_then(|value| parameter(value, b';', "expires"));
        let left = left.and_then(seconds);
        let told = call.micros(self.last).unwrap_or_default();
        left.is_some_and(|left| told + u64::from(left) * SECOND < end + TOLD)
    }

    /// Returns that another subscription to the same user was told of the end.
    fn others(&self, call: &Call<'_>, end: u64) -> String {
        let has_entity = |body: &[u8]| {
            let body = String::from_utf8_lossy(body);
            !self.entity.is_empty() && body.contains(self.entity.as_str())
        };
        let told = call.others.iter().find(|one| {
            let message = &one.message;
            message.method() == b"NOTIFY"
                && (end..end + TOLD).contains(&one.micros)
                && event(message).as_deref() == Some("dialog")
                && has_entity(message.body)
        });
        let to = told.and_then(|one| one.to);
        to.map_or_else(String::new, |to| {
            format!(", while {to}, which watches the same, was told of it")
        })
    }
}

/// Returns when a call ended; none where that is not known.
fn end(one: &Attempt<'_>) -> Option<u64> {
    let (_, micros) = one.answer?;
    if one.is_success() {
        one.ends
    } else {
        Some(micros)
    }
}
