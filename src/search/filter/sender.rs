//! `from:proxy`: the codes that somebody sends.

use super::notation::Notation;
use super::pass::{BEST, Pass};
use crate::catalog::{Response, responses};

pub(super) const NOTATION: Notation = Notation {
    example: "from:proxy",
    takes: "who sends it",
    finds: "codes that a proxy sends",
};

/// Somebody whom a page names as a sender, by some of the words and in small letters.
#[derive(Clone, Debug)]
pub(in crate::search) struct Who(String);

impl Who {
    pub(super) fn parse(who: &str) -> Result<Self, String> {
        let who = Self(who.to_lowercase());
        let mut senders = responses().iter().flat_map(|response| response.sent_by);
        if senders.any(|sender| who.is(&sender.who)) {
            Ok(who)
        } else {
            Err(format!("no page names \"{}\" as a sender", who.0))
        }
    }

    fn is(&self, sender: &str) -> bool {
        let sender = sender.to_lowercase();
        let mut words = sender.split(' ');
        words.any(|word| word.starts_with(&self.0)) || sender == self.0
    }

    pub(super) fn pass(&self, response: &Response) -> Option<Pass> {
        let senders = response.sent_by;
        let at = senders.iter().position(|sender| self.is(&sender.who))?;
        // Who usually sends it stands first.
        let later = u32::try_from(at).unwrap_or(BEST);
        Some(Pass::new(format!("from {}", senders[at].who), BEST - later))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{StatusCode, response};

    #[test]
    fn a_sender_is_found_by_the_beginning_of_a_word_and_the_first_counts_most() {
        let who = Who::parse("ProX").expect("a sender");
        let mut weights = Vec::new();
        for response in responses() {
            let at = response.sent_by.iter().position(|s| who.is(&s.who));
            let pass = who.pass(response);
            assert_eq!(pass.is_some(), at.is_some(), "{}", response.code);
            weights.extend(pass.map(|pass| (at, pass.weight)));
        }
        weights.sort_unstable();
        weights.dedup();
        assert_eq!(weights[..2], [(Some(0), BEST), (Some(1), BEST - 1)]);
        let busy = who.pass(response(StatusCode::of(407))).expect("a pass");
        assert_eq!(busy.why, "from proxy");
    }

    #[test]
    fn who_sends_nothing_is_said() {
        let refused = Who::parse("Zebra").expect_err("no sender");
        assert_eq!(refused, "no page names \"zebra\" as a sender");
    }
}
