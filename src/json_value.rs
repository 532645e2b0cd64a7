//! A parsed JSON text, whoever parsed it.
//!
//! In the wasm it is the object that JavaScript's `JSON.parse` made, and the caller gets that very
//! object. Native tests feed the same types from `serde_json::Value`.

use serde::de::{
    Deserialize, DeserializeOwned, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use std::fmt;

/// A JSON value that can be looked at without being taken apart.
pub trait JsonValue: Clone {
    /// Reads what is known of it. `None`: it has another shape.
    fn read<T: DeserializeOwned>(&self) -> Option<T>;

    /// The entries of an array. `None`: it is none.
    fn entries(&self) -> Option<Vec<Self>>;

    /// A member of an object.
    fn member(&self, name: &'static str) -> Option<Self>;
}

/// A text, or a number as text. Anything else counts as absent: no field of an answer may be so
/// odd that the rest cannot be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LenientText(pub Option<String>);

impl LenientText {
    /// The text, unless it is absent or empty.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.0.as_deref().filter(|text| !text.is_empty())
    }
}

impl<'de> Deserialize<'de> for LenientText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LenientVisitor).map(Self)
    }
}

struct LenientVisitor;

impl<'de> Visitor<'de> for LenientVisitor {
    type Value = Option<String>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("anything")
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(text.to_owned()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        while entries.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

#[cfg(test)]
impl JsonValue for serde_json::Value {
    fn read<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_value(self.clone()).ok()
    }

    fn entries(&self) -> Option<Vec<Self>> {
        self.as_array().cloned()
    }

    fn member(&self, name: &'static str) -> Option<Self> {
        self.get(name).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn whatever_is_no_text_counts_as_absent() {
        for (value, expected) in [
            (json!("a"), Some("a")),
            (json!(400), Some("400")),
            (json!(-1.5), Some("-1.5")),
            (json!(""), None),
            (json!(null), None),
            (json!(true), None),
            (json!([1, [2]]), None),
            (json!({"a": {"b": null}}), None),
        ] {
            let read: LenientText = value.read().unwrap();
            assert_eq!(read.text(), expected, "{value}");
        }
    }
}
