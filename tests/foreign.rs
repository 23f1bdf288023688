//! What holds for any foreign text and any changes of the bookmarks: a thousand cases each.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use sipdex::bookmarks::{Bookmark, Bookmarks, Change, clean_note};
use sipdex::catalog::StatusCode;
use sipdex::store::Store;
use sipdex::text::{Piece, clean, clean_lines, width, wrap};
use unicode_segmentation::UnicodeSegmentation;

/// The same cases in every run; another number tries others.
const SEED: RngSeed = RngSeed::Fixed(3261);

const SEQUENCES: [&str; 16] = [
    "\u{1b}[31m",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]52;c;aGk=\u{1b}\\",
    "\u{1b}Pq#0\u{1b}\\",
    "\u{9b}2J",
    "\u{9d}8;;x\u{9c}",
    "\u{202e}",
    "\u{2066}",
    "\u{200b}",
    "\u{feff}",
    "\u{e0041}",
    "\r\n",
    "\u{1b}",
    "\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "👩\u{200d}💻",
    "🇩🇪",
];

/// Returns texts in which anything may stand, hostile things often.
fn texts() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        any::<String>(),
        "[a-z]{1,12}",
        "\\PC{1,6}",
        Just(" ".to_owned()),
        prop::sample::select(SEQUENCES.to_vec()).prop_map(str::to_owned),
    ];
    prop::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
}

/// Returns whether a terminal would obey a letter, or a reader would not see it.
fn is_hostile(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let code = (480_u16..490).prop_map(|code| StatusCode::new(code).expect("a code"));
    let note = prop::option::of("[a-z\"\\\\#']{1,4}(\n[a-z\\[\\]=]{1,8})?");
    let change = prop_oneof![
        code.clone().prop_map(Change::Add),
        code.clone().prop_map(Change::Remove),
        (code, note).prop_map(|(code, note)| Change::Note(code, note)),
    ];
    prop::collection::vec(change, 0..12)
}

/// Returns bookmarks without their dates, which the file has and the memory does not.
fn notes(bookmarks: &Bookmarks) -> BTreeMap<StatusCode, Option<String>> {
    let note = |(code, bookmark): (&StatusCode, &Bookmark)| (*code, bookmark.note.clone());
    bookmarks.iter().map(note).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, rng_seed: SEED, ..ProptestConfig::default() })]

    #[test]
    fn nothing_hostile_is_left(text in texts()) {
        let cleaned = clean(&text);
        prop_assert!(!cleaned.contains(is_hostile), "{cleaned:?}");
        prop_assert_eq!(&clean(&cleaned), &cleaned);
        let lines = clean_lines(&text);
        prop_assert!(!lines.contains(|letter| letter != '\n' && is_hostile(letter)), "{lines:?}");
        prop_assert_eq!(clean_lines(&lines), lines);
    }

    #[test]
    fn what_is_harmless_stays_as_it_is(text in "[ -~à-ÿΑ-ωА-я一-三]{0,60}") {
        prop_assert_eq!(clean(&text), text);
    }

    #[test]
    fn notes_are_clean_and_nothing_that_may_be_seen_is_lost(text in texts()) {
        let note = clean_note(&text).unwrap_or_default();
        prop_assert!(!note.contains(|letter| letter != '\n' && is_hostile(letter)), "{note:?}");
        let seen = clean_lines(&text);
        prop_assert_eq!(note, seen.trim());
    }

    #[test]
    fn wrapped_text_fits_and_nothing_but_space_is_lost(
        texts in prop::collection::vec(texts(), 1..4), cells in 1_usize..60,
    ) {
        let texts: Vec<String> = texts.iter().map(|text| clean(text)).collect();
        let pieces = texts.iter().enumerate().map(|(style, text)| Piece { text: text.as_str(), style });
        let lines = wrap(pieces, cells);
        let mut kept = vec![String::new(); texts.len()];
        for line in &lines {
            let widths: usize = line.iter().map(|piece| width(piece.text)).sum();
            let letters: String = line.iter().map(|piece| piece.text).collect();
            let is_alone = letters.trim_start().graphemes(true).count() == 1;
            prop_assert!(widths <= cells || is_alone, "{widths} in {cells}: {line:?}");
            for piece in line {
                kept[piece.style].push_str(piece.text);
            }
        }
        let letters = |text: &str| text.replace(char::is_whitespace, "");
        for (kept, text) in kept.iter().zip(&texts) {
            prop_assert_eq!(letters(kept), letters(text));
        }
    }

    #[test]
    fn the_file_and_the_memory_agree(changes in changes()) {
        let folder = tempfile::tempdir().expect("a directory");
        let mut store = Store::new(Some(folder.path().join("bookmarks.toml")));
        let mut memory = Bookmarks::new();
        for change in &changes {
            change.apply(&mut memory);
        }
        let saved = store.save(changes).expect("saved").bookmarks;
        prop_assert_eq!(notes(&saved), notes(&memory));
        prop_assert_eq!(store.load().expect("whole").bookmarks, saved.clone());
        let (exported, _) = store.export().expect("exported");
        if !saved.is_empty() {
            let mut other = Store::new(Some(folder.path().join("other.toml")));
            let (imported, _) = other.import(&exported).expect("whole");
            prop_assert_eq!(imported.bookmarks, saved);
        }
    }

    #[test]
    fn two_that_save_in_turns_are_one_that_saves_all(one in changes(), two in changes()) {
        let folder = tempfile::tempdir().expect("a directory");
        let path = folder.path().join("bookmarks.toml");
        let (mut first, mut second) = (Store::new(Some(path.clone())), Store::new(Some(path)));
        let mut memory = Bookmarks::new();
        let turns = one.len().max(two.len());
        for turn in 0..turns {
            for (store, changes) in [(&mut first, &one), (&mut second, &two)] {
                if let Some(change) = changes.get(turn) {
                    change.apply(&mut memory);
                    store.save([change.clone()]).expect("saved");
                }
            }
        }
        prop_assert_eq!(notes(&first.load().expect("whole").bookmarks), notes(&memory));
    }
}

proptest! {
    // Each writes a file or two.
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_note_comes_back_from_the_file_as_it_was(text in texts()) {
        let folder = tempfile::tempdir().expect("a directory");
        let code = StatusCode::new(486).expect("a code");
        let mut store = Store::new(Some(folder.path().join("bookmarks.toml")));
        let note = clean_note(&text);
        store.save([Change::Note(code, note.clone())]).expect("saved");
        prop_assert_eq!(&store.load().expect("whole").bookmarks[&code].note, &note);
    }

    #[test]
    fn any_bytes_around_an_entry_stay_with_it(before in texts(), after in texts()) {
        let folder = tempfile::tempdir().expect("a directory");
        let path = folder.path().join("bookmarks.toml");
        let text = format!("version = 1\n{before}\n[[bookmark]]\ncode = 486\n\n[[bookmark]]\n{after}\n");
        std::fs::write(&path, &text).expect("written");
        let code = |code| StatusCode::new(code).expect("a code");
        let mut store = Store::new(Some(path.clone()));
        prop_assert!(store.load().expect("not broken").bookmarks.contains_key(&code(486)));
        let saved = store.save([Change::Add(code(600))]).expect("saved").bookmarks;
        prop_assert!(saved.contains_key(&code(486)) && saved.contains_key(&code(600)));
        let now = std::fs::read_to_string(&path).expect("readable");
        for kept in [&before, &after] {
            prop_assert!(now.contains(&**kept), "{kept:?} in {now:?}");
        }
    }
}
