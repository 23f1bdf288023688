//! What a family says of those of its codes that are compared.

use crate::catalog::{self, Family, FamilyDifference, Mistake, StatusCode};

use super::compared::Compared;
use super::difference::Difference;
use super::words::{capitalized, joined};

/// Returns the pair or the smallest family that holds all the responses.
pub(super) fn family_of(compared: &Compared) -> Option<&'static Family> {
    let pairs = catalog::pairs().iter();
    pairs
        .chain(catalog::families())
        .filter(|family| compared.codes().all(|code| family.codes.contains(&code)))
        .min_by_key(|family| family.codes.len())
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
        .map(|difference| {
            let codes = difference.groups.iter().flat_map(|group| group.iter());
            Difference {
                topic: Some(difference.topic.as_str()),
                says: says(difference, compared).into(),
                codes: among(compared, codes.copied().collect()),
                cites: difference.clauses.iter().flat_map(|clause| clause.cites.iter().copied()).collect(),
            }
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

/// Returns the sentence of a difference, without the clauses that are about no compared code, and with the
/// compared codes of each group: `{0}` is "a 480 or 486", or "a 486" where the 480 is not compared.
fn says(difference: &FamilyDifference, compared: &Compared) -> String {
    let mut says = String::new();
    for clause in difference.clauses {
        if !compared.has_any(&clause.of) {
            continue;
        }
        if says.ends_with(['.', ',']) {
            says.push(' ');
        } else if !says.is_empty() {
            says.push_str("; ");
        }
        says.push_str(&clause.says);
    }
    for (index, group) in difference.groups.iter().enumerate() {
        let codes = among(compared, group.to_vec());
        let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
        let named = format!("a {}", joined(&codes, "or"));
        says = says.replace(&format!("{{{index}}}"), &named);
    }
    format!("{}.", capitalized(says.trim_end_matches(['.', ','])))
}

fn among(compared: &Compared, mut codes: Vec<StatusCode>) -> Vec<StatusCode> {
    codes.retain(|code| compared.has_any(&[*code]));
    codes
}
