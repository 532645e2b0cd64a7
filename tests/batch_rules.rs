//! The rules of batches: duplicates, refused keys, pauses, blocks and aborts.

use super::model::by_hand::{
    NOW, accept, accept_all, batch_of, facts, failed, identifier, jobs, not_found, numbered, only,
    refuse, rejected, result, uuids,
};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::time::Duration;
use upbit_cancel_order::batch::{Batch, Completion, Request, SendMode};
use upbit_cancel_order::failure::{Attempts, Failure, StopReason};
use upbit_cancel_order::invalid::Invalid;
use upbit_cancel_order::order_ref::OrderRef;
use upbit_cancel_order::outcome::{Kind, Outcome};
use upbit_cancel_order::problem::{ErrorResponse, Problem};

#[test]
fn an_order_that_is_named_twice_is_sent_once() {
    for sending in [SendMode::OneByOne, SendMode::ByIds] {
        let upper = OrderRef::Uuid(format!("{:08X}-0000-4000-8000-00000000CAFE", 0xab));
        let mut batch = batch_of(
            vec![numbered(0xab), identifier("a"), upper, identifier("a")],
            sending,
        );
        let sent = jobs(&mut batch, NOW);
        assert_eq!(sent.len(), 2);
        for job in &sent {
            refuse(&mut batch, job, &[rejected(403, "market_offline")], NOW);
        }
        for job in jobs(&mut batch, NOW) {
            refuse(&mut batch, &job, &[rejected(403, "market_offline")], NOW);
        }
        assert_eq!(result(&batch, 0), result(&batch, 2));
        assert_eq!(result(&batch, 1), result(&batch, 3));
        let finished: Vec<_> = std::iter::from_fn(|| batch.take_finished()).collect();
        assert_eq!((finished.len(), batch.is_done()), (4, true));
    }
}

#[test]
fn invalid_entries_fail_without_a_request() {
    let wrong: Failure = Invalid::new("uuid", "must be one").into();
    let entries = vec![Err(wrong.clone()), Ok(numbered(1)), Err(wrong.clone())];
    let mut batch = Batch::<Value>::new(entries, SendMode::ByIds, Duration::ZERO);
    assert_eq!(
        (batch.take_finished(), batch.take_finished()),
        (Some(0), Some(2))
    );
    assert_eq!(failed(&batch, 0), &wrong);
    assert_eq!(
        only(&mut batch, NOW).request,
        Request::CancelByIds(vec![numbered(1)])
    );
    assert!(!batch.is_done());
    let empty = Batch::<Value>::new(Vec::new(), SendMode::ByIds, Duration::ZERO);
    assert!(empty.is_done());
}

/// One order is named by UUID and by identifier. Whichever response comes first, both entries succeed.
#[test]
fn two_names_of_an_order_get_the_same_result() {
    let both = json!({"uuid": "00000001-0000-4000-8000-00000000CAFE", "identifier": "a"});
    for names in [
        [numbered(1), identifier("a")],
        [identifier("a"), numbered(1)],
    ] {
        for accepted_first in [true, false] {
            let mut batch = batch_of(names.to_vec(), SendMode::OneByOne);
            let sent = jobs(&mut batch, NOW);
            if accepted_first {
                accept(&mut batch, &sent[0], both.clone(), NOW);
                refuse(&mut batch, &sent[1], &[not_found()], NOW);
            } else {
                refuse(&mut batch, &sent[1], &[not_found()], NOW);
                assert_eq!(batch.result(1), None);
                accept(&mut batch, &sent[0], both.clone(), NOW);
            }
            assert_eq!(
                (result(&batch, 0), result(&batch, 1)),
                (&Ok(both.clone()), &Ok(both.clone()))
            );
            assert_eq!(batch.order_of(0), batch.order_of(1));
            let finished: HashSet<_> = std::iter::from_fn(|| batch.take_finished()).collect();
            assert_eq!((finished.len(), batch.is_done()), (2, true));
        }
    }
}

