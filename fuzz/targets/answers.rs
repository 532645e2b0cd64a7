//! A call from its first attempt to its end, with whatever a server or the network may answer: the
//! decision is that of the contract's table, amounts keep their digits, and no key is repeated.
//!
//! The first line is `single` or `batch`. Then come the attempts, with a line `====` between them:
//! a status, or what became of the request; headers; an empty line; the body.

mod attempt;
mod contract;
mod orders;

use attempt::{Attempt, SENSITIVE};
use contract::Expected;
use std::time::Duration;
use upbit_cancel_order::cancellation::{Cancellation, Halt, Next};
use upbit_cancel_order::failure::{Failure, Outcome};
use upbit_cancel_order::problem::Problem;
use upbit_cancel_order::retry::{RetryPolicy, account_pause};

const MAX_RETRIES: u32 = 2;

pub fn run(data: &[u8]) {
    let end = data.iter().position(|byte| *byte == b'\n');
    let (mode, attempts) = data.split_at(end.unwrap_or(data.len()));
    let in_batch = mode == b"batch";
    let mut cancellation = Cancellation::new(RetryPolicy {
        max_retries: MAX_RETRIES,
        in_batch,
    });
    let mut expected = Expected::default();
    for attempt in attempt::all(attempts) {
        let result = attempt.result();
        if let Some(answer) = attempt.answer() {
            orders::assert_found(answer, result.as_ref().ok());
        }
        if let Err(problem) = &result {
            assert_problem(problem, &attempt);
            expected.add(&attempt, problem);
        }
        let may_repeat = expected.may_repeat(&attempt, MAX_RETRIES, in_batch);
        match cancellation.attempted(result, attempt.jitter()) {
            Next::Done(Ok(_)) => return,
            Next::Done(Err(failure)) => {
                assert!(!may_repeat);
                assert_eq!(Some(failure.kind), expected.kind);
                return assert_told(&failure, &expected);
            }
            Next::RepeatAfter(wait) => assert!(may_repeat && wait <= Duration::from_secs(10)),
        }
    }
    // The input has ended before the call did.
    for halt in [
        Halt::Aborted,
        Halt::Closed,
        Halt::Blocked,
        Halt::NoRandomness,
    ] {
        assert_told(&cancellation.halted(halt), &expected);
    }
}

fn assert_problem(problem: &Problem, attempt: &Attempt) {
    assert_eq!(problem.kind(), contract::kind(attempt));
    assert!(account_pause(problem).unwrap_or_default() <= Duration::from_secs(10));
    let texts = problem
        .answer()
        .map(|answer| [&answer.code, &answer.message]);
    for text in texts.into_iter().flatten().flatten() {
        assert!(!text.is_empty() && text.chars().count() <= 3 * 200 + 1);
        assert!(!text.chars().any(char::is_control));
        assert!(SENSITIVE.iter().all(|key| !text.contains(key)), "{text}");
    }
}

/// What a failure says besides its kind.
fn assert_told(failure: &Failure, expected: &Expected) {
    assert_eq!(
        failure.outcome == Outcome::Unknown,
        expected.may_have_canceled
    );
    assert_eq!(failure.status, expected.status);
    assert_eq!(failure.code, expected.code);
    assert_eq!(failure.attempts, expected.attempts);
    assert!(
        failure
            .retry_after_ms
            .is_none_or(|ms| ms.is_finite() && ms >= 0.0)
    );
    assert!(!failure.message.is_empty() && failure.message.len() < 8000);
    let hint = failure.hint.unwrap_or_default().to_lowercase();
    assert!(!hint.is_empty() || failure.attempts == 0);
    let warns = ["look at your open orders", "look it up"]
        .iter()
        .any(|words| hint.contains(words));
    assert_eq!(warns, expected.may_have_canceled, "{failure:?}");
}
