//! What several messages of a call show together: the sentences are data, the conditions are here, a family a file.

mod answers;
mod cancel;
mod challenges;
mod dialogs;
mod ends;
mod found;
mod hops;
mod loss;
mod obeyed;
mod order;
mod refer;
mod refresh;
mod reliable;
mod success;

pub(super) use found::Found;
pub(super) use order::Call;

/// Families, what decides a call first.
const FAMILIES: [fn(&Call<'_>) -> Vec<Found>; 12] = [
    success::found,
    answers::found,
    challenges::found,
    reliable::found,
    refresh::found,
    dialogs::found,
    cancel::found,
    obeyed::found,
    hops::found,
    refer::found,
    ends::found,
    loss::found,
];

/// Returns what a call shows, faults first.
pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let mut all: Vec<Found> = FAMILIES.iter().flat_map(|family| family(call)).collect();
    all.sort_by_key(|found| found.pattern.kind);
    all
}
