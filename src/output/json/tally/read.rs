//! From the form back to what was counted.

use std::collections::BTreeMap;

use super::form::{
    AttemptForm, CodeForm, FileForm, GroupForm, GroupMethodForm, OutcomeForm, TallyForm, TimeForm,
};
use crate::calls::Outcome;
use crate::message::Method;
use crate::tally::{
    Attempt, Beside, Counts, Listed, Methods, Outcomes, Sender, Source, Span, Sum, Time,
};
use crate::text;

/// Reads all tallies that stand in a text, one behind the other.
pub fn tallies(text: &[u8]) -> Result<Vec<Sum>, serde_json::Error> {
    let forms = serde_json::Deserializer::from_slice(text).into_iter::<TallyForm>();
    forms.map(|form| form.map(sum)).collect()
}

fn sum(form: TallyForm) -> Sum {
    let requests = form.requests.into_iter();
    let responses = form.responses.into_iter();
    let mut sum = Sum {
        kind: form.mode,
        sources: form.files.into_iter().map(source).collect(),
        is_partial: form.partial,
        counts: Counts {
            requests: map(requests.map(|row| (method(&row.method), row.count))),
            malformed: form.malformed,
            ..Counts::default()
        },
        attempts: form.attempts.into_iter().map(listed).collect(),
        groups: map(form.groups.into_iter().map(group)),
        ..Sum::default()
    };
    for row in responses {
        let codes = sum.counts.responses.entry(method(&row.method)).or_default();
        codes.insert(row.code, row.count);
    }
    for row in form.methods {
        let name = method(&row.method);
        let codes = row.codes.into_iter();
        let codes = codes.map(|form| (form.code, beside(form)));
        sum.codes.insert(name.clone(), map(codes));
        let came = Outcomes {
            transactions: row.transactions,
            attempts: attempts(&row.outcomes),
        };
        sum.methods.insert(name, came);
    }
    sum
}

/// Puts rows in a map one by one: to collect them would put a way to sort them into the program for each kind of row.
fn map<K: Ord, V>(rows: impl Iterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(rows);
    map
}

fn method(name: &str) -> Method {
    Method::of(name.as_bytes())
}

fn time(form: TimeForm) -> Time {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "what is no time is the first or the last that there is"
    )]
    let micros = |seconds: f64| (seconds * 1e6).round() as u64;
    Time {
        text: form.text,
        epoch: form.epoch.map(micros),
    }
}

fn span(from: Option<TimeForm>, to: Option<TimeForm>) -> Span {
    Span {
        first: from.map(time),
        last: to.map(time),
    }
}

fn source(form: FileForm) -> Source {
    Source {
        name: text::clean(&form.name),
        bytes: form.bytes,
        format: text::clean(&form.format),
        packed: form.packed.as_deref().map(text::clean),
        messages: form.messages,
        span: span(form.from, form.to),
        missed: form.missed,
        first_missed: form.first_missed,
        packets: form.packets,
        tls: form.tls,
        unread: form.unread,
        is_cut: form.cut,
        is_partial: form.partial,
    }
}

fn outcome(r#final: Option<u16>, provisional: Option<u16>) -> Outcome {
    r#final.map_or(Outcome::Open(provisional), Outcome::Final)
}

fn attempts(forms: &[OutcomeForm]) -> BTreeMap<Outcome, u64> {
    let forms = forms.iter();
    map(forms.map(|form| (outcome(form.r#final, form.provisional), form.attempts)))
}

fn beside(form: CodeForm) -> Beside {
    let senders = form.senders.into_iter().map(|row| {
        let sender = Sender {
            agent: row.name.unwrap_or_default(),
            peer: row.peer.unwrap_or_default(),
        };
        (sender, row.count)
    });
    let reasons = form.reasons.into_iter();
    let warnings = form.warnings.into_iter();
    Beside {
        transactions: form.transactions,
        span: span(form.first, form.last),
        senders: map(senders),
        reasons: map(reasons.map(|row| (row.value, row.count))),
        warnings: map(warnings.map(|row| (row.value, row.count))),
        call_id: form.call_id,
    }
}

fn listed(form: AttemptForm) -> Listed {
    Listed {
        method: method(&form.method),
        outcome: outcome(form.r#final, form.provisional),
        attempt: Attempt {
            time: form.time.map(time),
            from: form.from,
            to: form.to,
            call_id: form.call_id,
            peer: form.peer.unwrap_or_default(),
            agent: form.agent.unwrap_or_default(),
            place: form.place,
            reasons: form.reasons,
            warnings: form.warnings,
        },
    }
}

fn group(form: GroupForm) -> (String, Methods) {
    let method = |form: GroupMethodForm| {
        let came = Outcomes {
            transactions: form.transactions,
            attempts: attempts(&form.outcomes),
        };
        (self::method(&form.method), came)
    };
    let methods = form.methods.into_iter().map(method);
    (form.key.unwrap_or_default(), map(methods))
}
