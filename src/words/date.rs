//! Points in time as each language writes them.

use crate::model::Lang;

const MONTHS_EN: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const MONTHS_ES: [&str; 12] = [
    "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic",
];

/// A point in time as RFC 3339 or ISO 8601 writes it, for people: "23 Nov 2026, 14:42 UTC".
/// A text of another form stands as it is; a time without a zone gets none.
pub fn moment(text: &str, lang: Lang) -> String {
    parse(text).map_or_else(
        || text.to_owned(),
        |moment| {
            let months = match lang {
                Lang::En => MONTHS_EN,
                Lang::Es => MONTHS_ES,
            };
            let month = months.get(moment.month.wrapping_sub(1)).copied();
            let month = month.unwrap_or_default();
            let (day, year, clock) = (moment.day, moment.year, moment.clock);
            format!("{day} {month} {year}, {clock}{}", moment.zone)
        },
    )
}

struct Moment<'a> {
    day: usize,
    month: usize,
    year: &'a str,
    clock: &'a str,
    zone: String,
}

fn parse(text: &str) -> Option<Moment<'_>> {
    let (date, time) = text.split_once(['T', ' '])?;
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let month: usize = month
        .parse()
        .ok()
        .filter(|month| (1..=12).contains(month))?;
    let day: usize = day.parse().ok().filter(|day| (1..=31).contains(day))?;
    let clock = time.get(..5).filter(|clock| {
        let bytes = clock.as_bytes();
        bytes.iter().enumerate().all(|(idx, byte)| match idx {
            2 => *byte == b':',
            _ => byte.is_ascii_digit(),
        })
    })?;
    let zone = match time.find(['Z', '+', '-']).and_then(|at| time.get(at..)) {
        None => String::new(),
        Some("Z" | "+00:00" | "-00:00") => " UTC".to_owned(),
        Some(offset) => format!(" UTC{}", offset.replace('-', super::number::MINUS)),
    };
    (year.len() == 4 && parts.next().is_none()).then_some(Moment {
        day,
        month,
        year,
        clock,
        zone,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_follow_the_language() {
        let cases = [
            (
                "2026-11-23T14:42:05Z",
                "23 Nov 2026, 14:42 UTC",
                "23 nov 2026, 14:42 UTC",
            ),
            (
                "2023-01-02T03:04:05",
                "2 Jan 2023, 03:04",
                "2 ene 2023, 03:04",
            ),
            (
                "2023-09-02 03:04:05.123-03:00",
                "2 Sep 2023, 03:04 UTC−03:00",
                "2 sept 2023, 03:04 UTC−03:00",
            ),
            ("yesterday", "yesterday", "yesterday"),
            ("2023-13-02T03:04", "2023-13-02T03:04", "2023-13-02T03:04"),
            ("2023-12-02T3:é4", "2023-12-02T3:é4", "2023-12-02T3:é4"),
        ];
        for (text, en, es) in cases {
            assert_eq!(moment(text, Lang::En), en);
            assert_eq!(moment(text, Lang::Es), es);
        }
    }
}
