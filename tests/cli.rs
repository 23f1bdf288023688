//! The command line as scripts meet it: the real binary, each run with a configuration of its own.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

#[cfg(unix)]
#[path = "pty/explorer.rs"]
mod explorer;

/// What a terminal obeys (7-bit, 8-bit), and what deceives a reader (bidi).
const HOSTILE: &str = "a\u{1b}[31mb\u{1b}]0;c\u{7}d\u{9b}1me\u{202e}f\u{2066}g";
const RAW: [char; 5] = ['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}', '\u{2066}'];

/// What a run left behind.
struct Run {
    status: i32,
    out: String,
    err: String,
}

/// A user's configuration directory, gone when dropped.
struct User(TempDir);

impl User {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a directory"))
    }

    /// Writes a file beside the user's own, and returns its path.
    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.0.path().join(name);
        fs::write(&path, bytes).expect("written");
        path.display().to_string()
    }

    /// Returns a command from what is typed after `sipdex`; no argument has a space.
    fn command(&self, typed: &str) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("sipdex"));
        command.args(typed.split(' ').filter(|arg| !arg.is_empty()));
        command.env_clear().env("SIPDEX_CONFIG_DIR", self.0.path());
        command.envs([("LANG", "C.UTF-8"), ("TERM", "xterm-256color")]);
        command
    }

    fn run(&self, typed: &str) -> Run {
        ended(&mut self.command(typed))
    }

    /// Runs what has to succeed without a message, and returns its output.
    fn done(&self, typed: &str) -> String {
        let run = self.run(typed);
        assert_eq!((run.status, &*run.err), (0, ""), "{typed}");
        run.out
    }

    fn json(&self, typed: &str) -> Value {
        let json = self.run(&format!("{typed} --format json")).out;
        serde_json::from_str(&json).expect("JSON on standard output")
    }
}

