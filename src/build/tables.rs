//! Writes the checked reference as Rust statics, so that the program parses nothing.
//! What is derived (round trips, joins of tables) is worked out here too.

mod round_trip;
mod rust;

use std::fmt::Write;

use super::message;
use round_trip::round_trip;
use rust::{Rust, list, structure};

use super::source::{Class, Family, Page, Registered, Source};

fn code(code: u16) -> String {
    format!("StatusCode::of({code})")
}

/// Returns the source text of the static tables. The reference must have passed `check`.
pub(crate) fn write(source: &Source) -> String {
    let tables = Tables { source };
    let mut out = String::new();
    let mut responses: Vec<(u16, String)> = source
        .registry
        .iter()
        .map(|row| {
            let page = source.pages.iter().find(|(_, page)| page.code == row.code);
            let text = match page {
                Some((_, page)) => tables.page(page),
                None => tables.page_to_come(row),
            };
            (row.code, text)
        })
        .chain(
            source
                .unregistered
                .iter()
                .map(|(_, page)| (page.code, tables.page(page))),
        )
        .collect();
    responses.sort();
    let mut table = |name: &str, kind: &str, entries: Vec<String>| {
        let count = entries.len();
        let entries = entries.join(",\n");
        writeln!(
            out,
            "pub(super) static {name}: [{kind}; {count}] = [\n{entries}\n];"
        )
        .expect("a String takes every text");
    };
    table(
        "RESPONSES",
        "Response",
        responses.into_iter().map(|(_, text)| text).collect(),
    );
    table(
        "FAMILIES",
        "Family",
        source
            .families
            .iter()
            .map(|(_, family)| tables.family(family))
            .collect(),
    );
    table(
        "CLASSES",
        "ClassRule",
        source
            .classes
            .class
            .iter()
            .map(|c| tables.class(c))
            .collect(),
    );
    table("WARNINGS", "Warning", tables.warnings());
    table(
        "CAUSES",
        "Cause",
        source
            .q850
            .cause
            .iter()
            .map(|cause| {
                format!(
                    "Cause {{ number: {}, name: {} }}",
                    cause.number,
                    cause.name.rust()
                )
            })
            .collect(),
    );
    out
}

struct Tables<'a> {
    source: &'a Source,
}

