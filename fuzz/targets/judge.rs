//! What `serde_json` says about a text.

use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The depth that is read at most.
const DEEPEST: usize = 128;

pub type Members<'a> = BTreeMap<String, &'a RawValue>;

/// The text as JSON of a depth that is read. Numbers and escapes are checked for their form only.
pub fn parse(text: &str) -> Option<&RawValue> {
    let value = serde_json::from_str(text).ok()?;
    (depth(text) <= DEEPEST).then_some(value)
}

/// The elements of an array.
pub fn elements(value: &RawValue) -> Vec<&RawValue> {
    serde_json::from_str(value.get()).unwrap()
}

/// The members of an object, the last one where a name is repeated.
pub fn members(value: &RawValue) -> Members<'_> {
    serde_json::from_str(value.get()).unwrap()
}

pub fn text(value: &RawValue) -> String {
    serde_json::from_str(value.get()).unwrap()
}

/// Whether a text may escape half a surrogate pair, which no text in Rust can hold: ours reads it
/// as U+FFFD, and `serde_json` refuses it.
pub fn may_have_lone_surrogates(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    text.match_indices("\\ud")
        .any(|(at, _)| matches!(text.as_bytes().get(at + 3), Some(b'8'..=b'9' | b'a'..=b'f')))
}

/// How deep the brackets of a text go that is known to be JSON.
fn depth(json: &str) -> usize {
    let (mut depth, mut deepest, mut quoted) = (0, 0, false);
    let mut bytes = json.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => {
                bytes.next();
            }
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => depth += 1,
            b']' | b'}' if !quoted => depth -= 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}
