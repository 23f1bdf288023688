//! What `cause`, `warn` and `timer` print: the page, fact by fact.

use serde::Serialize;

use crate::catalog::{
    CauseClass, Citation, CodeLink, Direction, Kindred, List, Look, Mapped, Statement, Text,
    TimerValue, Topic, TopicKind,
};

#[derive(Serialize)]
pub(super) struct TopicForm {
    kind: TopicKind,
    /// That of a cause or warn-code.
    number: Option<u16>,
    /// That of a timer.
    name: Option<Text>,
    title: Text,
    summary: Text,
    value: Option<Text>,
    class: Option<&'static CauseClass>,
    aliases: List<Text>,
    named: Option<&'static Statement>,
    meaning: List<Statement>,
    codes: Vec<CodeForm>,
    round_trip: Option<Text>,
    products: List<Mapped>,
    values: List<TimerValue>,
    look: List<Look>,
    check: List<Statement>,
    related: List<Kindred>,
    cites: List<Citation>,
}

#[derive(Serialize)]
struct CodeForm {
    code: u16,
    direction: Direction,
    says: Text,
    cites: Vec<Citation>,
    source: Option<Text>,
}

impl From<&'static Topic> for TopicForm {
    fn from(topic: &'static Topic) -> Self {
        let number = topic.number();
        Self {
            kind: topic.kind,
            number,
            name: number.is_none().then_some(topic.id),
            title: topic.name,
            summary: topic.summary,
            value: topic.value,
            class: topic.class.as_ref(),
            aliases: topic.aliases,
            named: topic.named.as_ref(),
            meaning: topic.meaning,
            codes: topic.gateway.iter().chain(topic.codes).map(code).collect(),
            round_trip: topic.round_trip,
            products: topic.products,
            values: topic.values,
            look: topic.look,
            check: topic.check,
            related: topic.related,
            cites: topic.references,
        }
    }
}

fn code(link: &CodeLink) -> CodeForm {
    CodeForm {
        code: link.code.get(),
        direction: link.direction,
        says: link.says,
        cites: link.cite.into_iter().collect(),
        source: link.source,
    }
}
