//! Confirmation against a model exchange: cancellations take effect late, orders are filled before or in part,
//! responses are lost, lookups fail, show an old state or do not find an order at first.

use super::batch_model::check_chunk;
use super::model::driver::{Driver, is_lookup};
use super::model::entries::{Entry, Named, entry, named, names};
use super::model::exchange::{After, Behavior, End, Exchange};
use super::model::fate::{Fate, fates};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::Value;
use std::collections::HashMap;
use std::time::Duration;
use upbit_cancel_order::batch::{Batch, Request, SendMode};
use upbit_cancel_order::confirmation::OrderFailure;
use upbit_cancel_order::failure::StopReason;
use upbit_cancel_order::order_ref::OrderRef;
use upbit_cancel_order::outcome::{Kind, Outcome};
use upbit_cancel_order::rate_budget::Moment;

const START: Moment = Duration::from_secs(100);

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

fn behavior(longest_delay: u64) -> impl Strategy<Value = Behavior> {
    let ended = prop_oneof![
        8 => Just(None),
        1 => Just(Some(End::Filled)),
        1 => Just(Some(End::Canceled)),
        1 => Just(Some(End::MarketBuy)),
    ];
    let then = prop_oneof![
        4 => Just(After::Canceled),
        1 => Just(After::CanceledInPart),
        1 => Just(After::FilledFirst),
    ];
    let delay = prop_oneof![1 => Just(0), 1 => 0..longest_delay];
    let hidden = prop_oneof![3 => Just(0), 1 => 0_u64..1_500];
    let stale_looks = prop_oneof![3 => Just(0), 1 => Just(1_u32)];
    (
        any::<bool>(),
        ended,
        then,
        delay,
        any::<bool>(),
        hidden,
        stale_looks,
    )
        .prop_map(
            |(named, ended, then, delay, forgets, hidden, stale_looks)| Behavior {
                named,
                long: 0,
                ended,
                then,
                delay: ms(delay),
                forgets,
                hidden_until: START + ms(hidden),
                stale_looks,
                ..Behavior::default()
            },
        )
}

#[derive(Debug, Clone)]
struct Scenario {
    behaviors: Vec<Behavior>,
    entries: Vec<Named>,
    sending: SendMode,
    confirm: Duration,
    fates: Vec<Fate>,
    /// From this time on, all requests succeed.
    well_from: Moment,
    max_retries: u32,
    interrupt: Option<(u64, StopReason)>,
}

fn scenarios() -> impl Strategy<Value = Scenario> {
    let sending = prop_oneof![
        2 => Just(SendMode::ByIds),
        2 => Just(SendMode::OneByOne),
        1 => Just(SendMode::Single),
    ];
    let interrupt = prop_oneof![Just(StopReason::Aborted), Just(StopReason::Closed)];
    (
        prop_oneof![
            prop::collection::vec(behavior(3_000), 1..4),
            prop::collection::vec(behavior(3_000), 1..30)
        ],
        prop::collection::vec(named(), 1..40),
        sending,
        prop_oneof![1_u64..300, 300_u64..8_000],
        prop::collection::vec(fates(), 1..12),
        prop_oneof![Just(0_u64), 0_u64..5_000, Just(1_000_000)],
        0_u32..3,
        prop::option::weighted(0.2, (0_u64..3_000, interrupt)),
    )
        .prop_map(
            |(behaviors, mut entries, sending, confirm, fates, well, max_retries, interrupt)| {
                if sending == SendMode::Single {
                    entries.truncate(1);
                }
                Scenario {
                    behaviors,
                    entries,
                    sending,
                    confirm: ms(confirm),
                    fates,
                    well_from: START + ms(well),
                    max_retries,
                    interrupt,
                }
            },
        )
}

fn play<T>(scenario: &Scenario, check: impl FnOnce(&Driver, &[Entry]) -> T) -> T {
    let exchange = Exchange::new(&scenario.behaviors);
    let entries: Vec<_> = scenario
        .entries
        .iter()
        .map(|named| entry(&exchange, *named))
        .collect();
    let batch = Batch::<Value>::new(entries.clone(), scenario.sending, scenario.confirm);
    let mut fates = scenario.fates.iter().cycle();
    let mut way = 0;
    let mut next = |_: &Request, now: Moment| {
        way = (way * 7 + 13) % 90;
        let fate = if now < scenario.well_from {
            *fates.next().unwrap()
        } else {
            Fate::Answered
        };
        (fate, ms(way))
    };
    let mut driver = Driver::new(batch, exchange, scenario.max_retries, &mut next);
    if let Some((wait, interrupt)) = scenario.interrupt {
        driver.interrupt_after(ms(wait), interrupt);
    }
    driver.play();
    driver.settle();
    check(&driver, &entries)
}

