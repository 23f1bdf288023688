//! Search as people use it: the table of real queries, and queries made from the phrases.

use std::collections::BTreeSet;

use sipdex::catalog::{self, Response, Sender};
use sipdex::search::{Hit, Sets, nearest, search};

fn found(hit: &Hit) -> &'static Response {
    hit.entry.response().expect("a response")
}

fn code_of(hit: &Hit) -> u16 {
    found(hit).code.get()
}

fn codes(query: &str) -> Vec<u16> {
    search(query, &Sets::default())
        .hits
        .iter()
        .map(code_of)
        .collect()
}

/// Returns the words of five letters and more that reason phrases hold.
fn long_words() -> Vec<String> {
    let words: BTreeSet<String> = catalog::registered()
        .flat_map(|response| response.phrase().split([' ', '/', '-']))
        .filter(|word| word.len() >= 5)
        .map(str::to_lowercase)
        .collect();
    words.into_iter().collect()
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % end
    }

    /// Makes one slip in a word: a letter missing, extra, wrong, or swapped with the next.
    fn slip(&mut self, word: &str) -> String {
        let letters: Vec<char> = word.chars().collect();
        loop {
            let mut typed = letters.clone();
            let at = self.below(typed.len());
            let letter = char::from(b'a' + u8::try_from(self.below(26)).expect("a letter"));
            match self.below(4) {
                0 => drop(typed.remove(at)),
                1 => typed.insert(at, letter),
                2 => typed[at] = letter,
                _ if at + 1 < typed.len() => typed.swap(at, at + 1),
                _ => {}
            }
            if typed != letters {
                return typed.into_iter().collect();
            }
        }
    }
}

fn holds(response: &Response, word: &str) -> bool {
    response
        .phrase()
        .to_lowercase()
        .split([' ', '/', '-'])
        .any(|other| other == word)
}

#[test]
fn one_slip_in_a_word_of_a_phrase_is_forgiven() {
    let words = long_words();
    let mut dice = Dice(1);
    let mut missed = Vec::new();
    for i in 0..1_000 {
        let word = &words[i % words.len()];
        let typed = dice.slip(word);
        let hits = search(&typed, &Sets::default()).hits;
        if !hits.first().is_some_and(|hit| holds(found(hit), word)) {
            missed.push(format!("{typed} for {word}"));
        }
    }
    // Each is one slip from another word too: session, interval.
    let ambiguous = ["sersion for version", "interral for internal"];
    assert_eq!(missed, ambiguous, "of 1,000");
}

#[test]
fn one_slip_beside_another_word_of_the_phrase_is_forgiven() {
    let mut dice = Dice(2);
    let mut missed = Vec::new();
    let pairs: Vec<(&Response, &str, &str)> = catalog::registered()
        .flat_map(|response| {
            let words: Vec<&str> = response.phrase().split([' ', '/', '-']).collect();
            let pairs: Vec<_> = words
                .iter()
                .enumerate()
                .flat_map(|(i, word)| {
                    words
                        .iter()
                        .enumerate()
                        .map(move |(j, other)| (i, j, *word, *other))
                })
                .filter(|(i, j, word, _)| i != j && word.len() >= 5)
                .map(|(_, _, word, other)| (response, word, other))
                .collect();
            pairs
        })
        .collect();
    for i in 0..1_000 {
        let (response, word, other) = pairs[i % pairs.len()];
        let typed = format!("{} {other}", dice.slip(&word.to_lowercase()));
        let hits = search(&typed, &Sets::default()).hits;
        let meant = hits
            .iter()
            .take(3)
            .any(|hit| found(hit).phrase() == response.phrase());
        if !meant {
            missed.push(format!("{typed} for {}", response.phrase()));
        }
    }
    assert_eq!(missed, [""; 0], "of 1,000");
}

#[test]
fn every_code_and_every_phrase_in_any_order_is_first() {
    for response in catalog::registered() {
        let code = response.code.get();
        assert_eq!(codes(&code.to_string()), [code]);
        let mut words: Vec<&str> = response.phrase().split(' ').collect();
        for _ in 0..words.len() {
            words.rotate_left(1);
            let query = words.join(" ");
            let hits = search(&query, &Sets::default()).hits;
            // 406 and 606 have one phrase.
            let same = hits
                .iter()
                .take_while(|hit| found(hit).phrase() == response.phrase());
            assert!(
                same.clone().any(|hit| found(hit).code == response.code),
                "{query:?} for {code}: {:?}",
                hits.first().map(|hit| hit.entry.title())
            );
        }
    }
}

