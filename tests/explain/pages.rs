//! The rows of the pages: each example keeps them all, and breaks one where a field is taken away.

use sipdex::catalog::{self, HeaderField, Place, Strength};

use super::made::message;
use super::{broken, findings, ids};

#[test]
fn the_example_of_each_page_breaks_nothing() {
    for page in catalog::responses() {
        let found = page
            .example
            .map_or_else(Vec::new, |example| findings(&example));
        assert_eq!(found, [], "{}", page.code);
    }
}

/// Returns a message as other writers have it: names in other letters and in short, folded lines.
fn forms(message: &str) -> [String; 3] {
    let (head, body) = message.split_once("\r\n\r\n").expect("a message");
    let rewritten = |name: &dyn Fn(&str) -> String, between: &str| {
        let lines =
            head.split("\r\n")
                .enumerate()
                .map(|(place, line)| match line.split_once(": ") {
                    Some((field, value)) if place > 0 => {
                        format!("{}:{between}{value}", name(field))
                    }
                    _ => line.to_owned(),
                });
        format!("{}\r\n\r\n{body}", lines.collect::<Vec<_>>().join("\r\n"))
    };
    let short = |name: &str| {
        let forms = [
            ("Via", "v"),
            ("From", "f"),
            ("To", "t"),
            ("Call-ID", "i"),
            ("Contact", "m"),
            ("Supported", "k"),
        ];
        let form = forms.iter().find(|(full, _)| *full == name);
        form.map_or(name, |(_, form)| form).to_owned()
    };
    [
        message.to_owned(),
        rewritten(&short, " \t"),
        rewritten(&str::to_uppercase, "\r\n  "),
    ]
}

/// Takes a header field away; of To only the tag.
fn without(example: &str, name: &str) -> String {
    let lines = example.split_inclusive("\r\n").filter_map(|line| {
        let is_it = line.split(':').next() == Some(name);
        match line.split_once(";tag=") {
            Some((to, _)) if is_it && name == "To" => Some(format!("{to}\r\n")),
            _ => (!is_it).then(|| line.to_owned()),
        }
    });
    lines.collect()
}

#[test]
fn an_example_without_a_field_that_it_must_have_breaks_one_rule() {
    let mut count = 0;
    for page in catalog::responses() {
        let is_asked = |row: &&HeaderField| {
            row.place == Place::Response && row.strength == Strength::Must && row.when.is_none()
        };
        for row in page.headers.iter().filter(is_asked) {
            let example = page.example.expect("an example");
            let id = format!("{}-{}", page.code, row.name.to_lowercase());
            for form in forms(&without(&example, &row.name)) {
                assert_eq!(ids(&form), [id.as_str()], "{form}");
            }
            for form in forms(&example) {
                assert_eq!(ids(&form), [""; 0], "{form}");
            }
            count += 1;
        }
    }
    assert!(count > 12, "{count} fields");
}

#[test]
fn what_a_page_forbids_is_found() {
    for (code, name) in [("100", "RSeq"), ("489", "Event")] {
        let rule = format!("{code}-{}", name.to_lowercase());
        let field = format!("+{name}: 1");
        let kind = format!("{code} SUBSCRIBE");
        assert!(ids(&message(&kind, &[&field])).contains(&rule), "{rule}");
        assert!(!ids(&message(&kind, &[])).contains(&rule), "{rule}");
    }
}

/// A rule, a message that breaks it, and one that does not.
type Case = (&'static str, Made, Made);

/// A kind of message, and the changes of it.
type Made = (&'static str, &'static [&'static str]);

const DECIDED: &[Case] = &[
    (
        "180-require",
        ("180 INVITE", &["+RSeq: 1"]),
        ("180 INVITE", &["+RSeq: 1", "+Require: 100rel"]),
    ),
    (
        "183-rseq",
        ("183 INVITE", &["+Require: 100rel"]),
        ("183 INVITE", &["+Require: timer"]),
    ),
    (
        "199-reason",
        ("199 INVITE", &[]),
        ("199 INVITE", &["+Reason: SIP;cause=486"]),
    ),
    (
        "199-supported",
        (
            "199 INVITE",
            &["+Reason: SIP;cause=486", "+Supported: timer, 199"],
        ),
        (
            "199 INVITE",
            &["+Reason: SIP;cause=486", "+Supported: timer"],
        ),
    ),
    (
        "204-expires",
        ("204 SUBSCRIBE", &[]),
        ("204 SUBSCRIBE", &["+Expires: 60"]),
    ),
    (
        "200-contact",
        ("200 MESSAGE", &["+Contact: <sip:a@example.com>"]),
        ("200 OPTIONS", &["+Contact: <sip:a@example.com>"]),
    ),
    (
        "200-expires",
        ("200 SUBSCRIBE", &[]),
        ("200 SUBSCRIBE", &["+Expires: 60"]),
    ),
    (
        "200-sip-etag",
        ("200 PUBLISH", &["+Expires: 60"]),
        ("200 PUBLISH", &["+Expires: 60", "+SIP-ETag: 1"]),
    ),
    (
        "200-require",
        ("200 INVITE", &["+Session-Expires: 1800 ; Refresher=uac"]),
        ("200 INVITE", &["+Session-Expires: 1800;refresher=uas"]),
    ),
    (
        "300-content-type",
        ("300 INVITE", &["=Content-Length: 4", "body list"]),
        ("300 INVITE", &[]),
    ),
    (
        "421-security-server",
        ("421 INVITE", &["+Require: sec-agree"]),
        ("421 INVITE", &["+Require: 100rel"]),
    ),
    (
        "423-min-expires",
        ("423 REGISTER", &[]),
        ("423 SUBSCRIBE", &[]),
    ),
    (
        "489-allow-events",
        ("489 PUBLISH", &[]),
        ("489 SUBSCRIBE", &[]),
    ),
];

#[test]
fn a_condition_that_the_message_decides_is_decided() {
    for (id, (kind, changes), (other, others)) in DECIDED {
        let text = message(kind, changes);
        assert_eq!(rules_of_pages(&text), [*id], "{text}");
        let text = message(other, others);
        assert_eq!(rules_of_pages(&text), [""; 0], "{text}");
    }
}

/// Returns what is broken by the page of the code.
fn rules_of_pages(message: &str) -> Vec<String> {
    let is_of_page = |id: &String| id.starts_with(|sign: char| sign.is_ascii_digit());
    broken(message).into_iter().filter(is_of_page).collect()
}

#[test]
fn what_a_writer_may_have_cut_is_a_doubt() {
    let whole = message("405 OPTIONS", &["-Content-Length"]);
    assert_eq!(broken(&whole), ["405-allow"]);
    let cut = whole.trim_end();
    assert_eq!(
        (ids(cut), broken(cut)),
        (vec!["405-allow".to_owned()], Vec::new())
    );
    // Copied without its last line, which Content-Length tells.
    let copied = message("405 OPTIONS", &[]);
    assert_eq!(broken(copied.trim_end()), ["405-allow"]);
}
