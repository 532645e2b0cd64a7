//! The orders in the body of a success, as `serde_json` finds them.

use super::super::judge::{self, Members};
use serde_json::value::RawValue;
use upbit_cancel_order::answer::{Answer, Body};
use upbit_cancel_order::order::CanceledOrders;

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

/// Compares what was found in an answer to what is in it.
pub fn assert_found(answer: &Answer, found: Option<&CanceledOrders>) {
    let Body::Whole(body) = &answer.body else {
        return assert!(found.is_none());
    };
    let text = std::str::from_utf8(body).unwrap_or_default();
    if judge::may_have_lone_surrogates(text) {
        return;
    }
    let success = (200..300).contains(&answer.status);
    let expected = if success { orders(text) } else { Vec::new() };
    assert_eq!(found.is_some(), !expected.is_empty());
    if let Some(found) = found {
        assert_kept(found.json(), &expected);
        assert!(found.json().len() <= 3 * body.len() + 2);
    }
}

fn orders(body: &str) -> Vec<Members<'_>> {
    let body = body.strip_prefix('\u{feff}').unwrap_or(body);
    let Some(value) = judge::parse(body) else {
        return Vec::new();
    };
    let entries = if is(value, '[') {
        judge::elements(value)
    } else {
        vec![value]
    };
    let objects = entries.into_iter().filter(|entry| is(entry, '{'));
    objects.map(judge::members).filter(has_uuid).collect()
}

fn has_uuid(order: &Members<'_>) -> bool {
    let uuid = order.get("uuid").filter(|uuid| is(uuid, '"'));
    uuid.is_some_and(|uuid| !judge::text(uuid).is_empty())
}

fn is(value: &RawValue, first: char) -> bool {
    value.get().starts_with(first)
}

/// The same orders with the same members, and each amount a text of the digits that came.
fn assert_kept(json: &str, expected: &[Members<'_>]) {
    let found = judge::elements(serde_json::from_str(json).unwrap());
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.into_iter().map(judge::members).zip(expected) {
        assert!(found.keys().eq(expected.keys()));
        for amount in AMOUNTS
            .into_iter()
            .filter(|amount| found.contains_key(*amount))
        {
            let (found, came) = (found[amount], expected[amount]);
            if is(came, '"') {
                assert_eq!(judge::text(found), judge::text(came));
            } else if came
                .get()
                .starts_with(|first: char| first == '-' || first.is_ascii_digit())
            {
                assert_eq!(judge::text(found), came.get());
            }
        }
    }
}
