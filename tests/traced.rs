//! The explorer on a trace: from what failed to the call, to its messages and to their pages, and back.

#[path = "traced/beside.rs"]
mod beside;
#[path = "pty/explorer.rs"]
#[cfg(unix)]
mod explorer;
#[path = "traced/opened.rs"]
mod opened;
#[path = "traced/places.rs"]
mod places;
#[cfg(unix)]
#[path = "traced/running.rs"]
mod running;
#[path = "screens/screen.rs"]
mod screen;
#[path = "traces/wire.rs"]
#[expect(dead_code, reason = "other tests build other packets")]
mod wire;

use sipdex::app::action::Effect;
use sipdex::app::trace::Progress;

use opened::{Traced, enter, grown};
use screen::Screen;

/// A label, then a message: all of one side.
fn message(time: &str, start: &str, call: u32, rest: &str) -> String {
    format!(
        "[2026-11-28 {time}] received from 192.0.2.20:5060\r\n{start}\r\n\
         Via: SIP/2.0/UDP 192.0.2.20:5060;branch=z9hG4bK{call}\r\n\
         From: <sip:20{call}@pbx.example.com>;tag=f{call}\r\n\
         To: <sip:300@pbx.example.com>{rest}Call-ID: call{call}@192.0.2.20\r\n\
         CSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n"
    )
}

/// Three calls: one is busy since the trunk is, one has no final response, one is answered.
pub(crate) fn log() -> String {
    messages().concat()
}

pub(crate) fn messages() -> [String; 6] {
    let invite = "INVITE sip:300@pbx.example.com SIP/2.0";
    let reason = ";tag=t1\r\nReason: Q.850;cause=17\r\n";
    let tagged = ";tag=t\r\n";
    [
        message("10:00:00.100", invite, 1, "\r\n"),
        message("10:00:00.200", "SIP/2.0 486 Busy Here", 1, reason),
        message("10:00:01.100", invite, 2, "\r\n"),
        message("10:00:01.200", "SIP/2.0 180 Ringing", 2, tagged),
        message("10:00:02.100", invite, 3, "\r\n"),
        message("10:00:02.200", "SIP/2.0 200 OK", 3, tagged),
    ]
}

const SIZE: (u16, u16) = (120, 40);

