//! The rules of confirmation.

use super::model::by_hand::{NOW, ONE_SENT, failure, ms, rejected};
use serde_json::{Value, json};
use std::time::Duration;
use upbit_cancel_order::confirmation::{Confirmation, LookupFailure, NextAction, OrderFailure};
use upbit_cancel_order::endpoint::Method;
use upbit_cancel_order::failure::{Attempts, Failure, StopReason};
use upbit_cancel_order::order::Order;
use upbit_cancel_order::outcome::{Kind, Outcome};
use upbit_cancel_order::problem::{ErrorResponse, Problem};

const LIMIT: Duration = Duration::from_secs(3);

fn order(uuid: &str, state: &str) -> Order<Value> {
    let value = json!({"uuid": uuid, "state": state, "identifier": "mine"});
    Order::read(value).unwrap()
}

/// A filled market buy, which Upbit ends as `cancel`.
fn market_buy() -> Order<Value> {
    let value = json!({"uuid": "u", "state": "cancel", "ord_type": "price", "trades_count": 1});
    Order::read(value).unwrap()
}

fn failure_of(method: Method, problem: &Problem) -> (Failure, Attempts) {
    failure(method, Attempts::default(), std::slice::from_ref(problem))
}

fn accepted() -> Confirmation<Value> {
    let value = json!({"uuid": "u", "state": "wait", "accepted": true});
    Confirmation::after_accepted(value, ONE_SENT, NOW, LIMIT)
}

fn after(problem: &Problem) -> Option<Confirmation<Value>> {
    let (failure, requests) = failure_of(Method::Delete, problem);
    Confirmation::after_failure(&failure, requests, NOW, LIMIT)
}

fn unknown() -> Confirmation<Value> {
    after(&Problem::TimedOut).unwrap()
}

fn not_found() -> Confirmation<Value> {
    after(&rejected(404, "order_not_found")).unwrap()
}

fn failed(action: NextAction<Value>) -> OrderFailure<Value> {
    match action {
        NextAction::Finish(Err(failed)) => failed,
        other => panic!("{other:?}"),
    }
}

fn facts(failed: &OrderFailure<Value>) -> (Kind, Outcome) {
    (failed.failure.kind, failed.failure.outcome)
}

#[test]
fn the_end_state_decides() {
    let canceled = order("u", "cancel");
    let filled = order("u", "done");
    for mut confirmation in [accepted(), unknown(), not_found()] {
        let action = confirmation.clone().looked_up(Some(&canceled), NOW);
        assert_eq!(action, NextAction::Finish(Ok(canceled.value().clone())));
        let error = failed(confirmation.looked_up(Some(&filled), NOW));
        assert_eq!(facts(&error), (Kind::Filled, Outcome::NotCanceled));
        assert_eq!(error.order.as_ref(), Some(filled.value()));
        assert_eq!(error.failure.attempts, 1);
    }
}

#[test]
fn an_executed_market_buy_was_filled_unless_its_cancellation_was_accepted() {
    let buy = market_buy();
    let ended = |mut confirmation: Confirmation<Value>| confirmation.looked_up(Some(&buy), NOW);
    assert_eq!(
        ended(accepted()),
        NextAction::Finish(Ok(buy.value().clone()))
    );
    for confirmation in [unknown(), not_found()] {
        let error = failed(ended(confirmation));
        assert_eq!(facts(&error), (Kind::Filled, Outcome::NotCanceled));
    }
}

#[test]
fn without_an_end_state_in_time_the_cancellation_is_unconfirmed() {
    let open = order("u", "wait");
    for (seen, shown) in [
        (Some(&open), open.value()),
        (
            None,
            &json!({"uuid": "u", "state": "wait", "accepted": true}),
        ),
    ] {
        let mut confirmation = accepted();
        assert_eq!(confirmation.looked_up(seen, NOW), NextAction::LookUpAgain);
        let error = failed(confirmation.looked_up(None, NOW + LIMIT));
        assert_eq!(facts(&error), (Kind::Unconfirmed, Outcome::Unknown));
        assert_eq!(error.order.as_ref(), Some(shown));
        assert!(error.failure.hint.is_some());
    }
    let error = failed(unknown().lookup_failed(&LookupFailure::Inconclusive, NOW + LIMIT));
    assert_eq!(facts(&error), (Kind::Unconfirmed, Outcome::Unknown));
    assert_eq!(error.order, None);
}

