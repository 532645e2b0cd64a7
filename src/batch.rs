//! Plans the requests of a batch, and collects one result for each entry.
//!
//! The planner does no I/O. [`Batch::next`] returns the next request to send, [`Batch::complete`] takes
//! its result, and [`Batch::wake_at`] says when the next lookup is due. An order that several entries
//! name is canceled once. A single cancellation with confirmation is a batch of one entry.

// Orders and entries are addressed by index, and nothing is ever removed from their lists.
#![expect(clippy::indexing_slicing, reason = "every index is in its list")]

mod completions;
mod lookups;
mod results;
mod stop;
mod tracked_order;

pub use crate::confirmation::LookupFailure;
use crate::confirmation::OrderResult;
use crate::endpoints::cancel_by_ids::{self, CancelReport};
use crate::failure::{Attempts, Failure};
use crate::json_value::JsonValue;
use crate::order::Order;
use crate::order_ref::OrderRef;
use crate::rate_budget::Moment;
use std::collections::{HashMap, VecDeque};
use std::time::Duration;
use tracked_order::{Stage, TrackedOrder, chunks};

/// Maximum number of requests in flight: one for each slot of the rate budget.
const MAX_IN_FLIGHT: usize = 30;

/// The same until a response shows that Upbit accepts the key.
const MAX_IN_FLIGHT_AT_FIRST: usize = 10;

/// How the cancellations of a batch are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendMode {
    /// One order, which is looked up with `GET /v1/order`.
    Single,
    /// One request for each order.
    OneByOne,
    /// Up to 20 orders in a request.
    ByIds,
}

/// A request to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// `DELETE /v1/order`.
    Cancel {
        /// The order to cancel.
        order: OrderRef,
        /// The requests that were already sent about it.
        previous: Attempts,
        /// Whether to send it without retries. The batch itself sends it again after a lookup.
        single_attempt: bool,
    },
    /// `DELETE /v1/orders/uuids`.
    CancelByIds(Vec<OrderRef>),
    /// `GET /v1/order`, with a timeout.
    Lookup(OrderRef, Duration),
    /// `GET /v1/orders/uuids`, with a timeout.
    LookupByIds(Vec<OrderRef>, Duration),
}

/// A request with the id to pass to [`Batch::complete`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Id of the request in this batch.
    pub id: usize,
    /// The request to send.
    pub request: Request,
}

/// The result of a request, after its retries.
#[derive(Debug, Clone)]
pub enum Completion<J> {
    /// Of `Cancel`, with all requests about the order so far.
    Canceled(Result<Order<J>, Failure>, Attempts),
    /// Of `CancelByIds`, with the attempts of this request only.
    CanceledByIds(Result<CancelReport<J>, Failure>, Attempts),
    /// Of `Lookup` and `LookupByIds`. Orders that Upbit does not find are left out.
    LookedUp(Result<Vec<Order<J>>, LookupFailure>),
}

/// A request, with the indices of the orders in it.
#[derive(Debug)]
enum Task {
    Cancel(usize),
    CancelByIds(Vec<usize>),
    Lookup(Vec<usize>),
}

/// Whether lookups are sent.
#[derive(Debug, Clone)]
enum LookupState {
    /// No lookup has completed yet. Only one is in flight, because the key may lack the permission.
    Untested,
    /// All lookups that are due are sent.
    Enabled,
    /// No more lookups are sent.
    Disabled(LookupFailure),
}

/// Whether Upbit accepts the key.
#[derive(Debug, Default)]
struct KeyState {
    accepted: bool,
    consecutive_refusals: u32,
}

/// A batch of cancellations.
#[derive(Debug)]
pub struct Batch<J> {
    mode: SendMode,
    /// The time of the last call.
    now: Moment,
    /// How long cancellations are confirmed. Zero for no confirmation.
    confirm: Duration,
    /// The distinct orders.
    orders: Vec<TrackedOrder<J>>,
    /// For each entry, the index of its order.
    order_of: Vec<usize>,
    /// Cancellations to send.
    ready: VecDeque<Task>,
    /// The requests in flight with their ids.
    in_flight: Vec<(usize, Task)>,
    next_id: usize,
    /// Orders at [`Stage::OnHold`].
    on_hold: Vec<usize>,
    /// Whether some orders are named by UUID and others by identifier.
    mixed_names: bool,
    /// How many orders are neither on hold nor done.
    unfinished: usize,
    key: KeyState,
    /// Set when no more cancellations are sent: the failure of the orders that were not sent.
    stopped: Option<Failure>,
    lookups: LookupState,
    /// Entries whose result has not been taken yet.
    finished: VecDeque<usize>,
}

