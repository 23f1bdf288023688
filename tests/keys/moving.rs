//! Going about: from pane to pane, up and down, to links and back.

use sipdex::app::Mode::{Choose, Compare, Detail, List, Outline, Search};
use sipdex::app::action::Effect;
use sipdex::bookmarks::Change;

use super::Case;
use super::codes::code;
use super::seen::Seen;

fn follows_its_link(was: &Seen, is: &Seen) -> bool {
    match (was.to_code, &was.to_address) {
        (Some(to), _) => is.code == to && is.mode == Detail && is.asked.is_empty(),
        (None, Some(to)) => is.asks(&Effect::OpenUrl(to.clone())),
        (None, None) => false,
    }
}

fn moves_the_hit(was: &Seen, is: &Seen, hits: isize) -> bool {
    let follows = if hits < 0 {
        is.code < was.code
    } else {
        is.code > was.code
    };
    is.index == was.index.saturating_add_signed(hits) && is.mode == was.mode && follows
}

fn rows(count: usize) -> isize {
    isize::try_from(count).expect("few")
}

pub(crate) static CASES: &[Case] = cases! {
    "search" {
        List "/" from "4 8 tab", "the search line has the cursor, and typing replaces the query",
            |_, is| is.mode == Search && is.query == ("48".into(), true);
        Detail "/" from "4 8 enter", "the search line has the cursor, and typing replaces the query",
            |_, is| is.mode == Search && is.query == ("48".into(), true);
        Compare "/" from "480,486 tab", "another code is chosen for the focused column",
            |_, is| is.mode == Choose && is.text.contains("Code for column 2");
    }
    "next-pane" {
        Search "tab" from "", "from the search line to the list", |_, is| is.mode == List;
        List "tab" from "tab", "from the list to the page", |_, is| is.mode == Detail;
        Detail "tab" from "tab tab", "from the page to the search line", |_, is| is.mode == Search;
        Compare "tab l right" from "480,486,600", "the column to the right has the focus",
            |_, is| is.column == 1 && is.text.contains("❯ 486 Busy Here");
        Compare "tab" from "480,486,600 tab tab", "the first column follows the last",
            |_, is| is.column == 0 && is.text.contains("❯ 480 Temporarily");
    }
    "previous-pane" {
        Search "shift-tab" from "", "backwards from the search line to the page", |_, is| is.mode == Detail;
        List "shift-tab" from "tab", "backwards from the list to the search line", |_, is| is.mode == Search;
        Detail "shift-tab" from "tab tab", "backwards from the page to the list", |_, is| is.mode == List;
        Compare "shift-tab h left" from "480,486,600", "the last column goes before the first",
            |_, is| is.column == 2 && is.text.contains("❯ 600 Busy");
        Compare "shift-tab" from "480,486,600 tab tab", "the column to the left has the focus",
            |_, is| is.column == 1 && is.text.contains("❯ 486 Busy Here");
    }
    "open" {
        Search "enter" from "4 8 6", "the page of the selected code is read",
            |_, is| is.mode == Detail && is.code == 486;
        List "enter l right" from "4 8 down down tab", "the page of the selected code is read",
            |was, is| is.mode == Detail && is.code == was.code;
        Detail "enter l" from "4 8 6 enter ]", "the link to a code leads to its page",
            |was, is| was.to_code == Some(600) && follows_its_link(was, is);
        Detail "enter l" from "4 8 6 enter G [", "the link to a section leads to its address",
            |was, is| was.to_code.is_none() && follows_its_link(was, is);
        Detail "enter l" from "4 8 6 enter", "without a link it says how to select one",
            |_, is| is.code == 486 && is.says("no link is selected");
        Compare "enter" from "480,486 tab", "the page of the focused column is read",
            |_, is| is.mode == Detail && is.code == 486 && is.compared.is_empty();
        Compare "enter" from "480,486 ]", "the selected link is followed", follows_its_link;
        Choose "enter" from "480,486 tab / 6 0 0", "the chosen code takes the place of the column",
            |_, is| is.mode == Compare && is.compared == [480, 600];
        Outline "enter" from "4 8 6 enter i d i a l", "the section is at the top",
            |_, is| is.mode == Detail && is.page.drawn[0].contains("Dialog") && is.text.contains("› Dialog");
        Find "enter" from "4 8 6 enter ctrl-f r e t r y", "what is found stays marked, and the count stays said",
            |was, is| is.mode == Detail && is.found.0 == Some(0) && is.text.contains(&format!("1 of {} ·", is.found.1)) && was.found == is.found;
        Help "enter" from "4 8 6 enter ? o u t l i n e", "what is selected is done where the help was opened",
            |_, is| is.mode == Outline && is.code == 486;
        Help "enter" from "tab ? o n l y space b", "what can do nothing says why", |_, is| is.mode == List && is.hits == 2;
        Note "enter" from "5 0 3 enter e x", "the note is saved",
            |_, is| is.mode == Detail && is.says("note saved")
                && is.asks(&Effect::Save(Change::Note(code(503), Some("x".into()))));
    }
    "to-list" {
        Detail "h left" from "4 8 6 enter", "from the page to the list, with the same code selected",
            |_, is| is.mode == List && is.code == 486;
    }
    "back" {
        Search "esc" from "4 8", "the query is emptied, and all codes are listed",
            |_, is| is.mode == Search && is.query.0.is_empty() && is.hits == 75;
        Search "esc" from "6 0 0", "what is shown stays selected", |was, is| was.code == 600 && is.code == 600 && is.hits == 75;
        Search "esc" from "4 8 6 enter pgdn 5", "the page, the query and the place in it are back",
            |was, is| was.query.0 == "5" && is.mode == Detail && is.code == 486 && is.query.0 == "486" && is.page.first > 0;
        Search "esc" from "4 8 6 enter 5 tab tab tab", "a query that was left and come back to is cleared",
            |_, is| is.mode == Search && is.query.0.is_empty();
        Search "esc" from "", "from the empty search line to the list", |_, is| is.mode == List;
        List "esc" from "tab space", "the marks are taken away",
            |was, is| was.marks == [100] && is.marks.is_empty() && is.mode == List;
        List "esc" from "b u s y tab", "all codes are listed, and the selected one is still",
            |was, is| was.hits < 75 && is.hits == 75 && is.code == was.code && is.mode == List;
        List "esc" from "tab B", "all codes are listed again", |was, is| was.hits == 2 && is.hits == 75;
        List "esc" from "tab B space", "the marks go before the list of bookmarks does",
            |was, is| was.marks == [486] && is.marks.is_empty() && is.hits == 2;
        Detail "esc" from "4 8 6 enter", "from the page to the list", |_, is| is.mode == List && is.code == 486;
        Detail "esc" from "480,486 tab enter", "back to the comparison that it was opened from",
            |_, is| is.mode == Compare && is.compared == [480, 486] && is.column == 1;
        Detail "esc" from "4 8 6 enter ctrl-f r e t r y enter", "finding ends, and one stays where one is",
            |was, is| is.mode == Detail && was.found.1 > 0 && is.page.first == was.page.first && is.found.1 == 0;
        Outline "esc f1" from "4 8 6 enter pgdn i d", "the outline is closed, and the page is where it was",
            |was, is| is.mode == Detail && is.page.first == was.page.first;
        Find "esc" from "4 8 6 enter ctrl-f r e t r y", "finding ends, and one stays where one is",
            |was, is| is.mode == Detail && was.found.1 > 0 && is.page.first == was.page.first && is.found.1 == 0;
        Compare "esc" from "480,486", "the comparison is closed",
            |_, is| is.mode == Search && is.compared.is_empty();
        Choose "esc" from "480,486 / 6", "nothing is chosen",
            |was, is| is.mode == Compare && is.compared == was.compared;
        Note "esc ctrl-c" from "4 8 6 enter e x", "the note is left unsaved, and that is said",
            |_, is| is.mode == Detail && is.asked.is_empty() && is.says("note not saved");
        Note "esc ctrl-c" from "4 8 6 enter e", "an unchanged note is no draft, and nothing is said",
            |was, is| was.line.0 == "no credit" && is.mode == Detail && is.is_error.is_none();
        Help "esc f1" from "tab ?", "the help is closed, and where it was opened goes on",
            |_, is| is.mode == List && !is.text.contains(" Keys: ");
    }
    "up" {
        Search "up ctrl-p" from "4 8 down down", "the hit above is selected", |was, is| moves_the_hit(was, is, -1);
        Search "up" from "1 0 0 esc", "from the first row up comes the query that was cleared",
            |_, is| is.query.0 == "100";
        List "up k" from "tab down down", "the code above is selected", |was, is| moves_the_hit(was, is, -1);
        Detail "up k" from "4 8 6 enter pgdn", "the page goes a row back", |was, is| is.page.moved(&was.page, -1);
        Compare "up k" from "480,486 pgdn", "the page goes a row back", |was, is| is.page.moved(&was.page, -1);
        Choose "up ctrl-p" from "480,486 / down down", "the code above is selected", |_, is| is.choice == 1;
        Help "up ctrl-p" from "tab ? down down", "the command above is selected", |_, is| is.choice == 1;
        Outline "up ctrl-p" from "4 8 6 enter i down down", "the section above is selected", |_, is| is.choice == 1;
    }
    "down" {
        Search "down ctrl-n" from "4 8", "the hit below is selected", |was, is| moves_the_hit(was, is, 1);
        Search "down" from "1 0 0 esc up", "and down the empty line again",
            |_, is| is.query.0.is_empty() && is.hits == 75;
        List "down j" from "tab", "the code below is selected", |was, is| moves_the_hit(was, is, 1);
        Detail "down j" from "4 8 6 enter", "the page goes a row on", |was, is| is.page.moved(&was.page, 1);
        Compare "down j" from "480,486", "the page goes a row on", |was, is| is.page.moved(&was.page, 1);
        Choose "down ctrl-n" from "480,486 /", "the code below is selected", |_, is| is.choice == 1;
        Help "down ctrl-n" from "tab ?", "the command below is selected", |_, is| is.choice == 1;
        Outline "down ctrl-n" from "4 8 6 enter i", "the section below is selected", |_, is| is.choice == 1;
    }
    "earlier" {
        Search "ctrl-r" from "4 8 6 enter / b u s y", "the query before is back",
            |_, is| is.mode == Search && is.query.0 == "486" && is.code == 486;
        Search "ctrl-r" from "4 8 6 ctrl-u 5 0 3 ctrl-u ctrl-r", "once more, and an older one",
            |_, is| is.query.0 == "486";
    }
    "page-up" {
        Search "pgup" from "tab G shift-tab", "as many codes up as rows are shown, but one",
            |was, is| moves_the_hit(was, is, -rows(was.list.page()));
        List "pgup" from "tab G", "as many codes up as rows are shown, but one",
            |was, is| moves_the_hit(was, is, -rows(was.list.page()));
        Detail "pgup" from "4 8 6 enter G", "as many rows back as are shown, but one",
            |was, is| is.page.moved(&was.page, -rows(was.page.page()));
        Compare "pgup" from "480,486 G", "as many rows back as are shown, but one",
            |was, is| is.page.moved(&was.page, -rows(was.page.page()));
        Help "pgup" from "tab ? pgdn", "to the first command", |was, is| was.choice > 0 && is.choice == 0;
        Outline "pgup" from "4 8 6 enter i pgdn", "to the first section", |was, is| was.choice > 0 && is.choice == 0;
        Choose "pgup" from "480,486 / pgdn pgdn", "as many codes up as rows are shown, but one",
            |was, is| is.choice + was.overlay.page() == was.choice;
    }
    "page-down" {
        Search "pgdn" from "", "as many codes down as rows are shown, but one",
            |was, is| moves_the_hit(was, is, rows(was.list.page()));
        List "pgdn" from "tab", "as many codes down as rows are shown, but one",
            |was, is| moves_the_hit(was, is, rows(was.list.page()));
        Detail "pgdn" from "4 8 6 enter", "as many rows on as are shown, but one",
            |was, is| is.page.moved(&was.page, rows(was.page.page()));
        Compare "pgdn" from "480,486", "as many rows on as are shown, but one",
            |was, is| is.page.moved(&was.page, rows(was.page.page()));
        Help "pgdn" from "tab ?", "as many commands down as rows are shown, but one",
            |was, is| is.choice == was.overlay.page() && is.overlay.first > 0;
        Outline "pgdn" from "4 8 6 enter i", "as many sections down as are shown, but one",
            |was, is| is.choice == was.overlay.page().min(was.overlay.total - 1);
        Choose "pgdn" from "480,486 /", "as many codes down as rows are shown, but one",
            |was, is| is.choice == was.overlay.page();
    }
    "half-page-up" {
        List "ctrl-u" from "tab G", "half as many codes up as a page", |was, is| moves_the_hit(was, is, -rows(was.list.half()));
        Detail "ctrl-u" from "4 8 6 enter G", "half a page back",
            |was, is| is.page.moved(&was.page, -rows(was.page.half()));
        Compare "ctrl-u" from "480,486 G", "half a page back",
            |was, is| is.page.moved(&was.page, -rows(was.page.half()));
    }
    "half-page-down" {
        List "ctrl-d" from "tab", "half as many codes down as a page", |was, is| moves_the_hit(was, is, rows(was.list.half()));
        Detail "ctrl-d" from "4 8 6 enter", "half a page on",
            |was, is| is.page.moved(&was.page, rows(was.page.half()));
        Compare "ctrl-d" from "480,486", "half a page on",
            |was, is| is.page.moved(&was.page, rows(was.page.half()));
    }
    "first" {
        List "g home" from "tab G", "the first code is selected, with the heading of its class",
            |_, is| is.code == 100 && is.list.has_below("1xx", "100 Trying");
        Detail "g home" from "4 8 6 enter G", "the page is at its start", |_, is| is.page.is_at_start();
        Compare "g home" from "480,486 G", "the page is at its start", |_, is| is.page.is_at_start();
    }
    "last" {
        List "G end" from "tab", "the last code is selected and in sight",
            |was, is| is.index + 1 == was.hits && is.list.is_at_end();
        Detail "G end" from "4 8 6 enter", "the page is at its end", |_, is| is.page.is_at_end();
        Compare "G end" from "480,486", "the page is at its end", |_, is| is.page.is_at_end();
    }
};
