//! Spells values as Rust constant expressions.

/// A value that can be spelled as a Rust constant expression.
pub(super) trait Rust {
    fn rust(&self) -> String;
}

impl Rust for str {
    fn rust(&self) -> String {
        format!("{self:?}")
    }
}

impl Rust for String {
    fn rust(&self) -> String {
        self.as_str().rust()
    }
}

impl Rust for u16 {
    fn rust(&self) -> String {
        self.to_string()
    }
}

impl<T: Rust> Rust for Option<T> {
    fn rust(&self) -> String {
        self.as_ref()
            .map_or("None".into(), |value| format!("Some({})", value.rust()))
    }
}

impl<T: Rust> Rust for Vec<T> {
    fn rust(&self) -> String {
        list(self, Rust::rust)
    }
}

pub(super) fn list<'a, T: 'a>(
    values: impl IntoIterator<Item = &'a T>,
    rust: impl Fn(&'a T) -> String,
) -> String {
    let values: Vec<_> = values.into_iter().map(rust).collect();
    format!("&[{}]", values.join(", "))
}

pub(super) fn structure(name: &str, fields: &[(&str, String)]) -> String {
    let fields: Vec<_> = fields
        .iter()
        .map(|(field, value)| format!("{field}: {value}"))
        .collect();
    format!("{name} {{ {} }}", fields.join(", "))
}
