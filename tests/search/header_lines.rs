//! Reason and Warning, as header fields and logs have them.

use std::collections::BTreeSet;

use sipdex::catalog;

use super::codes;

#[test]
fn a_reason_value_is_read_however_it_is_written() {
    for value in [
        "Q.850;cause=34",
        "Q.850 ;cause=34 ;text=\"no circuit available\"",
        "Q.850\t;\tcause=34",
        "Q.850;text=\"a; cause=1, b\";cause=34",
        "q.850 ; CAUSE = 34",
        "Q850 ;cause=34 ;text=\"Busy Here\"",
        "Q.850;cause=\"34\"",
        "Q.850;cause=34,",
        "(Q.850;cause=34)",
        "'Q.850 ;cause=34'",
        "\"Q.850;cause=34\"",
        "hangup Q.850 ;cause=34 ;text=\"x\"",
    ] {
        assert_eq!(codes(value), codes("cause:34"), "{value}");
        if !value.starts_with("hangup") {
            let line = format!("Reason: {value}");
            assert_eq!(codes(&line), codes("cause:34"), "{line}");
        }
    }
    for value in [
        "SIP;cause=200",
        "SIP ;cause=200 ;text=\"Call completed elsewhere\"",
        "sip;text=\"x\";cause=200",
    ] {
        assert_eq!(codes(value), [200], "{value}");
    }
    assert_eq!(codes("Q.850;cause=34 carrier")[0], 503, "a word beside it");
}

#[test]
fn a_reason_or_warning_in_a_line_of_a_log_is_what_the_line_is_about() {
    for (line, same_as) in [
        ("2026-11-22 10:00 Reason: Q.850;cause=34", "cause:34"),
        ("reason: Q.850 ;cause=34 ;text=\"x\"", "cause:34"),
        (
            "got BYE with Reason:Q.850;cause=19 from carrier",
            "cause:19",
        ),
        ("BYE Reason: SIP;cause=487", "487"),
        ("\"Reason: Q.850;cause=34\"", "cause:34"),
        ("warning: 370 gw \"Insufficient bandwidth\"", "warn:370"),
        ("warning:305", "warn:305"),
        (
            "got a Warning: 305 host \"Incompatible media format\" back",
            "warn:305",
        ),
    ] {
        assert_eq!(codes(line), codes(same_as), "{line}");
    }
    // Words that only look like one.
    assert_eq!(codes("warning: busy"), codes("busy"));
}

#[test]
fn of_several_reasons_each_counts() {
    for value in [
        "Q.850;cause=16;text=\"a, b\", SIP;cause=480",
        "SIP;cause=480, Q.850;cause=16",
    ] {
        assert_eq!(codes(value), [480], "{value}");
        assert_eq!(codes(&format!("Reason: {value}")), [480], "{value}");
    }
    let second = "Reason: Preemption;cause=1, Q.850;cause=34";
    assert_eq!(codes(second), codes("cause:34"));
}

#[test]
fn a_header_field_and_its_warn_codes_agree() {
    let carried: BTreeSet<u16> = catalog::warnings()
        .iter()
        .flat_map(|warning| warning.codes)
        .map(|code| code.get())
        .collect();
    let found: BTreeSet<u16> = codes("header:warning").into_iter().collect();
    assert!(found.is_superset(&carried), "{found:?} {carried:?}");
    assert!(found.contains(&500));
}
