//! `GET /v1/order`: [Get Order](https://global-docs.upbit.com/reference/get-order).

use crate::endpoint::{Endpoint, Method};
use crate::endpoints::cancel_order::CancelOrder;
use crate::json_value::JsonValue;
use crate::order::Order;
use crate::order_ref::OrderRef;
use crate::problem::BadResponse;
use crate::query::Query;
use crate::rate_budget::RateGroup;

/// Gets one order, in any state.
#[derive(Debug, Clone)]
pub struct GetOrder(pub OrderRef);

impl Endpoint for GetOrder {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v1/order";
    const GROUP: RateGroup = RateGroup::Default;
    const IDEMPOTENT: bool = true;
    type Output<J: JsonValue> = Order<J>;

    fn query(&self) -> Query {
        Query::new([self.0.parameter()])
    }

    /// An object, or an array of one order as in a cancellation.
    fn accept<J: JsonValue>(&self, body: J) -> Result<Order<J>, BadResponse> {
        CancelOrder(self.0.clone()).accept(body)
    }
}
