//! What the client may do next: the rules of the page, with the values of the message put in.

use super::alternative;
use super::causes;
use super::change;
use super::ends;
use super::facts::Facts;
use super::fitting;
use super::reach;
use super::sides;
use super::words::{short, time};
use crate::catalog::Citation;
use crate::message::Reason;

/// A rule for the next request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub says: String,
    pub cite: Citation,
}

/// What a response asks for, with its value: its code, the method that it answers (any where none is named), the field,
/// what to do, and the section.
const ASKED: &[(u16, &str, &str, &str, &str)] = &[
    (
        423,
        "REGISTER",
        "Min-Expires",
        "Register again with Expires {} or more ({time}), in each Contact too.",
        "3261 10.2.8",
    ),
    (
        423,
        "PUBLISH",
        "Min-Expires",
        "Publish again with Expires {} or more ({time}).",
        "3903 5",
    ),
    (
        423,
        "SUBSCRIBE",
        "Min-Expires",
        "Subscribe again with Expires {} or more ({time}).",
        "6665 4.1.2.1",
    ),
    (
        422,
        "",
        "Min-SE",
        "Send the request again with Session-Expires {} or more ({time}) and with Min-SE: {}.",
        "4028 7.3",
    ),
    (
        420,
        "",
        "Unsupported",
        "Send the request again without {} in Require and Proxy-Require, if the call can do without it.",
        "3261 8.1.3.5",
    ),
    (
        421,
        "",
        "Require",
        "Send the request again with {} in Supported, if the client has it.",
        "3261 21.4.16",
    ),
    (
        415,
        "",
        "Accept",
        "Send the request again with a body of one of the types {}.",
        "3261 8.1.3.5",
    ),
    (
        415,
        "",
        "Accept-Encoding",
        "Send the request again with a body in the encoding {}.",
        "3261 8.1.3.5",
    ),
    (
        405,
        "",
        "Allow",
        "Use another method: this side takes {}.",
        "3261 21.4.6",
    ),
    (
        489,
        "",
        "Allow-Events",
        "Subscribe to one of {}.",
        "6665 8.2.2",
    ),
    (
        300,
        "",
        "Contact",
        "Send the request to {}.",
        "3261 8.1.3.4",
    ),
    (
        301,
        "",
        "Contact",
        "Send the request to {}, from now on.",
        "3261 8.1.3.4",
    ),
    (
        302,
        "",
        "Contact",
        "Send the request to {}, this once.",
        "3261 8.1.3.4",
    ),
    (
        401,
        "",
        "WWW-Authenticate",
        "Send the request again with credentials for {realm}.",
        "3261 22.2",
    ),
    (
        407,
        "",
        "Proxy-Authenticate",
        "Send the request again with credentials for {realm}.",
        "3261 22.3",
    ),
    (
        503,
        "",
        "Retry-After",
        "Leave this server alone for {time}, and try another one meanwhile.",
        "3261 21.5.4",
    ),
    (
        486,
        "",
        "Retry-After",
        "Call again in {time}.",
        "3261 20.33",
    ),
    (
        480,
        "",
        "Retry-After",
        "Call again in {time}.",
        "3261 20.33",
    ),
    (
        404,
        "",
        "Retry-After",
        "Call again in {time}.",
        "3261 20.33",
    ),
    (
        600,
        "",
        "Retry-After",
        "Call again in {time}.",
        "3261 20.33",
    ),
    (
        603,
        "",
        "Retry-After",
        "Call again in {time}.",
        "3261 20.33",
    ),
    (
        413,
        "",
        "Retry-After",
        "Send the request again in {time}.",
        "3261 20.33",
    ),
    (
        500,
        "",
        "Retry-After",
        "Send the request again in {time}.",
        "3261 20.33",
    ),
];

