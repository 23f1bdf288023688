//! Attempts: why each failed, and how many calls were answered.

use super::*;

#[test]
fn each_attempt_of_a_call_is_told_by_what_it_came_to_itself() {
    let message = |time: &str, start: &str, tag: &str, cseq: &str, fields: &str| {
        format!(
            "2026-11-28 10:00:{time} 192.0.2.1:5060 -> 192.0.2.2:5060\n{start}\n\
             Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK{}\nFrom: <sip:a@example.com>;tag=1\n\
             To: <sip:b@example.com>{tag}\nCall-ID: x\nCSeq: {cseq}\nContact: <sip:a@192.0.2.1>\n{fields}\
             Content-Length: 0\n\n",
            cseq.replace(' ', "")
        )
    };
    let inside = "INVITE sip:b@192.0.2.2 SIP/2.0";
    let log = [
        message(
            "00.0",
            "INVITE sip:b@example.com SIP/2.0",
            "",
            "1 INVITE",
            "",
        ),
        message("01.0", "SIP/2.0 200 OK", ";tag=2", "1 INVITE", ""),
        message("01.1", "ACK sip:b@192.0.2.2 SIP/2.0", ";tag=2", "1 ACK", ""),
        message("05.0", inside, ";tag=2", "2 INVITE", ""),
        message(
            "05.1",
            "SIP/2.0 488 Not Acceptable Here",
            ";tag=2",
            "2 INVITE",
            "Warning: 304 b \"Media type not available\"\n",
        ),
        message("05.2", "ACK sip:b@192.0.2.2 SIP/2.0", ";tag=2", "2 ACK", ""),
        message("09.0", "BYE sip:b@192.0.2.2 SIP/2.0", ";tag=3", "3 BYE", ""),
        message("09.1", "SIP/2.0 481 x", ";tag=3", "3 BYE", ""),
        message("09.5", "BYE sip:b@192.0.2.2 SIP/2.0", ";tag=3", "4 BYE", ""),
        message("09.6", "SIP/2.0 481 x", ";tag=3", "4 BYE", ""),
        message("09.7", "BYE sip:b@192.0.2.2 SIP/2.0", ";tag=3", "5 BYE", ""),
        message("09.8", "SIP/2.0 481 x", ";tag=3", "5 BYE", ""),
    ];
    let user = User::new();
    let file = user.write("trace.log", log.concat());
    let json = user.json(&format!("tally {file} --failed"));
    let attempts = json["attempts"].as_array().expect("attempts");
    let causes: Vec<&Value> = attempts.iter().map(|one| &one["cause"]).collect();
    assert_eq!(causes.len(), 4);
    let first = causes[0].as_str().expect("a cause");
    let told = user.json(&format!("explain {file} --code 488"));
    let told = told[0]["in_short"].as_str().expect("a sentence");
    assert!(first.starts_with(told.trim_end_matches('.')), "{first}");
    let second = causes[1].as_str().expect("a cause");
    assert!(
        second.starts_with("BYE 3 got 481, since its tags are those of no dialog"),
        "{second}"
    );
    let third = causes[2].as_str().expect("a cause");
    assert!(
        third.contains(" to BYE 4: the tag in To of the BYE is"),
        "{third}"
    );
    // What is the same but for its number is told once.
    assert_eq!(*causes[3], Value::Null);
}

#[test]
fn the_answer_ratio_and_the_time_to_ring_stand_below_the_counts() {
    let message = |call: u32, time: &str, start: &str, tag: &str| {
        format!(
            "2026-11-28 10:00:{time} 192.0.2.1:5060 -> 192.0.2.2:5060\n{start}\n\
             Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK{call}\nFrom: <sip:a@example.com>;tag=1\n\
             To: <sip:b@example.com>{tag}\nCall-ID: {call}\nCSeq: 1 INVITE\nContent-Length: 0\n\n"
        )
    };
    let invite = "INVITE sip:b@example.com SIP/2.0";
    let answered = |call: u32, rings: &str| {
        [
            message(call, "00.000", invite, ""),
            message(call, "00.100", "SIP/2.0 100 Trying", ""),
            message(call, rings, "SIP/2.0 180 Ringing", ";tag=2"),
            message(call, "09.000", "SIP/2.0 200 OK", ";tag=2"),
        ]
        .concat()
    };
    let refused = [
        message(3, "00.000", invite, ""),
        message(3, "00.700", "SIP/2.0 486 Busy Here", ";tag=2"),
    ];
    let inside = [
        message(4, "10.000", invite, ";tag=2"),
        message(4, "10.100", "SIP/2.0 200 OK", ";tag=2"),
    ];
    let user = User::new();
    let first = user.write("a.log", answered(1, "00.250") + &refused.concat());
    let second = user.write("b.log", answered(2, "01.500") + &inside.concat());
    let ratio =
        "2 of 3 attempts to begin a call (outside of dialogs) came to a 2xx; 1 busy (486, 600)";
    let ring = "median 0.250 s, 90 % within 0.250 s, from INVITE to the first 18x or 2xx of 2 that were answered";
    let table = user.done(&format!("tally {first} {second}"));
    for part in [ratio, ring] {
        assert!(table.contains(part), "{part} is not in\n{table}");
    }
    let setups = |options: &str| user.json(&format!("tally {options}"))["setups"].clone();
    let whole = setups(&format!("{first} {second}"));
    assert_eq!(whole["waits"], json!([250_000, 1_500_000]));
    // However it is counted, and where its parts are added up.
    assert_eq!(setups(&format!("{first} {second} --failed")), whole);
    let parts = [&first, &second].map(|file| user.done(&format!("tally {file} --format json")));
    let parts = user.write("parts.json", parts.concat());
    assert_eq!(setups(&format!("--merge {parts}")), whole);
    let none = json!({ "outcomes": [], "waits": [] });
    for options in ["--messages", "--method BYE", "--code 486"] {
        let own = user.run(&format!("tally {first} {options} --format json"));
        let own: Value = serde_json::from_str(&own.out).expect("JSON");
        assert_eq!(own["setups"], none, "{options}");
    }
}
