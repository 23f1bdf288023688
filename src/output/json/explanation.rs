//! What `explain` prints of a message, and of the rules that it is held against.

use serde::Serialize;

use crate::calls::Recorded;
use crate::catalog::Citation;
use crate::document::as_it_stands;
use crate::explain::{Explanation, Finding, Rule, Saying, Step, Weighed};
use crate::text;

#[derive(Serialize)]
struct ExplanationForm {
    kind: &'static str,
    code: Option<u16>,
    method: String,
    cseq: Option<String>,
    call_id: Option<String>,
    file: String,
    line: Option<u64>,
    in_short: String,
    fields: Vec<SayingForm>,
    findings: Vec<FindingForm>,
    next: Vec<StepForm>,
    fixes: Vec<FixForm>,
    raw: Option<RawForm>,
}

/// A message as it stands in a trace.
#[derive(Serialize)]
pub(super) struct RawForm {
    place: String,
    time: Option<String>,
    text: String,
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

#[derive(Serialize)]
struct StepForm {
    says: String,
    cites: [Citation; 1],
}

#[derive(Serialize)]
struct FixForm {
    cause: &'static str,
    check: &'static str,
    remedy: &'static str,
    proof: &'static str,
}

#[derive(Serialize)]
struct CheckedForm {
    file: String,
    line: Option<u64>,
    #[serde(flatten)]
    finding: FindingForm,
}

/// Returns the form of what there is to say about a message, where it stands, and itself if that is asked for.
pub fn explanation(
    explanation: &Explanation,
    file: &str,
    line: Option<u64>,
    recorded: Option<&Recorded>,
) -> impl Serialize + use<> {
    let clean = |text: &String| text::clean(text);
    ExplanationForm {
        kind: "message",
        code: explanation.response.map(|page| page.code.get()),
        method: clean(&explanation.method),
        cseq: explanation.number.as_ref().map(clean),
        call_id: explanation.call_id.as_ref().map(clean),
        file: text::clean(file),
        line,
        in_short: clean(&explanation.in_short),
        fields: explanation.fields.iter().map(saying).collect(),
        findings: explanation.findings.iter().map(finding).collect(),
        next: explanation.next.iter().map(step).collect(),
        fixes: explanation.fixes.iter().map(fix).collect(),
        raw: recorded.map(raw),
    }
}

/// Returns the form of a finding, and where the message stands.
pub fn checked(of: &Finding, file: &str, line: Option<u64>) -> impl Serialize + use<> {
    CheckedForm {
        file: text::clean(file),
        line,
        finding: finding(of),
    }
}

/// Returns the form of a rule.
pub fn rule(rule: &Rule) -> impl Serialize + use<> {
    FindingForm {
        id: rule.id.clone(),
        kind: rule.kind.as_str(),
        says: rule.says.clone(),
        cites: [rule.cite],
    }
}

pub(super) fn raw(recorded: &Recorded) -> RawForm {
    RawForm {
        place: text::clean(&recorded.place),
        time: recorded.time.as_deref().map(text::clean),
        text: as_it_stands(recorded),
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

fn step(step: &Step) -> StepForm {
    StepForm {
        says: text::clean(&step.says),
        cites: [step.cite],
    }
}

fn fix(weighed: &Weighed) -> FixForm {
    FixForm {
        cause: weighed.fix.cause.as_str(),
        check: weighed.fix.check.as_str(),
        remedy: weighed.fix.remedy.as_str(),
        proof: weighed.proof.as_str(),
    }
}