/// Returns what to do next: first what the message itself asks for, then the rules of the page.
pub(super) fn steps(facts: &Facts<'_>) -> Vec<Step> {
    let own: Vec<Step> = ASKED.iter().filter_map(|row| asked(facts, row)).collect();
    let told = told(facts);
    let rules = facts.page.into_iter().flat_map(|page| page.retry);
    let fitting = rules.filter(|rule| fitting::fits(facts, rule));
    let rules = fitting.map(|rule| Step {
        says: rule.says.to_string(),
        cite: rule.cite,
    });
    let ends = ends::next(facts).into_iter().filter_map(|(says, cite)| {
        let (says, cite) = (says.to_owned(), Citation::find(cite)?);
        Some(Step { says, cite })
    });
    own.into_iter()
        .chain(told)
        .chain(rules)
        .chain(ends)
        .collect()
}

/// Returns what follows from what the message says of the cause.
fn told(facts: &Facts<'_>) -> Vec<Step> {
    let look = |(reason, _): &(Reason<'_>, &[u8])| {
        let cause = reason
            .cause
            .filter(|_| reason.is_q850() && facts.code() >= 300)?;
        let look = causes::look(cause).filter(|look| look.contains("look "))?;
        let mut letters = look.chars();
        let first = letters.next()?.to_uppercase();
        Some((
            format!("{first}{} (ISDN cause {cause}).", letters.as_str()),
            "3326 2",
        ))
    };
    let owned = |(says, cite): (&str, &'static str)| (says.to_owned(), cite);
    let alternative = alternative::next(facts).map(|says| owned((says, "3261 21.3.5")));
    let reach = reach::next(facts).map(|says| owned((says, "3261 12.1.1")));
    let timer = change::next(facts).map(|says| (says, "4028 10"));
    let sides = sides::next(facts).map(owned);
    let all = [
        alternative,
        facts.reasons.iter().find_map(look),
        reach,
        timer,
        sides,
    ];
    let steps = all.into_iter().flatten();
    steps
        .filter_map(|(says, cite)| {
            Some(Step {
                says,
                cite: Citation::find(cite)?,
            })
        })
        .collect()
}

fn asked(facts: &Facts<'_>, row: &(u16, &str, &str, &str, &str)) -> Option<Step> {
    let (code, method, field, says, cite) = row;
    let fits = *code == facts.code() && (method.is_empty() || facts.is(method));
    // What is done already need not be asked for.
    let is_done = matches!(code, 401 | 407) && facts.beside.again(facts.message).is_some();
    let value = facts.listed(field).filter(|_| fits && !is_done)?;
    let seconds = facts.seconds(field);
    // A number is asked for, and there is none.
    if says.contains("{time}") && seconds.is_none() {
        return None;
    }
    let challenges = super::challenge::challenges(facts.message);
    let realm = challenges.first().map(super::challenge::Challenge::realm);
    let number = seconds.map(|seconds| seconds.to_string());
    let value = number.unwrap_or_else(|| short(&value));
    let says = says.replace("{time}", &time(seconds.unwrap_or_default()));
    let says = says.replace("{realm}", &realm.unwrap_or_default());
    Some(Step {
        says: says.replace("{}", &value),
        cite: Citation::find(cite)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Message;

    #[test]
    fn each_section_exists() {
        for (code, .., cite) in ASKED {
            assert!(Citation::find(cite).is_some(), "{code} {cite}");
        }
    }

    #[test]
    fn the_values_of_the_message_are_put_in() {
        let text = b"SIP/2.0 423 x\r\nMin-Expires: 300\r\nCSeq: 1 REGISTER\r\n\r\n";
        let message = Message::of(text);
        let steps = steps(&Facts::of(&message));
        assert_eq!(
            steps[0].says,
            "Register again with Expires 300 or more (5 min), in each Contact too."
        );
        let others = |step: &Step| step.says.contains("a PUBLISH");
        assert!(!steps.iter().any(others), "rules about others are left out");
    }
}
