//! What `tally` prints: counts, each of which is a sum over its parts.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::calls::Outcome;
use crate::message::Method;
use crate::tally::{Attempt, Counts, Outcomes};
use crate::text;

/// The form of what was counted; attempts and groups are there where they were asked for.
#[derive(Serialize)]
pub struct TallyForm {
    bytes: u64,
    messages: u64,
    malformed: u64,
    requests: Vec<RequestForm>,
    responses: Vec<ResponseForm>,
    methods: Vec<MethodForm>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attempts: Vec<AttemptForm>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    groups: Vec<GroupForm>,
}

#[derive(Serialize)]
struct AttemptForm {
    method: String,
    r#final: Option<u16>,
    provisional: Option<u16>,
    time: Option<String>,
    from: String,
    to: String,
    call_id: String,
    peer: Option<String>,
    agent: Option<String>,
    place: String,
}

#[derive(Serialize)]
struct GroupForm {
    key: Option<String>,
    methods: Vec<MethodForm>,
}

#[derive(Serialize)]
struct RequestForm {
    method: String,
    count: u64,
}

#[derive(Serialize)]
struct ResponseForm {
    method: String,
    code: u16,
    count: u64,
}

#[derive(Serialize)]
struct MethodForm {
    method: String,
    transactions: u64,
    outcomes: Vec<OutcomeForm>,
}

#[derive(Serialize)]
struct OutcomeForm {
    r#final: Option<u16>,
    provisional: Option<u16>,
    attempts: u64,
}

fn codes(outcome: Outcome) -> (Option<u16>, Option<u16>) {
    match outcome {
        Outcome::Final(code) => (Some(code), None),
        Outcome::Open(code) => (None, code),
    }
}

impl From<(&Outcome, &u64)> for OutcomeForm {
    fn from((outcome, attempts): (&Outcome, &u64)) -> Self {
        let (r#final, provisional) = codes(*outcome);
        Self {
            r#final,
            provisional,
            attempts: *attempts,
        }
    }
}

impl TallyForm {
    /// Adds what was asked for beside the counts.
    #[must_use]
    pub fn with<'a>(
        self,
        attempts: impl Iterator<Item = (&'a Method, Outcome, &'a Attempt)>,
        groups: &BTreeMap<String, BTreeMap<Method, Outcomes>>,
    ) -> Self {
        let group = |(key, methods): (&String, &BTreeMap<Method, Outcomes>)| GroupForm {
            key: said(key),
            methods: methods.iter().map(method).collect(),
        };
        Self {
            attempts: attempts.map(attempt).collect(),
            groups: groups.iter().map(group).collect(),
            ..self
        }
    }
}

fn attempt((method, outcome, attempt): (&Method, Outcome, &Attempt)) -> AttemptForm {
    let (r#final, provisional) = codes(outcome);
    AttemptForm {
        method: name(method),
        r#final,
        provisional,
        time: said(&attempt.time),
        from: text::clean(&attempt.from),
        to: text::clean(&attempt.to),
        call_id: text::clean(&attempt.call_id),
        peer: said(&attempt.peer),
        agent: said(&attempt.agent),
        place: text::clean(&attempt.place),
    }
}

/// Returns what a trace says, if it says it.
fn said(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| text::clean(value))
}

fn method((method, outcomes): (&Method, &Outcomes)) -> MethodForm {
    MethodForm {
        method: name(method),
        transactions: outcomes.transactions,
        outcomes: outcomes.attempts.iter().map(OutcomeForm::from).collect(),
    }
}

fn name(method: &Method) -> String {
    text::clean(&String::from_utf8_lossy(method.as_bytes()))
}

/// Returns the form of what was counted in so many bytes.
pub fn tally(bytes: u64, counts: &Counts, outcomes: &BTreeMap<Method, Outcomes>) -> TallyForm {
    let request = |(method, count): (&Method, &u64)| RequestForm {
        method: name(method),
        count: *count,
    };
    let response = |(method, codes): (&Method, &BTreeMap<u16, u64>)| {
        let method = name(method);
        let form = |(code, count): (&u16, &u64)| ResponseForm {
            method: method.clone(),
            code: *code,
            count: *count,
        };
        codes.iter().map(form).collect::<Vec<_>>()
    };
    TallyForm {
        bytes,
        messages: counts.messages(),
        malformed: counts.malformed,
        requests: counts.requests.iter().map(request).collect(),
        responses: counts.responses.iter().flat_map(response).collect(),
        methods: outcomes.iter().map(method).collect(),
        attempts: Vec::new(),
        groups: Vec::new(),
    }
}
