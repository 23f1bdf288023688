//! Credentials as digests: what a challenge asks for, what a request brings, and in what that does not fit.

use super::found::{Found, values};
use super::order::{Call, Hop, target};
use super::others::{bare, user};
use crate::explain::call::Beside;
use crate::explain::credentials;
use crate::explain::facts::Facts;
use crate::explain::words::{quoted, text};
use crate::message::{Message, parameters};

/// What a challenge asks for, or credentials bring.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Digest {
    pub(super) realm: String,
    pub(super) nonce: String,
    pub(super) response: String,
    pub(super) user: String,
    pub(super) count: String,
    pub(super) opaque: String,
    pub(super) auts: String,
    uri: String,
    qop: String,
    cnonce: String,
    algorithm: String,
    pub(super) is_stale: bool,
}

pub(super) fn digest(value: &[u8]) -> Digest {
    let value = value.trim_ascii();
    let end = value.iter().position(u8::is_ascii_whitespace);
    let rest = &value[end.unwrap_or(value.len())..];
    let mut digest = Digest::default();
    for (name, value) in parameters(rest, b',') {
        match name.to_ascii_lowercase().as_slice() {
            b"realm" => digest.realm = text(value),
            b"nonce" => digest.nonce = text(value),
            b"response" => digest.response = text(value),
            b"username" => digest.user = text(value),
            b"opaque" => digest.opaque = text(value),
            b"nc" => digest.count = text(value),
            b"auts" => digest.auts = text(value),
            b"uri" => digest.uri = text(value),
            b"qop" => digest.qop = text(value),
            b"cnonce" => digest.cnonce = text(value),
            b"algorithm" => digest.algorithm = text(value),
            b"stale" => digest.is_stale = value.eq_ignore_ascii_case(b"true"),
            _ => {}
        }
    }
    digest
}

pub(super) fn asked(response: &Message<'_>, code: u16) -> Digest {
    let name = if code == 401 {
        "WWW-Authenticate"
    } else {
        "Proxy-Authenticate"
    };
    response.value(name).map(digest).unwrap_or_default()
}

/// Returns the credentials that a request brings for a realm.
pub(super) fn brought(request: &Message<'_>, code: u16, realm: &str) -> Option<Digest> {
    let name = if code == 401 {
        "Authorization"
    } else {
        "Proxy-Authorization"
    };
    let all: Vec<Digest> = request.all(name).map(|field| digest(field.value)).collect();
    all.into_iter().find(|one| one.realm == realm)
}

/// Returns in what credentials do not fit the challenge that they answer, or the request that brings them.
pub(super) fn unfit(
    call: &Call<'_>,
    [request, outcome]: [usize; 2],
    own: &Digest,
    known: &Digest,
) -> Option<String> {
    let beside = Beside {
        call: call.all,
        at: outcome,
    };
    let facts = Facts::of(call.message(outcome)).beside(beside);
    let is_other = own.opaque != known.opaque;
    let opaque = || is_other.then(|| "their opaque is not that of the challenge".to_owned());
    let is_malformed = call.code(outcome) == 400;
    // A server that takes the request for malformed does not read the digest itself.
    let shape = || own.shape().filter(|_| !is_malformed);
    credentials::unfit(&facts)
        .or_else(opaque)
        .or_else(shape)
        .or_else(|| {
            let uri = own.other_uri(call, request).filter(|_| is_malformed)?;
            Some(uri + ", and both have to be the same")
        })
}

/// Returns, as the end of a sentence, what some servers do not take in credentials, and others do.
pub(super) fn beside(call: &Call<'_>, request: usize, own: &Digest, known: &Digest) -> String {
    let doubt = own
        .other_uri(call, request)
        .or_else(|| own.no_qop(call, known));
    doubt.map_or_else(String::new, |doubt| {
        format!("; or since {doubt}, which some servers refuse")
    })
}

impl Digest {
    /// Returns what is missing in credentials, or has another length than their algorithm makes.
    fn shape(&self) -> Option<String> {
        let algorithm = match self.algorithm.as_str() {
            "" => "MD5",
            named => named,
        };
        if self.response.is_empty() && self.auts.is_empty() && algorithm.starts_with("AKA") {
            return Some("their response is empty, without auts: so a SIM says that the challenge is not one of its network, as with another key".to_owned());
        }
        if !self.qop.is_empty() && (self.count.is_empty() || self.cnonce.is_empty()) {
            return Some(format!(
                "they have qop {} and not nc and cnonce, of which the response has to be made then",
                self.qop
            ));
        }
        let is_hex = self.response.bytes().all(|byte| byte.is_ascii_hexdigit());
        let digits = if algorithm.to_ascii_uppercase().contains("SHA") {
            64
        } else {
            32
        };
        let is_other = matches!(self.response.len(), 32 | 64) && self.response.len() != digits;
        (is_hex && is_other).then(|| {
            format!(
                "their response has {} digits, and {algorithm} makes {digits}: it is made with another algorithm",
                self.response.len()
            )
        })
    }

    /// Returns that credentials leave out the qop which their challenge offers.
    fn no_qop(&self, call: &Call<'_>, known: &Self) -> Option<String> {
        let is_bare = |own: &Self| own.qop.is_empty();
        let lacks = !known.qop.is_empty() && is_bare(self);
        (lacks && !self.is_taken(call, &|own, _| is_bare(own))).then(|| {
            format!(
                "they have no qop, though the challenge offers {}",
                known.qop
            )
        })
    }

