//! Runs a batch as `src/web` does: sends its requests within the rate budget, and completes them.

use super::entries::names;
use super::exchange::Exchange;
use super::fate::Fate;
use super::wire::{Answer, read};
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;
use upbit_cancel_order::base_url::BaseUrl;
use upbit_cancel_order::batch::{Batch, Completion, Job, Request};
use upbit_cancel_order::call::{Call, Next};
use upbit_cancel_order::confirmation::LookupFailure;
use upbit_cancel_order::endpoints::cancel_by_ids::CancelByIds;
use upbit_cancel_order::endpoints::cancel_order::CancelOrder;
use upbit_cancel_order::endpoints::get_order::GetOrder;
use upbit_cancel_order::endpoints::list_orders_by_ids::ListOrdersByIds;
use upbit_cancel_order::failure::{Attempts, Failure, StopReason};
use upbit_cancel_order::order::{Order, State};
use upbit_cancel_order::order_ref::OrderRef;
use upbit_cancel_order::problem::Problem;
use upbit_cancel_order::rate_budget::{
    AccountBudget, Moment, Priority, RateGroup, Refusal, Step, Ticket,
};
use upbit_cancel_order::response::Response;
use upbit_cancel_order::retry::Retry;

/// The timeout of an attempt.
pub const TIMEOUT: Duration = Duration::from_secs(1);

/// Longer than any run of the model.
const TOO_LATE: Moment = Duration::from_secs(3600);

/// A request with its retries.
struct Running {
    request: Request,
    call: Call,
    ticket: Ticket,
    /// The attempt in flight, if there is one.
    attempt: Option<u64>,
}

enum Event {
    Arrives(usize, Request, Fate, u64),
    /// With the `sec` of `Remaining-Req`.
    Answered(usize, u64, Response<Value>, u32),
    Ends(usize, u64, Problem),
    Rejoins(usize),
    OutOfTime(usize),
    Interrupt(StopReason),
}

/// An attempt that was sent.
#[derive(Debug, Clone)]
pub struct Sending {
    pub at: Moment,
    pub work: usize,
    pub request: Request,
}

pub struct Driver<'a> {
    pub batch: Batch<Value>,
    pub exchange: Exchange,
    pub now: Moment,
    /// What happens to each attempt, and how long it takes to arrive.
    fates: &'a mut dyn FnMut(&Request, Moment) -> (Fate, Duration),
    max_retries: u32,
    base_url: BaseUrl,
    budget: AccountBudget,
    running: BTreeMap<usize, Running>,
    events: BTreeMap<(Moment, u64), Event>,
    counter: u64,
    interrupted: Option<StopReason>,
    /// All attempts, in the order in which they were sent.
    pub sent: Vec<Sending>,
    /// When each request arrived.
    pub arrivals: VecDeque<Moment>,
    /// Names of orders whose cancellation a response showed as accepted.
    pub accepted: Vec<OrderRef>,
    /// Names of orders that a lookup has shown open, and when.
    pub seen_open: Vec<(Moment, OrderRef)>,
    /// For each response to a cancellation that shows it: whether the key was accepted.
    pub key_answers: Vec<bool>,
    /// The entries with a result, in the order in which they were reported.
    pub finished: Vec<usize>,
}

impl<'a> Driver<'a> {
    pub fn new(
        batch: Batch<Value>,
        exchange: Exchange,
        max_retries: u32,
        fates: &'a mut dyn FnMut(&Request, Moment) -> (Fate, Duration),
    ) -> Self {
        Self {
            batch,
            exchange,
            now: Duration::from_secs(100),
            fates,
            max_retries,
            base_url: BaseUrl::choose(Some("sg"), None).unwrap(),
            budget: AccountBudget::default(),
            running: BTreeMap::new(),
            events: BTreeMap::new(),
            counter: 0,
            interrupted: None,
            sent: Vec::new(),
            arrivals: VecDeque::new(),
            accepted: Vec::new(),
            seen_open: Vec::new(),
            key_answers: Vec::new(),
            finished: Vec::new(),
        }
    }

    /// Interrupts the batch this long after its start.
    pub fn interrupt_after(&mut self, wait: Duration, reason: StopReason) {
        self.schedule(self.now + wait, Event::Interrupt(reason));
    }

