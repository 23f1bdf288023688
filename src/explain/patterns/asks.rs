//! Refusals that name a part of the request, and whether the next request has that part again.

use super::found::{Found, values};
use super::obeyed::{Refusal, uri};
use super::order::{Call, Hop, target};
use super::others::user;
use crate::explain::dialog::host;
use crate::explain::sorted::sort_by;
use crate::explain::words::{list, quoted, text};
use crate::message::{Message, address, parameter, parts};

/// What is wrong with a request.
enum Wrong {
    /// A field of it has what the field of the response does not list.
    Unlisted(&'static str, &'static str),
    Method,
    /// A field has what it had in the request that was refused.
    Same(&'static str),
    Lacks(&'static str),
    Uri,
    Scheme,
    /// It has a body no shorter than the one that was refused.
    Body,
    Outbound,
    /// Security-Verify is not the list of Security-Server.
    Agreement,
}
use Wrong::{Agreement, Body, Lacks, Method, Outbound, Same, Scheme, Unlisted, Uri};

/// Codes, the pattern of what is not done, and what they say is wrong.
const ASKS: &[(u16, &str, Wrong)] = &[
    (405, "method-again", Method),
    (406, "accept-again", Same("Accept")),
    (412, "entity-tag-again", Same("SIP-If-Match")),
    (413, "size-again", Body),
    (414, "uri-again", Uri),
    (415, "type-again", Unlisted("Content-Type", "Accept")),
    (
        415,
        "type-again",
        Unlisted("Content-Encoding", "Accept-Encoding"),
    ),
    (416, "scheme-again", Scheme),
    (
        417,
        "priority-again",
        Unlisted("Resource-Priority", "Accept-Resource-Priority"),
    ),
    (428, "identity-missing", Lacks("Identity")),
    (429, "referred-by-again", Same("Referred-By")),
    (436, "identity-again", Same("Identity")),
    (437, "identity-again", Same("Identity")),
    (438, "identity-again", Same("Identity")),
    (439, "outbound-again", Outbound),
    (469, "package-again", Unlisted("Info-Package", "Recv-Info")),
    (484, "uri-again", Uri),
    (485, "uri-again", Uri),
    (489, "event-again", Unlisted("Event", "Allow-Events")),
    (493, "encrypted-again", Same("Content-Type")),
    (494, "agreement-again", Agreement),
    (513, "size-again", Body),
];

/// Returns what the next request does with what a refusal says.
pub(super) fn found(refusal: &Refusal<'_, '_>) -> Option<Found> {
    let (call, response) = (refusal.call, refusal.response());
    let at = *refusal.hop.requests.first()?;
    let refused = call.message(at);
    let again = refusal.again.as_ref()?;
    let code = call.code(refusal.outcome);
    // What another server takes is another matter, and a ping gets its answer by any code.
    let goes_elsewhere = again.to != call.record(at).to;
    if goes_elsewhere || matches!(refusal.hop.method, b"OPTIONS" | b"ACK" | b"CANCEL") {
        return None;
    }
    if code == 403 {
        return forbidden(refusal);
    }
    let rows = || ASKS.iter().filter(|(own, ..)| *own == code);
    for (_, id, wrong) in rows() {
        let Some(before) = wrong.of(refused, response, refused) else {
            continue;
        };
        // Somebody who tries once more dials the same.
        if matches!(wrong, Uri) && again.at.is_none() {
            return None;
        }
        let own = wrong.of(again.message, response, refused);
        let asked = wrong.asked(response).unwrap_or_default();
        return match own {
            Some(own) => refusal.found(id, [("asked", asked), ("before", before), ("own", own)]),
            None if matches!(wrong, Method) => None,
            None => refusal.found("asked-followed", [("own", before)]),
        };
    }
    // A list that is not there tells nothing, but that something has to change.
    let (.., wrong) = rows().next()?;
    let field = match wrong {
        Unlisted(own, list) if !response.has(list) => own,
        _ => return None,
    };
    let is_same = refused.has(field) && Same(field).of(again.message, response, refused).is_some();
    let what = format!("the same {field}");
    is_same.then(|| refusal.found("unchanged-again", [("what", what)]))?
}

impl Refusal<'_, '_> {
    /// Returns that a flow failed which is not that of the client.
    pub(super) fn flow(&self) -> Option<Found> {
        // A proxy may get one.
        let callee = (self.hop.vias == 1).then(|| user(self.response(), "To"))?;
        self.found("flow-failed", [("callee", callee)])
    }

    /// Returns that the request does not mirror the mechanisms that its server had listed before.
    pub(super) fn agreement(&self) -> Option<Found> {
        let at = *self.hop.requests.first()?;
        let all = self.call.all.iter().enumerate().take(at);
        let mut listed = all.filter(|(_, one)| one.code().is_some() && one.has("Security-Server"));
        let (before, listing) = listed.next_back()?;
        let own = disagreement(self.call.message(at), listing)?;
        let values = values![("own", own), ("other", self.call.code(before).to_string())];
        let proof = [before, at, self.outcome];
        Found::told(
            self.call,
            "agreement-differs",
            self.hop,
            self.outcome,
            &values,
            &proof,
        )
    }

    /// Returns that the next request does not go by the proxy that a 305 names.
    pub(super) fn proxy(&self) -> Option<Found> {
        let proxy = self.response().value("Contact").map(uri)?;
        let again = self.again.as_ref()?;
        let aim = again
            .message
            .value("Route")
            .map_or(target(again.message), |route| route);
        let is_there = again
            .to
            .is_some_and(|to| host(&proxy) == to.ip().to_string())
            || host(&text(address(aim))) == host(&proxy);
        let id = if is_there {
            "redirect-followed"
        } else {
            "proxy-not-used"
        };
        self.found(id, [("own", proxy)])
    }
}

/// Returns that what a client sends by itself comes again as it was, though it is forbidden.
fn forbidden(refusal: &Refusal<'_, '_>) -> Option<Found> {
    let again = refusal.again.as_ref()?;
    let refused = &refusal.call.message(*refusal.hop.requests.first()?);
    let is_by_itself = matches!(refusal.hop.method, b"REGISTER" | b"SUBSCRIBE" | b"PUBLISH");
    let mut names = ["Event", "Expires", "Contact"].iter();
    let is_same = names.all(|name| refused.value(name) == again.message.value(name));
    let has = |name| refused.has(name) == again.message.has(name);
    let is_it = is_by_itself
        && is_same
        && target(refused) == target(again.message)
        && has("Authorization")
        && has("Proxy-Authorization")
        && again.became == Some(403);
    is_it.then(|| refusal.found("forbidden-again", []))?
}

impl Wrong {
    /// Returns what a request has, or lacks, that a refusal does not take.
    fn of(
        &self,
        own: &Message<'_>,
        response: &Message<'_>,
        refused: &Message<'_>,
    ) -> Option<String> {
        let uri = || text(target(own));
        match self {
            Unlisted(field, list) => unlisted(own, field, response, list),
            Method => {
                let method = text(own.method());
                let is_listed = response.lists("Allow", &method) || !response.has("Allow");
                let is_there = target(own) == target(refused);
                (!is_listed && is_there).then_some(method)
            }
            Same(field) => {
                let is_same = own.values(field).eq(refused.values(field));
                own.value(field).filter(|_| is_same).map(text)
            }
            Lacks(field) => (!own.has(field)).then(|| (*field).to_owned()),
            Uri => (target(own) == target(refused)).then(uri),
            Scheme => {
                let scheme = |one| target(one).split(|byte| *byte == b':').next();
                let is_same = scheme(own) == scheme(refused);
                (is_same && scheme(own) != Some(b"sip")).then(uri)
            }
            Body => {
                let length = own.body.len();
                (length > 0 && length >= refused.body.len()).then(|| format!("{length} bytes"))
            }
            Outbound => {
                let contact = own.value("Contact")?;
                let asks = own.lists("Supported", "outbound") || own.lists("Require", "outbound");
                let id = parameter(contact, b';', "reg-id").filter(|_| asks)?;
                Some(format!("reg-id={}", text(id)))
            }
            Agreement => disagreement(own, response),
        }
    }

    /// Returns what a response asks for.
    fn asked(&self, response: &Message<'_>) -> Option<String> {
        let field = match self {
            Unlisted(_, list) => list,
            Method => "Allow",
            Agreement => "Security-Server",
            _ => return None,
        };
        let values: Vec<String> = response.values(field).map(text).collect();
        Some(list(&values))
    }
}

/// Returns what of a field a list does not have; one that ends with an asterisk has all that begins so.
pub(super) fn unlisted(
    own: &Message<'_>,
    field: &str,
    response: &Message<'_>,
    list: &str,
) -> Option<String> {
    let bare = |value: &[u8]| {
        let bare = value.split(|byte| *byte == b';').next();
        text(bare.unwrap_or_default()).to_ascii_lowercase()
    };
    if !response.has(list) || field == "Content-Type" && own.body.is_empty() {
        return None;
    }
    let listed: Vec<String> = response.values(list).map(bare).collect();
    let is_listed = |value: &String| {
        let mut listed = listed.iter();
        listed.any(|one| match one.strip_suffix('*') {
            Some("*/") => true,
            Some(begin) => value.starts_with(begin),
            None => one == value,
        })
    };
    let mut values = own.values(field).map(bare);
    values.find(|value| !is_listed(value))
}

/// Returns how the mechanisms that a client mirrors differ from those that its server listed: order and parameters count.
fn disagreement(own: &Message<'_>, server: &Message<'_>) -> Option<String> {
    let mechanisms = |message: &Message<'_>, field: &str| -> Vec<Vec<String>> {
        let values = message.values(field);
        values
            .map(|value| {
                let mut all: Vec<String> = parts(value, b';').map(text).collect();
                for one in &mut all {
                    one.make_ascii_lowercase();
                    one.retain(|letter| !letter.is_whitespace());
                }
                sort_by(all.get_mut(1..).unwrap_or_default(), String::cmp);
                all
            })
            .collect()
    };
    let known = mechanisms(server, "Security-Server");
    let mirrored = mechanisms(own, "Security-Verify");
    if known.is_empty() || known == mirrored {
        return None;
    }
    let names = |all: &[Vec<String>]| -> Vec<String> {
        all.iter().map(|one| quoted(&one.join(";"))).collect()
    };
    let missing: Vec<Vec<String>> = known
        .iter()
        .filter(|one| !mirrored.contains(one))
        .cloned()
        .collect();
    Some(match (mirrored.is_empty(), missing.is_empty()) {
        (true, _) => "no Security-Verify".to_owned(),
        (_, false) => format!("a Security-Verify without {}", list(&names(&missing))),
        _ => format!("a Security-Verify with {}", list(&names(&mirrored))),
    })
}

/// A MESSAGE has no more bytes (RFC 3428 section 8).
const LONGEST: usize = 1300;

/// Returns that a MESSAGE is longer than it may be over UDP, where it was refused for that or got no answer.
pub(super) fn long(call: &Call<'_>, hop: &Hop<'_>, outcome: Option<usize>) -> Option<Found> {
    let first = *hop.requests.first()?;
    let length = call.record(first).bytes.len();
    let code = outcome.map(|at| call.code(at));
    let via = call.message(first).values("Via").next().unwrap_or_default();
    let is_udp = via
        .windows(4)
        .any(|part| part.eq_ignore_ascii_case(b"/UDP"));
    let is_long = hop.is("MESSAGE") && hop.is_outside() && is_udp && length > LONGEST;
    let is_failed = match code {
        Some(code) => matches!(code, 408 | 413 | 513),
        None => hop.requests.len() > 2,
    };
    if !is_long || !is_failed {
        return None;
    }
    let again = outcome.and_then(|outcome| call.again(hop, outcome));
    let again = again.filter(|again| again.message.body.len() >= call.message(first).body.len());
    let again = again.map(|again| format!("; {} is as long: {}", again.name, again.became()));
    let values = values![
        ("length", length.to_string()),
        (
            "became",
            code.map_or_else(|| "no answer".to_owned(), |code| code.to_string()),
        ),
        ("again", again.unwrap_or_default()),
    ];
    let proof: Vec<usize> = [first].into_iter().chain(outcome).collect();
    Found::told(
        call,
        "message-long",
        hop,
        outcome.unwrap_or(first),
        &values,
        &proof,
    )
}
