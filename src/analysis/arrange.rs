//! The order of columns that a reader chose.

/// A list with the item at one place moved to another; the same list where there is no such place.
pub fn moved<T: Clone>(items: &[T], from: usize, to: usize) -> Vec<T> {
    let mut items = items.to_vec();
    if from < items.len() {
        let item = items.remove(from);
        items.insert(to.min(items.len()), item);
    }
    items
}

/// A list with another item behind the last one of its kind; at the end where there is none.
pub fn with_new<T: Copy + PartialEq, K: PartialEq>(
    items: &[T],
    item: T,
    kind: impl Fn(T) -> K,
) -> Vec<T> {
    let mut items = items.to_vec();
    if !items.contains(&item) {
        let last = items.iter().rposition(|it| kind(*it) == kind(item));
        items.insert(last.map_or(items.len(), |it| it + 1), item);
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_moved_and_added_where_they_belong() {
        assert_eq!(moved(&[1, 2, 3], 0, 2), [2, 3, 1]);
        assert_eq!(moved(&[1, 2, 3], 2, 0), [3, 1, 2]);
        assert_eq!(moved(&[1, 2, 3], 1, 9), [1, 3, 2]);
        assert_eq!(moved(&[1, 2, 3], 9, 0), [1, 2, 3]);
        let is_even = |it: i32| it % 2 == 0;
        assert_eq!(with_new(&[2, 1, 4, 3], 6, is_even), [2, 1, 4, 6, 3]);
        assert_eq!(with_new(&[1, 3], 6, is_even), [1, 3, 6]);
        assert_eq!(with_new(&[1, 6], 6, is_even), [1, 6]);
    }
}
