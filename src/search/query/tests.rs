//! What a text is made of.

use super::*;

/// Returns what a query is made of: codes, kinds of filters, words.
fn parsed(text: &str) -> (Vec<u16>, Vec<&'static str>, String) {
    let query = Query::parse(text);
    let kind = |filter: &Filter| match filter {
        Filter::Digits(_) => "digits",
        Filter::Class(_) => "class",
        Filter::Rfc(_) => "rfc",
        Filter::Header(_) => "header",
        Filter::Method(_) => "method",
        Filter::From(_) => "from",
        Filter::Cause(_) => "cause",
        Filter::Warning(_) => "warn",
        Filter::Timer(_) => "timer",
        Filter::Product(_) => "product",
        Filter::Is(_) => "is",
        Filter::Begun(_) => "begun",
        Filter::Nothing(_) => "nothing",
    };
    let codes = query.codes.iter().map(|read| read.code.get());
    let filters = query.filters.iter().map(kind);
    (codes.collect(), filters.collect(), query.words.join(" "))
}

fn assert_parsed(text: &str, codes: &[u16], filters: &[&'static str], words: &str) {
    let expected = (codes.to_vec(), filters.to_vec(), words.to_owned());
    assert_eq!(parsed(text), expected, "{text:?}");
}

#[test]
fn terms_are_codes_classes_digits_filters_or_words() {
    assert_parsed("", &[], &[], "");
    assert_parsed("486 600", &[486, 600], &[], "");
    assert_parsed("404, 481", &[404, 481], &[], "");
    assert_parsed("401/407;403", &[401, 407, 403], &[], "");
    assert_parsed("1/2", &[], &[], "1 2");
    assert_parsed("4xx", &[], &["class"], "");
    assert_parsed("4", &[], &["class"], "");
    assert_parsed("busy 4", &[], &[], "busy 4");
    assert_parsed("48x", &[], &["digits"], "");
    assert_parsed("999", &[], &["nothing"], "");
    assert_parsed("why is the Line busy", &[], &[], "line busy");
    assert_parsed("4xx rfc 3261 busy", &[], &["rfc", "class"], "busy");
    assert_parsed("from:proxy IS:BOOKMARKED", &[], &["from", "is"], "");
    assert_parsed("Allow", &[], &["header"], "");
    assert_parsed("!!", &[], &[], "!!");
}

#[test]
fn a_name_before_a_colon_is_a_filter_if_it_is_known() {
    assert_parsed("warn: 305", &[], &["warn"], "");
    assert_parsed("cause:487", &[487], &[], "");
    assert_parsed("foo:486", &[486], &[], "foo");
    assert_parsed("foo:busy", &[], &[], "busy");
    assert_parsed("sip:bob", &[], &[], "sip:bob");
    let remark = |text: &str| Query::parse(text).remark.unwrap_or_default();
    assert!(remark("foo:busy").starts_with("there is no filter foo:; the filters are"));
    assert!(remark("rfc:").starts_with("rfc: takes the number of an RFC"));
    assert_eq!(remark("warn:999"), "999 is no registered warn-code");
    assert_eq!(remark("sip:bob"), "");
}

#[test]
fn a_line_of_a_message_is_what_it_says() {
    assert_parsed("SIP/2.0 486 Busy Here", &[486], &[], "busy here");
    assert_parsed("BYE sip:a@b SIP/2.0", &[], &["method"], "");
    assert_parsed("Retry-After: 5", &[], &["header"], "");
    assert_parsed("From: Bob", &[], &["header"], "");
    assert_parsed("From:gateway", &[], &["from"], "");
    assert_parsed("Warning: 305 host \"x\"", &[], &["warn"], "");
    assert_parsed("Status: 480 gone", &[480], &[], "gone");
    assert_parsed("got \"Forbidden\" back", &[403], &[], "forbidden back");
}

#[test]
fn a_reason_is_a_code_or_a_cause_whether_or_not_its_name_stands_there() {
    assert_parsed("Reason: SIP;cause=480", &[480], &[], "");
    assert_parsed("Q.850 ;cause=17", &[], &["cause"], "");
    assert_parsed("busy Q.850 ; cause=17", &[], &["cause"], "");
    assert_parsed("got reason: Q.850;cause=17 back", &[], &["cause"], "back");
    assert_parsed("Reason: Q.850", &[], &["header"], "");
    assert_parsed("cause 17 user busy", &[], &["cause"], "");
    assert_parsed("cause 17 forbidden", &[], &["cause"], "forbidden");
}

#[test]
fn a_method_in_capitals_is_one_where_no_other_word_is() {
    assert_parsed("REGISTER", &[], &["method"], "");
    assert_parsed("REGISTER 5xx", &[], &["class", "method"], "");
    let query = Query::parse("register busy");
    assert!(query.has_methods() && !query.means_methods());
    let query = Query::parse("REGISTER busy");
    assert!(query.has_methods() && query.means_methods());
    let query = query.by_methods();
    assert_eq!(
        (query.words.join(" "), query.filters.len()),
        ("busy".to_owned(), 1)
    );
}

#[test]
fn what_stands_beyond_the_limit_is_not_read() {
    let long = format!("{} 486", "a".repeat(QUERY_LIMIT));
    assert_parsed(&long, &[], &[], &"a".repeat(QUERY_LIMIT));
}
