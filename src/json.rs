//! JSON that changes nothing: numbers stay the text that they came as.
//!
//! General readers turn numbers into doubles, and an amount of money must not lose a digit. This
//! one is strict (RFC 8259), bounded in depth, and small enough for a page on a slow line.

use alloc::string::String;
use alloc::vec::Vec;
mod reader;
mod writer;

use alloc::borrow::Cow;

/// A JSON value that borrows from the text it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Json<'a> {
    /// Members in the order in which they came, repeated names included.
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
    /// Elements.
    Array(Vec<Json<'a>>),
    /// Text, without quotes and escapes.
    Text(Cow<'a, str>),
    /// The digits as they came.
    Number(&'a str),
    /// `true`, `false` or `null`.
    Literal(&'static str),
}

impl<'a> Json<'a> {
    /// Reads one value that fills the whole text. `None`: it is not JSON, or deeper than 128.
    #[must_use]
    pub fn read(text: &'a str) -> Option<Self> {
        reader::read(text)
    }

    /// A member of an object; the last one if the name is repeated, as in JavaScript.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else {
            return None;
        };
        let found = members.iter().rfind(|(known, _)| known == name);
        found.map(|(_, value)| value)
    }

    /// The text, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Appends the value as JSON.
    pub fn write(&self, json: &mut String) {
        writer::write(self, json);
    }
}

/// Appends a text as JSON, with quotes and escapes.
pub fn write_text(text: &str, json: &mut String) {
    writer::write_text(text, json);
}
