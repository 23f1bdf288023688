//! A message held against the reference: what it says, what is wrong with it, what to do next.

mod alternative;
mod asked;
mod beside;
mod body;
mod call;
mod cancelled;
mod causes;
mod challenge;
mod change;
mod checks;
mod course;
mod credentials;
mod cut;
mod dialog;
mod done;
mod doubts;
mod ends;
mod facts;
mod fields;
mod finding;
mod fitting;
mod fixes;
mod found;
mod headers;
mod keys;
mod looked;
mod loops;
mod makers;
mod named;
mod nat;
mod next;
mod offer;
mod parties;
mod passport;
mod pasted;
mod patterns;
mod product;
mod purpose;
mod rank;
mod reach;
mod readings;
mod request;
mod required;
mod sdp;
mod sentence;
mod session;
mod sides;
mod signals;
mod signs;
mod sorted;
mod strays;
mod syntax;
mod terms;
mod waiting;
mod way;
mod words;

use crate::catalog::Response;
use crate::message::{Message, Redaction};
use facts::Facts;
use looked::Looked;

pub use call::{Beside, again};
pub use course::{
    Advice, CallExplanation, CallFinding, Difference, Differences, Row, Sureness, attempt,
    call_beside, call_looked_at, differences,
};
pub use fields::Saying;
pub use finding::{Finding, Kind, Rule};
pub use fixes::{Proof, Weighed};
pub use next::Step;
pub use pasted::pasted;
pub use rank::{MOST, Rank};

/// What there is to say about a message.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The page of its code, if it is a response.
    pub response: Option<&'static Response>,
    /// The method that is requested or answered; empty where it does not say.
    pub method: String,
    /// That of the request, where `CSeq` says another one.
    pub other_method: Option<String>,
    /// The number of its `CSeq`.
    pub number: Option<String>,
    pub call_id: Option<String>,
    /// What happened, in a sentence.
    pub in_short: String,
    /// What its header fields say, in words.
    pub fields: Vec<Saying>,
    pub findings: Vec<Finding>,
    /// What the client may do: what the message asks for, then the rules of the page.
    pub next: Vec<Step>,
    /// How to fix it, what the message proves first.
    pub fixes: Vec<Weighed>,
}

impl Explanation {
    /// Puts tokens in the place of what names somebody.
    pub fn redact(&mut self, redaction: &mut Redaction) {
        let findings = self.findings.iter_mut().map(|one| &mut one.says);
        let next = self.next.iter_mut().map(|one| &mut one.says);
        let words = [&mut self.method, &mut self.in_short].into_iter();
        let words = words.chain(&mut self.other_method).chain(&mut self.call_id);
        for says in words.chain(findings).chain(next) {
            redaction.put(says);
        }
        for field in &mut self.fields {
            redaction.put(&mut field.says);
            redaction.put_value(&field.name, &mut field.value);
            redaction.put_name(&mut field.name);
        }
    }
}

/// Explains a message, with what the same trace has beside it.
pub fn explain(message: &Message<'_>, beside: Beside<'_>) -> Explanation {
    let facts = Facts::of(message).beside(beside);
    let findings = findings(message);
    let text = |bytes| words::short(&words::text(bytes));
    Explanation {
        response: facts.page,
        method: text(message.method()),
        other_method: call::other_method(&facts),
        number: message.cseq().map(|(number, _)| text(number)),
        call_id: message.value("Call-ID").map(text),
        in_short: sentence::with_fault(&facts, &findings),
        fields: fields::fields(&facts),
        findings,
        next: next::steps(&facts),
        fixes: fixes::weighed(&facts),
    }
}

/// Returns what is wrong with a message, what is sure first.
pub fn findings(message: &Message<'_>) -> Vec<Finding> {
    // A start line alone was cut out of a message, and says nothing of the rest.
    if message.fields.is_empty() {
        return Vec::new();
    }
    let message = Looked::at(message);
    let mut findings = required::found(&message);
    findings.extend(checks::found(&message));
    let all = [Kind::Broken, Kind::Doubt, Kind::Note].into_iter();
    all.flat_map(|kind| {
        findings
            .extract_if(.., move |one| one.kind == kind)
            .collect::<Vec<_>>()
    })
    .collect()
}

/// Returns every rule that messages are held against, in the order of the ids.
pub fn rules() -> Vec<Rule> {
    let mut rules: Vec<Rule> = required::rules().chain(checks::rules()).collect();
    sorted::sort_by(&mut rules, |one, other| one.id.cmp(&other.id));
    rules.dedup_by(|one, other| one.id == other.id);
    rules
}
