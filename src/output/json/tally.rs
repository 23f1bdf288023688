//! What `tally` prints: counts, each of which is a sum over its parts.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::calls::Outcome;
use crate::tally::{Counts, Outcomes};
use crate::text;

#[derive(Serialize)]
struct TallyForm {
    bytes: u64,
    messages: u64,
    malformed: u64,
    requests: Vec<RequestForm>,
    responses: Vec<ResponseForm>,
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

impl From<(&Outcome, &u64)> for OutcomeForm {
    fn from((outcome, attempts): (&Outcome, &u64)) -> Self {
        let (r#final, provisional) = match *outcome {
            Outcome::Final(code) => (Some(code), None),
            Outcome::Open(code) => (None, code),
        };
        Self {
            r#final,
            provisional,
            attempts: *attempts,
        }
    }
}

fn name(method: &[u8]) -> String {
    text::clean(&String::from_utf8_lossy(method))
}

/// Returns the form of what was counted in so many bytes.
pub fn tally(
    bytes: u64,
    counts: &Counts,
    outcomes: &BTreeMap<Vec<u8>, Outcomes>,
) -> impl Serialize {
    let request = |(method, count): (&Vec<u8>, &u64)| RequestForm {
        method: name(method),
        count: *count,
    };
    let response = |((method, code), count): (&(Vec<u8>, u16), &u64)| ResponseForm {
        method: name(method),
        code: *code,
        count: *count,
    };
    let method = |(method, outcomes): (&Vec<u8>, &Outcomes)| MethodForm {
        method: name(method),
        transactions: outcomes.transactions,
        outcomes: outcomes.attempts.iter().map(OutcomeForm::from).collect(),
    };
    TallyForm {
        bytes,
        messages: counts.messages(),
        malformed: counts.malformed,
        requests: counts.requests.iter().map(request).collect(),
        responses: counts.responses.iter().map(response).collect(),
        methods: outcomes.iter().map(method).collect(),
    }
}
