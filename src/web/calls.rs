//! One request with its repeats, carried out: waits for a slot, signs, sends, reads.

use super::account::Account;
use super::clock;
use super::fetch::{self, Attempt};
use super::interrupts::Interrupts;
use super::place::Place;
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

/// How requests are to be made.
#[derive(Clone)]
pub struct Caller {
    pub account: Rc<Account>,
    pub interrupts: Interrupts,
    pub timeout: Duration,
    pub max_retries: u32,
    pub in_batch: bool,
    pub priority: Priority,
}

/// How a call ended.
pub struct CallEnd<T> {
    pub result: Result<T, Failure>,
    /// All requests about the order so far.
    pub requests: Attempts,
    /// Why nothing more may be sent, where that ended it.
    pub halted: Option<StopReason>,
}

/// What does not change between the attempts of a call.
struct Target {
    method: Method,
    path: &'static str,
    group: RateGroup,
    query: Query,
}

/// An attempt that waits for its slot, or that is under way.
enum Begun {
    Waiting(Place),
    Sent(InFlight),
}

/// A request under way.
struct InFlight {
    place: Place,
    attempt: LocalBoxFuture<'static, Attempt>,
    /// Header value and access key, to be blanked where an answer repeats them.
    authorization: Zeroizing<String>,
    access_key: Rc<Zeroizing<String>>,
}

/// Reads the body of a success, and keeps what it tells.
type Accept = Box<dyn Fn(JsValue) -> Result<(), BadResponse>>;

impl Caller {
    /// Starts a call. If the budget has a slot, the request is sent before this returns, so that a
    /// `close()` right after it does not keep the request back.
    pub fn call<E: Endpoint + 'static>(
        &self,
        endpoint: E,
        previous: Attempts,
    ) -> impl Future<Output = CallEnd<E::Output<JsValue>>> + use<E> {
        let target = Target {
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
        let answer = Rc::new(RefCell::new(None));
        let kept = answer.clone();
        let accept = move |body| {
            kept.replace(Some(endpoint.accept(body)?));
            Ok(())
        };
        let run = self.run(call, target, Box::new(accept));
        async move {
            let end = run.await;
            CallEnd {
                result: end
                    .result
                    .and_then(|()| answer.take().ok_or_else(|| StopReason::BatchStopped.into())),
                requests: end.requests,
                halted: end.halted,
            }
        }
    }

    /// The same for all endpoints, so that it is compiled once.
    fn run(
        &self,
        mut call: Call,
        target: Target,
        accept: Accept,
    ) -> LocalBoxFuture<'static, CallEnd<()>> {
        let mut begun = self.begin(&target, None);
        let caller = self.clone();
        Box::pin(async move {
            loop {
                let sent = match begun {
                    Ok(begun) => caller.sent(begun, &target).await,
                    Err(halt) => Err(halt),
                };
                let sent = match sent {
                    Ok(sent) => sent,
                    Err(halt) => return CallEnd::new(&call, Err(call.stopped(halt)), Some(halt)),
                };
                let ticket = sent.place.ticket();
                let Err(problem) = caller.answer(&accept, sent).await else {
                    call.succeeded();
                    return CallEnd::new(&call, Ok(()), None);
                };
                begun = match call.failed(&problem, clock::jitter()) {
                    Next::Fail(failure) => return CallEnd::new(&call, Err(failure), None),
                    Next::Retry(Retry::NextSlot) => caller.begin(&target, Some(ticket)),
                    Next::Retry(Retry::After(wait)) => {
                        let waited = caller.interrupts.cut_short(clock::sleep(wait)).await;
                        waited.and_then(|()| caller.begin(&target, Some(ticket)))
                    }
                };
            }
        })
    }

    fn begin(&self, target: &Target, again: Option<f64>) -> Result<Begun, StopReason> {
        self.interrupts.check()?;
        let place = Place::join(self.account.lease()?, target.group, self.priority, again);
        if place.is_granted() {
            self.send(place, target).map(Begun::Sent)
        } else {
            Ok(Begun::Waiting(place))
        }
    }

    async fn sent(&self, begun: Begun, target: &Target) -> Result<InFlight, StopReason> {
        match begun {
            Begun::Sent(sent) => Ok(sent),
            Begun::Waiting(mut place) => {
                self.interrupts.cut_short(place.turn()).await??;
                self.send(place, target)
            }
        }
    }

    fn send(&self, place: Place, target: &Target) -> Result<InFlight, StopReason> {
        let request = self
            .account
            .sign(target.method, target.path, &target.query)?;
        let attempt = fetch::send(
            &request,
            target.group,
            self.timeout,
            &self.interrupts.aborted,
        );
        Ok(InFlight {
            place,
            attempt: Box::pin(attempt),
            authorization: request.authorization,
            access_key: request.access_key,
        })
    }

    /// Reads the answer, and tells the budget of it.
    async fn answer(&self, accept: &Accept, sent: InFlight) -> Result<(), Problem> {
        let InFlight {
            place,
            attempt,
            authorization,
            access_key,
        } = sent;
        let Attempt {
            response,
            remaining,
        } = attempt.await;
        let token = authorization.strip_prefix("Bearer ").unwrap_or_default();
        let facts = RequestContext {
            sensitive: &[token, &access_key],
            to_loopback: self.account.base_url.is_loopback(),
        };
        let result = response.and_then(|response| interpret(accept, response, facts));
        match &result {
            Err(Problem::Throttled(answer)) => place.throttled(answer.retry_after),
            Err(Problem::Blocked(answer)) => place.blocked(answer.retry_after),
            _ => place.answered(remaining),
        }
        result
    }
}

impl CallEnd<()> {
    fn new(call: &Call, result: Result<(), Failure>, halted: Option<StopReason>) -> Self {
        Self {
            result,
            requests: call.attempts(),
            halted,
        }
    }
}

impl<T> CallEnd<T> {
    /// The same with another form of what was told.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> CallEnd<U> {
        CallEnd {
            result: self.result.map(change),
            requests: self.requests,
            halted: self.halted,
        }
    }
}
