//! The order of texts, of versions and percentages among them: `1.10.0-rc1` comes before `1.10.0`, and that before `1.10.1`.

use std::cmp::Ordering;

use crate::model::natural_order;

/// Natural order, but what is only on its way to a version comes before it: pre-releases of
/// [semver](https://semver.org/#spec-item-11) (`1.0-rc.1`) and of
/// [Python](https://peps.python.org/pep-0440/#pre-releases) (`1.0rc1`, `1.0.dev3`).
///
/// A version is two numbers or more with dots between them, at the beginning of a text. What stands
/// behind the numbers that two texts share decides first, so that this is an order of all texts.
///
/// Percentages are numbers, and come before other texts.
pub fn version_order(a: &str, b: &str) -> Ordering {
    match (percent(a), percent(b)) {
        (None, None) => {}
        (Some(_), None) => return Ordering::Less,
        (None, Some(_)) => return Ordering::Greater,
        (Some(of_a), Some(of_b)) => {
            // Adding zero makes -0 % the same as 0 %.
            let order = (of_a + 0.0).total_cmp(&(of_b + 0.0));
            return order.then_with(|| natural_order(a, b));
        }
    }
    let plain = |text: &'_ str| text.strip_prefix(['v', 'V']).map(str::len);
    let (mut rest_a, mut rest_b) = match (plain(a), plain(b)) {
        (Some(n_a), Some(n_b)) => (end(a, n_a), end(b, n_b)),
        (None, None) => (a, b),
        _ => return natural_order(a, b),
    };
    let mut n_shared = 0;
    loop {
        let (number_a, after_a) = number(rest_a);
        let (number_b, after_b) = number(rest_b);
        if number_a.is_empty() || number_b.is_empty() || !is_same(number_a, number_b) {
            break;
        }
        n_shared += 1;
        let next = |after: &str| {
            after
                .strip_prefix('.')
                .filter(|it| !number(it).0.is_empty())
                .map(str::len)
        };
        let is_end = n_shared >= 2;
        match (next(after_a), next(after_b)) {
            (Some(n_a), Some(n_b)) => (rest_a, rest_b) = (end(after_a, n_a), end(after_b, n_b)),
            _ if is_end && is_before(after_a) != is_before(after_b) => {
                return match is_before(after_a) {
                    true => Ordering::Less,
                    false => Ordering::Greater,
                };
            }
            _ => break,
        }
    }
    natural_order(a, b)
}

/// The number of a percentage: `10.3 %`, `10,3%`.
pub fn percent(text: &str) -> Option<f64> {
    let number = text.strip_suffix('%')?.trim_end();
    let number = number.parse().or_else(|_| number.replace(',', ".").parse());
    number.ok().filter(|it: &f64| it.is_finite())
}

/// The last bytes of a text.
fn end(text: &str, n_bytes: usize) -> &str {
    text.get(text.len() - n_bytes..).unwrap_or_default()
}

/// The digits that a text begins with, and what comes after.
fn number(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

fn is_same(a: &str, b: &str) -> bool {
    a.trim_start_matches('0') == b.trim_start_matches('0')
}

/// Whether what stands behind a version's numbers makes it a pre-release.
fn is_before(after: &str) -> bool {
    if let Some(after) = after.strip_prefix('-') {
        // `1.2-4-gab12cd` of `git describe` is four commits after the tag.
        let (n_commits, commit) = number(after);
        let is_described = !n_commits.is_empty() && commit.starts_with("-g");
        return !after.is_empty() && !is_described;
    }
    let word = after.trim_start_matches(['.', '_']);
    let is_letter = |it: &u8| it.is_ascii_alphabetic();
    let word = word.get(..word.bytes().take_while(is_letter).count());
    let word = word.unwrap_or_default().to_ascii_lowercase();
    [
        "dev", "a", "alpha", "b", "beta", "c", "rc", "pre", "preview",
    ]
    .contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_leads_to_a_version_comes_before_it() {
        let ordered = [
            "-1 %",
            "10.25 %",
            "10.30 %",
            "10.4%",
            "100 %",
            "",
            "1-rc1",
            "1.9.10",
            "1.10-alpha",
            "1.10-rc.2",
            "1.10-rc.10",
            "1.10.dev3",
            "1.10a1",
            "1.10rc1",
            "1.10",
            "1.10+build.5",
            "1.10-4-gab12cd",
            "1.10.0-rc1",
            "1.10.0",
            "1.10.1",
            "1.10.post1",
            "2.0.0b2",
            "2.0.0",
            "10.0",
            "2024-01-05",
            "lbfgs",
            "v1.0-rc1",
            "V1.0",
            "v1.0.1",
        ];
        for (at, a) in ordered.iter().enumerate() {
            for (other, b) in ordered.iter().enumerate() {
                assert_eq!(version_order(a, b), at.cmp(&other), "{a} and {b}");
            }
        }
    }

    proptest! {
        /// Sorting needs an order of all texts, of which versions are a few.
        #[test]
        fn any_three_texts_are_in_order(
            texts in prop::array::uniform3("[vV]?[0-2]{1,2}([.]0?[0-2]){0,2}(|-|[-._]?(rc|a|dev|post)[0-2]?|-1-g1|[+]1|x|%| %)"),
        ) {
            let [a, b, c] = &texts;
            let of = version_order;
            prop_assert_eq!(of(a, b), of(b, a).reverse());
            prop_assert_eq!(of(a, b) == Ordering::Equal, a == b);
            if of(a, b).is_le() && of(b, c).is_le() {
                prop_assert!(of(a, c).is_le());
            }
        }
    }
}