#[test]
fn the_trace_as_a_whole_comes_first_then_its_codes_then_what_has_no_final_response() {
    let traced = Traced::open(&log(), SIZE);
    assert_eq!(
        traced.titles(),
        [
            "trace full.log",
            "180 Ringing",
            "200 OK",
            "486 Busy Here",
            "no final response"
        ]
    );
    let text = traced.text();
    for part in [
        "In this trace",
        "1 of 3 attempts failed; 1 without a final response",
        "10:00:00.100 INVITE 201@pbx.example.com to 300@pbx.example.com",
        "Q.850;cause=17",
        "486 Busy Here                    1",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn what_went_wrong_in_calls_that_no_code_tells_comes_before_the_codes() {
    let call = 5;
    let mut text = message(
        "10:01:00.000",
        "INVITE sip:300@pbx.example.com SIP/2.0",
        call,
        "\r\n",
    );
    for second in [1, 3, 7, 11, 15, 19, 23, 27, 31] {
        let time = format!("10:01:{second:02}.000");
        let tagged = ";tag=t\r\nContact: <sip:300@192.0.2.40>\r\n";
        text += &message(&time, "SIP/2.0 200 OK", call, tagged);
    }
    text += &message(
        "10:02:30.000",
        "INVITE sip:300@pbx.example.com SIP/2.0",
        6,
        "\r\n",
    );
    let traced = Traced::open(&text, SIZE);
    let document = traced.screen.app.document();
    let first = document.headings().next().map(|(_, heading)| heading);
    assert_eq!(first, Some("What went wrong"), "{}", traced.text());
    let text = traced.text();
    assert!(text.contains("200 to INVITE 1 was sent 9 times"), "{text}");
    let traced = traced.press("enter ]");
    let traced = traced.press("enter");
    let title = traced.title();
    assert!(
        title.starts_with("INVITE 205 -> 300"),
        "{title}\n{}",
        traced.text()
    );
}

#[test]
fn links_lead_from_what_failed_to_the_call_its_messages_and_their_pages_and_esc_leads_back() {
    let traced = Traced::open(&log(), SIZE).press("enter ] ] enter");
    let call = traced.title();
    assert_eq!(call, "INVITE 201 -> 300: 486 Busy Here");
    let traced = traced.press("] ]");
    let traced = traced.press("enter");
    let title = traced.title();
    assert!(
        ["INVITE", "486 Busy Here to INVITE"].contains(&title.as_str()),
        "{title}\n{}",
        traced.text()
    );
    assert!(traced.screen.app.document().blocks.len() > 3);
    let traced = traced.press("esc");
    assert_eq!(traced.title(), call);
    let traced = traced.press("esc");
    assert_eq!(traced.title(), "full.log");
    let traced = traced.press(">");
    assert_eq!(traced.title(), call);
}

#[test]
fn the_page_of_a_code_begins_with_what_the_trace_has_of_it() {
    let traced = Traced::open(&log(), SIZE).press("down down down");
    let document = traced.screen.app.document();
    let sections: Vec<&str> = document.headings().map(|(_, heading)| heading).collect();
    assert_eq!(sections[..3], ["In this trace", "Its calls", "Description"]);
    assert!(
        traced.text().contains("Reason: Q.850;cause=17 user busy"),
        "{}",
        traced.text()
    );
    // A code that it does not have has its page alone.
    let traced = traced.press("tab a G");
    let document = traced.screen.app.document();
    let first = document.headings().next().map(|(_, heading)| heading);
    assert_eq!(first, Some("Description"));
}

#[test]
fn the_codes_stand_by_code_or_by_count_and_all_codes_are_a_key_away() {
    let again = log().replace("call1@", "call9@").replace("f1", "f9");
    let text = [log(), again].concat();
    let traced = Traced::open(&text, SIZE).press("tab s");
    let by_count = ["486 Busy Here", "180 Ringing", "200 OK"];
    assert_eq!(traced.titles()[1..4], by_count);
    let traced = traced.press("s");
    assert_eq!(traced.titles()[3], "486 Busy Here");
    let traced = traced.press("a");
    assert!(traced.titles().len() > 70);
    let traced = traced.press("a");
    assert_eq!(traced.titles().len(), 5);
}

#[test]
fn numbers_and_call_ids_find_calls_and_what_the_trace_has_comes_first() {
    let traced = Traced::open(&log(), SIZE).type_in("202@pbx");
    assert_eq!(
        traced.titles(),
        ["call 202@pbx.example.com to 300@pbx.example.com"]
    );
    assert_eq!(
        traced.title(),
        "INVITE 202 -> 300: no final response in this trace"
    );
    let traced = Traced::open(&log(), SIZE).type_in("is:traced");
    assert_eq!(traced.titles(), ["180 Ringing", "200 OK", "486 Busy Here"]);
    let traced = Traced::open(&log(), SIZE).type_in("48");
    assert_eq!(traced.titles()[0], "486 Busy Here");
}

#[test]
fn a_comparison_says_how_often_each_code_is_there() {
    let traced = Traced::open(&log(), SIZE).type_in("486 480");
    let traced = traced.press("tab c");
    let text = traced.text();
    let row = text.lines().find(|row| row.contains("In this trace"));
    let row = row.unwrap_or_else(|| panic!("{text}"));
    let words: Vec<&str> = row.split_whitespace().collect();
    assert!(words.contains(&"1") && words.contains(&"0"), "{row}");
}

#[test]
fn counts_grow_while_one_reads_and_what_is_read_stays() {
    let mut traced = Traced::open(&log(), SIZE).press("down down down enter");
    assert_eq!(traced.title(), "486 Busy Here");
    let more = log().replace("call1@", "call9@").replace("f1", "f9");
    enter(&traced.book, more.as_bytes());
    let news = grown(&traced.book, Progress::Following);
    traced.screen.app.take_news(news);
    traced.screen.draw();
    assert_eq!(traced.title(), "486 Busy Here");
    assert!(
        traced.text().contains("2 transactions"),
        "{}",
        traced.text()
    );
}

#[test]
fn a_call_is_shown_and_copied_with_tokens_on_request() {
    let traced = Traced::open(&log(), SIZE).press("enter ] ] enter R");
    let document = format!("{:?}", traced.screen.app.document());
    for secret in ["pbx.example.com", "192.0.2.20", "sip:201", "call1@"] {
        assert!(!document.contains(secret), "{secret} in {document}");
    }
    assert!(document.contains("486 Busy Here"));
    let traced = traced.press("R");
    assert!(traced.text().contains("192.0.2.20"), "{}", traced.text());
}

#[test]
fn times_of_unlike_clocks_are_not_put_into_one_order() {
    let traced = Traced::open(&log(), SIZE);
    let yearless = log()
        .replace("[2026-11-28 ", "[Nov 28 ")
        .replace("call", "other");
    enter(&traced.book, yearless.as_bytes());
    let mut screen = traced.screen;
    screen.app.take_news(grown(&traced.book, Progress::Read));
    screen.draw();
    let text = screen.text();
    assert!(text.contains("12 messages"), "{text}");
    assert!(!text.contains("2026-11-28 10:00:00.100 to"), "{text}");
}

#[test]
fn what_has_no_tokens_is_not_copied_while_they_are_wanted() {
    for keys in ["tab R enter", "down down down enter R"] {
        let mut traced = Traced::open(&log(), SIZE).press(keys);
        traced.screen.effects.clear();
        traced.screen = traced.screen.press("Y");
        assert_eq!(traced.screen.effects, [], "{keys}");
        let text = traced.text();
        assert!(
            text.contains("only calls and messages have tokens"),
            "{text}"
        );
        let traced = traced.press("R");
        let screen = traced.screen.press("Y");
        assert_eq!(screen.effects, [Effect::CopyPage], "{keys}");
    }
}

#[test]
fn a_title_that_is_too_long_says_whose_call_it_is() {
    let traced = Traced::open(&log(), (80, 24)).press("enter ] ] enter R");
    assert!(
        traced.text().contains("INVITE number-"),
        "{}",
        traced.text()
    );
}

#[test]
fn it_is_alive_on_a_small_screen() {
    for size in [(80, 24), (60, 15)] {
        let traced = Traced::open(&log(), size).press("enter ] ] enter");
        let text = traced.text();
        assert!(text.contains("486 Busy Here"), "{size:?}\n{text}");
        assert!(text.contains("INVITE"), "{size:?}\n{text}");
    }
}

#[test]
fn without_a_trace_its_keys_say_how_to_open_one() {
    for key in ["a", "s", "."] {
        let screen = Screen::new(SIZE).press("tab").press(key);
        assert!(
            screen.text().contains("no trace is open"),
            "{key}\n{}",
            screen.text()
        );
    }
}
