//! `GET /v1/orders/uuids`: [List Orders by IDs](https://global-docs.upbit.com/reference/list-orders-by-ids).

use crate::endpoint::{Endpoint, Method};
use crate::json_value::JsonValue;
use crate::order::Order;
use crate::order_ref::OrderRef;
use crate::problem::BadResponse;
use crate::query::Query;
use crate::rate_budget::RateGroup;

/// Orders that Upbit tells of in one answer.
pub const MAX_ORDERS: usize = 100;

/// Bytes of a query that common proxies let pass.
pub const MAX_QUERY_BYTES: usize = 8000;

/// Looks orders up, in any state. All are named by UUID, or all by identifier.
#[derive(Debug, Clone)]
pub struct ListOrdersByIds(pub Vec<OrderRef>);

impl Endpoint for ListOrdersByIds {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v1/orders/uuids";
    const GROUP: RateGroup = RateGroup::Default;
    const IDEMPOTENT: bool = true;
    /// In no order that is promised. Orders that Upbit does not know are left out.
    type Output<J: JsonValue> = Vec<Order<J>>;

    fn query(&self) -> Query {
        Query::new(self.0.iter().map(OrderRef::array_parameter))
    }

    fn accept<J: JsonValue>(&self, body: J) -> Result<Vec<Order<J>>, BadResponse> {
        Order::read_all(&body).ok_or(BadResponse::NoList)
    }
}
