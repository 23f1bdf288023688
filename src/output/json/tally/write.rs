//! From what was counted to its form.

use std::collections::BTreeMap;

use super::form::{
    AttemptForm, CodeForm, FileForm, GroupForm, GroupMethodForm, MethodForm, OutcomeForm,
    RequestForm, ResponseForm, SenderForm, SetupsForm, TallyForm, TimeForm, ValueForm,
};
use crate::calls::Outcome;
use crate::catalog::{self, StatusCode};
use crate::message::Method;
use crate::tally::{self, Beside, Listed, Methods, Outcomes, Sender, Source, Sum, Time, total};
use crate::text;

/// Returns the form of what was counted.
pub fn tally(sum: &Sum) -> TallyForm {
    let counts = &sum.counts;
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
    let span = sum.span();
    TallyForm {
        mode: sum.kind,
        files: sum.sources.iter().map(file).collect(),
        from: span.first.as_ref().map(time),
        to: span.last.as_ref().map(time),
        bytes: sum.bytes(),
        messages: counts.messages(),
        repeats: counts.repeats,
        malformed: counts.malformed,
        unnamed: counts.unnamed,
        partial: sum.is_partial,
        requests: counts.requests.iter().map(request).collect(),
        responses: counts.responses.iter().flat_map(response).collect(),
        methods: sum.methods.iter().map(|row| method(sum, row)).collect(),
        setups: SetupsForm {
            outcomes: outcomes(&sum.setups.outcomes),
            waits: sum.setups.waits.clone(),
        },
        attempts: sum.attempts.iter().map(attempt).collect(),
        groups: sum.groups.iter().map(group).collect(),
    }
}

fn time(time: &Time) -> TimeForm {
    #[expect(
        clippy::cast_precision_loss,
        reason = "microseconds fit until the year 2255"
    )]
    let seconds = |micros: u64| micros as f64 / 1e6;
    TimeForm {
        text: text::clean(&time.text),
        epoch: time.epoch.map(seconds),
    }
}

fn file(source: &Source) -> FileForm {
    FileForm {
        name: source.name.clone(),
        bytes: source.bytes,
        format: source.format.clone(),
        packed: source.packed.clone(),
        messages: source.messages,
        from: source.span.first.as_ref().map(time),
        to: source.span.last.as_ref().map(time),
        missed: source.missed,
        first_missed: source.first_missed,
        packets: source.packets,
        tls: source.tls,
        unread: source.unread,
        cut: source.is_cut,
        partial: source.is_partial,
    }
}

fn codes(outcome: Outcome) -> (Option<u16>, Option<u16>) {
    match outcome {
        Outcome::Final(code) => (Some(code), None),
        Outcome::Open(code) => (None, code),
    }
}

fn outcomes(outcomes: &BTreeMap<Outcome, u64>) -> Vec<OutcomeForm> {
    let form = |(outcome, attempts): (&Outcome, &u64)| {
        let (r#final, provisional) = codes(*outcome);
        OutcomeForm {
            r#final,
            provisional,
            attempts: *attempts,
        }
    };
    outcomes.iter().map(form).collect()
}

fn method(sum: &Sum, (method, came): (&Method, &Outcomes)) -> MethodForm {
    let counts = &sum.counts;
    let responses = counts.responses.get(method).into_iter();
    let open = came.attempts.iter();
    let open = open.filter(|(outcome, _)| matches!(outcome, Outcome::Open(_)));
    let codes = sum.codes.get(method).into_iter().flatten();
    MethodForm {
        method: name(method),
        requests: counts.requests.get(method).copied().unwrap_or(0),
        responses: total(responses.flat_map(BTreeMap::values)),
        transactions: came.transactions,
        attempts: total(came.attempts.values()),
        no_final: total(open.map(|(_, count)| count)),
        outcomes: outcomes(&came.attempts),
        codes: codes
            .map(|(number, beside)| code(sum, (method, *number), came, beside))
            .collect(),
    }
}

fn code(sum: &Sum, (method, code): (&Method, u16), came: &Outcomes, beside: &Beside) -> CodeForm {
    let messages = sum.counts.responses.get(method);
    let messages = messages.and_then(|codes| codes.get(&code));
    let outcome = if code < 200 {
        Outcome::Open(Some(code))
    } else {
        Outcome::Final(code)
    };
    let known = StatusCode::new(code).ok().map(catalog::response);
    let phrase = known.map_or("", |response| response.phrase());
    CodeForm {
        code,
        phrase: said(phrase),
        messages: messages.copied().unwrap_or(0),
        transactions: beside.transactions,
        outcomes: came.attempts.get(&outcome).copied().unwrap_or(0),
        first: beside.span.first.as_ref().map(time),
        last: beside.span.last.as_ref().map(time),
        senders: most(&beside.senders, |sender: &Sender, count| SenderForm {
            name: said(&sender.agent),
            peer: said(&sender.peer),
            count,
        }),
        reasons: most(&beside.reasons, |reason: &String, count| ValueForm {
            value: text::clean(reason),
            count,
        }),
        warnings: most(&beside.warnings, |warning: &u16, count| ValueForm {
            value: *warning,
            count,
        }),
        call_id: beside.call_id.as_deref().map(text::clean),
    }
}

/// Returns forms, the most frequent first.
fn most<T, F>(counts: &BTreeMap<T, u64>, form: impl Fn(&T, u64) -> F) -> Vec<F> {
    let counts = tally::most(counts).into_iter();
    counts.map(|(value, count)| form(value, count)).collect()
}

fn attempt(listed: &Listed) -> AttemptForm {
    let attempt = &listed.attempt;
    let (r#final, provisional) = codes(listed.outcome);
    AttemptForm {
        method: name(&listed.method),
        r#final,
        provisional,
        time: attempt.time.as_ref().map(time),
        from: text::clean(&attempt.from),
        to: text::clean(&attempt.to),
        call_id: text::clean(&attempt.call_id),
        peer: said(&attempt.peer),
        agent: said(&attempt.agent),
        reasons: attempt
            .reasons
            .iter()
            .map(|reason| text::clean(reason))
            .collect(),
        warnings: attempt.warnings.clone(),
        place: text::clean(&attempt.place),
        cause: said(&attempt.cause),
    }
}

fn group((key, methods): (&String, &Methods)) -> GroupForm {
    let method = |(method, came): (&Method, &Outcomes)| GroupMethodForm {
        method: name(method),
        transactions: came.transactions,
        outcomes: outcomes(&came.attempts),
    };
    GroupForm {
        key: said(key),
        methods: methods.iter().map(method).collect(),
    }
}

/// Returns what a trace says, if it says it.
fn said(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| text::clean(value))
}

fn name(method: &Method) -> String {
    text::clean(&String::from_utf8_lossy(method.as_bytes()))
}
