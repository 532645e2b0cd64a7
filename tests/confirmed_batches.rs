//! The rules of confirmation in batches: which lookups are sent, and when.

use super::model::by_hand::{
    self, NOW, answer, facts, failure, identifier, jobs, list, ms, not_found, only, rejected, uuid,
};
use serde_json::{Value, json};
use upbit_cancel_order::batch::{Batch, Completion, Job, Request, SendMode};
use upbit_cancel_order::confirmation::LookupFailure;
use upbit_cancel_order::endpoint::Method;
use upbit_cancel_order::failure::{Attempts, StopReason};
use upbit_cancel_order::order::Order;
use upbit_cancel_order::order_ref::OrderRef;
use upbit_cancel_order::outcome::{Kind, Outcome};
use upbit_cancel_order::problem::{ErrorResponse, Problem};
use upbit_cancel_order::rate_budget::Moment;

fn order(uuid: &str, state: &str) -> Order<Value> {
    let value = json!({"uuid": uuid, "state": state});
    Order::read(value).unwrap()
}

fn batch(orders: &[OrderRef], sending: SendMode) -> Batch<Value> {
    let entries = orders.iter().cloned().map(Ok).collect();
    Batch::new(entries, sending, ms(3_000))
}

fn looked_up(job: &Job) -> &[OrderRef] {
    match &job.request {
        Request::LookupByIds(orders, _) => orders,
        Request::Lookup(order, _) => std::slice::from_ref(order),
        other => panic!("{other:?}"),
    }
}

fn is_resend(job: &Job) -> bool {
    matches!(
        job.request,
        Request::Cancel {
            single_attempt: true,
            ..
        }
    )
}

/// The cancellation is accepted. The response has this UUID.
fn accept(batch: &mut Batch<Value>, job: &Job, uuid: &str, now: Moment) {
    by_hand::accept(batch, job, json!({"uuid": uuid, "state": "wait"}), now);
}

fn fail(batch: &mut Batch<Value>, job: &Job, problem: &Problem, now: Moment) {
    by_hand::refuse(batch, job, std::slice::from_ref(problem), now);
}

fn refuse_lookup(batch: &mut Batch<Value>, lookup: &Job, now: Moment) {
    let problem = rejected(401, "out_of_scope");
    let (failure, _) = failure(Method::Get, Attempts::default(), &[problem]);
    batch.complete(lookup.id, Completion::LookedUp(Err(failure.into())), now);
}

fn see(batch: &mut Batch<Value>, lookup: &Job, orders: &[(&str, &str)], now: Moment) {
    let orders = orders.iter().map(|(uuid, state)| order(uuid, state));
    batch.complete(lookup.id, Completion::LookedUp(Ok(orders.collect())), now);
}

fn is_canceled(batch: &Batch<Value>, entry: usize) -> bool {
    batch.result(entry).is_some_and(Result::is_ok)
}

const UNCONFIRMED: (Kind, Outcome, u32) = (Kind::Unconfirmed, Outcome::Unknown, 1);
const FILLED: (Kind, Outcome, u32) = (Kind::Filled, Outcome::NotCanceled, 1);
const NOT_FOUND: (Kind, Outcome, u32) = (Kind::Rejected, Outcome::NotCanceled, 1);

#[test]
fn a_single_order_is_looked_up_with_get_order() {
    let mut batch = batch(&[uuid("a")], SendMode::Single);
    let job = only(&mut batch, NOW);
    accept(&mut batch, &job, "a", NOW);
    assert_eq!(
        (batch.next(NOW), batch.wake_at(NOW)),
        (None, Some(NOW + ms(100)))
    );
    let lookup = only(&mut batch, NOW + ms(100));
    // The time to the deadline, and half a second more for the last lookup.
    assert_eq!(
        lookup.request,
        Request::Lookup(uuid("a"), ms(3_000 - 100 + 500))
    );
    assert_eq!(batch.wake_at(NOW + ms(100)), None);
    see(&mut batch, &lookup, &[("a", "cancel")], NOW + ms(150));
    assert!(is_canceled(&batch, 0));
}

