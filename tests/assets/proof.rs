//! Clauses rest on rows of pages, and say what those say.

use super::house::reference::form::{Citation, Sentence, StatusCode};
use super::house::reference::model::{Clause, HeaderField};
use super::house::reference::source::Source;
use super::house::reference::vocabulary::{Place, Strength};
use super::{page, refused_as, source};

const FILE: &str = "families/busy.toml";

/// Returns the first clause of a family, which is about a 480 and a 486.
fn clause(source: &mut Source) -> &mut Clause {
    let mut families = source.families.iter_mut().map(|(_, family)| family);
    let busy = families.find(|family| family.id == "busy").expect("busy");
    &mut busy.differences[0].clauses[0]
}

/// Makes a clause about a 486 alone that rests on a rule for a header field.
fn rest_on_a_header_field(source: &mut Source, when: Option<&str>, says: &str) {
    let field = HeaderField {
        name: "Min-Expires".into(),
        strength: Strength::Must,
        place: Place::Response,
        when: when.map(str::to_owned),
        decided: None,
        says: Sentence("It states the shortest lifetime.".into()),
        cite: Citation("3261 10.3".into()),
    };
    let rows = &mut page(source, 486).headers;
    rows.push(field);
    let row = format!("486.headers[{}]", rows.len() - 1);
    let clause = clause(source);
    clause.of = vec![StatusCode(486)];
    clause.rests.0 = vec![row];
    clause.cites.0 = vec![Citation("3261 10.3".into())];
    clause.says.0 = says.into();
}

#[test]
fn a_clause_rests_on_a_row_of_each_of_its_codes() {
    let says = "no row of the page of 486";
    refused_as(FILE, "differences[0].clauses[0].rests", says, |s| {
        clause(s).rests.0.retain(|rest| rest.starts_with("480"))
    });
    refused_as(FILE, "differences[0].clauses[0].rests", "empty", |s| {
        clause(s).rests.0.clear()
    });
    for row in [
        "486.forking[99]",
        "486.branches[0]",
        "486.forking",
        "486",
        "999.forking[0]",
        "4xx.forking[0]",
        "9xx.forking",
        "486.isdn.to[9]",
        "",
    ] {
        let says = format!("no row {row:?}");
        refused_as(FILE, "differences[0].clauses[0].rests", &says, |s| {
            clause(s).rests.0.push(row.into())
        });
    }
}

#[test]
fn a_clause_has_the_section_of_its_rows() {
    let says = "which is not among them";
    refused_as(FILE, "differences[0].clauses[0].cites", says, |s| {
        clause(s).cites.0 = vec![Citation("3261 21.4.24".into())]
    });
}

#[test]
fn a_clause_is_as_binding_as_its_rows() {
    let field = "differences[0].clauses[0].says";
    let stronger = "A 480 or 486 MUST end one branch of a forked call.";
    refused_as(FILE, field, "MUST is in none of its rows", |s| {
        clause(s).says.0 = stronger.into()
    });
    for (says, expected) in [
        ("A 486 has Min-Expires.", "says MUST, the clause does not"),
        (
            "A 486 SHOULD have Min-Expires.",
            "says MUST, the clause does not",
        ),
        (
            "A 486 MUST NOT have Min-Expires.",
            "MUST NOT is in none of its rows",
        ),
        (
            "A 486 MUST never have Min-Expires.",
            "MUST NOT is in none of its rows",
        ),
    ] {
        refused_as(FILE, field, expected, |s| {
            rest_on_a_header_field(s, None, says)
        });
    }
}

#[test]
fn a_clause_names_the_header_field_and_the_condition_of_its_row() {
    let field = "differences[0].clauses[0].says";
    let when = Some("it answers a REGISTER");
    let other = "is about Min-Expires, the clause is not";
    refused_as(FILE, field, other, |s| {
        rest_on_a_header_field(s, None, "A 486 MUST carry a lifetime.")
    });
    for says in [
        "A 486 MUST carry Min-Expires.",
        "A 486 MUST carry Min-Expires if it answers a PUBLISH.",
        "A 486 and a REGISTER MUST carry Min-Expires.",
    ] {
        refused_as(FILE, field, "holds if it answers a REGISTER", |s| {
            rest_on_a_header_field(s, when, says)
        });
    }
    let mut right = source();
    let says = "A 486 MUST carry Min-Expires in answer to a REGISTER.";
    rest_on_a_header_field(&mut right, when, says);
    let wrong = super::check(&right);
    let own = wrong
        .iter()
        .filter(|c| c.file == FILE && c.field.starts_with(field));
    assert_eq!(own.count(), 0, "{wrong:?}");
}

#[test]
fn a_clause_names_the_cause_of_its_mapping() {
    let field = "differences[0].clauses[0].says";
    for says in ["A 486 becomes cause 31.", "A 486 becomes cause 117."] {
        refused_as(FILE, field, "is about cause 17, the clause is not", |s| {
            let clause = clause(s);
            clause.rests.0.push("486.isdn.to[0]".into());
            clause.says.0 = says.into();
        });
    }
}

#[test]
fn a_section_with_sub_sections_proves_nothing_unless_it_is_listed() {
    let says = "has sub-sections, and rfc-openings.tsv does not have it";
    refused_as(FILE, "differences[0].clauses[0].cites[0]", says, |s| {
        let section = s.sections.get_mut("3261 16.7").expect("a section");
        section.parts = 1;
    });
    refused_as(
        "rfc-openings.tsv",
        "3261 21.4.24",
        "no section that is cited",
        |s| {
            s.openings.insert("3261 21.4.24".into(), "busy".into());
        },
    );
}
