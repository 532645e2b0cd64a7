//! A trait for parsed JSON.
//!
//! In WebAssembly, the value is the object that `JSON.parse` returned, and the caller gets that same
//! object. In native tests it is a `serde_json::Value`.

use serde::de::{
    Deserialize, DeserializeOwned, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use std::fmt;

/// A parsed JSON value.
pub trait JsonValue: Clone {
    /// Deserializes the value, or returns `None` if it does not fit `T`.
    fn read<T: DeserializeOwned>(&self) -> Option<T>;

    /// The elements of an array, or `None` if the value is not an array.
    fn entries(&self) -> Option<Vec<Self>>;

    /// A member of an object, or `None` if there is none with this name.
    fn member(&self, name: &'static str) -> Option<Self>;
}

/// A string, or a number as a string. Any other value is read as absent, so that a field of an unexpected
/// type does not make the rest of the response unreadable.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LenientText(pub Option<String>);

impl LenientText {
    /// The string, unless it is absent or empty.
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
    fn values_of_other_types_are_absent() {
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
