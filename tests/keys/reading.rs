//! What is done with what is read: links, comparisons, bookmarks, copies, and leaving.

use sipdex::app::Mode::{Choose, Compare, Detail, Find, Note, Outline, Search};
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
            .text
            .lines()
            .any(|row| row.contains("Keys: ") && row.contains(place))
}

/// Returns whether the first words of a page are still those of its first row.
fn same_passage(was: &Seen, is: &Seen) -> bool {
    let words = |seen: &Seen| {
        let row = seen.page.drawn[0].replace('•', "");
        let words: Vec<String> = row.split_whitespace().map(str::to_owned).collect();
        words
    };
    let (was, is) = (words(was), words(is));
    let shorter = was.len().min(is.len()).min(3);
    was.windows(shorter).any(|part| part == &is[..shorter])
        || is.windows(shorter).any(|part| part == &was[..shorter])
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
    "next-section" {
        Detail "}" from "4 8 6 enter", "the first heading is at the top, and the title says so",
            |_, is| is.page.drawn[0].contains("Description") && is.text.contains("486 Busy Here › Description");
        Detail "}" from "4 8 6 enter } }", "the next heading is at the top",
            |_, is| is.page.drawn[0].contains("How to fix") && is.text.contains("486 Busy Here › How to fix");
        Compare "}" from "480,486 }", "the next heading is at the top",
            |was, is| is.page.first > was.page.first && is.text.contains("Comparison › ");
    }
    "previous-section" {
        Detail "{" from "4 8 6 enter } } }", "the heading before is at the top",
            |_, is| is.page.drawn[0].contains("When you see it");
        Detail "{" from "4 8 6 enter }", "before the first section is the top", |_, is| is.page.first == 0;
        Compare "{" from "480,486 } }", "the heading before is at the top",
            |was, is| is.page.first < was.page.first;
    }
    "return" {
        Detail "backspace" from "4 8 6 enter ] enter", "back to the code, the query and the link it was left by",
            |was, is| was.code == 600 && is.code == 486 && is.query.0 == "486" && is.selects_link(0);
        Detail "backspace" from "tab B enter ] enter", "back to the list of bookmarks",
            |was, is| was.code == 600 && was.hits == 75 && is.code == 486 && is.hits == 2;
        Detail "backspace" from "480,486 tab enter", "back to the comparison and its column",
            |_, is| is.mode == Compare && is.compared == [480, 486] && is.column == 1;
        Detail "backspace" from "4 8 6 enter", "it is said that there is nowhere to go back to",
            |_, is| is.code == 486 && is.says("no page was read before");
        Detail "<" from "4 8 6 enter } } esc / 5 0 3 enter", "back to the page that was reached otherwise, and its passage",
            |_, is| is.code == 486 && is.mode == Detail && is.page.drawn[0].contains("When you see it");
        List "<" from "4 8 6 enter } } esc", "back to the page that was left",
            |_, is| is.code == 486 && is.mode == Detail && is.page.drawn[0].contains("When you see it");
        Compare "<" from "4 8 6 enter c", "back to the page that it was opened from",
            |_, is| is.mode == Detail && is.code == 486;
        Compare "<" from "480,486", "it is said that there is nothing before", |_, is| is.mode == Compare && is.says("no page was read");
    }
    "forward" {
        Detail ">" from "4 8 6 enter ] enter <", "to the page that one went back from",
            |was, is| was.code == 486 && is.code == 600;
        Detail ">" from "4 8 6 enter c <", "to the comparison that one went back from",
            |_, is| is.mode == Compare && is.compared == [486, 600];
        Detail ">" from "4 8 6 enter", "there is none", |_, is| is.code == 486 && is.says("no page to go forward to");
        List ">" from "4 8 6 enter ] enter < esc", "to the page that one went back from", |_, is| is.code == 600 && is.mode == Detail;
        Compare ">" from "480,486 tab enter <", "to the page that one went back from",
            |_, is| is.code == 486 && is.mode == Detail;
    }
    "outline" {
        Detail "i" from "4 8 6 enter } }", "the sections are listed, and the one that one is in is selected",
            |_, is| is.mode == Outline && is.choice == 1 && is.overlay.drawn[1].contains("❯ When you see it");
        Compare "i" from "480,486", "the sections are listed",
            |_, is| is.mode == Outline && is.overlay.drawn[0].contains("In short");
    }
    "copy-section" {
        Outline "ctrl-y" from "4 8 6 enter i f i x", "the section is copied, and the outline stays",
            |_, is| is.asks(&Effect::CopySection("fix")) && is.mode == Outline;
        Outline "ctrl-y" from "4 8 6 enter i q q", "there is none", |_, is| is.asked.is_empty() && is.says("no section");
    }
    "find" {
        Detail "ctrl-f" from "4 8 6 enter", "a line is open for what is to be found",
            |_, is| is.mode == Find && is.line.0.is_empty() && is.foot().contains("find ❯");
        Compare "ctrl-f" from "480,486", "a line is open for what is to be found", |_, is| is.mode == Find;
    }
    "next-match" {
        Detail "n" from "4 8 6 enter ctrl-f b u s y enter", "the next match is in sight, and counted",
            |was, is| was.found.0 == Some(0) && is.found.0 == Some(1) && is.text.contains(&format!("2 of {}", is.found.1));
        Detail "n" from "4 8 6 enter ctrl-f r e t r y - a f t e r : space 3 0 0 enter", "the first follows the last",
            |was, is| was.found == (Some(0), 1) && is.found == was.found;
        Detail "n" from "4 8 6 enter", "nothing is looked for", |_, is| is.says("nothing is looked for; Ctrl-F finds");
        Compare "n" from "480,486 ctrl-f u s e r enter", "the next match is in sight, and counted",
            |was, is| was.found.0 == Some(0) && is.found.0 == Some(1) && is.text.contains(&format!("2 of {}", is.found.1));
    }
    "previous-match" {
        Detail "N" from "4 8 6 enter ctrl-f b u s y enter n n", "the match before is in sight, and counted",
            |was, is| was.found.0 == Some(2) && is.found.0 == Some(1);
        Compare "N" from "480,486 ctrl-f u s e r enter n", "the match before is in sight, and counted",
            |was, is| was.found.0 == Some(1) && is.found.0 == Some(0);
    }
    "zoom" {
        List "z" from "4 8 6 tab", "the page is read over the whole width",
            |_, is| is.mode == Detail && is.list.drawn.is_empty() && is.page.drawn[0].chars().count() > 90;
        Detail "z" from "4 8 6 enter } } down down", "the page has the whole width, and shows the same passage",
            |was, is| is.list.drawn.is_empty() && same_passage(was, is);
        Detail "z" from "4 8 6 enter } } down down z", "list and page stand side by side again",
            |was, is| !is.list.drawn.is_empty() && same_passage(was, is);
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
    "all-codes" {
        List "a" from "tab", "without a trace it says how to open one",
            |_, is| is.is_error == Some(true) && is.text.contains("no trace is open");
    }
    "by-count" {
        List "s" from "tab", "without a trace it says how to open one",
            |_, is| is.is_error == Some(true) && is.text.contains("no trace is open");
    }
    "redact" {
        List "R" from "tab", "without a trace it says how to open one",
            |_, is| is.is_error == Some(true) && is.text.contains("no trace is open");
        Detail "R" from "4 8 6 enter", "without a trace it says how to open one",
            |_, is| is.is_error == Some(true) && is.text.contains("no trace is open");
    }
    "stop-reading" {
        List "." from "tab", "without a trace it says how to open one",
            |_, is| is.is_error == Some(true) && is.text.contains("no trace is open");
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
    "keep-theme" {
        List "T" from "tab", "the theme is to be kept", |_, is| is.asks(&Effect::KeepTheme);
        Detail "T" from "4 8 6 enter", "the theme is to be kept", |_, is| is.asks(&Effect::KeepTheme);
        Compare "T" from "480,486", "the theme is to be kept", |_, is| is.asks(&Effect::KeepTheme);
    }
    "help" {
        Search "f1" from "4 8", "the help for the search line opens", |_, is| helps(is, "In the search line");
        List "? f1" from "tab", "the help for the list opens", |_, is| helps(is, "In the list");
        Detail "? f1" from "4 8 6 enter", "the help for the page opens", |_, is| helps(is, "On the page");
        Compare "? f1" from "480,486", "the help for a comparison opens", |_, is| helps(is, "In the comparison");
        Choose "f1" from "480,486 /", "the help for choosing opens", |_, is| helps(is, "Where a code is chosen");
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
        Outline "ctrl-l" from "4 8 6 enter i d", "all is painted anew, and as it was",
            |was, is| is.asks(&Effect::Repaint) && is.text == was.text;
        Find "ctrl-l" from "4 8 6 enter ctrl-f d", "all is painted anew, and as it was",
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
        Outline "ctrl-z" from "4 8 6 enter i d", "it stops, and keeps everything",
            |was, is| is.asks(&Effect::Suspend) && is.text == was.text;
        Find "ctrl-z" from "4 8 6 enter ctrl-f d", "it stops, and keeps everything",
            |was, is| is.asks(&Effect::Suspend) && is.text == was.text;
        Help "ctrl-z" from "tab ?", "it stops, and keeps everything", |was, is| is.asks(&Effect::Suspend) && is.text == was.text;
    }
    "quit" {
        Search "ctrl-c" from "4 8", "it ends", |_, is| is.asks(&Effect::Quit);
        List "q ctrl-c" from "tab", "it ends", |_, is| is.asks(&Effect::Quit);
        Detail "q ctrl-c" from "4 8 6 enter", "it ends", |_, is| is.asks(&Effect::Quit);
        Compare "q ctrl-c" from "480,486", "it ends", |_, is| is.asks(&Effect::Quit);
        Choose "ctrl-c" from "480,486 /", "it ends", |_, is| is.asks(&Effect::Quit);
        Outline "ctrl-c" from "4 8 6 enter i", "it ends", |_, is| is.asks(&Effect::Quit);
        Find "ctrl-c" from "4 8 6 enter ctrl-f", "it ends", |_, is| is.asks(&Effect::Quit);
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
