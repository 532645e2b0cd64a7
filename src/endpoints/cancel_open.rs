//! `DELETE /v1/orders/open`: [Batch Cancel Orders](https://global-docs.upbit.com/reference/batch-cancel-orders).

use super::cancel_by_ids::CancelReport;
use crate::endpoint::{Endpoint, Method};
use crate::filter::{CancelOpenFilter, Side};
use crate::json_value::JsonValue;
use crate::problem::BadResponse;
use crate::query::Query;
use crate::rate_budget::RateGroup;

/// Cancels the first `count` open orders of a filter.
#[derive(Debug, Clone)]
pub struct CancelOpen(pub CancelOpenFilter);

impl Endpoint for CancelOpen {
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/v1/orders/open";
    const GROUP: RateGroup = RateGroup::OrderCancelAll;
    /// 'The newest 300' after a lost answer would be 300 others.
    const IDEMPOTENT: bool = false;
    type Output<J: JsonValue> = CancelReport<J>;

    fn query(&self) -> Query {
        let filter = &self.0;
        let lists = [
            ("pairs", filter.pairs.join(",")),
            ("quote_currencies", filter.quote_currencies.join(",")),
            ("excluded_pairs", filter.excluded_pairs.join(",")),
        ];
        let named = lists.iter().filter(|(_, list)| !list.is_empty());
        let count = filter.count.to_string();
        let side = ("cancel_side", filter.side.map_or("all", Side::name));
        let rest = [
            ("count", count.as_str()),
            ("order_by", filter.order_by.name()),
        ];
        let named = named.map(|(name, list)| (*name, list.as_str()));
        Query::new([side].into_iter().chain(named).chain(rest))
    }

    fn accept<J: JsonValue>(&self, body: J) -> Result<CancelReport<J>, BadResponse> {
        CancelReport::read(&body).ok_or(BadResponse::NoList)
    }
}
