//! The asset files as they are written, before any check.

pub(crate) mod field;
mod rows;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::field::{CauseClass, Location, SubCode, TimerValue, Topic};
use super::form::Citation;
use super::model::{Check, ClassRule, CommonField, Erratum, Family, Pattern, Response, Warning};
use super::vocabulary::{Kin, Status, TopicKind};
use field::{LookRow, MadeUpRow, PhraseRow, RouteRow};
use rows::{number, rows, word};

/// Everything below `assets` that describes responses.
#[derive(Clone, Default)]
pub(crate) struct Source {
    pub(crate) registry: Vec<Registered>,
    /// The sections that are cited, by citation ("3261 21.4.24").
    pub(crate) sections: BTreeMap<String, SectionRow>,
    pub(crate) errata: Vec<ErratumRow>,
    /// Citations of sections with sub-sections whose own opening text has been looked at.
    pub(crate) openings: BTreeMap<String, String>,
    /// Pages of registered codes, with the file name of each.
    pub(crate) pages: Vec<(String, Response)>,
    /// Pages of codes that no registry has.
    pub(crate) unregistered: Vec<(String, Response)>,
    pub(crate) families: Vec<(String, Family)>,
    /// Families of two codes each, which pages call confused.
    pub(crate) pairs: Vec<(String, Family)>,
    pub(crate) q850: Q850,
    pub(crate) vendors: Vec<VendorRow>,
    pub(crate) warnings: Warnings,
    pub(crate) classes: Classes,
    pub(crate) checks: Vec<(String, Checks)>,
    pub(crate) patterns: Vec<(String, Patterns)>,
    pub(crate) http: Vec<HttpRow>,
    pub(crate) made_up: Vec<MadeUpRow>,
    pub(crate) routes: Vec<RouteRow>,
    pub(crate) phrases: Vec<PhraseRow>,
    pub(crate) subcodes: Vec<SubCode>,
    pub(crate) timer_values: Vec<TimerValue>,
    pub(crate) look: Vec<LookRow>,
    pub(crate) cause_classes: Vec<CauseClass>,
    pub(crate) locations: Vec<Location>,
    /// Causes, warn-codes and timers, in their order.
    pub(crate) topics: Vec<TopicFile>,
}

/// A topic, with what its folder and the name of its file say.
#[derive(Clone)]
pub(crate) struct TopicFile {
    pub(crate) kind: TopicKind,
    pub(crate) id: String,
    pub(crate) topic: Topic,
}

#[derive(Clone)]
pub(crate) struct Registered {
    pub(crate) code: u16,
    pub(crate) phrase: String,
    pub(crate) defined: Citation,
    pub(crate) status: Status,
}

#[derive(Clone)]
pub(crate) struct SectionRow {
    pub(crate) title: String,
    /// The number of its sub-sections.
    pub(crate) parts: u16,
}

/// An erratum of a section that is cited.
#[derive(Clone)]
pub(crate) struct ErratumRow {
    pub(crate) section: Citation,
    pub(crate) erratum: Erratum,
}

#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Q850 {
    pub(crate) unlisted: Unlisted,
    pub(crate) to_isdn: Vec<ToIsdn>,
    pub(crate) to_sip: Vec<ToSip>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ToIsdn {
    pub(crate) code: u16,
    pub(crate) cause: u16,
    pub(crate) when: Option<String>,
    /// What the gateway should do before it gives up and sends the cause.
    pub(crate) first: Option<String>,
    /// The code that comes back, where a condition of `to_sip` is known to hold.
    pub(crate) back: Option<u16>,
    pub(crate) cite: Citation,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ToSip {
    pub(crate) cause: u16,
    pub(crate) code: u16,
    pub(crate) when: Option<String>,
    pub(crate) cite: Citation,
}

impl Source {
    /// Returns the cause, warn-code or timer of a number or name.
    pub(crate) fn topic(&self, kind: TopicKind, id: &str) -> Option<&Topic> {
        let mut files = self.topics.iter();
        let file = files.find(|file| file.kind == kind && file.id == id);
        file.map(|file| &file.topic)
    }

    pub(crate) fn cause(&self, number: u16) -> Option<&Topic> {
        self.topic(TopicKind::Cause, &number.to_string())
    }
}

/// What RFC 3398 has for codes and causes that its tables leave out.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Unlisted {
    /// The cause of a failure that is not listed, with a remark.
    pub(crate) cause: u16,
    pub(crate) first: String,
    pub(crate) cause_cite: Citation,
    /// Codes that are listed as having no cause.
    pub(crate) without_cause: Vec<u16>,
    /// Causes that stay inside the gateway.
    pub(crate) without_code: Vec<u16>,
    /// The code of a cause that is not listed.
    pub(crate) code: u16,
    pub(crate) code_cite: Citation,
}

#[derive(Clone)]
pub(crate) struct VendorRow {
    pub(crate) product: String,
    pub(crate) version: String,
    pub(crate) to_isdn: bool,
    pub(crate) codes: VendorCodes,
    /// None stands for all causes that have no row of their own.
    pub(crate) cause: Option<u16>,
    pub(crate) name: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum VendorCodes {
    One(u16),
    /// The codes of a class that have no row of their own.
    OthersOf(u16),
}

#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Warnings {
    pub(crate) warning: Vec<Warning>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Classes {
    pub(crate) class: Vec<ClassRule>,
    pub(crate) common: Vec<CommonField>,
}

/// Rules of one kind, which messages are held against.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Checks {
    pub(crate) check: Vec<Check>,
}

