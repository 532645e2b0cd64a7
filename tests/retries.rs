//! Which failures are repeated, how often, and after how long.

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

/// Where repeats that never end are cut off.
const TOO_MANY: usize = 1000;

fn asking(seconds: Option<u64>) -> ErrorResponse {
    ErrorResponse {
        retry_after: seconds.map(Duration::from_secs),
        ..ErrorResponse::default()
    }
}

fn repeats(policy: RetryPolicy, problem: &Problem, jitter: f64) -> Vec<Retry> {
    let mut retries = RetryState::new(policy);
    let repeats = std::iter::from_fn(|| retries.next(problem, jitter));
    repeats.take(TOO_MANY).collect()
}

fn waits(policy: RetryPolicy, jitter: f64) -> Vec<Duration> {
    let wait = |again| match again {
        Retry::After(wait) => wait,
        Retry::NextSlot => panic!("a time limit says nothing about slots"),
    };
    let repeats = repeats(policy, &Problem::TimedOut, jitter);
    repeats.into_iter().map(wait).collect()
}

/// Every problem that may be repeated.
fn passing() -> [Problem; 5] {
    [
        Problem::Server(asking(None)),
        Problem::Throttled(asking(None)),
        Problem::Unreachable(None),
        Problem::ConnectionLost(None),
        Problem::TimedOut,
    ]
}

#[test]
fn some_problems_are_never_repeated() {
    let final_ones = [
        Problem::Rejected(asking(None)),
        Problem::Rejected(asking(Some(1))),
        Problem::Blocked(asking(None)),
        Problem::Blocked(asking(Some(1))),
        Problem::Aborted,
        Problem::BadResponse(None, BadResponse::Redirect),
        Problem::BadResponse(Some(asking(Some(1))), BadResponse::NoOrder),
    ];
    for problem in final_ones {
        for policy in [SINGLE, IN_BATCH, CANCEL_OPEN] {
            assert_eq!(repeats(policy, &problem, 0.5), [], "{problem:?}");
        }
    }
}

#[test]
fn max_retries_counts_every_repeat() {
    for problem in passing() {
        for max_retries in [0, 1, 5] {
            let policy = RetryPolicy {
                max_retries,
                ..SINGLE
            };
            let count = repeats(policy, &problem, 0.0).len();
            assert_eq!(count, max_retries as usize, "{problem:?}");
        }
    }
    let [server, throttled, _, _, late] = passing();
    let mut mixed = RetryState::new(SINGLE);
    assert!(mixed.next(&server, 0.0).is_some());
    assert!(mixed.next(&throttled, 0.0).is_some());
    assert!(mixed.next(&late, 0.0).is_none());
}

/// 'The newest 300' after a lost answer would be 300 others; a 429 has done nothing.
#[test]
fn cancel_open_is_repeated_after_a_429_only() {
    for problem in passing() {
        let repeats = repeats(CANCEL_OPEN, &problem, 0.0);
        if matches!(problem, Problem::Throttled(_)) {
            assert_eq!(repeats, [Retry::NextSlot; 2]);
        } else {
            assert_eq!(repeats, [], "{problem:?}");
        }
    }
}

#[test]
fn waits_grow_up_to_a_limit_and_are_spread_from_zero() {
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

/// A randomness that is out of its range, or none at all, does no harm.
#[test]
fn odd_jitter_is_harmless() {
    for jitter in [-1.0, 2.0, f64::INFINITY, f64::NAN] {
        assert_eq!(waits(SINGLE, jitter)[0], Duration::from_millis(250));
    }
}

/// The budget knows when the next slot comes, and how long Upbit has to be left alone.
#[test]
fn a_refused_request_waits_for_its_slot() {
    for asked in [None, Some(3), Some(10)] {
        let problem = Problem::Throttled(asking(asked));
        assert_eq!(repeats(SINGLE, &problem, 0.7), [Retry::NextSlot; 2]);
    }
}

#[test]
fn a_wait_that_is_asked_for_is_kept_up_to_ten_seconds() {
    for asked in [3, 10] {
        let problem = Problem::Server(asking(Some(asked)));
        let wait = Retry::After(Duration::from_secs(asked));
        assert_eq!(repeats(SINGLE, &problem, 0.7), [wait; 2]);
    }
    for asked in [11, 3600, u64::MAX] {
        for problem in [Problem::Throttled, Problem::Server] {
            let problem = problem(asking(Some(asked)));
            assert_eq!(repeats(IN_BATCH, &problem, 0.7), [], "{asked}");
        }
    }
}

#[test]
fn a_batch_loses_no_entry_to_the_rate_limit() {
    let throttled = Problem::Throttled(asking(None));
    let mut retries = RetryState::new(IN_BATCH);
    for _ in 0..50 {
        assert!(retries.next(&throttled, 0.0).is_some());
    }
    assert!(retries.next(&Problem::TimedOut, 0.0).is_some());
    assert!(retries.next(&Problem::TimedOut, 0.0).is_some());
    assert!(retries.next(&Problem::TimedOut, 0.0).is_none());
}

#[test]
fn a_batch_ends_all_the_same_where_every_request_is_refused() {
    let throttled = Problem::Throttled(asking(None));
    assert_eq!(repeats(IN_BATCH, &throttled, 0.0).len(), 60);
}
