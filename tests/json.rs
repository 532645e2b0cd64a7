//! Our JSON against `serde_json`: the same texts are JSON, and they mean the same.

use proptest::prelude::*;
use serde_json::Value;
use upbit_cancel_order::json::{Json, write_text};

fn rewritten(text: &str) -> Option<String> {
    let mut json = String::new();
    Json::read(text)?.write(&mut json);
    Some(json)
}

fn value(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

#[test]
fn what_is_json_and_what_is_not() {
    let texts = [
        "null",
        "true",
        "false",
        "0",
        "-0",
        "1.5e-3",
        "1E+2",
        "\"\"",
        "[]",
        "{}",
        " [ 1 , 2 ] ",
        "{\"a\":{\"b\":[null]}}",
        "\"\\u00e9\\b\\f\\n\\r\\t\\/\\\"\\\\\"",
        "\"\\ud83d\\uded1\"",
        "{\"a\":1,\"a\":2}",
        "",
        " ",
        "nul",
        "nulll",
        "True",
        "01",
        "1.",
        ".5",
        "-",
        "+1",
        "1e",
        "0x1",
        "NaN",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "{\"a\":1,}",
        "\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\n\"",
        "\"\t\"",
        "[",
        "]",
        "{",
        "[1}",
        "1 2",
        "/**/1",
        "\u{feff}1",
        "\u{a0}1",
        "\"\\\"",
        "'a'",
    ];
    for text in texts {
        let found = rewritten(text).as_deref().and_then(value);
        assert_eq!(found, value(text), "{text}");
    }
}

/// JavaScript has texts that are not Unicode; Rust has not.
#[test]
fn half_a_surrogate_pair_becomes_a_replacement_character() {
    for (text, expected) in [
        (r#""\ud83d""#, "\u{fffd}"),
        (r#""\ud83d\n""#, "\u{fffd}\n"),
        (r#""\ude00\ud83d""#, "\u{fffd}\u{fffd}"),
        (r#""\ud83d\u0041""#, "\u{fffd}A"),
    ] {
        assert_eq!(Json::read(text).unwrap().text(), Some(expected));
    }
}

#[test]
fn depth_is_bounded() {
    let arrays = |depth| "[".repeat(depth) + &"]".repeat(depth);
    let objects = |depth| "{\"a\":".repeat(depth) + "1" + &"}".repeat(depth);
    for nested in [arrays, objects] {
        assert!(Json::read(&nested(128)).is_some());
        assert!(Json::read(&nested(129)).is_none());
    }
    assert!(Json::read(&"[".repeat(1_000_000)).is_none());
    assert!(Json::read(&"{\"a\":".repeat(1_000_000)).is_none());
}

#[test]
fn numbers_keep_their_digits_or_become_text() {
    let kept = [
        "0",
        "-1.50",
        "123456789012345",
        "0.000000123456789012345",
        "1e280",
        "100000000000000e5",
    ];
    for number in kept {
        assert_eq!(rewritten(number).unwrap(), number);
    }
    let quoted = [
        "1234567890123456",
        "0.1234567890123456789",
        "-9007199254740993",
        "1e281",
        "1e-400",
        "1E+99999999999",
    ];
    for number in quoted {
        assert_eq!(rewritten(number).unwrap(), format!("\"{number}\""));
    }
}

#[test]
fn the_last_of_repeated_members_counts() {
    let json = Json::read(r#"{"a":"1","a":"2"}"#).unwrap();
    assert_eq!(json.member("a").and_then(Json::text), Some("2"));
    assert_eq!(json.member("b"), None);
    assert_eq!(Json::read("[]").unwrap().member("a"), None);
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::vec((any::<String>(), inner), 0..8).prop_map(|members| members
                .into_iter()
                .collect::<serde_json::Map<_, _>>()
                .into()),
        ]
    })
}

proptest! {
    #[test]
    fn values_survive(original in any_json()) {
        for text in [original.to_string(), serde_json::to_string_pretty(&original).unwrap()] {
            let found = rewritten(&text);
            prop_assert_eq!(found.as_deref().and_then(value), Some(original.clone()));
        }
    }

    #[test]
    fn any_text_can_be_written(text in any::<String>()) {
        let mut json = String::new();
        write_text(&text, &mut json);
        prop_assert_eq!(value(&json), Some(Value::from(text)));
    }

    /// Texts of the characters that matter, most of them not JSON.
    #[test]
    fn near_misses_are_told_apart(text in r#"[\[\]{}",:0-9eE+\-.\\untrfals \t]{0,24}"#) {
        let found = rewritten(&text);
        // serde_json refuses what JSON allows: numbers beyond a double, half a surrogate pair.
        let strict = value(&text);
        if strict.is_some() {
            prop_assert!(found.is_some());
        } else if found.is_some() {
            prop_assert!(text.contains(['e', 'E']) || text.contains("\\u"), "{}", text);
        }
    }

    #[test]
    fn what_is_kept_survives_a_double(whole in 0_u64..10_000_000_000, fraction in 0_u32..100_000) {
        let number = format!("{whole}.{fraction:05}");
        prop_assert_eq!(rewritten(&number), Some(number.clone()));
        prop_assert_eq!(format!("{:.5}", number.parse::<f64>().unwrap()), number);
    }
}
