//! What the program says of a code is what the asset files say, read here without the build's own reader.

use serde_json::{Value, json};
use sipdex::catalog::{self, Class, Family, Response};
use sipdex::output;

#[path = "reference/checks.rs"]
mod checks;
#[path = "catalog/codes.rs"]
mod codes;
#[path = "reference/field.rs"]
mod field;
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
fn families_and_pairs_are_those_of_their_files() {
    let files = [folder("families"), folder("pairs")];
    let tables = [catalog::families(), catalog::pairs()];
    for (files, table) in files.into_iter().zip(tables) {
        assert_eq!(files.len(), table.len());
        for (path, file) in files {
            let mut families = table.iter();
            let family = families.find(|family| file["id"] == family.id.as_str());
            assert_family(family.expect(&path), &file, &path);
        }
    }
}

/// Expects that a family is what its file says, key by key.
fn assert_family(family: &Family, file: &Value, path: &str) {
    let mut said = json!(family);
    for difference in said["differences"].as_array_mut().expect("a list") {
        for clause in difference["clauses"].as_array_mut().expect("a list") {
            cite_as_files_do(clause);
        }
    }
    for mistake in said["mistakes"].as_array_mut().expect("a list") {
        cite_as_files_do(mistake);
    }
    let mut written = file.clone();
    for difference in written["differences"].as_array_mut().expect("a list") {
        for clause in difference["clauses"].as_array_mut().expect("a list") {
            // The build has held the clause against these rows; the program has them no more.
            let rests = clause
                .as_object_mut()
                .and_then(|clause| clause.remove("rests"));
            assert!(rests.is_some_and(|rests| rests != json!([])), "{path}");
        }
    }
    assert_eq!(said, written, "{path}");
}

/// Writes the citations of a value as the files have them: "3261 16.7".
fn cite_as_files_do(value: &mut Value) {
    for cite in value["cites"].as_array_mut().expect("a list") {
        let section = cite["section"].as_str().expect("a section");
        *cite = json!(format!("{} {section}", cite["rfc"]));
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