/// The response to the cancellation by the other name was lost.
#[test]
fn an_entry_that_another_one_may_have_canceled_is_unknown() {
    for (lost, outcome) in [
        (Problem::TimedOut, Outcome::Unknown),
        (rejected(403, "market_offline"), Outcome::NotCanceled),
    ] {
        let mut batch = batch_of(vec![numbered(1), identifier("a")], SendMode::OneByOne);
        let sent = jobs(&mut batch, NOW);
        refuse(&mut batch, &sent[1], &[not_found()], NOW);
        refuse(&mut batch, &sent[0], &[lost], NOW);
        assert_eq!(facts(&batch, 1), (Kind::Rejected, outcome, 1));
    }
    // Two UUIDs are two orders.
    let mut batch = uuids(2, SendMode::OneByOne);
    let sent = jobs(&mut batch, NOW);
    refuse(&mut batch, &sent[0], &[Problem::TimedOut], NOW);
    refuse(&mut batch, &sent[1], &[not_found()], NOW);
    assert_eq!(facts(&batch, 1), (Kind::Rejected, Outcome::NotCanceled, 1));
}

/// A wrong secret key costs at most ten requests.
#[test]
fn ten_requests_are_in_flight_until_upbit_accepts_the_key() {
    let mut batch = uuids(100, SendMode::OneByOne);
    let sent = jobs(&mut batch, NOW);
    assert_eq!(sent.len(), 10);
    refuse(&mut batch, &sent[0], &[Problem::TimedOut], NOW);
    assert_eq!(jobs(&mut batch, NOW).len(), 1);
    accept_all(&mut batch, &sent[1..2]);
    assert_eq!(jobs(&mut batch, NOW).len(), 21);
}

#[test]
fn a_key_that_is_refused_at_first_stops_the_batch() {
    for code in [
        "invalid_access_key",
        "jwt_verification",
        "expired_access_key",
        "no_authorization_ip",
        "no_authorization_i_p",
        "no_authorization_token",
        "out_of_scope",
    ] {
        for sending in [SendMode::OneByOne, SendMode::ByIds] {
            let mut batch = uuids(300, sending);
            let sent = jobs(&mut batch, NOW);
            refuse(
                &mut batch,
                &sent[0],
                &[Problem::TimedOut, rejected(401, code)],
                NOW,
            );
            assert!(batch.is_stopped());
            assert_eq!(jobs(&mut batch, NOW), []);
            assert_eq!(facts(&batch, 0), (Kind::Rejected, Outcome::Unknown, 2));
            assert_eq!(
                facts(&batch, 299),
                (Kind::Rejected, Outcome::NotCanceled, 0)
            );
            let unsent = failed(&batch, 299);
            assert_eq!(unsent.code.as_deref(), Some(code));
            assert!(!unsent.hint.unwrap().contains("earlier"), "{unsent:?}");
        }
    }
}

#[test]
fn a_key_that_was_accepted_must_be_refused_three_times_in_a_row() {
    let key = || rejected(401, "no_authorization_ip");
    let mut batch = uuids(30, SendMode::OneByOne);
    let sent = jobs(&mut batch, NOW);
    let rows = [
        (Some(not_found()), false),
        (Some(key()), false),
        (Some(key()), false),
        (None, false),
        (Some(key()), false),
        (Some(Problem::TimedOut), false),
        (Some(key()), false),
        (Some(key()), true),
    ];
    for (job, (problem, stopped)) in sent.iter().zip(rows) {
        match problem {
            Some(problem) => refuse(&mut batch, job, &[problem], NOW),
            None => accept_all(&mut batch, std::slice::from_ref(job)),
        }
        assert_eq!(batch.is_stopped(), stopped);
    }
    // Requests in flight get their own results. Those that waited for a slot get that of the batch.
    accept_all(&mut batch, &sent[8..9]);
    assert!(result(&batch, 8).is_ok());
    let not_sent = (Failure::from(StopReason::BatchStopped), Attempts::default());
    batch.complete(
        sent[9].id,
        Completion::Canceled(Err(not_sent.0), not_sent.1),
        NOW,
    );
    for entry in [9, 29] {
        assert_eq!(
            facts(&batch, entry),
            (Kind::Rejected, Outcome::NotCanceled, 0)
        );
        assert_eq!(
            failed(&batch, entry).code.as_deref(),
            Some("no_authorization_ip")
        );
    }
}

