//! One attempt: sends a signed request and reads the answer to its last byte, within a limit.

use super::account::SignedRequest;
use super::clock;
use super::signal::Signal;
use super::timer::Timer;
use crate::answer::{Answer, Body};
use crate::problem::Problem;
use crate::rate_headers::{remaining_requests, retry_after};
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::Cell;
use core::future::{Future, poll_fn};
use core::pin::pin;
use core::task::Poll;
use core::time::Duration;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The method of a cancellation.
pub const METHOD: &str = "DELETE";

#[wasm_bindgen(module = "#exchange")]
extern "C" {
    /// `fetch` and all that goes with it, written in JavaScript.
    type Exchange;

    #[wasm_bindgen(constructor, catch)]
    fn new() -> Result<Exchange, JsValue>;

    #[wasm_bindgen(method)]
    fn run(this: &Exchange, method: &str, url: &str, token: &str) -> Promise;

    #[wasm_bindgen(method)]
    fn abort(this: &Exchange);

    #[wasm_bindgen(method, getter)]
    fn sent(this: &Exchange) -> bool;

    #[wasm_bindgen(method, getter)]
    fn status(this: &Exchange) -> Option<u16>;

    #[wasm_bindgen(method, getter)]
    fn remaining(this: &Exchange) -> Option<String>;

    #[wasm_bindgen(method, getter, js_name = retryAfter)]
    fn retry_after(this: &Exchange) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn body(this: &Exchange) -> Option<Vec<u8>>;

    #[wasm_bindgen(method, getter, js_name = tooLarge)]
    fn too_large(this: &Exchange) -> bool;
}

/// What came of an attempt.
pub struct Attempt {
    /// The answer, or why there is none.
    pub answer: Result<Answer, Problem>,
    /// What `Remaining-Req` says.
    pub remaining: Option<u32>,
}

impl Attempt {
    fn failed(problem: Problem) -> Self {
        Self {
            answer: Err(problem),
            remaining: None,
        }
    }
}

/// Sends the request. The limit spans everything from the connection to the last byte.
pub async fn attempt(request: &SignedRequest, limit: Duration, interrupt: &Signal) -> Attempt {
    let Ok(connection) = Connection::new() else {
        return Attempt::failed(Problem::Unreachable);
    };
    let timer = Timer::start(limit);
    let mut answered = pin!(connection.run(request));
    poll_fn(|context| {
        // First of all the answer: one that is there is told, whatever else has happened.
        if let Poll::Ready(attempt) = answered.as_mut().poll(context) {
            return Poll::Ready(attempt);
        }
        if interrupt.poll(context).is_ready() {
            return Poll::Ready(Attempt::failed(Problem::Aborted));
        }
        let late = timer.signal().poll(context);
        late.map(|()| Attempt::failed(Problem::TimedOut))
    })
    .await
}

/// Ends the request when dropped before the answer was read.
struct Connection {
    exchange: Exchange,
    open: Cell<bool>,
}

impl Connection {
    fn new() -> Result<Self, JsValue> {
        Ok(Self {
            exchange: Exchange::new()?,
            open: Cell::new(true),
        })
    }

    async fn run(&self, request: &SignedRequest) -> Attempt {
        let running = self.exchange.run(METHOD, &request.url, &request.token);
        // However it ends, what came of it stands in the exchange.
        let _ = JsFuture::from(running).await;
        self.open.set(false);
        self.exchange.attempt()
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if self.open.get() {
            self.exchange.abort();
        }
    }
}

impl Exchange {
    fn attempt(&self) -> Attempt {
        match self.status() {
            Some(status) => Attempt {
                answer: Ok(self.answer(status)),
                remaining: self
                    .remaining()
                    .and_then(|header| remaining_requests(&header)),
            },
            None if self.sent() => Attempt::failed(Problem::ConnectionLost),
            None => Attempt::failed(Problem::Unreachable),
        }
    }

    fn answer(&self, status: u16) -> Answer {
        Answer {
            status,
            retry_after: self
                .retry_after()
                .and_then(|header| retry_after(&header, clock::since_epoch())),
            body: match self.body() {
                Some(body) => Body::Whole(body),
                None if self.too_large() => Body::TooLarge,
                None => Body::Incomplete,
            },
        }
    }
}
