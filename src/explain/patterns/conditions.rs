//! Preconditions (RFC 3312): a call that does not ring, since one side waits for the resources of the other, which never
//! says that it has them.

use super::found::{Found, values};
use super::media::session;
use super::order::{Call, Hop, SECOND, lasting};

/// So long nobody takes to set resources up.
const LONG: u64 = 5 * SECOND;

/// What a side said last of its own resources.
#[derive(Default)]
struct Side {
    /// The message that said so.
    at: Option<usize>,
    /// The value of a=curr for itself.
    current: String,
    is_mandatory: bool,
    /// It asks to be told of the resources of the other side (a=conf).
    asks: bool,
}

impl Side {
    fn take(&mut self, text: &str, at: usize) {
        let lines = text.lines().map(str::trim);
        let rows = lines.filter_map(|line| line.strip_prefix("a=")?.split_once(":qos "));
        for (name, rest) in rows {
            let words: Vec<&str> = rest.split(' ').collect();
            match (name, words.as_slice()) {
                ("curr", ["local" | "e2e", value]) => {
                    (self.current, self.at) = ((*value).to_owned(), Some(at));
                }
                ("des", ["mandatory", "local" | "e2e", ..]) => self.is_mandatory = true,
                ("conf", ["remote" | "e2e", ..]) => self.asks = true,
                _ => {}
            }
        }
    }

    fn lacks(&self) -> bool {
        self.is_mandatory && self.current == "none"
    }
}

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let all = call.requests(b"INVITE");
    all.filter_map(|hop| of(call, hop)).take(1).collect()
}

fn of(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let first = *hop.requests.first().filter(|_| hop.is_outside())?;
    let code = |at: &usize| call.code(*at);
    let refusal = hop.last(call, 300).filter(|at| call.code(*at) >= 300)?;
    let progress = hop.responses.iter().find(|at| code(at) == 183)?;
    let is_rung = hop.responses.iter().any(|at| matches!(code(at), 180..=182));
    let is_meant = matches!(code(&refusal), 408 | 480 | 487 | 500..=504 | 580);
    if is_rung || !is_meant {
        return None;
    }
    let mut sides = [Side::default(), Side::default()];
    for at in 0..refusal {
        let Some(text) = session(call.message(at)) else {
            continue;
        };
        let is_caller = (call.from(at) == hop.from) == call.message(at).is_request();
        sides[usize::from(!is_caller)].take(&text, at);
    }
    let [asking, other] = &sides;
    let (asked, answered) = (asking.at?, other.at?);
    let is_caller = asking.lacks();
    if !is_caller && !other.lacks() {
        return None;
    }
    let last = asked.max(answered).max(*progress);
    let end = call.requests(b"CANCEL").filter_map(Hop::first);
    let end = end.filter(|at| *at > last).min().unwrap_or(refusal);
    let gap = call.gap(last, end).filter(|gap| *gap >= LONG)?;
    let (from, to) = call.between(first);
    let (who, at) = if is_caller {
        (from, asked)
    } else {
        (to, answered)
    };
    let conf = if is_caller && other.asks {
        ", though the other side had asked to be told (a=conf)"
    } else {
        ""
    };
    let ended = match call.message(end).code() {
        Some(code) => format!("the {code}"),
        None => "the CANCEL".to_owned(),
    };
    let values = values![
        ("who", who),
        ("said", call.said(at)),
        ("conf", conf.to_owned()),
        ("gap", lasting(gap)),
        ("ended", ended),
    ];
    let proof = [first, *progress, at, end, refusal];
    Found::told(call, "condition-open", hop, refusal, &values, &proof)
}
