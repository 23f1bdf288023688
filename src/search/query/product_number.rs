//! Numbers and words that products have in place of a code: 560486, 170488, 0x486, D35. They lead to their code, and
//! say whose they are.

use super::around;
use super::reading::{Kind, Reading};
use crate::catalog::{Entry, Product, StatusCode, SubCode, products, response};

/// What a number of a product leads to.
pub(super) struct Found {
    pub(super) entry: Entry,
    pub(super) why: String,
    /// Where it stands.
    pub(super) at: usize,
    /// Whether no table has it, and only its end is a code.
    pub(super) is_end: bool,
}

/// From this length on, a number of a table is hardly anything else.
const LONG: usize = 5;
const CODE_LENGTH: usize = 3;

/// Returns what the numbers of products in a text lead to, each once.
pub(super) fn found(reading: &Reading<'_>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for at in reading.left() {
        let Some((written, length)) = written(reading, at) else {
            continue;
        };
        let is_sure = is_alone(reading, at, length)
            || around::is_told(reading, at)
            || around::is_bracketed(reading, at);
        let is_long = length > 1 || written.len() >= LONG;
        if !is_sure && !is_long && !names_a_product(reading, &written) {
            continue;
        }
        let of_products = of_products(&written, at);
        let none = of_products.is_empty();
        // A short number may also be a code with a figure before it.
        let is_short = written.len() == CODE_LENGTH + 1;
        let no_code = is_short && of_products.iter().all(|found| found.entry.code().is_none());
        found.extend(of_products);
        if (none || no_code) && is_sure && length == 1 {
            found.extend(by_its_end(&written, at));
        }
    }
    found.dedup_by(|one, other| one.entry == other.entry);
    found
}

/// Returns what a value is that a product writes behind Reason, with its protocol.
pub(super) fn written_so(value: &str) -> Option<(Entry, String)> {
    let row = rows().find(|row| row.subcode.eq_ignore_ascii_case(value))?;
    let code = row.code.map(|code| Entry::from(response(code)));
    Some((code.or_else(|| product(row))?, why(row, value, row.code)))
}

/// Returns a number, or a letter or "0x" with one, as a product writes it, and of how many pieces it is.
fn written(reading: &Reading<'_>, at: usize) -> Option<(String, usize)> {
    let is_free = |first: usize, last: usize| {
        around::is_free_before(reading, first)
            && (around::is_free_behind(reading, last) || reading.sign(last + 1) == Some('/'))
            && !around::belongs_to_another(reading, first)
            && !around::is_counted(reading, first, 1)
    };
    match reading.kind(at)? {
        Kind::Digits if reading.word(at) == "0" => {
            let is_hex = reading.is_any(at + 1, "x") && reading.is_glued(at + 1);
            let digits = reading
                .digits(at + 2)
                .filter(|_| is_hex && reading.is_glued(at + 2))?;
            Some((format!("0x{digits}"), 3))
        }
        Kind::Digits => {
            let digits = reading.word(at);
            let is_code = digits.parse::<StatusCode>().is_ok();
            let is_long = (CODE_LENGTH..=6).contains(&digits.len());
            (is_long && !is_code && is_free(at, at)).then(|| (digits.to_owned(), 1))
        }
        // "D35" in capitals, as carriers write it at the end of a phrase.
        Kind::Letters if reading.word(at).len() == 1 => {
            let letter = reading
                .word(at)
                .chars()
                .next()
                .filter(char::is_ascii_uppercase)?;
            let digits = reading
                .digits(at + 1)
                .filter(|_| reading.is_glued(at + 1))?;
            let is_free = !reading.is_glued(at) && around::is_free_behind(reading, at + 1);
            (is_free && digits.len() < 3).then(|| (format!("{letter}{digits}"), 2))
        }
        Kind::Letters | Kind::Sign(_) => None,
    }
}

/// Returns whether some pieces are all that is left of a text, but for signs.
fn is_alone(reading: &Reading<'_>, at: usize, length: usize) -> bool {
    let mut left = reading.left();
    left.all(|other| (at..at + length).contains(&other) || reading.sign(other).is_some())
}

/// Returns whether a text names a product that has a number of that writing.
fn names_a_product(reading: &Reading<'_>, written: &str) -> bool {
    let mut rows = rows().filter(|row| fits(row, written));
    rows.any(|row| {
        let name = row
            .product
            .split([' ', '(', '-'])
            .next()
            .unwrap_or_default();
        let mut places = 0..reading.len();
        places.any(|at| reading.is_any(at, name))
    })
}

fn rows() -> impl Iterator<Item = &'static SubCode> {
    products().iter().flat_map(|product| product.subcodes)
}

/// Returns what a number leads to by the tables. Rows that have it come before those that have its form only.
fn of_products(written: &str, at: usize) -> Vec<Found> {
    let fitting = |exact: bool| {
        let rows = rows().filter(move |row| (*row.subcode == *written) == exact);
        rows.filter(|row| fits(row, written))
    };
    let mut found: Vec<Found> = Vec::new();
    for row in fitting(true).chain(fitting(false)) {
        let code = code_in(row, written);
        let entry = match code {
            Some(code) => Some(Entry::from(response(code))),
            None => product(row),
        };
        let Some(entry) = entry else { continue };
        let why = why(row, written, code);
        match found.iter_mut().find(|other| other.entry == entry) {
            None => found.push(Found {
                entry,
                why,
                at,
                is_end: false,
            }),
            Some(other) if code.is_some() => other.why = together(&other.why, &why),
            Some(_) => {}
        }
    }
    found
}

