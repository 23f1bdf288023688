//! What is read out of a text: codes whatever stands beside them, filters while they are typed, header fields, messages.

use std::collections::BTreeSet;

use sipdex::catalog;
use sipdex::search::{Layer, Sets, filters, search};

use super::codes;

/// Returns what a text finds as it is listed: "486", "cause 34", "timer retry-after".
fn entries(text: &str) -> Vec<String> {
    let hits = search(text, &Sets::default()).hits;
    hits.iter().map(|hit| hit.entry.short()).collect()
}

#[test]
fn every_code_is_read_whatever_sign_stands_beside_it() {
    for response in catalog::registered() {
        let code = response.code.get();
        for text in [
            format!("[{code}]"),
            format!("{code}."),
            format!("{code}:"),
            format!("={code}"),
            format!("({code})"),
            format!("{code}/INVITE"),
            format!("status={code}"),
            format!("code: {code}, x"),
            format!("\"sip_status_code\": \"{code}\""),
            format!("{code}({})", response.phrase()),
            format!("[terminated][{code}]"),
            format!("VENDOR_{code}"),
            format!("{code}?"),
            format!("#{code}"),
            format!("StatusCode{code}"),
            format!("x.c:123: error {code} at 10.0.0.{}", code % 250),
            format!("<sip:b@10.0.0.1:5060;user=phone> -> {code} x"),
            format!("CSeq: 102 INVITE, got {code}"),
            format!("response {code} after 180 seconds, 420 bytes"),
            format!("{{\"port\":500,\"status\":{code},\"took\":\"200 ms\"}}"),
        ] {
            assert_eq!(codes(&text).first(), Some(&code), "{text}");
        }
    }
}

#[test]
fn every_pair_of_codes_is_a_list() {
    let all: Vec<u16> = catalog::registered().map(|r| r.code.get()).collect();
    for pair in all.windows(2) {
        let (b, a) = (pair[0], pair[1]);
        for text in [
            format!("{a} {b}"),
            format!("{a},{b}"),
            format!("{a}/{b}"),
            format!("{a} vs {b}"),
            format!("{a} or {b}?"),
            format!("{a} and {b}"),
        ] {
            assert_eq!(codes(&text), [a, b], "{text}");
        }
    }
}

#[test]
fn a_filter_finds_something_at_every_letter() {
    for (example, _) in filters() {
        for end in 1..=example.len() {
            let typed = &example[..end];
            let results = search(typed, &Sets::default());
            // Nobody has bookmarks here.
            let is_said = results.remark.is_some();
            assert!(!results.hits.is_empty() || is_said, "{typed}");
        }
    }
    for typed in [
        "header:r",
        "header:retry-afte",
        "method:reg",
        "rfc:32",
        "class:4x",
        "is:ca",
        "warn:3",
    ] {
        assert!(!entries(typed).is_empty(), "{typed}");
        assert!(
            entries(&format!("{typed} ")).is_empty() || typed == "rfc:32",
            "{typed} is no longer typed"
        );
    }
}

#[test]
fn a_header_line_is_one_in_any_case() {
    let names: BTreeSet<&str> = catalog::responses()
        .iter()
        .flat_map(|response| response.headers)
        .map(|field| field.name.as_str())
        .filter(|name| !["Reason", "Warning", "From"].contains(name))
        .collect();
    for name in names {
        let expected = codes(&format!("header:{name}"));
        for line in [
            format!("{name}: x"),
            format!("{}: x", name.to_lowercase()),
            format!("{}:x", name.to_uppercase()),
        ] {
            assert_eq!(codes(&line), expected, "{line}");
        }
    }
    let two = "Retry-After: 30\nUser-Agent: x";
    assert_eq!(
        codes(two),
        codes("header:retry-after"),
        "the first that a page knows"
    );
    for (name, phrases) in [("unsupported", [415, 416]), ("identity", [428, 438])] {
        let found = codes(name);
        assert!(
            phrases.iter().all(|code| found.contains(code)),
            "{name}: {found:?}"
        );
    }
    assert_eq!(codes("k: 100rel"), codes("Supported: 100rel"));
    assert_eq!(codes("x: 1800"), codes("session-expires: 1800"));
}

