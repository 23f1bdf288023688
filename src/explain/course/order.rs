//! The order in which the messages of a call were, which need not be that in which they stand.

use crate::calls::Recorded;

/// Clocks of writers that run side by side differ by so much, in microseconds.
const ASIDE: u64 = 2_000_000;

/// In which order messages were.
pub(super) enum Order {
    AsTold,
    /// By their numbers.
    Other(Vec<usize>),
    /// Their times go to and fro, and so tell nothing.
    Untold,
}

/// Returns the order of messages by their times, if all have one. Some writers put the latest first, and each file begins
/// anew.
pub(super) fn in_time(messages: &[Recorded]) -> Order {
    let times: Option<Vec<u64>> = messages.iter().map(|one| one.micros).collect();
    let Some(times) = times.filter(|times| !times.is_sorted()) else {
        return Order::AsTold;
    };
    let mut order: Vec<usize> = (0..messages.len()).collect();
    if times.iter().rev().is_sorted() {
        order.reverse();
        return Order::Other(order);
    }
    let steps = times.windows(2);
    let back = steps.filter(|pair| pair[1] + ASIDE < pair[0]).count();
    if back * 3 > times.len() {
        return Order::Untold;
    }
    order.sort_by_key(|at| times[*at]);
    Order::Other(order)
}
