//! What stands beside a call and its messages: calls that worked, other legs, marks, ratios.

use super::{SIZE, Traced, log, message};

#[test]
fn a_call_that_failed_stands_beside_one_that_worked() {
    let worked = message(
        "10:00:09.100",
        "INVITE sip:300@pbx.example.com SIP/2.0",
        7,
        "\r\nSupported: timer\r\nX-Trunk: two lines\r\n",
    ) + &message("10:00:09.200", "SIP/2.0 200 OK", 7, ";tag=t\r\n");
    let failed = message(
        "10:00:08.100",
        "INVITE sip:300@pbx.example.com SIP/2.0",
        6,
        "\r\nSupported: 100rel, timer\r\nX-Trunk: two lines\r\n",
    ) + &message("10:00:08.200", "SIP/2.0 420 Bad Extension", 6, ";tag=t\r\n");
    // The same numbers count more than what is nearer.
    let worked = worked.replace("sip:207@", "sip:206@");
    let text = [log(), failed, worked].concat();
    let traced = Traced::open(&text, SIZE).type_in("call6@");
    let traced = traced.press("tab tab");
    let page = traced.text();
    let label = "Beside a call that worked: 10:00:09.100 206@pbx.example.com";
    assert!(page.contains(label), "{page}");
    assert!(page.contains("the same numbers"), "{page}");
    let traced = traced.press("] enter");
    let page = traced.text();
    for part in [
        "What differs first in their requests: Supported",
        "Supported      *100rel*, timer",
        "420 Bad Extension",
        "Request-URI, Via,",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    for part in ["*two", "≠ Via", "≠ CSeq", "≠ Call-ID", "≠ From"] {
        assert!(!page.contains(part), "{part}\n{page}");
    }
    let narrow = Traced::open(&text, (60, 15)).type_in("call6@");
    let page = narrow.press("tab tab ] enter j j j j j j").text();
    assert!(page.contains("420 *100rel*, timer"), "{page}");
    // The call that worked is a link, and Esc leads back.
    let traced = traced.press("] enter");
    assert!(traced.title().ends_with("200 OK"), "{}", traced.title());
    let traced = traced.press("esc esc");
    assert!(
        traced.title().ends_with("420 Bad Extension"),
        "{}",
        traced.text()
    );
    let redacted = traced.press("R");
    let page = redacted.text();
    assert!(
        page.contains("Beside a call that worked: another one"),
        "{page}"
    );
}

#[test]
fn legs_of_one_call_lead_to_each_other() {
    let invite = "INVITE sip:300@pbx.example.com SIP/2.0";
    let leg = |call: u32, rest: &str, time: &str, code: &str| {
        let tagged = ";tag=t\r\n";
        let text = message(&format!("10:00:0{time}.100"), invite, call, rest)
            + &message(&format!("10:00:0{time}.500"), code, call, tagged);
        text.replace(&format!("sip:20{call}@"), "sip:200@")
    };
    // One says it, the others only look like it.
    let said = [
        leg(
            1,
            "\r\nX-Leg-Of: call2@192.0.2.20\r\n",
            "1",
            "SIP/2.0 503 Service Unavailable",
        ),
        leg(2, "\r\n", "1", "SIP/2.0 486 Busy Here"),
    ];
    let label = "Other leg: 10:00:01.100 200@pbx.example.com to 300@pbx.example.com: 503";
    let traced = Traced::open(&said.concat(), SIZE).type_in("call2@");
    let page = traced.press("tab tab z").text();
    assert!(page.contains(label), "{page}");
    assert!(page.contains("X-Leg-Of names a Call-ID"), "{page}");
    for field in [
        "Session-ID: ab30317f1a784dc48ff824d0d3715d86;remote=00000000000000000000000000000000",
        "P-Charging-Vector: icid-value=a1;icid-generated-at=192.0.2.20",
        "X-CID: a-call-of-both",
    ] {
        let rest = format!("\r\n{field}\r\n");
        let text = [
            leg(1, &rest, "1", "SIP/2.0 503 Service Unavailable"),
            leg(2, &rest, "4", "SIP/2.0 486 Busy Here"),
        ];
        let traced = Traced::open(&text.concat(), SIZE).type_in("call2@");
        let page = traced.press("tab tab z").text();
        let name = field.split(':').next().expect("a name");
        assert!(page.contains(&format!("{name} is the same")), "{page}");
    }
    let guessed = |time| {
        let text = [
            leg(1, "\r\n", "1", "SIP/2.0 503 Service Unavailable"),
            leg(2, "\r\n", time, "SIP/2.0 486 Busy Here"),
        ];
        let text = text
            .concat()
            .replace("received from 192.0.2.20:5060", "SIP");
        let traced = Traced::open(&text, SIZE).type_in("call2@");
        traced.press("tab tab z").text()
    };
    let page = guessed("1");
    assert!(
        page.contains("Possibly the other leg: 10:00:01.100"),
        "{page}"
    );
    assert!(page.contains("no message says so"), "{page}");
    let page = guessed("4");
    assert!(!page.contains("leg:"), "{page}");
}

#[test]
fn what_is_wrong_stands_below_the_row_that_it_is_about() {
    let log = message(
        "10:00:08.100",
        "INVITE sip:300@pbx.example.com SIP/2.0",
        6,
        "\r\nMax-Forwards: many\r\nAuthorization: Digest response=\"f00\"\r\n",
    ) + &message("10:00:08.200", "SIP/2.0 200 OK", 6, ";tag=t\r\n");
    let traced = Traced::open(&log, (120, 60)).type_in("call6@");
    let traced = traced.press("tab tab ] ] ] enter z");
    let page = traced.text();
    let rows: Vec<&str> = page
        .lines()
        .map(|row| row.trim_matches(['│', '┃', ' ']))
        .collect();
    let at = rows.iter().position(|row| *row == "Max-Forwards: many");
    let at = at.unwrap_or_else(|| panic!("{page}"));
    assert_eq!(rows[at + 1], "! Max-Forwards is written wrongly", "{page}");
    assert!(!page.contains("f00"), "{page}");
    let label = "Printed before it: [2026-11-28 10:00:08.100] received from 192.0.2.20:5060";
    assert!(page.contains(label), "{page}");
}

#[test]
fn answers_are_divided_by_attempts_and_the_wait_for_a_first_sign_is_told() {
    let invite = "INVITE sip:300@pbx.example.com SIP/2.0";
    let tagged = ";tag=t\r\n";
    let text = [
        log(),
        message("10:00:03.000", invite, 4, "\r\n"),
        message("10:00:04.500", "SIP/2.0 180 Ringing", 4, tagged),
        message("10:00:06.500", "SIP/2.0 200 OK", 4, tagged),
        // In a dialog: no attempt to begin a call.
        message("10:00:07.000", invite, 4, tagged).replace("CSeq: 1", "CSeq: 2"),
        message("10:00:07.100", "SIP/2.0 200 OK", 4, tagged).replace("CSeq: 1", "CSeq: 2"),
    ]
    .concat();
    let text = Traced::open(&text, (120, 60)).text();
    let text: Vec<&str> = text
        .lines()
        .map(|row| row.trim_end_matches(['│', ' ']))
        .collect();
    let text: String = text
        .iter()
        .filter_map(|row| row.rsplit("││").next())
        .collect();
    for part in [
        "50 %, 2 of 4 attempts to begin a call (outside of dialogs) came to a 2xx; 1 busy (486, 600), 1 without",
        "median 0.100 s, 90 % within 0.100 s",
        "of 2 that were answered [RFC 6076 4.3.1]",
    ] {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words(&text).contains(part), "{part}\n{text}");
    }
}
