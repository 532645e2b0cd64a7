//! What happens to one request of a model.

use proptest::prelude::*;
use std::time::Duration;

/// What happens to one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It reaches the exchange, and so does the answer the caller.
    Answered,
    /// Likewise, but just before the time limit.
    Slow,
    /// Likewise, but the answer is untrue.
    Lie(Lie),
    /// No connection is made.
    Unreachable,
    /// Dropped before it arrives, or its answer is: the caller cannot tell.
    Lost { arrives: bool },
    /// The answer would come after the time limit.
    Late { arrives: bool },
    /// An error of something on the way, or of the exchange itself.
    Server { arrives: bool },
    /// The body of the answer is damaged.
    Garbled,
    /// Refused as a whole: one bad order spoils it.
    Refused,
    /// 429, with its `Retry-After` in seconds.
    Throttled(Option<u64>),
    /// 418, likewise.
    Blocked(Option<u64>),
    /// The key is refused.
    KeyRefused,
    /// Something on the way sends it twice, and passes on the second answer.
    SentTwice,
}

/// How an answer is untrue. None of these hides that it is, or else nobody could tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lie {
    /// The counts are too high, and an entry is missing.
    Counts,
    /// An order is in both lists.
    BothLists,
    /// Orders that were named by identifier come without it.
    NoIdentifiers,
    /// All entries are those of another order.
    Others,
    /// One list is missing.
    OneList,
    /// An order is named twice, and another not at all.
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

/// Fates of which about half go well.
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

/// As a header tells it.
pub fn seconds(wait: Option<u64>) -> Option<Duration> {
    wait.map(Duration::from_secs)
}
