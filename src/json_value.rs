//! A trait for parsed JSON.
//!
//! In WebAssembly, the value is the object that `JSON.parse` returned, and the caller gets that same
//! object. In native tests it is a `serde_json::Value`.

/// A parsed JSON value.
pub trait JsonValue: Clone {
    /// The elements of an array, or `None` if the value is not an array.
    fn entries(&self) -> Option<Vec<Self>>;

    /// A member of an object, or `None` if there is none with this name.
    fn member(&self, name: &str) -> Option<Self>;

    /// A member that is a string, or a number as a string. Any other value and an empty string are read as
    /// absent, so that a field of an unexpected type does not make the rest of the response unreadable.
    fn text(&self, name: &str) -> Option<String>;
}

#[cfg(test)]
impl JsonValue for serde_json::Value {
    fn entries(&self) -> Option<Vec<Self>> {
        self.as_array().cloned()
    }

    fn member(&self, name: &str) -> Option<Self> {
        self.get(name).cloned()
    }

    fn text(&self, name: &str) -> Option<String> {
        let text = match self.get(name)? {
            Self::String(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            _ => String::new(),
        };
        Some(text).filter(|text| !text.is_empty())
    }
}
