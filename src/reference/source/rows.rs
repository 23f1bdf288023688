//! Tab-separated tables.

use std::fs;
use std::path::Path;
use std::str::FromStr;

use serde::de::value::{Error, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};

/// Reads tab-separated rows; `#` starts a remark and the first row that is none is the heading.
pub(super) fn rows<T, const N: usize>(
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

pub(super) fn number<T: FromStr>(text: &str) -> Result<T, String> {
    text.parse()
        .map_err(|_| format!("{text:?} is no number that fits"))
}

pub(super) fn word<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    let text: StrDeserializer<'_, Error> = text.into_deserializer();
    T::deserialize(text).map_err(|error| error.to_string())
}
