//! Runs one request with its retries: waits for a slot, signs, sends, and reads the response.

use super::account::Account;
use super::clock;
use super::fetch::{self, Attempt};
use super::interrupts::Interrupts;
use super::reservation::Reservation;
use crate::call::{Call, Next};
use crate::endpoint::{Endpoint, Method};
use crate::failure::{Attempts, Failure, StopReason};
use crate::problem::{BadResponse, Problem};
use crate::query::Query;
use crate::rate_budget::{Priority, RateGroup};
use crate::response::{RequestContext, interpret};
use crate::retry::Retry;
use futures_util::future::LocalBoxFuture;
use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::JsValue;
use zeroize::Zeroizing;

/// Makes requests for one account, with the options of one call.
#[derive(Clone)]
pub struct Caller {
    pub account: Rc<Account>,
    pub interrupts: Interrupts,
    pub timeout: Duration,
    pub max_retries: u32,
    pub in_batch: bool,
    pub priority: Priority,
}

/// The result of a request, after its retries.
pub struct CompletedCall<T> {
    pub result: Result<T, Failure>,
    /// All requests sent about the order, including those of earlier calls.
    pub attempts: Attempts,
    /// Why the next attempt was not sent, if that ended the call.
    pub stopped: Option<StopReason>,
}

/// What all attempts of a request have in common.
struct RequestParts {
    method: Method,
    path: &'static str,
    group: RateGroup,
    query: Query,
}

/// An attempt that has not ended.
enum PendingAttempt {
    Queued(Reservation),
    Sent(InFlight),
}

/// An attempt in flight.
struct InFlight {
    reservation: Reservation,
    attempt: LocalBoxFuture<'static, Attempt>,
    /// Masked if the response repeats it.
    authorization: Zeroizing<String>,
    access_key: Rc<Zeroizing<String>>,
}

/// Parses the body of a success, and stores the endpoint's output.
type Accept = Box<dyn Fn(JsValue) -> Result<(), BadResponse>>;

impl Caller {
    /// Starts a call. If the budget has a free slot, the request is sent before this returns, so that it
    /// is sent even if the caller closes the client right after.
    pub fn call<E: Endpoint + 'static>(
        &self,
        endpoint: E,
        previous: Attempts,
    ) -> impl Future<Output = CompletedCall<E::Output<JsValue>>> + use<E> {
        let request = RequestParts {
            method: E::METHOD,
            path: E::PATH,
            group: E::GROUP,
            query: endpoint.query(),
        };
        let call = Call::new::<E>(
            &self.account.base_url,
            self.max_retries,
            self.in_batch,
            previous,
        );
        let output = Rc::new(RefCell::new(None));
        let stored = output.clone();
        let accept = move |body| {
            stored.replace(Some(endpoint.accept(body)?));
            Ok(())
        };
        let run = self.run(call, request, Box::new(accept));
        async move {
            let completed = run.await;
            // After a success there is always an output.
            let take = |()| output.take().ok_or_else(|| StopReason::BatchStopped.into());
            CompletedCall {
                result: completed.result.and_then(take),
                attempts: completed.attempts,
                stopped: completed.stopped,
            }
        }
    }

    /// Runs the attempts. Not generic, so that it is compiled once for all endpoints.
    fn run(
        &self,
        mut call: Call,
        request: RequestParts,
        accept: Accept,
    ) -> LocalBoxFuture<'static, CompletedCall<()>> {
        let mut pending = self.start_attempt(&request, None);
        let caller = self.clone();
        Box::pin(async move {
            loop {
                let sent = match pending {
                    Ok(pending) => caller.wait_until_sent(pending, &request).await,
                    Err(reason) => Err(reason),
                };
                let sent = match sent {
                    Ok(sent) => sent,
                    Err(reason) => {
                        return CompletedCall::new(&call, Err(call.stopped(reason)), Some(reason));
                    }
                };
                let ticket = sent.reservation.ticket();
                let Err(problem) = caller.response(&accept, sent).await else {
                    call.succeeded();
                    return CompletedCall::new(&call, Ok(()), None);
                };
                pending = match call.failed(&problem, clock::jitter()) {
                    Next::Fail(failure) => return CompletedCall::new(&call, Err(failure), None),
                    Next::Retry(Retry::NextSlot) => caller.start_attempt(&request, Some(ticket)),
                    Next::Retry(Retry::After(wait)) => {
                        let waited = caller.interrupts.interruptible(clock::sleep(wait)).await;
                        waited.and_then(|()| caller.start_attempt(&request, Some(ticket)))
                    }
                };
            }
        })
    }

    /// Sends an attempt if a slot is free, and queues it otherwise.
    fn start_attempt(
        &self,
        request: &RequestParts,
        previous_ticket: Option<f64>,
    ) -> Result<PendingAttempt, StopReason> {
        self.interrupts.check()?;
        let reservation = Reservation::join(
            self.account.registration()?,
            request.group,
            self.priority,
            previous_ticket,
        );
        if reservation.is_granted() {
            self.send(reservation, request).map(PendingAttempt::Sent)
        } else {
            Ok(PendingAttempt::Queued(reservation))
        }
    }

    async fn wait_until_sent(
        &self,
        pending: PendingAttempt,
        request: &RequestParts,
    ) -> Result<InFlight, StopReason> {
        match pending {
            PendingAttempt::Sent(sent) => Ok(sent),
            PendingAttempt::Queued(mut reservation) => {
                self.interrupts.interruptible(reservation.wait()).await??;
                self.send(reservation, request)
            }
        }
    }

    fn send(
        &self,
        reservation: Reservation,
        request: &RequestParts,
    ) -> Result<InFlight, StopReason> {
        let signed = self
            .account
            .sign(request.method, request.path, &request.query)?;
        let attempt = fetch::send(
            &signed,
            request.group,
            self.timeout,
            &self.interrupts.aborted,
        );
        Ok(InFlight {
            reservation,
            attempt: Box::pin(attempt),
            authorization: signed.authorization,
            access_key: signed.access_key,
        })
    }

    /// Waits for the response, and reports it to the rate budget.
    async fn response(&self, accept: &Accept, sent: InFlight) -> Result<(), Problem> {
        let InFlight {
            reservation,
            attempt,
            authorization,
            access_key,
        } = sent;
        let Attempt {
            response,
            remaining,
        } = attempt.await;
        let token = authorization.strip_prefix("Bearer ").unwrap_or_default();
        let context = RequestContext {
            sensitive: &[token, &access_key],
            to_loopback: self.account.base_url.is_loopback(),
        };
        let result = response.and_then(|response| interpret(accept, response, context));
        match &result {
            Err(Problem::Throttled(error)) => reservation.throttled(error.retry_after),
            Err(Problem::Blocked(error)) => reservation.blocked(error.retry_after),
            _ => reservation.answered(remaining),
        }
        result
    }
}

impl CompletedCall<()> {
    fn new(call: &Call, result: Result<(), Failure>, stopped: Option<StopReason>) -> Self {
        Self {
            result,
            attempts: call.attempts(),
            stopped,
        }
    }
}

impl<T> CompletedCall<T> {
    /// The same with another output.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> CompletedCall<U> {
        CompletedCall {
            result: self.result.map(change),
            attempts: self.attempts,
            stopped: self.stopped,
        }
    }
}