fn check_results(driver: &Driver, entries: &[Entry]) -> Result<(), TestCaseError> {
    let mut finished = driver.finished.clone();
    finished.sort_unstable();
    prop_assert_eq!(finished, (0..entries.len()).collect::<Vec<_>>());
    for (index, entry) in entries.iter().enumerate() {
        let Ok(name) = entry else { continue };
        let known = driver.exchange.find(name);
        match driver.batch.result(index).unwrap() {
            Ok(order) => {
                let known = known.unwrap();
                prop_assert_eq!(known.end, Some(End::Canceled));
                prop_assert_eq!(order["uuid"].as_str(), Some(known.uuid.as_str()));
                prop_assert_eq!(order["state"].as_str(), Some("cancel"));
            }
            Err(failed) => {
                check_failure(driver, name, failed)?;
                let slot = driver.batch.order_of(index);
                let same = (0..entries.len()).filter(|other| driver.batch.order_of(*other) == slot);
                let mut names = same
                    .flat_map(|other| &entries[other])
                    .map(OrderRef::normalized);
                // Entries of the same order share its attempts.
                if names.all(|other| other == name.normalized()) {
                    check_attempts(driver, &name.normalized(), failed)?;
                }
            }
        }
    }
    Ok(())
}

fn check_failure(
    driver: &Driver,
    name: &OrderRef,
    failed: &OrderFailure<Value>,
) -> Result<(), TestCaseError> {
    let (failure, known) = (&failed.failure, driver.exchange.find(name));
    match failure.kind {
        Kind::Filled => {
            let end = known.unwrap().end;
            prop_assert!(
                matches!(end, Some(End::Filled | End::MarketBuy)),
                "{:?}",
                end
            );
            prop_assert!(failed.order.is_some());
            prop_assert_eq!(failure.outcome, Outcome::NotCanceled);
        }
        Kind::Unconfirmed => prop_assert_eq!(failure.outcome, Outcome::Unknown),
        _ => (),
    }
    if let Some(order) = &failed.order {
        prop_assert_eq!(order["uuid"].as_str(), Some(known.unwrap().uuid.as_str()));
    }
    if driver.accepted.contains(&name.normalized()) {
        prop_assert!(
            failure.outcome == Outcome::Unknown || failure.kind == Kind::Filled,
            "{:?}",
            failure
        );
        prop_assert!(failed.order.is_some(), "{:?}", failure);
    }
    if failure.outcome == Outcome::NotCanceled
        && let Some(order) = known
    {
        prop_assert!(!order.was_canceled_by(name), "{:?} {:?}", name, failure);
        prop_assert!(
            !failure.is_order_not_found() || order.canceled_by.is_empty(),
            "{:?} {:?}",
            name,
            failure
        );
    }
    Ok(())
}

fn check_attempts(
    driver: &Driver,
    name: &OrderRef,
    failed: &OrderFailure<Value>,
) -> Result<(), TestCaseError> {
    let cancels = driver.sent.iter().filter(|sent| !is_lookup(&sent.request));
    let requests = cancels
        .filter(|sent| names(&sent.request).contains(name))
        .count();
    // The cancellation may be in flight again when the lookups are stopped.
    let attempts = usize::try_from(failed.failure.attempts).unwrap();
    prop_assert!(
        attempts == requests || attempts + 1 == requests,
        "{:?}",
        failed
    );
    Ok(())
}