#[test]
fn not_found_stands_after_three_lookups_or_a_refused_one() {
    let open = order("u", "wait");
    for seen in [None, Some(&open)] {
        let mut confirmation = not_found();
        assert_eq!(confirmation.looked_up(seen, NOW), NextAction::LookUpAgain);
        assert_eq!(
            confirmation.lookup_failed(&LookupFailure::Inconclusive, NOW),
            NextAction::LookUpAgain
        );
        assert_eq!(confirmation.looked_up(seen, NOW), NextAction::LookUpAgain);
        let error = failed(confirmation.looked_up(seen, NOW));
        assert_eq!(facts(&error), (Kind::Rejected, Outcome::NotCanceled));
        assert_eq!(error.failure.code.as_deref(), Some("order_not_found"));
    }
    let (refusal, _) = failure_of(Method::Get, &rejected(401, "out_of_scope"));
    for ended in [
        not_found().lookup_failed(&LookupFailure::Refused(refusal), NOW),
        not_found().lookup_failed(&LookupFailure::Stopped(StopReason::Aborted), NOW),
        not_found().lookup_failed(&LookupFailure::Inconclusive, NOW + LIMIT),
    ] {
        assert_eq!(
            facts(&failed(ended)),
            (Kind::Rejected, Outcome::NotCanceled)
        );
    }
}

#[test]
fn a_refused_or_stopped_lookup_returns_the_accepted_order() {
    let (refusal, _) = failure_of(Method::Get, &rejected(401, "out_of_scope"));
    let left = ms(30_000);
    let rows = [
        (LookupFailure::Refused(refusal), Kind::Unconfirmed, None),
        (
            LookupFailure::Stopped(StopReason::Aborted),
            Kind::Aborted,
            None,
        ),
        (
            LookupFailure::Stopped(StopReason::Closed),
            Kind::Unconfirmed,
            None,
        ),
        (
            LookupFailure::Stopped(StopReason::Blocked(left)),
            Kind::RateLimited,
            Some(30_000.0),
        ),
        (
            LookupFailure::Stopped(StopReason::Paused(left)),
            Kind::RateLimited,
            Some(30_000.0),
        ),
    ];
    for (why, kind, retry_after_ms) in rows {
        let mut confirmation = accepted();
        assert_eq!(
            confirmation.looked_up(Some(&order("u", "watch")), NOW),
            NextAction::LookUpAgain
        );
        let error = failed(confirmation.lookup_failed(&why, NOW));
        assert_eq!(facts(&error), (kind, Outcome::Unknown));
        assert_eq!(error.order.as_ref().unwrap()["accepted"], json!(true));
        assert_eq!(error.failure.retry_after_ms, retry_after_ms);
        assert!(!error.failure.message.contains("not sent"), "{error:?}");
        if let LookupFailure::Refused(_) = why {
            assert!(error.failure.hint.unwrap().contains("[View Orders]"));
            assert_eq!(
                (error.failure.status, error.failure.code.as_deref()),
                (Some(401), Some("out_of_scope"))
            );
        }
        let unseen = failed(unknown().lookup_failed(&why, NOW));
        assert_eq!(
            (facts(&unseen), unseen.order),
            ((kind, Outcome::Unknown), None)
        );
    }
}

#[test]
fn only_a_refusal_of_the_key_stops_the_lookups() {
    let answer = |status| ErrorResponse {
        status,
        ..ErrorResponse::default()
    };
    let refused = [
        rejected(401, "out_of_scope"),
        rejected(403, "anything"),
        rejected(401, "jwt_verification"),
    ];
    for problem in refused {
        let (failure, _) = failure_of(Method::Get, &problem);
        assert!(
            matches!(failure.into(), LookupFailure::Refused(_)),
            "{problem:?}"
        );
    }
    let passing = [
        rejected(400, "invalid_parameter"),
        rejected(404, "order_not_found"),
        rejected(401, "nonce_used"),
        Problem::Server(answer(503)),
        Problem::Throttled(answer(429)),
        Problem::TimedOut,
    ];
    for problem in passing {
        let (failure, _) = failure_of(Method::Get, &problem);
        assert_eq!(
            LookupFailure::from(failure),
            LookupFailure::Inconclusive,
            "{problem:?}"
        );
    }
}

