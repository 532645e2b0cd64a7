//! The state machine of a call against a model exchange with random faults.
//!
//! The model knows what happened to the order. The outcome must not be `not_canceled` if the call has
//! canceled it.

use proptest::prelude::*;
use serde_json::{Value, json};
use std::time::Duration;
use upbit_cancel_order::base_url::BaseUrl;
use upbit_cancel_order::call::{Call, Next};
use upbit_cancel_order::endpoint::{Endpoint, Method};
use upbit_cancel_order::endpoints::cancel_by_ids::CancelByIds;
use upbit_cancel_order::endpoints::cancel_open::CancelOpen;
use upbit_cancel_order::endpoints::cancel_order::CancelOrder;
use upbit_cancel_order::endpoints::get_order::GetOrder;
use upbit_cancel_order::failure::{Attempts, Failure, StopReason};
use upbit_cancel_order::filter::{CancelOpenArguments, CancelOpenFilter};
use upbit_cancel_order::order_ref::OrderRef;
use upbit_cancel_order::outcome::{Kind, Outcome};
use upbit_cancel_order::problem::Problem;
use upbit_cancel_order::response::{Body, RequestContext, Response, interpret};
use upbit_cancel_order::retry::Retry;

const UUID: &str = "cdd92199-2897-4e14-9448-f923320408ad";

/// What happens to one request.
#[derive(Debug, Clone, Copy)]
enum Fate {
    /// The request and its response arrive.
    Answered,
    /// No connection is made.
    Unreachable,
    /// The connection is lost before or after the request arrives.
    Lost {
        arrives: bool,
    },
    Late {
        arrives: bool,
    },
    Aborted {
        arrives: bool,
    },
    /// The exchange refuses the request.
    Throttled {
        retry_after: Option<u64>,
    },
    Blocked,
    /// A 5xx from a proxy or from the exchange.
    ServerError {
        arrives: bool,
    },
    /// The body of the response is damaged.
    Garbled {
        status_kept: bool,
    },
    /// The response to another request arrives instead.
    Mixed,
    /// A proxy sends the request twice and returns the second response.
    SentTwice,
}

fn fates() -> impl Strategy<Value = Fate> {
    let either = any::<bool>;
    prop_oneof![
        3 => Just(Fate::Answered),
        1 => Just(Fate::Unreachable),
        2 => either().prop_map(|arrives| Fate::Lost { arrives }),
        2 => either().prop_map(|arrives| Fate::Late { arrives }),
        1 => either().prop_map(|arrives| Fate::Aborted { arrives }),
        2 => prop::option::of(1_u64..20).prop_map(|retry_after| Fate::Throttled { retry_after }),
        1 => Just(Fate::Blocked),
        2 => either().prop_map(|arrives| Fate::ServerError { arrives }),
        1 => either().prop_map(|status_kept| Fate::Garbled { status_kept }),
        1 => Just(Fate::Mixed),
        1 => Just(Fate::SentTwice),
    ]
}

/// The exchange, with one order.
#[derive(Debug)]
struct Exchange {
    method: Method,
    open: bool,
    canceled_by_call: bool,
}

impl Exchange {
    fn of<E: Endpoint>(open: bool) -> Self {
        Self {
            method: E::METHOD,
            open,
            canceled_by_call: false,
        }
    }

    /// A body that every endpoint accepts: an order with two empty lists.
    fn act(&mut self) -> Response<Value> {
        if !self.open && self.method == Method::Delete {
            return answer(404, json!({"error": {"name": "order_not_found"}}));
        }
        if self.method == Method::Delete {
            self.open = false;
            self.canceled_by_call = true;
        }
        let part = json!({"count": 1, "orders": [{"uuid": UUID, "market": "SGD-BTC"}]});
        answer(200, json!({"uuid": UUID, "success": part}))
    }

    fn serve<E: Endpoint>(&mut self, endpoint: &E, fate: Fate) -> Result<(), Problem> {
        let mut lose = |arrives: bool, problem| {
            if arrives {
                self.act();
            }
            Err(problem)
        };
        let response = match fate {
            Fate::Unreachable => return Err(Problem::Unreachable(None)),
            Fate::Lost { arrives } => return lose(arrives, Problem::ConnectionLost(None)),
            Fate::Late { arrives } => return lose(arrives, Problem::TimedOut),
            Fate::Aborted { arrives } => return lose(arrives, Problem::Aborted),
            Fate::Answered => self.act(),
            Fate::Throttled { retry_after } => Response {
                retry_after: retry_after.map(Duration::from_secs),
                ..answer(429, json!(null))
            },
            Fate::Blocked => answer(418, json!(null)),
            Fate::ServerError { arrives } => {
                if arrives {
                    self.act();
                }
                damaged(502)
            }
            Fate::Garbled { status_kept } => {
                let status = self.act().status;
                damaged(if status_kept { status } else { 200 })
            }
            Fate::Mixed => {
                self.act();
                answer(200, json!({"uuid": "another"}))
            }
            Fate::SentTwice => {
                self.act();
                answer(401, json!({"error": {"name": "nonce_used"}}))
            }
        };
        let sent = RequestContext {
            sensitive: &[],
            to_loopback: false,
        };
        interpret(|body| endpoint.accept(body), response, sent).map(|_| ())
    }
}

