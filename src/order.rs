//! An order from a response.

use crate::json_value::JsonValue;
use crate::order_ref::OrderRef;

/// The state of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// `wait`, `watch`, or an unknown state.
    Open,
    /// `done`.
    Filled,
    /// `cancel`: canceled by a request, or ended by Upbit.
    Canceled,
}

/// An order with its JSON value, which the caller gets unchanged.
#[derive(Debug, Clone, PartialEq)]
pub struct Order<J> {
    uuid: String,
    identifier: Option<String>,
    value: J,
}

impl<J: JsonValue> Order<J> {
    /// Reads an order, or returns `None` if the value is not an object with a `uuid`.
    #[must_use]
    pub fn read(value: J) -> Option<Self> {
        Some(Self {
            uuid: value.text("uuid")?,
            identifier: value.text("identifier"),
            value,
        })
    }

    /// Reads the orders of an array, or returns `None` if the value is not an array. Other entries are
    /// left out.
    #[must_use]
    pub fn read_all(value: &J) -> Option<Vec<Self>> {
        let entries = value.entries()?;
        Some(entries.into_iter().filter_map(Self::read).collect())
    }

    /// The JSON value.
    pub fn value(&self) -> &J {
        &self.value
    }

    /// Converts the order into its JSON value.
    pub fn into_value(self) -> J {
        self.value
    }

    /// Upbit's UUID.
    #[must_use]
    pub fn uuid(&self) -> &str {
        &self.uuid
    }

    /// The identifier that the client chose.
    #[must_use]
    pub fn identifier(&self) -> Option<&str> {
        self.identifier.as_deref()
    }

    /// The state.
    #[must_use]
    pub fn state(&self) -> State {
        match self.value.text("state").as_deref() {
            Some("done") => State::Filled,
            Some("cancel") => State::Canceled,
            _ => State::Open,
        }
    }

    /// Whether it is a market buy that was executed, at least in part. Upbit ends a filled market buy as
    /// `cancel`, because some of the funds are nearly always left over.
    #[must_use]
    pub fn is_executed_market_buy(&self) -> bool {
        let above_zero = |name| {
            let amount = self.value.text(name).unwrap_or_default();
            amount.contains(|digit| ('1'..='9').contains(&digit))
        };
        let trades = self.value.member("trades").and_then(|list| list.entries());
        self.value.text("ord_type").as_deref() == Some("price")
            && (above_zero("executed_volume")
                || above_zero("trades_count")
                || trades.is_some_and(|trades| !trades.is_empty()))
    }

    /// Whether it may be the requested order. An order without an identifier matches every identifier.
    #[must_use]
    pub fn may_match(&self, name: &OrderRef) -> bool {
        match name {
            OrderRef::Uuid(uuid) => self.uuid().eq_ignore_ascii_case(uuid),
            OrderRef::Identifier(name) => self.identifier().is_none_or(|own| own == name),
        }
    }

    /// Whether it is certainly the requested order.
    #[must_use]
    pub fn matches(&self, name: &OrderRef) -> bool {
        match name {
            OrderRef::Uuid(uuid) => self.uuid().eq_ignore_ascii_case(uuid),
            OrderRef::Identifier(name) => self.identifier() == Some(name),
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
    fn names_are_compared() {
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
        let is_executed = |value| order(value).unwrap().is_executed_market_buy();
        let buy = |kind: &str, executed: &str| {
            is_executed(json!({"uuid": "u", "ord_type": kind, "executed_volume": executed}))
        };
        assert!(buy("price", "0.001") && !buy("price", "0.000") && !buy("limit", "1"));
        let with =
            |trades| is_executed(json!({"uuid": "u", "ord_type": "price", "trades": trades}));
        assert!(with(json!([{"uuid": "t"}])) && !with(json!([])));
    }
}
