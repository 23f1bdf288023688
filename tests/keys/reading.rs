//! What is done with what is read: links, comparisons, bookmarks, copies, and leaving.

use sipdex::app::Mode::{Choose, Compare, List, Note, Search};
use sipdex::app::action::Effect;
use sipdex::bookmarks::Change;

use super::Case;
use super::codes::code;
use super::seen::{Seen, address_of, open};

fn opens_the_address_of_the_link(was: &Seen, is: &Seen) -> bool {
    let to = was.to_address.clone();
    to.is_some_and(|to| is.asks(&Effect::OpenUrl(to))) && is.mode == was.mode
}

fn helps(is: &Seen, place: &str) -> bool {
    is.mode == sipdex::app::Mode::Help
        && is
            .overlay
            .drawn
            .first()
            .is_some_and(|row| row.contains(place))
}

pub(crate) static CASES: &[Case] = cases! {
    "next-class" {
        List "]" from "tab down", "the first code of the next class is selected",
            |_, is| is.code == 200 && is.list.has_below("2xx", "200 OK");
        List "]" from "tab G", "there is none after the last", |was, is| is.code == was.code;
    }
    "previous-class" {
        List "[" from "tab G", "the first code of the class is selected", |_, is| is.code == 600;
        List "[" from "tab G [", "the first code of the class before, and its heading comes along",
            |_, is| is.code == 500 && is.list.has_below("5xx", "500 Server");
    }
    "next-link" {
        Detail "]" from "4 8 6 enter", "the first link is selected", |_, is| is.selects_link(0);
        Detail "]" from "4 8 6 enter ] ]", "the next link is selected", |_, is| is.selects_link(2);
        Compare "]" from "480,486", "the first link is selected", |_, is| is.selects_link(0);
        Compare "]" from "480,486 ] ]", "the next link is selected", |_, is| is.selects_link(2);
    }
    "previous-link" {
        Detail "[" from "4 8 6 enter ] ] ]", "the link before is selected", |_, is| is.selects_link(1);
        Detail "[" from "4 8 6 enter pgdn pgdn pgdn pgdn", "a link that is on the screen is selected, and none far below",
            |was, is| is.link.is_some_and(|(_, seen)| seen) && is.page.first.abs_diff(was.page.first) < 4;
        Compare "[" from "480,486 ] ] ]", "the link before is selected", |_, is| is.selects_link(1);
    }
    "return" {
        Detail "backspace" from "4 8 6 enter ] enter", "back to the code, the query and the link it was left by",
            |was, is| was.code == 600 && is.code == 486 && is.query.0 == "486" && is.selects_link(0);
        Detail "backspace" from "tab B enter ] enter", "back to the list of bookmarks",
            |was, is| was.code == 600 && was.hits == 75 && is.code == 486 && is.hits == 2;
        Detail "backspace" from "480,486 tab enter", "back to the comparison and its column",
            |_, is| is.mode == Compare && is.compared == [480, 486] && is.column == 1;
        Detail "backspace" from "4 8 6 enter", "it is said that there is nowhere to go back to",
            |_, is| is.code == 486 && is.says("no code was visited before");
    }
    "mark" {
        List "space" from "4 8 6 tab", "the code is marked",
            |_, is| is.marks == [486] && is.text.contains("1 marked") && is.list.row_with("486").contains('●');
        List "space" from "4 8 6 tab space", "the mark is taken away",
            |_, is| is.marks.is_empty() && !is.text.contains("marked") && !is.list.row_with("486").contains('●');
        Detail "space" from "4 8 6 enter", "the code is marked",
            |_, is| is.marks == [486] && is.text.contains("1 marked");
    }
    "compare" {
        List "c" from "4 8 6 tab", "the code and its nearest relative stand side by side",
            |_, is| is.mode == Compare && is.compared == [486, 600];
        Detail "c" from "4 8 6 enter", "the code and its nearest relative stand side by side",
            |_, is| is.mode == Compare && is.compared == [486, 600];
        Detail "c" from "4 8 0 enter space / 6 0 3 enter space", "the marked codes stand side by side",
            |_, is| is.mode == Compare && is.compared == [480, 603] && is.text.contains("480 against 603");
        Detail "c" from "4 8 0 enter space / 6 0 3 enter space / 4 8 6 enter", "the marked codes, and not the one that is read",
            |_, is| is.mode == Compare && is.compared == [480, 603];
    }
    "swap" {
        Compare "x" from "480,486,600", "the column goes to the right and keeps the focus",
            |_, is| is.compared == [486, 480, 600] && is.column == 1;
        Compare "x" from "480,486,600 tab tab", "the last column changes places with the first",
            |_, is| is.compared == [600, 486, 480] && is.column == 0;
    }
    "add-column" {
        Compare "+" from "480,486", "a code is chosen for a new column",
            |_, is| is.mode == Choose && is.text.contains("Code for a new column");
    }
    "remove-column" {
        Compare "-" from "480,486,600 tab", "the focused column is gone", |_, is| is.compared == [480, 600];
    }
    "fold" {
        Compare "f" from "480,486", "the equal rows are shown too",
            |was, is| was.folded && !is.folded && is.page.total > was.page.total && is.says("unfolded");
        Compare "f" from "480,486 f", "the equal rows are left out",
            |was, is| is.folded && is.page.total < was.page.total && is.says("rows folded");
    }
    "bookmark" {
        List "b" from "4 8 0 tab", "the code is kept, with a star",
            |_, is| is.asks(&Effect::Save(Change::Add(code(480)))) && is.bookmarks == [480, 486, 503]
                && is.list.row_with("480").contains('★') && is.says("480 bookmarked");
        List "b" from "4 8 6 tab", "the bookmark is forgotten, and the star is gone",
            |_, is| is.asks(&Effect::Save(Change::Remove(code(486)))) && is.bookmarks == [503]
                && !is.list.row_with("486").contains('★') && is.says("bookmark of 486 removed");
        Detail "b" from "4 8 0 enter", "the code is kept",
            |_, is| is.asks(&Effect::Save(Change::Add(code(480)))) && is.text.contains("★ bookmarked");
        Detail "b" from "4 8 6 enter b", "the bookmark comes back with its note",
            |_, is| is.asks(&Effect::Save(Change::Note(code(486), Some("no credit".into()))))
                && is.text.contains("★ no credit");
    }
    "only-bookmarks" {
        List "B" from "tab", "only bookmarks are listed",
            |_, is| is.hits == 2 && is.text.contains(" Bookmarks ")
                && !is.list.row_with("486").is_empty() && !is.list.row_with("503").is_empty();
        List "B" from "tab B", "all codes are listed again",
            |_, is| is.hits == 75 && is.text.contains(" Responses ");
    }
    "edit-note" {
        List "e" from "4 8 6 tab", "the note of the code is there to be changed",
            |_, is| is.mode == Note && is.line == ("no credit".into(), 9) && is.text.contains("Note for 486");
        Detail "e" from "5 0 3 enter", "the note of the code is there to be written",
            |_, is| is.mode == Note && is.line.0.is_empty() && is.text.contains("Note for 503");
    }
    "reload" {
        List "r" from "tab", "the bookmarks are read anew", |_, is| is.asks(&Effect::Reload);
        Detail "r" from "4 8 6 enter", "the bookmarks are read anew", |_, is| is.asks(&Effect::Reload);
    }
    "copy" {
        List "y" from "4 8 6 tab", "code and phrase are copied", |_, is| is.asks(&Effect::Copy("486 Busy Here".into()));
        Detail "y" from "6 0 0 enter", "code and phrase are copied",
            |_, is| is.asks(&Effect::Copy("600 Busy Everywhere".into()));
    }
    "copy-page" {
        List "Y" from "4 8 6 tab", "the page is copied", |_, is| is.asks(&Effect::CopyPage);
        Detail "Y" from "4 8 6 enter", "the page is copied", |_, is| is.asks(&Effect::CopyPage);
        Compare "Y" from "480,486", "the comparison is copied", |_, is| is.asks(&Effect::CopyPage);
    }
    "open-link" {
        List "o" from "4 8 6 tab", "where the code is defined is opened", |_, is| is.asks(&address_of(486));
        List "o" from "4 8 6 enter ] h", "a link of the page is not that of the list", |_, is| is.asks(&address_of(486));
        Detail "o" from "4 8 6 enter", "where the code is defined is opened", |_, is| is.asks(&address_of(486));
        Detail "o" from "4 8 6 enter ]", "where the code of the link is defined is opened, and the page stays",
            |was, is| was.to_code == Some(600) && is.asks(&address_of(600)) && is.code == 486;
        Detail "o" from "4 8 6 enter G [", "the section of the link is opened",
            |was, is| was.to_code.is_none() && opens_the_address_of_the_link(was, is);
        Compare "o" from "480,486 tab", "where the code of the column is defined is opened",
            |_, is| is.asks(&address_of(486));
        Compare "o" from "480,486 ]", "where the link leads is opened", opens_the_address_of_the_link;
        Compare "o" from "480,486 G [", "where the link leads is opened", opens_the_address_of_the_link;
    }
    "mouse" {
        List "m" from "tab", "the mouse goes off, and the foot says so",
            |_, is| is.asks(&Effect::Mouse(false)) && is.text.contains("mouse off");
        Detail "m" from "4 8 6 enter m", "the mouse goes on again",
            |was, is| was.text.contains("mouse off") && is.asks(&Effect::Mouse(true)) && !is.text.contains("mouse off");
        Compare "m" from "480,486", "the mouse goes off, and the foot says so",
            |_, is| is.asks(&Effect::Mouse(false)) && is.text.contains("mouse off");
    }
    "next-theme" {
        List "t" from "tab", "the theme changes", |_, is| is.asks(&Effect::NextTheme);
        Detail "t" from "4 8 6 enter", "the theme changes", |_, is| is.asks(&Effect::NextTheme);
        Compare "t" from "480,486", "the theme changes", |_, is| is.asks(&Effect::NextTheme);
    }
    "help" {
        Search "f1" from "4 8", "the help for the search line opens", |_, is| helps(is, "In the search line");
        List "? f1" from "tab", "the help for the list opens", |_, is| helps(is, "In the list");
        Detail "? f1" from "4 8 6 enter", "the help for the page opens", |_, is| helps(is, "On the page");
        Compare "? f1" from "480,486", "the help for a comparison opens", |_, is| helps(is, "In the comparison");
        Choose "f1" from "480,486 /", "the help for choosing opens", |_, is| helps(is, "Where a code is chosen");
        Help "f1" from "tab f1", "the help is closed by the key that opened it", |_, is| is.mode == List;
    }
    "repaint" {
        Search "ctrl-l" from "4 8", "all is painted anew, and as it was", |was, is| is.asks(&Effect::Repaint) && is.text == was.text;
        List "ctrl-l" from "tab", "all is painted anew, and as it was", |was, is| is.asks(&Effect::Repaint) && is.text == was.text;
        Detail "ctrl-l" from "4 8 6 enter", "all is painted anew, and as it was",
            |was, is| is.asks(&Effect::Repaint) && is.text == was.text;
        Compare "ctrl-l" from "480,486", "all is painted anew, and as it was",
            |was, is| is.asks(&Effect::Repaint) && is.text == was.text;
        Choose "ctrl-l" from "480,486 / 6", "all is painted anew, and as it was",
            |was, is| is.asks(&Effect::Repaint) && is.text == was.text;
        Note "ctrl-l" from "4 8 6 enter e x", "all is painted anew, and as it was",
            |was, is| is.asks(&Effect::Repaint) && is.text == was.text;
        Help "ctrl-l" from "tab ?", "all is painted anew, and as it was", |was, is| is.asks(&Effect::Repaint) && is.text == was.text;
    }
    "suspend" {
        Search "ctrl-z" from "4 8", "it stops, and keeps everything", |was, is| is.asks(&Effect::Suspend) && is.text == was.text;
        List "ctrl-z" from "tab", "it stops, and keeps everything", |was, is| is.asks(&Effect::Suspend) && is.text == was.text;
        Detail "ctrl-z" from "4 8 6 enter", "it stops, and keeps everything",
            |was, is| is.asks(&Effect::Suspend) && is.text == was.text;
        Compare "ctrl-z" from "480,486", "it stops, and keeps everything",
            |was, is| is.asks(&Effect::Suspend) && is.text == was.text;
        Choose "ctrl-z" from "480,486 / 6", "it stops, and keeps everything",
            |was, is| is.asks(&Effect::Suspend) && is.text == was.text;
        Note "ctrl-z" from "4 8 6 enter e x", "it stops, and keeps everything",
            |was, is| is.asks(&Effect::Suspend) && is.text == was.text;
        Help "ctrl-z" from "tab ?", "it stops, and keeps everything", |was, is| is.asks(&Effect::Suspend) && is.text == was.text;
    }
    "quit" {
        Search "ctrl-c" from "4 8", "it ends", |_, is| is.asks(&Effect::Quit);
        List "q ctrl-c" from "tab", "it ends", |_, is| is.asks(&Effect::Quit);
        Detail "q ctrl-c" from "4 8 6 enter", "it ends", |_, is| is.asks(&Effect::Quit);
        Compare "q ctrl-c" from "480,486", "it ends", |_, is| is.asks(&Effect::Quit);
        Choose "ctrl-c" from "480,486 /", "it ends", |_, is| is.asks(&Effect::Quit);
        Help "ctrl-c" from "tab ?", "it ends", |_, is| is.asks(&Effect::Quit);
    }
};

#[test]
fn a_letter_is_text_where_text_is_typed_and_a_digit_begins_a_query_elsewhere() {
    for (keys, mode, line) in [
        ("q b m", Search, "qbm"),
        ("480,486 / q b m", Choose, "qbm"),
        ("4 8 0 tab e q b m", Note, "qbm"),
        ("4 8 0 tab 5", Search, "5"),
        ("4 8 0 enter 5", Search, "5"),
        ("480,486 tab 5", Choose, "5"),
    ] {
        let is = Seen::of(&open(keys, (100, 30)));
        assert_eq!((is.mode, &*is.line.0), (mode, line), "after {keys:?}");
        assert!(is.asked.is_empty(), "after {keys:?}: {:?}", is.asked);
    }
}
