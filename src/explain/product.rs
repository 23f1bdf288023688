//! What products mean by their phrases and numbers, by the tables of the reference.

use super::facts::Facts;
use super::words::{alike, clause, plain_words, quoted, text};
use crate::catalog::{self, Phrase, SubCode};
use crate::message::METHODS;

/// Shorter texts stand in many places by chance.
const TELLING: usize = 8;
/// Numbers of products have so many digits.
const DIGITS: usize = 5;

/// Returns what the phrase, or a header field that a product has for it, means there.
pub(super) fn phrase(facts: &Facts<'_>) -> Option<String> {
    let page = facts.page?;
    let rows = page.phrases.iter().filter(|row| is_sent(facts, row));
    let rows = rows.filter(|row| fits_method(facts, row));
    let (mut all, others): (Vec<&Phrase>, Vec<&Phrase>) =
        rows.partition(|row| method_of(row).is_some());
    all.extend(others);
    if all.is_empty() {
        return None;
    }
    let own = |row: &&&Phrase| is_of(facts, &row.product);
    // Who names itself as a product that has tables does not speak as another one.
    let agent = plain_words(&facts.agent);
    let mut products = catalog::products().iter();
    let is_known = products.any(|product| names(&agent, &product.name));
    let row = all.iter().find(own).or_else(|| {
        let mut rows = all.iter().filter(|_| !is_known);
        rows.find(|row| is_telling(facts, row))
    })?;
    let means = without_registry(&row.means);
    let sent = quoted(&row.sent);
    let product = &row.product;
    if let Some(means) = means.strip_prefix("the code misleads: ") {
        let code = page.code;
        return Some(format!(
            "{sent} of {product} tells the cause and the code {code} does not: {means}"
        ));
    }
    Some(match means.strip_prefix("misleads: ") {
        Some(means) => format!("the phrase {sent} misleads, in {product}: {means}"),
        None => format!("{sent} of {product} means: {means}"),
    })
}

/// Returns what a phrase means, without what the registry has in its place: the title says that.
fn without_registry(means: &str) -> &str {
    means
        .split_once("; the registry has ")
        .map_or(means, |(means, _)| means)
}

/// Returns whether a message has what a product sends.
fn is_sent(facts: &Facts<'_>, row: &Phrase) -> bool {
    let sent = row.sent.as_str();
    if alike(sent, &facts.phrase) {
        // The words of the registry tell a product only by their letters.
        return facts.own_phrase().is_some() || sent == facts.phrase;
    }
    if let Some((name, value)) = sent.split_once(": ") {
        let fields = facts.message.all(name);
        return fields
            .into_iter()
            .any(|field| has(&text(field.value), value));
    }
    let has_cause = |(_, value): &(_, &[u8])| alike(sent, &text(value));
    // One or two words of another text say nothing of who wrote it.
    let is_sentence = sent.split(' ').count() > 2;
    let has_text = |words: &&[u8]| {
        let words = text(words);
        sent.len() >= TELLING && (alike(sent, &words) || is_sentence && has(&words, sent))
    };
    let mut texts = facts.reasons.iter().filter_map(|(reason, _)| reason.text);
    facts.reasons.iter().any(has_cause)
        || texts.any(|words| has_text(&words))
        || facts
            .warnings
            .iter()
            .filter_map(|warning| warning.text)
            .any(|words| has_text(&words))
}

/// Returns whether what was sent tells the product by itself: it is neither the usual phrase nor a single word.
fn is_telling(facts: &Facts<'_>, row: &Phrase) -> bool {
    let sent = row.sent.as_str();
    let usual = facts.page.is_some_and(|page| alike(page.phrase(), sent));
    !usual && sent.len() >= TELLING && facts.own_phrase().is_some()
        || sent.contains(": ")
        || sent.contains(";cause=")
}

/// Words that many of them have in their names.
const COMMON: [&str; 6] = ["ims", "pbx", "product", "rfc", "sip", "voip"];

/// Returns whether the sender calls itself as a product is called: by its first word, or the first two where that is common.
pub(super) fn is_of(facts: &Facts<'_>, product: &str) -> bool {
    let (agent, name) = (plain_words(&facts.agent), plain_words(product));
    match name.as_slice() {
        [first, second, ..] if COMMON.contains(&first.as_str()) => agent
            .windows(2)
            .any(|words| words[0] == *first && words[1] == *second),
        [first, ..] => agent.iter().any(|word| word.starts_with(first.as_str())),
        [] => false,
    }
}

/// Returns whether the method that is answered is the one that a row is about, if it is about one.
fn fits_method(facts: &Facts<'_>, row: &Phrase) -> bool {
    method_of(row).is_none_or(|method| facts.method.is_empty() || facts.is(method))
}

/// Returns the method that the meaning of a row begins with.
fn method_of(row: &Phrase) -> Option<&'static str> {
    let means = row.means.as_str();
    let words = ["answer to a ", "to a ", "to an ", "a ", "an "];
    let behind = words.iter().find_map(|words| means.strip_prefix(words))?;
    let first = behind.split([' ', ',', ':']).next()?;
    METHODS.into_iter().find(|method| *method == first)
}

/// Returns whether a word of what the sender calls itself is the name of a product; a short one is of many.
fn names(agent: &[String], product: &str) -> bool {
    let first = plain_words(product).into_iter().next();
    first.is_some_and(|name| name.len() > 3 && agent.contains(&name))
}

