//! `Remaining-Req` and `Retry-After`: dates against the httpdate crate.
//!
//! First line: the time in milliseconds; then the header.

use super::fields;
use std::time::{Duration, UNIX_EPOCH};
use upbit_cancel_order::http_date;
use upbit_cancel_order::rate_headers::{remaining_requests, retry_after};

/// The httpdate crate writes no date from the year 10000 on.
const YEAR_10000: Duration = Duration::from_secs(253_402_300_800);

pub fn run(data: &[u8]) {
    let Some([now, header]) = fields(data) else {
        return;
    };
    let now = Duration::from_millis(now.parse().unwrap_or_default());
    remaining(header);
    date(header);
    wait(header, now);
}

fn remaining(header: &str) {
    let found = remaining_requests(header);
    let mut told: Vec<&str> = header
        .split(';')
        .filter_map(|part| part.split_once('='))
        .filter(|(name, _)| name.trim_matches([' ', '\t', '\n', '\r', '\x0c']) == "sec")
        .map(|(_, value)| value.trim_matches([' ', '\t', '\n', '\r', '\x0c']))
        .collect();
    let value = told
        .pop()
        .filter(|value| told.is_empty() && !value.starts_with('+'));
    assert_eq!(found, value.and_then(|value| value.parse().ok()));
    assert_eq!(remaining_requests(&format!("{header};new=1")), found);
    assert_eq!(remaining_requests(&format!("a;{header}")), found);
    if found.is_some() {
        assert_eq!(remaining_requests(&format!("{header};sec=1")), None);
    }
}

fn date(header: &str) {
    let found = http_date::since_epoch(header);
    if let Ok(time) = httpdate::parse_http_date(header)
        && httpdate::fmt_http_date(time) == header
    {
        assert_eq!(found, time.duration_since(UNIX_EPOCH).ok());
    }
    let Some(found) = found.filter(|found| *found < YEAR_10000) else {
        return;
    };
    let written = httpdate::fmt_http_date(UNIX_EPOCH + found);
    let (said, meant) = (header.get(5..), written.get(5..));
    // The 31st of a shorter month and the 60th second run over into the next.
    let runs_over = header.get(5..7) >= Some("29") || header.get(23..25) == Some("60");
    assert!(said == meant || runs_over, "{header} is not {written}");
}

fn wait(header: &str, now: Duration) {
    let found = retry_after(header, now);
    let padded = format!(" \t{header} ");
    assert_eq!(retry_after(&padded, now), found);
    let trimmed = header.trim_ascii();
    if let Ok(seconds) = trimmed.parse::<u64>()
        && !trimmed.starts_with('+')
    {
        assert_eq!(found, Some(Duration::from_secs(seconds)));
    }
    let digits = !trimmed.is_empty() && trimmed.bytes().all(|byte| byte.is_ascii_digit());
    if digits {
        assert!(retry_after(&format!("9{trimmed}"), now) >= found);
    }
    if let Some(time) = http_date::since_epoch(trimmed) {
        assert_eq!(found, Some(time.saturating_sub(now)));
    }
    // The further on the clock, the shorter the wait.
    let later = retry_after(header, now + Duration::from_secs(1));
    assert!(later.is_some() == found.is_some() && later <= found);
}
