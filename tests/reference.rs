//! What the program says of a code is what the asset files say, read here without the build's own reader.

use serde_json::{Value, json};
use sipdex::catalog::{self, Class, Response, StatusCode};
use sipdex::output;

#[path = "catalog/codes.rs"]
mod codes;
#[path = "reference/files.rs"]
mod files;
#[path = "reference/network.rs"]
mod network;
#[path = "reference/pages.rs"]
mod pages;

use files::{asset, folder, is_citation, rows, table, written};

fn response(code: u64) -> &'static Response {
    codes::response(code.try_into().expect("three digits"))
}

/// Returns what JSON says of a response.
fn page(response: &'static Response) -> Value {
    serde_json::to_value(output::json::page(response)).expect("JSON")
}

#[test]
fn classes_are_those_of_their_file() {
    let classes = asset("classes.toml");
    for (class, written) in Class::ALL.into_iter().zip(rows(&classes, "class")) {
        let rule = catalog::class_rule(class);
        let at = class.pattern();
        assert_eq!(json!(rule.digit), written["digit"], "{at}");
        for (key, said) in [
            ("name", rule.name),
            ("title", rule.title),
            ("says", rule.says),
            ("unknown", rule.unknown),
        ] {
            assert_eq!(json!(said), written[key], "{at}.{key}");
        }
        assert!(
            is_citation(rule.defined, &written["defined"]),
            "{at}.defined"
        );
        assert!(is_citation(rule.cite, &written["cite"]), "{at}.cite");
        let (retry, forking, dialog) = (&rule.retry, &rule.forking, &rule.dialog);
        assert_eq!(json!(retry.verdict), written["retry"]["verdict"], "{at}");
        assert_eq!(json!(dialog.effect), written["dialog"]["effect"], "{at}");
        assert_eq!(json!(rule.others), written["others"], "{at}.others");
        for (key, says, cite) in [
            ("retry", retry.says, retry.cite),
            ("forking", forking.says, forking.cite),
            ("dialog", dialog.says, dialog.cite),
        ] {
            assert_eq!(json!(says), written[key]["says"], "{at}.{key}");
            assert!(is_citation(cite, &written[key]["cite"]), "{at}.{key}.cite");
        }
    }
}

