//! The contract's rules for batches, one by one: what is sent, and what is told.

use serde_json::{Value, json};
use std::collections::HashSet;
use std::time::Duration;
use upbit_cancel_order::batch::{Batch, End, Request, Sending, Work};
use upbit_cancel_order::confirmation::Ended;
use upbit_cancel_order::endpoint::Method;
use upbit_cancel_order::endpoints::cancel_by_ids::Parts;
use upbit_cancel_order::failure::{Earlier, Failure, Halt, History};
use upbit_cancel_order::invalid::Invalid;
use upbit_cancel_order::order::Order;
use upbit_cancel_order::order_ref::OrderRef;
use upbit_cancel_order::outcome::{Kind, Outcome};
use upbit_cancel_order::problem::{ErrorAnswer, Problem};
use upbit_cancel_order::rate_budget::Moment;

const NOW: Moment = Duration::from_secs(100);
const ONE_SENT: Earlier = Earlier {
    attempts: 1,
    answer_lost: false,
};

fn uuid(number: usize) -> OrderRef {
    OrderRef::Uuid(format!("{number:08x}-0000-4000-8000-00000000cafe"))
}

fn identifier(text: &str) -> OrderRef {
    OrderRef::Identifier(text.to_owned())
}

fn batch_of(orders: Vec<OrderRef>, sending: Sending) -> Batch<Value> {
    let entries = orders.into_iter().map(Ok).collect();
    Batch::new(entries, sending, Duration::ZERO)
}

fn uuids(count: usize, sending: Sending) -> Batch<Value> {
    batch_of((0..count).map(uuid).collect(), sending)
}

fn work(batch: &mut Batch<Value>) -> Vec<Work> {
    std::iter::from_fn(|| batch.next(NOW)).collect()
}

fn only(batch: &mut Batch<Value>) -> Work {
    let mut work = work(batch);
    assert_eq!(work.len(), 1, "{work:?}");
    work.remove(0)
}

fn order(name: &OrderRef) -> Value {
    match name {
        OrderRef::Uuid(uuid) => json!({"uuid": uuid, "market": "SGD-BTC"}),
        OrderRef::Identifier(text) => {
            json!({"uuid": format!("uuid of {text}"), "market": "SGD-BTC", "identifier": text})
        }
    }
}

fn rejected(status: u16, code: &str) -> Problem {
    Problem::Rejected(ErrorAnswer {
        status,
        code: Some(code.to_owned()),
        ..ErrorAnswer::default()
    })
}

/// What a call with these problems ends with, after what was before it.
fn failed(earlier: Earlier, problems: &[Problem]) -> (Failure, Earlier) {
    let mut history = History::new(Method::Delete, "host", earlier);
    for problem in problems {
        history.record(problem);
    }
    (history.failure(problems.last().unwrap()), history.so_far())
}

fn accept(batch: &mut Batch<Value>, work: &Work, told: Value) {
    let order = Order::read(told).unwrap();
    batch.ended(work.id, End::Canceled(Ok(order), ONE_SENT), NOW);
}

fn refuse(batch: &mut Batch<Value>, work: &Work, problems: &[Problem]) {
    let end = if let Request::Cancel { earlier, .. } = &work.request {
        let (failure, requests) = failed(*earlier, problems);
        End::Canceled(Err(failure), requests)
    } else {
        let (failure, requests) = failed(Earlier::default(), problems);
        End::CanceledByIds(Err(failure), requests)
    };
    batch.ended(work.id, end, NOW);
}

/// Answers a chunk with these lists and counts.
fn answer(
    batch: &mut Batch<Value>,
    work: &Work,
    canceled: &Value,
    failed: &Value,
    requests: Earlier,
) {
    let body = json!({"success": canceled, "failed": failed});
    let parts = Parts::read(&body).unwrap();
    batch.ended(work.id, End::CanceledByIds(Ok(parts), requests), NOW);
}

fn list(names: &[OrderRef]) -> Value {
    let orders: Vec<_> = names.iter().map(order).collect();
    json!({"count": orders.len(), "orders": orders})
}

fn not_found() -> Problem {
    rejected(404, "order_not_found")
}

fn failure(batch: &Batch<Value>, entry: usize) -> &Failure {
    &batch.result(entry).unwrap().as_ref().unwrap_err().failure
}