#[test]
fn many_orders_share_a_lookup() {
    let long = identifier(&"é".repeat(1_400));
    let mut batch = batch(&[uuid("a"), uuid("b"), long.clone()], SendMode::OneByOne);
    for (job, uuid) in jobs(&mut batch, NOW).iter().zip(["a", "b", "c"]) {
        accept(&mut batch, job, uuid, NOW);
    }
    let lookup = only(&mut batch, NOW + ms(100));
    assert_eq!(looked_up(&lookup), [uuid("a"), uuid("b")]);
    see(
        &mut batch,
        &lookup,
        &[("b", "cancel"), ("a", "done")],
        NOW + ms(150),
    );
    assert_eq!((facts(&batch, 0), is_canceled(&batch, 1)), (FILLED, true));
    // Its identifier is too long for a lookup by ids.
    let lookup = only(&mut batch, NOW + ms(150));
    assert_eq!(lookup.request, Request::Lookup(long, ms(3_000 - 150 + 500)));
}

/// A lookup waits 50 ms for further orders, or 500 ms while cancellations are in flight.
#[test]
fn lookups_wait_for_further_orders() {
    let mut batch = batch(&["a", "b", "c"].map(uuid), SendMode::OneByOne);
    let sent = jobs(&mut batch, NOW);
    accept(&mut batch, &sent[0], "a", NOW);
    accept(&mut batch, &sent[1], "b", NOW + ms(40));
    assert_eq!(batch.wake_at(NOW + ms(140)), Some(NOW + ms(600)));
    assert_eq!(jobs(&mut batch, NOW + ms(599)), []);
    accept(&mut batch, &sent[2], "c", NOW + ms(599));
    let lookup = only(&mut batch, NOW + ms(600));
    assert_eq!(looked_up(&lookup), [uuid("a"), uuid("b")]);
    see(
        &mut batch,
        &lookup,
        &[("a", "cancel"), ("b", "wait")],
        NOW + ms(640),
    );
    // The other order is due at 840 ms. The lookup due at 699 ms waits for it only 50 ms.
    assert_eq!(batch.wake_at(NOW + ms(640)), Some(NOW + ms(699)));
    assert_eq!(jobs(&mut batch, NOW + ms(699)), []);
    assert_eq!(batch.wake_at(NOW + ms(699)), Some(NOW + ms(749)));
    assert_eq!(looked_up(&only(&mut batch, NOW + ms(749))), [uuid("c")]);
}

/// An order without its identifier matches if its UUID is known, or if it is the only one requested.
#[test]
fn the_response_to_a_lookup_by_identifier_may_lack_the_identifier() {
    let mut known = batch(&[identifier("x"), identifier("y")], SendMode::OneByOne);
    for (job, uuid) in jobs(&mut known, NOW).iter().zip(["a", "b"]) {
        accept(&mut known, job, uuid, NOW);
    }
    let lookup = only(&mut known, NOW + ms(100));
    see(
        &mut known,
        &lookup,
        &[("b", "done"), ("a", "cancel")],
        NOW + ms(100),
    );
    assert_eq!((is_canceled(&known, 0), facts(&known, 1)), (true, FILLED));

    for sending in [SendMode::Single, SendMode::OneByOne] {
        let mut lost = batch(&[identifier("x")], sending);
        let job = only(&mut lost, NOW);
        fail(&mut lost, &job, &Problem::TimedOut, NOW);
        let lookup = only(&mut lost, NOW + ms(100));
        see(&mut lost, &lookup, &[("a", "cancel")], NOW + ms(100));
        assert!(is_canceled(&lost, 0));
    }
}

