use std::cmp::Ordering;

/// Natural sort: runs of digits compare as numbers (`class 2` before `class 10`), letters without
/// regard to ASCII case; texts that differ in nothing else compare by their bytes, so that only
/// equal texts are equal.
pub fn natural_order(a: &str, b: &str) -> Ordering {
    let (mut rest_a, mut rest_b) = (a, b);
    loop {
        let order = match (rest_a.chars().next(), rest_b.chars().next()) {
            (None, None) => return a.cmp(b),
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => {
                let (run_a, after_a) = split_digits(rest_a);
                let (run_b, after_b) = split_digits(rest_b);
                (rest_a, rest_b) = (after_a, after_b);
                let (run_a, run_b) = (run_a.trim_start_matches('0'), run_b.trim_start_matches('0'));
                run_a.len().cmp(&run_b.len()).then_with(|| run_a.cmp(run_b))
            }
            (Some(x), Some(y)) => {
                rest_a = rest_a.get(x.len_utf8()..).unwrap_or_default();
                rest_b = rest_b.get(y.len_utf8()..).unwrap_or_default();
                x.to_ascii_lowercase().cmp(&y.to_ascii_lowercase())
            }
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

/// The leading digits, and what comes after.
fn split_digits(text: &str) -> (&str, &str) {
    let n_digits = text.bytes().take_while(u8::is_ascii_digit).count();
    text.split_at(n_digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_compare_as_numbers() {
        let mut labels = ["10", "b2", "9", "B10", "b02", "é", "", "b1"];
        labels.sort_by(|a, b| natural_order(a, b));
        assert_eq!(labels, ["", "9", "10", "b1", "b02", "b2", "B10", "é"]);
    }

    #[test]
    fn only_equal_texts_are_equal() {
        assert_ne!(natural_order("a", "A"), Ordering::Equal);
        assert_ne!(natural_order("01", "1"), Ordering::Equal);
        assert_eq!(natural_order("x1", "x1"), Ordering::Equal);
    }
}
