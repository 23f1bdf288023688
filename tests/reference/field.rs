//! What products do: the rows of the tables on the pages that they name, and none that is lost.

use serde_json::{Value, json};
use sipdex::catalog;

use super::files::{cited, table};
use super::page;

/// Returns a cell, or null where it says that there is nothing.
fn cell(row: &std::collections::BTreeMap<String, String>, key: &str) -> Value {
    match row[key].as_str() {
        "-" => Value::Null,
        text => json!(text),
    }
}

/// Returns whether one of the words before commas stands for a code.
fn concerns(codes: &str, code: u16) -> bool {
    codes.split(',').any(|word| match word {
        "timeout" => code == 408,
        "transport" => code == 503,
        word if word.ends_with("xx") => word.starts_with(&(code / 100).to_string()),
        word => word == code.to_string(),
    })
}

/// Fills in where a row is from: the section of an RFC, or the version of a product and its source.
fn placed(row: &std::collections::BTreeMap<String, String>, mut said: Value) -> Value {
    if row["product"].starts_with("RFC ") {
        said["version"] = Value::Null;
        said["source"] = Value::Null;
        said["cite"] = cited(&row["version"]);
    } else {
        said["version"] = cell(row, "version");
        said["source"] = cell(row, "source");
        said["cite"] = Value::Null;
    }
    said
}

#[test]
fn who_makes_a_code_up_is_said_on_its_page() {
    let rows = table("field/local.tsv");
    assert!(!rows.is_empty());
    for response in catalog::responses() {
        let own = rows
            .iter()
            .filter(|row| concerns(&row["code"], response.code.get()));
        let own = own.map(|row| {
            let said = json!({ "product": row["product"], "event": row["event"],
                "wire": row["wire"], "sign": cell(row, "sign") });
            placed(row, said)
        });
        let own: Vec<Value> = own.collect();
        assert_eq!(page(response)["made_up"], json!(own), "{}", response.code);
    }
}

#[test]
fn the_next_route_is_said_on_the_page_of_each_code_that_a_row_is_about() {
    let rows = table("field/routes.tsv");
    assert!(!rows.is_empty());
    for response in catalog::responses() {
        let own = rows
            .iter()
            .filter(|row| concerns(&row["codes"], response.code.get()));
        let own = own.map(|row| {
            let said = json!({ "product": row["product"], "does": row["does"],
                "codes": row["codes"].replace(',', ", "), "setting": cell(row, "setting") });
            placed(row, said)
        });
        let own: Vec<Value> = own.collect();
        assert_eq!(page(response)["routes"], json!(own), "{}", response.code);
    }
}

#[test]
fn what_products_write_is_said_on_the_page_of_its_code() {
    let rows = table("field/phrases.tsv");
    assert!(!rows.is_empty());
    let mut shown = 0;
    for response in catalog::responses() {
        let said = page(response)["phrases"].clone();
        let own = rows
            .iter()
            .filter(|row| row["code"] == response.code.to_string());
        let own: Vec<&str> = own.map(|row| row["sent"].as_str()).collect();
        let said: Vec<&str> = said
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|row| row["sent"].as_str())
            .collect();
        assert_eq!(said, own, "{}", response.code);
        shown += own.len();
    }
    assert_eq!(shown, rows.len(), "no row is about a code without a page");
}
