//! The rules of `cancelByIds`: chunks, and what a report means for each order.

use super::model::by_hand::{
    NOW, ONE_SENT, accept_all, answer, batch_of, facts, identifier, jobs, list, not_found,
    numbered, only, order, refuse, rejected, result, uuids,
};
use serde_json::json;
use upbit_cancel_order::batch::{Completion, Request, SendMode};
use upbit_cancel_order::failure::{Attempts, Failure, StopReason};
use upbit_cancel_order::order_ref::OrderRef;
use upbit_cancel_order::outcome::{Kind, Outcome};
use upbit_cancel_order::problem::{ErrorResponse, Problem};

#[test]
fn chunks_have_one_kind_of_name_and_fit_a_query() {
    let mut batch = uuids(300, SendMode::ByIds);
    let sent = jobs(&mut batch, NOW);
    accept_all(&mut batch, &sent);
    assert_eq!(sent.len() + jobs(&mut batch, NOW).len(), 15);

    // Each parameter has 400 bytes, and ten of them have nine `&` between them.
    let name = |number: usize| identifier(&format!("{number:0>386}"));
    let exact = |last: usize| {
        let mut names: Vec<_> = (0..9).map(name).collect();
        names.push(identifier(&"x".repeat(last)));
        names
    };
    assert_eq!(batch_of(exact(386 - 9), SendMode::ByIds).preview().len(), 1);
    assert_eq!(batch_of(exact(386 - 8), SendMode::ByIds).preview().len(), 2);

    let long = identifier(&"é".repeat(700));
    let fits = identifier(&"x".repeat(4_000 - 14));
    let names = vec![
        identifier("a"),
        numbered(1),
        long.clone(),
        numbered(2),
        fits.clone(),
        identifier("b"),
    ];
    let requests = batch_of(names, SendMode::ByIds).preview();
    let alone = Request::Cancel {
        order: long,
        previous: Attempts::default(),
        single_attempt: false,
    };
    let by_ids = |names: &[OrderRef]| Request::CancelByIds(names.to_vec());
    let expected = [
        by_ids(&[numbered(1), numbered(2)]),
        by_ids(&[identifier("a")]),
        alone,
        by_ids(&[fits]),
        by_ids(&[identifier("b")]),
    ];
    assert_eq!(requests, expected);
}

/// Of the four orders, one was accepted, one failed, one is left out, and one is in both lists.
#[test]
fn orders_that_were_not_clearly_accepted_are_sent_alone() {
    use Outcome::{NotCanceled, Unknown};
    let [accepted, refused, left_out, both] = [0, 1, 2, 3].map(numbered);
    let stranger = numbered(9);
    let good = json!({"count": 1, "orders": [order(&accepted)]});
    let counted = json!({"count": 2, "orders": [order(&accepted)]});
    let doubled = list(&[accepted.clone(), accepted.clone()]);
    let failed = list(std::slice::from_ref(&refused));
    let rows = [
        (good.clone(), failed.clone(), false, NotCanceled),
        (counted, failed.clone(), false, Unknown),
        (doubled, failed.clone(), false, Unknown),
        (
            good.clone(),
            list(&[refused.clone(), stranger]),
            false,
            Unknown,
        ),
        (
            good.clone(),
            json!({"orders": [order(&refused)]}),
            false,
            Unknown,
        ),
        (good, failed, true, Unknown),
    ];
    for (success, failed, chunk_lost, left_out_outcome) in rows {
        let names = vec![accepted.clone(), refused.clone(), left_out.clone()];
        let mut batch = batch_of(names, SendMode::ByIds);
        let chunk = only(&mut batch, NOW);
        let requests = Attempts {
            sent: 2,
            response_lost: chunk_lost,
        };
        answer(&mut batch, &chunk, &success, &failed, requests);
        assert_eq!(result(&batch, 0), &Ok(order(&accepted)));
        for job in jobs(&mut batch, NOW) {
            refuse(&mut batch, &job, &[not_found()], NOW);
        }
        let refused_outcome = if chunk_lost { Unknown } else { NotCanceled };
        assert_eq!(facts(&batch, 1), (Kind::Rejected, refused_outcome, 3));
        assert_eq!(
            facts(&batch, 2),
            (Kind::Rejected, left_out_outcome, 3),
            "{success}"
        );
    }
    let mut batch = batch_of(vec![both.clone()], SendMode::ByIds);
    let chunk = only(&mut batch, NOW);
    let in_both = list(std::slice::from_ref(&both));
    answer(&mut batch, &chunk, &in_both, &in_both, ONE_SENT);
    let alone = only(&mut batch, NOW);
    refuse(&mut batch, &alone, &[not_found()], NOW);
    assert_eq!(facts(&batch, 0), (Kind::Rejected, Unknown, 2));
}

