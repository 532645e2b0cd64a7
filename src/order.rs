//! The body of a successful answer.
//!
//! Upbit's page shows an array of one order, its servers and SDK show one object; both are taken.
//! The order is passed on as the JSON that came, because everything in it belongs to the caller:
//! fields and enum values that are not documented, nulls, and every digit of an amount.

use crate::json::Json;
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec;

/// Fields that the document types as decimal text; one that comes as a number is given as text.
const AMOUNTS: [&str; 10] = [
    "price",
    "volume",
    "remaining_volume",
    "executed_volume",
    "reserved_fee",
    "remaining_fee",
    "paid_fee",
    "locked",
    "prevented_volume",
    "prevented_locked",
];

/// At least one order that Upbit has accepted to cancel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CanceledOrders {
    json: String,
}

impl CanceledOrders {
    /// Reads the body of a 2xx answer. `None`: it holds no object with a `uuid`.
    #[must_use]
    pub fn read(body: &[u8]) -> Option<Self> {
        let text = core::str::from_utf8(body).ok()?;
        let mut orders = match Json::read(text.strip_prefix('\u{feff}').unwrap_or(text))? {
            Json::Array(entries) => entries,
            other => vec![other],
        };
        orders.retain(has_uuid);
        orders.iter_mut().for_each(amounts_to_text);
        let mut json = String::with_capacity(body.len());
        (!orders.is_empty()).then(|| {
            Json::Array(orders).write(&mut json);
            Self { json }
        })
    }

    /// A JSON array of objects in which every number survives JavaScript's `JSON.parse`.
    #[must_use]
    pub fn json(&self) -> &str {
        &self.json
    }
}

fn has_uuid(entry: &Json<'_>) -> bool {
    let uuid = entry.member("uuid").and_then(Json::text);
    uuid.is_some_and(|uuid| !uuid.is_empty())
}

fn amounts_to_text(order: &mut Json<'_>) {
    let Json::Object(members) = order else {
        return;
    };
    for (name, value) in members {
        if let Json::Number(digits) = value
            && AMOUNTS.contains(&name.as_ref())
        {
            *value = Json::Text(Cow::Borrowed(digits));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const SEED: &str = include_str!("../tests/vectors/order-cancel-200.json");

    fn read(body: &str) -> Option<Value> {
        let orders = CanceledOrders::read(body.as_bytes())?;
        Some(serde_json::from_str(orders.json()).unwrap())
    }

    #[test]
    fn the_documented_example_is_kept_whole() {
        assert_eq!(read(SEED), serde_json::from_str(SEED).unwrap());
    }

    #[test]
    fn one_object_is_taken_for_an_array_of_one() {
        let order = SEED.trim().trim_start_matches('[').trim_end_matches(']');
        assert_eq!(read(order), read(SEED));
        assert_eq!(read(&format!("\u{feff}\n{order}")), read(SEED));
    }

    #[test]
    fn whatever_is_in_an_order_is_kept() {
        let body = json!([{
            "uuid": "u",
            "state": "a new state",
            "time_in_force": null,
            "price": "1234567890123456789012345678901234567890.0000000001",
            "trades_count": "0",
            "new": {"nested": [true, null, "\u{0}주문"]},
            "__proto__": {"polluted": true},
        }]);
        assert_eq!(read(&body.to_string()), Some(body));
    }

    #[test]
    fn members_keep_their_order() {
        let body = r#"[{"z":1,"uuid":"u","a":2}]"#;
        assert_eq!(CanceledOrders::read(body.as_bytes()).unwrap().json(), body);
    }

    #[test]
    fn amounts_are_text_digit_for_digit() {
        let body = r#"{"uuid":"u","price":153559.00,"volume":1e-8,"trades_count":3,"new":12345678901234567890}"#;
        assert_eq!(
            read(body),
            Some(json!([{
                "uuid": "u",
                "price": "153559.00",
                "volume": "1e-8",
                "trades_count": 3,
                "new": "12345678901234567890",
            }]))
        );
    }

    #[test]
    fn entries_that_are_no_orders_are_left_out() {
        let body = r#"[null, 1, {"market":"SGD-BTC"}, {"uuid":"u"}, {"uuid":""}, {"uuid":7}]"#;
        assert_eq!(read(body), Some(json!([{"uuid": "u"}])));
    }

    #[test]
    fn other_bodies_are_no_success() {
        let deep = format!(
            r#"{{"uuid":"u","a":{}1{}}}"#,
            "[".repeat(128),
            "]".repeat(128)
        );
        for body in [
            "",
            " ",
            "[]",
            "{}",
            "null",
            "true",
            "1",
            "\"uuid\"",
            "[[{\"uuid\":\"u\"}]]",
            "{\"uuid\":\"u\"",
            "[{\"uuid\":\"u\"}",
            "[{\"uuid\":\"u\"}],",
            "{\"data\":{\"uuid\":\"u\"}}",
            "<html>uuid</html>",
            "{\"uuid\":null}",
            "{\"uuid\":\"u\",}",
            "{'uuid':'u'}",
            &deep,
        ] {
            assert_eq!(read(body), None, "{body}");
        }
        assert_eq!(CanceledOrders::read(b"{\"uuid\":\"\xff\"}"), None);
    }
}
