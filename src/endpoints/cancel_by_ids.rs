//! `DELETE /v1/orders/uuids`: [Cancel Orders by IDs](https://global-docs.upbit.com/reference/cancel-orders-by-ids).

use crate::endpoint::{Endpoint, Method};
use crate::json_value::JsonValue;
use crate::order::Order;
use crate::order_ref::OrderRef;
use crate::problem::BadResponse;
use crate::query::Query;
use crate::rate_budget::RateGroup;

/// How many orders Upbit takes in one request.
pub const MAX_ORDERS: usize = 20;

/// Maximum length of the query in bytes.
pub const MAX_QUERY_BYTES: usize = 4000;

/// Cancels several orders. Upbit takes either UUIDs or identifiers in one request.
#[derive(Debug, Clone)]
pub struct CancelByIds(pub Vec<OrderRef>);

impl Endpoint for CancelByIds {
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/v1/orders/uuids";
    const GROUP: RateGroup = RateGroup::Default;
    // Canceling an order again has no effect.
    const IDEMPOTENT: bool = true;
    type Output<J: JsonValue> = CancelReport<J>;

    fn query(&self) -> Query {
        Query::new(self.0.iter().map(OrderRef::array_parameter))
    }

    fn accept<J: JsonValue>(&self, body: J) -> Result<CancelReport<J>, BadResponse> {
        CancelReport::read(&body).ok_or(BadResponse::NoList)
    }
}

/// The response of an endpoint that cancels several orders. Upbit gives no reason for failures.
#[derive(Debug, Clone, Default)]
pub struct CancelReport<J> {
    /// Orders whose cancellation was accepted.
    pub canceled: Vec<Order<J>>,
    /// Orders that were not canceled.
    pub failed: Vec<Order<J>>,
    /// Whether both lists are there, and each has as many orders as its count says.
    pub is_consistent: bool,
}

impl<J: JsonValue> CancelReport<J> {
    /// Reads a response body, or returns `None` if it has neither list.
    #[must_use]
    pub fn read(body: &J) -> Option<Self> {
        let lists = [read_list(body, "success"), read_list(body, "failed")];
        if lists.iter().all(Option::is_none) {
            return None;
        }
        let is_complete = |list: &Option<(_, bool)>| matches!(list, Some((_, true)));
        let is_consistent = lists.iter().all(is_complete);
        let [canceled, failed] =
            lists.map(|list| list.map(|(orders, _)| orders).unwrap_or_default());
        Some(Self {
            canceled,
            failed,
            is_consistent,
        })
    }
}

/// The orders of a list, and whether there are as many as its count says.
fn read_list<J: JsonValue>(body: &J, name: &'static str) -> Option<(Vec<Order<J>>, bool)> {
    let list = body.member(name)?;
    let orders = Order::read_all(&list.member("orders")?)?;
    let is_complete = list.text("count") == Some(orders.len().to_string());
    Some((orders, is_complete))
}