#[test]
fn a_lookup_that_returns_other_orders_is_inconclusive() {
    let mut batch = batch(&[uuid("a"), uuid("b")], SendMode::OneByOne);
    for job in jobs(&mut batch, NOW) {
        fail(&mut batch, &job, &not_found(), NOW);
    }
    let mut now = NOW;
    let mut look_shows = |batch: &mut Batch<Value>, orders: &[(&str, &str)]| {
        now = batch.wake_at(now).unwrap();
        let lookup = only(batch, now);
        see(batch, &lookup, orders, now);
    };
    for _ in 0..2 {
        look_shows(&mut batch, &[("c", "cancel")]);
    }
    assert_eq!((batch.result(0), batch.result(1)), (None, None));
    look_shows(&mut batch, &[("b", "done"), ("c", "cancel")]);
    assert_eq!((batch.result(0), facts(&batch, 1)), (None, FILLED));
    for _ in 0..3 {
        look_shows(&mut batch, &[]);
    }
    assert_eq!(facts(&batch, 0), NOT_FOUND);
}

/// The last order is still being canceled. It is not looked up later either.
#[test]
fn a_refused_lookup_stops_all_lookups() {
    let mut batch = batch(&["a", "b", "c"].map(uuid), SendMode::OneByOne);
    let sent = jobs(&mut batch, NOW);
    accept(&mut batch, &sent[0], "a", NOW);
    fail(&mut batch, &sent[1], &Problem::TimedOut, NOW);
    let lookup = only(&mut batch, NOW + ms(700));
    refuse_lookup(&mut batch, &lookup, NOW + ms(750));
    assert_eq!((batch.result(2), batch.is_stopped()), (None, false));
    accept(&mut batch, &sent[2], "c", NOW + ms(750));
    for entry in [0, 1, 2] {
        assert_eq!(facts(&batch, entry), UNCONFIRMED);
        let failed = batch.result(entry).unwrap().as_ref().unwrap_err();
        assert_eq!(failed.order.is_some(), entry != 1);
    }
    assert_eq!(batch.wake_at(NOW + ms(800)), None);
}

/// The cancellations of two orders were lost. One lookup shows the first order open, the other is refused.
#[test]
fn an_order_with_a_result_is_not_sent_again() {
    let mut batch = batch(&[uuid("a"), identifier("x")], SendMode::OneByOne);
    for job in jobs(&mut batch, NOW) {
        fail(&mut batch, &job, &Problem::TimedOut, NOW);
    }
    let first = batch.next(NOW + ms(100)).unwrap();
    batch.complete(
        first.id,
        Completion::LookedUp(Err(LookupFailure::Inconclusive)),
        NOW + ms(100),
    );
    let now = NOW + ms(1_500);
    let lookups = jobs(&mut batch, now);
    assert_eq!(lookups.len(), 2);
    see(&mut batch, &lookups[0], &[("a", "wait")], now);
    refuse_lookup(&mut batch, &lookups[1], now);
    assert_eq!(
        (facts(&batch, 0), facts(&batch, 1)),
        (UNCONFIRMED, UNCONFIRMED)
    );
    assert_eq!(jobs(&mut batch, now), []);
}

/// One order has two names. The lookups are stopped while one of them is in flight.
#[test]
fn a_lookup_that_completes_after_lookups_were_stopped_is_ignored() {
    let mut batch = batch(&[uuid("a"), identifier("x"), uuid("b")], SendMode::OneByOne);
    let sent = jobs(&mut batch, NOW);
    for job in &sent[..2] {
        fail(&mut batch, job, &not_found(), NOW);
    }
    let first = batch.next(NOW + ms(600)).unwrap();
    batch.complete(
        first.id,
        Completion::LookedUp(Err(LookupFailure::Inconclusive)),
        NOW + ms(600),
    );
    let now = NOW + ms(2_000);
    let lookups = jobs(&mut batch, now);
    assert_eq!(lookups.len(), 2);
    refuse_lookup(&mut batch, &lookups[0], now);
    let both_names = json!({"uuid": "a", "identifier": "x", "state": "cancel"});
    let seen = Order::read(both_names).unwrap();
    batch.complete(lookups[1].id, Completion::LookedUp(Ok(vec![seen])), now);
    fail(&mut batch, &sent[2], &not_found(), now);
    assert!(
        [0, 1, 2]
            .iter()
            .all(|entry| facts(&batch, *entry) == NOT_FOUND)
    );
    let finished: Vec<_> = std::iter::from_fn(|| batch.take_finished()).collect();
    assert_eq!((finished.len(), batch.is_done()), (3, true));
}

