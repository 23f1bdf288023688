//! Writes the entry of one response.

use super::super::message;
use super::super::normal::{plain, telling, words};
use super::super::source::{Dialog, Forking, Page, Retry};
use super::super::vocabulary::NEXT_SYMPTOM;
use super::rust::{Rust, list, structure};
use super::{Tables, code};

/// Returns the telling words of a symptom as they are compared.
pub(super) fn symptom_words(symptom: &str) -> Vec<String> {
    let words = telling(&words(symptom).collect::<Vec<_>>());
    words.iter().map(|word| plain(word).to_owned()).collect()
}

impl Tables<'_> {
    pub(super) fn page(&self, page: &Page) -> String {
        let number = page.code.to_string();
        let fields = [
            ("code", code(page.code)),
            ("phrase", page.phrase.rust()),
            ("standing", self.standing(page)),
            ("travels", format!("Travels::{:?}", page.travels)),
            ("summary", page.summary.rust()),
            ("meaning", page.meaning.rust()),
            ("seen", page.seen.rust()),
            (
                "fix",
                list(&page.fix, |fix| {
                    format!(
                        "Fix {{ cause: {}, check: {}, remedy: {} }}",
                        fix.cause.rust(),
                        fix.check.rust(),
                        fix.remedy.rust()
                    )
                }),
            ),
            ("use_when", format!("Some({})", page.use_when.rust())),
            (
                "sent_by",
                list(&page.sent_by, |sender| {
                    format!(
                        "Sender {{ who: {}, methods: {}, except: {}, says: {}, cite: {} }}",
                        sender.who.rust(),
                        sender.methods.rust(),
                        sender.except.rust(),
                        sender.says.rust(),
                        self.optional_cite(sender.cite.as_ref())
                    )
                }),
            ),
            (
                "headers",
                list(&page.headers, |header| {
                    format!(
                        "HeaderField {{ name: {}, strength: Strength::{:?}, place: Place::{:?}, \
                         when: {}, says: {}, cite: {} }}",
                        header.name.rust(),
                        header.strength,
                        header.place,
                        header.when.rust(),
                        header.says.rust(),
                        self.cite(&header.cite)
                    )
                }),
            ),
            ("retry", list(&page.retry, |retry| self.retry(retry))),
            (
                "forking",
                list(&page.forking, |forking| self.forking(forking)),
            ),
            ("dialog", list(&page.dialog, |dialog| self.dialog(dialog))),
            ("isdn", self.isdn(page.code)),
            ("vendors", self.vendors(page.code)),
            (
                "related",
                list(&page.related, |related| {
                    format!(
                        "Related {{ code: {}, says: {} }}",
                        code(related.code),
                        related.says.rust()
                    )
                }),
            ),
            ("symptoms", page.symptoms.join("\n").rust()),
            ("symptom_words", self.symptom_words(&page.symptoms)),
            (
                "example",
                page.example.as_ref().map(|text| message::wire(text)).rust(),
            ),
            (
                "flow",
                list(&page.flow, |step| {
                    format!(
                        "Step {{ from: {}, to: {}, message: {}, marked: {} }}",
                        step.from.rust(),
                        step.to.rust(),
                        step.message.rust(),
                        step.message.starts_with(&number)
                    )
                }),
            ),
            ("references", list(&page.references, |cite| self.cite(cite))),
            ("http", self.http(page.code)),
        ];
        structure("Response", &fields)
    }

    fn standing(&self, page: &Page) -> String {
        match (page.status, &page.defined) {
            (Some(status), Some(defined)) => format!(
                "Standing::Registered {{ defined: {}, status: Status::{status:?} }}",
                self.cite(defined)
            ),
            (_, defined) => format!(
                "Standing::Field {{ defined: {}, sources: {} }}",
                self.optional_cite(defined.as_ref()),
                page.sources.rust()
            ),
        }
    }

    /// Returns the words of symptoms by their numbers in the vocabulary.
    fn symptom_words(&self, symptoms: &[String]) -> String {
        let number = |word: &String| {
            let number = self.vocabulary.binary_search(word);
            u16::try_from(number.expect("every word")).expect("a few thousand words")
        };
        let numbers = symptoms.iter().map(|symptom| {
            let words = symptom_words(symptom);
            words.iter().map(number).collect::<Vec<u16>>()
        });
        let numbers: Vec<_> = numbers.collect();
        format!("&{:?}", numbers.join(&NEXT_SYMPTOM))
    }

    pub(super) fn retry(&self, retry: &Retry) -> String {
        format!(
            "Retry {{ verdict: Verdict::{:?}, says: {}, cite: {} }}",
            retry.verdict,
            retry.says.rust(),
            self.cite(&retry.cite)
        )
    }

    pub(super) fn forking(&self, forking: &Forking) -> String {
        format!(
            "Forking {{ says: {}, cite: {} }}",
            forking.says.rust(),
            self.cite(&forking.cite)
        )
    }

    pub(super) fn dialog(&self, dialog: &Dialog) -> String {
        format!(
            "Dialog {{ effect: DialogEffect::{:?}, says: {}, cite: {} }}",
            dialog.effect,
            dialog.says.rust(),
            self.cite(&dialog.cite)
        )
    }
}
