//! Parses `Remaining-Req` and `Retry-After`.

use crate::rate_budget::RateGroup;
use std::time::Duration;

/// The requests that the account has left in the current window of `group`, from a `Remaining-Req`
/// header such as `group=default; min=1800; sec=29`.
///
/// The fields may be in any order, and unknown fields are ignored, as is `min`, which is a constant. The
/// group may have the prefix `exchange.`. Without a group, the header is about the request's own group.
///
/// Returns `None` if the header is about another group, has no valid `sec`, or has `group` or `sec`
/// twice. See [Rate Limits](https://global-docs.upbit.com/reference/rate-limits).
#[must_use]
pub fn remaining_requests(header: &str, group: RateGroup) -> Option<u32> {
    let (mut named_group, mut remaining) = (None, None);
    for part in header.split(';') {
        let Some((name, value)) = part.split_once('=') else {
            continue;
        };
        let duplicate = match name.trim_ascii() {
            "group" => named_group.replace(value.trim_ascii()),
            "sec" => remaining.replace(value.trim_ascii()),
            _ => None,
        };
        if duplicate.is_some() {
            return None;
        }
    }
    let is_own = |named: &str| named.strip_prefix("exchange.").unwrap_or(named) == group.name();
    if named_group.is_none_or(is_own) {
        parse_integer(remaining?)?.try_into().ok()
    } else {
        None
    }
}

/// The wait of a `Retry-After` header: seconds, or an HTTP date relative to the `Date` header of the same
/// response (RFC 9110, 10.2.3).
///
/// `parse_date` converts an HTTP date to milliseconds since 1970.
///
/// Returns `None` if the wait is zero, the date has passed, or the header is invalid.
#[must_use]
pub fn retry_after(
    header: &str,
    response_date: Option<&str>,
    parse_date: impl Fn(&str) -> Option<f64>,
) -> Option<Duration> {
    let header = header.trim_ascii();
    let until_date = || {
        let wait_ms = parse_date(header)? - parse_date(response_date?.trim_ascii())?;
        Duration::try_from_secs_f64(wait_ms / 1000.0).ok()
    };
    parse_integer(header)
        .map(Duration::from_secs)
        .or_else(until_date)
        .filter(|wait| !wait.is_zero())
}

/// Parses ASCII digits only. A number that is too large becomes `u64::MAX`.
fn parse_integer(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::time::UNIX_EPOCH;

    fn unix_ms(date: &str) -> Option<f64> {
        let date = httpdate::parse_http_date(date).ok()?;
        Some(date.duration_since(UNIX_EPOCH).ok()?.as_secs_f64() * 1000.0)
    }

    #[test]
    fn remaining_req_is_read_in_any_order() {
        for (header, expected) in [
            ("group=default; min=1800; sec=29", Some(29)),
            ("sec=7;new=1;group=default", Some(7)),
            (" group = default ; sec = 3 ; ", Some(3)),
            ("group=exchange.default; sec=0", Some(0)),
            ("sec=0", Some(0)),
            ("group=order-cancel-all; sec=0", None),
            ("group=order; sec=0", None),
            ("group=default.exchange; sec=0", None),
            ("group=; sec=0", None),
            ("group=default; min=1800", None),
            ("", None),
            ("sec", None),
            ("sec=", None),
            ("sec=-1", None),
            ("sec=2.5", None),
            ("sec=1e3", None),
            ("sec=29; sec=3", None),
            ("sec=3; sec=3", None),
            ("group=default; group=default; sec=3", None),
            ("secs=29", None),
            ("sec=5000000000", None),
            ("sec=99999999999999999999", None),
        ] {
            let found = remaining_requests(header, RateGroup::Default);
            assert_eq!(found, expected, "{header}");
        }
        let header = "group=order-cancel-all; min=30; sec=0";
        let found = remaining_requests(header, RateGroup::OrderCancelAll);
        assert_eq!(found, Some(0));
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        const DATE: Option<&str> = Some("Sun, 06 Nov 1994 08:49:30 GMT");
        for (header, answered, expected) in [
            ("1", None, Some(1)),
            (" 120 ", DATE, Some(120)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", DATE, Some(7)),
            ("Sunday, 06-Nov-94 08:50:30 GMT", DATE, Some(60)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some("yesterday"), None),
            ("Sun, 06 Nov 1994 08:49:37 GMT", None, None),
            ("Sun, 06 Nov 1994 08:49:30 GMT", DATE, None),
            ("Sun, 06 Nov 1994 08:49:00 GMT", DATE, None),
            ("0", DATE, None),
            ("000", DATE, None),
            ("", DATE, None),
            ("-1", DATE, None),
            ("1.5", DATE, None),
            ("1, 2", DATE, None),
            ("soon", DATE, None),
            ("1994-11-06T08:49:37Z", DATE, None),
            ("99999999999999999999", DATE, Some(u64::MAX)),
        ] {
            let expected = expected.map(Duration::from_secs);
            assert_eq!(retry_after(header, answered, unix_ms), expected, "{header}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_harmless(header in ".*", answered in ".*") {
            let _ = remaining_requests(&header, RateGroup::Default);
            let wait = retry_after(&header, Some(&answered), unix_ms);
            prop_assert_ne!(wait, Some(Duration::ZERO));
        }
    }
}
