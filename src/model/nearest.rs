/// The name that is most like a mistyped one, if one is like it at all: at most a third of its
/// letters differ, or else all words of the mistyped one are words of it, as `smallest_gain` has of
/// `smallest_useful_gain`. The first one where several are as near.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > LONGEST {
        return None;
    }
    let known = known.into_iter().filter(|known| known.len() <= LONGEST);
    known
        .map(|known| (distance(name, known), known))
        .filter(|(distance, known)| {
            *distance <= (known.len() / 3).max(1) || has_words_of(known, name)
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

/// Whether each word of a name is one of another name, case aside.
fn has_words_of(whole: &str, part: &str) -> bool {
    fn words(text: &str) -> impl Iterator<Item = &str> {
        let words = text.split(|it: char| !it.is_alphanumeric());
        words.filter(|it| !it.is_empty())
    }
    let is_in = |word: &str| words(whole).any(|it| it.eq_ignore_ascii_case(word));
    words(part).next().is_some() && words(part).all(is_in)
}

/// Longer names are no typing errors, and cost time.
const LONGEST: usize = 64;

/// How many bytes have to be put in, taken out, changed, or swapped with their neighbour, case aside
/// (Levenshtein 1965; each byte is swapped once at most), of the first 64.
pub fn distance(from: &str, to: &str) -> usize {
    let first: Vec<usize> = (0..=to.len().min(LONGEST)).collect();
    // The rows of the two bytes before, and room for the next one.
    let (mut above, mut row, mut next) = (first.clone(), first, Vec::new());
    let mut byte_before = None;
    for (idx, from) in from.bytes().take(LONGEST).enumerate() {
        next.clear();
        next.push(idx + 1);
        let mut to_before = None;
        for (at, to) in to.bytes().take(LONGEST).enumerate() {
            let is_same = |a: Option<u8>, b: u8| a.is_some_and(|it| it.eq_ignore_ascii_case(&b));
            let of = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX - 1);
            let change = of(&row, at) + usize::from(!is_same(Some(from), to));
            let mut least = change.min(of(&row, at + 1) + 1).min(of(&next, at) + 1);
            if at > 0 && is_same(byte_before, to) && is_same(to_before, from) {
                least = least.min(of(&above, at - 1) + 1);
            }
            next.push(least);
            to_before = Some(to);
        }
        next = std::mem::replace(&mut above, std::mem::replace(&mut row, next));
        byte_before = Some(from);
    }
    row.last().copied().unwrap_or_default()
}

/// Whether a name is like another one: a typing error, or a part of it or around it that ends
/// where words do, as `recall` in `test_recall`.
fn is_like(name: &str, known: &str) -> bool {
    let is_part = |part: &str, whole: &str| {
        whole.match_indices(part).any(|(at, _)| {
            let before = whole.get(..at).unwrap_or_default();
            let after = whole.get(at + part.len()..).unwrap_or_default();
            let is_word = |it: char| it.is_alphanumeric();
            !before.ends_with(is_word) && !after.starts_with(is_word)
        })
    };
    let (low, known_low) = (name.to_lowercase(), known.to_lowercase());
    nearest(name, [known]).is_some()
        || (!low.is_empty() && is_part(&low, &known_low))
        || (!known_low.is_empty() && is_part(&known_low, &low))
}

/// The names that are like one: five at most.
pub fn alike(name: &str, known: &[String]) -> Vec<String> {
    let mut alike: Vec<String> = Vec::new();
    for it in known.iter().filter(|it| is_like(name, it)) {
        if alike.len() < 5 && !alike.contains(it) {
            alike.push(it.clone());
        }
    }
    alike
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typing_error_finds_its_name_and_nonsense_none() {
        let known = ["baseline", "lang", "names", "axes", "smallest_useful_gain"];
        let cases = [
            ("basline", Some("baseline")),
            ("Lang", Some("lang")),
            ("nams", Some("names")),
            ("gain", Some("smallest_useful_gain")),
            ("smallest-gain", Some("smallest_useful_gain")),
            ("lagn", Some("lang")),
            ("colour", None),
            ("gains", None),
            ("_", None),
            ("", None),
        ];
        for (name, expected) in cases {
            assert_eq!(nearest(name, known), expected, "{name}");
        }
        for (name, known, expected) in [
            ("recall", "test_recall", true),
            ("test_recall", "recall", true),
            ("Recall", "recall_macro", true),
            ("cal", "test_recall", false),
            ("recal", "recall", true),
            ("", "recall", false),
        ] {
            assert_eq!(is_like(name, known), expected, "{name} {known}");
        }
        for (from, to, n) in [
            ("kitten", "sitting", 3),
            ("mian", "Main", 1),
            ("abcd", "badc", 2),
            ("", "abc", 3),
            ("abc", "", 3),
        ] {
            assert_eq!(
                (distance(from, to), distance(to, from)),
                (n, n),
                "{from} {to}"
            );
        }
    }
}
