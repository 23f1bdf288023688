//! Writes the checked reference as Rust statics, so that the program parses nothing.
//! What is derived (round trips, joins of tables) is worked out here too.

mod page;
mod round_trip;
mod rust;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write;

use round_trip::{round_trip, to_isdn};
use rust::{Rust, list, structure};

use super::source::{Class, Family, Source, Vendor, VendorCodes};

fn code(code: u16) -> String {
    format!("StatusCode::of({code})")
}

/// Returns the source text of the static tables. The reference must have passed `check`.
pub(crate) fn write(source: &Source) -> String {
    let pages = || source.pages.iter().chain(&source.unregistered);
    let symptoms = pages().flat_map(|(_, page)| &page.symptoms);
    let vocabulary: BTreeSet<String> = symptoms
        .flat_map(|symptom| page::symptom_words(symptom))
        .collect();
    let tables = Tables {
        source,
        vocabulary: vocabulary.into_iter().collect(),
    };
    let mut out = String::new();
    let mut responses: Vec<(u16, String)> = pages()
        .map(|(_, page)| (page.code, tables.page(page)))
        .collect();
    responses.sort();
    writeln!(
        out,
        "pub(super) static VOCABULARY: &str = {};",
        tables.vocabulary.join("\n").rust()
    )
    .expect("a String takes every text");
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
    table("SECTIONS", "Section", tables.sections());
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

/// Returns the causes of a product's rows that name one.
fn causes(rows: &[&Vendor]) -> String {
    let causes: Vec<_> = rows
        .iter()
        .filter_map(|row| {
            let number = row.cause?;
            Some(format!(
                "Cause {{ number: {number}, name: {} }}",
                row.name.rust()
            ))
        })
        .collect();
    format!("&[{}]", causes.join(", "))
}

struct Tables<'a> {
    source: &'a Source,
    /// Every word of a symptom, in order.
    vocabulary: Vec<String>,
}

impl Tables<'_> {
    fn cite(&self, citation: &str) -> String {
        let mut citations = self.source.sections.keys();
        let place = citations.position(|other| other == citation);
        format!("Citation({})", place.expect("the check has found it"))
    }

    fn sections(&self) -> Vec<String> {
        let sections = self.source.sections.iter().map(|(citation, title)| {
            let (rfc, section) = citation.split_once(' ').unwrap_or((citation, ""));
            format!(
                "Section {{ rfc: {rfc}, number: {}, title: {} }}",
                section.rust(),
                title.rust()
            )
        });
        sections.collect()
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
        let mapping = |cause: u16,
                       listed: bool,
                       when: &Option<String>,
                       first: &Option<String>,
                       cite: &str| {
            format!(
                "Mapping {{ cause: {cause}, name: {}, listed: {listed}, when: {}, first: {}, \
                 cite: {} }}",
                self.cause(cause),
                when.rust(),
                first.rust(),
                self.cite(cite)
            )
        };
        let to: Vec<_> = to_isdn(q850, of)
            .iter()
            .map(|row| {
                let listed = matches!(row, Cow::Borrowed(_));
                mapping(row.cause, listed, &row.when, &row.first, &row.cite)
            })
            .collect();
        let from: Vec<_> = q850
            .to_sip
            .iter()
            .filter(|row| row.code == of)
            .map(|row| mapping(row.cause, true, &row.when, &None, &row.cite))
            .collect();
        let unlisted = (q850.unlisted.code == of).then_some(&q850.unlisted.code_cite);
        format!(
            "Isdn {{ to: &[{}], from: &[{}], from_others: {}, round_trip: {} }}",
            to.join(", "),
            from.join(", "),
            self.optional_cite(unlisted),
            round_trip(q850, of).rust()
        )
    }

    fn vendors(&self, of: u16) -> String {
        let rows = &self.source.vendors;
        let mut products: Vec<(&str, &str)> = Vec::new();
        for row in rows {
            if !products.iter().any(|(product, _)| *product == row.product) {
                products.push((&row.product, &row.version));
            }
        }
        let products: Vec<String> = products
            .into_iter()
            .filter_map(|(product, version)| {
                let find = |to_isdn: bool, codes: VendorCodes| -> Vec<&Vendor> {
                    rows.iter()
                        .filter(|row| row.product == product && row.to_isdn == to_isdn)
                        .filter(|row| row.codes == codes)
                        .collect()
                };
                let mut to = find(true, VendorCodes::One(of));
                let by_default = to.is_empty();
                if by_default {
                    to = find(true, VendorCodes::OthersOf(of / 100));
                }
                let from = find(false, VendorCodes::One(of));
                (!to.is_empty() || !from.is_empty()).then(|| {
                    let fields = [
                        ("product", product.rust()),
                        ("version", version.rust()),
                        ("to", causes(&to)),
                        ("to_by_default", (by_default && !to.is_empty()).to_string()),
                        ("from", causes(&from)),
                        (
                            "from_others",
                            from.iter().any(|row| row.cause.is_none()).to_string(),
                        ),
                    ];
                    structure("Vendor", &fields)
                })
            })
            .collect();
        format!("&[{}]", products.join(", "))
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
                        "FamilyDifference {{ topic: {}, groups: {}, clauses: {}, cite: {} }}",
                        difference.topic.rust(),
                        list(&difference.groups, codes),
                        list(&difference.clauses, |clause| format!(
                            "Clause {{ of: {}, says: {} }}",
                            codes(&clause.of),
                            clause.says.rust()
                        )),
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
                        "Mistake {{ of: {}, says: {}, why: {}, cite: {} }}",
                        codes(&mistake.of),
                        mistake.says.rust(),
                        mistake.why.rust(),
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
            ("others", class.others.rust()),
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
