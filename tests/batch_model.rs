//! The planner against a model exchange, without confirmation: responses are lost, late, incomplete or
//! false.

use super::model::driver::{Driver, is_lookup};
use super::model::entries::{Entry, Named, entry, named, names};
use super::model::exchange::{Behavior, End, Exchange};
use super::model::fate::{Fate, fates};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::time::Duration;
use upbit_cancel_order::batch::{Batch, Request, SendMode};
use upbit_cancel_order::failure::{Failure, StopReason};
use upbit_cancel_order::order_ref::OrderRef;
use upbit_cancel_order::outcome::{Kind, Outcome};
use upbit_cancel_order::query::Query;

fn behavior() -> impl Strategy<Value = Behavior> {
    let long = prop_oneof![8 => Just(0), 3 => Just(40), 1 => Just(700)];
    let ended = prop_oneof![
        6 => Just(None),
        1 => Just(Some(End::Filled)),
        1 => Just(Some(End::Canceled)),
    ];
    let delay = prop_oneof![3 => Just(0), 1 => 0_u64..2_000];
    (any::<bool>(), long, ended, delay, any::<bool>()).prop_map(
        |(named, long, ended, delay, forgets)| Behavior {
            named,
            long,
            ended,
            delay: Duration::from_millis(delay),
            forgets,
            ..Behavior::default()
        },
    )
}

#[derive(Debug, Clone)]
struct Scenario {
    behaviors: Vec<Behavior>,
    entries: Vec<Named>,
    sending: SendMode,
    fates: Vec<Fate>,
    max_retries: u32,
    interrupt: Option<(u64, StopReason)>,
}

fn scenarios() -> impl Strategy<Value = Scenario> {
    let sending = prop_oneof![3 => Just(SendMode::ByIds), 1 => Just(SendMode::OneByOne)];
    let interrupt = prop_oneof![Just(StopReason::Aborted), Just(StopReason::Closed)];
    let interrupt = prop::option::weighted(0.2, (0_u64..3_000, interrupt));
    let fates = prop_oneof![
        1 => prop::collection::vec(Just(Fate::Answered), 1),
        1 => prop::collection::vec(Just(Fate::KeyRefused), 1),
        8 => prop::collection::vec(fates(), 1..12),
    ];
    (
        prop_oneof![
            prop::collection::vec(behavior(), 1..5),
            prop::collection::vec(behavior(), 1..40)
        ],
        prop::collection::vec(named(), 0..70),
        sending,
        fates,
        0_u32..3,
        interrupt,
    )
        .prop_map(
            |(behaviors, entries, sending, fates, max_retries, interrupt)| Scenario {
                behaviors,
                entries,
                sending,
                fates,
                max_retries,
                interrupt,
            },
        )
}

/// A finished batch and its entries.
struct Played<'a> {
    driver: Driver<'a>,
    entries: Vec<Entry>,
}

fn play(
    scenario: &Scenario,
    check: impl FnOnce(&Played) -> Result<(), TestCaseError>,
) -> Result<(), TestCaseError> {
    let exchange = Exchange::new(&scenario.behaviors);
    let entries: Vec<_> = scenario
        .entries
        .iter()
        .map(|named| entry(&exchange, *named))
        .collect();
    let batch = Batch::<Value>::new(entries.clone(), scenario.sending, Duration::ZERO);
    let mut fates = scenario.fates.iter().cycle();
    let mut way = 0;
    let mut next = |_: &Request, _| {
        way = (way * 7 + 13) % 90;
        (*fates.next().unwrap(), Duration::from_millis(way))
    };
    let mut driver = Driver::new(batch, exchange, scenario.max_retries, &mut next);
    if let Some((wait, interrupt)) = scenario.interrupt {
        driver.interrupt_after(Duration::from_millis(wait), interrupt);
    }
    driver.play();
    driver.settle();
    check(&Played { driver, entries })
}

/// Each entry is reported once, with a result.
fn check_results(played: &Played) -> Result<(), TestCaseError> {
    let Played { driver, entries } = played;
    let mut finished = driver.finished.clone();
    finished.sort_unstable();
    prop_assert_eq!(finished, (0..entries.len()).collect::<Vec<_>>());
    for (index, entry) in entries.iter().enumerate() {
        let result = driver.batch.result(index).unwrap();
        match (entry, result) {
            (Err(wrong), result) => {
                prop_assert_eq!(&result.as_ref().unwrap_err().failure, wrong);
            }
            (Ok(name), Ok(order)) => {
                let known = driver.exchange.find(name).unwrap();
                prop_assert_eq!(order["uuid"].as_str(), Some(known.uuid.as_str()));
                prop_assert!(known.canceled_by.len() == 1 || known.end.is_some());
            }
            (Ok(name), Err(failed)) => {
                prop_assert_eq!(&failed.order, &None);
                check_failure(driver, name, &failed.failure)?;
            }
        }
    }
    Ok(())
}