/// The texts of a message in which products write numbers of their own.
struct Texts {
    /// In small letters.
    small: Vec<String>,
    words: Vec<Vec<String>>,
}

impl Texts {
    fn of(facts: &Facts<'_>) -> Self {
        let reasons = facts.reasons.iter().filter_map(|(reason, _)| reason.text);
        let warnings = facts.warnings.iter().filter_map(|warning| warning.text);
        let told = facts.told.iter().map(|(_, value)| value.clone());
        let phrase = [facts.phrase.clone()].into_iter();
        let all = phrase.chain(reasons.chain(warnings).map(text)).chain(told);
        let (words, small) = all
            .map(|text| (plain_words(&text), text.to_lowercase()))
            .unzip();
        Self { small, words }
    }

    fn any_word(&self, fits: impl Fn(&String) -> bool) -> bool {
        self.words.iter().flatten().any(fits)
    }
}

/// Returns what a number or word of a product beside the code means.
pub(super) fn number(facts: &Facts<'_>) -> Option<String> {
    let texts = Texts::of(facts);
    let of_page = facts.page.into_iter().flat_map(|page| page.subcodes);
    let of_products = catalog::products()
        .iter()
        .flat_map(|product| product.subcodes);
    let all = of_page.chain(of_products);
    let fitting = all.filter(|row| row.code.is_none_or(|code| code.get() == facts.code()));
    let rows: Vec<&SubCode> = fitting.collect();
    let ways: [fn(&SubCode, &Facts<'_>, &Texts) -> bool; 4] =
        [is_text, is_number, is_suffix, is_range];
    let mut found = ways
        .iter()
        .filter_map(|is_it| rows.iter().find(|row| is_it(row, facts, &texts)));
    let row = found.next()?;
    if row.subcode.starts_with('(') {
        let (sent, means) = (quoted(&facts.phrase), clause(&row.means));
        return Some(format!("{sent} of {}: {means}", row.product));
    }
    let text = row.text.map(|text| format!(" ({})", quoted(&text)));
    let text = text
        .filter(|_| !row.subcode.contains(' '))
        .unwrap_or_default();
    Some(format!(
        "{}{text} of {}: {}",
        row.subcode,
        row.product,
        clause(&row.means)
    ))
}

/// Returns whether a text of the message holds the words of a row.
fn is_text(row: &SubCode, facts: &Facts<'_>, texts: &Texts) -> bool {
    let usual = facts.page.map_or("", |page| page.phrase());
    row.telling.iter().any(|words| {
        let mut texts = texts.small.iter();
        texts.any(|text| text.contains(words.as_str())) && !words.eq_ignore_ascii_case(usual)
    })
}

fn is_number(row: &SubCode, facts: &Facts<'_>, texts: &Texts) -> bool {
    let number = row.subcode.as_str();
    if row.seen == "end of the phrase" {
        return facts.phrase.split_whitespace().next_back() == Some(number);
    }
    let is_long = number.len() >= DIGITS && number.bytes().all(|byte| byte.is_ascii_digit());
    let in_field = facts.told.iter().any(|(name, value)| {
        let is_named = || row.seen.to_lowercase().contains(&name.to_lowercase());
        first_word(value) == number && (is_long || is_named())
    });
    in_field || is_long && row.is_seen && texts.any_word(|word| word == number)
}

/// Returns whether the phrase ends with the number that a proxy writes there, as `(7/SL)`; several proxies do, and tell
/// themselves by their name or by the words before it.
fn is_suffix(row: &SubCode, facts: &Facts<'_>, _: &Texts) -> bool {
    let Some((words, suffix)) = facts.phrase.rsplit_once(' ') else {
        return false;
    };
    let mut numbers = row.subcode.split(", ");
    let says = row
        .text
        .and_then(|text| Some(text.as_str().split_once(": ")?.1));
    suffix.starts_with('(')
        && numbers.any(|number| number == suffix)
        && (is_of(facts, &row.product) || says.is_some_and(|says| alike(says, words)))
}

/// Returns whether a number of the message is one of those that a row stands for: `D10-D17`, `560xxx`.
fn is_range(row: &SubCode, facts: &Facts<'_>, texts: &Texts) -> bool {
    let range = row.subcode.as_str();
    if let Some((first, last)) = range.split_once('-') {
        let letter = |text: &str| text.chars().next().filter(char::is_ascii_alphabetic);
        let number = |text: &str| text.get(1..).and_then(|digits| digits.parse::<u16>().ok());
        let word = facts
            .phrase
            .split_whitespace()
            .next_back()
            .unwrap_or_default();
        let is_alike = letter(word).is_some() && letter(word) == letter(first);
        let bounds = number(first).zip(number(last)).zip(number(word));
        return is_alike
            && bounds.is_some_and(|((first, last), own)| (first..=last).contains(&own));
    }
    let fits = |word: &String| {
        let mut signs = word.chars().zip(range.chars());
        word.len() == range.len()
            && signs.all(|(own, sign)| own == sign || sign == 'x' && own.is_ascii_digit())
    };
    range.len() > DIGITS && range.ends_with("xxx") && texts.any_word(fits)
}

fn first_word(value: &str) -> &str {
    let apart = |letter: char| letter == ';' || letter == ',' || letter.is_whitespace();
    value.split(apart).next().unwrap_or_default()
}

fn has(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(&part.to_lowercase())
}
