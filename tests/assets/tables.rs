//! Causes, products, warn-codes, classes and the codes of HTTP.

use super::house::reference::form::{Citation, StatusCode};
use super::house::reference::model::ClassRule;
use super::house::reference::source::Source;
use super::house::reference::source::VendorCodes;
use super::{refused, refused_as, source};

/// One text or citation of a class.
type Part = fn(&mut ClassRule) -> &mut String;

#[test]
fn wrong_tables_are_refused() {
    refused("q850.toml", "to_isdn", |s| s.q850.to_isdn[0].cause = 112);
    refused("q850.toml", "to_sip", |s| s.q850.to_sip[0].code = 431);
    refused("vendors.tsv", "cause", |s| s.vendors[0].cause = Some(112));
    refused("warnings.toml", "warning", |s| {
        s.warnings.warning[0].codes.push(StatusCode(431))
    });
    refused("warnings.toml", "warning", |s| {
        s.warnings.warning[0].cite = Citation("1 1".into())
    });
    refused("classes.toml", "class", |s| drop(s.classes.class.pop()));
    refused("classes.toml", "1xx.cite", |s| {
        s.classes.class[0].cite = Citation("1 1".into())
    });
}

#[test]
fn causes_and_their_codes_exist_once() {
    let file = "q850.toml";
    for (field, wrong) in [("unlisted.cause_cite", 0), ("unlisted.code_cite", 1)] {
        refused_as(file, field, "no section \"1 1\"", |s| {
            let unlisted = &mut s.q850.unlisted;
            let cites = [&mut unlisted.cause_cite, &mut unlisted.code_cite];
            *cites.into_iter().nth(wrong).expect("one of two") = Citation("1 1".into());
        });
    }
    refused_as(file, "unlisted.first", "empty", |s| {
        s.q850.unlisted.first = String::new()
    });
    let neither = "no such code or no such cause";
    refused_as(file, "unlisted", neither, |s| s.q850.unlisted.code = 431);
    refused_as(file, "unlisted", neither, |s| s.q850.unlisted.cause = 112);
    refused_as(file, "to_isdn", "no code 431 or no cause", |s| {
        s.q850.to_isdn[0].code = 431
    });
    refused_as(file, "to_isdn", "or no cause 112", |s| {
        s.q850.to_isdn[0].cause = 112
    });
    refused_as(file, "to_sip", "no code 431 or no cause", |s| {
        s.q850.to_sip[0].code = 431
    });
    refused_as(file, "to_sip", "or no cause 112", |s| {
        s.q850.to_sip[0].cause = 112
    });
    refused_as(file, "to_isdn 300.cite", "no section \"1 1\"", |s| {
        s.q850.to_isdn[0].cite = Citation("1 1".into())
    });
    let row = |s: &Source| format!("to_sip {}", s.q850.to_sip[0].code);
    let of_first = row(&source());
    refused_as(file, &format!("{of_first}.cite"), "no section", |s| {
        s.q850.to_sip[0].cite = Citation("1 1".into())
    });
    refused_as(file, "to_isdn 300", "stray white space", |s| {
        s.q850.to_isdn[0].when = Some(" late".into())
    });
    refused_as(file, "to_isdn 300", "Code 419 does not exist", |s| {
        s.q850.to_isdn[0].first = Some("Like a 419.".into())
    });
    refused_as(file, &of_first, "stray white space", |s| {
        s.q850.to_sip[0].when = Some(" late".into())
    });
}

#[test]
fn products_and_cousins_have_codes_that_exist() {
    let file = "vendors.tsv";
    refused_as(file, "code", "no code 431", |s| {
        s.vendors[0].codes = VendorCodes::One(431)
    });
    refused_as(file, "cause", "no file causes/112.toml", |s| {
        s.vendors[0].cause = Some(112)
    });
    refused_as(file, "product", "empty", |s| {
        s.vendors[0].product = String::new()
    });
    refused_as(file, "version", "empty", |s| {
        s.vendors[0].version = String::new()
    });
    refused_as(file, "name", "empty", |s| s.vendors[0].name = String::new());
    refused_as("http.tsv", "code", "no code 431", |s| s.http[0].code = 431);
}

#[test]
fn warn_codes_and_classes_are_read_for_slips_too() {
    let file = "warnings.toml";
    refused_as(file, "warning 300.text", "empty", |s| {
        s.warnings.warning[0].text = String::new()
    });
    refused_as(file, "warning 300.says", "stands twice", |s| {
        s.warnings.warning[0].says = "The the word.".into()
    });
    refused_as(file, "warning 300.cite", "no section \"1 1\"", |s| {
        s.warnings.warning[0].cite = Citation("1 1".into())
    });
    refused_as(file, "warning 300.codes", "no 431", |s| {
        s.warnings.warning[0].codes.push(StatusCode(431))
    });

    let cites: [(&str, Part); 5] = [
        ("defined", |c| &mut c.defined.0),
        ("cite", |c| &mut c.cite.0),
        ("retry.cite", |c| &mut c.retry.cite.0),
        ("forking.cite", |c| &mut c.forking.cite.0),
        ("dialog.cite", |c| &mut c.dialog.cite.0),
    ];
    let texts: [(&str, Part); 7] = [
        ("name", |c| &mut c.name),
        ("title", |c| &mut c.title),
        ("says", |c| &mut c.says.0),
        ("unknown", |c| &mut c.unknown.0),
        ("retry.says", |c| &mut c.retry.says.0),
        ("forking.says", |c| &mut c.forking.says.0),
        ("dialog.says", |c| &mut c.dialog.says.0),
    ];
    for (parts, says) in [(&cites[..], "no section \"\""), (&texts[..], "empty")] {
        for (field, part) in parts {
            refused_as("classes.toml", &format!("4xx.{field}"), says, |s| {
                *part(&mut s.classes.class[3]) = String::new()
            });
        }
    }
    refused_as("classes.toml", "class", "six classes in order", |s| {
        s.classes.class.swap(0, 1)
    });
}
