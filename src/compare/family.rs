//! What a family says of those of its codes that are compared.

use std::borrow::Cow;

use crate::catalog::{self, Clause, Family, FamilyDifference, Mistake, StatusCode};

use super::compared::Compared;
use super::difference::{Difference, Said};
use super::words::{capitalized, joined};

/// Returns what is written about two responses by hand.
pub(super) fn pair_of(compared: &Compared) -> Option<&'static Family> {
    let mut pairs = catalog::pairs().iter();
    pairs.find(|pair| holds(pair, compared))
}

/// Returns the smallest family that holds all the responses.
pub(super) fn family_of(compared: &Compared) -> Option<&'static Family> {
    let families = catalog::families().iter();
    families
        .filter(|family| holds(family, compared))
        .min_by_key(|family| family.codes.len())
}

fn holds(family: &Family, compared: &Compared) -> bool {
    compared.codes().all(|code| family.codes.contains(&code))
}

/// Returns the differences that lie between the compared codes.
pub(super) fn differences(compared: &Compared, family: &'static Family) -> Vec<Difference> {
    family
        .differences
        .iter()
        .filter(|difference| {
            let groups = difference.groups.iter();
            groups.filter(|group| compared.has_any(group)).count() > 1
        })
        .map(|difference| Difference {
            topic: difference.topic.as_str(),
            clauses: clauses(difference, compared),
        })
        .collect()
}

/// Returns the mistakes that are made with one of the compared codes.
pub(super) fn mistakes(compared: &Compared, family: &'static Family) -> Vec<&'static Mistake> {
    let mistakes = family.mistakes.iter();
    mistakes
        .filter(|mistake| compared.has_any(&mistake.of))
        .collect()
}

/// Returns the clauses that are about a compared code.
fn clauses(difference: &'static FamilyDifference, compared: &Compared) -> Vec<Said> {
    let clauses = difference.clauses.iter();
    let clauses = clauses.filter(|clause| compared.has_any(&clause.of));
    let said = clauses.map(|clause| Said {
        says: says(clause, difference, compared),
        codes: among(compared, &clause.of),
        cites: clause.cites.to_vec(),
    });
    said.collect()
}

/// Returns the sentence of a clause with the compared codes of each group: `{0}` is "a 480 or 486", or "a 486"
/// where the 480 is not compared.
fn says(clause: &Clause, difference: &FamilyDifference, compared: &Compared) -> Cow<'static, str> {
    if !clause.says.contains('{') {
        return clause.says.into();
    }
    let mut says = clause.says.to_string();
    for (index, group) in difference.groups.iter().enumerate() {
        let codes = among(compared, group);
        let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
        let named = format!("a {}", joined(&codes, "or"));
        says = says.replace(&format!("{{{index}}}"), &named);
    }
    capitalized(&says).into()
}

fn among(compared: &Compared, codes: &[StatusCode]) -> Vec<StatusCode> {
    let codes = codes.iter().copied();
    codes.filter(|code| compared.has_any(&[*code])).collect()
}
