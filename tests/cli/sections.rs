//! `--section`: a part of a page, in each format.

use super::*;

#[test]
fn a_section_is_printed_as_it_stands_on_the_page() {
    let user = User::new();
    for (typed, whole, heading) in [
        ("503 --section fix", "503", "How to fix"),
        ("--section fix 503", "503", "How to fix"),
        ("--section fix show 503", "503", "How to fix"),
        ("show 503 --section FIX", "503", "How to fix"),
        ("show 503 --section headers", "503", "Header fields"),
        ("cause 34 --section codes", "cause 34", "Response codes"),
        ("timer b --section values", "timer b", "Values"),
        ("warn 305 --section check", "warn 305", "What to check"),
        (
            "product kamailio --section route",
            "product kamailio",
            "Next route",
        ),
        ("480 486 --section short", "480 486", "In short"),
        ("431 --section nearest", "431", "Nearest registered codes"),
    ] {
        for (format, mark) in [("plain", ""), ("markdown", "## ")] {
            let part = user.done(&format!("{typed} --format {format}"));
            let page = user.done(&format!("{whole} --format {format}"));
            let mut lines = part.lines();
            assert_eq!(lines.next(), page.lines().next(), "{typed}");
            assert_eq!(lines.next(), Some(""), "{typed}");
            assert_eq!(lines.next(), Some(&*format!("{mark}{heading}")), "{typed}");
            let (_, below) = part.split_once("\n\n").expect("a section");
            assert!(page.contains(below.trim_end()), "{typed}: {part}");
            assert!(part.lines().count() < page.lines().count(), "{typed}");
        }
    }
}

#[test]
fn several_sections_stand_in_the_order_of_the_page() {
    let user = User::new();
    let part = user.done("503 --section headers,fix");
    assert_eq!(part, user.done("503 --section fix --section headers,"));
    let place = |heading| part.find(heading).expect(heading);
    assert!(
        place("\nHow to fix\n") < place("\nHeader fields\n"),
        "{part}"
    );
    let two = user.done("show 486 503 --section fix");
    let one = |code| user.done(&format!("show {code} --section fix"));
    assert_eq!(two, one(486) + "\n" + &one(503));
}

#[test]
fn an_unknown_section_names_those_of_the_page() {
    for (typed, has) in [
        (
            "503 --section fixes",
            "503 Service Unavailable has description, seen, fix, ",
        ),
        ("timer b --section fixes", "has description, "),
        (
            "503 --section fix,x",
            "503 Service Unavailable has description, seen, fix, ",
        ),
        (
            "503 --format json --section x",
            "503 Service Unavailable has description",
        ),
        (
            "503 --section ,",
            "no section is given; 503 Service Unavailable has description",
        ),
    ] {
        let run = User::new().run(typed);
        assert_eq!((run.status, &*run.out), (2, ""), "{typed}");
        assert!(run.err.contains(has), "{typed}: {}", run.err);
        assert_eq!(run.err.lines().count(), 1, "{}", run.err);
    }
    for typed in
        each("--section fix list; --section fix search busy; --section fix man; --section fix")
    {
        let run = User::new().run(typed);
        assert_eq!((run.status, &*run.out), (2, ""), "{typed}");
        assert!(
            run.err.contains("--section goes with a "),
            "{typed}: {}",
            run.err
        );
    }
}

#[test]
fn a_section_that_a_page_lacks_is_told_and_the_others_are_printed() {
    let user = User::new();
    let run = user.run("cause 34 --section flow");
    assert_eq!((run.status, &*run.out), (1, ""));
    let lacks = "sipdex: no section flow: cause 34 ";
    assert!(run.err.starts_with(lacks), "{}", run.err);
    let run = user.run("cause 34 --section flow,codes");
    assert_eq!(
        (run.status, &*run.out),
        (0, &*user.done("cause 34 --section codes"))
    );
    assert!(run.err.starts_with(lacks), "{}", run.err);
}

/// Returns the keys of a JSON object as they were printed.
fn keys(page: &Value) -> Vec<&str> {
    page.as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn json_has_the_keys_of_the_section_as_the_whole_page_has_them() {
    let user = User::new();
    for (typed, section, own) in [
        ("503", "fix", "code fix phrase"),
        ("503", "headers,network", "code headers isdn phrase"),
        ("503", "errata", "code phrase"),
        (
            "show 503 486",
            "more",
            "code defined phrase references sources",
        ),
        (
            "cause 34",
            "codes",
            "codes kind name number round_trip title",
        ),
        (
            "timer b",
            "values,check",
            "check kind name number title values",
        ),
        ("product kamailio", "network", "causes kind name"),
        ("480 486", "differences", "codes key_differences"),
    ] {
        let (part, whole) = (
            user.json(&format!("{typed} --section {section}")),
            user.json(typed),
        );
        let one = |value: &Value| match value {
            Value::Array(pages) => pages.clone(),
            one => vec![one.clone()],
        };
        for (part, whole) in one(&part).iter().zip(&one(&whole)) {
            let expected: Vec<&str> = own.split(' ').collect();
            assert_eq!(keys(part), expected, "{typed} {section}");
            for key in keys(part) {
                assert_eq!(part[key], whole[key], "{typed} {section}: {key}");
            }
        }
        assert_eq!(part.is_array(), whole.is_array());
    }
    let printed = user.done("503 --section fix --format json");
    assert!(
        printed.starts_with("[\n  {\n    \"code\": 503,\n    \"phrase\": \"Service"),
        "{printed}"
    );
    let whole = user.done("503 --format json");
    let (_, fix) = printed.split_once("\"fix\": ").expect("the section");
    let fix = fix.trim_end_matches(['\n', ']', '}', ' ']);
    assert!(whole.contains(fix), "{printed}");
}

/// The README names the sections of codes, in the order of the page.
#[test]
fn the_readme_names_the_sections_of_codes() {
    let user = User::new();
    let readme = include_str!("../../README.md");
    let (_, named) = readme.split_once("Codes have ").expect("the sections");
    let (named, _) = named.split_once(", others").expect("the end");
    let named: Vec<&str> = named.split('`').skip(1).step_by(2).collect();
    let all = user.run("503 --section x").err
        + &user.run("481 --section x").err
        + &user.run("606 --section x").err;
    for name in all.split("has ").skip(1).flat_map(|names| {
        names
            .split("sipdex: ")
            .next()
            .unwrap_or_default()
            .split(", ")
    }) {
        assert!(named.contains(&name.trim()), "{name}");
    }
}