#[test]
fn every_example_is_read_as_its_code_and_its_header_fields_as_what_they_say() {
    for response in catalog::registered() {
        let Some(example) = response.example else {
            continue;
        };
        let found = codes(&example);
        assert_eq!(found.first(), Some(&response.code.get()), "{found:?}");
        // The same on one line, as a terminal pastes it.
        let line = example.replace("\r\n", " ");
        assert_eq!(codes(&line).first(), Some(&response.code.get()), "{line}");
    }
    let message = "SIP/2.0 503 Service Unavailable\r\n\
        v: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1;received=192.0.2.200\r\n\
        CSeq: 102 INVITE\r\n\
        REASON: Q.850\r\n ;cause=34;text=\"no circuit\"\r\n\
        warning: 399 gw \"trunk group full\"\r\n\
        Retry-After: 300\r\n\
        l: 0\r\n\r\n";
    let hits = search(message, &Sets::default()).hits;
    let told: Vec<(String, &str)> = hits
        .iter()
        .map(|hit| (hit.entry.short(), hit.why()))
        .collect();
    let told: Vec<(&str, &str)> = told.iter().map(|(short, why)| (&**short, *why)).collect();
    assert_eq!(
        told,
        [
            ("503", "the code itself"),
            (
                "cause 34",
                "Reason: ISDN cause 34, no circuit or channel available"
            ),
            (
                "warn-code 399",
                "Warning: 399 from gw, \"trunk group full\""
            ),
            ("timer retry-after", "Retry-After: 300 seconds"),
        ]
    );
}

#[test]
fn a_request_is_what_its_reason_says_or_else_its_method() {
    let bye = "BYE sip:b@10.0.0.1 SIP/2.0\nTo: <sip:b@10.0.0.1>\nReason: Q.850;cause=34\n";
    assert_eq!(codes(bye), codes("cause:34"));
    assert_eq!(entries(bye)[0], "cause 34");
    let cancel =
        "CANCEL sip:b@10.0.0.1 SIP/2.0\nReason: SIP;cause=200;text=\"Call completed elsewhere\"\n";
    assert_eq!(codes(cancel), [200]);
    let plain = "BYE sip:b@10.0.0.1 SIP/2.0\nTo: <sip:b@10.0.0.1>\nMax-Forwards: 70\n";
    assert_eq!(codes(plain), codes("method:bye"));
    // What its session description says is neither looked for nor told.
    let invite = "INVITE sip:b@10.0.0.1 SIP/2.0\nContent-Type: application/sdp\n\n\
        v=0\no=- 1 1 IN IP4 10.0.0.1\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:k3y\n";
    assert_eq!(codes(invite), codes("method:invite"));
    let hits = search(invite, &Sets::default()).hits;
    assert!(hits.iter().all(|hit| hit.ignored().is_empty()));
}

#[test]
fn a_number_of_a_product_leads_to_its_code() {
    for response in catalog::registered() {
        let code = response.code.get();
        for (text, whose) in [
            (format!("560{code}"), "Microsoft Teams"),
            (format!("CallEndSubReason: 560{code}"), "Microsoft Teams"),
            (format!("status=170{code}"), "PJSIP"),
            (
                format!("SIP response code {code}, Microsoft response code 560{code}"),
                "",
            ),
        ] {
            let hits = search(&text, &Sets::default()).hits;
            let first = hits.first().expect("a hit");
            assert_eq!(first.entry.short(), code.to_string(), "{text}");
            assert!(first.why().contains(whose), "{text}: {}", first.why());
        }
    }
    let hits = search("1603", &Sets::default()).hits;
    assert_eq!(hits[0].layer(), Layer::Prefix, "it is not sure");
}

#[test]
fn a_section_finds_what_cites_it() {
    for form in [
        "RFC 3261 21.4.24",
        "rfc3261 section 21.4.24",
        "RFC 3261, section 21.4.24",
        "3261 §21.4.24",
        "[RFC 3261 21.4.24]",
        "rfc:3261 21.4.24",
        "RFC3261#section-21.4.24",
    ] {
        assert_eq!(codes(form).first(), Some(&486), "{form}");
    }
    assert!(entries("RFC 3261 17.1.1.2").contains(&"timer B".to_owned()));
    assert!(
        codes("RFC 3398 7.2.4.1").contains(&404),
        "a row of the telephone network"
    );
}

#[test]
fn a_text_that_is_no_filter_is_text() {
    let remark = |text: &str| search(text, &Sets::default()).remark.unwrap_or_default();
    for text in [
        "Registration failed: io error",
        "chan_sip.c:29053 lost",
        "got header: foo in it",
        "the cause: unknown to me",
        "is: it busy",
        "10.0.0.2:5060 is gone",
    ] {
        assert!(!remark(text).contains("filter"), "{text}: {}", remark(text));
        assert!(
            !remark(text).contains(" takes "),
            "{text}: {}",
            remark(text)
        );
    }
    assert!(remark("header:foo").contains("header field \"foo\""));
    assert!(remark("foo:bar").starts_with("there is no filter foo:"));
}

#[test]
fn what_is_of_another_language_is_told_that_the_search_knows_english() {
    for text in [
        "kein Guthaben mehr",
        "contraseña incorrecta",
        "numéro inexistant",
    ] {
        let results = search(text, &Sets::default());
        let told = results
            .remark
            .is_some_and(|remark| remark.contains("English"));
        assert!(!results.hits.is_empty() || told, "{text}");
    }
    let remark = search("busy", &Sets::default()).remark;
    assert_eq!(remark, None);
}
