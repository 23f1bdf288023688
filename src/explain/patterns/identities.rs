//! Callers that say they are somebody whom their registration does not let them be: the identities that it was given.

use super::attempts::Attempt;
use super::found::{Found, values};
use super::order::{Call, lasting};
use super::trunks::reason;
use crate::explain::words::{list, short, text};
use crate::message::{Message, address, user};

/// Returns that a request was refused whose caller is none of those that the registration of its client lists.
pub(super) fn found(call: &Call<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let mut own = all.iter().filter(|one| one.own.is_some());
    own.find_map(|one| of(call, one, all))
}

/// Returns the field by which a client says who calls, and the address in it.
fn claimed<'a>(request: &Message<'a>) -> Option<(&'static str, &'a [u8])> {
    let fields = ["P-Preferred-Identity", "From"];
    let field = fields.into_iter().find(|field| request.has(field))?;
    Some((field, request.value(field).map(address)?))
}

fn of(call: &Call<'_>, one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let code = one.code().filter(|code| matches!(code, 403 | 433))?;
    let is_meant = matches!(one.request.method(), b"INVITE" | b"MESSAGE" | b"SUBSCRIBE");
    let (field, own) = claimed(one.request).filter(|_| is_meant)?;
    let is_register = |other: &&Attempt<'_>| {
        other.request.method() == b"REGISTER" && other.is_on_way(one) && other.micros < one.micros
    };
    let registers = all.iter().filter(is_register);
    let given = registers.filter_map(|other| {
        let (answer, _) = other.answer.filter(|_| other.is_success())?;
        let values: Vec<&[u8]> = answer.values("P-Associated-URI").map(address).collect();
        (!values.is_empty()).then_some((other, values))
    });
    let given: Vec<(&Attempt<'_>, Vec<&[u8]>)> = given.collect();
    // Behind one address may be several users, each with a registration.
    let is_own = |(register, values): &(&Attempt<'_>, Vec<&[u8]>)| {
        let is_address = register.user("To").as_bytes() == user(own);
        is_address || values.iter().any(|value| user(value) == user(own))
    };
    if given.iter().any(is_own) {
        return None;
    }
    let (register, values) = given.last()?;
    let values: Vec<String> = values.iter().map(|value| text(value)).collect();
    let since = one.micros.checked_sub(register.micros)?;
    let values = values![
        ("name", one.name()),
        ("code", code.to_string()),
        ("reason", reason(one)),
        ("field", field.to_owned()),
        ("own", text(own)),
        ("register", register.name()),
        ("gap", lasting(since)),
        ("values", short(&list(&values))),
        ("from", one.by()),
    ];
    let mut proof = one.proof();
    proof.retain(|at| *at < call.all.len());
    Found::new("identity-unlisted", &values, &proof).map(Found::that_decides)
}
