//! The calls of a trace that have to do with one: what its page leads to.

use super::legs::{Leg, label};
use super::trace::Trace;
use crate::document::{Link, Other, came_to};
use crate::tally::{Alike, Attempt, Listed};

impl Trace {
    /// Returns the calls that have to do with one: its other legs, and one that worked where it did not.
    pub(super) fn others(&self, call_id: &str) -> Vec<Other> {
        let book = self.book();
        let title = |at: usize| match book.call(at).filter(|_| !self.redacts()) {
            Some(Listed {
                attempt, outcome, ..
            }) => {
                let Attempt { time, from, to, .. } = attempt;
                let time = time.map_or_else(String::new, |time| format!("{} ", time.parts().1));
                let came = came_to(outcome);
                format!("{time}{from} to {to}: {came}")
            }
            None => "another one".to_owned(),
        };
        let leg = |leg: &Leg| {
            let at = book.attempt_of(leg.beside(call_id)?)?;
            Some(Other {
                label: label(leg.is_guess),
                link: Some(Link::Call(at)),
                title: title(at),
                why: leg.why.clone(),
            })
        };
        let mut others: Vec<Other> = self.wrong.legs.iter().filter_map(leg).collect();
        let worked = book.beside(call_id).map(|(at, alike)| Other {
            label: "Beside a call that worked:",
            link: Some(Link::Pair(at)),
            title: title(at),
            why: match alike {
                Alike::Numbers => "the same numbers".to_owned(),
                Alike::Called => "the same number called".to_owned(),
                Alike::Peer => "answered by the same peer".to_owned(),
            },
        });
        others.extend(worked);
        others
    }
}
