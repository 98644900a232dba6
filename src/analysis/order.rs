//! Order of many values at once: each is one integer, and integers are sorted digit by digit.

use super::version::version_order;

/// Key of what has no value: larger than all others, so that it comes last in both directions.
pub const MISSING: u64 = u64::MAX;

/// Key of what is not a number: behind all values, before what is missing.
pub const NOT_A_NUMBER: u64 = u64::MAX - 1;

/// Where keys of texts begin: above those of all numbers (+∞ has 0xFFF0…), below those that come
/// last.
pub const TEXTS: u64 = 0xFFF1 << 48;

/// A number as an integer that has its place among all numbers: `-∞` is smallest.
pub fn number_key(value: f64) -> u64 {
    if value.is_nan() {
        return NOT_A_NUMBER;
    }
    // Adding zero makes -0.0 the same as 0.0.
    let bits = (value + 0.0).to_bits();
    if bits >> 63 == 1 {
        !bits
    } else {
        bits | 1 << 63
    }
}

/// Sorts indices by their keys, smallest first; those of equal keys keep their order.
///
/// A radix sort: what it costs grows with the number of rows and no faster, and the code is a
/// fraction of that of a sort by comparison. An index without a key counts as missing.
pub fn sort_by_keys(order: &mut Vec<usize>, keys: &[u64]) {
    let key = |row: usize| keys.get(row).copied().unwrap_or(MISSING);
    let mut pairs: Vec<(u64, u32)> = order.iter().map(|row| (key(*row), *row as u32)).collect();
    let mut sorted = pairs.clone();
    // How many have each digit: of all digits at once, since reading the keys is what costs.
    const DIGIT: u32 = 11;
    const N_VALUES: usize = 1 << DIGIT;
    const N_DIGITS: usize = u64::BITS.div_ceil(DIGIT) as usize;
    let digit = |key: u64, at: usize| (key >> (at as u32 * DIGIT)) as usize % N_VALUES;
    let mut places = vec![0_u32; N_DIGITS * N_VALUES];
    for (key, _) in &pairs {
        for (at, places) in places.chunks_exact_mut(N_VALUES).enumerate() {
            places[digit(*key, at)] += 1;
        }
    }
    for (at, places) in places.chunks_exact_mut(N_VALUES).enumerate() {
        if places.contains(&(pairs.len() as u32)) {
            continue;
        }
        let mut n_before = 0;
        for place in &mut *places {
            n_before += std::mem::replace(place, n_before);
        }
        for pair in &pairs {
            let place = &mut places[digit(pair.0, at)];
            sorted[*place as usize] = *pair;
            *place += 1;
        }
        std::mem::swap(&mut pairs, &mut sorted);
    }
    order.clear();
    order.extend(pairs.into_iter().map(|(_, row)| row as usize));
}

/// The rank of each text in natural order, versions as such, from 0; equal texts share one.
pub fn ranks(texts: &[&str]) -> Vec<u64> {
    let mut order: Vec<usize> = (0..texts.len()).collect();
    order.sort_by(|a, b| version_order(texts[*a], texts[*b]));
    let mut ranks = vec![0; texts.len()];
    let mut rank = 0;
    for (place, row) in order.iter().enumerate() {
        let is_new = place > 0 && texts[order[place - 1]] != texts[*row];
        rank += u64::from(is_new);
        ranks[*row] = rank;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn keys_of_numbers_are_in_their_order() {
        let numbers = [
            f64::NEG_INFINITY,
            -2.0,
            -1e-300,
            0.0,
            1e-300,
            2.0,
            f64::INFINITY,
        ];
        let keys = numbers.map(number_key);
        assert!(keys.is_sorted_by(|a, b| a < b), "{keys:?}");
        assert_eq!(number_key(-0.0), number_key(0.0));
        assert!(keys[6] < number_key(f64::NAN) && number_key(f64::NAN) < MISSING);
    }

    #[test]
    fn equal_texts_share_a_rank() {
        assert_eq!(ranks(&["v10", "v2", "a", "v10", ""]), [3, 2, 1, 3, 0]);
    }

    proptest! {
        #[test]
        fn digit_by_digit_is_the_stable_order(
            keys in prop::collection::vec(prop_oneof![0..4_u64, any::<u64>()], 0..200),
            n_more in 0..3_usize,
        ) {
            let mut order: Vec<usize> = (0..keys.len() + n_more).rev().collect();
            let mut expected = order.clone();
            expected.sort_by_key(|row| keys.get(*row).copied().unwrap_or(MISSING));
            sort_by_keys(&mut order, &keys);
            prop_assert_eq!(order, expected);
        }
    }
}
