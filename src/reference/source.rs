//! The asset files as they are written, before any check.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};

use super::vocabulary::{
    DialogEffect, Kin, Place, Status, Strength, Travels, UNREGISTERED, Verdict,
};

/// Everything below `assets` that describes responses.
#[derive(Clone, Default)]
pub(crate) struct Source {
    pub(crate) registry: Vec<Registered>,
    /// Title of a section, by citation ("3261 21.4.24").
    pub(crate) sections: BTreeMap<String, String>,
    /// Pages of registered codes, with the file name of each.
    pub(crate) pages: Vec<(String, Page)>,
    /// Pages of codes that no registry has.
    pub(crate) unregistered: Vec<(String, Page)>,
    pub(crate) families: Vec<(String, Family)>,
    pub q850: Q850,
    pub(crate) vendors: Vec<Vendor>,
    pub(crate) warnings: Warnings,
    pub(crate) classes: Classes,
    pub(crate) http: Vec<Http>,
}

#[derive(Clone)]
pub(crate) struct Registered {
    pub(crate) code: u16,
    pub(crate) phrase: String,
    pub(crate) defined: String,
    pub(crate) status: Status,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Page {
    pub(crate) code: u16,
    pub(crate) phrase: String,
    /// None in the word of a page for what the registry does not have.
    #[serde(deserialize_with = "status")]
    pub(crate) status: Option<Status>,
    pub(crate) defined: Option<String>,
    /// Where a code is defined that no RFC has: product, file, version.
    #[serde(default)]
    pub(crate) sources: Vec<String>,
    #[serde(default)]
    pub(crate) travels: Travels,
    pub(crate) summary: String,
    pub(crate) meaning: Vec<String>,
    pub(crate) seen: Vec<String>,
    pub(crate) use_when: String,
    pub(crate) symptoms: Vec<String>,
    pub(crate) references: Vec<String>,
    pub(crate) example: Option<String>,
    pub(crate) fix: Vec<Fix>,
    pub(crate) sent_by: Vec<Sender>,
    #[serde(default)]
    pub(crate) headers: Vec<Header>,
    pub(crate) retry: Vec<Retry>,
    pub(crate) forking: Vec<Forking>,
    pub(crate) dialog: Vec<Dialog>,
    pub(crate) related: Vec<Related>,
    #[serde(default)]
    pub(crate) flow: Vec<Step>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fix {
    pub(crate) cause: String,
    pub(crate) check: String,
    pub(crate) remedy: String,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sender {
    pub(crate) who: String,
    pub(crate) methods: Vec<String>,
    #[serde(default)]
    pub(crate) except: Vec<String>,
    pub(crate) says: String,
    /// None where the statement rests on the sources of the page.
    pub(crate) cite: Option<String>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) strength: Strength,
    #[serde(rename = "where")]
    pub(crate) place: Place,
    pub(crate) when: Option<String>,
    pub(crate) says: String,
    pub(crate) cite: String,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Retry {
    pub(crate) verdict: Verdict,
    pub(crate) says: String,
    pub(crate) cite: String,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Forking {
    pub(crate) says: String,
    pub(crate) cite: String,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Dialog {
    pub(crate) effect: DialogEffect,
    pub(crate) says: String,
    pub(crate) cite: String,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Related {
    pub(crate) code: u16,
    pub(crate) says: String,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Step {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) message: String,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Family {
    pub(crate) id: String,
    pub(crate) codes: Vec<u16>,
    pub(crate) question: String,
    pub(crate) in_short: String,
    pub(crate) differences: Vec<Difference>,
    pub(crate) tests: Vec<Test>,
    pub(crate) advice: Vec<Advice>,
    pub(crate) mistakes: Vec<Mistake>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Difference {
    pub(crate) topic: String,
    /// Groups of codes: the difference lies between codes of different groups.
    pub(crate) groups: Vec<Vec<u16>>,
    pub(crate) clauses: Vec<Clause>,
    pub(crate) cite: Option<String>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Clause {
    pub(crate) of: Vec<u16>,
    pub(crate) says: String,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Test {
    pub(crate) code: u16,
    pub(crate) says: String,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Advice {
    pub(crate) code: u16,
    pub(crate) send: String,
    pub(crate) received: String,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mistake {
    pub(crate) of: Vec<u16>,
    pub(crate) says: String,
    pub(crate) why: String,
    pub(crate) cite: Option<String>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Q850 {
    pub(crate) unlisted: Unlisted,
    pub(crate) cause: Vec<Cause>,
    pub(crate) to_isdn: Vec<ToIsdn>,
    pub(crate) to_sip: Vec<ToSip>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cause {
    pub(crate) number: u16,
    pub(crate) name: String,
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
    pub(crate) cite: String,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ToSip {
    pub(crate) cause: u16,
    pub(crate) code: u16,
    pub(crate) when: Option<String>,
    pub(crate) cite: String,
}

impl Q850 {
    pub(crate) fn has_cause(&self, number: u16) -> bool {
        self.cause.iter().any(|cause| cause.number == number)
    }
}

/// What RFC 3398 has for codes and causes that its tables leave out.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Unlisted {
    /// The cause of a failure that is not listed, with a remark.
    pub(crate) cause: u16,
    pub(crate) first: String,
    pub(crate) cause_cite: String,
    /// Codes that are listed as having no cause.
    pub(crate) without_cause: Vec<u16>,
    /// The code of a cause that is not listed.
    pub(crate) code: u16,
    pub(crate) code_cite: String,
}

#[derive(Clone)]
pub(crate) struct Vendor {
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

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Warning {
    pub(crate) code: u16,
    pub(crate) text: String,
    pub(crate) says: String,
    pub(crate) cite: String,
    pub(crate) codes: Vec<u16>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Classes {
    pub(crate) class: Vec<Class>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Class {
    pub(crate) digit: u16,
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) says: String,
    pub(crate) defined: String,
    pub(crate) unknown: String,
    pub(crate) cite: String,
    pub(crate) retry: Retry,
    pub(crate) forking: Forking,
    /// What becomes of the other branches, in a few words.
    pub(crate) others: String,
    pub(crate) dialog: Dialog,
}

#[derive(Clone)]
pub(crate) struct Http {
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
                    defined: format!("{rfc} {section}"),
                    status: word(status)?,
                })
            },
        )?,
        sections: rows(&assets.join("rfc-sections.tsv"), |[rfc, section, title]| {
            Ok((format!("{rfc} {section}"), title.to_owned()))
        })?
        .into_iter()
        .collect(),
        pages: folder(&assets.join("responses"))?,
        unregistered: folder(&assets.join("unregistered"))?,
        families: folder(&assets.join("families"))?,
        q850: file(&assets.join("q850.toml"))?,
        vendors: rows(
            &assets.join("vendors.tsv"),
            |[product, version, direction, code, cause, name]| {
                Ok(Vendor {
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
        )?,
        warnings: file(&assets.join("warnings.toml"))?,
        classes: file(&assets.join("classes.toml"))?,
        http: rows(&assets.join("http.tsv"), |[code, phrase, kin]| {
            Ok(Http {
                code: number(code)?,
                phrase: phrase.into(),
                kin: word(kin)?,
            })
        })?,
    })
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

/// Reads tab-separated rows; `#` starts a remark and the first row that is none is the heading.
fn rows<T, const N: usize>(
    path: &Path,
    row: impl Fn([&str; N]) -> Result<T, String>,
) -> Result<Vec<T>, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.starts_with('#'))
        .skip(1)
        .map(|(index, line)| {
            let fields: Vec<_> = line.split('\t').collect();
            <[&str; N]>::try_from(fields)
                .map_err(|fields| format!("{} fields where {N} belong", fields.len()))
                .and_then(&row)
                .map_err(|error| format!("{}:{}: {error}", path.display(), index + 1))
        })
        .collect()
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.parse()
        .map_err(|_| format!("{text:?} is no number that fits"))
}

fn status<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Status>, D::Error> {
    let text = String::deserialize(from)?;
    if text == UNREGISTERED {
        return Ok(None);
    }
    word(&text).map(Some).map_err(D::Error::custom)
}

fn word<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    use serde::de::IntoDeserializer;
    let text: serde::de::value::StrDeserializer<'_, serde::de::value::Error> =
        text.into_deserializer();
    T::deserialize(text).map_err(|error| error.to_string())
}
