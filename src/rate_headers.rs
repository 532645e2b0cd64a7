//! The two headers in which a server speaks of time: `Remaining-Req` and `Retry-After`.

use crate::http_date;
use core::time::Duration;

/// Requests that the account has left in the current second, by a `Remaining-Req` header such as
/// `group=default; min=1800; sec=29`.
///
/// The parts may come in any order and with others; `min` is a constant that means nothing any
/// more. A header that does not say it, or says it twice, says nothing. See
/// [Rate Limits](https://global-docs.upbit.com/reference/rate-limits).
#[must_use]
pub fn remaining_requests(header: &str) -> Option<u32> {
    let mut seconds = header.split(';').filter_map(|part| {
        let (name, value) = part.split_once('=')?;
        (name.trim_ascii() == "sec").then_some(value.trim_ascii())
    });
    match (seconds.next(), seconds.next()) {
        (Some(value), None) => whole_number(value)?.try_into().ok(),
        _ => None,
    }
}

/// How long a `Retry-After` header asks to wait: whole seconds, or a date (RFC 9110, 10.2.3).
///
/// A date in the past means no wait. `now` is the time since 1970-01-01 UTC.
#[must_use]
pub fn retry_after(header: &str, now: Duration) -> Option<Duration> {
    let header = header.trim_ascii();
    let date = || Some(http_date::since_epoch(header)?.saturating_sub(now));
    whole_number(header).map(Duration::from_secs).or_else(date)
}

/// Digits and nothing else; what is too large to count is as large as can be.
fn whole_number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remaining_req_is_read_in_any_order() {
        for (header, expected) in [
            ("group=default; min=1800; sec=29", Some(29)),
            ("sec=0", Some(0)),
            ("sec=7;group=order-cancel-all;new=1", Some(7)),
            (" group = default ; sec = 3 ", Some(3)),
            ("group=default; min=1800", None),
            ("", None),
            ("sec=", None),
            ("sec=-1", None),
            ("sec=2.5", None),
            ("sec=1e3", None),
            ("sec=29; sec=3", None),
            ("secs=29", None),
            ("sec=5000000000", None),
            ("sec=99999999999999999999", None),
        ] {
            assert_eq!(remaining_requests(header), expected, "{header}");
        }
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        // Sun, 06 Nov 1994 08:49:37 GMT is 784111777 seconds after the epoch.
        let now = Duration::from_millis(784_111_770_500);
        let wait = |ms| Some(Duration::from_millis(ms));
        for (header, expected) in [
            ("0", wait(0)),
            (" 120 ", wait(120_000)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", wait(6_500)),
            ("Sun, 06 Nov 1994 08:49:00 GMT", wait(0)),
            ("", None),
            ("-1", None),
            ("1.5", None),
            ("soon", None),
            ("1994-11-06T08:49:37Z", None),
            ("99999999999999999999", Some(Duration::from_secs(u64::MAX))),
        ] {
            assert_eq!(retry_after(header, now), expected, "{header}");
        }
    }
}