/// A 4xx without an error name may not come from Upbit.
#[test]
fn an_error_without_a_name_does_not_show_that_the_key_was_accepted() {
    let nameless = Problem::Rejected(ErrorResponse {
        status: 403,
        ..ErrorResponse::default()
    });
    for (first, stopped) in [(nameless, true), (not_found(), false)] {
        let mut batch = uuids(2, SendMode::OneByOne);
        let sent = jobs(&mut batch, NOW);
        refuse(&mut batch, &sent[0], &[first], NOW);
        refuse(
            &mut batch,
            &sent[1],
            &[rejected(401, "jwt_verification")],
            NOW,
        );
        assert_eq!(batch.is_stopped(), stopped);
    }
}

/// All orders are named by UUID, so no other entry can name the same order.
#[test]
fn not_found_is_final_at_once_if_no_other_kind_of_name_is_used() {
    let mut batch = uuids(2, SendMode::OneByOne);
    let sent = jobs(&mut batch, NOW);
    refuse(&mut batch, &sent[1], &[not_found()], NOW);
    assert_eq!(batch.take_finished(), Some(1));
}

#[test]
fn a_long_pause_or_a_block_stops_the_batch_and_reports_the_wait() {
    let asking = |seconds: Option<u64>| ErrorResponse {
        status: 429,
        retry_after: seconds.map(Duration::from_secs),
        ..ErrorResponse::default()
    };
    let blocked = |seconds| ErrorResponse {
        status: 418,
        ..asking(seconds)
    };
    for (problem, retry_after_ms) in [
        (Problem::Throttled(asking(Some(30))), Some(30_000.0)),
        (Problem::Throttled(asking(None)), None),
        (Problem::Blocked(blocked(Some(60))), Some(60_000.0)),
        (Problem::Blocked(blocked(None)), Some(10_000.0)),
    ] {
        let mut batch = uuids(30, SendMode::OneByOne);
        let sent = jobs(&mut batch, NOW);
        refuse(&mut batch, &sent[0], &[problem], NOW);
        assert_eq!(jobs(&mut batch, NOW), []);
        assert_eq!(
            facts(&batch, 0),
            (Kind::RateLimited, Outcome::NotCanceled, 1)
        );
        assert_eq!(
            facts(&batch, 29),
            (Kind::RateLimited, Outcome::NotCanceled, 0)
        );
        assert_eq!(failed(&batch, 29).retry_after_ms, retry_after_ms);
    }
}

#[test]
fn an_abort_reports_what_was_not_sent() {
    for sending in [SendMode::OneByOne, SendMode::ByIds] {
        let mut batch = uuids(300, sending);
        let sent = jobs(&mut batch, NOW);
        batch.interrupt(StopReason::Aborted);
        assert!(batch.is_stopped() && !batch.is_done());
        assert_eq!(jobs(&mut batch, NOW), []);
        assert_eq!(facts(&batch, 299), (Kind::Aborted, Outcome::NotCanceled, 0));
        for job in &sent {
            refuse(&mut batch, job, &[Problem::Aborted], NOW);
        }
        assert_eq!(facts(&batch, 0), (Kind::Aborted, Outcome::Unknown, 1));
        assert!((0..300).all(|entry| batch.result(entry).is_some()));
    }
}
