//! What is looked for in a page: a text that was typed there, or the words of a query that led to it.

/// What is looked for, and how far one is in what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought {
    /// In small letters, with one blank between words.
    pub texts: Vec<String>,
    /// Whether it is found as it is; words of a query stand for their other forms too.
    pub as_it_is: bool,
    /// Whether it was typed in the page, and does not come from a query.
    pub is_typed: bool,
    /// The number of the match that one is at.
    pub at: Option<usize>,
}

impl Sought {
    /// Looks for a text as it is; one that is blank is none.
    pub(super) fn typed(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let text = words.join(" ").to_lowercase();
        (!text.is_empty()).then(|| Self {
            texts: vec![text],
            as_it_is: true,
            is_typed: true,
            at: None,
        })
    }

    /// Looks for the words of a query, or else for what the item is about to which the query led.
    pub(super) fn words(words: &[String], subject: Option<&str>) -> Option<Self> {
        let as_it_is = words.is_empty();
        let words = words.iter().map(String::as_str);
        let texts = words.chain(subject.filter(|_| as_it_is));
        let texts: Vec<String> = texts.map(str::to_lowercase).collect();
        (!texts.is_empty()).then_some(Self {
            texts,
            as_it_is,
            is_typed: false,
            at: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_capitals_make_no_difference() {
        let sought = Sought::typed("  Retry   After ").expect("a text");
        assert_eq!(sought.texts, ["retry after"]);
        assert_eq!(Sought::typed("   "), None);
        assert_eq!(Sought::words(&[], None), None);
    }
}
