//! What other networks and products make of a code.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sipdex::catalog;

use super::files::{asset, cited, rows, table};
use super::{page, response};

#[test]
fn the_telephone_network_is_that_of_the_table_in_both_directions() {
    let q850 = asset("q850.toml");
    let name = |cause: &Value| asset(&format!("causes/{cause}.toml"))["name"].clone();
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
        if !response.answers_invite() {
            to.clear();
        } else if !listed
            && response.is_written()
            && number >= 400
            && !without.contains(&json!(number))
        {
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
        if !response.answers_invite() {
            assert_eq!(said, &json!([]), "{}", response.code);
            continue;
        }
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
