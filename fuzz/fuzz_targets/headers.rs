//! `Remaining-Req` and `Retry-After`: a header, and the `Date` of the response.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::time::{Duration, UNIX_EPOCH};
use upbit_cancel_order::rate_budget::RateGroup;
use upbit_cancel_order::rate_headers;
use upbit_cancel_order::rate_headers::remaining_requests;

fuzz_target!(|input: (&str, Option<&str>)| {
    let (header, answered) = input;
    remaining(header);
    wait(header, answered);
});

fn remaining(header: &str) {
    let of = |header: &str| remaining_requests(header, RateGroup::Default);
    let found = of(header);
    let parts: Vec<_> = header
        .split(';')
        .filter_map(|part| part.split_once('='))
        .collect();
    let named = |wanted: &str| -> Vec<&str> {
        let same = parts.iter().filter(|(name, _)| name.trim_ascii() == wanted);
        same.map(|(_, value)| value.trim_ascii()).collect()
    };
    let expected = match (&named("group")[..], &named("sec")[..]) {
        ([] | ["default" | "exchange.default"], [left]) if !left.starts_with('+') => {
            left.parse().ok()
        }
        _ => None,
    };
    assert_eq!(found, expected);
    assert_eq!(of(&format!("{header};new=1")), found);
    assert_eq!(of(&format!("a;{header}")), found);
    let other = remaining_requests(header, RateGroup::OrderCancelAll);
    assert!(found.is_none() || other.is_none() || named("group").is_empty());
}

fn retry_after(header: &str, answered: Option<&str>) -> Option<Duration> {
    let unix_ms = |date: &str| {
        let date = httpdate::parse_http_date(date).ok()?;
        Some(date.duration_since(UNIX_EPOCH).ok()?.as_secs_f64() * 1000.0)
    };
    rate_headers::retry_after(header, answered, unix_ms)
}

fn wait(header: &str, answered: Option<&str>) {
    let found = retry_after(header, answered);
    assert_ne!(found, Some(Duration::ZERO));
    assert_eq!(retry_after(&format!(" \t{header} "), answered), found);
    let trimmed = header.trim_ascii();
    if !trimmed.is_empty() && trimmed.bytes().all(|byte| byte.is_ascii_digit()) {
        assert!(retry_after(&format!("9{trimmed}"), answered) >= found);
        let seconds = trimmed.parse().unwrap_or(u64::MAX);
        assert_eq!(found.unwrap_or_default(), Duration::from_secs(seconds));
    } else if found.is_some() {
        let date = httpdate::parse_http_date(trimmed).expect("a wait that is no number is a date");
        let now = httpdate::parse_http_date(answered.unwrap().trim_ascii()).unwrap();
        assert_eq!(date.duration_since(now).ok(), found);
    }
}