/// Joins what two rows say of a number: two products that add it in the same way are named together.
fn together(one: &str, other: &str) -> String {
    let (whose, said) = one.split_once(": ").unwrap_or((one, ""));
    match other.split_once(": ") {
        Some((others, _)) if one.starts_with(others) => one.to_owned(),
        Some((others, same)) if same == said => format!("{whose}, {others}: {said}"),
        _ => format!("{one}; {other}"),
    }
}

/// Returns whether a row has a number, or its form.
fn fits(row: &SubCode, written: &str) -> bool {
    *row.subcode == *written || by_form(row, written).is_some() || is_within(row, written)
}

/// Returns the code to which a row leads a number that fits it.
fn code_in(row: &SubCode, written: &str) -> Option<StatusCode> {
    if *row.subcode == *written {
        return row.code;
    }
    by_form(row, written).or(row.code)
}

/// Returns the code in a number of the form "560xxx" or "170000 + code".
fn by_form(row: &SubCode, written: &str) -> Option<StatusCode> {
    if let Some(prefix) = row.subcode.strip_suffix("xxx") {
        return written.strip_prefix(prefix)?.parse().ok();
    }
    let base: u32 = row.subcode.strip_suffix(" + code")?.parse().ok()?;
    let code = written.parse::<u32>().ok()?.checked_sub(base)?;
    StatusCode::new(u16::try_from(code).ok()?).ok()
}

/// Returns whether a row has a range that a number is in: "D25-D29", "171000-171999".
fn is_within(row: &SubCode, written: &str) -> bool {
    let number = |text: &str| -> Option<(bool, u32)> {
        let digits = text.strip_prefix('D');
        Some((digits.is_some(), digits.unwrap_or(text).parse().ok()?))
    };
    let Some((first, last)) = row.subcode.split_once('-') else {
        return false;
    };
    match [first, last, written].map(number) {
        [Some(first), Some(last), Some(number)] => {
            first.0 == number.0 && (first.1..=last.1).contains(&number.1)
        }
        _ => false,
    }
}

/// Returns the product of a row.
fn product(row: &SubCode) -> Option<Entry> {
    Product::of(row.product).map(Entry::from)
}

/// Says whose a number is, and what it is there.
fn why(row: &SubCode, written: &str, code: Option<StatusCode>) -> String {
    let product = row.product;
    if *row.subcode == *written || code == row.code {
        let text = row.text.unwrap_or(row.means);
        return format!("{product} {written}: {text}");
    }
    let code = code.map_or(String::new(), |code| code.to_string());
    match row.subcode.strip_suffix("xxx") {
        Some(prefix) if row.means.contains("SBC") => {
            format!("{product}: {prefix} + the {code} of the SBC")
        }
        Some(prefix) => format!("{product}: {prefix} + the code {code}"),
        None => {
            let base = row.subcode.split(' ').next().unwrap_or_default();
            format!("{product}: {base} + the code {code}")
        }
    }
}

/// Returns the code in which a number ends that no table has, as those of products often do.
fn by_its_end(written: &str, at: usize) -> Option<Found> {
    let start = written
        .len()
        .checked_sub(CODE_LENGTH)
        .filter(|start| *start > 0)?;
    let code: StatusCode = written.get(start..)?.parse().ok()?;
    let response = response(code);
    response.is_written().then(|| Found {
        entry: Entry::from(response),
        why: format!("{written} is no response code; it ends in {code}, as numbers of products do"),
        at,
        is_end: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> (u16, String) {
        let found = found(&Reading::of(text));
        let first = found.into_iter().next();
        first.map_or((0, String::new()), |found| {
            let code = found.entry.code().map_or(1, StatusCode::get);
            (code, found.why)
        })
    }

    #[test]
    fn a_number_of_a_product_leads_to_its_code_and_says_whose_it_is() {
        for (text, code, says) in [
            ("560486", 486, "Microsoft Teams Direct Routing"),
            ("CallEndSubReason 560486 x", 486, "560 + the 486 of the SBC"),
            ("status=170488", 488, "PJSIP: 170000 + the code 488"),
            ("0x486", 486, "Siemens Gigaset"),
            ("171100", 401, "PJSIP 171100: PJSIP_EFAILEDCREDENTIAL"),
            ("D35", 403, "Telnyx D35"),
            ("D11 x", 403, "Telnyx D11"),
            ("171001", 1, "PJSIP 171001: PJSIP_EBUSY"),
            ("1603", 603, "1603 is no response code; it ends in 603"),
            ("error 31486", 486, "ends in 486"),
            ("1408", 1, "3CX"),
        ] {
            let (found, why) = first(text);
            assert_eq!(found, code, "{text}: {why}");
            assert!(why.contains(says), "{text}: {why}");
        }
    }

    #[test]
    fn other_numbers_are_none_of_a_product() {
        for text in [
            "port 5060 is used",
            "at 2026-11-22 x",
            "5060",
            "+49 560486",
            "x.c:10037",
            "took 10037 ms",
            "from 10.0.0.1:4000 x",
            "486",
            "12486 calls today",
            "h264",
        ] {
            assert_eq!(first(text).0, 0, "{text}");
        }
    }
}
