//! Tells two to four responses apart: by hand where a family holds them, else from the facts.

mod compared;
mod difference;
mod differences;
mod in_short;
mod requests;
mod row;
mod rows;
mod words;

use std::borrow::Cow;

use crate::catalog::{self, Citation, Class, Family, Mistake, Response, StatusCode};

pub use compared::{Compared, MOST};
pub use difference::Difference;
pub use row::Row;
pub(crate) use words::capitalized;

/// What separates two to four responses.
#[derive(Debug)]
pub struct Comparison {
    pub responses: Compared,
    /// The family that holds them all, the smallest one.
    pub family: Option<&'static Family>,
    pub in_short: String,
    /// Only real differences, the most consequential first.
    pub differences: Vec<Difference>,
    pub rows: Vec<Row>,
    pub when_to_use: Vec<Use>,
    pub mistakes: Vec<&'static Mistake>,
    pub learn_more: Vec<Citation>,
    /// Other codes that are confused with them.
    pub others: Vec<StatusCode>,
}

/// When to send a response, and what to do on receiving it.
#[derive(Debug)]
pub struct Use {
    pub code: StatusCode,
    pub test: Option<&'static str>,
    pub send: Cow<'static, str>,
    pub received: Cow<'static, str>,
}

/// Tells responses apart.
pub fn compare(compared: &Compared) -> Comparison {
    let family = family_of(compared);
    let differences = differences::differences(compared, family);
    let mut learn_more: Vec<Citation> = Vec::new();
    let defined = compared.iter().filter_map(|response| response.defined());
    for cite in defined.chain(
        differences
            .iter()
            .flat_map(|difference| difference.cites.clone()),
    ) {
        if !learn_more.contains(&cite) {
            learn_more.push(cite);
        }
    }
    Comparison {
        family,
        in_short: in_short::in_short(compared, family),
        differences,
        rows: rows::rows(compared),
        when_to_use: compared
            .iter()
            .map(|response| when_to_use(response, family))
            .collect(),
        mistakes: family.map_or_else(Vec::new, |family| mistakes(compared, family)),
        learn_more,
        others: others(compared, family),
        responses: compared.clone(),
    }
}

/// Returns the mistakes of a family that are about one of the responses, or about none of its codes.
fn mistakes(responses: &[&Response], family: &'static Family) -> Vec<&'static Mistake> {
    let names = |text: &str, code: StatusCode| text.contains(&code.to_string());
    let of_family = |text: &str| family.codes.iter().any(|code| names(text, *code));
    let is_about_them = |mistake: &&Mistake| {
        // What stands before the colon is the mistake; a code after it is the way out.
        let (mistake, way_out) = mistake.says.split_once(": ").unwrap_or((mistake.says, ""));
        let text = if of_family(mistake) { mistake } else { way_out };
        let mut compared = responses.iter().map(|response| response.code);
        compared.any(|code| names(text, code)) || !of_family(text)
    };
    family.mistakes.iter().filter(is_about_them).collect()
}

/// Returns the response that one is most often confused with.
pub fn most_confused_with(response: &Response) -> Option<&'static Response> {
    response
        .related
        .first()
        .map(|related| catalog::response(related.code))
}

/// Returns the smallest family that holds all the responses.
fn family_of(responses: &[&Response]) -> Option<&'static Family> {
    catalog::families()
        .iter()
        .filter(|family| {
            responses
                .iter()
                .all(|response| family.codes.contains(&response.code))
        })
        .min_by_key(|family| family.codes.len())
}

fn when_to_use(response: &'static Response, family: Option<&'static Family>) -> Use {
    let code = response.code;
    let advice = family.and_then(|family| family.advice.iter().find(|advice| advice.code == code));
    if let Some(advice) = advice {
        return Use {
            code,
            test: family
                .and_then(|f| f.tests.iter().find(|t| t.code == code))
                .map(|t| t.says),
            send: format!("Send it when {}", advice.send).into(),
            received: capitalized(advice.received).into(),
        };
    }
    let send = response
        .use_when
        .unwrap_or("No page says yet when to send it.");
    let received = response.retry.first().map_or("", |retry| retry.says);
    Use {
        code,
        test: None,
        send: send.into(),
        received: received.into(),
    }
}

fn others(responses: &[&'static Response], family: Option<&'static Family>) -> Vec<StatusCode> {
    let related = responses
        .iter()
        .flat_map(|r| r.related.iter().map(|related| related.code));
    let of_family = family
        .into_iter()
        .flat_map(|family| family.codes.iter().copied());
    let mut others: Vec<StatusCode> = Vec::new();
    for code in of_family.chain(related) {
        let compared = responses.iter().any(|response| response.code == code);
        if !compared && !others.contains(&code) {
            others.push(code);
        }
    }
    others
}

/// Returns what a response of a class does to the other branches of a forked request (RFC 3261
/// section 16.7).
fn other_branches(class: Class) -> &'static str {
    match class {
        Class::Provisional | Class::RequestFailure | Class::ServerFailure => "go on",
        Class::Redirection => "go on; Contact may add some",
        Class::Success => "cancelled",
        Class::GlobalFailure => "cancelled, none added",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::StatusCode;

    fn of(codes: &[u16]) -> Comparison {
        let responses: Vec<_> = codes
            .iter()
            .map(|code| catalog::response(StatusCode::new(*code).expect("a code")))
            .collect();
        compare(&Compared::new(&responses).expect("two codes"))
    }

    #[test]
    fn a_100_and_a_421_are_steps_of_one_transaction() {
        let comparison = of(&[100, 421]);
        assert!(
            comparison.in_short.contains("not alternatives"),
            "{}",
            comparison.in_short
        );
        let differences: Vec<_> = comparison.differences.iter().map(|d| &*d.says).collect();
        let all = differences.join("\n");
        for fact in [
            "provisional",
            "final",
            "MUST carry Require",
            "MUST NOT forward",
        ] {
            assert!(all.contains(fact), "{fact:?} is missing in:\n{all}");
        }
    }

    #[test]
    fn the_smallest_family_speaks() {
        assert_eq!(of(&[486, 600]).family.map(|family| family.id), Some("busy"));
        assert!(of(&[100, 421]).family.is_none());
    }

    #[test]
    fn a_family_shows_only_the_differences_between_the_compared() {
        let both = of(&[486, 600]).differences;
        assert!(
            both.iter()
                .all(|difference| !difference.says.starts_with("Reason:"))
        );
        assert!(
            both.iter()
                .any(|difference| difference.says.starts_with("Reach:"))
        );
    }

    #[test]
    fn rows_say_whether_they_differ() {
        let differing = |codes| -> Vec<&str> {
            let rows = of(codes).rows.into_iter().filter(|row| row.differs);
            rows.map(|row| row.name).collect()
        };
        assert_eq!(
            differing(&[486, 600]),
            ["Class", "Header fields", "Other branches"]
        );
        assert_eq!(differing(&[431, 432]), [""; 0]);
        // Equal neighbours do not hide the one that differs.
        assert_eq!(differing(&[181, 182, 200])[..2], ["Class", "Finality"]);
        assert_eq!(differing(&[200, 182, 181])[..2], ["Class", "Finality"]);
    }

    #[test]
    fn the_order_of_the_codes_changes_no_fact() {
        let (forth, back) = (of(&[302, 488]), of(&[488, 302]));
        assert_eq!(forth.differences.len(), back.differences.len());
        assert_eq!(
            forth.rows.iter().map(|row| row.differs).collect::<Vec<_>>(),
            back.rows.iter().map(|row| row.differs).collect::<Vec<_>>()
        );
    }
}
