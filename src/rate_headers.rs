//! The headers in which a server speaks of rates: `Remaining-Req` and `Retry-After`.

use crate::rate_budget::RateGroup;
use std::time::Duration;

/// Requests that the account has left in the current window of `group`, by a `Remaining-Req`
/// header such as `group=default; min=1800; sec=29`.
///
/// The parts may come in any order and with others; `min` is a constant without meaning. The group
/// may have the prefix `exchange.`; a header that names no group is about the request's own.
/// `None`: the header is about another group, or it has no number `sec`, or it has `group` or `sec`
/// twice. See [Rate Limits](https://global-docs.upbit.com/reference/rate-limits).
#[must_use]
pub fn remaining_requests(header: &str, group: RateGroup) -> Option<u32> {
    let (mut named, mut left) = (None, None);
    for part in header.split(';') {
        let Some((name, value)) = part.split_once('=') else {
            continue;
        };
        let earlier = match name.trim_ascii() {
            "group" => named.replace(value.trim_ascii()),
            "sec" => left.replace(value.trim_ascii()),
            _ => None,
        };
        if earlier.is_some() {
            return None;
        }
    }
    let own = |named: &str| named.strip_prefix("exchange.").unwrap_or(named) == group.name();
    if named.is_none_or(own) {
        whole_number(left?)?.try_into().ok()
    } else {
        None
    }
}

/// How long a `Retry-After` header asks to wait: whole seconds, or a date that is counted from the
/// `Date` header of the same answer (RFC 9110, 10.2.3).
///
/// `None`: it asks for no wait, its date has passed, or it cannot be read.
#[must_use]
pub fn retry_after(header: &str, answered: Option<&str>) -> Option<Duration> {
    let header = header.trim_ascii();
    let until_date = || {
        let answered = httpdate::parse_http_date(answered?.trim_ascii()).ok()?;
        let date = httpdate::parse_http_date(header).ok()?;
        date.duration_since(answered).ok()
    };
    whole_number(header)
        .map(Duration::from_secs)
        .or_else(until_date)
        .filter(|wait| !wait.is_zero())
}

/// Digits and nothing else; what is too large to count is as large as can be.
fn whole_number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
            assert_eq!(retry_after(header, answered), expected, "{header}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_harmless(header in ".*", answered in ".*") {
            let _ = remaining_requests(&header, RateGroup::Default);
            let wait = retry_after(&header, Some(&answered));
            prop_assert_ne!(wait, Some(Duration::ZERO));
        }
    }
}
