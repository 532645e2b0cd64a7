//! `GET /v1/orders/open`: [List Open Orders](https://global-docs.upbit.com/reference/list-open-orders).

use crate::endpoint::{Endpoint, Method};
use crate::json_value::JsonValue;
use crate::order::Order;
use crate::problem::BadResponse;
use crate::query::Query;
use crate::rate_budget::RateGroup;

/// Maximum number of orders on a page. A page with fewer orders is the last one.
pub const PAGE_SIZE: usize = 100;

/// Lists one page of the open orders, the newest first.
#[derive(Debug, Clone)]
pub struct ListOpenOrders {
    /// `None` for every market.
    pub market: Option<String>,
    /// `wait`, `watch` or both. If it is empty, Upbit lists `wait` only.
    pub states: Vec<String>,
    /// The number of the page, starting at 1.
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
        let paging = [
            ("page", page.as_str()),
            ("limit", &limit),
            ("order_by", "desc"),
        ];
        Query::new(market.chain(states).chain(paging))
    }

    fn accept<J: JsonValue>(&self, body: J) -> Result<Page<J>, BadResponse> {
        let size = body.entries().ok_or(BadResponse::NoList)?.len();
        let orders = Order::read_all(&body).ok_or(BadResponse::NoList)?;
        // An empty list proves that nothing is open, so no entry may be ignored.
        if orders.len() < size {
            return Err(BadResponse::NoList);
        }
        Ok(Page {
            orders,
            is_last: size < PAGE_SIZE,
        })
    }
}

/// One page of a list.
#[derive(Debug, Clone)]
pub struct Page<J> {
    /// The orders on it.
    pub orders: Vec<Order<J>>,
    /// Whether it is the last page.
    pub is_last: bool,
}
