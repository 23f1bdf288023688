//! What the program says of a code is what the asset files say, read here without the build's own reader.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json};
use sipdex::catalog::{self, Citation, Class, Response, StatusCode};
use sipdex::output;

fn response(code: u64) -> &'static Response {
    let code = u16::try_from(code).expect("three digits");
    catalog::response(StatusCode::new(code).expect("a code"))
}

/// Returns what JSON says of a response.
fn page(response: &'static Response) -> Value {
    serde_json::to_value(output::json::page(response)).expect("JSON")
}

/// Returns an asset file as a tree.
fn asset(path: &str) -> Value {
    let text = fs::read_to_string(format!("assets/{path}")).expect("an asset file");
    toml::from_str(&text).expect("TOML")
}

/// Returns every asset file of a folder by its path.
fn folder(name: &str) -> Vec<(String, Value)> {
    let entries = fs::read_dir(format!("assets/{name}")).expect("a folder");
    entries
        .map(|entry| entry.expect("readable").file_name())
        .map(|file| format!("{name}/{}", file.to_string_lossy()))
        .map(|path| (path.clone(), asset(&path)))
        .collect()
}

/// Returns the rows of a table by the names of their columns.
fn table(path: &str) -> Vec<BTreeMap<String, String>> {
    let text = fs::read_to_string(format!("assets/{path}")).expect("an asset file");
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let names: Vec<&str> = lines.next().expect("a heading").split('\t').collect();
    lines
        .map(|line| {
            let fields = names.iter().zip(line.split('\t'));
            fields
                .map(|(name, field)| ((*name).to_owned(), field.to_owned()))
                .collect()
        })
        .collect()
}

fn rows<'a>(tree: &'a Value, key: &str) -> Vec<&'a Value> {
    let rows = tree[key].as_array().expect("a list");
    rows.iter().collect()
}

/// Returns "3261 21.4.24" as JSON has it, with the title of the section.
fn cited(citation: &str) -> Value {
    let (rfc, section) = citation.split_once(' ').expect("an RFC and a section");
    let title = table("rfc-sections.tsv")
        .into_iter()
        .find(|row| row["rfc"] == rfc && row["section"] == section)
        .map(|row| row["title"].clone());
    let part = if section.starts_with(|first: char| first.is_ascii_digit()) {
        "section"
    } else {
        "appendix"
    };
    json!({
        "rfc": rfc.parse::<u16>().expect("a number"), "section": section, "title": title,
        "url": format!("https://www.rfc-editor.org/rfc/rfc{rfc}#{part}-{section}"),
    })
}

fn is_citation(cite: Citation, written: &Value) -> bool {
    let (rfc, section) = (cite.rfc().to_string(), cite.section());
    written == &json!(format!("{rfc} {section}"))
}

/// What the program works out or joins from other files.
const DERIVED: [&str; 5] = ["class", "isdn", "vendors", "marked", "phrase"];

/// Returns whether JSON does not have what is written.
fn is_silent(key: &str, at: &str) -> bool {
    key == "travels" || key == "verdict" && at.contains(".forking")
}

/// Expects that what is said is what is written, key by key, and nothing else.
fn assert_same(said: &Value, written: &Value, at: &str) {
    match written {
        Value::Object(table) => {
            for (key, written) in table.iter().filter(|(key, _)| !is_silent(key, at)) {
                let at = format!("{at}.{key}");
                match (key.as_str(), written) {
                    ("cite" | "defined", Value::String(citation)) => {
                        assert_eq!(said[key], cited(citation), "{at}");
                    }
                    ("references", Value::Array(list)) => {
                        let list: Vec<Value> =
                            list.iter().filter_map(Value::as_str).map(cited).collect();
                        assert_eq!(said[key], json!(list), "{at}");
                    }
                    ("example", Value::String(example)) => {
                        let mut wire = example.replace('\n', "\r\n");
                        if !wire.contains("\r\n\r\n") {
                            wire += "\r\n";
                        }
                        assert_eq!(said[key], json!(wire), "{at}");
                    }
                    _ => assert_same(&said[key], written, &at),
                }
            }
            for (key, value) in said.as_object().expect(at) {
                let written = table.contains_key(key) || DERIVED.contains(&key.as_str());
                let nothing = value.is_null() || value == &json!([]);
                assert!(
                    written || nothing,
                    "{at}.{key} is {value}, which nobody wrote"
                );
            }
        }
        Value::Array(list) => {
            let said = said.as_array().expect(at);
            assert_eq!(said.len(), list.len(), "the length of {at}");
            for (i, (said, written)) in said.iter().zip(list).enumerate() {
                assert_same(said, written, &format!("{at}[{i}]"));
            }
        }
        written => assert_eq!(said, written, "{at}"),
    }
}

