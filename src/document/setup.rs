//! How many of the calls that were begun were answered, and how long their callers waited for a first sign.

use super::block::Block;
use super::span::{Role, Span};
use crate::calls::Outcome;
use crate::catalog::Citation;
use crate::tally::{Setups, total};

/// Why calls were not answered, each with its codes.
const WHY: [(&str, &[u16]); 3] = [
    ("busy (486, 600)", &[486, 600]),
    ("no answer (408, 480)", &[408, 480]),
    ("given up by the caller (487)", &[487]),
];

/// Returns what stands below the requests that begin calls.
pub(super) fn blocks(setups: &Setups) -> Vec<Block> {
    let block = |(name, says): (&str, String)| {
        let label = Span::new(format!("{name}:"), Role::Label);
        let mut text = vec![label, Span::plain(format!(" {says}"))];
        let cite = Citation::find("6076 4.3.1").filter(|_| name == RING);
        text.extend(cite.map(Span::cite));
        Block::Detail(text)
    };
    setup(setups).into_iter().map(block).collect()
}

const RING: &str = "Time to ring";

/// Returns how many of the attempts to begin a call were answered, and how long it took, each with its name.
pub fn setup(setups: &Setups) -> Vec<(&'static str, String)> {
    let ratio = ratio(setups).map(|says| ("Answer ratio (ASR)", says));
    let waits = waits(&setups.waits).map(|says| (RING, says));
    ratio.into_iter().chain(waits).collect()
}

fn ratio(setups: &Setups) -> Option<String> {
    let all = total(setups.outcomes.values());
    if all == 0 {
        return None;
    }
    let count = |is: &dyn Fn(Outcome) -> bool| {
        let outcomes = setups.outcomes.iter();
        let counts = outcomes
            .filter(|(outcome, _)| is(**outcome))
            .map(|(_, count)| *count);
        counts.sum::<u64>()
    };
    let answered = count(&|outcome| matches!(outcome, Outcome::Final(200..300)));
    let open = count(&|outcome| matches!(outcome, Outcome::Open(_)));
    let mut says = format!(
        "{} %, {answered} of {all} attempts to begin a call (outside of dialogs) came to a 2xx",
        answered * 100 / all
    );
    let mut rest = all - answered - open;
    let mut sign = ';';
    let mut tell = |count: u64, why: &str| {
        if count > 0 {
            says = format!("{says}{sign} {count} {why}");
            sign = ',';
        }
    };
    for (why, codes) in WHY {
        let is_it = |outcome| matches!(outcome, Outcome::Final(code) if codes.contains(&code));
        let count = count(&is_it);
        rest -= count;
        tell(count, why);
    }
    tell(rest, "refused otherwise");
    tell(open, "without a final response");
    Some(says)
}

fn waits(waits: &[usize]) -> Option<String> {
    let at = |share: usize| {
        let last = waits.len().checked_sub(1)?;
        waits.get(last * share / 100).map(|micros| seconds(*micros))
    };
    Some(format!(
        "median {}, 90 % within {}, from INVITE to the first 18x or 2xx of {} that were answered",
        at(50)?,
        at(90)?,
        waits.len()
    ))
}

fn seconds(micros: usize) -> String {
    format!("{}.{:03} s", micros / 1_000_000, micros / 1000 % 1000)
}