/// The methods with which the pages name a sender; nothing answers an ACK.
const METHODS: [&str; 13] = [
    "BYE",
    "CANCEL",
    "INFO",
    "INVITE",
    "MESSAGE",
    "NOTIFY",
    "OPTIONS",
    "PRACK",
    "PUBLISH",
    "REFER",
    "REGISTER",
    "SUBSCRIBE",
    "UPDATE",
];

#[test]
fn a_method_finds_every_code_that_answers_it_those_of_any_method_last() {
    for method in METHODS {
        let hits = search(
            &format!("method:{}", method.to_lowercase()),
            &Sets::default(),
        )
        .hits;
        let of = |wanted: fn(&Sender, &str) -> bool| -> BTreeSet<u16> {
            catalog::registered()
                .filter(|response| response.sent_by.iter().any(|s| wanted(s, method)))
                .map(|response| response.code.get())
                .collect()
        };
        let named = of(|sender, method| sender.methods.iter().any(|m| m == method));
        let mut any = of(|s, method| s.methods.is_empty() && s.except.iter().all(|m| m != method));
        any.retain(|code| !named.contains(code) && *code != 402);
        let (first, last) = hits.split_at(named.len());
        let codes = |hits: &[Hit]| hits.iter().map(code_of).collect();
        assert_eq!(named, codes(first), "{method}");
        assert_eq!(any, codes(last), "{method}");
        let says = |hit: &Hit, what: &str| hit.why().starts_with(&format!("answers {what}, from "));
        assert!(first.iter().all(|hit| says(hit, method)), "{method}");
        assert!(last.iter().all(|hit| says(hit, "any method")), "{method}");
    }
}

#[test]
fn what_an_engineer_expects_of_a_method_is_among_its_codes() {
    for (method, expected) in [
        ("bye", &[100, 200, 401, 407, 408, 481, 500, 503][..]),
        ("options", &[200, 404, 405, 408, 486, 503]),
        ("register", &[200, 401, 403, 405, 407, 408, 423, 503]),
    ] {
        let found = codes(&format!("method:{method}"));
        let missing = expected.iter().filter(|code| !found.contains(code));
        assert_eq!(missing.collect::<Vec<_>>(), [&0; 0], "{method}: {found:?}");
    }
    let refused = [300, 301, 302, 401, 402, 407].map(|code| codes("method:cancel").contains(&code));
    assert_eq!(
        refused, [false; 6],
        "a CANCEL is neither challenged nor redirected"
    );
}

#[test]
fn a_method_in_capitals_is_one_beside_other_words() {
    for (words, filter) in [
        ("REGISTER 5xx", "method:register 5xx"),
        ("5xx REGISTER", "method:register 5xx"),
        ("INVITE 5xx", "method:invite 5xx"),
        ("INVITE busy", "method:invite busy"),
        ("(INVITE) busy", "method:invite busy"),
        ("REGISTER auth", "method:register auth"),
        ("BYE", "method:bye"),
        // In small letters where the words find nothing.
        ("register 5xx", "method:register 5xx"),
        ("invite busy", "method:invite busy"),
    ] {
        assert_eq!(codes(words), codes(filter), "{words}");
        assert!(!codes(words).is_empty(), "{words}");
    }
}

#[test]
fn a_request_line_is_its_method() {
    for (line, method) in [
        ("INVITE sip:bob@example.com SIP/2.0", "invite"),
        (
            "10:00:01 >> BYE sip:a@10.0.0.1:5060;transport=tcp SIP/2.0\r",
            "bye",
        ),
        ("OPTIONS tel:+49301234567 sip/2.0", "options"),
    ] {
        assert_eq!(codes(line), codes(&format!("method:{method}")), "{line}");
    }
    assert_eq!(
        codes("SIP/2.0 486 Busy Here to INVITE sip:a@b SIP/2.0"),
        [486]
    );
}

