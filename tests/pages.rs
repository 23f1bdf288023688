//! What is known of a code stands on its page, each sentence once, below its heading, with its own citation:
//! in plain text, in Markdown and on the screen.

use std::fmt::Write;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use sipdex::app::{App, Opening};
use sipdex::bookmarks::Bookmarks;
use sipdex::catalog::{
    self, Cause, Citation, List, Mapping, Place, Response, Status, StatusCode, Text,
};
use sipdex::choices::Start;
use sipdex::document::{Document, Link};
use sipdex::keymap::Keymap;
use sipdex::output::{Paint, markdown, plain};
use sipdex::theme::{DEFAULT, Theme};
use sipdex::view::{self, Cache, Look, UNICODE};

#[path = "pages/words.rs"]
mod words;
use words::strength;

fn response(code: u16) -> &'static Response {
    catalog::response(StatusCode::new(code).expect("a code"))
}

/// Wide enough that no line is broken.
const ENDLESS: usize = 100_000;

/// A page as it has to be: the first lines, then headings with the lines below them.
struct Page {
    title: String,
    strip: Vec<String>,
    summary: &'static str,
    sections: Vec<(&'static str, Vec<String>)>,
}

fn cite(cite: Citation) -> String {
    format!(" [RFC {} {}]", cite.rfc(), cite.section())
}

fn condition(when: Option<Text>) -> String {
    when.map_or(String::new(), |when| format!(", if {when}"))
}

fn place(place: Place) -> &'static str {
    match place {
        Place::Response => "in the response",
        Place::NextRequest => "in the next request",
        Place::Request => "in the request",
    }
}

fn mapped(lead: &str, mapping: &Mapping) -> String {
    let first = mapping
        .first
        .map_or(String::new(), |first| format!(" {first}"));
    format!(
        "{lead} cause {} ({}){}.{first}{}",
        mapping.cause,
        mapping.name,
        condition(mapping.when),
        cite(mapping.cite)
    )
}

/// Returns what products make of a code: the standard decides whether theirs is another way.
fn products(response: &Response) -> Vec<String> {
    let named = |cause: &Cause| format!("{} {}", cause.number, cause.name);
    let vendors = response.vendors.iter().map(|vendor| {
        let standard = response.isdn.to;
        let known = |cause: &Cause| standard.iter().any(|to| to.cause == cause.number);
        let mut parts = Vec::new();
        if !vendor.to.is_empty() {
            let causes: Vec<String> = vendor.to.iter().map(named).collect();
            let default = if vendor.to_by_default {
                "by default "
            } else {
                ""
            };
            let remark = if vendor.to.iter().all(known) {
                ""
            } else if standard.is_empty() {
                " (RFC 3398 has no cause for it)"
            } else {
                " (differs from RFC 3398)"
            };
            parts.push(format!(
                "{default}hangup cause {}{remark}",
                causes.join(", ")
            ));
        }
        let mut causes: Vec<String> = vendor.from.iter().map(named).collect();
        if vendor.from_others {
            causes.push("every cause that it does not list".into());
        }
        if !causes.is_empty() {
            parts.push(format!("sent for {}", causes.join(", ")));
        }
        format!(
            "{}, {}: {}.",
            vendor.product,
            vendor.version,
            parts.join("; ")
        )
    });
    vendors.collect()
}

fn owned(texts: List<Text>) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}

fn description(response: &Response) -> Vec<String> {
    let code = response.code;
    let note = format!("No registry has a {code}. What follows holds for its class.");
    let note = Some(note).filter(|_| !response.is_written());
    note.into_iter().chain(owned(response.meaning)).collect()
}

fn how_to_fix(response: &Response) -> Vec<String> {
    let steps = response.fix.iter().flat_map(|fix| {
        let (check, remedy) = (
            format!("Check: {}", fix.check),
            format!("Then: {}", fix.remedy),
        );
        [fix.cause.to_string(), check, remedy]
    });
    steps.collect()
}

fn related(response: &Response) -> Vec<String> {
    let others = response.related.iter();
    let others = others.map(|other| (catalog::response(other.code).title(), other.says));
    others
        .map(|(title, says)| format!("{title}: {says}"))
        .collect()
}