fn answer(status: u16, body: Value) -> Response<Value> {
    Response {
        status,
        retry_after: None,
        body: Body::Json(body),
    }
}

fn damaged(status: u16) -> Response<Value> {
    Response {
        body: Body::NotJson,
        ..answer(status, json!(null))
    }
}

/// More requests than any call may send.
const TOO_MANY: usize = 100;

/// The parameters of a call, and what stops it before an attempt.
#[derive(Debug, Clone, Copy)]
struct Conditions {
    max_retries: u32,
    in_batch: bool,
    previous: Attempts,
    stop: Option<(usize, StopReason)>,
}

const TWO_RETRIES: Conditions = Conditions {
    max_retries: 2,
    in_batch: false,
    previous: Attempts {
        sent: 0,
        response_lost: false,
    },
    stop: None,
};

/// The number of requests about the order, and the result of the call.
type Played = (u32, Result<(), Failure>);

/// Runs a call to its end, with the fates in turn.
fn play<E: Endpoint>(
    endpoint: &E,
    exchange: &mut Exchange,
    conditions: Conditions,
    fates: &[Fate],
) -> Played {
    let Conditions {
        max_retries,
        in_batch,
        previous,
        stop,
    } = conditions;
    let base_url = BaseUrl::choose(Some("sg"), None).unwrap();
    let mut call = Call::new::<E>(&base_url, max_retries, in_batch, previous);
    let mut sent = previous.sent;
    for (index, fate) in fates.iter().cycle().take(TOO_MANY).enumerate() {
        if let Some((_, stop)) = stop.filter(|(before, _)| *before == index) {
            return (sent, Err(call.stopped(stop)));
        }
        let result = exchange.serve(endpoint, *fate);
        sent += 1;
        let Err(problem) = result else {
            return (sent, Ok(()));
        };
        match call.failed(&problem, 0.5) {
            Next::Fail(failure) => return (sent, Err(failure)),
            Next::Retry(Retry::After(wait)) => assert!(wait <= Duration::from_secs(10)),
            Next::Retry(Retry::NextSlot) => (),
        }
        assert_eq!(call.attempts().sent, sent);
    }
    unreachable!("a call ends, or is ended")
}

fn order() -> OrderRef {
    OrderRef::Uuid(UUID.to_owned())
}

fn everything() -> CancelOpen {
    let arguments = CancelOpenArguments {
        everything: Some(true),
        ..CancelOpenArguments::default()
    };
    CancelOpen(CancelOpenFilter::try_from(arguments).unwrap())
}

fn conditions() -> impl Strategy<Value = Conditions> {
    let stop = prop_oneof![
        Just(StopReason::Aborted),
        Just(StopReason::Closed),
        Just(StopReason::BatchStopped),
        Just(StopReason::NoRandomness),
        (1_u64..60).prop_map(|left| StopReason::Blocked(Duration::from_secs(left))),
        (1_u64..60).prop_map(|left| StopReason::Paused(Duration::from_secs(left))),
    ];
    let stop = prop::option::of((0_usize..4, stop));
    let previous = prop_oneof![
        2 => Just(Attempts::default()),
        1 => (1_u32..4, any::<bool>()).prop_map(|(sent, response_lost)| Attempts { sent, response_lost }),
    ];
    (0_u32..5, any::<bool>(), previous, stop).prop_map(|(max_retries, in_batch, previous, stop)| {
        Conditions {
            max_retries,
            in_batch,
            previous,
            stop,
        }
    })
}

