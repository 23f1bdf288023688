//! What each form of the output has to say.

use serde_json::json;
use sipdex::catalog::{self, Cause, Mapping, Place, Response, StatusCode};
use sipdex::compare::Comparison;

use super::said::Said;
use super::words::strength;

/// Returns null for the phrase of a number without a name.
pub(crate) fn phrase(response: &Response) -> Option<&'static str> {
    Some(response.phrase()).filter(|phrase| !phrase.is_empty())
}

/// Returns the first digit of a code in words.
fn class(code: StatusCode) -> &'static str {
    match code.get() {
        100..200 => "provisional",
        200..300 => "success",
        300..400 => "redirection",
        400..500 => "request-failure",
        500..600 => "server-failure",
        _ => "global-failure",
    }
}

/// Returns a word of a closed vocabulary as JSON has it: `EarlyDialog` is "early-dialog".
pub(crate) fn word(value: impl std::fmt::Debug) -> String {
    let mut word = String::new();
    for letter in format!("{value:?}").chars() {
        if letter.is_uppercase() && !word.is_empty() {
            word.push('-');
        }
        word.push(letter.to_ascii_lowercase());
    }
    word
}

fn place(place: Place) -> &'static str {
    match place {
        Place::Response => "response",
        Place::NextRequest => "next-request",
        Place::Request => "request",
    }
}

fn assert_mapping(said: &Said<'_>, mapping: &Mapping) {
    said.says("cause", mapping.cause);
    said.says("name", mapping.name);
    said.says("when", mapping.when);
    said.says("first", mapping.first);
    said.cites("cite", Some(mapping.cite));
}

fn assert_cause(said: &Said<'_>, cause: &Cause) {
    said.says("cause", cause.number);
    said.says("name", cause.name);
}

pub(crate) fn assert_entry(said: &Said<'_>, response: &Response) {
    said.says("code", response.code.get());
    said.says("phrase", phrase(response));
    said.says("class", class(response.code));
    said.says(
        "status",
        response.status().map_or("unregistered".to_owned(), word),
    );
    said.says("summary", response.summary);
    said.cites("defined", response.defined());
}

#[expect(clippy::too_many_lines, reason = "one key after another")]
pub(crate) fn assert_page(said: &Said<'_>, response: &Response) {
    assert_entry(said, response);
    said.says("sources", response.sources());
    said.says("meaning", response.meaning);
    said.says("seen", response.seen);
    said.says("use_when", response.use_when);
    said.says("gist", response.gist);
    said.says("occurs", response.occurs);
    said.says("received", response.received);
    said.says("example", response.example);
    said.each("fix", &response.fix, |said, fix| {
        said.says("cause", fix.cause);
        said.says("check", fix.check);
        said.says("remedy", fix.remedy);
    });
    said.each("sent_by", &response.sent_by, |said, sender| {
        said.says("who", sender.who);
        said.says("methods", sender.methods);
        said.says("except", sender.except);
        said.says("says", sender.says);
        said.cites("cite", sender.cite);
    });
    said.each("headers", &response.headers, |said, header| {
        said.says("name", header.name);
        said.says("strength", strength(header.strength));
        said.says("where", place(header.place));
        said.says("when", header.when);
        said.says("says", header.says);
        said.cites("cite", Some(header.cite));
    });
    said.each("retry", &response.retry, |said, retry| {
        said.says("verdict", word(retry.verdict));
        said.says("says", retry.says);
        said.cites("cite", Some(retry.cite));
    });
    said.each("forking", &response.forking, |said, forking| {
        said.says("says", forking.says);
        said.cites("cite", Some(forking.cite));
    });
    said.each("dialog", &response.dialog, |said, dialog| {
        said.says("effect", word(dialog.effect));
        said.says("says", dialog.says);
        said.cites("cite", Some(dialog.cite));
    });
    let isdn = said.key("isdn");
    isdn.each("to", &response.isdn.to, assert_mapping);
    isdn.each("from", &response.isdn.from, assert_mapping);
    isdn.cites("from_others", response.isdn.from_others);
    isdn.says("round_trip", response.isdn.round_trip);
    said.each("vendors", &response.vendors, |said, vendor| {
        said.says("product", vendor.product);
        said.says("version", vendor.version);
        said.each("to", &vendor.to, assert_cause);
        said.says("to_by_default", vendor.to_by_default);
        said.each("from", &vendor.from, assert_cause);
        said.says("from_others", vendor.from_others);
    });
    said.says("sent_or_made_up", response.sent_or_made_up);
    said.each("local", &response.made_up, |said, row| {
        said.says("stack", row.product);
        let words = row.wire.as_str();
        said.says("says", format!("When {}: {words}.", row.event));
        said.says("version", row.version);
        said.says("event", row.event);
        said.says("wire", word(row.wire));
        said.says("tell", row.sign);
        said.says("source", row.source);
        said.cites("cite", row.cite);
    });
    said.each("next_route", &response.routes, |said, row| {
        said.says("platform", row.product);
        said.says("version", row.version);
        said.says("codes", row.codes);
        said.says("does", word(row.does));
        said.says("setting", row.setting);
        said.says("source", row.source);
        said.cites("cite", row.cite);
    });
    assert_field(said, response);
    said.each("related", &response.related, |said, related| {
        said.says("code", related.code.get());
        said.says("phrase", phrase(catalog::response(related.code)));
        said.says("says", related.says);
    });
    said.says("symptoms", response.symptoms);
    said.each("flow", &response.flow, |said, step| {
        said.says("from", step.from);
        said.says("to", step.to);
        said.says("message", step.message);
        said.says("marked", step.marked);
    });
    said.each("references", &response.references, |said, cite| {
        said.is_citation(*cite);
    });
}

