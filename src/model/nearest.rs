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

/// How many bytes have to be put in, taken out or changed, case aside (Levenshtein 1965), of the
/// first 64.
pub fn distance(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.len().min(LONGEST)).collect();
    for (idx, from) in from.bytes().take(LONGEST).enumerate() {
        let mut diagonal = idx;
        let mut left = idx + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (above, to) in row.iter_mut().skip(1).zip(to.bytes()) {
            let change = diagonal + usize::from(!from.eq_ignore_ascii_case(&to));
            diagonal = *above;
            left = change.min(left + 1).min(*above + 1);
            *above = left;
        }
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
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
