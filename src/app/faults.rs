//! What went wrong in the calls of a trace, as several of their messages show it.

use crate::catalog::Citation;
use crate::explain::{self, Sureness};
use crate::ledger::Call;

/// A fault of a call.
#[derive(Clone, Debug)]
pub struct Fault {
    /// That of its pattern.
    pub(super) id: String,
    pub(super) is_possible: bool,
    pub(super) says: String,
    pub(super) cites: Vec<Citation>,
    pub(super) call_id: String,
    /// When the call began, who called whom, and what it came to.
    pub(super) title: String,
}

/// Returns the faults of calls; the trace ends at a time.
pub fn faults(calls: &[Call], ends: Option<u64>) -> Vec<Fault> {
    calls.iter().flat_map(|call| of_call(call, ends)).collect()
}

fn of_call(call: &Call, ends: Option<u64>) -> Vec<Fault> {
    let explained = explain::call_explained(&call.messages, ends);
    let time = explained.first.as_deref().unwrap_or_default();
    let time = time.rsplit(' ').next().unwrap_or_default();
    let title = [time, &explained.title].join(" ");
    let is_fault = |sureness| matches!(sureness, Sureness::Proven | Sureness::Possible);
    let findings = explained.findings.into_iter();
    findings
        .filter(|finding| is_fault(finding.sureness))
        .map(|finding| Fault {
            id: finding.id,
            is_possible: finding.sureness == Sureness::Possible,
            says: finding.says,
            cites: finding.cites,
            call_id: call.call_id.clone(),
            title: title.trim().to_owned(),
        })
        .collect()
}