    /// Runs to the end. Requests that are still in flight then arrive.
    pub fn play(&mut self) {
        loop {
            self.start_requests();
            let wakes = self.run_budget();
            while let Some(entry) = self.batch.take_finished() {
                self.finished.push(entry);
            }
            if self.batch.is_done() {
                break;
            }
            let next_event = self.events.keys().next().map(|(at, _)| *at);
            let next_look = self.batch.wake_at(self.now);
            let next = [next_event, wakes, next_look].into_iter().flatten().min();
            let next = next.expect("something is waited for");
            assert!(next >= self.now && next < TOO_LATE, "{next:?}");
            let advanced = next > self.now || next_event == Some(next);
            assert!(advanced, "it is woken for nothing");
            self.now = next;
            self.run_events();
        }
        for ((at, _), event) in std::mem::take(&mut self.events) {
            if let Event::Arrives(_, request, fate, _) = event {
                self.exchange.act(&request, fate, at);
            }
        }
    }

    /// Waits until all accepted cancellations have taken effect.
    pub fn settle(&mut self) {
        self.exchange.advance(TOO_LATE);
    }

    fn schedule(&mut self, at: Moment, event: Event) {
        self.counter += 1;
        self.events.insert((at, self.counter), event);
    }

    fn start_requests(&mut self) {
        while let Some(Job { id, request }) = self.batch.next(self.now) {
            let call = self.call_of(&request);
            let ticket = self
                .budget
                .join(RateGroup::Default, priority(&request), self.now);
            if let Request::Lookup(_, limit) | Request::LookupByIds(_, limit) = &request {
                self.schedule(self.now + *limit, Event::OutOfTime(id));
            }
            let own = names(&request);
            let mut others = self
                .running
                .values()
                .flat_map(|other| names(&other.request));
            assert!(
                others.all(|name| !own.contains(&name)),
                "an order is in one request at a time"
            );
            let running = Running {
                request,
                call,
                ticket,
                attempt: None,
            };
            assert!(self.running.insert(id, running).is_none());
        }
    }

    fn call_of(&self, request: &Request) -> Call {
        let (base_url, retries) = (&self.base_url, self.max_retries);
        let previous = Attempts::default();
        match request {
            Request::Cancel {
                previous,
                single_attempt: true,
                ..
            } => Call::new::<CancelOrder>(base_url, 0, false, *previous),
            Request::Cancel { previous, .. } => {
                Call::new::<CancelOrder>(base_url, retries, true, *previous)
            }
            Request::CancelByIds(_) => Call::new::<CancelByIds>(base_url, retries, true, previous),
            Request::Lookup(..) => Call::new::<GetOrder>(base_url, 0, false, previous),
            Request::LookupByIds(..) => Call::new::<ListOrdersByIds>(base_url, 0, false, previous),
        }
    }

    /// Sends the requests that the budget grants. Returns when to call it again.
    fn run_budget(&mut self) -> Option<Moment> {
        loop {
            let of = |ticket, running: &BTreeMap<usize, Running>| {
                let found = running.iter().find(|(_, call)| call.ticket == ticket);
                *found.expect("the budget knows only calls that run").0
            };
            match self.budget.next(self.now) {
                Step::Grant(ticket) => self.send(of(ticket, &self.running)),
                Step::Refuse(ticket, refusal) => {
                    let reason = match refusal {
                        Refusal::Paused { left } => StopReason::Paused(left),
                        Refusal::Blocked { left } => StopReason::Blocked(left),
                    };
                    self.end_stopped(of(ticket, &self.running), reason);
                    self.start_requests();
                }
                Step::WaitUntil(moment) => return Some(moment),
                Step::Idle => return None,
            }
        }
    }

    fn send(&mut self, id: usize) {
        self.counter += 1;
        let attempt = self.counter;
        let running = self.running.get_mut(&id).unwrap();
        running.attempt = Some(attempt);
        let request = running.request.clone();
        if !is_lookup(&request) {
            assert!(
                self.interrupted.is_none(),
                "nothing is sent after an interrupt"
            );
            assert!(!self.batch.is_stopped(), "nothing is sent after a stop");
        }
        let (fate, way) = (self.fates)(&request, self.now);
        self.sent.push(Sending {
            at: self.now,
            work: id,
            request: request.clone(),
        });
        self.schedule(self.now + way, Event::Arrives(id, request, fate, attempt));
    }

