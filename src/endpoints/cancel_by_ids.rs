//! `DELETE /v1/orders/uuids`: [Cancel Orders by IDs](https://global-docs.upbit.com/reference/cancel-orders-by-ids).

use crate::endpoint::{Endpoint, Method};
use crate::json_value::{JsonValue, LenientText};
use crate::order::Order;
use crate::order_ref::OrderRef;
use crate::problem::BadResponse;
use crate::query::Query;
use crate::rate_budget::RateGroup;

/// Orders that Upbit takes in one request.
pub const MAX_ORDERS: usize = 20;

/// Bytes of a query that are surely read whole.
pub const MAX_QUERY_BYTES: usize = 4000;

/// Cancels some orders. All are named by UUID, or all by identifier.
#[derive(Debug, Clone)]
pub struct CancelByIds(pub Vec<OrderRef>);

impl Endpoint for CancelByIds {
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/v1/orders/uuids";
    const GROUP: RateGroup = RateGroup::Default;
    /// Cancelling twice cancels once.
    const IDEMPOTENT: bool = true;
    type Output<J: JsonValue> = CancelReport<J>;

    fn query(&self) -> Query {
        Query::new(self.0.iter().map(OrderRef::array_parameter))
    }

    fn accept<J: JsonValue>(&self, body: J) -> Result<CancelReport<J>, BadResponse> {
        CancelReport::read(&body).ok_or(BadResponse::NoList)
    }
}

/// What Upbit did with the orders of a batch. It tells no reason for those that failed.
#[derive(Debug, Clone)]
pub struct CancelReport<J> {
    /// Orders whose cancellation is accepted.
    pub canceled: Vec<Order<J>>,
    /// Orders that are not canceled.
    pub failed: Vec<Order<J>>,
    /// Whether both parts are there, with as many orders as they count, each with a `uuid`.
    pub is_consistent: bool,
}

impl<J: JsonValue> CancelReport<J> {
    /// `None`: the body has neither part.
    #[must_use]
    pub fn read(body: &J) -> Option<Self> {
        let (success, failed) = (part(body, "success"), part(body, "failed"));
        if success.is_none() && failed.is_none() {
            return None;
        }
        let is_consistent = [&success, &failed]
            .iter()
            .all(|part| part.as_ref().is_some_and(|(_, whole)| *whole));
        let orders = |part: Option<(Vec<Order<J>>, bool)>| {
            part.map(|(orders, _)| orders).unwrap_or_default()
        };
        Some(Self {
            canceled: orders(success),
            failed: orders(failed),
            is_consistent,
        })
    }
}

/// Its orders, and whether they are as many as it counts.
fn part<J: JsonValue>(body: &J, name: &'static str) -> Option<(Vec<Order<J>>, bool)> {
    let part = body.member(name)?;
    let entries = part.member("orders")?;
    let orders = Order::read_all(&entries)?;
    let count: LenientText = part
        .member("count")
        .and_then(|count| count.read())
        .unwrap_or_default();
    let whole = count.text() == Some(orders.len().to_string().as_str());
    Some((orders, whole))
}
