//! Foreign text in arguments and files: shown clean, and otherwise as it was typed.

use super::*;

#[test]
fn nothing_that_is_piped_has_an_escape_sequence() {
    let user = User::new();
    user.done(&format!("bookmarks add 486 --note {HOSTILE}"));
    let list = "; 486; 431; 480 486; show 486 600; search busy; search xyzzy; list; bookmarks;
        list --bookmarked; bookmarks list; bookmarks export; paths; man; completions bash;
        completions zsh; completions fish; --help; --version; 999; --nope";
    for typed in each(list) {
        for format in each("; --format plain; --format markdown; --format json") {
            let run = user.run(&format!("{typed} {format}"));
            assert!(is_clean(&run), "{typed} {format}");
        }
    }
}

#[test]
fn hostile_arguments_and_files_are_shown_clean() {
    let user = User::new();
    let file = user.write("evil.toml", HOSTILE);
    let list = "!; 486 !; show !; compare 486 !; search !; search ! --format json; list --class !;
        bookmarks add !; bookmarks remove !; bookmarks import /no/!; --query !; --code !; --compare !;
        paths --config-dir /no/!; bookmarks add 486 --config-dir /dev/null/!; --!; bookmarks !;
        completions !; show 486 --format !; man !; compare 1 2 3 4 !";
    let list = format!("{list}; bookmarks import {file}");
    let run = |typed: &&str| user.run(&typed.replace('!', HOSTILE));
    let raw: Vec<&str> = each(&list).filter(|typed| !is_clean(&run(typed))).collect();
    assert!(raw.is_empty(), "{raw:?}");
}

#[test]
fn what_was_typed_is_quoted_and_not_escaped() {
    let user = User::new();
    let emoji = "\u{1f469}\u{200d}\u{1f4bb}";
    for word in ["xq\"xq\"xq", "xq\\xq", "qq\u{e9}", emoji, "xq'xq"] {
        for typed in [
            word.to_owned(),
            format!("search {word}"),
            format!("list --class {word}"),
        ] {
            let err = user.run(&typed).err;
            assert!(err.contains(&format!("\"{word}\"")), "{typed}: {err}");
        }
        for filter in ["header", "method", "from"] {
            let err = user.run(&format!("search {filter}:{word}")).err;
            assert!(
                err.to_lowercase().contains(&format!(":{word}\"")),
                "{filter}: {err}"
            );
            assert!(!err.contains("u{"), "{filter}: {err}");
        }
    }
}
