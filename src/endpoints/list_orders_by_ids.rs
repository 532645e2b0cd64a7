//! `GET /v1/orders/uuids`: [List Orders by IDs](https://global-docs.upbit.com/reference/list-orders-by-ids).

use crate::endpoint::{Endpoint, Method};
use crate::json_value::JsonValue;
use crate::order::Order;
use crate::order_ref::OrderRef;
use crate::problem::BadResponse;
use crate::query::Query;
use crate::rate_budget::RateGroup;

/// How many orders Upbit returns in one response.
pub const MAX_ORDERS: usize = 100;

/// Maximum length of the query in bytes. Common proxies accept this much.
pub const MAX_QUERY_BYTES: usize = 8000;

/// Gets several orders, in any state. Upbit takes either UUIDs or identifiers in one request.
#[derive(Debug, Clone)]
pub struct ListOrdersByIds(pub Vec<OrderRef>);

impl Endpoint for ListOrdersByIds {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v1/orders/uuids";
    const GROUP: RateGroup = RateGroup::Default;
    const IDEMPOTENT: bool = true;
    /// The orders in no particular order, without those that Upbit does not find.
    type Output<J: JsonValue> = Vec<Order<J>>;

    fn query(&self) -> Query {
        Query::new(self.0.iter().map(OrderRef::array_parameter))
    }

    fn accept<J: JsonValue>(&self, body: J) -> Result<Vec<Order<J>>, BadResponse> {
        Order::read_all(&body).ok_or(BadResponse::NoList)
    }
}
