use std::time::{SystemTime, UNIX_EPOCH};

/// Now, or `SOURCE_DATE_EPOCH` where a build asks for the same bytes each time: RFC 3339 in UTC.
pub fn now(env: &dyn Fn(&str) -> Option<String>) -> String {
    let fixed = env("SOURCE_DATE_EPOCH").and_then(|secs| secs.trim().parse().ok());
    rfc3339(fixed.unwrap_or_else(now_secs))
}

/// Seconds since 1970 by the machine's clock.
pub fn now_secs() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0, |since| since.as_secs())
}

/// The day of a point in time of RFC 3339 in UTC, counted from 1970; the inverse of [`now`].
pub fn day_of(moment: &str) -> Option<i64> {
    let mut parts = moment.get(..10)?.split('-');
    let mut number = || parts.next()?.parse::<i64>().ok();
    let (year, month, day) = (number()?, number()?, number()?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Hinnant's `days_from_civil`.
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

/// Seconds since 1970 as `2026-11-24T12:00:00Z`; days by Hinnant's `civil_from_days`.
fn rfc3339(secs: u64) -> String {
    let (days, secs) = (secs / 86_400, secs % 86_400);
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let (hour, minute, second) = (secs / 3600, secs / 60 % 60, secs % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_become_dates() {
        let cases = [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_795_532_645, "2026-11-24T15:04:05Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ];
        for (secs, expected) in cases {
            assert_eq!(rfc3339(secs), expected);
            assert_eq!(day_of(expected), Some((secs / 86_400) as i64));
        }
        assert_eq!(now(&|_| Some("0".to_owned())), "1970-01-01T00:00:00Z");
    }
}
