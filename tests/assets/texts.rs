//! Texts: none is empty or careless, and sentences end.

use super::house::reference::model::Response;
use super::{CARELESS, page, refused, refused_as};

/// One text of a page.
type Text = fn(&mut Response) -> &mut String;

/// Texts that are words, and texts that are whole sentences, each with the name of its field.
const WORDS: [(&str, Text); 13] = [
    ("phrase", |p| p.phrase.get_or_insert_default()),
    ("summary", |p| &mut p.summary),
    ("sources[0]", |p| &mut p.sources[0]),
    ("symptoms[1]", |p| &mut p.symptoms[1]),
    ("fix[1].cause", |p| &mut p.fix[1].cause),
    ("sent_by[0].who", |p| &mut p.sent_by[0].who),
    ("sent_by[0].methods[0]", |p| &mut p.sent_by[0].methods[0]),
    ("headers[0].name", |p| &mut p.headers[0].name),
    ("headers[0].when", |p| {
        p.headers[0].when.get_or_insert_default()
    }),
    ("flow[0].from", |p| &mut p.flow[0].from),
    ("flow[0].to", |p| &mut p.flow[0].to),
    ("flow[0].message", |p| &mut p.flow[0].message),
    ("flow[2].message", |p| &mut p.flow[2].message),
];
const SENTENCES: [(&str, Text); 11] = [
    ("use_when", |p| &mut p.use_when.get_or_insert_default().0),
    ("meaning[1]", |p| &mut p.meaning[1].0),
    ("seen[1]", |p| &mut p.seen[1].0),
    ("fix[0].check", |p| &mut p.fix[0].check.0),
    ("fix[1].remedy", |p| &mut p.fix[1].remedy.0),
    ("sent_by[0].says", |p| &mut p.sent_by[0].says.0),
    ("headers[1].says", |p| &mut p.headers[1].says.0),
    ("retry[0].says", |p| &mut p.retry[0].says.0),
    ("forking[0].says", |p| &mut p.forking[0].says.0),
    ("dialog[0].says", |p| &mut p.dialog[0].says.0),
    ("related[0].says", |p| &mut p.related[0].says.0),
];

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn empty_and_careless_texts_are_refused() {
    let file = "responses/486.toml";
    refused(file, "summary", |s| page(s, 486).summary = "x".repeat(101));
    refused(file, "summary", |s| page(s, 486).summary = " ".into());
    refused(file, "meaning", |s| page(s, 486).meaning.clear());
    refused(file, "meaning[0]", |s| {
        page(s, 486).meaning[0].0 = String::new()
    });
    refused(file, "meaning[0]", |s| {
        page(s, 486).meaning[0].0 = "When when it rings.".into()
    });
    refused(file, "seen[0]", |s| {
        page(s, 486).seen[0].0 = "No end".into()
    });
    refused(file, "fix[0].remedy", |s| {
        page(s, 486).fix[0].remedy.0 = "Caf\u{e9}.".into()
    });
    refused(file, "use_when", |s| {
        page(s, 486).use_when.get_or_insert_default().0 = "A\u{1b}[31m.".into()
    });
    refused(file, "symptoms[0]", |s| {
        page(s, 486).symptoms[0] = "busy  tone".into()
    });
    for (nonsense, says) in [
        ("Like a 419.", "Code 419 does not exist"),
        ("A 419 says no.", "Code 419 does not exist"),
        ("Not so (a 419, say).", "Code 419 does not exist"),
        ("It has cause 112.", "Cause 112 does not exist"),
        ("Cause 112 is it.", "Cause 112 does not exist"),
        (
            "Reason: Q.850;cause=17; cause 112.",
            "Cause 112 does not exist",
        ),
        ("See (warn-code 360).", "WarnCode 360 does not exist"),
        ("See Warning: 360.", "WarnCode 360 does not exist"),
    ] {
        refused_as(file, "meaning[0]", says, |s| {
            page(s, 486).meaning[0].0 = nonsense.into()
        });
    }
    refused(file, "sent_by[0].cite", |s| {
        page(s, 486).sent_by[0].cite = None
    });
    refused("http.tsv", "100 phrase", |s| {
        s.http[0].phrase = String::new()
    });
    refused("causes/1.toml", "name", |s| {
        s.topics[0].topic.name = String::new()
    });
    refused("vendors.tsv", "version", |s| {
        s.vendors[0].version = " ".into()
    });
    refused("classes.toml", "1xx.title", |s| {
        s.classes.class[0].title = String::new()
    });
    for empty in [
        "fix", "sent_by", "retry", "forking", "dialog", "related", "symptoms",
    ] {
        refused(file, empty, |s| {
            let page = page(s, 486);
            match empty {
                "fix" => page.fix.clear(),
                "sent_by" => page.sent_by.clear(),
                "retry" => page.retry.clear(),
                "forking" => page.forking.clear(),
                "dialog" => page.dialog.clear(),
                "related" => page.related.clear(),
                _ => page.symptoms.clear(),
            }
        });
    }
}

#[test]
fn every_text_of_a_page_is_read_for_slips() {
    for (field, text) in WORDS.into_iter().chain(SENTENCES) {
        for (careless, says) in CARELESS {
            refused_as("responses/486.toml", field, says, |s| {
                let page = page(s, 486);
                page.sources.push("a source".into());
                *text(page) = careless.into();
            });
        }
    }
    for (field, text) in SENTENCES {
        let says = "a sentence without an end";
        refused_as("responses/486.toml", field, says, |s| {
            *text(page(s, 486)) = "No end".into()
        });
    }
}

#[test]
fn a_list_without_which_a_page_says_nothing_may_not_be_empty() {
    type Empty = fn(&mut Response);
    let lists: [(&str, Empty); 10] = [
        ("meaning", |p| p.meaning.clear()),
        ("seen", |p| p.seen.clear()),
        ("symptoms", |p| p.symptoms.clear()),
        ("fix", |p| p.fix.clear()),
        ("sent_by", |p| p.sent_by.clear()),
        ("retry", |p| p.retry.clear()),
        ("forking", |p| p.forking.clear()),
        ("dialog", |p| p.dialog.clear()),
        ("related", |p| p.related.clear()),
        ("references", |p| p.references.clear()),
    ];
    for (field, empty) in lists {
        refused_as("responses/486.toml", field, "empty", |s| {
            empty(page(s, 486))
        });
    }
}