/// A cancellation is sent again at most once a second, and only if a lookup showed the order open.
fn check_requests(driver: &Driver) -> Result<(), TestCaseError> {
    let mut last: HashMap<OrderRef, (Moment, bool)> = HashMap::new();
    for sent in &driver.sent {
        if let Request::LookupByIds(orders, _) = &sent.request {
            check_chunk(orders, 100, 8_000)?;
        }
        if is_lookup(&sent.request) {
            continue;
        }
        let once = matches!(
            sent.request,
            Request::Cancel {
                single_attempt: true,
                ..
            }
        );
        for name in names(&sent.request) {
            let before = last.insert(name.clone(), (sent.at, once));
            let Some((before, was_once)) = before.filter(|_| once) else {
                continue;
            };
            prop_assert!(!was_once || sent.at >= before + ms(1_000), "{:?}", name);
            let open = |(at, seen): &(Moment, OrderRef)| *seen == name && *at >= before;
            prop_assert!(
                driver.seen_open.iter().any(open),
                "{:?} was not seen open",
                name
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn results_agree_with_the_lookups(scenario in scenarios()) {
        play(&scenario, |driver, entries| {
            check_results(driver, entries)?;
            check_requests(driver)
        })?;
    }
}

/// Two seconds without faults are enough, whatever happened before.
#[test]
fn few_outcomes_stay_unknown_once_the_faults_are_over() {
    let passing = |fate: &Fate| {
        !matches!(
            fate,
            Fate::KeyRefused | Fate::Blocked(_) | Fate::Throttled(Some(5..))
        )
    };
    let fates = prop::collection::vec(fates().prop_filter("it passes", passing), 1..12);
    let sending = prop_oneof![Just(SendMode::ByIds), Just(SendMode::OneByOne)];
    let strategy = (
        prop::collection::vec(behavior(300), 1..30),
        prop::collection::vec(
            named().prop_filter("it exists", |name| !matches!(name, Named::Unknown(_))),
            1..40,
        ),
        fates,
        sending,
        0_u32..3,
    );
    let mut runner = TestRunner::deterministic();
    let (mut total, mut unknown) = (0, 0);
    for _ in 0..300 {
        let (behaviors, entries, fates, sending, max_retries) =
            strategy.new_tree(&mut runner).unwrap().current();
        let scenario = Scenario {
            behaviors,
            entries,
            sending,
            confirm: ms(6_000),
            fates,
            well_from: START + ms(4_000),
            max_retries,
            interrupt: None,
        };
        play(&scenario, |driver, entries| {
            let unknowns = (0..entries.len()).filter(|entry| {
                let result = driver.batch.result(*entry).unwrap().as_ref();
                result.is_err_and(|failed| failed.failure.outcome == Outcome::Unknown)
            });
            unknown += unknowns.count();
            total += entries.len();
        });
    }
    assert!(
        total > 3_000 && unknown * 100 <= total,
        "{unknown} of {total}"
    );
}

/// Cancels orders by ids. Each response takes 40 ms.
fn confirmed_by_ids(count: usize, lookup: Fate, check: impl FnOnce(&Driver)) {
    let behaviors: Vec<_> = vec![Behavior::default(); count];
    let exchange = Exchange::new(&behaviors);
    let names = exchange
        .orders
        .iter()
        .map(|order| Ok(OrderRef::Uuid(order.uuid.clone())));
    let batch = Batch::<Value>::new(names.collect(), SendMode::ByIds, ms(2_000));
    let mut fate = |request: &Request, _| {
        let fate = if is_lookup(request) {
            lookup
        } else {
            Fate::Answered
        };
        (fate, ms(20))
    };
    let mut driver = Driver::new(batch, exchange, 2, &mut fate);
    driver.play();
    driver.settle();
    check(&driver);
}

fn lookups(driver: &Driver) -> usize {
    driver
        .sent
        .iter()
        .filter(|sent| is_lookup(&sent.request))
        .count()
}

#[test]
fn three_hundred_orders_are_confirmed_with_at_most_ten_lookups() {
    confirmed_by_ids(300, Fate::Answered, |driver| {
        assert!((0..300).all(|entry| driver.batch.result(entry).unwrap().is_ok()));
        assert!((3..=10).contains(&lookups(driver)), "{}", lookups(driver));
        assert!(driver.now < START + ms(1_000), "{:?}", driver.now);
    });
}

#[test]
fn one_order_is_confirmed_with_one_lookup() {
    confirmed_by_ids(1, Fate::Answered, |driver| {
        assert_eq!(lookups(driver), 1);
        assert_eq!(driver.now, START + ms(40 + 100 + 40));
    });
}

#[test]
fn no_lookup_follows_a_refused_one() {
    for count in [1, 300] {
        confirmed_by_ids(count, Fate::KeyRefused, |driver| {
            assert_eq!(lookups(driver), 1);
            for entry in 0..count {
                let failed = driver.batch.result(entry).unwrap().as_ref().unwrap_err();
                let failure = &failed.failure;
                assert_eq!(
                    (failure.kind, failure.outcome),
                    (Kind::Unconfirmed, Outcome::Unknown)
                );
                assert!(
                    failure.hint.unwrap().contains("[View Orders]"),
                    "{failure:?}"
                );
                assert!(failed.order.as_ref().unwrap()["uuid"].is_string());
            }
        });
    }
}
