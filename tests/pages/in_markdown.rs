//! Pages as Markdown.

use sipdex::catalog;
use sipdex::document::Document;
use sipdex::output::markdown;

use super::codes::response;
use super::known::page;
use super::{sections, unmarked};

/// Leaves of a line of Markdown what it says: no marks, no addresses.
pub(crate) fn said(line: &str) -> String {
    let mut parts = line.split("](https://");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text += "]";
        text += part.split_once(')').map_or("", |(_, rest)| rest);
    }
    let text = unmarked(&text).replace("**", "").replace('\\', "");
    text.replace(['[', ']'], "")
}

#[test]
fn markdown_says_all_that_is_known_and_nothing_else() {
    for number in 100..700 {
        let expected = page(response(number));
        let text = markdown(&Document::of_response(response(number)));
        let head: Vec<&str> = text
            .lines()
            .filter(|line| !line.is_empty())
            .take(3)
            .collect();
        let strip = format!("*{}*", expected.strip.join(", "));
        let summary = format!("{}.", expected.summary);
        let title = expected.title.replace('<', "\\<");
        assert_eq!(
            head,
            [&*format!("# {title}"), &*strip, &*summary],
            "{number}"
        );
        let shown = sections(&text, |line| line.strip_prefix("## "));
        assert_eq!(shown.len(), expected.sections.len(), "{number}");
        for ((name, lines), (expected_name, expected)) in shown.iter().zip(&expected.sections) {
            assert_eq!(name, expected_name, "{number}");
            let verbatim = ["Call flow", "On the wire"].contains(name);
            let lines = lines.iter().filter(|line| !line.starts_with("```"));
            let lines: Vec<String> = if verbatim {
                lines.map(|line| (*line).to_owned()).collect()
            } else {
                lines.map(|line| said(line)).collect()
            };
            let expected: Vec<String> = expected
                .iter()
                .map(|line| match *name {
                    "Call flow" => line.replacen(" to ", " -> ", 1).replace(" (this code)", ""),
                    "On the wire" => line.clone(),
                    _ => line
                        .replace('\t', ": ")
                        .replace(['[', ']', '\\'], "")
                        .replace("**", ""),
                })
                .collect();
            assert_eq!(lines, expected, "{name} of {number}");
        }
    }
}

#[test]
fn every_citation_in_markdown_leads_to_its_section() {
    for response in catalog::responses() {
        let text = markdown(&Document::of_response(response));
        for retry in response.retry {
            let cite = retry.cite;
            let link = format!("[RFC {} {}", cite.rfc(), cite.section());
            let address = format!("]({})", cite.url());
            let mut ends = text.lines().filter(|line| line.ends_with(&address));
            let ends = ends.any(|line| line.contains(&link));
            assert!(ends, "{}: {link}", response.code);
        }
        for part in text.split("[RFC ").skip(1) {
            let (number, rest) = part.split_once("](").expect("a link");
            let number = number
                .split_once(", errat")
                .map_or(number, |(number, _)| number);
            let (rfc, section) = number.split_once(' ').expect("an RFC and a section");
            let address = rest.split(')').next().unwrap_or_default();
            let expected = format!("/rfc{rfc}#section-{section}");
            let appendix = format!("/rfc{rfc}#appendix-{section}");
            let leads = address.ends_with(&expected) || address.ends_with(&appendix);
            assert!(leads, "{}: {number} leads to {address}", response.code);
        }
    }
}

#[test]
fn what_markdown_marks_is_what_the_eye_should_find() {
    let page = markdown(&Document::of_response(response(486)));
    for marked in [
        "1. **The callee really is on another call**",
        "- **Retry-After** **MAY** in the response. ",
        "- **UAS**, for INVITE: ",
    ] {
        assert!(page.contains(marked), "{marked} in {page}");
    }
}

#[test]
fn in_markdown_what_to_check_and_to_do_belongs_to_its_cause() {
    let response = catalog::response("486".parse().expect("a code"));
    let page = markdown(&Document::of_response(response));
    let rows: Vec<&str> = page.lines().collect();
    for (number, fix) in response.fix.iter().enumerate() {
        let expected = [
            format!("{}. **{}**", number + 1, fix.cause),
            format!("   - Check: {}", fix.check),
            format!("   - Then: {}", fix.remedy),
        ];
        let at = rows.iter().position(|row| *row == expected[0]);
        let at = at.unwrap_or_else(|| panic!("{:?} in\n{page}", expected[0]));
        assert_eq!(rows[at..at + 3], expected);
    }
}
