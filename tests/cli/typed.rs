//! What is typed: slips, commas, standard input, and words that mean something to a shell.

use super::*;

#[test]
fn a_slip_in_a_command_is_corrected() {
    let slips = "show | shwo; sho
        search | serach; seach; searhc
        compare | comapre; compar
        list | lits
        bookmarks | bookmark; bokmarks
        completions | completion
        paths | path
        help | helpp";
    for (meant, typed) in cases(slips) {
        let run = User::new().run(typed);
        let expected = format!(
            "sipdex: \"{typed}\" is neither a command nor a response code; did you mean sipdex {meant}?\n"
        );
        assert_eq!((run.status, run.err), (2, expected));
    }
}

#[test]
fn a_command_behind_a_code_is_told_its_place() {
    for typed in ["486 list", "show 486 search", "compare 486 help"] {
        let run = User::new().run(typed);
        let command = typed.rsplit(' ').next().expect("a word");
        let expected = format!(
            "sipdex: {command} is a command; it stands before the codes, such as sipdex show 486\n"
        );
        assert_eq!((run.status, run.err), (2, expected), "{typed}");
    }
}

#[test]
fn a_command_line_that_is_offered_can_be_pasted_into_a_shell() {
    for (typed, offered) in [
        ("busy", "busy"),
        ("caller hung up", "caller hung up"),
        ("Q.850;cause=34", "'Q.850;cause=34'"),
        ("a & b", "'a & b'"),
        ("$(ls)", "'$(ls)'"),
        ("it's", r"'it'\''s'"),
        ("a*", "'a*'"),
    ] {
        let run = ended(User::new().command("show").arg(typed));
        let expected = format!("to search for it: sipdex search {offered}\n");
        assert!(run.err.ends_with(&expected), "{typed}: {}", run.err);
    }
}

#[test]
fn a_code_is_read_through_what_nobody_sees_of_it() {
    for typed in [
        "\u{1b}[1m486\u{1b}[0m",
        " 486 ",
        "\u{feff}486",
        "4\u{200b}86",
    ] {
        let run = ended(User::new().command("show").arg(typed));
        assert!(
            run.out.starts_with("486 Busy Here\n"),
            "{typed:?}: {}",
            run.err
        );
    }
    for piped in ["\u{feff}486\n", "\u{1b}[32m486\u{1b}[0m\r\n", "\0 486"] {
        let run = given("show -", piped);
        assert!(
            run.out.starts_with("486 Busy Here\n"),
            "{piped:?}: {}",
            run.err
        );
    }
}

#[test]
fn codes_may_have_commas_between_them() {
    let user = User::new();
    for (commas, blanks) in [
        ("486,487", "486 487"),
        ("486, 487", "486 487"),
        ("486,", "486"),
        ("show 486,487", "show 486 487"),
        ("show 486 487,600", "show 486 487 600"),
        ("compare 486,487,600", "compare 486 487 600"),
        ("compare 486, 487", "compare 486 487"),
    ] {
        assert_eq!(user.done(commas), user.done(blanks), "{commas}");
    }
    user.done("bookmarks add 486,600");
    assert_eq!(codes(&user.json("bookmarks list")), [486, 600]);
    for typed in [",", "show ,", "show 486,busy", "compare 486,,"] {
        assert_eq!(user.run(typed).status, 2, "{typed}");
    }
}