    fn run_events(&mut self) {
        while let Some(entry) = self.events.first_entry() {
            if entry.key().0 > self.now {
                return;
            }
            match entry.remove() {
                Event::Arrives(id, request, fate, attempt) => {
                    self.arrive(id, &request, fate, attempt);
                }
                Event::Answered(id, attempt, response, left) => {
                    self.answered(id, attempt, response, left);
                }
                Event::Ends(id, attempt, problem) if self.is_under_way(id, attempt) => {
                    let ticket = self.running[&id].ticket;
                    self.budget.answered(ticket, self.now, None);
                    self.attempt_failed(id, &problem);
                }
                Event::Rejoins(id) => self.rejoin(id),
                Event::OutOfTime(id) if self.running.contains_key(&id) => {
                    let running = self.take(id);
                    let failure = Err(LookupFailure::Inconclusive);
                    self.tell(id, Completion::LookedUp(failure), &running.request);
                }
                Event::Interrupt(reason) => self.interrupt(reason),
                Event::Ends(..) | Event::OutOfTime(_) => (),
            }
        }
    }

    fn is_under_way(&self, id: usize, attempt: u64) -> bool {
        self.running
            .get(&id)
            .is_some_and(|call| call.attempt == Some(attempt))
    }

    fn arrive(&mut self, id: usize, request: &Request, fate: Fate, attempt: u64) {
        if fate != Fate::Unreachable {
            self.arrivals.push_back(self.now);
        }
        let this_second = |at: &&Moment| at.as_secs() == self.now.as_secs();
        let arrived = self.arrivals.iter().rev().take_while(this_second).count();
        let left = 30_u32.saturating_sub(u32::try_from(arrived).unwrap());
        let response = self.exchange.act(request, fate, self.now);
        let soon = self.now + Duration::from_millis(20);
        let (at, event) = match (fate, response) {
            (Fate::Unreachable, _) => (soon, Err(Problem::Unreachable(None))),
            (Fate::Lost { .. }, _) => (soon, Err(Problem::ConnectionLost(None))),
            (Fate::Late { .. }, _) => (self.now + TIMEOUT, Err(Problem::TimedOut)),
            (Fate::Slow, response) => (self.now + TIMEOUT * 9 / 10, Ok(response)),
            (_, response) => (soon, Ok(response)),
        };
        let event = match event {
            Ok(response) => Event::Answered(id, attempt, response, left),
            Err(problem) => Event::Ends(id, attempt, problem),
        };
        self.schedule(at, event);
    }

    fn answered(&mut self, id: usize, attempt: u64, response: Response<Value>, left: u32) {
        if !self.is_under_way(id, attempt) {
            return;
        }
        let (ticket, now) = (self.running[&id].ticket, self.now);
        match read(&self.running[&id].request, response) {
            Ok(answer) => {
                self.budget.answered(ticket, now, Some(left));
                let mut running = self.take(id);
                running.call.succeeded();
                let requests = running.call.attempts();
                self.note(&running.request, &answer);
                let end = match answer {
                    Answer::Order(order) if is_lookup(&running.request) => {
                        Completion::LookedUp(Ok(vec![order]))
                    }
                    Answer::Order(order) => Completion::Canceled(Ok(order), requests),
                    Answer::Parts(parts) => Completion::CanceledByIds(Ok(parts), requests),
                    Answer::Orders(orders) => Completion::LookedUp(Ok(orders)),
                };
                self.tell(id, end, &running.request);
            }
            Err(problem) => {
                match &problem {
                    Problem::Throttled(response) => {
                        self.budget
                            .throttled(ticket, now, response.retry_after, 0.5);
                    }
                    Problem::Blocked(response) => {
                        self.budget.blocked(ticket, now, response.retry_after);
                    }
                    _ => self.budget.answered(ticket, now, Some(left)),
                }
                self.attempt_failed(id, &problem);
            }
        }
    }

    fn note(&mut self, request: &Request, answer: &Answer) {
        let mut see = |order: &Order<Value>| {
            let name = names(request)
                .into_iter()
                .find(|name| order.may_match(name));
            if order.state() == State::Open {
                self.seen_open.extend(name.map(|name| (self.now, name)));
            }
        };
        match (request, answer) {
            (Request::Lookup(..), Answer::Order(order)) => see(order),
            (_, Answer::Orders(orders)) => orders.iter().for_each(see),
            (Request::Cancel { order, .. }, Answer::Order(_)) => {
                self.accepted.push(order.normalized());
            }
            (Request::CancelByIds(names), Answer::Parts(parts)) => {
                let names = names.iter().filter(|name| {
                    let contains =
                        |orders: &[Order<Value>]| orders.iter().any(|order| order.matches(name));
                    contains(&parts.canceled) && !contains(&parts.failed)
                });
                self.accepted.extend(names.map(OrderRef::normalized));
            }
            _ => (),
        }
    }