#[test]
fn an_abort_stops_lookups_and_cancellations() {
    let mut batch = batch(&["a", "b", "c"].map(uuid), SendMode::OneByOne);
    let sent = jobs(&mut batch, NOW);
    for job in &sent[..2] {
        fail(&mut batch, job, &Problem::TimedOut, NOW);
    }
    let now = NOW + ms(1_500);
    let lookup = only(&mut batch, now);
    see(&mut batch, &lookup, &[("a", "wait"), ("b", "wait")], now);
    let again = batch.next(now).unwrap();
    assert!(is_resend(&again));
    batch.interrupt(StopReason::Aborted);
    assert_eq!(jobs(&mut batch, now), []);
    // A response that arrives now changes nothing, and no lookup follows.
    accept(&mut batch, &again, "a", now);
    accept(&mut batch, &sent[2], "c", now);
    for entry in [0, 1, 2] {
        assert_eq!(facts(&batch, entry), (Kind::Aborted, Outcome::Unknown, 1));
    }
}

/// The orders in flight are still looked up.
#[test]
fn a_key_that_is_refused_after_a_lookup_stops_the_batch() {
    for (problem, stopped) in [
        (rejected(401, "expired_access_key"), true),
        (Problem::Throttled(ErrorResponse::default()), false),
        (not_found(), false),
    ] {
        let mut batch = batch(&[uuid("a"), uuid("b")], SendMode::OneByOne);
        for job in jobs(&mut batch, NOW) {
            fail(&mut batch, &job, &Problem::TimedOut, NOW);
        }
        let now = NOW + ms(1_500);
        let lookup = only(&mut batch, now);
        see(&mut batch, &lookup, &[("a", "wait"), ("b", "wait")], now);
        let again = batch.next(now).unwrap();
        fail(&mut batch, &again, &problem, now);
        assert_eq!(batch.is_stopped(), stopped);
        let resent = jobs(&mut batch, now);
        assert_eq!(
            resent.iter().filter(|job| is_resend(job)).count(),
            usize::from(!stopped)
        );
        if stopped {
            let lookup = only(&mut batch, NOW + ms(2_600));
            see(
                &mut batch,
                &lookup,
                &[("a", "wait"), ("b", "wait")],
                NOW + ms(2_600),
            );
            assert_eq!(jobs(&mut batch, NOW + ms(2_600)), []);
            let lookup = only(&mut batch, NOW + ms(3_000));
            assert_eq!(looked_up(&lookup), [uuid("a"), uuid("b")]);
            see(
                &mut batch,
                &lookup,
                &[("a", "wait"), ("b", "cancel")],
                NOW + ms(3_000),
            );
            assert_eq!(facts(&batch, 0), (Kind::Unconfirmed, Outcome::Unknown, 2));
            assert!(is_canceled(&batch, 1));
        }
    }
}

/// The response to its chunk was lost, so a lookup can show more although nothing more is sent.
#[test]
fn an_order_of_a_lost_chunk_is_looked_up_after_the_batch_was_stopped() {
    let mut batch = batch(&[uuid("a"), uuid("b"), identifier("x")], SendMode::ByIds);
    let chunks = jobs(&mut batch, NOW);
    fail(
        &mut batch,
        &chunks[1],
        &rejected(401, "expired_access_key"),
        NOW,
    );
    assert!(batch.is_stopped());
    let requests = Attempts {
        sent: 2,
        response_lost: true,
    };
    let part = |name: &str| list(&[uuid(name)]);
    answer(&mut batch, &chunks[0], &part("a"), &part("b"), requests);
    let lookup = only(&mut batch, NOW + ms(100));
    assert_eq!(looked_up(&lookup), [uuid("a"), uuid("b")]);
    see(
        &mut batch,
        &lookup,
        &[("a", "cancel"), ("b", "done")],
        NOW + ms(150),
    );
    assert_eq!(
        (is_canceled(&batch, 0), facts(&batch, 1)),
        (true, (Kind::Filled, Outcome::NotCanceled, 2))
    );
}
