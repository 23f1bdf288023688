//! Where a page speaks of what people say.

use super::terms::terms;
use super::words::words;
use crate::catalog::{Entry, Matter, PageSection, Stem, things};

/// Where on the page of an entry the words of a query stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub section: PageSection,
    /// Which item of the section, from 0 on.
    pub item: usize,
}

/// Returns the item that has the most of a symptom, if it has half of what tells in it. What one sees and what to do
/// about it come first.
pub(super) fn place_of(entry: Entry, symptom: &str) -> Option<Place> {
    let words: Vec<String> = words(symptom).collect();
    let mut stems: Vec<Stem> = terms(&words)
        .iter()
        .filter_map(|term| Stem::find(&term.stem))
        .collect();
    stems.sort_unstable();
    stems.dedup();
    let mut items: Vec<(Place, u32)> = Vec::new();
    for stem in &stems {
        for (number, _) in stem.things() {
            let thing = &things()[number];
            if thing.matter != Matter::Text
                || thing.section == PageSection::Head
                || thing.entry() != entry
            {
                continue;
            }
            let (section, item) = (thing.section, thing.item.into());
            let place = Place { section, item };
            let weight = u32::from(stem.weight());
            match items.iter_mut().find(|(other, _)| *other == place) {
                Some((_, sum)) => *sum += weight,
                None => items.push((place, weight)),
            }
        }
    }
    let all: u32 = stems.iter().map(|stem| u32::from(stem.weight())).sum();
    items.retain(|(_, sum)| sum * 2 >= all);
    let is_first = |place: &Place| matches!(place.section, PageSection::Seen | PageSection::Fix);
    // Of items that have as much the first counts.
    let best = items
        .iter()
        .rev()
        .max_by_key(|(place, sum)| (is_first(place), *sum));
    best.map(|(place, _)| *place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{StatusCode, response};

    fn place(code: u16, symptom: &str) -> Option<PageSection> {
        let response = response(StatusCode::new(code).expect("a code"));
        place_of(response.into(), symptom).map(|place| place.section)
    }

    #[test]
    fn a_symptom_leads_to_the_item_that_speaks_of_it() {
        assert_eq!(place(486, "callee pressed reject"), Some(PageSection::Seen));
        assert_eq!(place(486, "frequency of the moon"), None);
    }
}