/// Runs a command with a text on its standard input.
fn given(typed: &str, text: impl Into<Vec<u8>>) -> Run {
    let mut command: assert_cmd::Command = User::new().command(typed).into();
    let output = command.write_stdin(text).output().expect("sipdex runs");
    Run {
        status: output.status.code().expect("no signal"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

#[test]
fn a_hyphen_is_standard_input() {
    let user = User::new();
    let shown = given("show -", "486, 487\n600\t100\r\n");
    assert_eq!(shown.out, user.done("show 486 487 600 100"));
    assert_eq!(
        given("show 603 - 100", "486\n").out,
        user.done("show 603 486 100")
    );
    assert_eq!(
        given("compare -", "480,486").out,
        user.done("compare 480 486")
    );
    let found = given("search -", "caller\nhung\r\nup\n");
    assert_eq!((found.status, &*found.err), (0, ""));
    assert_eq!(found.out, user.done("search caller hung up"));
    assert_eq!(
        given("search - --format json", "486").out,
        user.done("search 486 --format json")
    );
    let hostile = given("search -", HOSTILE);
    assert!(is_clean(&hostile), "{hostile:?}", hostile = hostile.err);
    assert!(
        given("show -", "486 busy")
            .err
            .contains("\"busy\" is neither")
    );
    for typed in each("show -; compare -; search -") {
        for nothing in ["", "\n \n"] {
            let run = given(typed, nothing);
            assert_eq!((run.status, &*run.out), (1, ""), "{typed}");
            assert!(
                run.err.contains("standard input is empty"),
                "{typed}: {}",
                run.err
            );
        }
    }
    assert_eq!(given("show -", ",").status, 1);
    let long = given("search -", "busy ".repeat(20_000));
    assert!(long.err.contains("first 64 KiB"), "{}", long.err);
    assert!(long.out.contains("486 Busy Here"), "{}", long.out);
    assert_eq!(
        given("search -", b"busy\xff\xfe".to_vec()).status,
        given("search -", "busy").status
    );
    for typed in ["486 -", "--code -", "--compare 486,-", "bookmarks add -"] {
        let run = given(typed, "486");
        assert_eq!((run.status, &*run.out), (2, ""));
        assert!(run.err.contains("sipdex show -"), "{}", run.err);
    }
    // Alone it is a trace, which wants a terminal.
    let run = given("-", "486");
    assert_eq!((run.status, &*run.out), (2, ""));
    assert!(run.err.contains("needs a terminal"), "{}", run.err);
}

#[test]
fn a_search_that_finds_nothing_names_the_nearest() {
    let run = User::new().run("search forbodoon");
    assert_eq!(run.status, 1);
    assert!(run.out.starts_with("403 Forbidden"), "{}", run.out);
    let nearest = "sipdex: nothing fits \"forbodoon\"; listed is what comes nearest\n";
    assert_eq!(run.err, nearest);
    assert_eq!(
        User::new().run("search qqq").err,
        "sipdex: nothing fits \"qqq\"\n"
    );
}

#[test]
fn a_filter_without_a_value_finds_nothing_and_says_what_it_takes() {
    let user = User::new();
    for (example, _) in sipdex::search::filters() {
        let name = example.split(':').next().expect("a name");
        for typed in [
            format!("search {name}:"),
            format!("search busy {}:", name.to_uppercase()),
        ] {
            let run = user.run(&typed);
            assert_eq!((run.status, &*run.out), (1, ""), "{typed}");
            let says = format!("sipdex: {name}: has no value; it takes one such as {example}");
            assert!(run.err.starts_with(&says), "{typed}: {}", run.err);
        }
        let named = user.run(&format!("search {name}:")).err;
        for value in named
            .trim_end()
            .split([' ', ','])
            .filter(|word| word.contains(':'))
        {
            let is_filter = value.starts_with(&format!("{name}:")) && value.len() > name.len() + 1;
            let run = user.run(&format!("search {value}"));
            assert!(
                !is_filter || run.status == 0 || value == "is:bookmarked",
                "{value}: {}",
                run.err
            );
        }
    }
    assert_eq!(user.json("search header:"), json!([]));
    let (apart, joined) = ("search header: retry-after", "search header:retry-after");
    assert_eq!(user.done(apart), user.done(joined));
}

#[test]
fn a_line_that_begins_with_a_hyphen_is_searched_for() {
    let user = User::new();
    let line = "-- Got SIP response 480 \"Temporarily Unavailable\" back from 192.0.2.1:5060";
    for before in [
        "search",
        "search --format plain",
        "search --",
        "--format plain search",
    ] {
        let run = ended(user.command(before).arg(line));
        assert_eq!((run.status, &*run.err), (0, ""), "{before}");
        assert_eq!(run.out, user.done("search 480"), "{before}");
    }
    assert_eq!(user.done("search -> 486"), user.done("search 486"));
    assert_eq!(
        user.run("search --nope busy").status,
        2,
        "it may be an option"
    );
}

#[test]
fn a_message_on_standard_input_is_read_whole() {
    let message = "SIP/2.0 503 Service Unavailable\r\nVia: SIP/2.0/UDP 10.0.0.200:5060\r\n\
        CSeq: 180 INVITE\r\nReason: Q.850\r\n ;cause=34\r\nRetry-After: 120\r\n\r\n";
    let read = given("search -", message);
    assert_eq!((read.status, &*read.err), (0, ""));
    let firsts: Vec<&str> = read
        .out
        .lines()
        .filter_map(|row| row.split("  ").next())
        .collect();
    assert_eq!(
        firsts[..2],
        [
            "503 Service Unavailable",
            "cause 34 no circuit or channel available"
        ]
    );
    assert!(firsts[2].starts_with("timer retry-after"), "{firsts:?}");
    let long = format!(
        "{}SIP/2.0 486 Busy Here\n",
        "Via: SIP/2.0/UDP 10.0.0.1\n".repeat(2_000)
    );
    let read = given("search -", long);
    assert_eq!(read.out, User::new().done("search 486"));
}
