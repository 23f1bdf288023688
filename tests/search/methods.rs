//! Methods, alone and beside words.

use std::collections::BTreeSet;

use sipdex::catalog::{self, Sender};
use sipdex::search::{Hit, Sets, search};

use super::{code_of, codes};

/// The methods with which the pages name a sender; nothing answers an ACK.
const METHODS: [&str; 13] = [
    "BYE",
    "CANCEL",
    "INFO",
    "INVITE",
    "MESSAGE",
    "NOTIFY",
    "OPTIONS",
    "PRACK",
    "PUBLISH",
    "REFER",
    "REGISTER",
    "SUBSCRIBE",
    "UPDATE",
];

#[test]
fn a_method_finds_every_code_that_answers_it_those_of_any_method_last() {
    for method in METHODS {
        let hits = search(
            &format!("method:{}", method.to_lowercase()),
            &Sets::default(),
        )
        .hits;
        let of = |wanted: fn(&Sender, &str) -> bool| -> BTreeSet<u16> {
            catalog::registered()
                .filter(|response| response.sent_by.iter().any(|s| wanted(s, method)))
                .map(|response| response.code.get())
                .collect()
        };
        let named = of(|sender, method| sender.methods.iter().any(|m| m == method));
        let mut any = of(|s, method| s.methods.is_empty() && s.except.iter().all(|m| m != method));
        any.retain(|code| !named.contains(code) && *code != 402);
        let (first, last) = hits.split_at(named.len());
        let codes = |hits: &[Hit]| hits.iter().filter_map(code_of).collect();
        assert_eq!(named, codes(first), "{method}");
        assert_eq!(any, codes(last), "{method}");
        let says = |hit: &Hit, what: &str| hit.why().starts_with(&format!("answers {what}, from "));
        assert!(first.iter().all(|hit| says(hit, method)), "{method}");
        assert!(last.iter().all(|hit| says(hit, "any method")), "{method}");
    }
}

#[test]
fn what_an_engineer_expects_of_a_method_is_among_its_codes() {
    for (method, expected) in [
        ("bye", &[100, 200, 401, 407, 408, 481, 500, 503][..]),
        ("options", &[200, 404, 405, 408, 486, 503]),
        ("register", &[200, 401, 403, 405, 407, 408, 423, 503]),
    ] {
        let found = codes(&format!("method:{method}"));
        let missing = expected.iter().filter(|code| !found.contains(code));
        assert_eq!(missing.collect::<Vec<_>>(), [&0; 0], "{method}: {found:?}");
    }
    let refused = [300, 301, 302, 401, 402, 407].map(|code| codes("method:cancel").contains(&code));
    assert_eq!(
        refused, [false; 6],
        "a CANCEL is neither challenged nor redirected"
    );
}

#[test]
fn a_method_in_capitals_is_one_beside_other_words() {
    for (words, filter) in [
        ("REGISTER 5xx", "method:register 5xx"),
        ("5xx REGISTER", "method:register 5xx"),
        ("INVITE 5xx", "method:invite 5xx"),
        ("INVITE busy", "method:invite busy"),
        ("(INVITE) busy", "method:invite busy"),
        ("REGISTER auth", "method:register auth"),
        ("BYE", "method:bye"),
        // In small letters where the words find nothing.
        ("register 5xx", "method:register 5xx"),
        ("invite busy", "method:invite busy"),
    ] {
        assert_eq!(codes(words), codes(filter), "{words}");
        assert!(!codes(words).is_empty(), "{words}");
    }
}

#[test]
fn a_request_line_is_its_method() {
    for (line, method) in [
        ("INVITE sip:bob@example.com SIP/2.0", "invite"),
        (
            "10:00:01 >> BYE sip:a@10.0.0.1:5060;transport=tcp SIP/2.0\r",
            "bye",
        ),
        ("OPTIONS tel:+49301234567 sip/2.0", "options"),
    ] {
        assert_eq!(codes(line), codes(&format!("method:{method}")), "{line}");
    }
    assert_eq!(
        codes("SIP/2.0 486 Busy Here to INVITE sip:a@b SIP/2.0"),
        [486]
    );
}

#[test]
fn a_method_is_a_word_where_all_words_are_found() {
    for (words, first) in [
        ("OPTIONS ping", 405),
        ("MESSAGE TOO LARGE", 513),
        ("MESSAGE WAITING", 489),
        ("no response to REGISTER", 408),
        ("register", 401),
        ("bye rejected", 481),
    ] {
        assert_eq!(codes(words).first(), Some(&first), "{words}");
    }
    assert_eq!(codes("INVITE zzqqxx"), [0; 0]);
}

#[test]
fn a_reason_of_several_filters_is_the_one_that_tells_something() {
    for query in ["method:register 5xx", "5xx method:register", "REGISTER 5xx"] {
        let hits = search(query, &Sets::default()).hits;
        let why: Vec<&str> = hits.iter().map(Hit::why).collect();
        assert_eq!(why[0], "answers REGISTER, from proxy", "{query}");
        assert!(why[2].starts_with("answers any method"), "{query}: {why:?}");
    }
}
