//! `DELETE /v1/order`: [Order Cancel](https://global-docs.upbit.com/reference/order-cancel).

use crate::endpoint::{Endpoint, Method};
use crate::json_value::JsonValue;
use crate::order::Order;
use crate::order_ref::OrderRef;
use crate::problem::BadResponse;
use crate::query::Query;
use crate::rate_budget::RateGroup;

/// Cancels one order.
#[derive(Debug, Clone)]
pub struct CancelOrder(pub OrderRef);

impl Endpoint for CancelOrder {
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/v1/order";
    const GROUP: RateGroup = RateGroup::Default;
    // Canceling an order again has no effect.
    const IDEMPOTENT: bool = true;
    type Output<J: JsonValue> = Order<J>;

    fn query(&self) -> Query {
        Query::new([self.0.parameter()])
    }

    /// Upbit's documentation shows an array of one order, but its servers return an object. Both are
    /// accepted.
    fn accept<J: JsonValue>(&self, body: J) -> Result<Order<J>, BadResponse> {
        let orders =
            Order::read_all(&body).unwrap_or_else(|| Order::read(body).into_iter().collect());
        let error = if orders.is_empty() {
            BadResponse::NoOrder
        } else {
            BadResponse::OtherOrder
        };
        orders
            .into_iter()
            .find(|order| order.may_match(&self.0))
            .ok_or(error)
    }
}
