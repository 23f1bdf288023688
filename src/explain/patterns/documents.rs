//! Documents that NOTIFY requests carry whose root element counts them: a subscriber puts them in order by that number, and
//! leaves out what it takes for old.

use super::found::{Found, values};
use super::order::{Call, Hop, SECOND};
use super::others::event;
use crate::explain::call::{named, number, tag};
use crate::explain::waiting;
use crate::explain::words::quoted;

/// Root elements with the attributes `version` and `state`, and whether the first document is full.
const ROOTS: [&str; 4] = ["dialog-info", "reginfo", "conference-info", "watcherinfo"];

/// Who asks for the full state does it sooner than this.
const ASKS: u64 = 10 * SECOND;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let documents: Vec<Document> = call
        .requests(b"NOTIFY")
        .filter_map(|hop| Document::of(call, hop))
        .collect();
    let counted = documents.iter().enumerate().filter_map(|(at, one)| {
        let (before, after) = documents.split_at(at);
        of(call, before, one).or_else(|| gap(call, before, one, &after[1..]))
    });
    let summaries = call.requests(b"NOTIFY");
    let summaries = summaries.filter_map(|hop| summary(call, hop));
    counted.chain(summaries).collect()
}

/// Returns that a message summary says one thing and counts another.
fn summary(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let at = *hop.requests.first()?;
    let unlike = waiting::unlike(call.message(at))?;
    if hop.last(call, 300).is_some_and(|at| !call.is_success(at)) {
        return None;
    }
    let (from, to) = call.between(at);
    let values = values![
        ("name", named(call.message(at))),
        ("says", unlike.says()),
        ("from", from),
        ("to", to),
    ];
    let id = if unlike.is_yes {
        "summary-none-new"
    } else {
        "summary-new"
    };
    Found::new(id, &values, &[at])
}

/// What a NOTIFY carries.
struct Document {
    at: usize,
    root: &'static str,
    version: u64,
    is_full: bool,
    /// What is told apart: the subscription, and the element that tells.
    of: [Option<String>; 3],
}

impl Document {
    fn of(call: &Call<'_>, hop: &Hop<'_>) -> Option<Self> {
        let at = *hop.requests.first()?;
        let message = call.message(at);
        // What was refused comes again.
        if hop.last(call, 300).is_some_and(|at| !call.is_success(at)) {
            return None;
        }
        let body = str::from_utf8(message.body).ok()?;
        let (root, head) = ROOTS
            .into_iter()
            .find_map(|root| Some((root, head(body, root)?)))?;
        Some(Self {
            at,
            root,
            version: attribute(head, "version")?.parse().ok()?,
            is_full: attribute(head, "state") != Some("partial"),
            of: [tag(message, "From"), tag(message, "To"), event(message)],
        })
    }
}

/// Returns what stands in the tag of the root element.
pub(super) fn head<'a>(body: &'a str, root: &str) -> Option<&'a str> {
    let mut tags = body.split('<').skip(1);
    let head = tags.find_map(|one| {
        let name = one.split([' ', '\t', '\r', '\n', '>']).next()?;
        let name = name.rsplit(':').next()?;
        (name == root).then(|| one.split('>').next())?
    })?;
    Some(head)
}

pub(super) fn attribute<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let mut words = head.split_ascii_whitespace();
    let value = words.find_map(|word| word.strip_prefix(name)?.strip_prefix('='))?;
    let value = value.trim_end_matches('/');
    Some(value.trim_matches(['"', '\'']))
}

