//! How a command ends and where it writes: exit statuses, closed pipes, full disks.

use super::*;

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
