//! Logs, counted: a table, JSON, and what is said of a file without messages.

use super::*;

/// A call that is challenged and then refused, as a log may have it.
pub(super) fn log() -> String {
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
            [
                "Answer ratio (ASR)",
                "0 %, 0 of 1 attempts to begin a call (outside of dialogs) came to a 2xx; 1 busy (486, 600)",
            ],
            ["OPTIONS", "1 attempt, 1 transaction"],
            ["no response in this trace", "1"],
            ["7 messages", &size],
            ["at", "10:00:00"],
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
fn the_json_says_what_was_read_and_when() {
    let user = User::new();
    // What is the same at the same fraction of a second was not sent twice.
    let early = log().replace("10:00:00", "2026-11-28 10:00:01");
    let early = user.write("a.log", early.replacen("10:00:01", "10:00:00.25", 1));
    let late = user.write("b.log", log().replace("10:00:00", "2026-11-28 11:30:00"));
    let json = user.json(&format!("tally {late} {early}"));
    let bytes = json["files"][0]["bytes"].as_u64();
    assert_eq!(bytes, std::fs::metadata(&late).ok().map(|file| file.len()));
    let file = &json["files"][1];
    assert_eq!(file["name"], *early);
    assert_eq!(
        [&file["format"], &file["packed"], &file["messages"]],
        [&json!("text"), &Value::Null, &json!(7)]
    );
    assert_eq!(
        json["from"],
        json!({ "text": "2026-11-28 10:00:00.25", "epoch": null })
    );
    assert_eq!(json["to"]["text"], "2026-11-28 11:30:00");
    assert_eq!(json["partial"], false);
    for options in ["", "--messages", "--failed", "--all", "--by peer"] {
        let json = user.json(&format!("tally {late} {options}"));
        forms::assert_fits(&json, &json!("tally"), options);
    }
    let codes = &json["methods"][0]["codes"];
    assert_eq!(
        (&codes[0]["code"], &codes[0]["outcomes"]),
        (&json!(407), &json!(0))
    );
    assert_eq!(
        (&codes[1]["code"], &codes[1]["messages"]),
        (&json!(486), &json!(2))
    );
    assert_eq!(codes[1]["call_id"], "x");
    assert_eq!(codes[1]["last"]["text"], "2026-11-28 11:30:00");
    let empty = user.write("empty.log", "");
    let json = user.json(&format!("tally {empty} --failed"));
    assert_eq!(
        (&json["from"], &json["attempts"]),
        (&Value::Null, &json!([]))
    );
}

#[test]
fn what_was_sent_again_is_counted_apart() {
    let user = User::new();
    let file = user.write("trace.log", log());
    for options in ["", "--messages", "--since 09:00", "--by agent"] {
        let json = user.json(&format!("tally {file} {options}"));
        assert_eq!(
            (&json["messages"], &json["repeats"]),
            (&json!(7), &json!(1)),
            "{options}"
        );
    }
    let hop = log().replace("branch=z9hG4bK1", "branch=z9hG4bK2");
    let hop = user.write("hop.log", hop);
    assert_eq!(user.json(&format!("tally {file} {hop}"))["repeats"], 2);
    assert_eq!(user.json(&format!("tally {file} {file}"))["repeats"], 8);
    assert_eq!(
        user.json(&format!("tally {file} --method OPTIONS"))["repeats"],
        0
    );
}

#[test]
fn what_a_refusal_says_of_why_stands_below_it() {
    let why = "Server: gw/1.0\nReason: q.850 ;cause=34;text=\"no, circuit\", SIP;cause=503\nWarning: 399 gw \"busy\"\nContent";
    let user = User::new();
    let logs = ["x", "y", "z"].map(|id| {
        let log = log().replace("Call-ID: x", &format!("Call-ID: {id}"));
        let (before, after) = log.split_once("486 Busy Here").expect("a refusal");
        let why = if id == "z" { "Content" } else { why };
        format!(
            "{before}503 Service Unavailable{}",
            after.replacen("Content", why, 1)
        )
    });
    let file = user.write("trace.log", logs.concat());
    let table = user.done(&format!("tally {file}"));
    let lines: Vec<String> = table
        .lines()
        .map(|line| line.split("  ").map(str::trim).collect())
        .collect();
    let at = lines
        .iter()
        .position(|line| line.starts_with("503"))
        .expect(&table);
    assert!(lines[at].ends_with('3'), "{table}");
    let reasons =
        "Q.850;cause=34 no circuit or channel available (2), SIP;cause=503 Service Unavailable (2)";
    assert_eq!(lines[at + 1], format!("Reason{reasons}"));
    assert_eq!(lines[at + 2], "Warning399 Miscellaneous warning (2)");
    let list = user.done(&format!("tally {file} --format markdown"));
    assert!(list.contains("\n    - Reason: Q.850;cause=34 no"), "{list}");
    let failed = user.done(&format!("tally {file} --failed"));
    assert_eq!(
        failed.matches(", Reason Q.850;cause=34 no circuit").count(),
        2,
        "{failed}"
    );
    let json = user.json(&format!("tally {file}"));
    let code = &json["methods"][0]["codes"][1];
    assert_eq!(
        code["senders"],
        json!([{ "name": "gw/1.0", "peer": null, "count": 2 }])
    );
    assert_eq!(
        code["reasons"][0],
        json!({ "value": "Q.850;cause=34", "count": 2 })
    );
    assert_eq!(code["warnings"], json!([{ "value": 399, "count": 2 }]));
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
fn what_a_writer_left_out_is_said_with_what_to_run_instead() {
    let user = User::new();
    for (text, says) in [
        (
            "U a -> b\n  BYE sip:c@d SIP/2.0..Via: SIP/2.0/UDP a..From: <sip:a@b>....\n",
            "ngrep -W byline",
        ),
        (
            "x: OPTIONS sip:c@1…/2.0\n   Via: SIP/2.0/UDP 1…port\n   From: <sip…d>\n",
            "journalctl -o cat",
        ),
        (
            "  PRIORITY=6\n  MESSAGE=[538B blob data]\n",
            "journalctl -a",
        ),
    ] {
        let file = user.write("left.log", text);
        let run = user.run(&format!("tally {file}"));
        assert_eq!((run.status, run.out.as_str()), (1, ""), "{text}");
        assert!(run.err.contains(says), "{}", run.err);
    }
}

#[test]
fn bytes_that_are_written_as_text_are_counted_as_bytes() {
    let user = User::new();
    let bytes = log().replace('\n', "\r\n").into_bytes();
    let row = |(at, row): (usize, &[u8])| {
        let digits: Vec<String> = row.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{:08x}  {}\n", at * 16, digits.join(" "))
    };
    let dump: String = bytes.chunks(16).enumerate().map(row).collect();
    let file = user.write("dump.txt", &dump);
    let table = user.done(&format!("tally {file}"));
    let size = format!("in {} bytes", dump.len());
    assert!(
        table.contains("7 messages") && table.contains(&size),
        "{table}"
    );
    let failed = user.done(&format!("tally {file} --failed"));
    assert!(failed.contains(&format!("{file} line 1")), "{failed}");
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
    // The same sentence as of the call as a whole, with its sections.
    let call = user.json(&format!("explain {file} --call-id x"));
    let sentence = call[0]["in_short"].as_str().expect("a sentence");
    let sentence = sentence.trim_end_matches('.');
    let cause = format!(": {sentence} [RFC 3261 22.2] [RFC 3261 22.3]");
    assert!(rows[0].ends_with(&cause), "{cause}: {failed}");
    let json = user.json(&format!("tally {file} --failed"));
    assert_eq!(json["attempts"][0]["cause"], cause[2..]);
    let json = user.json(&format!("tally {file} --all"));
    assert_eq!(json["attempts"][0]["cause"], json!(null));
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