fn ended(command: &mut Command) -> Run {
    let output = command.output().expect("sipdex runs");
    Run {
        status: output.status.code().expect("no signal"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

fn is_clean(run: &Run) -> bool {
    !run.out.contains(RAW) && !run.err.contains(RAW)
}

fn registered() -> Vec<u64> {
    let rows = include_str!("../assets/registry.tsv").lines();
    rows.filter_map(|row| row.get(..3)?.parse().ok()).collect()
}

fn codes(list: &Value) -> Vec<u64> {
    let items = list.as_array().expect("a list").iter();
    items.filter_map(|item| item["code"].as_u64()).collect()
}

/// Splits what semicolons part.
fn each(list: &str) -> impl Iterator<Item = &str> {
    list.split(';').map(str::trim)
}

/// Returns the cases of a table: on each line what is expected, a bar, and what is typed.
fn cases(table: &str) -> impl Iterator<Item = (&str, &str)> {
    let rows = table.lines().filter_map(|line| line.split_once('|'));
    rows.flat_map(|(expected, typed)| each(typed).map(move |typed| (expected.trim(), typed)))
}

#[test]
fn each_command_ends_with_its_status_and_writes_where_it_should() {
    let table = "0 | bookmarks add 486; bookmarks add 431 --note x
        0 out | 486; 431; 480 486 603; show 100 699; compare 480 486 600 603; search busy; list
        0 out | bookmarks export; paths; man; --help; show --help; --version; completions bash
        0 out | completions zsh; completions fish
        1 err | search xyzzy; search xyzzy --format markdown; bookmarks remove 486; bookmarks import /no
        1 out err | search xyzzy --format json
        2 err | ; --query busy; show; show 486 999; compare 486; compare 486 486; search
        2 err | bookmarks; bookmarks add 700; completions; show 486 --format html";
    for (expected, typed) in cases(table) {
        let run = User::new().run(typed);
        let (out, err) = (expected.contains("out"), expected.contains("err"));
        assert!(expected.starts_with(&run.status.to_string()), "{typed}");
        assert_eq!((!run.out.is_empty(), !run.err.is_empty()), (out, err));
    }
}

#[test]
fn codes_alone_are_shown_or_compared() {
    for format in each("plain; markdown; json") {
        let of = |typed| User::new().done(&format!("{typed} --format {format}"));
        assert_eq!(of("486"), of("show 486"));
        assert_eq!(of("480 486"), of("compare 480 486"));
    }
}

#[test]
fn an_unregistered_number_is_answered_by_its_class_and_its_neighbours() {
    let user = User::new();
    let page = user.done("show 431");
    assert!(page.contains("as a 400"), "{page}");
    insta::assert_snapshot!(page);
    assert_eq!(codes(&user.json("431")[0]["related"]), [430, 433]);
    assert!(user.done("150").contains("as a 183"));
}

#[test]
fn what_makes_no_sense_is_status_2_and_names_the_way_out() {
    let table = "100 to 699 | 999; show 99; --code 700; bookmarks add 0
        sipdex search 48x | 48x
        sipdex search busy | busy; compare 486 busy; ; --query x
        two to four | --compare 480; 486 486; 480 481 482 483 484
        1xx to 6xx | list --class 7xx";
    for (way_out, typed) in cases(table) {
        let run = User::new().run(typed);
        assert_eq!((run.status, &*run.out), (2, ""), "{typed}");
        assert!(run.err.contains(way_out), "{typed}: {}", run.err);
        assert_eq!(run.err.lines().count(), 1, "{}", run.err);
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
fn paths_say_which_file_is_there() {
    let user = User::new();
    let there = |user: &User| -> Vec<bool> {
        let paths = user.done("paths");
        let lines = paths.lines();
        lines
            .map(|line| !line.ends_with("(not there yet)"))
            .collect()
    };
    assert_eq!(there(&user), [false, false]);
    user.done("bookmarks add 486");
    assert_eq!(there(&user), [false, true]);
    user.write("config.toml", "");
    assert_eq!(there(&user), [true, true]);
}

#[test]
fn bookmarks_are_kept_listed_searched_and_forgotten() {
    let user = User::new();
    user.done("bookmarks add 486 --note no-credit");
    user.done("bookmarks add 600");
    user.done("bookmarks add 486");
    user.done(&format!("bookmarks add 431 --note {HOSTILE}\n"));
    insta::assert_snapshot!(user.done("bookmarks list"));
    let kept = user.json("bookmarks list");
    assert_fits(&kept, &json!(["bookmark"]), "bookmarks");
    assert_eq!(codes(&kept), [431, 486, 600]);
    assert_eq!(kept[0]["note"], "abdefg");
    let added = kept[2]["added"].as_str().expect("a date");
    assert!(added.len() == 20 && added.ends_with('Z'), "{added}");
    assert_eq!(codes(&user.json("search is:bookmarked")), [431, 486, 600]);
    user.done("bookmarks remove 486");
    assert_eq!(codes(&user.json("bookmarks list")), [431, 600]);
    user.write("bookmarks.toml", "[[bookmark]]\ncode = 486");
    let by_hand = json!([{ "code": 486, "note": null, "added": null }]);
    assert_eq!(user.json("bookmarks list"), by_hand);
    assert_eq!(codes(&user.json("search IS:BOOKMARKED")), [486]);
}

#[test]
fn several_codes_are_kept_and_forgotten_at_once() {
    let user = User::new();
    user.done("bookmarks add 480 486 600 --note later");
    assert_eq!(codes(&user.json("bookmarks list")), [480, 486, 600]);
    let run = user.run("bookmarks remove 480 603 600");
    assert_eq!(run.status, 1);
    assert_eq!(run.err, "sipdex: 603 is not bookmarked\n");
    assert_eq!(codes(&user.json("bookmarks list")), [486], "the others are");
}

#[test]
fn exported_bookmarks_are_imported_elsewhere() {
    let (here, there, elsewhere) = (User::new(), User::new(), User::new());
    here.done("bookmarks add 486 --note a\"note\"=[1]\\");
    here.done("bookmarks add 603");
    there.done("bookmarks add 100 --note mine");
    let exported = here.done("bookmarks export");
    let file = there.write("exported.toml", &exported);
    let import = there.run(&format!("bookmarks import {file}"));
    let said = (import.status, &*import.err);
    assert_eq!(said, (0, "sipdex: 2 bookmarks imported\n"));
    let (listed, all) = (here.done("bookmarks list"), there.done("bookmarks list"));
    assert!(all.starts_with("100 ") && all.ends_with(&listed), "{all}");
    let mut import: assert_cmd::Command = elsewhere.command("bookmarks import -").into();
    import.write_stdin(exported).assert().success().stdout("");
    assert_eq!(elsewhere.done("bookmarks list"), listed);
}

#[test]
fn a_broken_bookmarks_file_stays_while_it_is_read_and_is_set_aside_on_a_save() {
    let broken = b"[[bookmark]]\r\ncode = \"\x1b[31m\xff\0";
    let user = User::new();
    let path = user.write("bookmarks.toml", broken);
    for typed in each("bookmarks list; list --bookmarked; bookmarks remove 600") {
        let run = user.run(typed);
        assert!(run.status == 1 && is_clean(&run), "{typed}: {:?}", run.err);
        assert!(run.err.contains("is broken"), "{typed}: {:?}", run.err);
        assert_eq!(fs::read(&path).expect("still there"), broken);
    }
    let export = user.command("bookmarks export").output().expect("it runs");
    let says = String::from_utf8(export.stderr).expect("UTF-8");
    assert!(
        says.contains("is broken") && !says.contains('\u{1b}'),
        "{says}"
    );
    assert_eq!(export.status.code(), Some(1));
    assert_eq!(export.stdout, broken, "a copy has all of it");
    assert_eq!(fs::read(&path).expect("still there"), broken);
    let run = user.run("bookmarks add 600");
    assert!(run.status == 0 && is_clean(&run), "{:?}", run.err);
    let aside = run.err.split(' ').find(|word| word.contains("corrupt"));
    let bytes = fs::read(aside.expect("the name of a file"));
    assert_eq!(bytes.expect("a file set aside"), broken);
    assert_eq!(user.run("bookmarks list").err, "", "reported once");
}

#[test]
fn a_closed_pipe_is_quiet_success() {
    let every: Vec<String> = (100..700).map(|code: u16| code.to_string()).collect();
    let list = "486; 480 486; 480 486 --format json; list; search busy; man; paths; --help";
    let list = format!("{list}; show {0}; show {0} --format json", every.join(" "));
    for typed in each(&list) {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let run = ended(User::new().command(typed).stdout(writer));
        assert_eq!((run.status, &*run.err), (0, ""), "{typed}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn what_cannot_be_written_is_status_1_and_a_message() {
    let list = "486; 480 486; list --format json; bookmarks export; man; --help; --version";
    let reported = |typed: &&str| {
        let full = fs::File::create("/dev/full").expect("a full disk");
        let run = ended(User::new().command(typed).stdout(full));
        run.status == 1
            && run
                .err
                .starts_with("sipdex: could not write to standard output: ")
            && run.err.lines().count() == 1
    };
    let silent: Vec<&str> = each(list).filter(|typed| !reported(typed)).collect();
    assert!(silent.is_empty(), "{silent:?}");
}

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
fn help_begins_with_examples() {
    let user = User::new();
    assert!(user.done("--help").starts_with("Examples:\n  sipdex "));
    let version = concat!("sipdex ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!(user.done("--version"), version);
}

#[test]
fn the_directory_may_be_named_before_and_after_the_command() {
    let user = User::new();
    let (folder, paths) = (user.0.path().display(), user.done("paths"));
    assert!(paths.contains(&format!("{folder}/config.toml")), "{paths}");
    assert!(paths.contains(&format!("{folder}/bookmarks.toml")));
    for typed in ["paths --config-dir !", "--config-dir ! paths"] {
        let typed = typed.replace('!', &folder.to_string());
        assert_eq!(User::new().done(&typed), paths);
    }
}

/// Returns every object's keys, with a word for the value; `?` allows null, `/` parts possible texts.
fn forms() -> Value {
    let (n, yes, t, opt, cite) = ("integer", "boolean", "text", "text?", "citation");
    let class = "provisional/success/redirection/request-failure/server-failure/global-failure";
    let status = "current/deprecated/reserved/unregistered";
    json!({
        "citation": { "rfc": n, "section": t, "title": t, "url": t },
        "entry": { "code": n, "phrase": opt, "class": class, "status": status, "summary": t,
            "defined": "citation?" },
        "hit": { "code": n, "phrase": opt, "why": t,
            "layer": "code/prefix/class/field/phrase/abbreviation/symptom/typo/guess" },
        "bookmark": { "code": n, "note": opt, "added": opt },
        "comparison": { "codes": [n], "family": opt, "in_short": t,
            "key_differences": [{ "says": t, "codes": [n], "cite": "citation?" }],
            "rows": [{ "name": t, "values": [t], "differs": yes }],
            "when_to_use": [{ "code": n, "send": t, "received": t }], "learn_more": [cite] },
        "page": { "code": n, "phrase": opt, "class": class, "status": status, "defined": "citation?",
            "summary": t, "meaning": [t], "seen": [t], "use_when": opt, "symptoms": [t], "sources": [t],
            "fix": [{ "cause": t, "check": t, "remedy": t }], "example": opt, "references": [cite],
            "sent_by": [{ "who": t, "methods": [t], "except": [t], "says": t, "cite": "citation?" }],
            "headers": [{ "name": t, "strength": "MUST/SHOULD/MAY/MUST NOT/SHOULD NOT", "when": opt,
                "where": "response/next-request/request", "says": t, "cite": cite }],
            "retry": [{ "says": t, "cite": cite,
                "verdict": "wait/done/follow/never/later/changed/credentials/elsewhere" }],
            "forking": [{ "says": t, "cite": cite }], "related": [{ "code": n, "phrase": opt, "says": t }],
            "dialog": [{ "says": t, "cite": cite,
                "effect": "none/early-dialog/confirms-dialog/transaction-only/ends-usage/ends-dialog" }],
            "isdn": { "to": ["mapping"], "from": ["mapping"], "from_others": "citation?",
                "round_trip": opt },
            "vendors": [{ "product": t, "version": t, "to": ["cause"], "from": ["cause"],
                "to_by_default": yes, "from_others": yes }],
            "flow": [{ "from": t, "to": t, "message": t, "marked": yes }] },
        "mapping": { "cause": n, "name": t, "when": opt, "first": opt, "cite": cite },
        "cause": { "cause": n, "name": t },
    })
}

/// Checks a value against a form; `at` says where in the output it stands.
fn assert_fits(value: &Value, form: &Value, at: &str) {
    let fits = match (form, value) {
        (Value::Object(form), Value::Object(object)) => {
            for (key, value) in object {
                let at = format!("{at}.{key}");
                assert_fits(value, form.get(key).expect(&at), &at);
            }
            object.len() == form.len()
        }
        (Value::Array(form), Value::Array(list)) => {
            return list
                .iter()
                .for_each(|value| assert_fits(value, &form[0], at));
        }
        (Value::String(word), Value::Null) => word.ends_with('?'),
        (Value::String(word), _) => match word.trim_end_matches('?') {
            "integer" => value.is_u64(),
            "boolean" => value.is_boolean(),
            "text" => value.as_str().is_some_and(|text| !text.is_empty()),
            words if words.contains('/') => words.split('/').any(|word| value == word),
            name => return assert_fits(value, &forms()[name], at),
        },
        _ => false,
    };
    assert!(fits, "{at} is {value}, not {form}");
}

#[test]
fn the_json_of_every_page_has_every_key() {
    let user = User::new();
    let every: Vec<String> = registered().iter().map(u64::to_string).collect();
    let pages = user.json(&format!("show {} 431 699", every.join(" ")));
    assert_fits(&pages, &json!(["page"]), "show");
    assert_eq!(codes(&pages), [&registered()[..], &[431, 699]].concat());
    let list = user.json("list");
    assert_fits(&list, &json!(["entry"]), "list");
    for (i, entry) in list.as_array().expect("a list").iter().enumerate() {
        for (key, value) in entry.as_object().expect("an object") {
            assert_eq!(&pages[i][key], value, "{key} of {entry}");
        }
    }
    insta::assert_snapshot!(user.done("list --class 2xx --format json"));
}

#[test]
fn the_json_of_every_comparison_has_every_key() {
    let pairs = "480 486; 100 421; 486 600 603 480; 401 407; 431 486; 100 699; 402 204";
    for typed in each(pairs) {
        let comparison = User::new().json(typed);
        assert_fits(&comparison, &json!("comparison"), typed);
        let codes: Vec<u64> = typed.split(' ').flat_map(str::parse).collect();
        assert_eq!(comparison["codes"], json!(codes));
        for row in comparison["rows"].as_array().expect("rows") {
            let values = row["values"].as_array().map(Vec::len);
            assert_eq!(values, Some(codes.len()), "{row}");
        }
    }
}

#[test]
fn the_json_of_every_search_has_every_key() {
    let user = User::new();
    assert_eq!(user.json("search xyzzy"), json!([]));
    for query in each("486; 431; 48; 4xx; busy; bsy; nf; ueued; 4xx auth") {
        let hits = user.json(&format!("search {query}"));
        assert_fits(&hits, &json!(["hit"]), query);
        assert!(!codes(&hits).is_empty(), "{query}");
    }
    insta::assert_snapshot!(user.done("search busy --format json"));
}

/// Returns the manual page as it is read, without its marks.
fn manual() -> String {
    let marks = ["\\fB", "\\fI", "\\fR", "\\&"];
    let page = User::new().done("man").replace("\\-", "-");
    let page = marks.iter().fold(page, |page, mark| page.replace(mark, ""));
    page.replace("\\*(Aq", "'")
}

/// Holds what the manual page says of a command against its own words and arguments.
fn assert_explained(command: &clap::Command, said: &str) {
    let name = command.get_bin_name().unwrap_or(command.get_name());
    let told = |text: &str| assert!(said.contains(text), "{name}: {text:?} is missing in {said}");
    told(&command.get_about().expect("what it does").to_string());
    let is_root = !name.contains(' ');
    for arg in command.get_arguments() {
        // Options for all are told once; that codes may stand alone is told in the description.
        let is_told_elsewhere = if is_root {
            arg.is_positional()
        } else {
            arg.is_global_set()
        };
        if arg.get_id() == "help" || is_told_elsewhere {
            continue;
        }
        let value = arg.get_value_names().and_then(<[_]>::first);
        match (
            arg.get_long(),
            value.filter(|_| arg.get_action().takes_values()),
        ) {
            (Some(long), Some(value)) => told(&format!("--{long} {value}")),
            (Some(long), None) => told(&format!("--{long}")),
            (None, _) => told(&arg.to_string()),
        }
        told(&arg.get_help().expect("what it is for").to_string());
        for value in arg.get_possible_values() {
            told(value.get_name());
        }
    }
}

/// Holds each command below another against its section of the manual page.
fn assert_all_explained(above: &clap::Command, page: &str) {
    for command in above.get_subcommands() {
        if command.get_name() == "help" {
            continue;
        }
        if command.has_subcommands() {
            assert_all_explained(command, page);
            continue;
        }
        let name = command.get_bin_name().expect("a name");
        let is_its = |section: &&str| {
            let heading = section.lines().next().unwrap_or_default().trim_matches('"');
            heading == name || heading.starts_with(&format!("{name} <"))
        };
        let section = page.split(".SS ").skip(1).find(is_its);
        let section = section.unwrap_or_else(|| panic!("{name} is missing"));
        assert_explained(command, section.split("\n.SH").next().unwrap_or_default());
    }
}

#[test]
fn the_manual_page_has_every_command_and_option() {
    let mut command = <sipdex::cli::Cli as clap::CommandFactory>::command();
    command.build();
    let page = manual();
    assert_explained(
        &command,
        page.split("\n.SH COMMANDS").next().unwrap_or_default(),
    );
    assert_all_explained(&command, &page);
    for said in [
        "FILES",
        "ENVIRONMENT",
        "EXIT STATUS",
        "SIPDEX_CONFIG_DIR",
        "-h, --help",
        "-V, --version",
    ] {
        assert!(page.contains(said), "{said:?} is missing");
    }
}

#[test]
fn the_manual_page_and_the_help_of_search_have_every_filter() {
    let user = User::new();
    let (help, page) = (user.done("search --help"), manual());
    let page = page.split_once(".SH FILTERS").expect("the filters").1;
    for (example, finds) in sipdex::search::filters() {
        assert!(help.contains(&format!("  {example} ")), "{example}: {help}");
        assert!(help.contains(finds), "{example}: {help}");
        assert!(
            page.contains(&format!("{example}\nFinds {finds}.")),
            "{example}: {page}"
        );
    }
    assert_eq!(user.done("help search"), help);
}

#[test]
fn help_is_a_command_too() {
    let user = User::new();
    assert_eq!(user.done("help"), user.done("--help"));
    for of in each("show; compare; list; bookmarks; bookmarks add; completions; man; paths") {
        assert_eq!(
            user.done(&format!("help {of}")),
            user.done(&format!("{of} --help")),
            "{of}"
        );
    }
}

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
fn a_search_that_finds_nothing_names_the_nearest() {
    let run = User::new().run("search forbodoon");
    assert_eq!((run.status, &*run.out), (1, ""));
    let nearest = "sipdex: nothing fits \"forbodoon\"; the nearest: 403 Forbidden";
    assert!(run.err.starts_with(nearest), "{}", run.err);
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
    for typed in [
        "-",
        "486 -",
        "--code -",
        "--compare 486,-",
        "bookmarks add -",
    ] {
        let run = given(typed, "486");
        assert_eq!((run.status, &*run.out), (2, ""));
        assert!(run.err.contains("sipdex show -"), "{}", run.err);
    }
}

#[test]
fn what_was_typed_is_quoted_and_not_escaped() {
    let user = User::new();
    let emoji = "\u{1f469}\u{200d}\u{1f4bb}";
    for word in ["q\"q\"q", "q\\q", "qq\u{e9}", emoji, "q'q"] {
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

#[cfg(unix)]
mod in_a_terminal {
    use termlens::Result;

    use super::explorer::{SIPDEX, terminal};
    use super::*;

    /// Returns what a command writes on a terminal of so many columns.
    fn written(user: &User, columns: u16, typed: &str) -> Result<String> {
        let script = "\"$0\" \"$@\"; echo end of it; read -r enter";
        let args = ["-c", script, SIPDEX].into_iter().chain(typed.split(' '));
        let terminal = terminal(&user.0).size(columns, 500);
        let mut terminal = terminal.args(args).spawn("/bin/sh")?;
        terminal.wait_until(|screen| screen.contains("end of it"))?;
        let text = terminal.screen().text();
        terminal.send_str("\r")?;
        terminal.wait_exit()?;
        Ok(text
            .split("end of it")
            .next()
            .unwrap_or_default()
            .to_owned())
    }

    fn words(text: &str) -> Vec<&str> {
        text.split_whitespace().collect()
    }

    #[test]
    fn text_is_broken_between_words_to_the_width_of_the_terminal() -> Result<()> {
        let user = User::new();
        user.done(&format!("bookmarks add 486 603 --note {}", "short"));
        let note =
            "our carrier sends this to us for each call without credit, whatever the number is";
        ended(user.command("bookmarks add 477 486").args(["--note", note]));
        for typed in
            each("list; list --unregistered; search unavailable; bookmarks list; show 486; 480 486")
        {
            let piped = user.done(typed);
            for columns in [40, 60, 100] {
                let shown = written(&user, columns, typed)?;
                let widest = shown
                    .lines()
                    .map(sipdex::text::width)
                    .max()
                    .unwrap_or_default();
                assert!(widest <= columns.into(), "{typed} at {columns}: {shown}");
                // A word that was torn would be two; what is sent over the wire is as long as it is.
                let prose = |text: &str| {
                    text.split("On the wire")
                        .next()
                        .unwrap_or_default()
                        .to_owned()
                };
                assert_eq!(
                    words(&prose(&shown)),
                    words(&prose(&piped)),
                    "{typed} at {columns}"
                );
            }
        }
        Ok(())
    }

    #[test]
    fn a_list_hangs_in_its_second_column_and_has_a_line_a_code_in_a_pipe() -> Result<()> {
        let user = User::new();
        let piped = user.done("list --unregistered");
        assert_eq!(piped.lines().count(), 7, "{piped}");
        insta::assert_snapshot!("list_unregistered_in_a_pipe", piped);
        let shown = written(&user, 60, "list --unregistered")?;
        insta::assert_snapshot!("list_unregistered_at_60_columns", shown.trim_end());
        let wide = written(&user, 200, "list --unregistered")?;
        assert_eq!(words(&wide), words(&piped));
        assert_eq!(wide.trim_end().lines().count(), 7, "{wide}");
        Ok(())
    }

    #[test]
    fn a_terminal_on_standard_input_is_told_what_is_awaited() -> Result<()> {
        let user = User::new();
        for (typed, awaited) in [
            ("search -", "type words"),
            ("show -", "type response codes"),
        ] {
            let terminal = terminal(&user.0).size(80, 400);
            let mut terminal = terminal.args(typed.split(' ')).spawn(SIPDEX)?;
            terminal.wait_until(|screen| screen.contains(awaited))?;
            terminal.send_str("486\r\x04")?;
            assert_eq!(terminal.wait_exit()?.code(), Some(0));
            assert!(terminal.screen().contains("486 Busy Here"));
        }
        Ok(())
    }
}
