//! The state of one order of a batch.

use crate::confirmation::{Confirmation, OrderResult};
use crate::failure::{Attempts, Failure};
use crate::json_value::JsonValue;
use crate::order::Order;
use crate::order_ref::OrderRef;
use crate::query::wire_length;

/// One distinct order of a batch.
#[derive(Debug)]
pub struct TrackedOrder<J> {
    /// The UUID or identifier that the caller gave.
    pub name: OrderRef,
    /// The order in the response that shows it canceled. It has the UUID and the identifier.
    pub canceled: Option<Order<J>>,
    /// The completed requests about it.
    pub attempts: Attempts,
    /// Indices of the entries that name it.
    pub entries: Vec<usize>,
    /// What is done with it next.
    pub stage: Stage<J>,
}

/// The stage of an order.
#[derive(Debug)]
pub enum Stage<J> {
    /// Its cancellation is queued or in flight.
    Canceling,
    /// It is looked up until it has ended.
    Confirming {
        confirmation: Confirmation<J>,
        /// Whether a lookup is in flight, or another cancellation is queued or in flight.
        busy: bool,
    },
    /// Upbit did not find it, but another entry may name the same order.
    OnHold(OrderResult<J>),
    /// It has its result.
    Done(OrderResult<J>),
    /// It turned out to be the same as another order of the batch, which has taken its entries.
    Alias,
}

impl<J> TrackedOrder<J> {
    /// An order that is to be canceled.
    pub fn new(name: OrderRef) -> Self {
        Self {
            name,
            canceled: None,
            attempts: Attempts::default(),
            entries: Vec::new(),
            stage: Stage::Canceling,
        }
    }

    /// The place of an invalid entry, which has no name.
    pub fn invalid(failure: Failure) -> Self {
        Self {
            stage: Stage::Done(Err(failure.into())),
            ..Self::new(OrderRef::Identifier(String::new()))
        }
    }

    /// Adds the attempts of a request about several orders.
    pub fn add_attempts(&mut self, attempts: Attempts) {
        self.attempts.sent = self.attempts.sent.saturating_add(attempts.sent);
        self.attempts.response_lost |= attempts.response_lost;
    }

    /// Whether a query with this order alone has at most this many bytes.
    pub fn fits(&self, max_query_bytes: usize) -> bool {
        let (parameter, value) = self.name.array_parameter();
        wire_length(parameter, value) <= max_query_bytes
    }

    /// Whether more requests about it may follow.
    pub fn is_unfinished(&self) -> bool {
        matches!(self.stage, Stage::Canceling | Stage::Confirming { .. })
    }
}

impl<J: JsonValue> TrackedOrder<J> {
    /// Whether an order of a response is certainly this one.
    pub fn matches(&self, order: &Order<J>) -> bool {
        let has_uuid = |own: &Order<J>| order.uuid().eq_ignore_ascii_case(own.uuid());
        order.matches(&self.name) || self.canceled.as_ref().is_some_and(has_uuid)
    }

    /// Whether an order of a response is this one. `is_only`: whether one order was requested and one was
    /// returned. Then it may lack its identifier.
    pub fn matches_response(&self, order: &Order<J>, is_only: bool) -> bool {
        self.matches(order) || is_only && order.may_match(&self.name)
    }

    /// Whether it is canceled and has this name.
    pub fn is_canceled_as(&self, name: &OrderRef) -> bool {
        self.canceled
            .as_ref()
            .is_some_and(|order| order.matches(name))
    }
}

/// Splits orders into chunks for one request each. A chunk has either UUIDs or identifiers, at most
/// `max_orders` of them, and at most `max_query_bytes` of query unless it is a single order.
pub fn chunks<'a>(
    orders: impl IntoIterator<Item = (usize, &'a OrderRef)>,
    max_orders: usize,
    max_query_bytes: usize,
) -> Vec<Vec<usize>> {
    let mut by_kind: [(Vec<Vec<usize>>, usize); 2] = Default::default();
    for (index, name) in orders {
        let (parameter, value) = name.array_parameter();
        let [uuids, identifiers] = &mut by_kind;
        let (chunks, bytes) = match name {
            OrderRef::Uuid(_) => uuids,
            OrderRef::Identifier(_) => identifiers,
        };
        let length = wire_length(parameter, value);
        match chunks.last_mut() {
            Some(last) if last.len() < max_orders && *bytes + 1 + length <= max_query_bytes => {
                last.push(index);
                *bytes += 1 + length;
            }
            _ => {
                chunks.push(vec![index]);
                *bytes = length;
            }
        }
    }
    by_kind.into_iter().flat_map(|(chunks, _)| chunks).collect()
}