#[test]
fn a_method_is_a_word_where_all_words_are_found() {
    for (words, first) in [
        ("OPTIONS ping", 405),
        ("MESSAGE TOO LARGE", 513),
        ("MESSAGE WAITING", 489),
        ("no response to REGISTER", 408),
        ("register", 480),
        ("bye rejected", 481),
    ] {
        assert_eq!(codes(words).first(), Some(&first), "{words}");
    }
    assert_eq!(codes("INVITE zzqqxx"), [0; 0]);
}

#[test]
fn a_reason_of_several_filters_is_the_one_that_tells_something() {
    for query in ["method:register 5xx", "5xx method:register", "REGISTER 5xx"] {
        let hits = search(query, &Sets::default()).hits;
        let why: Vec<&str> = hits.iter().map(Hit::why).collect();
        assert_eq!(why[0], "answers REGISTER, from proxy", "{query}");
        assert!(why[2].starts_with("answers any method"), "{query}: {why:?}");
    }
}

#[test]
fn a_reason_value_is_read_however_it_is_written() {
    for value in [
        "Q.850;cause=34",
        "Q.850 ;cause=34 ;text=\"no circuit available\"",
        "Q.850\t;\tcause=34",
        "Q.850;text=\"a; cause=1, b\";cause=34",
        "q.850 ; CAUSE = 34",
        "Q850 ;cause=34 ;text=\"Busy Here\"",
        "Q.850;cause=\"34\"",
        "Q.850;cause=34,",
        "(Q.850;cause=34)",
        "'Q.850 ;cause=34'",
        "\"Q.850;cause=34\"",
        "hangup Q.850 ;cause=34 ;text=\"x\"",
    ] {
        assert_eq!(codes(value), codes("cause:34"), "{value}");
        if !value.starts_with("hangup") {
            let line = format!("Reason: {value}");
            assert_eq!(codes(&line), codes("cause:34"), "{line}");
        }
    }
    for value in [
        "SIP;cause=200",
        "SIP ;cause=200 ;text=\"Call completed elsewhere\"",
        "sip;text=\"x\";cause=200",
    ] {
        assert_eq!(codes(value), [200], "{value}");
    }
    assert_eq!(codes("Q.850;cause=34 carrier")[0], 503, "a word beside it");
}

#[test]
fn a_reason_or_warning_in_a_line_of_a_log_is_what_the_line_is_about() {
    for (line, same_as) in [
        ("2026-11-22 10:00 Reason: Q.850;cause=34", "cause:34"),
        ("reason: Q.850 ;cause=34 ;text=\"x\"", "cause:34"),
        (
            "got BYE with Reason:Q.850;cause=19 from carrier",
            "cause:19",
        ),
        ("BYE Reason: SIP;cause=487", "487"),
        ("\"Reason: Q.850;cause=34\"", "cause:34"),
        ("warning: 370 gw \"Insufficient bandwidth\"", "warn:370"),
        ("warning:305", "warn:305"),
        (
            "got a Warning: 305 host \"Incompatible media format\" back",
            "warn:305",
        ),
    ] {
        assert_eq!(codes(line), codes(same_as), "{line}");
    }
    // Words that only look like one.
    assert_eq!(codes("warning: busy"), codes("busy"));
}

#[test]
fn of_several_reasons_each_counts() {
    for value in [
        "Q.850;cause=16;text=\"a, b\", SIP;cause=480",
        "SIP;cause=480, Q.850;cause=16",
    ] {
        assert_eq!(codes(value), [480], "{value}");
        assert_eq!(codes(&format!("Reason: {value}")), [480], "{value}");
    }
    let second = "Reason: Preemption;cause=1, Q.850;cause=34";
    assert_eq!(codes(second), codes("cause:34"));
}

#[test]
fn a_header_field_and_its_warn_codes_agree() {
    let carried: BTreeSet<u16> = catalog::warnings()
        .iter()
        .flat_map(|warning| warning.codes)
        .map(|code| code.get())
        .collect();
    let found: BTreeSet<u16> = codes("header:warning").into_iter().collect();
    assert!(found.is_superset(&carried), "{found:?} {carried:?}");
    assert!(found.contains(&500));
    let hits = search("header:warning", &Sets::default()).hits;
    let last = hits.last().expect("a hit");
    assert_eq!(last.why(), "carries warn-code 399, Miscellaneous warning");
}

