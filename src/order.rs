//! An order of an answer: what decides here, beside the value that the caller gets.

use crate::json_value::{JsonValue, LenientText};
use crate::order_ref::OrderRef;
use serde::Deserialize;

/// The fields of an order that something is decided by. Any may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
struct Facts {
    uuid: LenientText,
    identifier: LenientText,
    state: LenientText,
    ord_type: LenientText,
    executed_volume: LenientText,
    trades_count: LenientText,
}

/// How far an order is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// `wait`, `watch`, or a state that Upbit adds one day.
    Open,
    /// `done`: filled.
    Filled,
    /// `cancel`: canceled, or ended by Upbit.
    Canceled,
}

/// An object with a `uuid`, as it came.
#[derive(Debug, Clone, PartialEq)]
pub struct Order<J> {
    facts: Facts,
    value: J,
}

impl<J: JsonValue> Order<J> {
    /// `None`: the value is no object with a `uuid`.
    #[must_use]
    pub fn read(value: J) -> Option<Self> {
        value.member("uuid")?;
        let facts: Facts = value.read()?;
        facts.uuid.text()?;
        Some(Self { facts, value })
    }

    /// The orders in an array; entries that are no orders are left out. `None`: it is no array.
    #[must_use]
    pub fn read_all(value: &J) -> Option<Vec<Self>> {
        let entries = value.entries()?;
        Some(entries.into_iter().filter_map(Self::read).collect())
    }
}

impl<J> Order<J> {
    /// What the caller gets.
    pub fn value(&self) -> &J {
        &self.value
    }

    /// The same, without a copy.
    pub fn into_value(self) -> J {
        self.value
    }

    /// Upbit's own identifier.
    #[must_use]
    pub fn uuid(&self) -> &str {
        self.facts.uuid.text().unwrap_or_default()
    }

    /// The identifier that the client chose.
    #[must_use]
    pub fn identifier(&self) -> Option<&str> {
        self.facts.identifier.text()
    }

    /// How far it is.
    #[must_use]
    pub fn state(&self) -> State {
        match self.facts.state.text() {
            Some("done") => State::Filled,
            Some("cancel") => State::Canceled,
            _ => State::Open,
        }
    }

    /// Whether it is a market buy of which something was executed. Upbit ends a filled one as
    /// `cancel`, because a rest of the funds is nearly always left.
    #[must_use]
    pub fn is_executed_market_buy(&self) -> bool {
        let above_zero = |amount: &LenientText| {
            let text = amount.text().unwrap_or_default();
            text.contains(|digit| ('1'..='9').contains(&digit))
        };
        let Facts {
            ord_type,
            executed_volume,
            trades_count,
            ..
        } = &self.facts;
        ord_type.text() == Some("price")
            && (above_zero(executed_volume) || above_zero(trades_count))
    }

    /// Whether it is the order that was asked for. One without an identifier may be.
    #[must_use]
    pub fn may_match(&self, asked: &OrderRef) -> bool {
        match asked {
            OrderRef::Uuid(uuid) => self.uuid().eq_ignore_ascii_case(uuid),
            OrderRef::Identifier(asked) => self.identifier().is_none_or(|own| own == asked),
        }
    }

    /// Whether it is the order that was asked for, without a doubt.
    #[must_use]
    pub fn matches(&self, asked: &OrderRef) -> bool {
        match asked {
            OrderRef::Uuid(uuid) => self.uuid().eq_ignore_ascii_case(uuid),
            OrderRef::Identifier(asked) => self.identifier() == Some(asked),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn order(value: Value) -> Option<Order<Value>> {
        Order::read(value)
    }

    #[test]
    fn an_order_has_a_uuid_and_may_have_anything_else() {
        let odd = json!({"uuid": "u", "state": ["new"], "identifier": 7, "__proto__": {"a": 1}});
        assert_eq!(order(odd.clone()).unwrap().into_value(), odd);
        for wrong in [
            json!(null),
            json!(1),
            json!([]),
            json!({}),
            json!({"uuid": ""}),
            json!({"uuid": null}),
        ] {
            assert_eq!(order(wrong.clone()), None, "{wrong}");
        }
    }

    #[test]
    fn an_order_is_the_one_asked_for_or_another() {
        let seen = order(json!({"uuid": "AB", "identifier": "mine"})).unwrap();
        let uuid = |text: &str| OrderRef::Uuid(text.to_owned());
        let identifier = |text: &str| OrderRef::Identifier(text.to_owned());
        assert!(seen.matches(&uuid("ab")) && !seen.may_match(&uuid("ac")));
        assert!(seen.matches(&identifier("mine")) && !seen.may_match(&identifier("Mine")));
        let nameless = order(json!({"uuid": "AB"})).unwrap();
        assert!(nameless.may_match(&identifier("mine")) && !nameless.matches(&identifier("mine")));
    }

    #[test]
    fn states_and_market_buys() {
        let state = |state: Value| order(json!({"uuid": "u", "state": state})).unwrap().state();
        assert_eq!(state(json!("cancel")), State::Canceled);
        assert_eq!(state(json!("done")), State::Filled);
        for open in [json!("wait"), json!("watch"), json!("new"), json!(null)] {
            assert_eq!(state(open), State::Open);
        }
        let buy = |kind: &str, executed: &str| {
            let value = json!({"uuid": "u", "ord_type": kind, "executed_volume": executed});
            order(value).unwrap().is_executed_market_buy()
        };
        assert!(buy("price", "0.001") && !buy("price", "0.000") && !buy("limit", "1"));
    }
}
