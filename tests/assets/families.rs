//! Families of codes that people confuse.

use super::house::reference::form::StatusCode;
use super::house::reference::model::{Clause, Family, FamilyDifference};
use super::house::reference::source::Source;
use super::{CARELESS, refused, refused_as};

fn busy(source: &mut Source) -> &mut Family {
    let mut families = source.families.iter_mut().map(|(_, family)| family);
    families
        .find(|family| family.id == "busy")
        .expect("a family")
}

fn clause(source: &mut Source) -> &mut Clause {
    &mut busy(source).differences[0].clauses[0]
}

fn codes(groups: Vec<Vec<u16>>) -> Vec<Vec<StatusCode>> {
    let group = |group: Vec<u16>| group.into_iter().map(StatusCode).collect();
    groups.into_iter().map(group).collect()
}

/// One text of a family.
type Told = fn(&mut Family) -> &mut String;

#[test]
fn wrong_families_are_refused() {
    let file = "families/busy.toml";
    refused(file, "id", |s| busy(s).id = "other".into());
    refused(file, "codes", |s| busy(s).codes.push(StatusCode(431)));
    refused(file, "tests", |s| drop(busy(s).tests.pop()));
    refused(file, "advice", |s| drop(busy(s).advice.pop()));
    refused(file, "in_short", |s| busy(s).in_short.0 = String::new());
    refused(file, "differences[0].groups", |s| {
        busy(s).differences[0].groups = codes(vec![vec![480]])
    });
    refused(file, "differences[0].groups", |s| {
        busy(s).differences[0].groups[0] = vec![StatusCode(404)]
    });
    refused(file, "differences[0].clauses[0].says", |s| {
        busy(s).differences[0].clauses[0].says.0 = "On a {2}.".into()
    });
    refused(file, "differences[0].clauses[0].cites[0]", |s| {
        clause(s).cites[0].0 = "1 1".into()
    });
    refused(file, "differences[0].clauses[0].cites", |s| {
        clause(s).cites.clear()
    });
}

#[test]
fn a_family_of_one_and_careless_texts_of_families_are_refused() {
    let file = "families/busy.toml";
    refused_as(file, "codes", "two codes or more", |s| {
        busy(s).codes.truncate(1)
    });
    refused_as(file, "codes", "no code 431", |s| {
        busy(s).codes.push(StatusCode(431))
    });
    let sentences: [(&str, Told); 7] = [
        ("differences[1].clauses[0].says", |f| {
            &mut f.differences[1].clauses[0].says.0
        }),
        ("question", |f| &mut f.question.0),
        ("in_short", |f| &mut f.in_short.0),
        ("mistakes[0].why", |f| &mut f.mistakes[0].why.0),
        ("tests[0].says", |f| &mut f.tests[0].says.0),
        ("advice[0].send", |f| &mut f.advice[0].send.0),
        ("advice[1].received", |f| &mut f.advice[1].received.0),
    ];
    let before_a_colon: [(&str, Told); 2] = [
        ("differences[1].topic", |f| &mut f.differences[1].topic),
        ("mistakes[0].says", |f| &mut f.mistakes[0].says),
    ];
    for (field, text) in sentences.into_iter().chain(before_a_colon) {
        for (careless, says) in CARELESS {
            refused_as(file, field, says, |s| *text(busy(s)) = careless.into());
        }
    }
    for (field, text) in sentences {
        let says = "a sentence without an end";
        refused_as(file, field, says, |s| *text(busy(s)) = "No end".into());
    }
    for (field, text) in before_a_colon {
        for marked in ["Reach.", "Reach,", "Reach: far", "Reach; far"] {
            let says = "a mark where a colon follows";
            refused_as(file, field, says, |s| *text(busy(s)) = marked.into());
        }
    }
    refused_as(file, "mistakes[0].cites[0]", "no section \"1 1\"", |s| {
        busy(s).mistakes[0].cites[0].0 = "1 1".into()
    });
    refused_as(file, "mistakes[0].cites", "empty", |s| {
        busy(s).mistakes[0].cites.clear()
    });
}

#[test]
fn groups_tests_and_advice_that_do_not_fit_the_codes_are_refused() {
    let file = "families/busy.toml";
    let says = "not two or more groups of different codes of the family";
    for groups in [
        vec![],
        vec![vec![480, 486]],
        vec![vec![480], vec![]],
        vec![vec![480], vec![480]],
        vec![vec![480], vec![404]],
    ] {
        refused_as(file, "differences[0].groups", says, |s| {
            busy(s).differences[0].groups = codes(groups);
        });
    }
    let each = "not one for each code of the family";
    refused_as(file, "tests", each, |s| busy(s).tests[0].code.0 = 486);
    refused_as(file, "advice", each, |s| busy(s).advice[0].code.0 = 404);
    let twice = |s: &mut Source| {
        let copy = s.families[0].clone();
        s.families.push(copy);
    };
    refused_as("families/anonymity.toml", "id", "not the name", twice);
}

/// Plants an error in a difference between a 480 on one side and a 600 or 603 on the other.
fn refused_in_two_groups(field: &str, says: &str, plant: impl FnOnce(&mut FamilyDifference)) {
    refused_as("families/busy.toml", field, says, |s| {
        let difference = &mut busy(s).differences[0];
        difference.groups = codes(vec![vec![480], vec![600, 603]]);
        difference.clauses.truncate(2);
        for (clause, group) in difference.clauses.iter_mut().zip(&difference.groups) {
            clause.of.clone_from(group);
        }
        plant(difference);
    });
}

#[test]
fn clauses_and_mistakes_of_the_wrong_codes_are_refused() {
    let file = "families/busy.toml";
    let of = "not different codes of the groups";
    let each = |codes: Vec<u16>| codes.into_iter().map(StatusCode).collect();
    for of_codes in [vec![], vec![404], vec![480, 480], vec![486]] {
        refused_in_two_groups("differences[0].clauses[0].of", of, |difference| {
            difference.clauses[0].of = each(of_codes);
        });
    }
    let alone = "no clause of the group [480]";
    refused_in_two_groups("differences[0].clauses", alone, |difference| {
        difference.clauses.remove(0);
    });
    let first = "differences[0].clauses[0].says";
    for other in [
        "A 600 means not available.",
        "{1} means not available.",
        "Not available.",
    ] {
        let says = "is about 480 and does not name it";
        refused_in_two_groups(first, says, |difference| {
            difference.clauses[0].says.0 = other.into();
        });
    }
    // Braces name a group by its number, and only a group of several codes needs them.
    for wrong in ["On a {9}.", "On a {x}.", "On a {.", "On a {0}."] {
        let says = "braces hold the number of a group of several codes";
        refused_in_two_groups(first, says, |difference| {
            difference.clauses[0].says.0 = wrong.into();
        });
    }
    let of = "not different codes of the family";
    for of_codes in [vec![], vec![404], vec![480, 480]] {
        refused_as(file, "mistakes[1].of", of, |s| {
            busy(s).mistakes[1].of = each(of_codes)
        });
    }
}
