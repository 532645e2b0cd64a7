//! Which problems are retried, how often, and after how long.

use std::time::Duration;
use upbit_cancel_order::problem::{BadResponse, ErrorResponse, Problem};
use upbit_cancel_order::retry::{Retry, RetryPolicy, RetryState};

const SINGLE: RetryPolicy = RetryPolicy {
    max_retries: 2,
    in_batch: false,
    idempotent: true,
};
const IN_BATCH: RetryPolicy = RetryPolicy {
    in_batch: true,
    ..SINGLE
};
const CANCEL_OPEN: RetryPolicy = RetryPolicy {
    idempotent: false,
    ..SINGLE
};

/// Stops a test that would retry for ever.
const TOO_MANY: usize = 1000;

fn with_retry_after(seconds: Option<u64>) -> ErrorResponse {
    ErrorResponse {
        retry_after: seconds.map(Duration::from_secs),
        ..ErrorResponse::default()
    }
}

fn retries(policy: RetryPolicy, problem: &Problem, jitter: f64) -> Vec<Retry> {
    let mut state = RetryState::new(policy);
    std::iter::from_fn(|| state.next(problem, jitter))
        .take(TOO_MANY)
        .collect()
}

fn waits(policy: RetryPolicy, jitter: f64) -> Vec<Duration> {
    let wait = |retry| match retry {
        Retry::After(wait) => wait,
        Retry::NextSlot => panic!("a timeout does not wait for a slot"),
    };
    let retries = retries(policy, &Problem::TimedOut, jitter);
    retries.into_iter().map(wait).collect()
}

/// Every problem that may be retried.
fn retryable() -> [Problem; 5] {
    [
        Problem::Server(with_retry_after(None)),
        Problem::Throttled(with_retry_after(None)),
        Problem::Unreachable(None),
        Problem::ConnectionLost(None),
        Problem::TimedOut,
    ]
}

#[test]
fn some_problems_are_never_retried() {
    let final_ones = [
        Problem::Rejected(with_retry_after(None)),
        Problem::Rejected(with_retry_after(Some(1))),
        Problem::Blocked(with_retry_after(None)),
        Problem::Blocked(with_retry_after(Some(1))),
        Problem::Aborted,
        Problem::BadResponse(None, BadResponse::Redirect),
        Problem::BadResponse(Some(with_retry_after(Some(1))), BadResponse::NoOrder),
    ];
    for problem in final_ones {
        for policy in [SINGLE, IN_BATCH, CANCEL_OPEN] {
            assert_eq!(retries(policy, &problem, 0.5), [], "{problem:?}");
        }
    }
}

#[test]
fn max_retries_counts_every_retry() {
    for problem in retryable() {
        for max_retries in [0, 1, 5] {
            let policy = RetryPolicy {
                max_retries,
                ..SINGLE
            };
            let count = retries(policy, &problem, 0.0).len();
            assert_eq!(count, max_retries as usize, "{problem:?}");
        }
    }
    let [server, throttled, _, _, late] = retryable();
    let mut mixed = RetryState::new(SINGLE);
    assert!(mixed.next(&server, 0.0).is_some());
    assert!(mixed.next(&throttled, 0.0).is_some());
    assert!(mixed.next(&late, 0.0).is_none());
}

/// After a lost response, the newest 300 orders may be 300 other orders. A 429 has canceled nothing.
#[test]
fn cancel_open_is_retried_after_a_429_only() {
    for problem in retryable() {
        let retries = retries(CANCEL_OPEN, &problem, 0.0);
        if matches!(problem, Problem::Throttled(_)) {
            assert_eq!(retries, [Retry::NextSlot; 2]);
        } else {
            assert_eq!(retries, [], "{problem:?}");
        }
    }
}

#[test]
fn backoff_doubles_up_to_a_maximum_with_full_jitter() {
    let policy = RetryPolicy {
        max_retries: 40,
        ..SINGLE
    };
    let longest = waits(policy, 1.0);
    let expected = [250, 500, 1000, 2000, 4000, 4000].map(Duration::from_millis);
    assert_eq!(longest[..6], expected);
    assert_eq!(longest[39], Duration::from_secs(4));
    assert!(waits(policy, 0.0).iter().all(Duration::is_zero));
    assert_eq!(waits(policy, 0.5)[1], Duration::from_millis(250));
}

#[test]
fn jitter_out_of_range_is_harmless() {
    for jitter in [-1.0, 2.0, f64::INFINITY, f64::NAN] {
        assert_eq!(waits(SINGLE, jitter)[0], Duration::from_millis(250));
    }
}

/// The rate budget enforces the pause after a 429.
#[test]
fn a_429_waits_for_the_next_slot() {
    for asked in [None, Some(3), Some(10)] {
        let problem = Problem::Throttled(with_retry_after(asked));
        assert_eq!(retries(SINGLE, &problem, 0.7), [Retry::NextSlot; 2]);
    }
}

#[test]
fn retry_after_is_kept_up_to_ten_seconds() {
    for asked in [3, 10] {
        let problem = Problem::Server(with_retry_after(Some(asked)));
        let wait = Retry::After(Duration::from_secs(asked));
        assert_eq!(retries(SINGLE, &problem, 0.7), [wait; 2]);
    }
    for asked in [11, 3600, u64::MAX] {
        for problem in [Problem::Throttled, Problem::Server] {
            let problem = problem(with_retry_after(Some(asked)));
            assert_eq!(retries(IN_BATCH, &problem, 0.7), [], "{asked}");
        }
    }
}

#[test]
fn a_429_in_a_batch_does_not_count_as_a_retry() {
    let throttled = Problem::Throttled(with_retry_after(None));
    let mut retries = RetryState::new(IN_BATCH);
    for _ in 0..50 {
        assert!(retries.next(&throttled, 0.0).is_some());
    }
    assert!(retries.next(&Problem::TimedOut, 0.0).is_some());
    assert!(retries.next(&Problem::TimedOut, 0.0).is_some());
    assert!(retries.next(&Problem::TimedOut, 0.0).is_none());
}

#[test]
fn a_batch_gives_up_if_every_request_gets_a_429() {
    let throttled = Problem::Throttled(with_retry_after(None));
    assert_eq!(retries(IN_BATCH, &throttled, 0.0).len(), 60);
}
