//! Many cancellations: entries in, requests out, answers in, one result for each entry.
//!
//! The planner sends nothing and waits for nothing. [`Batch::next`] says which request to send now,
//! [`Batch::complete`] takes in what came of it, [`Batch::wake_at`] says when to ask again. An order
//! that is named twice is sent once. A single cancellation that is
//! confirmed is a batch of one.

// Numbers of slots and entries are made by `Batch::new`; nothing is ever taken out of the lists.
#![expect(clippy::indexing_slicing, reason = "every number stands in its list")]

mod answers;
mod ends;
mod looks;
mod slot;
mod stops;

pub use crate::confirmation::LookupFailure;
use crate::confirmation::OrderResult;
use crate::endpoints::cancel_by_ids::{self, CancelReport};
use crate::failure::{Attempts, Failure};
use crate::json_value::JsonValue;
use crate::order::Order;
use crate::order_ref::OrderRef;
use crate::rate_budget::Moment;
use slot::{Progress, Slot, chunks};
use std::collections::{HashMap, VecDeque};
use std::time::Duration;

/// Requests under way at a time: as many as the budget has slots.
const MOST_UNDER_WAY: usize = 30;

/// Until the first answer has shown that the key works, fewer are under way.
const MOST_UNTRIED: usize = 10;

/// How orders are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendMode {
    /// A request for the only order, which is looked up by `GET /v1/order`.
    Single,
    /// A request for each order.
    OneByOne,
    /// Up to 20 orders in a request.
    ByIds,
}

/// A request to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// `DELETE /v1/order`.
    Cancel {
        /// Which order.
        order: OrderRef,
        /// What has happened to it before.
        previous: Attempts,
        /// Whether it may not be repeated: it is sent again between looks.
        single_attempt: bool,
    },
    /// `DELETE /v1/orders/uuids`.
    CancelByIds(Vec<OrderRef>),
    /// `GET /v1/order`, which has to end within this time.
    Lookup(OrderRef, Duration),
    /// `GET /v1/orders/uuids`, which has to end within this time.
    LookupByIds(Vec<OrderRef>, Duration),
}

/// A request, and the number under which its end is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Number of the request in this batch.
    pub id: usize,
    /// The request.
    pub request: Request,
}

/// What came of a request, after its repeats.
#[derive(Debug, Clone)]
pub enum Completion<J> {
    /// Of `Cancel`, with all requests about the order so far.
    Canceled(Result<Order<J>, Failure>, Attempts),
    /// Of `CancelByIds`, with its own requests.
    CanceledByIds(Result<CancelReport<J>, Failure>, Attempts),
    /// Of `Lookup` and `LookupByIds`. An order that Upbit does not find is not among them.
    LookedUp(Result<Vec<Order<J>>, LookupFailure>),
}

/// A request, and the slots that it is about.
#[derive(Debug)]
enum Task {
    Cancel(usize),
    CancelByIds(Vec<usize>),
    Lookup(Vec<usize>),
}

/// What looks have shown.
#[derive(Debug, Clone)]
enum Looking {
    /// None has ended yet: one at a time, since a key may lack the permission.
    Untried,
    /// As many at a time as are due.
    Tried,
    /// No more are sent.
    Over(LookupFailure),
}

/// What the answers have shown of the key.
#[derive(Debug, Default)]
struct Key {
    works: bool,
    refusals_in_a_row: u32,
}

/// A batch between its first request and its last result.
#[derive(Debug)]
pub struct Batch<J> {
    sending: SendMode,
    /// When it was last told something, or asked.
    now: Moment,
    /// Zero: nothing is looked up.
    confirm: Duration,
    slots: Vec<Slot<J>>,
    /// The slot of each entry.
    slot_of: Vec<usize>,
    ready: VecDeque<Task>,
    in_flight: HashMap<usize, Task>,
    tasks: usize,
    /// Orders that this batch has canceled, by each of their names.
    canceled_names: HashMap<OrderRef, usize>,
    /// Orders that were not found.
    held: Vec<usize>,
    /// Whether some orders are named by UUID and others by identifier.
    names_differ: bool,
    unfinished: usize,
    key: Key,
    /// What is told to orders that are not sent any more.
    stopped: Option<Failure>,
    looking: Looking,
    finished: VecDeque<usize>,
}