/// What calls are held against, of one family.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Patterns {
    pub(crate) pattern: Vec<Pattern>,
}

#[derive(Clone)]
pub(crate) struct HttpRow {
    pub(crate) code: u16,
    pub(crate) phrase: String,
    pub(crate) kin: Kin,
}

/// Reads every asset file below `assets`; the error names the file, and the field where TOML does.
pub(crate) fn read(assets: &Path) -> Result<Source, String> {
    Ok(Source {
        registry: rows(
            &assets.join("registry.tsv"),
            |[code, phrase, rfc, section, status]| {
                Ok(Registered {
                    code: number(code)?,
                    phrase: phrase.into(),
                    defined: Citation(format!("{rfc} {section}")),
                    status: word(status)?,
                })
            },
        )?,
        sections: sections(assets)?,
        errata: errata(assets)?,
        openings: rows(&assets.join("rfc-openings.tsv"), |[rfc, section, says]| {
            Ok((format!("{rfc} {section}"), says.to_owned()))
        })?
        .into_iter()
        .collect(),
        pages: folder(&assets.join("responses"))?,
        unregistered: folder(&assets.join("unregistered"))?,
        families: folder(&assets.join("families"))?,
        pairs: folder(&assets.join("pairs"))?,
        q850: file(&assets.join("q850.toml"))?,
        vendors: vendors(assets)?,
        made_up: field::made_up(assets)?,
        routes: field::routes(assets)?,
        phrases: field::phrases(assets)?,
        subcodes: field::subcodes(assets)?,
        timer_values: field::timer_values(assets)?,
        look: field::look(assets)?,
        cause_classes: field::cause_classes(assets)?,
        locations: field::locations(assets)?,
        topics: topics(assets)?,
        warnings: file(&assets.join("warnings.toml"))?,
        classes: file(&assets.join("classes.toml"))?,
        checks: folder(&assets.join("checks"))?,
        patterns: folder(&assets.join("patterns"))?,
        http: rows(&assets.join("http.tsv"), |[code, phrase, kin]| {
            Ok(HttpRow {
                code: number(code)?,
                phrase: phrase.into(),
                kin: word(kin)?,
            })
        })?,
    })
}

fn vendors(assets: &Path) -> Result<Vec<VendorRow>, String> {
    rows(
        &assets.join("vendors.tsv"),
        |[product, version, direction, code, cause, name]| {
            Ok(VendorRow {
                product: product.into(),
                version: version.into(),
                to_isdn: match direction {
                    "to-isdn" => true,
                    "from-isdn" => false,
                    other => return Err(format!("no direction {other:?}")),
                },
                codes: match code.strip_suffix("xx") {
                    Some(class) => VendorCodes::OthersOf(number(class)?),
                    None => VendorCodes::One(number(code)?),
                },
                cause: match cause {
                    "other" => None,
                    cause => Some(number(cause)?),
                },
                name: name.into(),
            })
        },
    )
}

fn topics(assets: &Path) -> Result<Vec<TopicFile>, String> {
    let mut topics = Vec::new();
    for kind in [TopicKind::Cause, TopicKind::Warning, TopicKind::Timer] {
        let files = folder::<Topic>(&assets.join(kind.folder()))?;
        topics.extend(files.into_iter().map(|(name, topic)| TopicFile {
            kind,
            id: name.trim_end_matches(".toml").to_owned(),
            topic,
        }));
    }
    // Numbers by their value, then names.
    topics.sort_by_key(|file| {
        let number = file.id.parse::<u16>().unwrap_or(u16::MAX);
        (file.kind, number, file.id.len() > 2, file.id.clone())
    });
    Ok(topics)
}

fn errata(assets: &Path) -> Result<Vec<ErratumRow>, String> {
    rows(
        &assets.join("errata.tsv"),
        |[rfc, section, id, status, says]| {
            Ok(ErratumRow {
                section: Citation(format!("{rfc} {section}")),
                erratum: Erratum {
                    number: number(id)?,
                    status: word(status)?,
                    says: says.into(),
                },
            })
        },
    )
}

fn sections(assets: &Path) -> Result<BTreeMap<String, SectionRow>, String> {
    let rows = rows(
        &assets.join("rfc-sections.tsv"),
        |[rfc, section, title, parts]| {
            let row = SectionRow {
                title: title.into(),
                parts: number(parts)?,
            };
            Ok((format!("{rfc} {section}"), row))
        },
    )?;
    Ok(rows.into_iter().collect())
}

/// Reads one page, family or table as TOML.
pub(crate) fn parse<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    toml::from_str(text).map_err(|error| error.to_string())
}

fn file<T: DeserializeOwned>(path: &Path) -> Result<T, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    parse(&text).map_err(|error| format!("{}: {error}", path.display()))
}

fn folder<T: DeserializeOwned>(path: &Path) -> Result<Vec<(String, T)>, String> {
    let entries = fs::read_dir(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut names: Vec<_> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| Path::new(name).extension().is_some_and(|end| end == "toml"))
        .collect();
    names.sort();
    names
        .into_iter()
        .map(|name| Ok((name.clone(), file(&path.join(&name))?)))
        .collect()
}
