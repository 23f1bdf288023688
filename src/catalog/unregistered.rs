//! Answers for numbers that nobody registered: the rule of the class, and the nearest codes that are.

use std::slice;
use std::sync::OnceLock;

use super::{
    ClassRule, Isdn, Related, Response, Standing, StatusCode, Travels, class_rule, registered,
};

const COUNT: usize = 600;

/// Made on demand, one for each number at the most, and kept.
static RESPONSES: [OnceLock<Box<Response>>; COUNT] = [const { OnceLock::new() }; COUNT];

pub(super) fn response(code: StatusCode) -> &'static Response {
    RESPONSES[usize::from(code.get() - 100)].get_or_init(|| Box::new(answer(code)))
}

fn answer(code: StatusCode) -> Response {
    let rule: &'static ClassRule = class_rule(code.class());
    Response {
        code,
        phrase: "",
        standing: Standing::Number,
        travels: Travels::EndToEnd,
        summary: "Not registered; its class says what to do",
        meaning: slice::from_ref(&rule.unknown),
        seen: &[],
        fix: &[],
        use_when: None,
        sent_by: &[],
        headers: &[],
        retry: slice::from_ref(&rule.retry),
        forking: slice::from_ref(&rule.forking),
        dialog: slice::from_ref(&rule.dialog),
        isdn: Isdn {
            to: &[],
            from: &[],
            from_others: None,
            round_trip: None,
        },
        vendors: &[],
        related: nearest(code),
        symptoms: "",
        symptom_words: &[],
        example: None,
        flow: &[],
        references: slice::from_ref(&rule.cite),
        http: None,
    }
}

/// Returns the registered codes of the class on both sides of a number.
fn nearest(code: StatusCode) -> &'static [Related] {
    let class = || registered().filter(move |response| response.class() == code.class());
    let below = class().rev().find(|response| response.code < code);
    let above = class().find(|response| response.code > code);
    let related: Vec<_> = below
        .into_iter()
        .chain(above)
        .map(|response| Related {
            code: response.code,
            says: response.summary,
        })
        .collect();
    related.leak()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_without_a_name_leads_to_its_neighbours() {
        let related = response(StatusCode::of(431)).related;
        let codes: Vec<_> = related.iter().map(|related| related.code.get()).collect();
        assert_eq!(codes, [430, 433]);
    }

    #[test]
    fn asked_twice_it_gives_the_same_answer() {
        let code = StatusCode::of(299);
        assert!(std::ptr::eq(response(code), response(code)));
    }
}