fn check_failure(driver: &Driver, name: &OrderRef, failure: &Failure) -> Result<(), TestCaseError> {
    let accepted = driver.accepted.contains(&name.normalized());
    prop_assert!(!accepted, "{:?} was accepted: {:?}", name, failure);
    let name = name.normalized();
    let requests = driver
        .sent
        .iter()
        .filter(|sent| names(&sent.request).contains(&name));
    prop_assert_eq!(failure.attempts as usize, requests.count(), "{:?}", failure);
    if failure.outcome == Outcome::NotCanceled
        && let Some(order) = driver.exchange.find(&name)
    {
        prop_assert!(!order.was_canceled_by(&name), "{:?} {:?}", name, failure);
        let not_found = failure.is_order_not_found();
        prop_assert!(
            !not_found || order.canceled_by.is_empty(),
            "{:?} {:?}",
            name,
            failure
        );
    }
    if failure.attempts == 0 {
        prop_assert_eq!(failure.outcome, Outcome::NotCanceled);
    }
    prop_assert!(!matches!(failure.kind, Kind::Filled | Kind::Unconfirmed));
    Ok(())
}

/// Requests are within the limits of Upbit, and no order is in two of them at a time.
fn check_requests(played: &Played, sending: SendMode) -> Result<(), TestCaseError> {
    let asked_for: HashSet<_> = played
        .entries
        .iter()
        .flatten()
        .map(OrderRef::normalized)
        .collect();
    let mut requests: HashMap<OrderRef, HashSet<usize>> = HashMap::new();
    for sent in &played.driver.sent {
        let names = names(&sent.request);
        for name in &names {
            prop_assert!(asked_for.contains(name), "{:?} was not asked for", name);
            requests.entry(name.clone()).or_default().insert(sent.work);
        }
        prop_assert!(!is_lookup(&sent.request));
        if let Request::CancelByIds(orders) = &sent.request {
            check_chunk(orders, 20, 4_000)?;
            prop_assert_eq!(sending, SendMode::ByIds);
        }
    }
    // Once in a chunk, and once alone.
    let most = if sending == SendMode::ByIds { 2 } else { 1 };
    prop_assert!(requests.values().all(|works| works.len() <= most));
    Ok(())
}

pub fn check_chunk(
    orders: &[OrderRef],
    most_orders: usize,
    most_bytes: usize,
) -> Result<(), TestCaseError> {
    let by_uuid = |order: &&OrderRef| matches!(order, OrderRef::Uuid(_));
    let uuids = orders.iter().filter(by_uuid).count();
    prop_assert!(uuids == 0 || uuids == orders.len());
    prop_assert!(!orders.is_empty() && orders.len() <= most_orders);
    let query = Query::new(orders.iter().map(OrderRef::array_parameter));
    prop_assert!(query.wire().len() <= most_bytes, "{}", query.wire().len());
    Ok(())
}

/// A refused key stops the batch according to the rules.
fn check_key(driver: &Driver) -> Result<(), TestCaseError> {
    let (mut works, mut in_a_row) = (false, 0);
    let mut stops = false;
    for &shown in &driver.key_answers {
        works |= shown;
        in_a_row = if shown { 0 } else { in_a_row + 1 };
        stops |= in_a_row >= if works { 3 } else { 1 };
    }
    let refused = driver.batch.is_stopped();
    prop_assert!(refused || !stops);
    if !stops && refused {
        let limited = |fate: &Failure| fate.kind == Kind::RateLimited;
        let results = (0..driver.finished.len())
            .filter_map(|entry| driver.batch.result(entry)?.as_ref().err());
        prop_assert!(results.map(|failed| &failed.failure).any(limited));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn the_result_of_every_entry_is_true(scenario in scenarios()) {
        play(&scenario, |played| {
            check_results(played)?;
            check_requests(played, scenario.sending)?;
            if scenario.interrupt.is_none() {
                check_key(&played.driver)?;
            }
            let arrivals: Vec<_> = played.driver.arrivals.iter().collect();
            for window in arrivals.windows(31) {
                prop_assert!(*window[30] >= *window[0] + Duration::from_secs(1));
            }
            Ok(())
        })?;
    }
}
