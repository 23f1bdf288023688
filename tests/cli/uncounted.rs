//! What a trace has and the counts do not: it is said, by `tally` and `explain` alike.

use super::*;

const INVITE: &str = "INVITE sip:bob@example.com SIP/2.0";

fn message(start: &str, before: &str, fields: &str) -> String {
    format!(
        "recv from 192.0.2.1:5060 at 10:00:00:\n{start}\n{before}Via: SIP/2.0/UDP a;branch=z9hG4bK1\nFrom: <sip:a@b>;tag=1\n\
         To: <sip:c@d>\n{fields}Content-Length: 0\n\n"
    )
}

/// A trace of 20 messages, and one more in their middle.
fn log(odd: &str) -> String {
    let plain = |at: usize| message(INVITE, "", &format!("Call-ID: {at}\nCSeq: 1 INVITE\n"));
    let all = (0..20).map(|at| match at {
        10 => odd.to_owned() + &plain(at),
        at => plain(at),
    });
    all.collect()
}

const NAMES: &str = "Call-ID: x\nCSeq: 1 INVITE\n";

#[test]
fn a_message_that_is_too_long_to_be_read_is_said() {
    let user = User::new();
    for (what, odd) in [
        (
            "a field",
            message(INVITE, &format!("X-Long: {}\n", "x".repeat(250_000)), NAMES),
        ),
        (
            "many fields",
            message(INVITE, &"X-Field: x\n".repeat(200), NAMES),
        ),
        (
            "many of one",
            message(INVITE, &"Via: SIP/2.0/UDP c\n".repeat(12_000), NAMES),
        ),
        (
            "an address",
            message(
                &format!("INVITE sip:{}@example.com SIP/2.0", "b".repeat(9000)),
                "",
                NAMES,
            ),
        ),
        (
            "a phrase",
            message(&format!("SIP/2.0 486 {}", "b".repeat(250_000)), "", NAMES),
        ),
    ] {
        let log = log(&odd);
        let byte = log.find(&odd).expect("the message");
        let file = user.write("trace.log", &log);
        for command in ["tally", "explain", "explain --check"] {
            let run = user.run(&format!("{command} {file}"));
            let says = format!("{file} has 1 message that is not counted, at byte ");
            let (_, said) = run.err.split_once(&says).expect(what);
            let digits = said.bytes().take_while(u8::is_ascii_digit).count();
            let at: usize = said[..digits].parse().expect(what);
            assert!((byte..byte + 10_000).contains(&at), "{what}: {at} {byte}");
        }
        let json = user.json(&format!("tally {file}"));
        assert_eq!(
            (&json["messages"], &json["files"][0]["missed"]),
            (&json!(20), &json!(1))
        );
    }
    // What is quoted is no message.
    let quoted = format!("log: SIP/2.0 486 Busy Here\nlog: got {INVITE}\n");
    let file = user.write("trace.log", log(&quoted));
    assert_eq!(user.run(&format!("tally {file} --method INVITE")).err, "");
}

#[test]
fn messages_that_name_no_transaction_are_said() {
    let user = User::new();
    for fields in [
        "Call-ID:\nCSeq: 1 INVITE\n",
        "CSeq: 1 INVITE\n",
        "Call-ID: x\n",
        "Call-ID: x\nCSeq: INVITE\n",
    ] {
        let busy = message("SIP/2.0 486 Busy Here", "", fields);
        let file = user.write("trace.log", log(&(message(INVITE, "", fields) + &busy)));
        let run = user.run(&format!("tally {file}"));
        let says = "no transaction is named by 2 of 22 messages, without Call-ID or CSeq";
        assert!(run.err.contains(says), "{fields}: {}", run.err);
        assert_eq!(user.json(&format!("tally {file}"))["unnamed"], 2);
        assert_eq!(
            user.json(&format!("tally {file} --since 10:00"))["unnamed"],
            2
        );
        let run = user.run(&format!("tally {file} --messages"));
        assert!(!run.err.contains("no transaction is named"), "{}", run.err);
    }
    let ack = message(
        "ACK sip:bob@example.com SIP/2.0",
        "",
        "Call-ID: x\nCSeq: 1 ACK\n",
    );
    let file = user.write("trace.log", log(&ack));
    assert_eq!(user.json(&format!("tally {file}"))["unnamed"], 0);
}

