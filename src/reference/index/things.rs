//! The things that words are found in: phrases, symptoms, names, and the sentences of the pages.

use super::super::field::{SubCode, Topic};
use super::super::form::Sentence;
use super::super::join::Joined;
use super::super::model::Response;
use super::super::normal::words;
use super::super::tables::Tables;
use super::super::terms::{Sense, terms};
use super::super::vocabulary::{Matter, PageSection};

/// Something with words in it, and where it stands.
pub(super) struct Thing {
    /// The entry: a place among the responses, behind them the topics, and behind these the products.
    owner: usize,
    pub(super) matter: Matter,
    section: PageSection,
    /// The place among the items of the section.
    item: usize,
    pub(super) text: String,
    /// What is shown of it, where that is not the text.
    shown: Option<String>,
}

impl Thing {
    /// Returns its row in the tables.
    pub(super) fn row(&self, weight: u32, tables: &mut Tables) -> String {
        let owner = self.owner;
        let text = tables.text(self.shown.as_ref().unwrap_or(&self.text));
        let words: Vec<String> = words(&self.text).collect();
        let terms = terms(&words);
        let has_span = terms.iter().any(|term| term.sense == Sense::Span);
        let (matter, section) = (self.matter, self.section);
        let item = self.item.min(u8::MAX.into());
        let weight = weight.min(u16::MAX.into());
        format!(
            "Thing {{ owner: Owner({owner}), matter: Matter::{matter:?}, section: PageSection::{section:?}, \
            item: {item}, weight: {weight}, has_span: {has_span}, text: {text} }}"
        )
    }
}

/// Returns everything that words are found in, an entry after the other.
pub(super) fn things(joined: &Joined) -> Vec<Thing> {
    let mut things = Things::default();
    for response in &joined.responses {
        things.response(response);
        things.owner += 1;
    }
    for topic in &joined.topics {
        things.topic(topic);
        things.owner += 1;
    }
    for product in &joined.products {
        things.name(Matter::Name, 0, &product.name);
        let own = product.subcodes.iter().filter(|row| row.code.is_none());
        for (item, row) in own.enumerate() {
            things.subcode(PageSection::Sent, item, row);
        }
        things.owner += 1;
    }
    things.all
}

#[derive(Default)]
struct Things {
    all: Vec<Thing>,
    owner: usize,
}

impl Things {
    fn add(&mut self, matter: Matter, section: PageSection, item: usize, text: &str) {
        self.all.push(Thing {
            owner: self.owner,
            matter,
            section,
            item,
            text: text.to_owned(),
            shown: None,
        });
    }

    fn name(&mut self, matter: Matter, item: usize, text: &str) {
        self.add(matter, PageSection::Head, item, text);
    }

    fn texts<'a>(&mut self, section: PageSection, texts: impl Iterator<Item = &'a Sentence>) {
        for (item, Sentence(text)) in texts.enumerate() {
            self.add(Matter::Text, section, item, text);
        }
    }

    /// Adds several texts as one, of which the first is shown.
    fn joint(&mut self, section: PageSection, item: usize, texts: &[&str]) {
        self.add(Matter::Text, section, item, &texts.join(" "));
        let first = texts.first().map(|text| (*text).to_owned());
        self.all.last_mut().expect("it was added").shown = first;
    }

    fn response(&mut self, page: &Response) {
        if let Some(phrase) = &page.phrase {
            self.name(Matter::Phrase, 0, phrase);
        }
        for (item, symptom) in page.symptoms.iter().enumerate() {
            self.name(Matter::Symptom, item, symptom);
        }
        self.add(Matter::Text, PageSection::Head, 0, &page.summary);
        self.texts(PageSection::Description, page.meaning.iter());
        self.texts(PageSection::Seen, page.seen.iter());
        for (item, fix) in page.fix.iter().enumerate() {
            let texts = [&fix.cause, &fix.check.0, &fix.remedy.0];
            self.joint(PageSection::Fix, item, &texts.map(String::as_str));
        }
        let related = page.related.iter().map(|row| &row.says);
        self.texts(PageSection::Confused, related);
        let sent = page.use_when.iter().chain(&page.received);
        self.texts(PageSection::Send, sent);
        self.texts(PageSection::Who, page.sent_by.iter().map(|row| &row.says));
        for (item, row) in page.headers.iter().enumerate() {
            let when = row.when.as_deref().unwrap_or_default();
            self.joint(PageSection::Headers, item, &[&row.says.0, &row.name, when]);
        }
        self.texts(PageSection::Next, page.retry.iter().map(|row| &row.says));
        self.texts(
            PageSection::Branches,
            page.forking.iter().map(|row| &row.says),
        );
        self.texts(PageSection::Dialog, page.dialog.iter().map(|row| &row.says));
        for (item, row) in page.made_up.get().into_iter().flatten().enumerate() {
            self.add(Matter::Text, PageSection::Local, item, &row.event);
        }
        let phrases = page.phrases.get().map_or(&[][..], Vec::as_slice);
        for (item, row) in phrases.iter().enumerate() {
            self.add(Matter::Sent, PageSection::Sent, item, &row.sent);
            self.add(Matter::Text, PageSection::Sent, item, &row.means);
        }
        for (item, row) in page.subcodes.get().into_iter().flatten().enumerate() {
            self.subcode(PageSection::Sent, phrases.len() + item, row);
        }
    }

    fn subcode(&mut self, section: PageSection, item: usize, row: &SubCode) {
        let text = row.text.as_deref().unwrap_or_default();
        let said = format!("{} {text}", row.subcode);
        self.add(Matter::SubCode, section, item, said.trim());
        self.add(Matter::Text, section, item, &row.means);
    }

    fn topic(&mut self, topic: &Topic) {
        self.name(Matter::Name, 0, &topic.name);
        for (item, alias) in topic.aliases.iter().enumerate() {
            self.name(Matter::Alias, item, alias);
        }
        for (item, symptom) in topic.symptoms.iter().enumerate() {
            self.name(Matter::Symptom, item, symptom);
        }
        self.add(Matter::Text, PageSection::Head, 0, &topic.summary);
        let meaning = topic.meaning.iter().map(|row| &row.says);
        self.texts(PageSection::Description, meaning);
        self.texts(PageSection::Check, topic.check.iter().map(|row| &row.says));
        self.texts(PageSection::Codes, topic.codes.iter().map(|row| &row.says));
        let related = topic.related.iter().map(|row| &row.says);
        self.texts(PageSection::Confused, related);
    }
}
