//! Credentials of a SIM (RFC 3310): it takes the number of a challenge for out of order, or the network for another one.

use super::found::{Found, values};
use super::order::Call;
use crate::explain::words::{quoted, text};
use crate::message::{Message, parameters};

/// What credentials say beside a digest.
struct Sim {
    nonce: String,
    /// It has no digest.
    is_empty: bool,
    /// It asks the network to bring its counter into line.
    is_out: bool,
}

impl Sim {
    fn of(message: &Message<'_>) -> Option<Self> {
        let fields = ["Authorization", "Proxy-Authorization"];
        let mut values = fields.iter().flat_map(|name| message.all(name));
        values.find_map(|field| {
            let mut own = Self {
                nonce: String::new(),
                is_empty: false,
                is_out: false,
            };
            let mut is_aka = false;
            let bare = field.value.trim_ascii();
            let bare = bare.strip_prefix(b"Digest").unwrap_or(bare);
            for (name, value) in parameters(bare, b',') {
                match name.to_ascii_lowercase().as_slice() {
                    b"nonce" => own.nonce = text(value),
                    b"response" => own.is_empty = value.is_empty(),
                    b"auts" => own.is_out = !value.is_empty(),
                    b"algorithm" => is_aka = value.to_ascii_uppercase().starts_with(b"AKA"),
                    _ => {}
                }
            }
            // The first REGISTER of all has a nonce without a value.
            (!own.nonce.is_empty() && (own.is_out || is_aka && own.is_empty)).then_some(own)
        })
    }
}

/// Returns what a SIM says of the challenge that its request answers.
pub(super) fn found(call: &Call<'_>, group: &[usize]) -> Option<Found> {
    let hop = call.nearest(group)?;
    let outcome = call.outcome(group)?;
    let at = *hop.requests.first()?;
    let own = Sim::of(call.message(at))?;
    let code = call.code(outcome);
    let mut values = values![("nonce", quoted(&own.nonce))];
    if !own.is_out {
        let found = Found::told(call, "sim-network", hop, outcome, &values, &[at, outcome]);
        return found.filter(|_| code >= 400);
    }
    let same = call.requests(hop.method);
    let before = same.filter(|other| other.number < hop.number && call.is_same_client(other, hop));
    let asked = before.filter_map(|other| {
        let at = *other.requests.first()?;
        Some((at, other.name(), Sim::of(call.message(at))?)).filter(|(.., sim)| sim.is_out)
    });
    let before = asked.last();
    let is_asked_anew = matches!(code, 401 | 407);
    if before.is_none() && is_asked_anew || call.is_success(outcome) {
        let found = Found::told(call, "sim-counter", hop, outcome, &values, &[at, outcome]);
        return found.filter(|_| is_asked_anew);
    }
    let said = match &before {
        Some((_, name, sim)) if sim.nonce == own.nonce => {
            format!(", as {name} did for the same nonce")
        }
        Some((_, name, _)) => format!(", as {name} did for the one before"),
        None => String::new(),
    };
    values.push(("before", said));
    let proof: Vec<usize> = [at, outcome]
        .into_iter()
        .chain(before.map(|(at, ..)| at))
        .collect();
    Found::told(call, "sim-counter-again", hop, outcome, &values, &proof)
}
