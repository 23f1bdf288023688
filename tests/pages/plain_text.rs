//! Pages as plain text, bare and on a terminal.

use sipdex::document::Document;
use sipdex::output::{Paint, plain};

use super::codes::response;
use super::known::page;
use super::{ENDLESS, sections, unmarked};

#[test]
fn plain_text_says_all_that_is_known_and_nothing_else() {
    for number in 100..700 {
        let expected = page(response(number));
        let text = plain(
            &Document::of_response(response(number)),
            ENDLESS,
            Paint::Bare,
        );
        let mut first = text.lines();
        assert_eq!(first.next(), Some(&*expected.title));
        assert_eq!(first.next(), Some(&*expected.strip.join(", ")), "{number}");
        assert_eq!(first.next(), Some(expected.summary), "{number}");
        let said: Vec<(&str, Vec<&str>)> = sections(&text, |line| {
            let heading =
                !line.starts_with(' ') && expected.sections.iter().any(|(name, _)| name == &line);
            heading.then_some(line)
        });
        let names: Vec<&str> = said.iter().map(|(name, _)| *name).collect();
        let expected_names: Vec<&str> = expected.sections.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, expected_names, "the sections of {number}");
        for ((name, said), (_, expected)) in said.iter().zip(&expected.sections) {
            let said: Vec<&str> = said.iter().map(|line| unmarked(line)).collect();
            let expected = expected.iter().map(|line| line.replace('\t', ": "));
            let expected: Vec<String> = expected.collect();
            assert_eq!(said, expected, "{name} of {number}");
        }
    }
}

#[test]
fn what_is_deprecated_reserved_or_not_registered_is_said_in_the_strip() {
    for (code, strip) in [
        (202, "2xx success, final, deprecated, from message relay"),
        (402, "4xx request failure, final, reserved"),
        (478, "4xx request failure, final, not in IANA's list"),
        (
            431,
            "4xx request failure, final, not in IANA's list, change, then retry",
        ),
        (
            486,
            "4xx request failure, final, from UAS or gateway, retry later",
        ),
        (100, "1xx provisional, from next hop or proxy, wait"),
    ] {
        let page = plain(&Document::of_response(response(code)), 200, Paint::Bare);
        let said = page.lines().nth(1).expect("a strip");
        assert!(said.starts_with(strip), "{code}: {said}");
    }
}

#[test]
fn on_a_terminal_titles_headings_and_names_are_bold_and_citations_are_dim() {
    let page = plain(
        &Document::of_response(response(486)),
        ENDLESS,
        Paint::Styled,
    );
    for bold in [
        "486 Busy Here",
        "How to fix",
        "The callee really is on another call",
        "Retry-After",
        "MAY",
        "bob to proxy: 486 Busy Here (this code)",
    ] {
        assert!(
            page.contains(&format!("\u{1b}[1m{bold}\u{1b}[0m")),
            "{bold} in {page}"
        );
    }
    for dim in [" [RFC 3261 16.7]", "Check:", "There and back:"] {
        assert!(
            page.contains(&format!("\u{1b}[2m{dim}\u{1b}[0m")),
            "{dim} in {page}"
        );
    }
    let bare = plain(&Document::of_response(response(486)), ENDLESS, Paint::Bare);
    let mut unstyled = page;
    for style in ["\u{1b}[1m", "\u{1b}[2m", "\u{1b}[0m"] {
        unstyled = unstyled.replace(style, "");
    }
    assert_eq!(unstyled, bare, "styles change no word");
}

/// "Was it received, or did my own side make it up?" is the first question of whoever sees one of these.
#[test]
fn whether_a_code_was_sent_stands_on_the_first_screen() {
    for code in [408, 503, 487, 481, 480, 500, 502, 477, 478] {
        let page = plain(&Document::of_response(response(code)), 80, Paint::Bare);
        let first = page
            .lines()
            .take(10)
            .any(|line| line.contains("Sent or made up: "));
        assert!(first, "{code}: {page}");
    }
}