impl<J: JsonValue> Batch<J> {
    /// Plans a batch. An invalid entry gets its failure as its result.
    #[must_use]
    pub fn new(entries: Vec<Result<OrderRef, Failure>>, mode: SendMode, confirm: Duration) -> Self {
        let mut batch = Self {
            mode,
            now: Moment::ZERO,
            confirm,
            orders: Vec::new(),
            order_of: Vec::with_capacity(entries.len()),
            ready: VecDeque::new(),
            in_flight: Vec::new(),
            next_id: 0,
            on_hold: Vec::new(),
            mixed_names: false,
            unfinished: 0,
            key: KeyState::default(),
            stopped: None,
            lookups: LookupState::Untested,
            finished: VecDeque::new(),
        };
        let mut known = HashMap::new();
        for (entry, order) in entries.into_iter().enumerate() {
            let index = match order {
                Ok(order) => *known
                    .entry(order.normalized())
                    .or_insert_with(|| batch.add(TrackedOrder::new(order))),
                Err(failure) => {
                    batch.finished.push_back(entry);
                    batch.add(TrackedOrder::invalid(failure))
                }
            };
            batch.orders[index].entries.push(entry);
            batch.order_of.push(index);
        }
        let is_uuid = |order: &&OrderRef| matches!(order, OrderRef::Uuid(_));
        let uuids = known.keys().filter(is_uuid).count();
        batch.mixed_names = uuids > 0 && uuids < known.len();
        batch.unfinished = known.len();
        batch.ready = batch.plan();
        batch
    }

    fn add(&mut self, order: TrackedOrder<J>) -> usize {
        self.orders.push(order);
        self.orders.len() - 1
    }

    fn plan(&self) -> VecDeque<Task> {
        let orders = self.orders.iter().enumerate();
        let unfinished = orders.filter(|(_, order)| order.is_unfinished());
        if self.mode != SendMode::ByIds {
            return unfinished.map(|(index, _)| Task::Cancel(index)).collect();
        }
        chunks(
            unfinished.map(|(index, order)| (index, &order.name)),
            cancel_by_ids::MAX_ORDERS,
            cancel_by_ids::MAX_QUERY_BYTES,
        )
        .into_iter()
        .map(|chunk| match *chunk.as_slice() {
            [only] if !self.orders[only].fits(cancel_by_ids::MAX_QUERY_BYTES) => Task::Cancel(only),
            _ => Task::CancelByIds(chunk),
        })
        .collect()
    }

    /// The requests that the batch sends if none of them fails.
    #[must_use]
    pub fn preview(&self) -> Vec<Request> {
        self.ready
            .iter()
            .map(|task| self.request_of(task))
            .collect()
    }

    /// The next request to send now. Cancellations come before lookups.
    pub fn next(&mut self, now: Moment) -> Option<Job> {
        self.now = now;
        let max_in_flight = if self.key.accepted {
            MAX_IN_FLIGHT
        } else {
            MAX_IN_FLIGHT_AT_FIRST
        };
        let cancellation = if self.in_flight.len() < max_in_flight {
            self.next_cancellation()
        } else {
            None
        };
        let task = cancellation.or_else(|| self.next_lookup())?;
        let job = Job {
            id: self.next_id,
            request: self.request_of(&task),
        };
        self.in_flight.push((job.id, task));
        self.next_id += 1;
        Some(job)
    }

    /// Skips orders that ended while their cancellation waited to be sent again.
    fn next_cancellation(&mut self) -> Option<Task> {
        loop {
            match self.ready.pop_front()? {
                Task::Cancel(index) if !self.orders[index].is_unfinished() => (),
                task => return Some(task),
            }
        }
    }

    fn request_of(&self, task: &Task) -> Request {
        let names = |indices: &[usize]| {
            indices
                .iter()
                .map(|index| self.orders[*index].name.clone())
                .collect()
        };
        match task {
            Task::Cancel(index) => {
                let order = &self.orders[*index];
                Request::Cancel {
                    order: order.name.clone(),
                    previous: order.attempts,
                    single_attempt: matches!(order.stage, Stage::Confirming { .. }),
                }
            }
            Task::CancelByIds(indices) => Request::CancelByIds(names(indices)),
            Task::Lookup(indices) => {
                let timeout = self.lookup_timeout(indices);
                match indices.as_slice() {
                    [only] if self.has_own_lookup(*only) => {
                        Request::Lookup(self.orders[*only].name.clone(), timeout)
                    }
                    _ => Request::LookupByIds(names(indices), timeout),
                }
            }
        }
    }

    /// Whether every entry has its result and all results have been taken.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.unfinished == 0 && self.finished.is_empty()
    }

    /// Whether the batch sends no more cancellations. Those that wait for a slot must be dropped.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stopped.is_some()
    }

    /// The next entry that has its result.
    pub fn take_finished(&mut self) -> Option<usize> {
        self.finished.pop_front()
    }

    /// The result of an entry, or `None` if it has none yet.
    #[must_use]
    pub fn result(&self, entry: usize) -> Option<&OrderResult<J>> {
        match &self.orders[self.order_of[entry]].stage {
            Stage::Done(result) => Some(result),
            _ => None,
        }
    }

    /// The index of an entry's order. Entries of the same order have the same result.
    #[must_use]
    pub fn order_of(&self, entry: usize) -> usize {
        self.order_of[entry]
    }
}