#[test]
fn unknown_outcomes_and_not_found_are_looked_up() {
    let server = Problem::Server(ErrorResponse::default());
    for problem in [
        Problem::TimedOut,
        Problem::ConnectionLost(None),
        server,
        rejected(401, "nonce_used"),
    ] {
        assert!(after(&problem).is_some(), "{problem:?}");
    }
    let throttled = Problem::Throttled(ErrorResponse::default());
    for problem in [
        Problem::Aborted,
        Problem::Unreachable(None),
        throttled,
        rejected(400, "bad_request"),
    ] {
        assert!(after(&problem).is_none(), "{problem:?}");
    }
}

#[test]
fn a_lost_cancellation_is_sent_again_at_most_once_a_second() {
    let open = order("u", "wait");
    let mut confirmation = unknown();
    assert_eq!(
        confirmation.looked_up(Some(&open), NOW + ms(999)),
        NextAction::LookUpAgain
    );
    assert_eq!(
        confirmation.looked_up(None, NOW + ms(1_000)),
        NextAction::LookUpAgain
    );
    assert_eq!(
        confirmation.looked_up(Some(&open), NOW + ms(1_000)),
        NextAction::CancelAgain
    );
    let (lost, requests) = failure_of(Method::Delete, &Problem::TimedOut);
    confirmation.resend_failed(&lost, requests, NOW + ms(1_500));
    assert_eq!(confirmation.next_lookup(), NOW + ms(1_600));
    assert_eq!(
        confirmation.looked_up(Some(&open), NOW + ms(2_400)),
        NextAction::LookUpAgain
    );
    assert_eq!(
        confirmation.looked_up(Some(&open), NOW + ms(2_500)),
        NextAction::CancelAgain
    );
    let again = json!({"uuid": "u", "accepted": "again"});
    confirmation.resend_accepted(again.clone(), ONE_SENT, NOW + ms(1_500));
    let error = failed(confirmation.clone().looked_up(None, NOW + ms(4_000)));
    assert_eq!(error.failure.code, None);
    let action = confirmation.looked_up(Some(&market_buy()), NOW + ms(2_900));
    assert_eq!(action, NextAction::Finish(Ok(market_buy().into_value())));
    // An accepted cancellation is not sent again.
    assert_eq!(
        accepted().looked_up(Some(&open), NOW + ms(2_900)),
        NextAction::LookUpAgain
    );
    assert_eq!(
        not_found().looked_up(Some(&open), NOW + ms(2_900)),
        NextAction::LookUpAgain
    );
}

/// A refusal does not show what became of the earlier, lost cancellation.
#[test]
fn an_unknown_outcome_stays_unknown_until_a_lookup_shows_the_end() {
    let mut confirmation = unknown();
    let (refusal, requests) = failure_of(Method::Delete, &rejected(404, "order_not_found"));
    confirmation.resend_failed(&refusal, requests, NOW + ms(1_000));
    for _ in 0..5 {
        assert_eq!(
            confirmation.looked_up(None, NOW + ms(1_000)),
            NextAction::LookUpAgain
        );
    }
    let error = failed(confirmation.looked_up(None, NOW + LIMIT));
    assert_eq!(facts(&error), (Kind::Unconfirmed, Outcome::Unknown));
    assert_eq!(error.failure.code.as_deref(), Some("order_not_found"));
}

#[test]
fn the_delay_doubles_and_the_last_lookup_is_at_the_deadline() {
    let mut confirmation = accepted();
    let mut now = confirmation.next_lookup();
    let mut waits = vec![now.checked_sub(NOW).unwrap()];
    while confirmation.looked_up(None, now) == NextAction::LookUpAgain {
        waits.push(confirmation.next_lookup().checked_sub(now).unwrap());
        now = confirmation.next_lookup();
    }
    assert_eq!(waits, [100, 200, 400, 800, 1_000, 500].map(ms));
    assert_eq!(now, confirmation.deadline());
    let short = Confirmation::after_accepted(json!(null), ONE_SENT, NOW, ms(30));
    assert_eq!(short.next_lookup(), NOW + ms(30));
}