fn of(call: &Call<'_>, before: &[Document], one: &Document) -> Option<Found> {
    let own = before
        .iter()
        .filter(|other| (other.root, &other.of) == (one.root, &one.of));
    let last = own.max_by_key(|other| (other.version, other.at));
    let name = |one: &Document| named(call.message(one.at));
    let (from, to) = call.between(one.at);
    let mut values = values![
        ("name", name(one)),
        ("root", one.root.to_owned()),
        ("own", one.version.to_string()),
        ("from", from),
        ("to", to),
    ];
    let Some(last) = last else {
        let subscribe = subscribe(call, one)?;
        values.push(("subscribe", named(call.message(subscribe))));
        let proof = [subscribe, one.at];
        return (!one.is_full && one.version == 0)
            .then(|| Found::new("document-partial", &values, &proof))?;
    };
    let body = |one: &Document| call.message(one.at).body;
    if one.version > last.version || body(one) == body(last) {
        return None;
    }
    let state = state(body(one)).map(|state| format!(" ({})", quoted(state)));
    values.push(("state", state.unwrap_or_default()));
    values.push(("before", name(last)));
    values.push(("known", last.version.to_string()));
    Found::new("document-version", &values, &[last.at, one.at]).map(Found::that_decides)
}

/// Returns that a document with partial state comes behind a gap, and that nobody asks for the full state.
fn gap(call: &Call<'_>, before: &[Document], one: &Document, after: &[Document]) -> Option<Found> {
    let is_own = |other: &&Document| (other.root, &other.of) == (one.root, &one.of);
    let last = before.iter().rfind(is_own)?;
    let missed = one.version.checked_sub(last.version + 1)?;
    let is_asked = |hop: &Hop<'_>| hop.first() > Some(one.at) && hop.from == one.of[1];
    let is_mended = after.iter().filter(is_own).any(|other| other.is_full)
        || call.requests(b"SUBSCRIBE").any(is_asked);
    if missed == 0 || one.is_full || is_mended || !call.goes_on(one.at, ASKS) {
        return None;
    }
    let number = |one: &Document| number(call.message(one.at));
    let sent = number(one)?.checked_sub(number(last)? + 1)?;
    let between = call.requests(b"NOTIFY").find(|hop| {
        let is_between = hop.first() > Some(last.at) && hop.first() < Some(one.at);
        is_between
            && hop.from == one.of[0]
            && !hop.last(call, 200).is_some_and(|at| call.is_success(at))
    });
    let (id, why) = match between {
        Some(hop) => (
            "document-gap",
            match hop.last(call, 200) {
                Some(at) => format!("{} got {}", hop.name(), call.code(at)),
                None => format!("{} got no answer", hop.name()),
            },
        ),
        None if sent == 0 => (
            "document-gap",
            "no NOTIFY was sent between them, as their CSeq tells".to_owned(),
        ),
        None => (
            "document-gap-open",
            "what was sent between them is not in this trace".to_owned(),
        ),
    };
    let (from, to) = call.between(one.at);
    let values = values![
        ("name", named(call.message(one.at))),
        ("root", one.root.to_owned()),
        ("own", one.version.to_string()),
        ("before", named(call.message(last.at))),
        ("known", last.version.to_string()),
        ("why", why),
        ("from", from),
        ("to", to),
    ];
    let proof: Vec<usize> = [last.at, one.at]
        .into_iter()
        .chain(between.and_then(Hop::first))
        .collect();
    let found = Found::new(id, &values, &proof);
    found.map(Found::that_decides)
}

/// Returns the first state that a document tells.
fn state(body: &[u8]) -> Option<&str> {
    let body = str::from_utf8(body).ok()?;
    let (_, behind) = body.split_once("<state")?;
    let (_, behind) = behind.split_once('>')?;
    let (state, _) = behind.split_once('<')?;
    Some(state.trim()).filter(|state| !state.is_empty())
}

/// Returns the SUBSCRIBE that begins the subscription of a document.
fn subscribe(call: &Call<'_>, one: &Document) -> Option<usize> {
    let [from, to, _] = &one.of;
    let mut begins = call
        .requests(b"SUBSCRIBE")
        .filter(|hop| hop.is_outside() && &hop.from == to);
    begins.find_map(|hop| {
        let success = hop.responses.iter().find(|at| call.is_success(**at))?;
        let is_it = call.to(*success) == *from && call.message(*success).has("Expires");
        hop.requests.first().copied().filter(|_| is_it)
    })
}