fn who_sends_it(response: &Response) -> Vec<String> {
    let senders = response.sent_by.iter().map(|sender| {
        let methods = match sender.methods.as_slice() {
            [] => "any method".to_owned(),
            methods => methods.join(", "),
        };
        let cited = sender.cite.map(cite).unwrap_or_default();
        format!("{}, for {methods}: {}{cited}", sender.who, sender.says)
    });
    senders.collect()
}

fn header_fields(response: &Response) -> Vec<String> {
    let fields = response.headers.iter().map(|header| {
        let (name, when) = (header.name, condition(header.when));
        let (strength, place) = (strength(header.strength), place(header.place));
        format!(
            "{name} {strength} {place}{when}. {}{}",
            header.says,
            cite(header.cite)
        )
    });
    fields.collect()
}

fn telephone(response: &Response) -> Vec<String> {
    let isdn = &response.isdn;
    let mut telephone: Vec<String> = isdn.to.iter().map(|to| mapped("Leaves as", to)).collect();
    telephone.extend(isdn.from.iter().map(|from| mapped("Comes from", from)));
    let others = "Comes from every cause that RFC 3398 does not list.";
    telephone.extend(
        isdn.from_others
            .map(|cited| others.to_owned() + &cite(cited)),
    );
    telephone.extend(
        isdn.round_trip
            .map(|trip| format!("There and back: {trip}")),
    );
    telephone
}

fn warn_codes(response: &Response) -> Vec<String> {
    let warnings = response.warnings().map(|warning| {
        let (code, text) = (warning.code, warning.text);
        format!("{code} {text}: {}{}", warning.says, cite(warning.cite))
    });
    warnings.collect()
}

fn call_flow(response: &Response) -> Vec<String> {
    let steps = response.flow.iter().map(|step| {
        let mark = if step.marked { " (this code)" } else { "" };
        format!("{} to {}: {}{mark}", step.from, step.to, step.message)
    });
    steps.collect()
}

fn on_the_wire(response: &Response) -> Vec<String> {
    let lines = response.example.into_iter();
    let lines = lines.flat_map(|example| example.as_str().split("\r\n"));
    let lines = lines.filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect()
}

/// Returns where to read on: first where the code is defined, which stands once.
fn learn_more(response: &Response) -> Vec<String> {
    let further = response.references.iter().copied();
    let further = further.filter(|cite| Some(*cite) != response.defined());
    let sections = response.defined().into_iter().chain(further);
    sections
        .map(|cite| format!("RFC {} {}  {}", cite.rfc(), cite.section(), cite.title()))
        .chain(owned(response.sources()))
        .collect()
}