/// Checks what must be true of every endpoint.
fn check<E: Endpoint>(
    endpoint: &E,
    open: bool,
    conditions: Conditions,
    fates: &[Fate],
) -> Result<(), TestCaseError> {
    let mut exchange = Exchange::of::<E>(open);
    let previous = conditions.previous;
    let (sent, result) = play(endpoint, &mut exchange, conditions, fates);
    if !conditions.in_batch {
        prop_assert!(sent - previous.sent <= conditions.max_retries + 1);
    }
    let Err(failure) = result else {
        prop_assert!(exchange.canceled_by_call || E::METHOD == Method::Get);
        return Ok(());
    };
    prop_assert_eq!(failure.attempts, sent);
    let may_be_canceled = exchange.canceled_by_call || previous.response_lost;
    let hint = failure.hint.unwrap_or_default().to_lowercase();
    if E::METHOD == Method::Get && !previous.response_lost {
        prop_assert_eq!(failure.outcome, Outcome::NotCanceled);
    }
    if failure.outcome == Outcome::NotCanceled {
        prop_assert!(!may_be_canceled, "{:?}", failure);
        prop_assert!(!hint.contains("an earlier attempt"), "{:?}", failure);
    } else {
        prop_assert!(!hint.contains("as it was"), "{:?}", failure);
    }
    if sent == 0 {
        prop_assert_eq!(failure.status, None);
    } else if matches!(conditions.stop, Some((_, StopReason::Aborted))) {
        prop_assert!(!failure.message.contains("not sent"), "{:?}", failure);
    }
    if failure.kind == Kind::RateLimited && sent == 0 {
        prop_assert!(failure.retry_after_ms.is_some());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn the_outcome_is_true(
        open in any::<bool>(),
        conditions in conditions(),
        fates in prop::collection::vec(fates(), 1..6),
    ) {
        check(&CancelOrder(order()), open, conditions, &fates)?;
        check(&CancelByIds(vec![order()]), open, conditions, &fates)?;
        check(&everything(), open, conditions, &fates)?;
        let reading = Conditions { previous: Attempts::default(), ..conditions };
        check(&GetOrder(order()), open, reading, &fates)?;
    }

    /// After a lost response, the newest 300 orders may be 300 other orders.
    #[test]
    fn cancel_open_takes_effect_once(
        max_retries in 0_u32..5,
        fates in prop::collection::vec(fates(), 1..6),
    ) {
        let mut exchange = Exchange::of::<CancelOpen>(true);
        let conditions = Conditions { max_retries, ..TWO_RETRIES };
        let (sent, _) = play(&everything(), &mut exchange, conditions, &fates);
        let refused = fates.iter().cycle().take_while(|fate| matches!(fate, Fate::Throttled { .. }));
        prop_assert!(sent as usize <= refused.take(TOO_MANY).count() + 1);
        prop_assert!(!CancelOpen::IDEMPOTENT);
    }
}

fn canceled(open: bool, conditions: Conditions, fates: &[Fate]) -> Failure {
    let mut exchange = Exchange::of::<CancelOrder>(open);
    let (_, result) = play(&CancelOrder(order()), &mut exchange, conditions, fates);
    result.unwrap_err()
}

#[test]
fn order_not_found_after_a_lost_response_is_unknown() {
    let fates = [Fate::Lost { arrives: true }, Fate::Answered];
    let failure = canceled(true, TWO_RETRIES, &fates);
    assert_eq!(
        (failure.kind, failure.outcome),
        (Kind::Rejected, Outcome::Unknown)
    );
    assert_eq!(failure.code.as_deref(), Some("order_not_found"));
    assert!(failure.hint.unwrap().contains("earlier attempt"));
    assert_eq!(failure.attempts, 2);
}

#[test]
fn order_not_found_after_a_429_is_not_canceled() {
    let fates = [
        Fate::Throttled { retry_after: None },
        Fate::Unreachable,
        Fate::Answered,
    ];
    let failure = canceled(false, TWO_RETRIES, &fates);
    assert_eq!(
        (failure.kind, failure.outcome),
        (Kind::Rejected, Outcome::NotCanceled)
    );
}

#[test]
fn a_stopped_call_reports_its_attempts() {
    use Kind::{Aborted, InvalidRequest, RateLimited, Server};
    let blocked = StopReason::Blocked(Duration::from_secs(30));
    let paused = StopReason::Paused(Duration::from_secs(30));
    let fates = [Fate::ServerError { arrives: false }, Fate::Answered];
    let rows = [
        (0, StopReason::Aborted, Aborted, None),
        (0, blocked, RateLimited, Some(30_000.0)),
        (0, paused, RateLimited, Some(30_000.0)),
        (0, StopReason::Closed, InvalidRequest, None),
        (1, StopReason::Aborted, Aborted, None),
        (1, blocked, RateLimited, Some(30_000.0)),
        (1, paused, RateLimited, Some(30_000.0)),
        (1, StopReason::Closed, Server, None),
    ];
    for (before, stop, kind, retry_after_ms) in rows {
        let conditions = Conditions {
            stop: Some((before, stop)),
            ..TWO_RETRIES
        };
        let failure = canceled(true, conditions, &fates);
        let (outcome, status) = match before {
            0 => (Outcome::NotCanceled, None),
            _ => (Outcome::Unknown, Some(502)),
        };
        assert_eq!((failure.kind, failure.outcome), (kind, outcome), "{stop:?}");
        if before > 0 {
            let hint = failure.hint.unwrap();
            assert!(hint.contains("your open orders"), "{hint}");
        }
        assert_eq!(
            (failure.status, failure.retry_after_ms),
            (status, retry_after_ms)
        );
    }
}