/// Queries with the code that must be first and the codes allowed beside it in the first three.
const QUERIES: &str = include_str!("queries.tsv");

fn rows() -> impl Iterator<Item = [&'static str; 4]> {
    let rows = QUERIES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1);
    rows.map(|row| {
        let fields: Vec<&str> = row.split('\t').collect();
        fields
            .try_into()
            .unwrap_or_else(|fields| panic!("four fields in {fields:?}"))
    })
}

/// Returns what a query lists, layer by layer, with why the first is there, what is marked in its title,
/// what is said of the query, and what is offered where it finds nothing.
fn listed(query: &str, sets: &Sets) -> String {
    const SHOWN: usize = 8;
    let results = search(query, sets);
    let list: Vec<String> = results
        .hits
        .chunk_by(|a, b| a.layer() == b.layer())
        .map(|of_layer| {
            let codes = of_layer.iter().take(SHOWN);
            let codes: Vec<_> = codes.map(|hit| code_of(hit).to_string()).collect();
            format!("{:?} {}", of_layer[0].layer(), codes.join(" "))
        })
        .collect();
    let why = match results.hits.first() {
        Some(hit) if hit.marks().is_empty() => format!(" ({})", hit.why()),
        Some(hit) => format!(" ({}: {})", hit.why(), marked(hit)),
        None => {
            let near = nearest(query);
            let near: Vec<_> = near.iter().map(|near| near.code.to_string()).collect();
            format!("nothing; near: {}", near.join(" "))
        }
    };
    let remark = results.remark.map(|remark| format!(" -- {remark}"));
    let remark = remark.unwrap_or_default();
    format!("{query}: {}{why}{remark}", list.join(", "))
}

/// Returns the title of a hit with brackets around what the query meant.
fn marked(hit: &Hit) -> String {
    let mut title = String::new();
    let mut inside = false;
    for (at, letter) in hit.entry.title().chars().enumerate() {
        if hit.marks().contains(&at) != inside {
            title.push(if inside { ']' } else { '[' });
            inside = !inside;
        }
        title.push(letter);
    }
    if inside {
        title.push(']');
    }
    title
}

/// A change that moves a code up or down in a list shows here what else it moves.
#[test]
fn the_lists_of_what_people_type_are_as_they_were_looked_at() {
    let lists: Vec<String> = rows()
        .map(|[query, ..]| listed(query, &Sets::default()))
        .collect();
    insta::assert_snapshot!(lists.join("\n"));
}

/// Queries that are half typed, wrong, or at the border of two meanings.
const ODD: &str = include_str!("odd_queries.txt");

#[test]
fn what_is_half_typed_or_wrong_is_answered_as_it_was_looked_at() {
    let kept = [180, 486, 699].map(|code| catalog::StatusCode::new(code).expect("a code"));
    let sets = Sets {
        bookmarked: kept.into_iter().collect(),
    };
    let lists: Vec<String> = ODD.lines().map(|query| listed(query, &sets)).collect();
    insta::assert_snapshot!(lists.join("\n"));
}

#[test]
fn what_people_type_finds_what_they_mean() {
    let numbers = |field: &str| -> Vec<u16> {
        field
            .split(',')
            .filter_map(|code| code.parse().ok())
            .collect()
    };
    let mut asked = 0;
    let mut wrong = Vec::new();
    for [query, first, beside, kind] in rows() {
        asked += 1;
        let (first, beside) = (numbers(first), numbers(beside));
        let found = codes(query);
        let right = match found.first() {
            None => first.is_empty(),
            Some(best) => {
                first.contains(best)
                    && found
                        .iter()
                        .take(3)
                        .all(|code| first.contains(code) || beside.contains(code))
            }
        };
        if !right {
            let shown = &found[..found.len().min(4)];
            wrong.push(format!(
                "{query:?} ({kind}) finds {shown:?}, not {first:?} beside {beside:?}"
            ));
        }
    }
    assert!(asked >= 150, "{asked} queries");
    assert!(
        wrong.is_empty(),
        "{} of {asked}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
