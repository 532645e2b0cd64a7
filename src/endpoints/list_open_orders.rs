//! `GET /v1/orders/open`: [List Open Orders](https://global-docs.upbit.com/reference/list-open-orders).

use crate::endpoint::{Endpoint, Method};
use crate::json_value::JsonValue;
use crate::order::Order;
use crate::problem::BadResponse;
use crate::query::Query;
use crate::rate_budget::RateGroup;

/// Orders on a page. A page with fewer is the last.
pub const PAGE_SIZE: usize = 100;

/// One page of the open orders, the newest first.
#[derive(Debug, Clone)]
pub struct ListOpenOrders {
    /// `None`: every market.
    pub market: Option<String>,
    /// `wait`, `watch`; Upbit takes `wait` alone if none is said.
    pub states: Vec<String>,
    /// From 1.
    pub page: usize,
}

impl Endpoint for ListOpenOrders {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v1/orders/open";
    const GROUP: RateGroup = RateGroup::Default;
    const IDEMPOTENT: bool = true;
    type Output<J: JsonValue> = Page<J>;

    fn query(&self) -> Query {
        let (page, limit) = (self.page.to_string(), PAGE_SIZE.to_string());
        let market = self.market.iter().map(|market| ("market", market.as_str()));
        let states = self.states.iter().map(|state| ("states[]", state.as_str()));
        let place = [
            ("page", page.as_str()),
            ("limit", &limit),
            ("order_by", "desc"),
        ];
        Query::new(market.chain(states).chain(place))
    }

    fn accept<J: JsonValue>(&self, body: J) -> Result<Page<J>, BadResponse> {
        let size = body.entries().ok_or(BadResponse::NoList)?.len();
        let orders = Order::read_all(&body).ok_or(BadResponse::NoList)?;
        // An empty list is a proof, so nothing may be left out of one.
        if orders.len() < size {
            return Err(BadResponse::NoList);
        }
        Ok(Page {
            orders,
            is_last: size < PAGE_SIZE,
        })
    }
}

/// A page of a list.
#[derive(Debug, Clone)]
pub struct Page<J> {
    /// The orders on it.
    pub orders: Vec<Order<J>>,
    /// Whether no page follows.
    pub is_last: bool,
}