/// Returns sentences, each with its own citation.
fn cited(rules: impl Iterator<Item = (&'static str, Citation)>) -> Vec<String> {
    rules
        .map(|(says, cited)| says.to_owned() + &cite(cited))
        .collect()
}

fn page(response: &'static Response) -> Page {
    let confused = if response.is_written() {
        "Often confused with"
    } else {
        "Nearest registered codes"
    };
    let (retry, forking, dialog) = (response.retry, response.forking, response.dialog);
    let mut sections = vec![
        ("Description", description(response)),
        ("When you see it", owned(response.seen)),
        ("How to fix", how_to_fix(response)),
        (confused, related(response)),
        (
            "When to send it",
            response.use_when.map(String::from).into_iter().collect(),
        ),
        ("Who sends it", who_sends_it(response)),
        ("Header fields", header_fields(response)),
        (
            "What the client may do next",
            cited(retry.iter().map(|rule| (rule.says.as_str(), rule.cite))),
        ),
        (
            "Other branches",
            cited(forking.iter().map(|rule| (rule.says.as_str(), rule.cite))),
        ),
        (
            "Dialog",
            cited(dialog.iter().map(|rule| (rule.says.as_str(), rule.cite))),
        ),
        ("Telephone network", telephone(response)),
        ("Products", products(response)),
        ("Warn-codes", warn_codes(response)),
        ("Call flow", call_flow(response)),
        ("On the wire", on_the_wire(response)),
        ("Learn more", learn_more(response)),
    ];
    sections.retain(|(_, lines)| !lines.is_empty());
    Page {
        title: title(response),
        strip: strip(response),
        summary: &response.summary,
        sections,
    }
}

fn title(response: &Response) -> String {
    let mut title = response.code.to_string();
    if !response.phrase().is_empty() {
        write!(title, " {}", response.phrase()).expect("a String takes every text");
    }
    if response.status().is_none() {
        title += " (not registered)";
    }
    title
}

fn strip(response: &Response) -> Vec<String> {
    let mut strip = match response.code.get() / 100 {
        1 => vec!["1xx provisional"],
        2 => vec!["2xx success", "final"],
        3 => vec!["3xx redirection", "final"],
        4 => vec!["4xx request failure", "final"],
        5 => vec!["5xx server failure", "final"],
        _ => vec!["6xx global failure", "final"],
    };
    match response.status() {
        Some(Status::Current) => {}
        Some(Status::Deprecated) => strip.push("deprecated"),
        Some(Status::Reserved) => strip.push("reserved"),
        None => strip.push("not registered"),
    }
    let mut strip: Vec<String> = strip.into_iter().map(str::to_owned).collect();
    strip.extend(
        response
            .sent_by
            .first()
            .map(|sender| format!("from {}", sender.who)),
    );
    strip.extend(
        response
            .retry
            .first()
            .map(|retry| retry.verdict.as_str().to_owned()),
    );
    strip
}

/// Returns the headings of a text with the lines below each, by how a line shows that it is a heading.
fn sections<'a>(
    text: &'a str,
    heading: impl Fn(&'a str) -> Option<&'a str>,
) -> Vec<(&'a str, Vec<&'a str>)> {
    let mut sections: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match (heading(line), sections.last_mut()) {
            (Some(heading), _) => sections.push((heading, Vec::new())),
            (None, Some((_, lines))) => lines.push(line),
            (None, None) => {}
        }
    }
    sections
}

/// Takes away what marks a line as one of a list: "- ", "1. ", and the blanks before it.
fn unmarked(line: &str) -> &str {
    let line = line.trim_start();
    let number = line.split_once(". ").filter(|(number, _)| {
        !number.is_empty() && number.len() <= 2 && number.bytes().all(|b| b.is_ascii_digit())
    });
    number.map_or(line.strip_prefix("- ").unwrap_or(line), |(_, rest)| rest)
}

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
            assert_eq!(&said, expected, "{name} of {number}");
        }
    }
}

/// Leaves of a line of Markdown what it says: no marks, no addresses.
fn said(line: &str) -> String {
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
                    _ => line.replace(['[', ']', '\\'], "").replace("**", ""),
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
            let link = format!("[RFC {} {}]({})", cite.rfc(), cite.section(), cite.url());
            let ends = text.lines().any(|line| line.ends_with(&link));
            assert!(ends, "{}: {link}", response.code);
        }
        for part in text.split("[RFC ").skip(1) {
            let (number, rest) = part.split_once("](").expect("a link");
            let (rfc, section) = number.split_once(' ').expect("an RFC and a section");
            let address = rest.split(')').next().unwrap_or_default();
            let expected = format!("/rfc{rfc}#section-{section}");
            let appendix = format!("/rfc{rfc}#appendix-{section}");
            let leads = address.ends_with(&expected) || address.ends_with(&appendix);
            assert!(leads, "{}: {number} leads to {address}", response.code);
        }
    }
}

/// Leaves of a text what a break of lines does not change.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Returns the lines of the page of a code on a screen that is high enough for it.
fn screen(code: StatusCode) -> Vec<String> {
    const SIZE: (u16, u16) = (75, 700);
    let keymap = Keymap::default();
    let look = Look {
        theme: Theme::named(DEFAULT).expect("the default theme"),
        symbols: &UNICODE,
        keymap: &keymap,
    };
    let app = App::new(Bookmarks::new(), &Opening::Code(code), Start::Search, false);
    let mut terminal = Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).expect("a terminal");
    let drawn = terminal.draw(|frame| drop(view::draw(frame, &app, &look, &mut Cache::default())));
    let buffer = drawn.expect("drawn").buffer.clone();
    let inside = 2..SIZE.0 - 2;
    let rows = (2..SIZE.1 - 2).map(|row| {
        let row: String = inside
            .clone()
            .map(|column| buffer[(column, row)].symbol())
            .collect();
        row.trim_end().to_owned()
    });
    rows.collect()
}

