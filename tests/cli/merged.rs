//! Tallies that earlier runs printed, added up.

use std::io::Write;
use std::process::Stdio;

use super::tally::log;
use super::*;

/// Two logs without a call in common, and a user who has them.
fn two() -> (User, String, String) {
    let user = User::new();
    let one = log().replace("10:00:00", "2026-11-28 10:00:00");
    let two = one
        .replace("Call-ID: x", "Call-ID: y")
        .replace("28 10", "28 09");
    let (one, two) = (user.write("a.log", one), user.write("b.log", two));
    (user, one, two)
}

#[test]
fn what_two_runs_counted_is_what_one_run_counts() {
    let (user, one, two) = two();
    for options in [
        "",
        "--messages",
        "--all",
        "--failed",
        "--by hour",
        "--by agent",
    ] {
        let print = |files: &str| user.done(&format!("tally {files} {options} --format json"));
        let (a, b) = (
            user.write("a.json", print(&one)),
            user.write("b.json", print(&two)),
        );
        let whole = print(&format!("{one} {two}"));
        for order in [format!("{a} {b}"), format!("{b} {a}")] {
            let run = user.run(&format!("tally --merge {order} --format json"));
            assert_eq!((run.status, run.out), (0, whole.clone()), "{options}");
            let is_said = run.err.contains("goes on in another part");
            assert_eq!(is_said, options != "--messages", "{}", run.err);
        }
        let table = user.run(&format!("tally --merge {a} {b}")).out;
        assert_eq!(table, user.done(&format!("tally {one} {two} {options}")));
    }
}

#[test]
fn a_tally_of_an_earlier_version_adds_up() {
    let (user, one, two) = two();
    let mut old = user.json(&format!("tally {one}"));
    for key in ["repeats", "unnamed"] {
        old.as_object_mut().expect("a tally").remove(key);
    }
    let old = user.write("a.json", old.to_string());
    let new = user.done(&format!("tally {two} --format json"));
    let new = user.write("b.json", new);
    let run = user.run(&format!("tally --merge {old} {new} --format json"));
    let json: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(
        (&json["messages"], &json["repeats"]),
        (&json!(14), &json!(1))
    );
}

#[test]
fn tallies_come_through_a_pipe_one_behind_the_other() {
    let (user, one, two) = two();
    let both = [&one, &two].map(|file| user.done(&format!("tally {file} --format json")));
    let mut command = user.command("tally --merge -");
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut run = command.spawn().expect("sipdex runs");
    let mut input = run.stdin.take().expect("a pipe");
    input.write_all(both.concat().as_bytes()).expect("written");
    drop(input);
    let output = run.wait_with_output().expect("an end");
    let table = String::from_utf8_lossy(&output.stdout);
    assert!(table.contains("14 messages"), "{table}");
}

#[test]
fn what_is_no_tally_is_refused_with_a_way_out() {
    let (user, one, _) = two();
    let tally = user.done(&format!("tally {one} --format json"));
    let good = user.write("good.json", &tally);
    let messages = user.done(&format!("tally {one} --format json --messages"));
    for (name, text, says) in [
        (
            "log.json",
            log(),
            "sipdex tally --format json FILE prints one",
        ),
        (
            "list.json",
            "[{\"code\": 486}]".to_owned(),
            "no tally that can be merged",
        ),
        (
            "half.json",
            tally[..tally.len() / 2].to_owned(),
            "in the middle of a tally",
        ),
        ("empty.json", " \n".to_owned(), "is empty"),
        ("messages.json", messages, "counts outcomes and"),
    ] {
        let bad = user.write(name, text);
        let run = user.run(&format!("tally --merge {good} {bad}"));
        assert_eq!((run.status, &*run.out), (1, ""), "{name}");
        assert!(
            run.err.contains(&bad) && run.err.contains(says),
            "{}",
            run.err
        );
    }
    assert_eq!(
        user.run(&format!("tally --merge {good} --failed")).status,
        2
    );
    let run = user.run(&format!("tally --merge {good} {good}"));
    assert!(run.err.contains("twice"), "{}", run.err);
}
