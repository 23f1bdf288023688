//! What is known of a code stands on its page, each sentence once, below its heading, with its own citation:
//! in plain text, in Markdown and on the screen.

use sipdex::document::Document;
use sipdex::output::{Paint, markdown, plain};

#[path = "catalog/codes.rs"]
mod codes;
#[path = "pages/in_markdown.rs"]
mod in_markdown;
#[path = "pages/known.rs"]
mod known;
#[path = "pages/on_screen.rs"]
mod on_screen;
#[path = "pages/plain_text.rs"]
mod plain_text;
#[path = "pages/products.rs"]
mod products;
#[path = "screens/screen.rs"]
mod screen;
#[path = "catalog/words.rs"]
mod words;

use codes::response;

/// Wide enough that no line is broken.
const ENDLESS: usize = 100_000;

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
fn a_page_opens_where_its_code_is_defined() {
    for number in 100..700 {
        let response = response(number);
        let source = response.defined().or(response.references.first().copied());
        assert_eq!(Document::of_response(response).source, source, "{number}");
    }
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
