//! The form of what was counted. What is not known is null, and no key is ever left out.

use serde::Serialize;

use crate::tally::Kind;

#[derive(Serialize)]
pub struct TallyForm {
    #[serde(serialize_with = "KindForm::serialize")]
    pub(super) mode: Kind,
    pub(super) files: Vec<FileForm>,
    pub(super) from: Option<TimeForm>,
    pub(super) to: Option<TimeForm>,
    pub(super) bytes: u64,
    pub(super) messages: u64,
    pub(super) repeats: u64,
    pub(super) malformed: u64,
    pub(super) unnamed: u64,
    pub(super) partial: bool,
    pub(super) requests: Vec<RequestForm>,
    pub(super) responses: Vec<ResponseForm>,
    pub(super) methods: Vec<MethodForm>,
    pub(super) setups: SetupsForm,
    pub(super) attempts: Vec<AttemptForm>,
    pub(super) groups: Vec<GroupForm>,
}

/// What was counted, and is added only to its like.
#[derive(Serialize)]
#[serde(remote = "Kind", rename_all = "lowercase")]
enum KindForm {
    Outcomes,
    Messages,
    Failed,
    All,
    Minute,
    Hour,
    Peer,
    Agent,
}

/// Attempts to begin a call.
#[derive(Serialize)]
pub(super) struct SetupsForm {
    pub(super) outcomes: Vec<OutcomeForm>,
    /// In microseconds.
    pub(super) waits: Vec<usize>,
}

#[derive(Serialize)]
pub(super) struct TimeForm {
    pub(super) text: String,
    /// In seconds.
    pub(super) epoch: Option<f64>,
}

#[derive(Serialize)]
pub(super) struct FileForm {
    pub(super) name: String,
    pub(super) bytes: u64,
    pub(super) format: String,
    pub(super) packed: Option<String>,
    pub(super) messages: u64,
    pub(super) from: Option<TimeForm>,
    pub(super) to: Option<TimeForm>,
    pub(super) missed: u64,
    pub(super) first_missed: Option<u64>,
    pub(super) packets: u64,
    pub(super) tls: u64,
    pub(super) unread: u64,
    pub(super) cut: bool,
    pub(super) partial: bool,
}

#[derive(Serialize)]
pub(super) struct AttemptForm {
    pub(super) method: String,
    pub(super) r#final: Option<u16>,
    pub(super) provisional: Option<u16>,
    pub(super) time: Option<TimeForm>,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) call_id: String,
    pub(super) peer: Option<String>,
    pub(super) agent: Option<String>,
    pub(super) reasons: Vec<String>,
    pub(super) warnings: Vec<u16>,
    pub(super) place: String,
    pub(super) cause: Option<String>,
}

#[derive(Serialize)]
pub(super) struct GroupForm {
    pub(super) key: Option<String>,
    pub(super) methods: Vec<GroupMethodForm>,
}

#[derive(Serialize)]
pub(super) struct GroupMethodForm {
    pub(super) method: String,
    pub(super) transactions: u64,
    pub(super) outcomes: Vec<OutcomeForm>,
}

#[derive(Serialize)]
pub(super) struct RequestForm {
    pub(super) method: String,
    pub(super) count: u64,
}

#[derive(Serialize)]
pub(super) struct ResponseForm {
    pub(super) method: String,
    pub(super) code: u16,
    pub(super) count: u64,
}

#[derive(Serialize)]
pub(super) struct MethodForm {
    pub(super) method: String,
    pub(super) requests: u64,
    pub(super) responses: u64,
    pub(super) transactions: u64,
    pub(super) attempts: u64,
    pub(super) no_final: u64,
    pub(super) outcomes: Vec<OutcomeForm>,
    pub(super) codes: Vec<CodeForm>,
}

#[derive(Serialize)]
pub(super) struct OutcomeForm {
    pub(super) r#final: Option<u16>,
    pub(super) provisional: Option<u16>,
    pub(super) attempts: u64,
}

#[derive(Serialize)]
pub(super) struct CodeForm {
    pub(super) code: u16,
    pub(super) phrase: Option<String>,
    pub(super) messages: u64,
    pub(super) transactions: u64,
    /// Attempts.
    pub(super) outcomes: u64,
    pub(super) first: Option<TimeForm>,
    pub(super) last: Option<TimeForm>,
    pub(super) senders: Vec<SenderForm>,
    pub(super) reasons: Vec<ValueForm<String>>,
    pub(super) warnings: Vec<ValueForm<u16>>,
    pub(super) call_id: Option<String>,
}

#[derive(Serialize)]
pub(super) struct SenderForm {
    pub(super) name: Option<String>,
    pub(super) peer: Option<String>,
    pub(super) count: u64,
}

#[derive(Serialize)]
pub(super) struct ValueForm<T> {
    pub(super) value: T,
    pub(super) count: u64,
}
