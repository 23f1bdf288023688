//! A message that is pasted into the search line: what is said of it, and what each key does with that.

use crossterm::event::{Event, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use sipdex::app::action::Effect;
use sipdex::app::subject::Item;
use sipdex::app::{Mode, Opening};
use sipdex::bookmarks::Bookmarks;

use super::screen::Screen;
use super::seen::{Seen, bookmarks};

const SIZE: (u16, u16) = (120, 40);

/// A failure with a cause of its own, as a terminal pastes it.
const BUSY: &str = "SIP/2.0 486 Busy Here\r\
    Via: SIP/2.0/UDP 192.0.2.20:5060;branch=z9hG4bK1\r\
    From: <sip:201@pbx.example.com>;tag=4f1a\r\
    To: <sip:202@pbx.example.com>;tag=as77\r\
    Call-ID: 1@192.0.2.20\r\
    CSeq: 102 INVITE\r\
    Reason: Q.850;cause=34;text=\"No circuit available\"\r\
    Retry-After: 30\r\
    Content-Length: 0\r\r";

fn pasted(text: &str, size: (u16, u16)) -> Screen {
    let mut screen = Screen::open(bookmarks(), &Opening::Nothing, size);
    screen.take(&Event::Paste(text.to_owned()));
    screen
}

fn after(keys: &str) -> Seen {
    Seen::of(&pasted(BUSY, SIZE).press(keys))
}

/// Returns the rows of the list that are no reasons, and the first line of the page.
fn listed(text: &str) -> (Vec<String>, String) {
    let screen = pasted(text, SIZE);
    let titles = screen.app.list().items().map(Item::title);
    (titles.collect(), screen.app.document().summary.to_string())
}

fn log() -> String {
    let other = |from: &str, to: &str| BUSY.replace(from, to);
    let all = [
        other("486 Busy Here", "100 Trying"),
        other("486 Busy Here", "401 Unauthorized"),
        other("CSeq: 102", "CSeq: 103"),
        other("486 Busy Here", "200 OK"),
    ];
    let label =
        |(number, message): (usize, &String)| format!("10:00:0{number} received:\r{message}");
    all.iter().enumerate().map(label).collect()
}

#[test]
fn a_message_explains_itself_above_its_code_and_what_its_fields_add() {
    let (titles, summary) = listed(BUSY);
    assert_eq!(titles[0], "message 486 to INVITE");
    assert_eq!(titles[1], "486 Busy Here");
    assert!(titles[2].starts_with("cause 34 ") && titles[3].starts_with("timer retry-after"));
    assert!(
        summary.starts_with("486 Busy Here to INVITE 102: but Reason says ISDN cause 34"),
        "{summary}"
    );
    let is = after("");
    for part in [
        "message 486 to INVITE",
        "What it says",
        "What to do next",
        "look at the trunk",
        "Call again in 30 s.",
        "[RFC 3326 2]",
    ] {
        assert!(is.text.contains(part), "{part}\n{}", is.text);
    }
    assert_eq!(after("down").code, 486);
}

#[test]
fn a_part_of_a_message_explains_itself_too() {
    for (text, title, says) in [
        (
            "SIP/2.0 486 Busy Here",
            "message 486 Busy Here",
            "486 Busy Here: ",
        ),
        (
            "10:00 << SIP/2.0 503 x\r",
            "message 503 Service Unavailable",
            "503 ",
        ),
        (
            "Reason: Q.850;cause=34",
            "message without a start line",
            "A message without a start line: Reason says ISDN cause 34",
        ),
        (
            "Retry-After: 120\rCSeq: 4 REGISTER",
            "message REGISTER",
            "A message without a start line, of REGISTER 4",
        ),
        (
            "OPTIONS sip:a@example.com SIP/2.0",
            "message OPTIONS",
            "OPTIONS to ",
        ),
    ] {
        let (titles, summary) = listed(text);
        assert_eq!(titles[0], title, "{text}");
        assert!(summary.starts_with(says), "{text}: {summary}");
        assert!(titles.len() > 1, "what it finds is below it: {text}");
    }
    let typed = "S I P / 2 . 0 space 4 8 6";
    let screen = Screen::new(SIZE).press(typed);
    let titles: Vec<_> = screen.app.list().items().map(Item::title).collect();
    assert_eq!(titles, ["message 486 Busy Here", "486 Busy Here"]);
}

#[test]
fn what_is_no_message_is_searched_for_and_nothing_else() {
    for text in [
        "busy",
        "486",
        "warning: busy",
        "retry-after: 30",
        "server: busy",
        "Retry-After",
        "header:retry-after busy",
        "calls drop\rafter 32 seconds",
        "Via: SIP/2.0/UDP 192.0.2.1",
        "a: SIP/2.0 100 x\rb: SIP/2.0 486 y",
    ] {
        let (titles, _) = listed(text);
        let is_message = titles.iter().any(|title| title.starts_with("message"));
        assert!(!is_message, "{text:?}: {titles:?}");
    }
}

#[test]
fn of_a_log_the_failures_are_explained_each_with_its_line() {
    let screen = pasted(&log(), SIZE);
    let titles: Vec<_> = screen.app.list().items().map(Item::title).collect();
    assert_eq!(
        titles[..2],
        ["message 3: 486 to INVITE", "message 2: 401 to INVITE"]
    );
    assert!(!titles[2].starts_with("message"), "{titles:?}");
    let is = Seen::of(&screen);
    assert!(is.text.contains("pasted, line 24"), "{}", is.text);
    let foot = is.foot();
    assert!(
        foot.contains("4 messages are there; the 2 failures are explained"),
        "{foot}"
    );
    for (text, says) in [
        (
            log().repeat(4),
            "16 messages are there, 8 of them failures; 5 are explained",
        ),
        (
            BUSY.replace("486", "200").repeat(6),
            "6 messages are there, none of them a failure; the first 5 are explained",
        ),
        (
            BUSY.replace("486", "200") + BUSY,
            "2 messages are there; the failure is explained",
        ),
        (BUSY.repeat(2), ""),
    ] {
        let screen = pasted(&text, SIZE);
        assert_eq!(screen.app.list().remark().unwrap_or_default(), says);
    }
    let is = Seen::of(&screen.press("down"));
    assert!(
        is.text.contains("401 Unauthorized to INVITE 102"),
        "{}",
        is.text
    );
}

#[test]
fn its_page_is_read_as_any_other() {
    let is = after("enter }");
    assert!(
        is.mode == Mode::Detail && is.page.drawn[0].contains("What it says"),
        "{is:#?}"
    );
    let is = after("enter ctrl-f t r u n k enter");
    assert!(is.found.1 > 2, "{:?}", is.found);
    let is = after("enter i w r o n g");
    assert_eq!(is.mode, Mode::Outline);
    assert!(after("enter i ctrl-y").asks(&Effect::CopySection("says")));
    assert!(after("enter z").page.drawn[0].contains("Call-ID 1@192.0.2.20"));
    let address = after("enter ] o").asked;
    let section = "https://www.rfc-editor.org/rfc/rfc3326#section-2";
    assert_eq!(address, [Effect::OpenUrl(section.into())]);
}

#[test]
fn one_comes_back_to_it_by_history_and_by_an_earlier_query() {
    let to_cause = "enter G [ [ [ enter";
    let is = after(to_cause);
    let title = "486 Busy Here to INVITE";
    assert!(
        is.mode == Mode::Detail && !is.text.contains(title),
        "{}",
        is.text
    );
    let back = after(&format!("{to_cause} <"));
    assert_eq!((back.index, back.mode), (0, Mode::Detail));
    assert!(back.text.contains(title), "{}", back.text);
    assert!(back.page.first > 0, "the passage is kept");
    assert_eq!(after(&format!("{to_cause} < >")).text, is.text);
    // What is shown stays selected where the query is cleared, and the query can be had again.
    let cleared = after("esc");
    assert_eq!((cleared.query.0.as_str(), cleared.code), ("", 486));
    let again = after("esc ctrl-r");
    assert!(
        again.text.contains("message 486 to INVITE"),
        "{}",
        again.text
    );
    let digit = after("enter pgdn 6 esc");
    assert!(digit.index == 0 && digit.page.first > 0, "{digit:#?}");
}

#[test]
fn a_click_on_its_row_or_on_what_is_said_below_selects_it() {
    for row in [2, 3] {
        let mut screen = pasted(BUSY, SIZE).press("down");
        assert_eq!(Seen::of(&screen).index, 1);
        screen.take(&Event::Mouse(MouseEvent {
            kind: MouseEventKind::Down(MouseButton::Left),
            column: 5,
            row,
            modifiers: KeyModifiers::NONE,
        }));
        let is = Seen::of(&screen);
        assert_eq!((is.index, is.mode), (0, Mode::List), "{}", is.text);
    }
}

#[test]
fn it_is_no_bookmark_and_its_code_is_what_is_compared() {
    for (keys, act) in [("tab b", "bookmark"), ("enter e", "write a note for")] {
        let is = after(keys);
        let words = format!(
            "only response codes are there to {act}, and this explains a message; 486 is listed below it"
        );
        assert!(is.says(&words) && is.is_error == Some(true), "{}", is.text);
        assert_eq!(is.bookmarks, [486, 503]);
    }
    let invite = pasted("OPTIONS sip:a@example.com SIP/2.0", SIZE).press("tab c");
    assert!(Seen::of(&invite).says("only response codes are there to compare"));
    let is = after("tab space");
    assert_eq!(is.marks, [486]);
    assert_eq!(after("tab space space").marks, [0; 0]);
    let is = after("tab c");
    assert_eq!((is.mode, is.compared[0]), (Mode::Compare, 486));
    assert_eq!(after("tab c esc").index, 0, "and back");
    let only_kept = after("tab B");
    assert_eq!(
        (only_kept.hits, only_kept.code),
        (1, 486),
        "it is no bookmark"
    );
}

#[test]
fn it_is_copied_as_text_and_as_markdown() {
    assert!(after("tab y").asks(&Effect::CopyText));
    assert!(after("enter y").asks(&Effect::CopyText));
    assert!(after("tab Y").asks(&Effect::CopyPage));
    let below = Effect::Copy("486 Busy Here".into());
    assert!(after("tab down y").asks(&below), "of a code its phrase");
}

#[test]
fn the_search_line_shows_how_a_message_begins_and_how_many_lines_it_has() {
    for (size, line) in [
        ((120, 40), " sipdex ❯ SIP/2.0 486 Busy Here …9 lines "),
        ((80, 24), " sipdex ❯ SIP/2.0 486 Busy Here …9 lines "),
        ((60, 15), " sipdex ❯ SIP/2.0 486 Busy Here …9 lines "),
    ] {
        let is = Seen::of(&pasted(BUSY, size));
        let first = is.text.lines().next().unwrap_or_default();
        assert!(
            first.starts_with(line) && first.ends_with("4 found"),
            "{first:?}"
        );
    }
    let first = |keys: &str| {
        after(keys)
            .text
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    assert!(first("left left left left").contains("…9 lines… Content-Length"));
    assert!(first("x").contains("…11 lines… x"), "what is typed is seen");
    assert_eq!(after("ctrl-u").query.0, "");
}

#[test]
fn no_secret_is_ever_seen() {
    let secrets = "CSeq: 7 INVITE\r\
        Authorization: Digest username=\"a\", realm=\"r\", nonce=\"n0nce\", response=\"5ecret\"\r\
        Proxy-Authorization: Bearer t0ken\r\
        Identity: eyJhbGc.zzz;info=<https://a.example>\r\
        Content-Type: application/sdp\r\rv=0\ra=crypto:1 AES inline:k3y\ra=ice-pwd:pa55\r";
    let start = "INVITE sip:b@example.com SIP/2.0\r";
    for text in [format!("{start}{secrets}"), secrets.to_owned()] {
        let mut screen = pasted(&text, (200, 60));
        let letters = screen.app.query().text().chars().count();
        for _ in 0..letters {
            let shown = screen.text();
            for secret in ["n0nce", "5ecret", "t0ken", "zzz", "k3y"] {
                assert!(!shown.contains(secret), "{secret}\n{shown}");
            }
            screen = screen.press("left");
        }
    }
    let alone = pasted("Authorization: Bearer t0ken", SIZE).text();
    assert!(
        alone.contains("Authorization: Bearer (not shown)"),
        "{alone}"
    );
    assert!(!alone.contains("t0ken"), "{alone}");
}

#[test]
fn it_is_drawn_at_every_size_and_stays_at_its_passage() {
    let mut screen = pasted(BUSY, SIZE).press("enter } }");
    let top = Seen::of(&screen).page.drawn[0].clone();
    assert!(top.contains("What to do next"), "{top}");
    for width in (1..=120).rev() {
        let size = (width, width / 3);
        screen.terminal.backend_mut().resize(size.0, size.1);
        screen.draw();
    }
    screen.terminal.backend_mut().resize(SIZE.0, SIZE.1);
    screen.draw();
    assert_eq!(Seen::of(&screen).page.drawn[0], top);
}

#[test]
fn a_query_of_the_command_line_is_explained_too() {
    let opening = Opening::Query("SIP/2.0 486 Busy Here\nReason: Q.850;cause=34\n".into());
    let screen = Screen::open(Bookmarks::new(), &opening, SIZE);
    assert!(
        screen.text().contains("look at the trunk"),
        "{}",
        screen.text()
    );
}
