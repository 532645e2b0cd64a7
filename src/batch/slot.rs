//! One distinct order of a batch, whichever entries name it.

use crate::confirmation::{Confirmation, OrderResult};
use crate::failure::Attempts;
use crate::json_value::JsonValue;
use crate::order::Order;
use crate::order_ref::OrderRef;
use crate::query::wire_length;

/// One distinct order of a batch.
#[derive(Debug)]
pub struct Slot<J> {
    /// As the caller named it.
    pub order: OrderRef,
    /// Upbit's own identifier, once an answer has told it.
    pub uuid: Option<String>,
    /// Requests about it that have ended.
    pub attempts: Attempts,
    /// The entries that name it.
    pub entries: Vec<usize>,
    /// How far it is.
    pub progress: Progress<J>,
}

/// How far an order is.
#[derive(Debug)]
pub enum Progress<J> {
    /// Its cancellation is to be sent, or under way.
    Canceling,
    /// Its end is looked for. Busy: a look or another cancellation is under way.
    Confirming {
        confirmation: Confirmation<J>,
        busy: bool,
    },
    /// Upbit does not find it, but it may be an order that another entry names otherwise.
    Held(OrderResult<J>),
    /// Nothing more is done about it.
    Ended(OrderResult<J>),
    /// It is an order that another slot names.
    Alias,
}

impl<J> Slot<J> {
    /// Nothing done yet.
    pub fn new(order: OrderRef) -> Self {
        Self {
            order,
            uuid: None,
            attempts: Attempts::default(),
            entries: Vec::new(),
            progress: Progress::Canceling,
        }
    }

    /// Adds requests that the order shared with others.
    pub fn add_attempts(&mut self, attempts: Attempts) {
        self.attempts.sent = self.attempts.sent.saturating_add(attempts.sent);
        self.attempts.response_lost |= attempts.response_lost;
    }

    /// Whether its name alone is short enough for a query.
    pub fn fits(&self, most_bytes: usize) -> bool {
        let (name, value) = self.order.array_parameter();
        wire_length(name, value) <= most_bytes
    }

    /// Whether something is still to be done about it.
    pub fn is_unfinished(&self) -> bool {
        matches!(
            self.progress,
            Progress::Canceling | Progress::Confirming { .. }
        )
    }
}

impl<J: JsonValue> Slot<J> {
    /// Whether an order of an answer is this one.
    pub fn matches(&self, order: &Order<J>) -> bool {
        let same_uuid = |own: &String| order.uuid().eq_ignore_ascii_case(own);
        order.matches(&self.order) || self.uuid.as_ref().is_some_and(same_uuid)
    }
}

/// Splits slots into requests: one kind of name in each, no more orders and bytes of query than these.
pub fn chunks<'a>(
    slots: impl IntoIterator<Item = (usize, &'a OrderRef)>,
    most_orders: usize,
    most_bytes: usize,
) -> Vec<Vec<usize>> {
    let mut by_kind: [(Vec<Vec<usize>>, usize); 2] = Default::default();
    for (index, order) in slots {
        let (name, value) = order.array_parameter();
        let kind = matches!(order, OrderRef::Identifier(_));
        let [uuids, identifiers] = &mut by_kind;
        let (chunks, bytes) = if kind { identifiers } else { uuids };
        let length = wire_length(name, value);
        match chunks.last_mut() {
            Some(last) if last.len() < most_orders && *bytes + 1 + length <= most_bytes => {
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