#[test]
fn the_screen_says_all_that_is_known_and_nothing_else() {
    let unnamed = [150, 299, 399, 431, 599, 699].map(response);
    for response in catalog::responses().iter().chain(unnamed) {
        let (code, expected) = (response.code, page(response));
        let text = screen(code).join("\n");
        let is_heading = |line: &&str| expected.sections.iter().any(|(name, _)| name == line);
        let head: String = text.lines().take_while(|line| !is_heading(line)).collect();
        let facts = expected.strip.join("·") + expected.summary;
        assert_eq!(squeezed(&head), squeezed(&facts), "{code}");
        let shown = sections(&text, |line| Some(line).filter(|line| is_heading(line)));
        assert_eq!(shown.len(), expected.sections.len(), "{code}");
        for ((name, lines), (expected_name, expected)) in shown.iter().zip(&expected.sections) {
            assert_eq!(name, expected_name, "{code}");
            if *name == "Call flow" {
                for step in response.flow {
                    let label = format!(" {} ", step.message);
                    let is_said = lines.iter().any(|line| format!("{line} ").contains(&label));
                    assert!(is_said, "{code}: {label} in {lines:#?}");
                }
                continue;
            }
            let lines = lines.iter().map(|line| {
                let line = line.trim_start_matches("• ");
                let number = line.split_once("  ").filter(|(number, _)| {
                    *name == "How to fix" && number.len() == 1 && number.parse::<u8>().is_ok()
                });
                number.map_or(line, |(_, rest)| rest)
            });
            let said = squeezed(&lines.collect::<String>());
            assert_eq!(said, squeezed(&expected.concat()), "{name} of {code}");
        }
    }
}

#[test]
fn what_is_deprecated_reserved_or_not_registered_is_said_in_the_strip() {
    for (code, strip) in [
        (202, "2xx success, final, deprecated, from message relay"),
        (402, "4xx request failure, final, reserved"),
        (478, "4xx request failure, final, not registered"),
        (
            431,
            "4xx request failure, final, not registered, change, then retry",
        ),
        (486, "4xx request failure, final, from UAS, retry later"),
        (100, "1xx provisional, from next hop, wait"),
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

#[test]
fn a_page_opens_where_its_code_is_defined() {
    for number in 100..700 {
        let response = response(number);
        let source = response.defined().or(response.references.first().copied());
        assert_eq!(Document::of_response(response).source, source, "{number}");
    }
}

#[test]
fn causes_are_numbered_from_one_and_links_are_in_the_order_of_the_text() {
    let page = response(486);
    let (text, screen) = (
        plain(&Document::of_response(page), ENDLESS, Paint::Bare),
        screen(page.code).join("\n"),
    );
    for (i, fix) in page.fix.iter().enumerate() {
        let start: String = fix.cause.chars().take(30).collect();
        let number = i + 1;
        assert!(text.contains(&format!("\n  {number}. {start}")), "{text}");
        assert!(screen.contains(&format!("\n{number}  {start}")), "{screen}");
    }
    let links = Document::of_response(page).links();
    let related = page
        .related
        .iter()
        .map(|related| Link::Entry(catalog::response(related.code).into()));
    let senders = page
        .sent_by
        .iter()
        .filter_map(|sender| sender.cite.map(Link::Section));
    let first: Vec<Link> = related.chain(senders).collect();
    assert_eq!(links[..first.len()], first);
}

#[test]
fn an_empty_line_parts_header_and_body_of_the_message() {
    let document = Document::of_response(response(183));
    let texts = [plain(&document, 80, Paint::Bare), markdown(&document)];
    for text in texts {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        let body = lines
            .iter()
            .position(|line| *line == "v=0")
            .expect("a body");
        assert_eq!(lines[body - 1], "", "{text}");
        assert!(lines[body - 2].starts_with("Content-Length: "), "{text}");
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