#[test]
fn every_page_says_what_its_file_says() {
    let pages = [folder("responses"), folder("unregistered")].concat();
    assert_eq!(pages.len(), catalog::responses().len());
    for (path, written) in pages {
        let response = response(written["code"].as_u64().expect("a code"));
        assert!(response.is_written(), "{path}");
        assert_same(&page(response), &written, &path);
        let travels = written["travels"].as_str().unwrap_or("end-to-end");
        assert_eq!(json!(response.travels), json!(travels), "{path}: travels");
        for (forking, written) in response.forking.iter().zip(rows(&written, "forking")) {
            assert_eq!(
                json!(forking.verdict),
                written["verdict"],
                "{path}: {written}"
            );
        }
        for step in response.flow {
            let marked = step.message.starts_with(&response.code.to_string());
            assert_eq!(step.marked, marked, "{path}: {}", step.message);
        }
    }
}

#[test]
fn the_telephone_network_is_that_of_the_table_in_both_directions() {
    let q850 = asset("q850.toml");
    let name = |cause: &Value| {
        let mut causes = rows(&q850, "cause").into_iter();
        causes.find(|row| row["number"] == *cause).expect("a cause")["name"].clone()
    };
    let unlisted = &q850["unlisted"];
    for number in 100..700_u64 {
        let response = response(number);
        let said = page(response);
        let said = &said["isdn"];
        let mapping = |row: &Value| {
            json!({
                "cause": row["cause"], "name": name(&row["cause"]), "when": row["when"],
                "first": row["first"], "cite": cited(row["cite"].as_str().expect("a citation")),
            })
        };
        let of = |table: &str| -> Vec<Value> {
            let rows = rows(&q850, table).into_iter();
            rows.filter(|row| row["code"] == number)
                .map(mapping)
                .collect()
        };
        let (mut to, from) = (of("to_isdn"), of("to_sip"));
        let listed = !to.is_empty();
        let without = unlisted["without_cause"].as_array().expect("a list");
        if !listed && response.is_written() && number >= 400 && !without.contains(&json!(number)) {
            to = vec![mapping(&json!({
                "cause": unlisted["cause"], "first": unlisted["first"], "cite": unlisted["cause_cite"],
            }))];
        }
        assert_eq!(said["to"], json!(to), "{number} leaves as");
        assert_eq!(said["from"], json!(from), "{number} comes from");
        assert!(
            response.isdn.to.iter().all(|to| to.listed == listed),
            "{number}"
        );
        let others = (unlisted["code"] == number)
            .then(|| cited(unlisted["code_cite"].as_str().expect("a citation")));
        assert_eq!(said["from_others"], json!(others), "{number}");
    }
    let causes = catalog::causes().iter();
    let causes: Vec<Value> = causes
        .map(|cause| json!({ "number": cause.number, "name": cause.name }))
        .collect();
    assert_eq!(json!(causes), q850["cause"]);
}

