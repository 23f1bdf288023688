//! How a filter is written, in words.

/// How a filter is written, and what it finds.
pub(super) struct Notation {
    /// The name, a colon, a value.
    pub(super) example: &'static str,
    pub(super) takes: &'static str,
    pub(super) finds: &'static str,
}

impl Notation {
    pub(super) fn name(&self) -> &'static str {
        let named = self.example.split_once(':');
        named.map_or(self.example, |(name, _)| name)
    }

    /// Returns what belongs after the colon, in words.
    pub(super) fn usage(&self) -> String {
        let (name, takes, example) = (self.name(), self.takes, self.example);
        format!("{name}: takes {takes}, such as {example}")
    }
}
