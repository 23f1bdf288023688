//! What was found: the sentence of a pattern with its values, and the messages that prove it.

use core::ops::{Deref, DerefMut};

use super::order::{Call, Hop};
use crate::catalog::{self, Citation, Pattern, PatternKind};
use crate::explain::words::short;

/// A pattern that a call shows. In a box: it goes by value through what each family tries.
#[derive(Clone, Debug)]
pub(in crate::explain) struct Found(Box<Shown>);

/// What is shown of a pattern.
#[derive(Clone, Debug)]
pub(in crate::explain) struct Shown {
    pub(in crate::explain) pattern: &'static Pattern,
    pub(in crate::explain) says: String,
    pub(in crate::explain) next: Option<String>,
    pub(in crate::explain) proof: Vec<usize>,
    /// How often it is so elsewhere in the call.
    pub(super) more: usize,
    /// It is why the call came to what it came to.
    pub(in crate::explain) decides: bool,
    /// What it comes from, in another call.
    cause: Option<&'static Pattern>,
}

/// What stands for the names in braces.
pub(super) type Values = Vec<(&'static str, String)>;

/// Makes values of pairs. One by one: in a row, as an array has them, each would be moved to its place by code of its own.
macro_rules! values {
    ($(($name:expr, $value:expr $(,)?)),* $(,)?) => {{
        let mut values = $crate::explain::patterns::found::Values::new();
        $($crate::explain::patterns::found::put(&mut values, $name, $value);)*
        values
    }};
}
pub(super) use values;

#[inline(never)]
pub(super) fn put(values: &mut Values, name: &'static str, value: String) {
    values.push((name, value));
}

impl Deref for Found {
    type Target = Shown;

    fn deref(&self) -> &Shown {
        &self.0
    }
}

impl DerefMut for Found {
    fn deref_mut(&mut self) -> &mut Shown {
        &mut self.0
    }
}

impl Found {
    /// Returns a pattern with its values; the id is one of the files.
    pub(super) fn new(id: &str, values: &[(&str, String)], proof: &[usize]) -> Option<Self> {
        Self::made(id, &[values], proof)
    }

    /// Returns a pattern with its values and those that each request has: its name, its code, from whom it was and to whom.
    /// A fault decides.
    pub(super) fn told(
        call: &Call<'_>,
        id: &str,
        hop: &Hop<'_>,
        outcome: usize,
        values: &[(&str, String)],
        proof: &[usize],
    ) -> Option<Self> {
        let (from, to) = call.between(*hop.requests.first()?);
        // What a proxy passed back is not its own.
        let is_its_own = hop.responses.contains(&outcome);
        let to = if is_its_own { call.ends(outcome).0 } else { to };
        let own = values![
            ("name", hop.name()),
            ("code", call.code(outcome).to_string()),
            ("from", from),
            ("to", to),
        ];
        let mut found = Self::made(id, &[values, &own], proof)?;
        found.decides = found.pattern.kind == PatternKind::Fault;
        Some(found)
    }

    fn made(id: &str, values: &[&[(&str, String)]], proof: &[usize]) -> Option<Self> {
        let patterns = catalog::patterns();
        let at = patterns.binary_search_by(|pattern| pattern.id.as_str().cmp(id));
        let pattern = patterns.get(at.ok()?)?;
        let mut proof = proof.to_vec();
        proof.sort_unstable();
        proof.dedup();
        Some(Self(Box::new(Shown {
            pattern,
            says: filled(pattern.says.as_str(), values),
            next: pattern
                .next
                .as_ref()
                .map(|next| filled(next.as_str(), values)),
            proof,
            more: 0,
            decides: false,
            cause: None,
        })))
    }

    /// Takes what another call shows as its cause, with what to do and the sections.
    pub(super) fn since(mut self, cause: &Self) -> Self {
        self.says = format!("{} {}", self.says, cause.says);
        self.next = cause.next.clone().or(self.next.take());
        self.cause = Some(cause.pattern);
        self
    }

    /// Returns its sections, those of its cause first.
    pub(in crate::explain) fn cites(&self) -> Vec<Citation> {
        let cause = self.cause.into_iter();
        let all = cause.chain([self.pattern]);
        all.flat_map(|pattern| pattern.cites.iter().copied())
            .collect()
    }

    /// It is wrong, and not why the call came to what it came to.
    pub(super) fn that_is_beside(mut self) -> Self {
        self.decides = false;
        self
    }

    pub(super) fn that_decides(mut self) -> Self {
        self.decides = true;
        self
    }
}

/// Returns a sentence with what stands for the names in braces.
fn filled(says: &str, values: &[&[(&str, String)]]) -> String {
    let mut filled = String::new();
    let mut rest = says;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, behind) = after.split_once('}').unwrap_or((after, ""));
        let mut values = values.iter().copied().flatten();
        let value = values.find(|(own, _)| *own == name);
        filled.push_str(before);
        filled.push_str(&value.map_or_else(String::new, |(_, value)| short(value)));
        rest = behind;
    }
    filled + rest
}
