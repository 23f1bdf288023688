//! The texts and citations of a page, each with the name of its field.

use super::Page;

pub(super) type Field<'a> = (String, &'a str);

/// Returns one field of each element of a list, named `list[0].field` and so on.
fn each<'a, T>(
    list: &str,
    elements: &'a [T],
    field: &str,
    text: impl Fn(&'a T) -> &'a str,
) -> Vec<Field<'a>> {
    let dot = if field.is_empty() { "" } else { "." };
    let name = |i| format!("{list}[{i}]{dot}{field}");
    elements
        .iter()
        .enumerate()
        .map(|(i, element)| (name(i), text(element)))
        .collect()
}

/// Returns every text of a page with the name of its field.
pub(super) fn texts(page: &Page) -> Vec<Field<'_>> {
    let mut texts = vec![
        ("phrase".into(), &*page.phrase),
        ("summary".into(), &page.summary),
    ];
    texts.extend(each("sources", &page.sources, "", |source| source));
    texts.extend(each("symptoms", &page.symptoms, "", |symptom| symptom));
    texts.extend(each("fix", &page.fix, "cause", |fix| &fix.cause));
    texts.extend(each("sent_by", &page.sent_by, "who", |sender| &sender.who));
    for sender in &page.sent_by {
        texts.extend(each("sent_by.methods", &sender.methods, "", |method| {
            method
        }));
        texts.extend(each("sent_by.except", &sender.except, "", |method| method));
    }
    texts.extend(each("headers", &page.headers, "name", |header| {
        &header.name
    }));
    texts.extend(each("headers", &page.headers, "when", |header| {
        header.when.as_deref().unwrap_or("-")
    }));
    texts.extend(each("flow", &page.flow, "from", |step| &step.from));
    texts.extend(each("flow", &page.flow, "to", |step| &step.to));
    texts.extend(each("flow", &page.flow, "message", |step| &step.message));
    texts.extend(sentences(page));
    texts
}

/// Returns the texts of a page that are whole sentences.
pub(super) fn sentences(page: &Page) -> Vec<Field<'_>> {
    let mut sentences = vec![("use_when".into(), &*page.use_when)];
    sentences.extend(each("meaning", &page.meaning, "", |text| text));
    sentences.extend(each("seen", &page.seen, "", |text| text));
    sentences.extend(each("fix", &page.fix, "check", |fix| &fix.check));
    sentences.extend(each("fix", &page.fix, "remedy", |fix| &fix.remedy));
    sentences.extend(each("sent_by", &page.sent_by, "says", |sender| {
        &sender.says
    }));
    sentences.extend(each("headers", &page.headers, "says", |header| {
        &header.says
    }));
    sentences.extend(each("retry", &page.retry, "says", |retry| &retry.says));
    sentences.extend(each("forking", &page.forking, "says", |forking| {
        &forking.says
    }));
    sentences.extend(each("dialog", &page.dialog, "says", |dialog| &dialog.says));
    sentences.extend(each("related", &page.related, "says", |related| {
        &related.says
    }));
    sentences
}

pub(super) fn citations(page: &Page) -> Vec<Field<'_>> {
    let mut citations = Vec::new();
    citations.extend(page.defined.as_deref().map(|cite| ("defined".into(), cite)));
    citations.extend(each("references", &page.references, "", |cite| cite));
    let senders = each("sent_by", &page.sent_by, "cite", |sender| {
        sender.cite.as_deref().unwrap_or_default()
    });
    let sourced = !page.sources.is_empty();
    citations.extend(
        senders
            .into_iter()
            .filter(|(_, cite)| !(sourced && cite.is_empty())),
    );
    citations.extend(each("headers", &page.headers, "cite", |header| {
        &header.cite
    }));
    citations.extend(each("retry", &page.retry, "cite", |retry| &retry.cite));
    citations.extend(each("forking", &page.forking, "cite", |forking| {
        &forking.cite
    }));
    citations.extend(each("dialog", &page.dialog, "cite", |dialog| &dialog.cite));
    citations
}