fn facts(batch: &Batch<Value>, entry: usize) -> (Kind, Outcome, u32) {
    let failure = failure(batch, entry);
    (failure.kind, failure.outcome, failure.attempts)
}

fn result(batch: &Batch<Value>, entry: usize) -> &Ended<Value> {
    batch.result(entry).unwrap()
}

#[test]
fn an_order_that_is_named_twice_is_sent_once_and_told_twice() {
    for sending in [Sending::OneByOne, Sending::ByIds] {
        let upper = OrderRef::Uuid(format!("{:08X}-0000-4000-8000-00000000CAFE", 0xab));
        let mut batch = batch_of(
            vec![uuid(0xab), identifier("a"), upper, identifier("a")],
            sending,
        );
        let sent = work(&mut batch);
        assert_eq!(sent.len(), 2);
        for work in &sent {
            refuse(&mut batch, work, &[rejected(403, "market_offline")]);
        }
        for work in work(&mut batch) {
            refuse(&mut batch, &work, &[rejected(403, "market_offline")]);
        }
        assert_eq!(result(&batch, 0), result(&batch, 2));
        assert_eq!(result(&batch, 1), result(&batch, 3));
        let told: Vec<_> = std::iter::from_fn(|| batch.take_finished()).collect();
        assert_eq!((told.len(), batch.is_done()), (4, true));
    }
}

#[test]
fn wrong_entries_are_told_and_not_sent() {
    let wrong: Failure = Invalid::new("uuid", "must be one").into();
    let entries = vec![Err(wrong.clone()), Ok(uuid(1)), Err(wrong.clone())];
    let mut batch = Batch::<Value>::new(entries, Sending::ByIds, Duration::ZERO);
    assert_eq!(
        (batch.take_finished(), batch.take_finished()),
        (Some(0), Some(2))
    );
    assert_eq!(failure(&batch, 0), &wrong);
    assert_eq!(
        only(&mut batch).request,
        Request::CancelByIds(vec![uuid(1)])
    );
    assert!(!batch.is_done());
    let empty = Batch::<Value>::new(Vec::new(), Sending::ByIds, Duration::ZERO);
    assert!(empty.is_done());
}

/// Named by UUID and by identifier: whichever is answered first, both are told of the cancellation.
#[test]
fn an_entry_that_another_one_has_canceled_is_told_the_same() {
    let both = json!({"uuid": "00000001-0000-4000-8000-00000000CAFE", "identifier": "a"});
    for names in [[uuid(1), identifier("a")], [identifier("a"), uuid(1)]] {
        for accepted_first in [true, false] {
            let mut batch = batch_of(names.to_vec(), Sending::OneByOne);
            let sent = work(&mut batch);
            if accepted_first {
                accept(&mut batch, &sent[0], both.clone());
                refuse(&mut batch, &sent[1], &[not_found()]);
            } else {
                refuse(&mut batch, &sent[1], &[not_found()]);
                assert_eq!(batch.result(1), None);
                accept(&mut batch, &sent[0], both.clone());
            }
            assert_eq!(
                (result(&batch, 0), result(&batch, 1)),
                (&Ok(both.clone()), &Ok(both.clone()))
            );
            assert_eq!(batch.slot_of(0), batch.slot_of(1));
            let told: HashSet<_> = std::iter::from_fn(|| batch.take_finished()).collect();
            assert_eq!((told.len(), batch.is_done()), (2, true));
        }
    }
}

/// The answer to the other name may have been lost; then nobody knows.
#[test]
fn an_entry_that_another_one_may_have_canceled_is_unknown() {
    for (lost, outcome) in [
        (Problem::TimedOut, Outcome::Unknown),
        (rejected(403, "market_offline"), Outcome::NotCanceled),
    ] {
        let mut batch = batch_of(vec![uuid(1), identifier("a")], Sending::OneByOne);
        let sent = work(&mut batch);
        refuse(&mut batch, &sent[1], &[not_found()]);
        refuse(&mut batch, &sent[0], &[lost]);
        assert_eq!(facts(&batch, 1), (Kind::Rejected, outcome, 1));
    }
    // Two names of one kind are two orders.
    let mut batch = uuids(2, Sending::OneByOne);
    let sent = work(&mut batch);
    refuse(&mut batch, &sent[0], &[Problem::TimedOut]);
    refuse(&mut batch, &sent[1], &[not_found()]);
    assert_eq!(facts(&batch, 1), (Kind::Rejected, Outcome::NotCanceled, 1));
}

