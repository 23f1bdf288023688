//! What header fields say, in words.

use super::text;
use crate::catalog::{self, Citation, TopicKind};
use crate::message::{Message, reasons, seconds};

/// A header field, and what its value says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saying {
    pub name: String,
    pub value: String,
    pub says: String,
    pub cites: Vec<Citation>,
}

pub(super) fn fields(message: &Message<'_>) -> Vec<Saying> {
    let mut sayings = Vec::new();
    for field in message.all("Reason") {
        for reason in reasons(field.value) {
            let cause = reason.cause.filter(|_| reason.is_q850());
            let topic =
                cause.and_then(|cause| catalog::topic(TopicKind::Cause, &cause.to_string()));
            if let Some(topic) = topic {
                sayings.push(Saying {
                    name: "Reason".to_owned(),
                    value: text(field.value),
                    says: format!("ISDN cause {}, {}", topic.id, topic.name),
                    cites: Vec::new(),
                });
            }
        }
    }
    if let Some(value) = message.value("Retry-After")
        && let Some(seconds) = seconds(value)
    {
        sayings.push(Saying {
            name: "Retry-After".to_owned(),
            value: text(value),
            says: format!("do not try again before {seconds} s have passed"),
            cites: Vec::new(),
        });
    }
    sayings
}
