//! Any value of JSON, of which a form takes what it has. To derive that for each form has five times the size.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

#[derive(Debug, Default)]
pub(super) enum Value<'a> {
    #[default]
    Null,
    Flag(bool),
    Whole(u64),
    Real(f64),
    Text(Cow<'a, str>),
    List(Vec<Value<'a>>),
    Row(Row<'a>),
}

/// An object: its keys and their values.
#[derive(Debug, Default)]
pub(super) struct Row<'a> {
    all: Vec<(Cow<'a, str>, Value<'a>)>,
    /// Behind what was taken last: they are taken in the order in which they are printed.
    next: usize,
}

impl<'a> Value<'a> {
    pub(super) fn flag(self) -> Option<bool> {
        match self {
            Self::Flag(flag) => Some(flag),
            _ => None,
        }
    }

    pub(super) fn number(self) -> Option<u64> {
        match self {
            Self::Whole(number) => Some(number),
            _ => None,
        }
    }

    /// Returns the number of a response or a warning.
    pub(super) fn code(self) -> Option<u16> {
        self.number()?.try_into().ok()
    }

    pub(super) fn real(self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "as JSON has numbers")]
        match self {
            Self::Real(number) => Some(number),
            Self::Whole(number) => Some(number as f64),
            _ => None,
        }
    }

    pub(super) fn text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.into_owned()),
            _ => None,
        }
    }

    pub(super) fn row(self) -> Option<Row<'a>> {
        match self {
            Self::Row(row) => Some(row),
            _ => None,
        }
    }
}

impl<'a> Row<'a> {
    /// Takes the value of a key out; null if there is none.
    fn take(&mut self, key: &str) -> Value<'a> {
        let is_next = self.all.get(self.next).is_some_and(|(own, _)| own == key);
        let place = if is_next {
            Some(self.next)
        } else {
            self.all.iter().position(|(own, _)| own == key)
        };
        let Some(place) = place else {
            return Value::Null;
        };
        self.next = place + 1;
        std::mem::take(&mut self.all[place].1)
    }

    /// Returns what may be null; fails if it is neither.
    #[expect(
        clippy::option_option,
        reason = "null is a value, and what is of another kind is none"
    )]
    pub(super) fn any<T>(
        &mut self,
        key: &str,
        read: fn(Value<'a>) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.take(key) {
            Value::Null => Some(None),
            value => read(value).map(Some),
        }
    }

    pub(super) fn list<T>(
        &mut self,
        key: &str,
        read: fn(Value<'a>) -> Option<T>,
    ) -> Option<Vec<T>> {
        match self.take(key) {
            Value::List(values) => values.into_iter().map(read).collect(),
            _ => None,
        }
    }

    pub(super) fn rows(&mut self, key: &str) -> Option<Vec<Self>> {
        self.list(key, Value::row)
    }

    pub(super) fn flag(&mut self, key: &str) -> Option<bool> {
        self.take(key).flag()
    }

    pub(super) fn number(&mut self, key: &str) -> Option<u64> {
        self.take(key).number()
    }

    pub(super) fn code(&mut self, key: &str) -> Option<u16> {
        self.take(key).code()
    }

    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        self.take(key).text()
    }
}

impl<'de> Deserialize<'de> for Value<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Value<'de>;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Self::Value, E> {
        Ok(Value::Flag(flag))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Value::Whole(number))
    }

    #[expect(clippy::cast_precision_loss, reason = "as JSON has numbers")]
    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Value::Real(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Value::Real(number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Value::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Value::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Value::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        // As many as an attempt has.
        let mut all = Vec::with_capacity(12);
        while let Some((key, value)) = map.next_entry()? {
            if let Value::Text(key) = key {
                all.push((key, value));
            }
        }
        Ok(Value::Row(Row { all, next: 0 }))
    }
}
