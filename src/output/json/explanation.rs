//! What `explain` prints of a message.

use serde::Serialize;

use crate::catalog::Citation;
use crate::explain::{Explanation, Finding, Saying};
use crate::text;

#[derive(Serialize)]
struct ExplanationForm {
    kind: &'static str,
    code: Option<u16>,
    method: String,
    in_short: String,
    fields: Vec<SayingForm>,
    findings: Vec<FindingForm>,
}

#[derive(Serialize)]
struct SayingForm {
    name: String,
    value: String,
    says: String,
    cites: Vec<Citation>,
}

#[derive(Serialize)]
struct FindingForm {
    id: String,
    kind: &'static str,
    says: String,
    cites: [Citation; 1],
}

/// Returns the form of what there is to say about a message.
pub fn explanation(explanation: &Explanation) -> impl Serialize {
    ExplanationForm {
        kind: "message",
        code: explanation.response.map(|page| page.code.get()),
        method: text::clean(&explanation.method),
        in_short: text::clean(&explanation.in_short),
        fields: explanation.fields.iter().map(saying).collect(),
        findings: explanation.findings.iter().map(finding).collect(),
    }
}

fn saying(saying: &Saying) -> SayingForm {
    SayingForm {
        name: text::clean(&saying.name),
        value: text::clean(&saying.value),
        says: text::clean(&saying.says),
        cites: saying.cites.clone(),
    }
}

fn finding(finding: &Finding) -> FindingForm {
    FindingForm {
        id: finding.id.clone(),
        kind: finding.kind.as_str(),
        says: text::clean(&finding.says),
        cites: [finding.cite],
    }
}
