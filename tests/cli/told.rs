//! What `tally` says beside its counts, and what it refuses.

use super::tally::log;
use super::*;

#[test]
fn what_leaves_nothing_says_so() {
    let user = User::new();
    let file = user.write("trace.log", log());
    for (options, says) in [
        (
            "--code 599",
            "no attempt came to 599 (not in IANA's list); they came to 486",
        ),
        (
            "--code 407",
            "no attempt came to 407 Proxy Authentication Required: 1 response has it",
        ),
        ("--failed --method OPTIONS", "no attempt failed"),
        ("--method FOO", "none of 7 messages is of FOO"),
        ("--all --code 200", "no attempt came to 200 OK"),
        ("--by hour --code 200", "no attempt came to 200 OK"),
        ("--since 11:00", "in the time that is asked for"),
    ] {
        let run = user.run(&format!("tally {file} {options}"));
        assert_eq!(run.status, 1, "{options}");
        assert!(run.err.contains(says), "{options}: {}", run.err);
        let run = user.run(&format!("tally {file} {options} --format json"));
        let json: Value = serde_json::from_str(&run.out).expect("JSON");
        assert_eq!(
            (run.status, &json["attempts"]),
            (1, &json!([])),
            "{options}"
        );
    }
}

#[test]
fn what_makes_no_sense_is_refused_with_a_way_out() {
    let user = User::new();
    let file = user.write("trace.log", log());
    for (typed, says) in [
        (
            format!("{file} --code abc"),
            "\"abc\" is no response code; to search for one: sipdex search abc",
        ),
        (
            format!("{file} --code 99"),
            "99 is no response code; response codes are the numbers from 100 to 699",
        ),
        (
            format!("{file} --since yesterday"),
            "\"yesterday\" is no time; 2026-11-28",
        ),
        (
            "- -".to_owned(),
            "- is standard input, which can be read once only",
        ),
        (
            "--merge - -".to_owned(),
            "- is standard input, which can be read once only",
        ),
    ] {
        let run = user.run(&format!("tally {typed}"));
        assert_eq!((run.status, &*run.out), (2, ""), "{typed}");
        assert!(run.err.contains(says), "{typed}: {}", run.err);
    }
}

#[test]
fn what_is_no_trace_says_what_it_is() {
    let user = User::new();
    for (name, bytes, says) in [
        (
            "a.xz",
            &b"\xfd7zXZ\0\0\x04\xe6\xd6"[..],
            "is packed with xz, which is not read: xz -dc ",
        ),
        ("a.zst", b"\x28\xb5\x2f\xfd\x04\0", "zstd -dc "),
        ("a.bz2", b"BZh91AY&SY\x01\x02", "bzip2 -dc "),
        ("a.zip", b"PK\x03\x04\x14\0", "unzip -p "),
        ("a.pdf", b"%PDF-1.7\n", ", a PDF document"),
        ("a.wav", b"RIFF\x24\0\0\0WAVE", ", sound"),
        ("a.bin", b"\0\x01\x02", ", a file that is no text"),
        ("a.txt", b"one\ntwo\nthree\n", ", a text of 3 lines"),
        ("empty", b"", ": it is empty"),
    ] {
        let file = user.write(name, bytes);
        let run = user.run(&format!("tally {file}"));
        assert_eq!((run.status, &*run.out), (1, ""), "{name}");
        assert!(
            run.err.contains(says) && run.err.contains(&file),
            "{name}: {}",
            run.err
        );
    }
}

#[test]
fn what_a_trace_cannot_prove_is_said() {
    let user = User::new();
    let all = log();
    let (_, last) = all.rsplit_once("recv").expect("a message");
    let requests = user.write("requests.log", format!("recv{last}"));
    let answered = all
        .replace("Call-ID: x", "Call-ID: z")
        .replace("OPTIONS", "INVITE");
    let (_, response) = answered
        .rsplit_once("recv")
        .and_then(|(before, _)| before.rsplit_once("recv"))
        .expect("a response");
    let responses = user.write("responses.log", format!("recv{response}"));
    let dated = user.write("dated.log", all.replace("10:00:00", "2026-11-28 10:00:00"));
    let whole = user.write("whole.log", &all);
    for (files, says) in [
        (requests.clone(), "there are requests only"),
        (responses, "there are responses only"),
        (
            format!("{whole} {dated}"),
            "unlike clocks (date and time, time without a date)",
        ),
    ] {
        let run = user.run(&format!("tally {files}"));
        assert!(
            run.status == 0 && run.err.contains(says),
            "{files}: {}",
            run.err
        );
    }
    let json = user.json(&format!("tally {whole} {dated}"));
    assert_eq!((&json["from"], &json["to"]), (&Value::Null, &Value::Null));
    assert_eq!(json["files"][0]["from"]["text"], "10:00:00");
    assert_eq!(
        user.run(&format!("tally {requests} --method OPTIONS")).err,
        ""
    );
}

#[test]
fn messages_between_two_times_are_counted() {
    let user = User::new();
    let at = |time: &str, id: &str| log().replace("10:00:00", time).replace("Call-ID: x", id);
    let text = [
        at("2026-11-27 10:00:00", "Call-ID: a"),
        at("2026-11-28 10:14:59", "Call-ID: b"),
        at("2026-11-28 10:15:30", "Call-ID: c"),
    ];
    let file = user.write("trace.log", text.concat());
    for (options, messages) in [
        ("--since 2026-11-28", 14),
        ("--since 2026-11-28T10:15", 7),
        ("--until 2026-11-28", 21),
        ("--since 10:14 --until 10:14", 7),
        ("--until 2026-11-27T23:59", 7),
    ] {
        let json = user.json(&format!("tally {file} {options}"));
        assert_eq!(json["messages"], messages, "{options}");
    }
    let file = user.write("clock.log", log());
    let run = user.run(&format!("tally {file} --since 2026-11-28"));
    assert!(
        run.status == 1 && run.err.contains("a time of day such as 10:15 can"),
        "{}",
        run.err
    );
}
