//! Writes the entry of one response.

use super::super::message;
use super::super::source::{Dialog, Forking, Page, Registered, Retry};
use super::rust::{Rust, list, structure};
use super::{Tables, code};

impl Tables<'_> {
    pub(super) fn page(&self, page: &Page) -> String {
        let number = page.code.to_string();
        let fields = [
            ("code", code(page.code)),
            ("phrase", page.phrase.rust()),
            ("status", format!("Status::{:?}", page.status)),
            ("defined", self.optional_cite(page.defined.as_ref())),
            ("written", "true".into()),
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
                        "Sender {{ who: {}, methods: {}, says: {}, cite: {} }}",
                        sender.who.rust(),
                        sender.methods.rust(),
                        sender.says.rust(),
                        self.cite(&sender.cite)
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
            ("symptoms", page.symptoms.rust()),
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

    /// A registered code whose page is still to be written: what its class says of it.
    pub(super) fn page_to_come(&self, row: &Registered) -> String {
        let class = &self.source.classes.class[usize::from(row.code / 100) - 1];
        let empty = || "&[]".to_owned();
        let fields = [
            ("code", code(row.code)),
            ("phrase", row.phrase.rust()),
            ("status", format!("Status::{:?}", row.status)),
            ("defined", self.optional_cite(Some(&row.defined))),
            ("written", "false".into()),
            ("travels", "Travels::EndToEnd".into()),
            ("summary", "Registered; its page is to come".rust()),
            (
                "meaning",
                vec![class.says.clone(), class.unknown.clone()].rust(),
            ),
            ("seen", empty()),
            ("fix", empty()),
            ("use_when", "None".into()),
            ("sent_by", empty()),
            ("headers", empty()),
            ("retry", format!("&[{}]", self.retry(&class.retry))),
            ("forking", format!("&[{}]", self.forking(&class.forking))),
            ("dialog", empty()),
            ("isdn", self.isdn(row.code)),
            ("vendors", self.vendors(row.code)),
            ("related", empty()),
            ("symptoms", empty()),
            ("example", "None".into()),
            ("flow", empty()),
            ("references", format!("&[{}]", self.cite(&class.cite))),
            ("http", self.http(row.code)),
        ];
        structure("Response", &fields)
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
            "Dialog {{ effect: Effect::{:?}, says: {}, cite: {} }}",
            dialog.effect,
            dialog.says.rust(),
            self.cite(&dialog.cite)
        )
    }
}