/// Holds what products write, where they show it, and the timers of a code.
fn assert_field(said: &Said<'_>, response: &Response) {
    let (phrases, numbers) = (response.phrases.iter(), response.subcodes.iter());
    let sent: Vec<_> = phrases.map(Ok).chain(numbers.map(Err)).collect();
    said.each("as_sent", &sent, |said, row| {
        let (phrase, number) = (row.ok(), row.err());
        said.says("phrase", phrase.map(|row| row.sent));
        said.says("subcode", number.map(|row| row.subcode));
        said.says("text", number.and_then(|row| row.text));
        said.says("seen", number.map(|row| row.seen));
        let of_phrase =
            phrase.map(|row| (row.product, row.version, row.means, row.source, row.cite));
        let of_number =
            number.map(|row| (row.product, row.version, row.means, row.source, row.cite));
        let (product, version, means, source, cite) = of_phrase.or(of_number).expect("a row");
        said.says("product", product);
        said.says("version", version);
        said.says("says", means);
        said.says("source", source);
        said.cites("cite", cite);
    });
    said.each("look", &response.look, |said, row| {
        said.says("about", row.about);
        said.says("product", row.product);
        said.says("version", row.version);
        said.says("where", row.place);
        said.says("shows", row.shows);
        said.says("source", row.source);
        said.cites("cite", row.cite);
    });
    let timers = catalog::topics_of(catalog::TopicKind::Timer);
    let links = timers.flat_map(|timer| timer.codes.iter().map(move |link| (timer, link)));
    let links: Vec<_> = links
        .filter(|(_, link)| link.code == response.code)
        .collect();
    said.each("timers", &links, |said, (timer, link)| {
        said.says("name", timer.id);
        said.says("direction", word(link.direction));
        said.says("says", link.says);
        said.says("source", link.source);
        said.cites("cite", link.cite);
    });
    let warnings: Vec<_> = response.warnings().collect();
    said.each("warnings", &warnings, |said, warning| {
        said.says("code", warning.code);
        said.says("text", warning.text);
        said.says("says", warning.says);
        said.cites("cite", Some(warning.cite));
        let codes: Vec<u16> = warning.codes.iter().map(|code| code.get()).collect();
        said.says("codes", codes);
    });
    said.says("travels", word(response.travels));
    let http = response.http.as_ref();
    match http {
        None => said.says("http", None::<&str>),
        Some(http) => {
            let said = said.key("http");
            said.says("phrase", http.phrase);
            said.says("kin", word(http.kin));
        }
    }
}

pub(crate) fn assert_comparison(said: &Said<'_>, comparison: &Comparison) {
    said.each("codes", &comparison.responses, |said, response| {
        assert_eq!(*said.value, json!(response.code.get()), "{}", said.at);
    });
    let numbers = |codes: &[StatusCode]| -> Vec<u16> { codes.iter().map(|c| c.get()).collect() };
    said.says("family", comparison.family.map(|family| family.id));
    said.says("pair", comparison.pair.map(|pair| pair.id));
    said.says("question", comparison.question());
    said.each("mistakes", &comparison.mistakes, |said, mistake| {
        said.says("of", numbers(&mistake.of));
        said.says("says", mistake.says);
        said.says("why", mistake.why);
        said.all_cited("cites", &mistake.cites);
    });
    let tested = comparison.when_to_use.iter();
    let tested: Vec<_> = tested.filter(|advice| advice.test.is_some()).collect();
    said.each("tests", &tested, |said, advice| {
        said.says("code", advice.code.get());
        said.says("says", advice.test);
    });
    said.says("in_short", &*comparison.in_short);
    said.each("key_differences", &comparison.differences, |said, other| {
        said.says("topic", other.topic);
        said.says("says", other.says());
        said.says("codes", numbers(&other.codes()));
        said.all_cited("cites", &other.cites());
        said.each("clauses", &other.clauses, |said, clause| {
            said.says("says", &*clause.says);
            said.says("codes", numbers(&clause.codes));
            said.all_cited("cites", &clause.cites);
        });
    });
    said.each("rows", &comparison.rows, |said, row| {
        said.says("name", row.name);
        let values: Vec<&str> = row.values.iter().map(AsRef::as_ref).collect();
        said.says("values", values);
        said.says("differs", row.differs);
    });
    said.each("when_to_use", &comparison.when_to_use, |said, advice| {
        said.says("code", advice.code.get());
        said.says("send", &*advice.send);
        said.says("received", &*advice.received);
    });
    said.each("learn_more", &comparison.learn_more, |said, cite| {
        said.is_citation(*cite);
    });
}