    fn attempt_failed(&mut self, id: usize, problem: &Problem) {
        let running = self.running.get_mut(&id).unwrap();
        running.attempt = None;
        match running.call.failed(problem, 0.5) {
            Next::Fail(failure) => self.end_failed(id, failure),
            Next::Retry(Retry::NextSlot) => self.rejoin(id),
            Next::Retry(Retry::After(wait)) => {
                self.schedule(self.now + wait, Event::Rejoins(id));
            }
        }
    }

    fn rejoin(&mut self, id: usize) {
        let Some(running) = self.running.get(&id) else {
            return;
        };
        let stopped = (self.batch.is_stopped() && !is_lookup(&running.request))
            .then_some(StopReason::BatchStopped);
        if let Some(reason) = self.interrupted.or(stopped) {
            return self.end_stopped(id, reason);
        }
        let priority = priority(&running.request);
        let (ticket, group) = (running.ticket, RateGroup::Default);
        self.budget.rejoin(ticket, group, priority, self.now);
    }

    fn take(&mut self, id: usize) -> Running {
        let running = self.running.remove(&id).unwrap();
        self.budget.give_up(running.ticket, self.now);
        running
    }

    fn end_failed(&mut self, id: usize, failure: Failure) {
        let running = self.take(id);
        let requests = running.call.attempts();
        let end = match &running.request {
            Request::Cancel { .. } => Completion::Canceled(Err(failure), requests),
            Request::CancelByIds(_) => Completion::CanceledByIds(Err(failure), requests),
            Request::Lookup(..) if failure.is_order_not_found() => {
                Completion::LookedUp(Ok(Vec::new()))
            }
            Request::Lookup(..) | Request::LookupByIds(..) => {
                Completion::LookedUp(Err(failure.into()))
            }
        };
        self.tell(id, end, &running.request);
    }

    fn end_stopped(&mut self, id: usize, reason: StopReason) {
        let running = &self.running[&id];
        if is_lookup(&running.request) {
            let running = self.take(id);
            let end = Completion::LookedUp(Err(LookupFailure::Stopped(reason)));
            self.tell(id, end, &running.request);
        } else {
            self.end_failed(id, running.call.stopped(reason));
        }
    }

    /// Completes a request. If that stops the batch, the requests that wait for a slot end too.
    fn tell(&mut self, id: usize, end: Completion<Value>, request: &Request) {
        if let Completion::Canceled(result, _) = &end {
            self.note_key(result.as_ref().err());
        }
        if let Completion::CanceledByIds(result, _) = &end {
            self.note_key(result.as_ref().err());
        }
        assert_eq!(matches!(end, Completion::LookedUp(_)), is_lookup(request));
        self.batch.complete(id, end, self.now);
        if self.batch.is_stopped() {
            let waits =
                |running: &Running| running.attempt.is_none() && !is_lookup(&running.request);
            let waiting = self.running.iter().find(|(_, running)| waits(running));
            if let Some((&id, _)) = waiting {
                self.end_stopped(id, StopReason::BatchStopped);
            }
        }
    }

    fn note_key(&mut self, failure: Option<&Failure>) {
        match failure {
            None => self.key_answers.push(true),
            Some(failure) if failure.is_key_refused() => self.key_answers.push(false),
            Some(failure) if failure.code.is_some() => self.key_answers.push(true),
            Some(_) => (),
        }
    }

    /// An abort ends the requests in flight too. Closing only ends those that wait.
    fn interrupt(&mut self, reason: StopReason) {
        self.interrupted = Some(reason);
        self.batch.interrupt(reason);
        while let Some((&id, running)) = self
            .running
            .iter()
            .find(|(_, running)| running.attempt.is_none() || reason == StopReason::Aborted)
        {
            if running.attempt.is_none() {
                self.end_stopped(id, reason);
            } else {
                self.attempt_failed(id, &Problem::Aborted);
            }
        }
    }
}

fn priority(request: &Request) -> Priority {
    if is_lookup(request) {
        Priority::Lookup
    } else {
        Priority::Cancellation
    }
}

pub fn is_lookup(request: &Request) -> bool {
    matches!(request, Request::Lookup(..) | Request::LookupByIds(..))
}