impl<J: JsonValue> Batch<J> {
    /// A batch of these entries; a wrong one ends with its failure.
    #[must_use]
    pub fn new(
        entries: Vec<Result<OrderRef, Failure>>,
        sending: SendMode,
        confirm: Duration,
    ) -> Self {
        let mut batch = Self {
            sending,
            now: Moment::ZERO,
            confirm,
            slots: Vec::new(),
            slot_of: Vec::with_capacity(entries.len()),
            ready: VecDeque::new(),
            in_flight: HashMap::new(),
            tasks: 0,
            canceled_names: HashMap::new(),
            held: Vec::new(),
            names_differ: false,
            unfinished: 0,
            key: Key::default(),
            stopped: None,
            looking: Looking::Untried,
            finished: VecDeque::new(),
        };
        let mut known = HashMap::new();
        for (entry, order) in entries.into_iter().enumerate() {
            let slot = match order {
                Ok(order) => *known
                    .entry(order.normalized())
                    .or_insert_with(|| batch.add(Slot::new(order))),
                Err(failure) => batch.add_wrong(failure),
            };
            batch.slots[slot].entries.push(entry);
            batch.slot_of.push(slot);
        }
        let by_uuid = |order: &&OrderRef| matches!(order, OrderRef::Uuid(_));
        let uuids = known.keys().filter(by_uuid).count();
        batch.names_differ = uuids > 0 && uuids < known.len();
        batch.unfinished = known.len();
        batch.ready = batch.plan();
        batch.finished = (0..batch.slot_of.len())
            .filter(|entry| batch.result(*entry).is_some())
            .collect();
        batch
    }

    fn add(&mut self, slot: Slot<J>) -> usize {
        self.slots.push(slot);
        self.slots.len() - 1
    }

    fn add_wrong(&mut self, failure: Failure) -> usize {
        let mut slot = Slot::new(OrderRef::Identifier(String::new()));
        slot.progress = Progress::Ended(Err(failure.into()));
        self.add(slot)
    }

    fn plan(&self) -> VecDeque<Task> {
        let unsent = || {
            self.slots
                .iter()
                .enumerate()
                .filter(|(_, slot)| slot.is_unfinished())
        };
        if self.sending != SendMode::ByIds {
            return unsent().map(|(index, _)| Task::Cancel(index)).collect();
        }
        let orders = unsent().map(|(index, slot)| (index, &slot.order));
        chunks(
            orders,
            cancel_by_ids::MAX_ORDERS,
            cancel_by_ids::MAX_QUERY_BYTES,
        )
        .into_iter()
        .map(|chunk| match chunk.first() {
            Some(only) if !self.slots[*only].fits(cancel_by_ids::MAX_QUERY_BYTES) => {
                Task::Cancel(*only)
            }
            _ => Task::CancelByIds(chunk),
        })
        .collect()
    }

    /// The requests that `cancelByIds` would send if all went well, for a preview.
    #[must_use]
    pub fn preview(mut self) -> Vec<Request> {
        let tasks: Vec<_> = self.ready.drain(..).collect();
        tasks.iter().map(|task| self.request_of(task)).collect()
    }

    /// The next request to send now. Cancellations come before looks.
    pub fn next(&mut self, now: Moment) -> Option<Job> {
        self.now = now;
        let most = if self.key.works {
            MOST_UNDER_WAY
        } else {
            MOST_UNTRIED
        };
        let task = if self.in_flight.len() < most {
            self.next_cancellation()
        } else {
            None
        };
        let task = task.or_else(|| self.next_look())?;
        let work = Job {
            id: self.tasks,
            request: self.request_of(&task),
        };
        self.in_flight.insert(work.id, task);
        self.tasks += 1;
        Some(work)
    }

    /// An order may have ended while its cancellation waited to be sent again.
    fn next_cancellation(&mut self) -> Option<Task> {
        let ended = |task: &Task| matches!(task, Task::Cancel(index) if !self.slots[*index].is_unfinished());
        while self.ready.front().is_some_and(ended) {
            self.ready.pop_front();
        }
        self.ready.pop_front()
    }

    fn request_of(&self, task: &Task) -> Request {
        let orders = |slots: &[usize]| {
            slots
                .iter()
                .map(|slot| self.slots[*slot].order.clone())
                .collect()
        };
        match task {
            Task::Cancel(index) => {
                let slot = &self.slots[*index];
                Request::Cancel {
                    order: slot.order.clone(),
                    previous: slot.attempts,
                    single_attempt: matches!(slot.progress, Progress::Confirming { .. }),
                }
            }
            Task::CancelByIds(slots) => Request::CancelByIds(orders(slots)),
            Task::Lookup(slots) => {
                let limit = self.look_limit(slots);
                match slots.as_slice() {
                    [only] if self.is_looked_up_alone(*only) => {
                        Request::Lookup(self.slots[*only].order.clone(), limit)
                    }
                    _ => Request::LookupByIds(orders(slots), limit),
                }
            }
        }
    }

    /// Whether nothing is left to send, to wait for, or to tell.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.unfinished == 0 && self.finished.is_empty()
    }

    /// Whether requests that wait for the budget have to end.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stopped.is_some()
    }

    /// The next entry that has ended.
    pub fn take_finished(&mut self) -> Option<usize> {
        self.finished.pop_front()
    }

    /// What became of an entry, if it has ended.
    #[must_use]
    pub fn result(&self, entry: usize) -> Option<&OrderResult<J>> {
        match &self.slots[self.slot_of[entry]].progress {
            Progress::Ended(ended) => Some(ended),
            _ => None,
        }
    }

    /// Which order an entry is about. Entries of one order have the same result.
    #[must_use]
    pub fn slot_of(&self, entry: usize) -> usize {
        self.slot_of[entry]
    }
}