#[test]
fn a_number_without_a_name_has_the_rules_of_its_class_and_its_neighbours() {
    let classes = asset("classes.toml");
    let mut registered: Vec<u64> = Vec::new();
    for row in table("registry.tsv") {
        registered.push(row["code"].parse().expect("a number"));
    }
    for number in (100..700).filter(|number| !response(*number).is_written()) {
        let response = response(number);
        let mut classes = rows(&classes, "class").into_iter();
        let class = classes
            .find(|class| class["digit"] == json!(number / 100))
            .expect("a class");
        assert_eq!(
            json!(response.meaning),
            json!([class["unknown"]]),
            "{number}"
        );
        assert_eq!(
            json!(response.retry[0].says),
            class["retry"]["says"],
            "{number}"
        );
        assert_eq!(
            json!(response.forking[0].says),
            class["forking"]["says"],
            "{number}"
        );
        assert_eq!(
            json!(response.dialog[0].says),
            class["dialog"]["says"],
            "{number}"
        );
        assert!(
            is_citation(response.references[0], &class["cite"]),
            "{number}"
        );
        let of_class = || {
            registered
                .iter()
                .filter(|code| **code / 100 == number / 100)
        };
        let below = of_class().rfind(|code| **code < number);
        let above = of_class().find(|code| **code > number);
        let near = response
            .related
            .iter()
            .map(|related| related.code.get().into());
        let expected: Vec<&u64> = below.into_iter().chain(above).collect();
        assert_eq!(
            near.collect::<Vec<u64>>().iter().collect::<Vec<_>>(),
            expected,
            "{number}"
        );
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table after another")]
fn families_are_those_of_their_files() {
    let files = folder("families");
    assert_eq!(files.len(), catalog::families().len());
    let numbers = |codes: &[StatusCode]| -> Vec<u16> { codes.iter().map(|c| c.get()).collect() };
    // A key that is left out in the file is null.
    let full = |rows: &Value, keys: &[&str]| -> Value {
        let rows = rows.as_array().into_iter().flatten();
        let full = |row: &Value| keys.iter().map(|key| row[key].clone()).collect::<Vec<_>>();
        rows.map(full).collect::<Vec<_>>().into()
    };
    for (path, file) in files {
        let mut families = catalog::families().iter();
        let family = families
            .find(|family| file["id"] == family.id.as_str())
            .expect(&path);
        assert_eq!(json!(numbers(&family.codes)), file["codes"], "{path}");
        assert_eq!(json!(family.question), file["question"], "{path}");
        assert_eq!(json!(family.in_short), file["in_short"], "{path}");
        let differences = family.differences.iter().map(|difference| {
            let groups: Vec<_> = difference
                .groups
                .iter()
                .map(|group| numbers(group))
                .collect();
            let clauses = difference.clauses.iter();
            let clauses: Value = clauses
                .map(|clause| json!({ "of": numbers(&clause.of), "says": clause.says }))
                .collect();
            let cite = written(difference.cite);
            json!([difference.topic, groups, clauses, cite])
        });
        assert_eq!(
            differences.collect::<Value>(),
            full(
                &file["differences"],
                &["topic", "groups", "clauses", "cite"]
            ),
            "{path}"
        );
        let tests = family.tests.iter();
        let tests: Value = tests
            .map(|test| json!([test.code.get(), test.says]))
            .collect();
        assert_eq!(tests, full(&file["tests"], &["code", "says"]), "{path}");
        let advice = family.advice.iter();
        let advice: Value = advice
            .map(|advice| json!([advice.code.get(), advice.send, advice.received]))
            .collect();
        assert_eq!(
            advice,
            full(&file["advice"], &["code", "send", "received"]),
            "{path}"
        );
        let mistakes = family.mistakes.iter();
        let mistakes: Value = mistakes
            .map(|mistake| {
                let cite = written(mistake.cite);
                json!([numbers(&mistake.of), mistake.says, mistake.why, cite])
            })
            .collect();
        assert_eq!(
            mistakes,
            full(&file["mistakes"], &["of", "says", "why", "cite"]),
            "{path}"
        );
    }
}

#[test]
fn warn_codes_are_those_of_their_file_and_on_the_pages_it_names() {
    let warnings = asset("warnings.toml");
    let table = rows(&warnings, "warning");
    assert_eq!(table.len(), catalog::warnings().len());
    for (warning, row) in catalog::warnings().iter().zip(&table) {
        assert_eq!(json!(warning.code), row["code"]);
        assert_eq!(json!(warning.text), row["text"], "{}", warning.code);
        assert_eq!(json!(warning.says), row["says"], "{}", warning.code);
        assert_eq!(written(Some(warning.cite)), row["cite"], "{}", warning.code);
        let codes: Vec<u16> = warning.codes.iter().map(|code| code.get()).collect();
        assert_eq!(json!(codes), row["codes"], "{}", warning.code);
    }
    for response in catalog::responses() {
        let said: Vec<u16> = response.warnings().map(|warning| warning.code).collect();
        let code = json!(response.code.get());
        let named = table.iter().filter(|row| {
            let codes = row["codes"].as_array();
            codes.is_some_and(|codes| codes.contains(&code))
        });
        let named: Vec<Value> = named.map(|row| row["code"].clone()).collect();
        assert_eq!(json!(said), json!(named), "{code}");
    }
}

#[test]
fn every_symptom_has_its_words() {
    let count = catalog::vocabulary().len();
    for response in catalog::responses() {
        let (symptoms, words) = (response.symptoms, response.symptom_words);
        assert_eq!(symptoms.len(), words.len(), "{}", response.code);
        for (symptom, words) in symptoms.iter().zip(words) {
            assert!(!words.is_empty(), "{}: {symptom}", response.code);
            assert!(
                words.iter().all(|word| usize::from(*word) < count),
                "{symptom}"
            );
        }
    }
}
