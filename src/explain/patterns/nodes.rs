//! Requests of a dialog that a name led to another server than the one that has the dialog.

use core::net::IpAddr;

use super::found::Found;
use super::order::{Call, Hop, target};
use super::routes::said;
use crate::explain::dialog::host;
use crate::explain::words::{short, text};
use crate::message::{Host, address};

/// Returns that a request of a dialog which its receiver does not know went elsewhere than all before it.
pub(super) fn elsewhere(
    call: &Call<'_>,
    by: usize,
    hop: &Hop<'_>,
    [request, outcome]: [usize; 2],
) -> Option<Found> {
    let ip = |address: Option<core::net::SocketAddr>| address.map(|one| one.ip());
    let own = &call.recorded[request];
    let (from, goes) = (ip(own.from)?, ip(own.to)?);
    // For its sender the dialog is where it has sent to, or where something came from.
    let peer = |at: usize| -> Option<IpAddr> {
        let one = &call.recorded[at];
        let (source, sink) = (ip(one.from)?, ip(one.to)?);
        match (source == from, sink == from) {
            (true, false) => Some(sink),
            (false, true) => Some(source),
            _ => None,
        }
    };
    let is_own = |at: &usize| !hop.requests.contains(at) && !hop.responses.contains(at);
    let known: Vec<IpAddr> = (0..request).filter(is_own).filter_map(peer).collect();
    let first = *known.first()?;
    let one = &call.all[request];
    let aim = one.values("Route").next().map(address);
    let aim = text(aim.unwrap_or_else(|| address(target(one))));
    let is_name = Host::of(host(&aim).as_bytes()) == Host::Name;
    let is_it = hop.vias == 1 && is_name && !known.contains(&goes) && peer(outcome) == Some(goes);
    let values = [
        ("first", first.to_string()),
        ("second", goes.to_string()),
        ("aim", short(&aim)),
        ("by", said(call, by)),
    ];
    let proof = [by, request, outcome];
    is_it.then(|| Found::told(call, "dialog-elsewhere", hop, outcome, &values, &proof))?
}