#[test]
fn a_report_about_a_single_order_need_not_contain_its_identifier() {
    let nameless = json!({"count": 1, "orders": [{"uuid": "u", "market": "SGD-BTC"}]});
    let mut alone = batch_of(vec![identifier("a")], SendMode::ByIds);
    let chunk = only(&mut alone, NOW);
    answer(&mut alone, &chunk, &nameless, &list(&[]), ONE_SENT);
    assert!(result(&alone, 0).is_ok());

    let mut two = batch_of(vec![identifier("a"), identifier("b")], SendMode::ByIds);
    let chunk = only(&mut two, NOW);
    answer(&mut two, &chunk, &nameless, &list(&[]), ONE_SENT);
    for job in jobs(&mut two, NOW) {
        refuse(&mut two, &job, &[not_found()], NOW);
    }
    for entry in [0, 1] {
        assert_eq!(facts(&two, entry), (Kind::Rejected, Outcome::Unknown, 2));
    }
}

#[test]
fn a_rejected_chunk_is_sent_one_by_one() {
    for code in ["validation_error", "bad_request", "order_not_found"] {
        let mut batch = uuids(3, SendMode::ByIds);
        let chunk = only(&mut batch, NOW);
        refuse(&mut batch, &chunk, &[rejected(400, code)], NOW);
        let alone = jobs(&mut batch, NOW);
        assert_eq!(alone.len(), 3);
        accept_all(&mut batch, &alone[..2]);
        refuse(&mut batch, &alone[2], &[rejected(400, code)], NOW);
        assert!(result(&batch, 0).is_ok() && result(&batch, 1).is_ok());
        assert_eq!(facts(&batch, 2), (Kind::Rejected, Outcome::NotCanceled, 2));
    }
}

#[test]
fn other_failures_of_a_chunk_apply_to_all_its_orders() {
    let rows = [
        (
            rejected(401, "nonce_used"),
            Kind::Rejected,
            Outcome::Unknown,
        ),
        (
            rejected(401, "expired_access_key"),
            Kind::Rejected,
            Outcome::NotCanceled,
        ),
        (Problem::TimedOut, Kind::Timeout, Outcome::Unknown),
        (
            Problem::Server(ErrorResponse::default()),
            Kind::Server,
            Outcome::Unknown,
        ),
        (
            Problem::Unreachable(None),
            Kind::Network,
            Outcome::NotCanceled,
        ),
        (
            Problem::Blocked(ErrorResponse::default()),
            Kind::RateLimited,
            Outcome::NotCanceled,
        ),
    ];
    for (problem, kind, outcome) in rows {
        let mut batch = uuids(3, SendMode::ByIds);
        let chunk = only(&mut batch, NOW);
        refuse(&mut batch, &chunk, &[problem], NOW);
        assert_eq!(jobs(&mut batch, NOW), []);
        for entry in 0..3 {
            assert_eq!(facts(&batch, entry), (kind, outcome, 1));
        }
    }
}

/// Upbit has accepted the key before. Still, the orders of the chunk are not sent one by one.
#[test]
fn a_refused_key_fails_all_orders_of_a_chunk() {
    let mut batch = uuids(60, SendMode::ByIds);
    let sent = jobs(&mut batch, NOW);
    accept_all(&mut batch, &sent[..1]);
    refuse(&mut batch, &sent[1], &[rejected(401, "out_of_scope")], NOW);
    assert!(!batch.is_stopped());
    assert_eq!(jobs(&mut batch, NOW), []);
    assert_eq!(facts(&batch, 39), (Kind::Rejected, Outcome::NotCanceled, 1));
    // This chunk was still waiting for its slot when the batch was stopped.
    batch.interrupt(StopReason::Closed);
    let not_sent = Failure::from(StopReason::BatchStopped);
    batch.complete(
        sent[2].id,
        Completion::CanceledByIds(Err(not_sent), Attempts::default()),
        NOW,
    );
    assert_eq!(
        facts(&batch, 59),
        (Kind::InvalidRequest, Outcome::NotCanceled, 0)
    );
}
