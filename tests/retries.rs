//! Which failures are repeated, how often, and after how long.

use std::time::Duration;
use upbit_cancel_order::problem::{BadResponse, ErrorAnswer, Problem};
use upbit_cancel_order::retry::{Retries, RetryPolicy, account_pause};

const SINGLE: RetryPolicy = RetryPolicy {
    max_retries: 2,
    in_batch: false,
};
const IN_BATCH: RetryPolicy = RetryPolicy {
    max_retries: 2,
    in_batch: true,
};

/// Where repeats that never end are cut off.
const TOO_MANY: usize = 1000;

fn asking(seconds: Option<u64>) -> ErrorAnswer {
    ErrorAnswer {
        retry_after: seconds.map(Duration::from_secs),
        ..ErrorAnswer::default()
    }
}

fn waits(policy: RetryPolicy, problem: &Problem, jitter: f64) -> Vec<Duration> {
    let mut retries = Retries::new(policy);
    let waits = std::iter::from_fn(|| retries.next(problem, jitter));
    waits.take(TOO_MANY).collect()
}

#[test]
fn some_problems_are_never_repeated() {
    let final_ones = [
        Problem::Rejected(asking(None)),
        Problem::Rejected(asking(Some(1))),
        Problem::Blocked(asking(None)),
        Problem::Blocked(asking(Some(0))),
        Problem::Aborted,
        Problem::BadResponse(None, BadResponse::Redirect),
        Problem::BadResponse(Some(asking(Some(1))), BadResponse::NoOrder),
    ];
    for problem in final_ones {
        for policy in [SINGLE, IN_BATCH] {
            assert_eq!(waits(policy, &problem, 0.5), [], "{problem:?}");
        }
    }
}

#[test]
fn max_retries_counts_every_repeat() {
    let repeated = [
        Problem::Server(asking(None)),
        Problem::Throttled(asking(None)),
        Problem::Unreachable,
        Problem::ConnectionLost,
        Problem::TimedOut,
    ];
    for problem in &repeated {
        for max_retries in [0, 1, 5] {
            let policy = RetryPolicy {
                max_retries,
                ..SINGLE
            };
            assert_eq!(waits(policy, problem, 0.0).len(), max_retries as usize);
        }
    }
    let mut mixed = Retries::new(SINGLE);
    assert!(mixed.next(&repeated[0], 0.0).is_some());
    assert!(mixed.next(&repeated[1], 0.0).is_some());
    assert!(mixed.next(&repeated[4], 0.0).is_none());
}

#[test]
fn waits_grow_up_to_a_limit_and_are_spread_from_zero() {
    let policy = RetryPolicy {
        max_retries: 40,
        in_batch: false,
    };
    let longest = waits(policy, &Problem::TimedOut, 1.0);
    let expected = [250, 500, 1000, 2000, 4000, 4000].map(Duration::from_millis);
    assert_eq!(longest[..6], expected);
    assert_eq!(longest[39], Duration::from_secs(4));
    assert!(
        waits(policy, &Problem::TimedOut, 0.0)
            .iter()
            .all(Duration::is_zero)
    );
    let half = waits(policy, &Problem::TimedOut, 0.5);
    assert_eq!(half[1], Duration::from_millis(250));
}

#[test]
fn a_refused_request_waits_for_the_next_second() {
    let problem = Problem::Throttled(asking(None));
    assert_eq!(waits(SINGLE, &problem, 0.0), [Duration::from_secs(1); 2]);
    assert_eq!(
        waits(SINGLE, &problem, 1.0),
        [Duration::from_millis(1250); 2]
    );
    assert_eq!(account_pause(&problem), Some(Duration::from_secs(1)));
}

#[test]
fn a_wait_that_is_asked_for_is_kept() {
    for problem in [Problem::Throttled, Problem::Server] {
        for (asked, wait) in [(0, 0), (3, 3), (10, 10)] {
            let found = waits(SINGLE, &problem(asking(Some(asked))), 0.7);
            assert_eq!(found, [Duration::from_secs(wait); 2]);
        }
        for asked in [11, 3600, u64::from(u32::MAX)] {
            assert_eq!(waits(IN_BATCH, &problem(asking(Some(asked))), 0.7), []);
        }
    }
}

#[test]
fn only_the_rate_limit_pauses_the_account() {
    let pause = |seconds| account_pause(&Problem::Throttled(asking(seconds)));
    assert_eq!(pause(Some(2)), Some(Duration::from_secs(2)));
    assert_eq!(pause(Some(3600)), Some(Duration::from_secs(10)));
    assert_eq!(account_pause(&Problem::Server(asking(Some(2)))), None);
    assert_eq!(account_pause(&Problem::Blocked(asking(Some(2)))), None);
}

#[test]
fn a_batch_loses_no_entry_to_the_rate_limit() {
    let throttled = Problem::Throttled(asking(None));
    let mut retries = Retries::new(IN_BATCH);
    for _ in 0..50 {
        assert!(retries.next(&throttled, 0.0).is_some());
    }
    assert!(retries.next(&Problem::TimedOut, 0.0).is_some());
    assert!(retries.next(&Problem::TimedOut, 0.0).is_some());
    assert!(retries.next(&Problem::TimedOut, 0.0).is_none());
}

#[test]
fn a_batch_ends_all_the_same_where_every_request_is_refused() {
    assert_eq!(
        waits(IN_BATCH, &Problem::Throttled(asking(None)), 0.0).len(),
        60
    );
}