#[test]
fn chunks_have_one_kind_of_name_and_fit_a_query() {
    let mut batch = uuids(300, Sending::ByIds);
    let sent = work(&mut batch);
    accept_all(&mut batch, &sent);
    assert_eq!(sent.len() + work(&mut batch).len(), 15);

    // `identifiers[]=` and the name are 400 bytes; ten of them have nine `&` between them.
    let name = |number: usize| identifier(&format!("{number:0>386}"));
    let exact = |last: usize| {
        let mut names: Vec<_> = (0..9).map(name).collect();
        names.push(identifier(&"x".repeat(last)));
        names
    };
    assert_eq!(batch_of(exact(386 - 9), Sending::ByIds).preview().len(), 1);
    assert_eq!(batch_of(exact(386 - 8), Sending::ByIds).preview().len(), 2);

    let long = identifier(&"é".repeat(700));
    let fits = identifier(&"x".repeat(4_000 - 14));
    let names = vec![
        identifier("a"),
        uuid(1),
        long.clone(),
        uuid(2),
        fits.clone(),
        identifier("b"),
    ];
    let requests = batch_of(names, Sending::ByIds).preview();
    let alone = Request::Cancel {
        order: long,
        earlier: Earlier::default(),
        once: false,
    };
    let by_ids = |names: &[OrderRef]| Request::CancelByIds(names.to_vec());
    let expected = [
        by_ids(&[uuid(1), uuid(2)]),
        by_ids(&[identifier("a")]),
        alone,
        by_ids(&[fits]),
        by_ids(&[identifier("b")]),
    ];
    assert_eq!(requests, expected);
}

fn accept_all(batch: &mut Batch<Value>, sent: &[Work]) {
    for work in sent {
        match &work.request {
            Request::CancelByIds(names) => {
                answer(batch, work, &list(names), &list(&[]), ONE_SENT);
            }
            Request::Cancel { order: name, .. } => accept(batch, work, order(name)),
            look => panic!("{look:?}"),
        }
    }
}

/// A wrong secret costs ten requests at most, and a key that works has the whole budget.
#[test]
fn few_are_under_way_until_the_key_has_shown_that_it_works() {
    let mut batch = uuids(100, Sending::OneByOne);
    let sent = work(&mut batch);
    assert_eq!(sent.len(), 10);
    refuse(&mut batch, &sent[0], &[Problem::TimedOut]);
    assert_eq!(work(&mut batch).len(), 1);
    accept_all(&mut batch, &sent[1..2]);
    assert_eq!(work(&mut batch).len(), 21);
}

#[test]
fn a_key_that_is_refused_at_first_ends_the_batch() {
    for code in [
        "invalid_access_key",
        "jwt_verification",
        "expired_access_key",
        "no_authorization_ip",
        "no_authorization_i_p",
        "no_authorization_token",
        "out_of_scope",
    ] {
        for sending in [Sending::OneByOne, Sending::ByIds] {
            let mut batch = uuids(300, sending);
            let sent = work(&mut batch);
            refuse(
                &mut batch,
                &sent[0],
                &[Problem::TimedOut, rejected(401, code)],
            );
            assert!(batch.is_stopped());
            assert_eq!(work(&mut batch), []);
            assert_eq!(facts(&batch, 0), (Kind::Rejected, Outcome::Unknown, 2));
            assert_eq!(
                facts(&batch, 299),
                (Kind::Rejected, Outcome::NotCanceled, 0)
            );
            let unsent = failure(&batch, 299);
            assert_eq!(unsent.code.as_deref(), Some(code));
            assert!(!unsent.hint.unwrap().contains("earlier"), "{unsent:?}");
        }
    }
}

#[test]
fn a_key_that_worked_has_to_be_refused_three_times_in_a_row() {
    let key = || rejected(401, "no_authorization_ip");
    let mut batch = uuids(30, Sending::OneByOne);
    let sent = work(&mut batch);
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
    for (work, (problem, stopped)) in sent.iter().zip(rows) {
        match problem {
            Some(problem) => refuse(&mut batch, work, &[problem]),
            None => accept_all(&mut batch, std::slice::from_ref(work)),
        }
        assert_eq!(batch.is_stopped(), stopped);
    }
    // What is under way comes to its end; what waited for its slot is told like the rest.
    accept_all(&mut batch, &sent[8..9]);
    assert!(result(&batch, 8).is_ok());
    let halted = (Failure::from(Halt::Stopped), Earlier::default());
    batch.ended(sent[9].id, End::Canceled(Err(halted.0), halted.1), NOW);
    for entry in [9, 29] {
        assert_eq!(
            facts(&batch, entry),
            (Kind::Rejected, Outcome::NotCanceled, 0)
        );
        assert_eq!(
            failure(&batch, entry).code.as_deref(),
            Some("no_authorization_ip")
        );
    }
}

