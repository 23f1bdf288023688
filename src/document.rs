//! What there is to say about a response or a comparison, said once and drawn by many.
//! Nothing here knows where it is shown.

mod block;
mod call;
mod comparison;
mod counts;
mod explanation;
mod field;
mod nothing;
mod page;
mod pair;
mod place;
mod product;
mod section;
mod setup;
mod span;
mod telephone;
mod topic;
mod traced;
mod whole;

pub use block::{Arrow, Block, Clause, Marker};
pub use call::cause;
pub use counts::{came_to, counted, frequent, method_name, reason, title, warning, why};
pub use explanation::as_it_stands;
pub use pair::Other;
pub use section::{section_name, section_names};
pub use setup::setup;
pub use span::{Link, Role, Span};
pub use traced::{Calls, Faults, InTrace, Overview};
pub use whole::Document;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Response, StatusCode, registered, response};
    use crate::compare::{self, Compared};

    fn of(code: u16) -> &'static Response {
        response(StatusCode::new(code).expect("a code"))
    }

    fn headings(document: &Document) -> Vec<&str> {
        let blocks = document.blocks.iter();
        blocks
            .filter_map(|block| match block {
                Block::Heading(text) => Some(text.as_ref()),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn a_page_says_first_what_it_is_then_what_to_check_then_the_rules() {
        let document = Document::of_response(of(486));
        let headings = headings(&document);
        let place = |name| {
            headings
                .iter()
                .position(|heading| *heading == name)
                .expect(name)
        };
        assert!(place("Description") < place("When you see it"));
        assert!(place("When you see it") < place("How to fix"));
        assert!(place("How to fix") < place("What the client may do next"));
    }

    #[test]
    fn no_section_is_empty() {
        for response in registered() {
            let blocks = Document::of_response(response).blocks;
            for pair in blocks.windows(2) {
                let both = matches!(pair, [Block::Heading(_), Block::Heading(_)]);
                assert!(!both, "{}: {pair:?}", response.code);
            }
            assert!(
                !matches!(blocks.last(), Some(Block::Heading(_))),
                "{}",
                response.code
            );
        }
    }

    #[test]
    fn related_codes_and_citations_are_links() {
        let links = Document::of_response(of(486)).links();
        assert!(links.contains(&Link::Entry(of(600).into())));
        assert!(
            links
                .iter()
                .any(|link| matches!(link, Link::Section(cite) if cite.rfc() == 3261))
        );
    }

    #[test]
    fn the_strip_answers_in_a_line() {
        let strip = Document::of_response(of(486)).strip.join(" · ");
        assert_eq!(
            strip,
            "4xx request failure · final · from UAS or gateway · retry later"
        );
    }

    #[test]
    fn folding_leaves_out_equal_rows_only() {
        let compared = Compared::new(&[of(486), of(600)]).expect("two codes");
        let comparison = compare::compare(&compared);
        let rows = |fold| {
            let document = Document::of_comparison(&comparison, fold);
            document
                .blocks
                .iter()
                .filter(|block| matches!(block, Block::Row { .. }))
                .count()
        };
        let differing = comparison.rows.iter().filter(|row| row.differs).count();
        assert_eq!(rows(false), comparison.rows.len());
        assert_eq!(rows(true), differing);
    }
}
