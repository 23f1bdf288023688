//! What a query asks for without the word that is still being typed.

use super::filter::Kind;
use super::query::Query;
use super::words;

impl Query {
    /// Returns what is asked for without the name of a filter that is being typed, and what belongs behind it.
    pub(super) fn without_beginning(mut self) -> Option<Self> {
        const SHORTEST: usize = 2;
        let typed = self
            .words
            .last()
            .filter(|word| self.is_typed && word.len() >= SHORTEST)?;
        self.remark = Some(Kind::begins(typed)?.usage());
        self.words.pop();
        self.is_typed = false;
        Some(self)
    }

    /// Returns what is asked for without the word that is being typed, as long as it is none that is known.
    pub(super) fn without_last(mut self) -> Option<Self> {
        let typed = self.words.pop().filter(|_| self.is_typed)?;
        if self.has_methods() || words::stands_in_reference(&typed) {
            return None;
        }
        self.is_typed = false;
        (!self.words.is_empty()).then_some(self)
    }
}
