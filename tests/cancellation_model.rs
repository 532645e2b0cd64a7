//! The state machine against a model exchange that drops, delays, refuses and cancels at random.
//!
//! The model knows what really happened to the order. `not_canceled` must never be said of an
//! order that the call did cancel.

use proptest::prelude::*;
use std::time::Duration;
use upbit_cancel_order::answer::{Answer, Body, judge};
use upbit_cancel_order::cancellation::{Cancellation, Halt, Next};
use upbit_cancel_order::failure::{Failure, Kind, Outcome};
use upbit_cancel_order::order::CanceledOrders;
use upbit_cancel_order::problem::Problem;
use upbit_cancel_order::retry::RetryPolicy;

/// What happens to one request.
#[derive(Debug, Clone, Copy)]
enum Fate {
    /// It reaches the exchange, and so does the answer the caller.
    Answered,
    /// No connection is made.
    Unreachable,
    /// Dropped before it arrives, or its answer is: the caller cannot tell.
    Lost {
        arrives: bool,
    },
    Late {
        arrives: bool,
    },
    Aborted {
        arrives: bool,
    },
    /// Refused before anything is done.
    Throttled {
        retry_after: Option<u64>,
    },
    Blocked,
    /// An error of something on the way, or of the exchange itself.
    ServerError {
        arrives: bool,
    },
    /// The answer is damaged on its way.
    Garbled {
        status_kept: bool,
    },
    /// Something on the way sends it twice, and passes on the second answer.
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
        2 => prop::option::of(0_u64..20).prop_map(|retry_after| Fate::Throttled { retry_after }),
        1 => Just(Fate::Blocked),
        2 => either().prop_map(|arrives| Fate::ServerError { arrives }),
        1 => either().prop_map(|status_kept| Fate::Garbled { status_kept }),
        1 => Just(Fate::SentTwice),
    ]
}

/// The exchange: an order that is open or not, and whether this call has canceled it.
#[derive(Debug)]
struct Exchange {
    open: bool,
    canceled_by_call: bool,
}