/// Whoever answers without a name for the error may not be Upbit.
#[test]
fn an_error_without_a_name_shows_nothing_of_the_key() {
    let nameless = Problem::Rejected(ErrorAnswer {
        status: 403,
        ..ErrorAnswer::default()
    });
    for (first, stopped) in [(nameless, true), (not_found(), false)] {
        let mut batch = uuids(2, Sending::OneByOne);
        let sent = work(&mut batch);
        refuse(&mut batch, &sent[0], &[first]);
        refuse(&mut batch, &sent[1], &[rejected(401, "jwt_verification")]);
        assert_eq!(batch.is_stopped(), stopped);
    }
}

/// A chunk of a key that worked before is refused: its orders are told so, and not sent one by one.
#[test]
fn a_refusal_of_the_key_is_told_to_all_orders_of_a_chunk() {
    let mut batch = uuids(60, Sending::ByIds);
    let sent = work(&mut batch);
    accept_all(&mut batch, &sent[..1]);
    refuse(&mut batch, &sent[1], &[rejected(401, "out_of_scope")]);
    assert!(!batch.is_stopped());
    assert_eq!(work(&mut batch), []);
    assert_eq!(facts(&batch, 39), (Kind::Rejected, Outcome::NotCanceled, 1));
    // A chunk that still waited for its slot when the batch was stopped.
    batch.halt(Halt::Closed);
    let halted = Failure::from(Halt::Stopped);
    batch.ended(
        sent[2].id,
        End::CanceledByIds(Err(halted), Earlier::default()),
        NOW,
    );
    assert_eq!(
        facts(&batch, 59),
        (Kind::InvalidRequest, Outcome::NotCanceled, 0)
    );
}

/// Nothing has to be waited for where all orders are named in the same way.
#[test]
fn an_order_that_is_not_found_is_told_at_once() {
    let mut batch = uuids(2, Sending::OneByOne);
    let sent = work(&mut batch);
    refuse(&mut batch, &sent[1], &[not_found()]);
    assert_eq!(batch.take_finished(), Some(1));
}

#[test]
fn a_long_pause_or_a_block_ends_the_batch_and_tells_the_time() {
    let asking = |seconds: Option<u64>| ErrorAnswer {
        status: 429,
        retry_after: seconds.map(Duration::from_secs),
        ..ErrorAnswer::default()
    };
    let blocked = |seconds| ErrorAnswer {
        status: 418,
        ..asking(seconds)
    };
    for (problem, told) in [
        (Problem::Throttled(asking(Some(30))), Some(30_000.0)),
        (Problem::Throttled(asking(None)), None),
        (Problem::Blocked(blocked(Some(60))), Some(60_000.0)),
        (Problem::Blocked(blocked(None)), Some(10_000.0)),
    ] {
        let mut batch = uuids(30, Sending::OneByOne);
        let sent = work(&mut batch);
        refuse(&mut batch, &sent[0], &[problem]);
        assert_eq!(work(&mut batch), []);
        assert_eq!(
            facts(&batch, 0),
            (Kind::RateLimited, Outcome::NotCanceled, 1)
        );
        assert_eq!(
            facts(&batch, 29),
            (Kind::RateLimited, Outcome::NotCanceled, 0)
        );
        assert_eq!(failure(&batch, 29).retry_after_ms, told);
    }
}

