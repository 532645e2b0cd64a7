//! Answers the requests of a batch by hand.

use serde_json::{Value, json};
use std::time::Duration;
use upbit_cancel_order::batch::{Batch, Completion, Job, Request, SendMode};
use upbit_cancel_order::confirmation::OrderResult;
use upbit_cancel_order::endpoint::Method;
use upbit_cancel_order::endpoints::cancel_by_ids::CancelReport;
use upbit_cancel_order::failure::{Attempts, Failure, History};
use upbit_cancel_order::order::Order;
use upbit_cancel_order::order_ref::OrderRef;
use upbit_cancel_order::outcome::{Kind, Outcome};
use upbit_cancel_order::problem::{ErrorResponse, Problem};
use upbit_cancel_order::rate_budget::Moment;

pub const NOW: Moment = Duration::from_secs(100);

pub const ONE_SENT: Attempts = Attempts {
    sent: 1,
    response_lost: false,
};

pub fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

pub fn uuid(text: &str) -> OrderRef {
    OrderRef::Uuid(text.to_owned())
}

pub fn identifier(text: &str) -> OrderRef {
    OrderRef::Identifier(text.to_owned())
}

/// A UUID with this number.
pub fn numbered(number: usize) -> OrderRef {
    OrderRef::Uuid(format!("{number:08x}-0000-4000-8000-00000000cafe"))
}

pub fn rejected(status: u16, code: &str) -> Problem {
    Problem::Rejected(ErrorResponse {
        status,
        code: Some(code.to_owned()),
        ..ErrorResponse::default()
    })
}

pub fn not_found() -> Problem {
    rejected(404, "order_not_found")
}

/// The failure and all attempts of a call whose attempts ended with these problems.
pub fn failure(method: Method, previous: Attempts, problems: &[Problem]) -> (Failure, Attempts) {
    let mut history = History::new(method, "host", previous);
    for problem in problems {
        history.record(problem);
    }
    (
        history.failure(problems.last().unwrap()),
        history.attempts(),
    )
}

/// All requests that are to be sent now.
pub fn jobs(batch: &mut Batch<Value>, now: Moment) -> Vec<Job> {
    std::iter::from_fn(|| batch.next(now)).collect()
}

/// The only request that is to be sent now.
pub fn only(batch: &mut Batch<Value>, now: Moment) -> Job {
    let mut jobs = jobs(batch, now);
    assert_eq!(jobs.len(), 1, "{jobs:?}");
    jobs.remove(0)
}

/// Completes a cancellation with this response.
pub fn accept(batch: &mut Batch<Value>, job: &Job, body: Value, now: Moment) {
    let order = Order::read(body).unwrap();
    batch.complete(job.id, Completion::Canceled(Ok(order), ONE_SENT), now);
}

/// Completes a cancellation whose attempts ended with these problems.
pub fn refuse(batch: &mut Batch<Value>, job: &Job, problems: &[Problem], now: Moment) {
    let end = if let Request::Cancel { previous, .. } = &job.request {
        let (failure, requests) = failure(Method::Delete, *previous, problems);
        Completion::Canceled(Err(failure), requests)
    } else {
        let (failure, requests) = failure(Method::Delete, Attempts::default(), problems);
        Completion::CanceledByIds(Err(failure), requests)
    };
    batch.complete(job.id, end, now);
}

/// Completes a chunk with these two lists.
pub fn answer(
    batch: &mut Batch<Value>,
    job: &Job,
    canceled: &Value,
    failed: &Value,
    requests: Attempts,
) {
    let body = json!({"success": canceled, "failed": failed});
    let parts = CancelReport::read(&body).unwrap();
    batch.complete(job.id, Completion::CanceledByIds(Ok(parts), requests), NOW);
}

/// Completes all of these with success.
pub fn accept_all(batch: &mut Batch<Value>, sent: &[Job]) {
    for job in sent {
        match &job.request {
            Request::CancelByIds(names) => {
                answer(batch, job, &list(names), &list(&[]), ONE_SENT);
            }
            Request::Cancel { order: name, .. } => accept(batch, job, order(name), NOW),
            lookup => panic!("{lookup:?}"),
        }
    }
}

/// A batch without confirmation.
pub fn batch_of(orders: Vec<OrderRef>, sending: SendMode) -> Batch<Value> {
    let entries = orders.into_iter().map(Ok).collect();
    Batch::new(entries, sending, Duration::ZERO)
}

/// A batch of this many orders.
pub fn uuids(count: usize, sending: SendMode) -> Batch<Value> {
    batch_of((0..count).map(numbered).collect(), sending)
}

/// An order of a response.
pub fn order(name: &OrderRef) -> Value {
    match name {
        OrderRef::Uuid(uuid) => json!({"uuid": uuid, "market": "SGD-BTC"}),
        OrderRef::Identifier(text) => {
            json!({"uuid": format!("uuid of {text}"), "market": "SGD-BTC", "identifier": text})
        }
    }
}

/// A list of a cancel report.
pub fn list(names: &[OrderRef]) -> Value {
    let orders: Vec<_> = names.iter().map(order).collect();
    json!({"count": orders.len(), "orders": orders})
}

/// The failure of an entry.
pub fn failed(batch: &Batch<Value>, entry: usize) -> &Failure {
    &batch.result(entry).unwrap().as_ref().unwrap_err().failure
}

/// Kind, outcome and attempts of the failure of an entry.
pub fn facts(batch: &Batch<Value>, entry: usize) -> (Kind, Outcome, u32) {
    let failure = failed(batch, entry);
    (failure.kind, failure.outcome, failure.attempts)
}

pub fn result(batch: &Batch<Value>, entry: usize) -> &OrderResult<Value> {
    batch.result(entry).unwrap()
}
