//! A model exchange, and a driver that plays the part of `src/web` on a made-up clock.

pub mod by_hand;
pub mod driver;
pub mod entries;
pub mod exchange;
pub mod fate;
pub mod wire;
