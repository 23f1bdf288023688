//! Plain text, Markdown and JSON: what is asked for is printed, and says the same.

use super::*;

#[test]
fn codes_alone_are_shown_or_compared() {
    for format in each("plain; markdown; json") {
        let of = |typed| User::new().done(&format!("{typed} --format {format}"));
        assert_eq!(of("486"), of("show 486"));
        assert_eq!(of("480 486"), of("compare 480 486"));
    }
}

#[test]
fn the_list_narrows_to_a_class_or_to_the_bookmarks() {
    let user = User::new();
    assert_eq!(codes(&user.json("list")), registered());
    assert_eq!(user.done("list").lines().count(), 75, "one line a code");
    let global = codes(&user.json("list --class 6xx"));
    assert_eq!(global, [600, 603, 604, 606, 607, 608]);
    assert_eq!(user.json("list --bookmarked"), json!([]));
    assert_eq!(user.run("list --bookmarked").status, 1);
    for code in [603, 431, 486] {
        user.done(&format!("bookmarks add {code}"));
    }
    assert_eq!(codes(&user.json("list --bookmarked")), [431, 486, 603]);
    assert_eq!(codes(&user.json("list --bookmarked --class 6xx")), [603]);
    let unregistered = codes(&user.json("list --unregistered"));
    assert_eq!(unregistered, [303, 409, 411, 476, 477, 478, 479]);
}

#[test]
fn a_list_in_markdown_says_what_plain_text_says() {
    let user = User::new();
    user.done("bookmarks add 486 --note a|b_c");
    for (typed, item) in [
        (
            "list --class 6xx",
            "- 603 Decline: The callee refuses on all devices and gives no reason",
        ),
        (
            "search caller hung up",
            "- 487 Request Terminated: symptom: caller hung up",
        ),
        ("bookmarks list", "- 486 Busy Here: a\\|b\\_c"),
    ] {
        let list = user.done(&format!("{typed} --format markdown"));
        assert!(list.lines().any(|line| line == item), "{typed}: {list}");
    }
    let plain = user.done("list --class 6xx");
    let markdown = user.done("list --class 6xx --format markdown");
    assert_eq!(plain.lines().count(), markdown.lines().count());
}

#[test]
fn the_format_may_stand_before_the_command() {
    let user = User::new();
    user.done("bookmarks add 486");
    for typed in each("show 486; compare 480 486; search busy; list --class 6xx; bookmarks list") {
        for format in each("plain; markdown; json") {
            let before = user.done(&format!("--format {format} {typed}"));
            assert_eq!(
                before,
                user.done(&format!("{typed} --format {format}")),
                "{typed}"
            );
            let nearest = user.done(&format!("--format json {typed} --format {format}"));
            assert_eq!(before, nearest, "{typed}: what stands nearer counts");
        }
    }
    for typed in each("paths; man; completions bash; bookmarks export; bookmarks add 600") {
        let run = user.run(&format!("--format json {typed}"));
        assert_eq!((run.status, &*run.out), (2, ""), "{typed}");
        assert!(run.err.contains("prints data"), "{typed}: {}", run.err);
    }
}
