//! Logs, counted: a table, JSON, and what is said of a file without messages.

use super::*;

/// A call that is challenged and then refused, as a log may have it.
fn log() -> String {
    let message = |start: &str, cseq: &str| {
        format!(
            "recv from 192.0.2.1 at 10:00:00:\n{start}\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\nFrom: <sip:a@b>;tag=1\n\
             To: <sip:c@d>\nCall-ID: x\nCSeq: {cseq}\nContent-Length: 0\n\n"
        )
    };
    let invite = "INVITE sip:c@d SIP/2.0";
    [
        message(invite, "1 INVITE"),
        message("SIP/2.0 407 Proxy Authentication Required", "1 INVITE"),
        message("ACK sip:c@d SIP/2.0", "1 ACK"),
        message(invite, "2 INVITE"),
        message(invite, "2 INVITE"),
        message("SIP/2.0 486 Busy Here", "2 INVITE"),
        message("OPTIONS sip:c@d SIP/2.0", "3 OPTIONS"),
    ]
    .concat()
}

#[test]
fn a_log_is_counted() {
    let user = User::new();
    let file = user.write("trace.log", log());
    let table = user.done(&format!("tally {file}"));
    let rows: Vec<Vec<&str>> = table
        .lines()
        .map(|line| {
            line.split("  ")
                .map(str::trim)
                .filter(|cell| !cell.is_empty())
                .collect()
        })
        .collect();
    let size = format!("in {} bytes", log().len());
    assert_eq!(
        rows,
        [
            ["INVITE", "1 attempt, 2 transactions"],
            ["486 Busy Here", "1"],
            ["OPTIONS", "1 attempt, 1 transaction"],
            ["no response in this trace", "1"],
            ["7 messages", &size],
        ]
    );
    let messages = user.done(&format!("tally --messages {file}"));
    assert!(messages.contains("486 Busy Here to INVITE"), "{messages}");
    let json = user.json(&format!("tally {file}"));
    assert_eq!(json["messages"], 7);
    assert_eq!(
        json["methods"][0]["outcomes"][0],
        json!({ "final": 486, "provisional": null, "attempts": 1 })
    );
}

#[test]
fn what_holds_no_message_says_so() {
    let user = User::new();
    let file = user.write("empty.log", "got SIP/2.0 486 Busy Here\n");
    let run = user.run(&format!("tally {file}"));
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert!(run.err.contains("no SIP message in"), "{}", run.err);
    let wrapped =
        "x\n  INVITE sip:c@d SIP/2.0..Via: SIP/2.0/UDP a..From: <sip:a@b>..\n  To: <sip:c@d>....\n";
    let file = user.write("wrapped.log", wrapped);
    let run = user.run(&format!("tally {file}"));
    let says = "1 place that looks like SIP, at byte 4";
    assert!(run.status == 1 && run.err.contains(says), "{}", run.err);
    let run = user.run("tally /no/such/file");
    assert!(
        run.status != 0 && run.err.contains("/no/such/file"),
        "{}",
        run.err
    );
}

#[test]
fn attempts_are_listed_and_counted_apart() {
    let user = User::new();
    let file = user.write("trace.log", log());
    let failed = user.done(&format!("tally {file} --failed"));
    let rows: Vec<&str> = failed.lines().collect();
    assert_eq!(rows.len(), 1, "{failed}");
    for part in [
        "10:00:00 INVITE 486 Busy Here",
        "a@b to c@d",
        "Call-ID x",
        &format!("{file} line"),
    ] {
        assert!(rows[0].contains(part), "{part}: {failed}");
    }
    let all = user.json(&format!("tally {file} --all"));
    let attempts = all["attempts"].as_array().expect("attempts");
    assert_eq!(attempts.len(), 2);
    assert_eq!(attempts[1]["method"], "OPTIONS");
    assert_eq!(attempts[1]["final"], Value::Null);
    let by = user.json(&format!("tally {file} --by hour"));
    assert_eq!(by["groups"][0]["key"], "10:00");
    let one = user.done(&format!("tally {file} --method options"));
    assert!(one.contains("OPTIONS") && !one.contains("486"), "{one}");
    let messages = user.done(&format!("tally {file} --messages --method OPTIONS"));
    assert!(!messages.contains("INVITE"), "{messages}");
    let list = user.done(&format!("tally {file} --format markdown"));
    assert!(
        list.contains("- INVITE") && list.contains("\n  - 486"),
        "{list}"
    );
    let by = user.done(&format!("tally {file} --by hour --code 486"));
    assert!(by.contains("1 attempt\n"), "{by}");
    let one = user.json(&format!("tally {file} --code 486"));
    assert_eq!(one["methods"][0]["transactions"], 1);
    let one = user.done(&format!("tally {file} --code 486"));
    assert!(one.contains("486") && !one.contains("OPTIONS"), "{one}");
}

#[test]
fn what_breaks_off_is_counted_until_then() {
    use std::io::Write;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(log().repeat(20_000).as_bytes())
        .expect("packed");
    let packed = gzip.finish().expect("packed");
    let user = User::new();
    let file = user.write("cut.log.gz", &packed[..packed.len() * 3 / 4]);
    let run = user.run(&format!("tally {file}"));
    assert_eq!(run.status, 1);
    assert!(run.out.contains("486 Busy Here"), "{}", run.out);
    assert!(run.err.contains("counted what came before"), "{}", run.err);
}

#[test]
fn what_contradicts_itself_is_refused() {
    let user = User::new();
    let file = user.write("trace.log", log());
    for options in [
        "--failed --by hour",
        "--messages --all",
        "--code 99",
        "--by week",
    ] {
        let run = user.run(&format!("tally {file} {options}"));
        assert_eq!(run.status, 2, "{options}: {}", run.err);
    }
}

#[test]
fn help_shows_how_a_trace_is_counted() {
    let help = User::new().done("tally --help");
    assert!(help.matches("  sipdex tally ").count() >= 3, "{help}");
}
