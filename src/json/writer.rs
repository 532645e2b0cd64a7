//! From `Json` to text that JavaScript's `JSON.parse` reads without loss.

use super::Json;
use crate::hex::lower_pair;
use alloc::string::String;

/// As many digits as every decimal keeps on its way through a double.
const EXACT_DIGITS: usize = 15;

/// Exponents up to this one are far from where doubles end.
const LARGEST_EXPONENT: i32 = 280;

pub fn write(value: &Json<'_>, json: &mut String) {
    match value {
        Json::Object(members) => list(members, ['{', '}'], json, |(name, value), json| {
            write_text(name, json);
            json.push(':');
            write(value, json);
        }),
        Json::Array(elements) => list(elements, ['[', ']'], json, write),
        Json::Text(text) => write_text(text, json),
        Json::Number(number) if survives_double(number) => json.push_str(number),
        Json::Number(number) => write_text(number, json),
        Json::Literal(literal) => json.push_str(literal),
    }
}

fn list<T>(items: &[T], [open, close]: [char; 2], json: &mut String, item: fn(&T, &mut String)) {
    json.push(open);
    for (index, value) in items.iter().enumerate() {
        if index > 0 {
            json.push(',');
        }
        item(value, json);
    }
    json.push(close);
}

pub fn write_text(text: &str, json: &mut String) {
    json.push('"');
    for character in text.chars() {
        match character {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\0'..='\u{1f}' => write_escaped(character, json),
            _ => json.push(character),
        }
    }
    json.push('"');
}

/// Two hexadecimal digits are enough for a control character.
fn write_escaped(control: char, json: &mut String) {
    json.push_str("\\u00");
    if let Ok(byte) = u8::try_from(control) {
        json.extend(lower_pair(byte).map(char::from));
    }
}

fn survives_double(number: &str) -> bool {
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let digits = mantissa.bytes().filter(u8::is_ascii_digit);
    let significant = digits.skip_while(|digit| *digit == b'0').count();
    let moderate = |exponent: i32| exponent.abs() <= LARGEST_EXPONENT;
    significant <= EXACT_DIGITS && exponent.parse().is_ok_and(moderate)
}
