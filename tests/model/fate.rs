//! The faults of the model: what happens to a request and its response.

use proptest::prelude::*;
use std::time::Duration;

/// What happens to a request and its response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Both arrive.
    Answered,
    /// Both arrive, just before the timeout.
    Slow,
    /// Both arrive, but the response is false.
    Lie(Lie),
    /// No connection is made.
    Unreachable,
    /// The connection is lost before or after the request arrives.
    Lost { arrives: bool },
    /// The response would come after the timeout.
    Late { arrives: bool },
    /// A 5xx from a proxy or from the exchange.
    Server { arrives: bool },
    /// The body of the response is damaged.
    Garbled,
    /// Rejected as a whole, because one order is invalid.
    Refused,
    /// 429, with its `Retry-After` in seconds.
    Throttled(Option<u64>),
    /// 418, with its `Retry-After` in seconds.
    Blocked(Option<u64>),
    /// The key is refused.
    KeyRefused,
    /// A proxy sends the request twice and returns the second response.
    SentTwice,
}

/// How a response is false. All of these can be detected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lie {
    /// An order is missing from a list, and the count is too high.
    Counts,
    /// An order is in both lists.
    BothLists,
    /// Orders that were named by identifier lack their identifier.
    NoIdentifiers,
    /// All orders are replaced by another one.
    Others,
    /// One list is missing.
    OneList,
    /// One order is listed twice in place of another.
    Doubled,
}

pub fn lies() -> impl Strategy<Value = Lie> {
    prop_oneof![
        Just(Lie::Counts),
        Just(Lie::BothLists),
        Just(Lie::NoIdentifiers),
        Just(Lie::Others),
        Just(Lie::OneList),
        Just(Lie::Doubled),
    ]
}

/// About half of these are successes.
pub fn fates() -> impl Strategy<Value = Fate> {
    let wait = || prop::option::of(1_u64..15);
    prop_oneof![
        20 => Just(Fate::Answered),
        2 => Just(Fate::Slow),
        6 => lies().prop_map(Fate::Lie),
        2 => Just(Fate::Unreachable),
        3 => any::<bool>().prop_map(|arrives| Fate::Lost { arrives }),
        3 => any::<bool>().prop_map(|arrives| Fate::Late { arrives }),
        2 => any::<bool>().prop_map(|arrives| Fate::Server { arrives }),
        1 => Just(Fate::Garbled),
        2 => Just(Fate::Refused),
        2 => wait().prop_map(Fate::Throttled),
        1 => wait().prop_map(Fate::Blocked),
        2 => Just(Fate::KeyRefused),
        1 => Just(Fate::SentTwice),
    ]
}

/// The parsed `Retry-After`.
pub fn seconds(wait: Option<u64>) -> Option<Duration> {
    wait.map(Duration::from_secs)
}