/// A chunk of four that was accepted, refused, left out, and named in both lists.
#[test]
fn what_an_answer_leaves_open_is_sent_by_itself() {
    use Outcome::{NotCanceled, Unknown};
    let [accepted, refused, left_out, both] = [0, 1, 2, 3].map(uuid);
    let stranger = uuid(9);
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
        let mut batch = batch_of(names, Sending::ByIds);
        let chunk = only(&mut batch);
        let requests = Earlier {
            attempts: 2,
            answer_lost: chunk_lost,
        };
        answer(&mut batch, &chunk, &success, &failed, requests);
        assert_eq!(result(&batch, 0), &Ok(order(&accepted)));
        for work in work(&mut batch) {
            refuse(&mut batch, &work, &[not_found()]);
        }
        let refused_outcome = if chunk_lost { Unknown } else { NotCanceled };
        assert_eq!(facts(&batch, 1), (Kind::Rejected, refused_outcome, 3));
        assert_eq!(
            facts(&batch, 2),
            (Kind::Rejected, left_out_outcome, 3),
            "{success}"
        );
    }
    let mut batch = batch_of(vec![both.clone()], Sending::ByIds);
    let chunk = only(&mut batch);
    let in_both = list(std::slice::from_ref(&both));
    answer(&mut batch, &chunk, &in_both, &in_both, ONE_SENT);
    let alone = only(&mut batch);
    refuse(&mut batch, &alone, &[not_found()]);
    assert_eq!(facts(&batch, 0), (Kind::Rejected, Unknown, 2));
}

/// The only order that was asked for need not be named.
#[test]
fn an_identifier_may_be_answered_without_it_where_no_other_is_meant() {
    let nameless = json!({"count": 1, "orders": [{"uuid": "u", "market": "SGD-BTC"}]});
    let mut alone = batch_of(vec![identifier("a")], Sending::ByIds);
    let chunk = only(&mut alone);
    answer(&mut alone, &chunk, &nameless, &list(&[]), ONE_SENT);
    assert!(result(&alone, 0).is_ok());

    let mut two = batch_of(vec![identifier("a"), identifier("b")], Sending::ByIds);
    let chunk = only(&mut two);
    answer(&mut two, &chunk, &nameless, &list(&[]), ONE_SENT);
    for work in work(&mut two) {
        refuse(&mut two, &work, &[not_found()]);
    }
    for entry in [0, 1] {
        assert_eq!(facts(&two, entry), (Kind::Rejected, Outcome::Unknown, 2));
    }
}

#[test]
fn a_chunk_that_is_refused_is_sent_one_by_one() {
    for code in ["validation_error", "bad_request", "order_not_found"] {
        let mut batch = uuids(3, Sending::ByIds);
        let chunk = only(&mut batch);
        refuse(&mut batch, &chunk, &[rejected(400, code)]);
        let alone = work(&mut batch);
        assert_eq!(alone.len(), 3);
        accept_all(&mut batch, &alone[..2]);
        refuse(&mut batch, &alone[2], &[rejected(400, code)]);
        assert!(result(&batch, 0).is_ok() && result(&batch, 1).is_ok());
        assert_eq!(facts(&batch, 2), (Kind::Rejected, Outcome::NotCanceled, 2));
    }
}

#[test]
fn a_chunk_that_cannot_be_sent_one_by_one_is_told_to_all_its_orders() {
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
            Problem::Server(ErrorAnswer::default()),
            Kind::Server,
            Outcome::Unknown,
        ),
        (
            Problem::Unreachable(None),
            Kind::Network,
            Outcome::NotCanceled,
        ),
        (
            Problem::Blocked(ErrorAnswer::default()),
            Kind::RateLimited,
            Outcome::NotCanceled,
        ),
    ];
    for (problem, kind, outcome) in rows {
        let mut batch = uuids(3, Sending::ByIds);
        let chunk = only(&mut batch);
        refuse(&mut batch, &chunk, &[problem]);
        assert_eq!(work(&mut batch), []);
        for entry in 0..3 {
            assert_eq!(facts(&batch, entry), (kind, outcome, 1));
        }
    }
}

#[test]
fn an_abort_tells_what_was_not_sent() {
    for sending in [Sending::OneByOne, Sending::ByIds] {
        let mut batch = uuids(300, sending);
        let sent = work(&mut batch);
        batch.halt(Halt::Aborted);
        assert!(batch.is_stopped() && !batch.is_done());
        assert_eq!(work(&mut batch), []);
        assert_eq!(facts(&batch, 299), (Kind::Aborted, Outcome::NotCanceled, 0));
        for work in &sent {
            refuse(&mut batch, work, &[Problem::Aborted]);
        }
        assert_eq!(facts(&batch, 0), (Kind::Aborted, Outcome::Unknown, 1));
        assert!((0..300).all(|entry| batch.result(entry).is_some()));
    }
}