#[test]
fn a_round_trip_goes_there_by_one_table_and_back_by_the_other() {
    let q850 = asset("q850.toml");
    for response in catalog::responses() {
        let mut ways = Vec::new();
        for to in response.isdn.to {
            let row = rows(&q850, "to_isdn").into_iter().find(|row| {
                row["code"] == response.code.get()
                    && row["cause"] == to.cause
                    && row["when"] == json!(to.when)
            });
            let known = row.map(|row| &row["back"]).filter(|back| !back.is_null());
            let mut back: Vec<String> = match known {
                Some(code) => vec![code.to_string()],
                None => rows(&q850, "to_sip")
                    .iter()
                    .filter(|row| row["cause"] == to.cause)
                    .map(|row| match row["when"].as_str() {
                        Some(when) => format!("{} if {when}", row["code"]),
                        None => row["code"].to_string(),
                    })
                    .collect(),
            };
            if back.is_empty() {
                back.push(q850["unlisted"]["code"].to_string());
            }
            let when = to.when.map_or(String::new(), |when| format!(" if {when}"));
            ways.push(format!(
                "{} leaves as cause {}{when} and comes back as {}.",
                response.code,
                to.cause,
                back.join(", or as ")
            ));
        }
        let ways = Some(ways.join(" ")).filter(|ways| !ways.is_empty());
        assert_eq!(
            response.isdn.round_trip.map(String::from),
            ways,
            "{}",
            response.code
        );
    }
}

/// Read in RFC 3398, sections 7.2.4.1 and 8.2.6.1, and not in the tables.
#[test]
fn known_round_trips_end_where_the_rfc_says() {
    for (code, cause, back) in [
        (404, 1, "404."),
        (408, 102, "504."),
        (410, 22, "410."),
        (480, 18, "408."),
        (486, 17, "486."),
        (600, 17, "486."),
        (503, 41, "503."),
        (401, 21, "403."),
    ] {
        let trip = response(code).isdn.round_trip.expect("a round trip");
        let says = format!("{code} leaves as cause {cause} and comes back as {back}");
        assert_eq!(trip.as_str(), says);
    }
    assert_eq!(response(487).isdn.round_trip, None);
    assert_eq!(response(180).isdn.round_trip, None);
}

#[test]
fn products_map_as_their_table_says() {
    let table = table("vendors.tsv");
    let mut products: Vec<&String> = Vec::new();
    for row in &table {
        if !products.contains(&&row["product"]) {
            products.push(&row["product"]);
        }
    }
    let cause = |row: &&BTreeMap<String, String>| {
        let number: u16 = row["cause"].parse().ok()?;
        Some(json!({ "cause": number, "name": row["name"] }))
    };
    for response in catalog::responses() {
        let said = page(response);
        let said = &said["vendors"];
        let (code, class) = (response.code.to_string(), response.class().pattern());
        let mut named = Vec::new();
        for product in &products {
            let find = |direction: &str, code: &str| -> Vec<&BTreeMap<String, String>> {
                let rows = table.iter().filter(|row| row["product"] == **product);
                let rows = rows.filter(|row| row["direction"] == direction);
                rows.filter(|row| row["code"] == code).collect()
            };
            let (own, others) = (find("to-isdn", &code), find("to-isdn", class));
            let from = find("from-isdn", &code);
            let by_default = own.is_empty() && !others.is_empty();
            let to = if by_default { others } else { own };
            let Some(first) = to.first().or(from.first()) else {
                continue;
            };
            named.push(json!({
                "product": product, "version": first["version"],
                "to": to.iter().filter_map(cause).collect::<Vec<_>>(), "to_by_default": by_default,
                "from": from.iter().filter_map(cause).collect::<Vec<_>>(),
                "from_others": from.iter().any(|row| row["cause"] == "other"),
            }));
        }
        assert_eq!(said, &json!(named), "{code}");
    }
}

#[test]
fn http_cousins_are_those_of_the_table() {
    let table = table("http.tsv");
    for response in catalog::responses() {
        let row = table
            .iter()
            .find(|row| row["code"] == response.code.to_string());
        let said = response
            .http
            .as_ref()
            .map(|http| (http.phrase.as_str(), json!(http.kin)));
        let written = row.map(|row| (row["http"].as_str(), json!(row["kin"])));
        assert_eq!(said, written, "{}", response.code);
    }
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

/// Returns a citation as the asset files write it, or null.
fn written(cite: Option<Citation>) -> Value {
    json!(cite.map(|cite| format!("{} {}", cite.rfc(), cite.section())))
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
