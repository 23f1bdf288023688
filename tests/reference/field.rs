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

/// Returns rows without a key that no table has.
fn without(rows: &Value, key: &str) -> Value {
    let mut rows = rows.clone();
    for row in rows.as_array_mut().into_iter().flatten() {
        row.as_object_mut().expect("a row").remove(key);
    }
    rows
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
            let said = json!({ "stack": row["product"], "event": row["event"],
                "wire": row["wire"], "tell": cell(row, "sign") });
            placed(row, said)
        });
        let own: Vec<Value> = own.collect();
        let said = without(&page(response)["local"], "says");
        assert_eq!(said, json!(own), "{}", response.code);
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
            let said = json!({ "platform": row["product"], "does": row["does"],
                "codes": row["codes"].replace(',', ", "), "setting": cell(row, "setting") });
            placed(row, said)
        });
        let own: Vec<Value> = own.collect();
        assert_eq!(
            page(response)["next_route"],
            json!(own),
            "{}",
            response.code
        );
    }
}

#[test]
fn what_products_write_is_said_on_the_page_of_its_code() {
    let rows = table("field/phrases.tsv");
    assert!(!rows.is_empty());
    let mut shown = 0;
    for response in catalog::responses() {
        let said = page(response)["as_sent"].clone();
        let own = rows
            .iter()
            .filter(|row| row["code"] == response.code.to_string());
        let own: Vec<&str> = own.map(|row| row["sent"].as_str()).collect();
        let said: Vec<&str> = said
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|row| row["phrase"].as_str())
            .collect();
        assert_eq!(said, own, "{}", response.code);
        shown += own.len();
    }
    assert_eq!(shown, rows.len(), "no row is about a code without a page");
}

#[test]
fn the_numbers_of_products_are_said_on_the_page_of_their_code_and_on_that_of_the_product() {
    let rows = table("field/subcodes.tsv");
    for response in catalog::responses() {
        let said = page(response)["as_sent"].clone();
        let own = rows
            .iter()
            .filter(|row| row["code"] == response.code.to_string());
        let own: Vec<&str> = own.map(|row| row["subcode"].as_str()).collect();
        let said: Vec<&str> = said
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|row| row["subcode"].as_str())
            .collect();
        assert_eq!(said, own, "{}", response.code);
    }
    let of_products = catalog::products().iter();
    let of_products: usize = of_products.map(|product| product.subcodes.len()).sum();
    let rules = rows.iter().filter(|row| row["product"].starts_with("RFC "));
    assert_eq!(of_products + rules.count(), rows.len());
}

#[test]
fn where_to_look_is_said_of_each_code_cause_warn_code_and_timer_that_a_row_is_about() {
    let rows = table("field/look.tsv");
    let about = |is: &dyn Fn(&str) -> bool| -> Vec<&str> {
        let rows = rows.iter();
        let rows = rows.filter(|row| row["about"].split(',').any(is));
        rows.map(|row| row["where"].as_str()).collect()
    };
    for response in catalog::responses() {
        let code = response.code.get();
        let own = about(&|word| word != "any" && concerns(word, code));
        let said: Vec<&str> = response.look.iter().map(|row| row.place.as_str()).collect();
        assert_eq!(said, own, "{code}");
    }
    for topic in catalog::topics() {
        let folder = topic.kind.folder();
        let name = format!("{}:{}", &folder[..folder.len() - 1], topic.id);
        let own = about(&|word| word == name);
        let said: Vec<&str> = topic.look.iter().map(|row| row.place.as_str()).collect();
        assert_eq!(said, own, "{name}");
    }
}

#[test]
fn the_values_of_a_timer_are_those_of_the_table_and_each_row_is_on_a_page() {
    let rows = table("field/timers.tsv");
    let timers = catalog::topics_of(catalog::TopicKind::Timer);
    for timer in timers {
        let own = rows.iter();
        let own = own.filter(|row| row["timers"].split(',').any(|name| name == &*timer.id));
        let own: Vec<&str> = own.map(|row| row["value"].as_str()).collect();
        let said: Vec<&str> = timer.values.iter().map(|row| row.value.as_str()).collect();
        assert_eq!(said, own, "{}", timer.id);
    }
}