    /// Returns that the digest is made of another URI than that of its request.
    fn other_uri(&self, call: &Call<'_>, request: usize) -> Option<String> {
        let differs = |own: &Self, message: &Message<'_>| {
            !own.uri.is_empty() && bare(own.uri.as_bytes()) != bare(target(message))
        };
        let request = call.message(request);
        let is_it = differs(self, request) && !self.is_taken(call, &differs);
        is_it.then(|| {
            format!(
                "their uri is {} and the Request-URI {}",
                self.uri,
                text(target(request))
            )
        })
    }

    /// Returns whether other credentials of the same user that are alike in something were accepted.
    fn is_taken(&self, call: &Call<'_>, is_alike: &dyn Fn(&Self, &Message<'_>) -> bool) -> bool {
        let is_it = |message: &Message<'_>| {
            let fields = ["Authorization", "Proxy-Authorization"].iter();
            let fields = fields.flat_map(|name| message.all(name));
            let all: Vec<Self> = fields.map(|field| digest(field.value)).collect();
            let mut own = all.iter();
            own.any(|own| own.user == self.user && is_alike(own, message))
        };
        let is_accepted = |code: Option<u16>| code.is_some_and(|code| (180..300).contains(&code));
        let mut here = call.hops.iter().filter(|hop| {
            let mut answers = hop.responses.iter();
            answers.any(|at| is_accepted(Some(call.code(*at))))
        });
        let mut there = call.others.iter().filter(|other| is_it(&other.message));
        here.any(|hop| {
            hop.requests
                .first()
                .is_some_and(|at| is_it(call.message(*at)))
        }) || there.any(|other| {
            let answer = call.answer_to(other);
            is_accepted(answer.and_then(|answer| answer.message.code()))
        })
    }
}

/// Returns the user of credentials, and that of From where it is another one.
pub(super) fn of_user(request: &Message<'_>, own: &str) -> String {
    let from = user(request, "From");
    let bare = own.split('@').next().unwrap_or_default();
    if bare == from || from.is_empty() {
        return quoted(own);
    }
    format!("{} (From is {})", quoted(own), quoted(&from))
}

/// Returns that credentials count a nonce as an earlier request with it did, and are refused.
pub(super) fn counted(call: &Call<'_>, hop: &Hop<'_>, outcome: usize) -> Option<Found> {
    let request = *hop.requests.first()?;
    let name = if call.code(outcome) == 401 {
        "Authorization"
    } else {
        "Proxy-Authorization"
    };
    let all = |at: usize| -> Vec<Digest> {
        let fields = call.message(at).all(name);
        fields.map(|field| digest(field.value)).collect()
    };
    let own = all(request);
    let is_own = |one: &Digest| {
        let mut own = own.iter();
        own.any(|own| !own.count.is_empty() && (&own.nonce, &own.count) == (&one.nonce, &one.count))
    };
    let mut before = call.groups.iter().filter_map(|group| {
        let before = call.nearest(group)?;
        let at = *before.requests.first()?;
        let is_other = before.number != hop.number && !before.is("ACK") && at < request;
        let count = all(at)
            .into_iter()
            .find(|one| is_other && is_own(one))?
            .count;
        Some((before, at, count))
    });
    let (before, at, count) = before.next_back()?;
    let values = values![("before", before.name()), ("count", count)];
    let proof = [at, request, outcome];
    Found::told(call, "credentials-count", hop, outcome, &values, &proof)
}

/// Returns that credentials stand in the field of the other code, or are for another realm.
pub(super) fn misplaced(
    call: &Call<'_>,
    [hop, next]: [&Hop<'_>; 2],
    outcome: usize,
    asked: &Digest,
) -> Option<Found> {
    let at = *next.requests.first().filter(|at| **at > outcome)?;
    let code = call.code(outcome);
    let fields = ["Authorization", "Proxy-Authorization"];
    let (right, wrong) = match code {
        401 => (fields[0], fields[1]),
        _ => (fields[1], fields[0]),
    };
    let mut values = values![
        ("again", next.name()),
        ("right", right.to_owned()),
        ("wrong", wrong.to_owned()),
        ("realm", quoted(&asked.realm)),
    ];
    let other = if code == 401 { 407 } else { 401 };
    if brought(call.message(at), other, &asked.realm).is_some() {
        return Found::told(
            call,
            "credentials-field",
            hop,
            outcome,
            &values,
            &[outcome, at],
        );
    }
    // Several servers may ask, each for its own realm.
    let offers = |realm: &str| {
        let name = if code == 401 {
            "WWW-Authenticate"
        } else {
            "Proxy-Authenticate"
        };
        let mut all = call.message(outcome).all(name);
        all.any(|field| digest(field.value).realm == realm)
    };
    let own: Vec<Digest> = call
        .message(at)
        .all(right)
        .map(|field| digest(field.value))
        .collect();
    let own = own.first()?;
    // What has lost its comma names no realm.
    if offers(&own.realm) || own.realm.contains('"') {
        return None;
    }
    values.push(("own", quoted(&own.realm)));
    Found::told(
        call,
        "credentials-realm",
        hop,
        outcome,
        &values,
        &[outcome, at],
    )
}
