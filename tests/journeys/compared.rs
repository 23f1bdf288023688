//! Codes side by side: where their names, facts and texts stand.

use sipdex::app::Opening;
use sipdex::compare::Compared;

use super::codes::code;
use super::screen::Screen;

/// Opens a comparison of codes.
fn compared(codes: &[u16], size: (u16, u16)) -> Screen {
    let codes: Vec<_> = codes.iter().map(|number| code(*number)).collect();
    let opening = Opening::Compare(Compared::of(&codes).expect("codes"));
    Screen::without_mouse(&opening, size)
}

/// Returns where the cells of a row begin, counted from the left.
fn begin(row: &str, cells: &[&str]) -> Vec<usize> {
    let at = |cell: &&str| {
        let before = row.find(*cell).map(|place| &row[..place]);
        let before = before.unwrap_or_else(|| panic!("no {cell:?} in {row:?}"));
        before.chars().count()
    };
    cells.iter().map(at).collect()
}

#[test]
fn the_names_the_facts_and_the_texts_of_a_comparison_begin_in_the_same_columns() {
    for size in [(200, 50), (120, 40), (80, 24)] {
        let screen = compared(&[480, 486], size);
        let top = screen.text();
        let names = top.lines().nth(2).expect("the names of the columns");
        let names = begin(names, &["480 Temporarily", "486 Busy"]);
        let facts = top.lines().find(|row| row.contains("≠ Methods"));
        let facts = begin(facts.expect("a row of facts"), &["any", "INVITE, OPTIONS"]);
        assert_eq!(names, facts, "{size:?}");
        let below = screen.press("} } }").text();
        let texts = below.lines().find(|row| row.contains("Description  "));
        let texts = begin(
            texts.expect("the first row"),
            &["The callee's", "The call reached"],
        );
        assert_eq!(names, texts, "{size:?}");
    }
}

#[test]
fn the_rows_of_two_codes_are_on_the_first_screen() {
    for codes in [[480, 486], [401, 407], [403, 404], [100, 421], [181, 481]] {
        for size in [(120, 40), (80, 24), (60, 15)] {
            let text = compared(&codes, size).text();
            let (_, rows) = text.split_once("Side by side").expect("the rows");
            assert!(rows.contains("≠ "), "{codes:?} at {size:?}:\n{text}");
        }
    }
}

#[test]
fn where_columns_agree_the_others_stand_out() {
    let text = compared(&[480, 486, 600, 603], (200, 50)).text();
    let row = text.lines().find(|row| row.contains("≠ ISDN cause"));
    let row = row.expect("a row of facts");
    for cell in ["≠ 18 no user", "│ 17 user busy", "≠ 21 call rejected"] {
        assert!(row.contains(cell), "no {cell:?} in {row:?}");
    }
}
