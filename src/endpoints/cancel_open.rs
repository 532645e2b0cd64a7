//! `DELETE /v1/orders/open`: [Batch Cancel Orders](https://global-docs.upbit.com/reference/batch-cancel-orders).

use super::cancel_by_ids::CancelReport;
use crate::endpoint::{Endpoint, Method};
use crate::filter::{CancelOpenFilter, Side};
use crate::json_value::JsonValue;
use crate::problem::BadResponse;
use crate::query::Query;
use crate::rate_budget::RateGroup;

/// Cancels the first `count` open orders that match a filter.
#[derive(Debug, Clone)]
pub struct CancelOpen(pub CancelOpenFilter);

impl Endpoint for CancelOpen {
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/v1/orders/open";
    const GROUP: RateGroup = RateGroup::OrderCancelAll;
    // After a lost response, the newest 300 open orders may be 300 other orders.
    const IDEMPOTENT: bool = false;
    type Output<J: JsonValue> = CancelReport<J>;

    fn query(&self) -> Query {
        let filter = &self.0;
        let side = filter.side.map_or("all", Side::name);
        let pairs = filter.pairs.join(",");
        let quote_currencies = filter.quote_currencies.join(",");
        let excluded_pairs = filter.excluded_pairs.join(",");
        let count = filter.count.to_string();
        let parameters = [
            ("cancel_side", side),
            ("pairs", pairs.as_str()),
            ("quote_currencies", quote_currencies.as_str()),
            ("excluded_pairs", excluded_pairs.as_str()),
            ("count", count.as_str()),
            ("order_by", filter.order_by.name()),
        ];
        let is_given = |(_, value): &(&str, &str)| !value.is_empty();
        Query::new(parameters.into_iter().filter(is_given))
    }

    fn accept<J: JsonValue>(&self, body: J) -> Result<CancelReport<J>, BadResponse> {
        CancelReport::read(&body).ok_or(BadResponse::NoList)
    }
}