impl Tables<'_> {
    fn cite(&self, citation: &str) -> String {
        let (rfc, section) = citation.split_once(' ').unwrap_or((citation, ""));
        let title = &self.source.sections[citation];
        format!(
            "Citation {{ rfc: {rfc}, section: {}, title: {} }}",
            section.rust(),
            title.rust()
        )
    }

    fn page(&self, page: &Page) -> String {
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
    fn page_to_come(&self, row: &Registered) -> String {
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
            ("dialog", format!("&[{}]", self.dialog(&class.dialog))),
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

    fn retry(&self, retry: &super::source::Retry) -> String {
        format!(
            "Retry {{ verdict: Verdict::{:?}, says: {}, cite: {} }}",
            retry.verdict,
            retry.says.rust(),
            self.cite(&retry.cite)
        )
    }

    fn forking(&self, forking: &super::source::Forking) -> String {
        format!(
            "Forking {{ says: {}, cite: {} }}",
            forking.says.rust(),
            self.cite(&forking.cite)
        )
    }

    fn dialog(&self, dialog: &super::source::Dialog) -> String {
        format!(
            "Dialog {{ effect: Effect::{:?}, says: {}, cite: {} }}",
            dialog.effect,
            dialog.says.rust(),
            self.cite(&dialog.cite)
        )
    }

    fn optional_cite(&self, citation: Option<&String>) -> String {
        citation.map_or("None".into(), |citation| {
            format!("Some({})", self.cite(citation))
        })
    }

    fn cause(&self, number: u16) -> String {
        let cause = self
            .source
            .q850
            .cause
            .iter()
            .find(|cause| cause.number == number);
        cause
            .map(|cause| cause.name.as_str())
            .unwrap_or_default()
            .rust()
    }

    fn isdn(&self, of: u16) -> String {
        let q850 = &self.source.q850;
        let mapping = |cause: u16, when: &Option<String>, first: &Option<String>, cite: &str| {
            format!(
                "Mapping {{ cause: {cause}, name: {}, when: {}, first: {}, cite: {} }}",
                self.cause(cause),
                when.rust(),
                first.rust(),
                self.cite(cite)
            )
        };
        let to: Vec<_> = q850
            .to_isdn
            .iter()
            .filter(|row| row.code == of)
            .map(|row| mapping(row.cause, &row.when, &row.first, &row.cite))
            .collect();
        let from: Vec<_> = q850
            .to_sip
            .iter()
            .filter(|row| row.code == of)
            .map(|row| mapping(row.cause, &row.when, &None, &row.cite))
            .collect();
        format!(
            "Isdn {{ to: &[{}], from: &[{}], round_trip: {} }}",
            to.join(", "),
            from.join(", "),
            round_trip(q850, of).rust()
        )
    }

    fn vendors(&self, of: u16) -> String {
        let mut products: Vec<(&str, &str)> = Vec::new();
        let rows = || self.source.vendors.iter().filter(move |row| row.code == of);
        for row in rows() {
            if !products.iter().any(|(product, _)| *product == row.product) {
                products.push((&row.product, &row.version));
            }
        }
        list(&products, |(product, version)| {
            let causes = |to_isdn: bool| {
                let causes: Vec<_> = rows()
                    .filter(|row| row.product == *product && row.to_isdn == to_isdn)
                    .map(|row| {
                        format!(
                            "Cause {{ number: {}, name: {} }}",
                            row.cause,
                            row.name.rust()
                        )
                    })
                    .collect();
                format!("&[{}]", causes.join(", "))
            };
            format!(
                "Vendor {{ product: {}, version: {}, to: {}, from: {} }}",
                product.rust(),
                version.rust(),
                causes(true),
                causes(false)
            )
        })
    }

    fn http(&self, of: u16) -> String {
        self.source
            .http
            .iter()
            .find(|row| row.code == of)
            .map_or("None".into(), |row| {
                format!(
                    "Some(Http {{ phrase: {}, kin: Kin::{:?} }})",
                    row.phrase.rust(),
                    row.kin
                )
            })
    }

    fn family(&self, family: &Family) -> String {
        let codes = |codes: &Vec<u16>| list(codes, |c| code(*c));
        let fields = [
            ("id", family.id.rust()),
            ("codes", codes(&family.codes)),
            ("question", family.question.rust()),
            ("in_short", family.in_short.rust()),
            (
                "differences",
                list(&family.differences, |difference| {
                    format!(
                        "FamilyDifference {{ groups: {}, says: {}, cite: {} }}",
                        list(&difference.codes, codes),
                        difference.says.rust(),
                        self.optional_cite(difference.cite.as_ref())
                    )
                }),
            ),
            (
                "tests",
                list(&family.tests, |test| {
                    format!(
                        "Related {{ code: {}, says: {} }}",
                        code(test.code),
                        test.says.rust()
                    )
                }),
            ),
            (
                "advice",
                list(&family.advice, |advice| {
                    format!(
                        "Advice {{ code: {}, send: {}, received: {} }}",
                        code(advice.code),
                        advice.send.rust(),
                        advice.received.rust()
                    )
                }),
            ),
            (
                "mistakes",
                list(&family.mistakes, |mistake| {
                    format!(
                        "Mistake {{ says: {}, cite: {} }}",
                        mistake.says.rust(),
                        self.optional_cite(mistake.cite.as_ref())
                    )
                }),
            ),
        ];
        structure("Family", &fields)
    }

    fn class(&self, class: &Class) -> String {
        let fields = [
            ("name", class.name.rust()),
            ("title", class.title.rust()),
            ("says", class.says.rust()),
            ("defined", self.cite(&class.defined)),
            ("unknown", class.unknown.rust()),
            ("cite", self.cite(&class.cite)),
            ("retry", self.retry(&class.retry)),
            ("forking", self.forking(&class.forking)),
            ("dialog", self.dialog(&class.dialog)),
        ];
        structure("ClassRule", &fields)
    }

    fn warnings(&self) -> Vec<String> {
        self.source
            .warnings
            .warning
            .iter()
            .map(|warning| {
                structure(
                    "Warning",
                    &[
                        ("code", warning.code.rust()),
                        ("text", warning.text.rust()),
                        ("says", warning.says.rust()),
                        ("cite", self.cite(&warning.cite)),
                        ("codes", list(&warning.codes, |c| code(*c))),
                    ],
                )
            })
            .collect()
    }
}
