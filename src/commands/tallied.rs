//! What was counted, by this run or by earlier ones, in each format.

use super::answer::{Data, Shown};
use super::counted;
use crate::message::Redaction;
use crate::output::json;
use crate::tally::{Kind, Sum};

pub(super) struct Tallied(pub(super) Sum);

impl Tallied {
    pub(super) fn of(mut sum: Sum, redaction: Option<Redaction>) -> Self {
        if let Some(mut redaction) = redaction {
            sum.redact(&mut redaction);
        }
        Self(sum)
    }
}

impl Data for Tallied {
    fn shown(&self) -> Shown {
        let sum = &self.0;
        if sum.counts.messages() == 0 {
            return Shown::Rows(Vec::new());
        }
        Shown::Rows(match sum.kind {
            Kind::Messages => counted::messages(sum),
            Kind::Failed | Kind::All => counted::attempts(&sum.attempts),
            Kind::Minute | Kind::Hour | Kind::Peer | Kind::Agent => counted::apart(&sum.groups),
            Kind::Outcomes => counted::outcomes(sum),
        })
    }

    fn json(&self) -> serde_json::Result<String> {
        json::pretty(&json::tally(&self.0))
    }
}