#[test]
fn a_start_line_that_is_wrong_is_said() {
    let user = User::new();
    let odd = ["099 x", "700 x", "4294967301 x"]
        .map(|code| message(&format!("SIP/2.0 {code}"), "", NAMES));
    let file = user.write("trace.log", log(&odd.concat()));
    let run = user.run(&format!("tally {file}"));
    assert!(
        run.err
            .contains("a start line that is wrong stands in 3 of 23 messages"),
        "{}",
        run.err
    );
}

#[test]
fn a_message_of_another_version_is_said() {
    let user = User::new();
    let odd =
        message("OPTIONS sip:bob@example.com SIP/7.0", "", NAMES).replace("SIP/2.0/", "SIP/7.0/");
    let file = user.write("trace.log", log(&odd));
    for command in ["tally", "explain"] {
        let run = user.run(&format!("{command} {file}"));
        let says =
            format!("{file} has a message of another version than SIP/2.0, which is not read");
        assert!(run.err.contains(&says), "{}", run.err);
    }
}

/// A capture of datagrams, as they stand on the wire behind IP.
fn capture(datagrams: &[&str]) -> Vec<u8> {
    let mut file = vec![
        0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 101, 0, 0, 0,
    ];
    for datagram in datagrams {
        let length = |more: usize| u16::try_from(datagram.len() + more).expect("short");
        let [high, low] = length(28).to_be_bytes();
        let ip = [
            0x45, 0, high, low, 0, 0, 0, 0, 64, 17, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2,
        ];
        let [high, low] = length(8).to_be_bytes();
        let udp = [0x13, 0xc4, 0x13, 0xc4, high, low, 0, 0];
        let size = u32::from(length(28)).to_le_bytes();
        file.extend([&[0; 8][..], &size, &size, &ip, &udp, datagram.as_bytes()].concat());
    }
    file
}

#[test]
fn what_a_capture_has_and_does_not_count_is_said() {
    let user = User::new();
    let message = message(INVITE, "", NAMES);
    let (_, message) = message.split_once('\n').expect("a label");
    let mut file = capture(&[message, message]);
    file.truncate(file.len() - 9);
    let file = user.write("trace.pcap", file);
    for command in ["tally", "explain", "explain --check", "explain --call-id x"] {
        let run = user.run(&format!("{command} {file}"));
        let says = format!("{file} ends in the middle of a packet");
        assert!(run.err.contains(&says), "{command}: {}", run.err);
    }
    let short = format!("{INVITE}\r\nVia: SIP/2.0/UDP a\r\n");
    let long = message.replacen("sip:bob", &format!("sip:{}", "b".repeat(9000)), 1);
    let file = user.write(
        "trace.pcap",
        capture(&[message, &short, &long, "GET / HTTP/1.1\r\n\r\n"]),
    );
    let run = user.run(&format!("tally {file}"));
    let says = format!("{file} has 1 message that is not counted, at byte ");
    assert!(run.err.contains(&says), "{}", run.err);
    assert_eq!(user.json(&format!("tally {file}"))["messages"], 2);
}

#[test]
fn a_capture_is_told_in_the_local_zone() {
    let user = User::new();
    let message = message(INVITE, "", NAMES);
    let (_, message) = message.split_once('\n').expect("a label");
    let file = user.write("trace.pcap", capture(&[message]));
    for (zone, shown) in [
        ("UTC0", "1970-01-01 00:00:00.000000 UTC"),
        ("IST-5:30", "1970-01-01 05:30:00.000000 UTC+5:30"),
        ("no zone", "1970-01-01 00:00:00.000000 UTC"),
    ] {
        let run = ended(user.command(&format!("tally {file}")).env("TZ", zone));
        assert!(run.out.contains(shown), "{zone}: {}", run.out);
    }
}
