//! What `explain` prints of a call.

use serde::Serialize;

use super::explanation::{RawForm, raw};
use crate::calls::Recorded;
use crate::catalog::Citation;
use crate::explain::{Advice, CallExplanation, CallFinding, Row};
use crate::text;

#[derive(Serialize)]
struct CallForm {
    kind: &'static str,
    code: Option<u16>,
    title: String,
    call_id: String,
    in_short: String,
    findings: Vec<FindingForm>,
    messages: Vec<RowForm>,
    next: Vec<AdviceForm>,
    legs: Vec<LegForm>,
    /// By their numbers.
    raw: Vec<RawForm>,
}

/// Another call that an element made of it, or it of that.
#[derive(Clone, Debug, Serialize)]
pub struct LegForm {
    pub call_id: String,
    pub title: String,
    /// What says so.
    pub why: String,
    /// No message says so.
    pub is_guess: bool,
}

#[derive(Serialize)]
struct FindingForm {
    id: String,
    kind: &'static str,
    says: String,
    cites: Vec<Citation>,
    /// By their numbers from 1 on, as `--nth` takes them.
    messages: Vec<usize>,
}

#[derive(Serialize)]
struct RowForm {
    /// All that it stands for: what was sent again stands with the first.
    messages: Vec<usize>,
    time: Option<String>,
    from: String,
    to: String,
    says: String,
    place: String,
}

#[derive(Serialize)]
struct AdviceForm {
    says: String,
    cites: Vec<Citation>,
}

/// Returns the form of what there is to say about a call, and its messages if they are asked for.
pub fn call(
    call: &CallExplanation,
    legs: &[LegForm],
    messages: &[Recorded],
) -> impl Serialize + use<> {
    CallForm {
        kind: "call",
        code: call.response.map(|page| page.code.get()),
        title: text::clean(&call.title),
        call_id: text::clean(&call.call_id),
        in_short: text::clean(&call.in_short),
        findings: call.findings.iter().map(finding).collect(),
        messages: call.rows.iter().map(row).collect(),
        next: call.next.iter().map(advice).collect(),
        legs: legs.to_vec(),
        raw: messages.iter().map(raw).collect(),
    }
}

fn finding(finding: &CallFinding) -> FindingForm {
    FindingForm {
        id: finding.id.clone(),
        kind: finding.sureness.as_str(),
        says: text::clean(&finding.says),
        cites: finding.cites.clone(),
        messages: numbers(&finding.proof),
    }
}

fn row(row: &Row) -> RowForm {
    RowForm {
        messages: numbers(&row.messages),
        time: row.time.as_deref().map(text::clean),
        from: text::clean(&row.from),
        to: text::clean(&row.to),
        says: text::clean(&row.says),
        place: text::clean(&row.place),
    }
}

fn advice(advice: &Advice) -> AdviceForm {
    AdviceForm {
        says: text::clean(&advice.says),
        cites: advice.cites.clone(),
    }
}

fn numbers(messages: &[usize]) -> Vec<usize> {
    messages.iter().map(|at| at + 1).collect()
}
