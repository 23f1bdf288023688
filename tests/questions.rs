//! What people ask about response codes: each question has a page or comparison, and words that the answer holds.

use sipdex::catalog::{self, Response};
use sipdex::compare::{Compared, compare};
use sipdex::document::Document;
use sipdex::output::{Paint, plain};

const QUESTIONS: &str = include_str!("questions.tsv");

/// Returns what `sipdex show 486` or `sipdex compare 480 486` prints, or several of them.
fn pages(commands: &str) -> String {
    commands.split('|').map(page).collect()
}

fn page(command: &str) -> String {
    let mut words = command.split(' ');
    let name = words.next().expect("a command");
    let responses: Vec<&'static Response> = words
        .map(|code| catalog::response(code.parse().expect("a code")))
        .collect();
    let document = match (name, &responses[..]) {
        ("show", [response]) => Document::of_response(response),
        ("compare", codes) => {
            let compared = Compared::new(codes).expect("two codes");
            Document::of_comparison(&compare(&compared), true)
        }
        _ => panic!("{command:?} shows no page"),
    };
    plain(&document, 100_000, Paint::Bare).to_lowercase()
}

#[test]
fn the_forty_questions_are_answered_where_one_would_look() {
    let rows = QUESTIONS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1);
    let mut asked = 0;
    let mut missing = Vec::new();
    for row in rows {
        let [number, question, command, words] = row
            .split('\t')
            .collect::<Vec<_>>()
            .try_into()
            .unwrap_or_else(|_| panic!("four fields in {row:?}"));
        asked += 1;
        assert_eq!(number.parse(), Ok(asked), "{question}");
        let page = pages(command);
        missing.extend(
            words
                .split(';')
                .filter(|word| !page.contains(&word.to_lowercase()))
                .map(|word| format!("{number}. {question} {command} has no {word:?}")),
        );
    }
    assert_eq!(asked, 40);
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
