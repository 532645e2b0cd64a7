//! Dates in HTTP headers, in the one form that servers may still send (RFC 9110, 5.6.7).

use core::time::Duration;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

const DAY: u64 = 86_400;

/// Reads a date such as `Sun, 06 Nov 1994 08:49:37 GMT` as the time since 1970-01-01.
///
/// `None`: it is written otherwise, lies before 1970, or has a field that is out of range. The day
/// of the week is not checked: it adds nothing.
#[must_use]
pub fn since_epoch(date: &str) -> Option<Duration> {
    let (weekday, date) = date.split_at_checked("Sun, ".len())?;
    let mut fields = date.split(' ');
    let day = number(fields.next()?, 2, 1..=31)?;
    let month = fields.next()?;
    let month = MONTHS.iter().position(|known| *known == month)?;
    let year = number(fields.next()?, 4, 1970..=9999)?;
    let mut time = fields.next()?.split(':');
    let hour = number(time.next()?, 2, 0..=23)?;
    let minute = number(time.next()?, 2, 0..=59)?;
    let second = number(time.next()?, 2, 0..=60)?;
    let ends = [time.next(), fields.next(), fields.next()] == [None, Some("GMT"), None];
    let days = days_before_month(year, u64::try_from(month).ok()?) + day - 1;
    (ends && weekday.ends_with(", "))
        .then(|| Duration::from_secs(days * DAY + hour * 3600 + minute * 60 + second))
}

fn number(text: &str, length: usize, range: core::ops::RangeInclusive<u64>) -> Option<u64> {
    let digits = text.len() == length && text.bytes().all(|digit| digit.is_ascii_digit());
    let number = digits.then(|| text.parse().ok())??;
    range.contains(&number).then_some(number)
}

/// Days from 1970-01-01 to the first of a month, in the Gregorian calendar. The year is counted
/// from March on, so that the day that is not in every year is its last.
fn days_before_month(year: u64, month: u64) -> u64 {
    const DAYS_TO_1970_FROM_MARCH_OF_YEAR_0: u64 = 719_468;
    let march_year = if month < 2 { year - 1 } else { year };
    let month_from_march = (month + 10) % 12;
    let leap_days = march_year / 4 - march_year / 100 + march_year / 400;
    // The lengths from March on repeat as 31, 30, 31, 30, 31: 153 days in five months.
    let days_before = (153 * month_from_march + 2) / 5;
    march_year * 365 + leap_days + days_before - DAYS_TO_1970_FROM_MARCH_OF_YEAR_0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::time::UNIX_EPOCH;

    #[test]
    fn the_example_of_rfc_9110() {
        let found = since_epoch("Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(found, Some(Duration::from_secs(784_111_777)));
    }

    #[test]
    fn other_spellings_are_refused() {
        for date in [
            "",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
            "Sun, 6 Nov 1994 08:49:37 GMT",
            "Sun, 06 nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 UTC",
            "Sun, 06 Nov 1994 08:49:37 GMT ",
            "Sun, 06 Nov 1994 24:49:37 GMT",
            "Sun, 00 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1969 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:+9:37 GMT",
            "Sun, 06 Nov 1994 08:49:37:GMT",
            "Sun, 06:Nov:1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08 49 37 GMT",
            "Sun, 06 Nov 1994 08:49:37 GMT GMT",
            "1994-11-06T08:49:37Z",
        ] {
            assert_eq!(since_epoch(date), None, "{date}");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_httpdate_crate(seconds in 0_u64..253_402_300_799) {
            let time = Duration::from_secs(seconds);
            let date = httpdate::fmt_http_date(UNIX_EPOCH + time);
            prop_assert_eq!(since_epoch(&date), Some(time));
        }
    }
}