impl Exchange {
    fn cancel(&mut self) -> Answer {
        if !self.open {
            return answer(404, r#"{"error":{"name":"order_not_found"}}"#);
        }
        self.open = false;
        self.canceled_by_call = true;
        answer(200, r#"[{"uuid":"u"}]"#)
    }

    fn serve(&mut self, fate: Fate) -> Result<CanceledOrders, Problem> {
        let mut lose = |arrives: bool, problem| {
            if arrives {
                self.cancel();
            }
            Err(problem)
        };
        match fate {
            Fate::Answered => judge(&self.cancel(), &[]),
            Fate::Unreachable => Err(Problem::Unreachable),
            Fate::Lost { arrives } => lose(arrives, Problem::ConnectionLost),
            Fate::Late { arrives } => lose(arrives, Problem::TimedOut),
            Fate::Aborted { arrives } => lose(arrives, Problem::Aborted),
            Fate::Throttled { retry_after } => {
                let retry_after = retry_after.map(Duration::from_secs);
                judge(
                    &Answer {
                        retry_after,
                        ..answer(429, "")
                    },
                    &[],
                )
            }
            Fate::Blocked => judge(&answer(418, ""), &[]),
            Fate::ServerError { arrives } => {
                if arrives {
                    self.cancel();
                }
                judge(&answer(502, "<html></html>"), &[])
            }
            Fate::Garbled { status_kept } => {
                let real = self.cancel();
                let status = if status_kept { real.status } else { 200 };
                judge(&answer(status, "<html></html>"), &[])
            }
            Fate::SentTwice => {
                self.cancel();
                judge(&answer(401, r#"{"error":{"name":"nonce_used"}}"#), &[])
            }
        }
    }
}

fn answer(status: u16, body: &str) -> Answer {
    Answer {
        status,
        retry_after: None,
        body: Body::Whole(body.as_bytes().to_vec()),
    }
}

/// More requests than the rules allow any call.
const TOO_MANY: usize = 100;

/// Plays a call to its end, the fates over and over. `halt`: what ends the wait before an attempt.
fn play(
    exchange: &mut Exchange,
    policy: RetryPolicy,
    fates: &[Fate],
    halt: Option<(usize, Halt)>,
) -> (u32, Result<CanceledOrders, Failure>) {
    let mut cancellation = Cancellation::new(policy);
    let mut sent = 0;
    for (index, fate) in fates.iter().cycle().take(TOO_MANY).enumerate() {
        if let Some((_, halt)) = halt.filter(|(before, _)| *before == index) {
            return (sent, Err(cancellation.halted(halt)));
        }
        let result = exchange.serve(*fate);
        sent += 1;
        match cancellation.attempted(result, 0.5) {
            Next::Done(result) => return (sent, result),
            Next::RepeatAfter(wait) => assert!(wait <= Duration::from_secs(10)),
        }
    }
    unreachable!("a call ends, or is ended")
}

fn halts() -> impl Strategy<Value = Option<(usize, Halt)>> {
    let halt = prop_oneof![
        Just(Halt::Aborted),
        Just(Halt::Closed),
        Just(Halt::Blocked),
        Just(Halt::NoRandomness),
    ];
    prop::option::of((0_usize..4, halt))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn the_outcome_is_the_truth(
        open in any::<bool>(),
        max_retries in 0_u32..5,
        in_batch in any::<bool>(),
        fates in prop::collection::vec(fates(), 1..6),
        halt in halts(),
    ) {
        let mut exchange = Exchange { open, canceled_by_call: false };
        let policy = RetryPolicy { max_retries, in_batch };
        let (sent, result) = play(&mut exchange, policy, &fates, halt);
        let Err(failure) = result else {
            prop_assert!(exchange.canceled_by_call);
            return Ok(());
        };
        prop_assert_eq!(failure.attempts, sent);
        if failure.outcome == Outcome::NotCanceled {
            prop_assert!(!exchange.canceled_by_call, "{:?}", failure);
        }
        if sent == 0 {
            prop_assert_eq!(failure.outcome, Outcome::NotCanceled);
            prop_assert_eq!(failure.status, None);
        }
        if !in_batch {
            prop_assert!(sent <= max_retries + 1);
        }
    }
}

#[test]
fn a_lost_answer_makes_order_not_found_unknown() {
    let mut exchange = Exchange {
        open: true,
        canceled_by_call: false,
    };
    let policy = RetryPolicy {
        max_retries: 2,
        in_batch: false,
    };
    let fates = [Fate::Lost { arrives: true }, Fate::Answered];
    let (_, result) = play(&mut exchange, policy, &fates, None);
    let failure = result.unwrap_err();
    assert_eq!(
        (failure.kind, failure.outcome),
        (Kind::Rejected, Outcome::Unknown)
    );
    assert_eq!(failure.code.as_deref(), Some("order_not_found"));
    assert!(
        failure
            .hint
            .is_some_and(|hint| hint.contains("earlier attempt"))
    );
    assert_eq!(failure.attempts, 2);
}

#[test]
fn a_refused_attempt_leaves_order_not_found_certain() {
    let mut exchange = Exchange {
        open: false,
        canceled_by_call: false,
    };
    let policy = RetryPolicy {
        max_retries: 2,
        in_batch: false,
    };
    let fates = [
        Fate::Throttled { retry_after: None },
        Fate::Unreachable,
        Fate::Answered,
    ];
    let (_, result) = play(&mut exchange, policy, &fates, None);
    let failure = result.unwrap_err();
    assert_eq!(
        (failure.kind, failure.outcome),
        (Kind::Rejected, Outcome::NotCanceled)
    );
}

#[test]
fn a_halt_tells_what_happened_before_it() {
    let mut exchange = Exchange {
        open: true,
        canceled_by_call: false,
    };
    let policy = RetryPolicy {
        max_retries: 2,
        in_batch: true,
    };
    let fates = [Fate::ServerError { arrives: false }, Fate::Answered];
    let rows = [
        (0, Halt::Aborted, Kind::Aborted, Outcome::NotCanceled, None),
        (
            0,
            Halt::Blocked,
            Kind::RateLimited,
            Outcome::NotCanceled,
            None,
        ),
        (
            0,
            Halt::Closed,
            Kind::InvalidRequest,
            Outcome::NotCanceled,
            None,
        ),
        (1, Halt::Aborted, Kind::Aborted, Outcome::Unknown, Some(502)),
        (1, Halt::Blocked, Kind::Server, Outcome::Unknown, Some(502)),
        (1, Halt::Closed, Kind::Server, Outcome::Unknown, Some(502)),
    ];
    for (before, halt, kind, outcome, status) in rows {
        let (_, result) = play(&mut exchange, policy, &fates, Some((before, halt)));
        let failure = result.unwrap_err();
        assert_eq!((failure.kind, failure.outcome), (kind, outcome), "{halt:?}");
        assert_eq!(failure.status, status);
    }
}
