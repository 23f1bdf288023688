//! The messages of a call by their places, and who made them.

use super::order::{Call, Hop};
use crate::calls::Recorded;
use crate::message::Message;

impl<'a> Call<'a> {
    /// Returns a message by its place. Out of line, as the two below: there are hundreds of calls.
    #[inline(never)]
    pub(super) fn message(&self, at: usize) -> &'a Message<'a> {
        &self.all[at]
    }

    #[inline(never)]
    pub(super) fn record(&self, at: usize) -> &'a Recorded {
        &self.recorded[at]
    }

    #[inline(never)]
    pub(super) fn hop(&self, at: usize) -> &Hop<'a> {
        &self.hops[at]
    }

    /// Returns who made a message and for whom, as far as its hops are in the trace: a proxy that passes it on is neither.
    pub(super) fn ends(&self, at: usize) -> (String, String) {
        let own = self.all[at].is_request();
        let mut copies: Vec<(usize, usize)> = Vec::new();
        let is_own = |hop: &usize| {
            let hop = &self.hops[*hop];
            hop.requests.contains(&at) || hop.responses.contains(&at)
        };
        let group = self.groups.iter().find(|group| group.iter().any(is_own));
        for hop in group.into_iter().flatten().map(|hop| &self.hops[*hop]) {
            let all = if own { &hop.requests } else { &hop.responses };
            let is_same = |other: &usize| {
                own || (self.code(*other), self.to(*other)) == (self.code(at), self.to(at))
            };
            copies.extend(all.iter().copied().find(is_same).map(|at| (hop.vias, at)));
        }
        let near = copies.iter().min().map_or(at, |(_, at)| *at);
        let far = copies.iter().max().copied().unwrap_or((0, at));
        // To whom a request went that was forked is not told by one branch.
        let is_forked = copies.iter().filter(|one| one.0 == far.0).count() > 1;
        let far = if is_forked { at } else { far.1 };
        let (made, got) = if own { (near, far) } else { (far, near) };
        (self.between(made).0, self.between(got).1)
    }
}
