//! Our JSON against `serde_json`: the same texts are JSON, they mean the same, and every number
//! comes through JavaScript's doubles.

use super::judge;
use serde_json::value::RawValue;
use upbit_cancel_order::json::{Json, write_text};

pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    any_text_can_be_written(text);
    let judged = judge::parse(text);
    let found = Json::read(text);
    assert_eq!(found.is_some(), judged.is_some());
    let (Some(found), Some(judged)) = (found, judged) else {
        return;
    };
    if !judge::may_have_lone_surrogates(text) {
        assert_same(&found, judged);
    }
    let written = write(&found);
    // A quote that was a six-byte escape can become two bytes, a number gets two quotes.
    assert!(written.len() <= 3 * text.len());
    let again = Json::read(&written).expect("what was written is JSON");
    assert_rewritten(&found, &again);
    assert_eq!(write(&again), written);
}

fn write(value: &Json<'_>) -> String {
    let mut json = String::new();
    value.write(&mut json);
    json
}

fn any_text_can_be_written(text: &str) {
    let mut json = String::new();
    write_text(text, &mut json);
    assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
}

fn assert_same(ours: &Json<'_>, judged: &RawValue) {
    match ours {
        Json::Object(ours_members) => {
            let members = judge::members(judged);
            assert!(
                ours_members
                    .iter()
                    .all(|(name, _)| members.contains_key(name.as_ref()))
            );
            for (name, value) in &members {
                assert_same(ours.member(name).expect("the member is there"), value);
            }
        }
        Json::Array(elements) => {
            let judged = judge::elements(judged);
            assert_eq!(elements.len(), judged.len());
            elements
                .iter()
                .zip(judged)
                .for_each(|(ours, judged)| assert_same(ours, judged));
        }
        Json::Text(text) => assert_eq!(*text, judge::text(judged)),
        Json::Number(digits) => assert_eq!(*digits, judged.get()),
        Json::Literal(literal) => assert_eq!(*literal, judged.get()),
    }
}

/// Nothing has changed but that some numbers have become texts of the same digits.
fn assert_rewritten(before: &Json<'_>, after: &Json<'_>) {
    match (before, after) {
        (Json::Object(before), Json::Object(after)) => {
            assert_eq!(before.len(), after.len());
            for ((name, before), (same_name, after)) in before.iter().zip(after) {
                assert_eq!(name, same_name);
                assert_rewritten(before, after);
            }
        }
        (Json::Array(before), Json::Array(after)) => {
            assert_eq!(before.len(), after.len());
            before
                .iter()
                .zip(after)
                .for_each(|(before, after)| assert_rewritten(before, after));
        }
        (Json::Number(digits), Json::Text(text)) => assert_eq!(text, digits),
        (Json::Number(digits), _) => {
            assert_eq!(before, after);
            assert_survives_double(digits);
        }
        _ => assert_eq!(before, after),
    }
}

/// The shortest decimal that JavaScript would print for the double is the one that came.
fn assert_survives_double(digits: &str) {
    let double: f64 = digits.parse().unwrap();
    assert_eq!(decimal(&format!("{double:e}")), decimal(digits), "{digits}");
}

/// Significant digits and the exponent of the last of them; the sign of a zero does not matter.
fn decimal(number: &str) -> (bool, String, i64) {
    let (negative, number) = number
        .strip_prefix('-')
        .map_or((false, number), |rest| (true, rest));
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = [whole, fraction].concat();
    let digits = all.trim_matches('0').to_owned();
    if digits.is_empty() {
        return (false, digits, 0);
    }
    let trailing_zeros = all.len() - all.trim_end_matches('0').len();
    let shift = i64::try_from(trailing_zeros).unwrap() - i64::try_from(fraction.len()).unwrap();
    (negative, digits, exponent.parse::<i64>().unwrap() + shift)
}
