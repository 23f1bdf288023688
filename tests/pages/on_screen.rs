//! Pages on the screen.

use sipdex::app::Opening;
use sipdex::catalog::{self, StatusCode};
use sipdex::document::{Document, Link};
use sipdex::output::{Paint, plain};

use super::codes::response;
use super::known::page;
use super::screen::Screen;
use super::{ENDLESS, sections};

/// Leaves of a text what a break of lines does not change.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Returns the lines of the page of a code on a screen that is high enough for it.
fn screen(code: StatusCode) -> Vec<String> {
    const SIZE: (u16, u16) = (75, 1200);
    let screen = Screen::without_mouse(&Opening::Code(code), SIZE);
    let buffer = screen.terminal.backend().buffer();
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

/// Returns lines as a screen has them: the label of a row is written unless it stands above already and
/// leads nowhere.
fn tables(name: &str, lines: &[String]) -> String {
    let mut above = None;
    let mut shown = String::new();
    for line in lines {
        let (label, text) = match line.split_once('\t') {
            Some((label, text)) => (Some(label), text),
            None => (None, line.as_str()),
        };
        if label != above || name == "Next route" {
            shown.extend(label);
        }
        shown.push_str(text);
        above = label;
    }
    shown
}

#[test]
fn the_screen_says_all_that_is_known_and_nothing_else() {
    let unnamed = [150, 299, 399, 431, 599, 699].map(response);
    for response in catalog::responses().iter().chain(unnamed) {
        let (code, expected) = (response.code, page(response));
        let text = screen(code).join("\n");
        let is_heading = |line: &&str| expected.sections.iter().any(|(name, _)| name == line);
        let head: String = text.lines().take_while(|line| !is_heading(line)).collect();
        let first = response.sent_or_made_up;
        let first = first.map_or(String::new(), |says| format!("Sent or made up: {says}"));
        let facts = expected.strip.join("·") + expected.summary + &first;
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
            let mut next = 1;
            let lines = lines.iter().map(|line| {
                let line = line.trim_start_matches("• ");
                let rest = line.strip_prefix(&format!("{next} "));
                match rest.filter(|_| *name == "How to fix") {
                    Some(rest) => {
                        next += 1;
                        rest.trim_start()
                    }
                    None => line,
                }
            });
            let said = squeezed(&lines.collect::<String>());
            assert_eq!(said, squeezed(&tables(name, expected)), "{name} of {code}");
        }
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
