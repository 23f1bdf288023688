//! Messages as they go on the wire.

use super::house::reference::source::Source;
use super::house::reference::vocabulary::{Place, Strength};
use super::{page, refused, refused_as};

#[test]
fn wrong_examples_are_refused() {
    let file = "responses/486.toml";
    let edit = |from: &'static str, to: &'static str| {
        move |s: &mut Source| {
            let example = page(s, 486).example.as_mut().expect("an example");
            assert!(example.0.contains(from), "{from:?} is not in the example");
            example.0 = example.0.replace(from, to);
        }
    };
    for (from, to) in [
        ("SIP/2.0 486 Busy Here", "SIP/2.0 486 Busy"),
        ("Content-Length: 0", "Content-Length: 1"),
        ("CSeq: 1 INVITE", "CSeq: abc"),
        ("CSeq: 1 INVITE\n", ""),
        (";tag=314159", ""),
        ("branch=z9hG4bK2d4790.1", "branch=1"),
        ("bob@example.net", "bob@biloxi.com"),
        ("192.0.2.101:5060", "10.0.0.1:5060"),
        ("Retry-After: 300", "Retry-After"),
        ("Via: ", "V: "),
    ] {
        refused(file, "example", edit(from, to));
    }
    refused(file, "example", |s| page(s, 486).example = None);
    refused("responses/421.toml", "example", |s| {
        let example = page(s, 421).example.as_mut().expect("an example");
        example.0 = example.0.replace("Require:", "X-Require:");
    });
    refused(file, "example", |s| {
        let header = &mut page(s, 486).headers[0];
        (header.name, header.strength) = ("Min-Expires".into(), Strength::Must);
        (header.place, header.when) = (Place::Response, None);
    });
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn an_example_is_a_response_to_the_letter() {
    let head = "SIP/2.0 486 Busy Here\n";
    let to = "To: \"Bob\" <sip:bob@example.net>;tag=314159\n";
    for (from, instead, says) in [
        (head, "SIP/2.0 486 Busy here\n", "the first line is not"),
        ("Retry-After: 300", "Retry-After:300", "is no header field"),
        ("Retry-After: 300", "Retry After: 300", "is no header field"),
        ("Retry-After: 300", "Retry-After: ", "is no header field"),
        ("Retry-After: 300", "Retry-After: 300 ", "ends with a space"),
        (to, "", "0 To header fields where one belongs"),
        (";tag=314159", "", "To is no address with a tag"),
        (";tag=9fxced76sl", "", "From is no address with a tag"),
        ("<sip:bob@", "<http:bob@", "To is no address with a tag"),
        (
            "bob@example.net>",
            "bob@example.net",
            "To is no address with a tag",
        ),
        ("<sip:bob@", "sip:bob@", "To is no address with a tag"),
        ("Call-ID: 38", "Call-ID: 38 ", "Call-ID holds a space"),
        (
            "CSeq: 1 ",
            "CSeq: 2147483648 ",
            "CSeq is no number and method",
        ),
        ("1 INVITE", "1 Invite", "CSeq is no number and method"),
        ("CSeq: 1 INVITE", "CSeq: 1 ", "CSeq is no number and method"),
        (
            "Length: 0",
            "Length: 1",
            "Content-Length is not the 0 octets",
        ),
        (
            "Retry-After: 300",
            "Content-Type: a/b",
            "Content-Type goes with a body",
        ),
        (
            "Length: 0\n",
            "Length: 3\n\nv=0",
            "Content-Type goes with a body",
        ),
        ("Via: ", "Vias: ", "no Via"),
        (";branch=z9hG4bK", ";branch=", "has no branch of RFC 3261"),
        (
            "SIP/2.0/UDP 192",
            "SIP/3.0/UDP 192",
            "has no branch of RFC 3261",
        ),
        (
            "@192.0.2.101",
            "@10.0.0.1",
            "no name or address for documentation",
        ),
        (
            "<sip:bob@example.net>",
            "<sip:bob@notexample.net>",
            "for documentation",
        ),
    ] {
        refused_as("responses/486.toml", "example", says, |s| {
            let example = page(s, 486).example.as_mut().expect("an example");
            assert!(example.0.contains(from), "{from:?} is not in the example");
            example.0 = example.0.replace(from, instead);
        });
    }
    let twice = "2 To header fields where one belongs";
    refused_as("responses/486.toml", "example", twice, |s| {
        let example = page(s, 486).example.as_mut().expect("an example");
        example.0 = example.0.replace(to, &to.repeat(2));
    });
    let unknown = "WarnCode 360 does not exist";
    refused_as("responses/488.toml", "example", unknown, |s| {
        let example = page(s, 488).example.as_mut().expect("an example");
        assert!(example.0.contains("Warning: 305"), "{}", example.0);
        example.0 = example.0.replace("Warning: 305", "Warning: 360");
    });
    let own = "the first line is not";
    refused_as("unregistered/478.toml", "example", own, |s| {
        let pages = s.unregistered.iter_mut().map(|(_, page)| page);
        let mut pages = pages.filter(|page| page.code.0 == 478);
        let example = &mut pages.next().expect("a page").example;
        let example = example.as_mut().expect("an example");
        example.0 = example.0.replacen("478 Unresolvable", "478 Unsolvable", 1);
    });
}

#[test]
fn a_reserved_code_has_no_example_and_no_ladder() {
    let file = "responses/402.toml";
    refused_as(file, "example", "a reserved code has none", |s| {
        page(s, 402).example = page(s, 486).example.clone()
    });
    refused_as(file, "flow", "a reserved code has none", |s| {
        page(s, 402).flow = page(s, 486).flow.clone()
    });
}
